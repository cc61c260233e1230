"""What importing a file would do, row by row and cell by cell: tried anew after every correction, storing nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from sqlalchemy.orm import Session

from desktop.errors import BadInputError
from desktop.services.commands import ImportRecords
from desktop.services.exchange.cells import Cell, shown
from desktop.services.exchange.checking import Verdict, judged
from desktop.services.exchange.foreign.days import DAY_KINDS, day_order
from desktop.services.exchange.foreign.firms import Firms, Named
from desktop.services.exchange.foreign.guessing import header_texts, rows_below
from desktop.services.exchange.foreign.sheet_plan import SheetPlan
from desktop.services.exchange.foreign.splitting import Edits, Split, split
from desktop.services.exchange.foreign.tables import Table
from desktop.services.exchange.foreign.targets import DAY, LIST, LIST_KINDS, Target, targets_of
from desktop.services.exchange.reading import ReadFile, ReadRow
from desktop.services.exchange.report import BadRow, Fault, ImportReport, SheetReport
from desktop.services.exchange.sheets import BY_KIND
from desktop.services.exchange.sources import Unreadable

OF_ANOTHER_ROW = "stands in this file under"
"""How the reason begins that judging gives where the fault is another record's."""

State = Literal["new", "changed", "unchanged", "wrong"]

Corrections = Mapping[tuple[str, int, str], str]
"""What somebody has typed instead of a cell: by sheet, row number and target."""


@dataclass(frozen=True, slots=True)
class CellNote:
    """What is to be said of one cell.

    Attributes:
        target: what the cell means; "" where it is the row as a whole.
        column: its header in the file, or what the field is called.
        value: what stands there.
        before: what is on record, where that would change.
        reason: what is wrong; "" where it is a change.
        remedy: what to do.
    """

    target: str
    column: str
    value: str
    before: str = ""
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class TriedRow:
    """What would become of a row.

    Attributes:
        sheet: its name.
        number: as a spreadsheet shows it.
        state: new, changed, unchanged or wrong.
        about: what the row is, in a few words.
        notes: of its cells: what is wrong, or what would change.
    """

    sheet: str
    number: int
    state: State
    about: str
    notes: tuple[CellNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What importing a file would do.

    Attributes:
        report: the command that stores it, and the rows with faults as they stand in the file.
        rows: every row.
        named: whom the names in the file were taken for.
    """

    report: ImportReport
    rows: tuple[TriedRow, ...]
    named: tuple[Named, ...] = ()

    def count(self, state: State) -> int:
        """How many rows are so."""
        return sum(row.state == state for row in self.rows)


Work = Sequence[tuple[Table, SheetPlan]]


def try_out(
    session: Session,
    name: str,
    work: Work,
    corrections: Corrections | None = None,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> Trial:
    """Try an import out. Nothing is stored.

    Args:
        session: what the rows are held against.
        name: of the file.
        work: its sheets that are read, each with how.
        corrections: cells that somebody has typed anew.
        tell: told how far it is, of about how much; what it raises ends the work.

    Raises:
        BadInputError: a sheet lacks what tells one record from another.
    """
    # each row is split, then judged as so many records
    total = sum((1 + len(LIST_KINDS) * (plan.layout == LIST)) * len(table.rows) for table, plan in work)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        tell(min(done, total), total)

    firms = None
    splits: list[tuple[Table, SheetPlan, Split]] = []
    for table, plan in work:
        called = table.name or name
        _check_keys(called, plan)
        if plan.layout == LIST and firms is None:
            firms = Firms(session, plan.names)
        edits: Edits = {
            (number, target): text for (sheet, number, target), text in (corrections or {}).items() if sheet == called
        }
        splits.append((table, plan, split(replace(table, name=called), plan, edits, firms, step)))
    file = ReadFile(
        tuple(sheet for _, _, found in splits for sheet in found.sheets),
        tuple(warning for _, _, found in splits for warning in found.warnings),
    )
    report, verdicts = judged(session, Path(name), file, step)
    parts = [_Tried(table, table.name or name, plan, found, verdicts) for table, plan, found in splits]
    rows = tuple(row for part in parts for row in part.rows())
    sheets = tuple(part.sheet_report(rows) for part in parts)
    command = report.command
    for part in parts:
        command = part.without_refused(command)
    report = replace(report, sheets=sheets, command=command)
    return Trial(report, rows, tuple(firms.named.values()) if firms else ())


def open_days(table: Table, plan: SheetPlan) -> str:
    """A day of the sheet that can be read in two ways, and nobody has said how; "" where there is none."""
    if plan.date_order:
        return ""
    targets = targets_of(plan.layout)
    places = [place for target, place in plan.targets.items() if targets[target].column.kind in DAY_KINDS]
    values = [cells[place] for _, cells in rows_below(table, plan.header) for place in places if place < len(cells)]
    if day_order(values) != "?":
        return ""
    return next(str(value) for value in values if day_order([value]) == "?")


def _check_keys(name: str, plan: SheetPlan) -> None:
    given = set(plan.targets) | set(plan.constants)
    needed: list[tuple[str, ...]]
    if plan.layout == LIST:
        needed = [("client.name", "client.code"), ("factory.name", "factory.code", "factory.local_name", "order.code")]
    else:
        sheet = BY_KIND[plan.layout]
        needed = [
            (f"{sheet.kind}.{key}",)
            for key in sheet.key
            if sheet.by_field[key].is_needed or not (given & {f"{sheet.kind}.{field}" for field in sheet.key})
        ]
    for choices in needed:
        if not given.intersection(choices):
            title = targets_of(plan.layout)[choices[0]].title
            raise BadInputError(
                f"No column of {name} is {title}, without which none of its rows can be stored.",
                "Say which column it is, or what it is in every row.",
            )


@dataclass(slots=True)
class _Tried:
    """One sheet after it was judged."""

    table: Table
    name: str
    plan: SheetPlan
    found: Split
    verdicts: Mapping[tuple[str, str, int], Verdict]
    targets: Mapping[str, Target] = field(init=False)
    headers: Mapping[str, str] = field(init=False)
    refused: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.targets = targets_of(self.plan.layout)
        self.headers = {match.target: match.header for match in self.plan.matches if match.target}
        self.refused = {
            number for number, parts in self.found.rows.items() if any(record.faults for _, record in parts)
        }

    def rows(self) -> Iterator[TriedRow]:
        for number, parts in self.found.rows.items():
            if number in self.refused:
                yield TriedRow(self.name, number, "wrong", self._about(parts), self._faults(parts))
                continue
            known = ((self.name, kind, record.number) for kind, record in parts)
            verdicts = [self.verdicts[key] for key in known if key in self.verdicts]
            changes = tuple(note for verdict in verdicts if not verdict.is_new for note in self._changes(verdict))
            main = verdicts[-1]
            state: State = (
                "new" if main.is_new else "changed" if changes or any(v.is_new for v in verdicts) else "unchanged"
            )
            yield TriedRow(self.name, number, state, self._about(parts), () if main.is_new else changes)

    def sheet_report(self, rows: Sequence[TriedRow]) -> SheetReport:
        """The sheet's part of the report, with its own headers and cells."""
        mine = [row for row in rows if row.sheet == self.name]
        new, changed, unchanged = (sum(row.state == state for row in mine) for state in ("new", "changed", "unchanged"))
        stands = dict(self.table.rows)
        bad = tuple(
            BadRow(row.number, tuple(self._cells(stands[row.number])), tuple(map(self._as_fault(row), row.notes)))
            for row in mine
            if row.state == "wrong"
        )
        kind = "request" if self.plan.layout == LIST else self.plan.layout
        return SheetReport(self.name, kind, header_texts(self.table, self.plan.header), new, changed, unchanged, bad)

    def without_refused(self, command: ImportRecords | None) -> ImportRecords | None:
        """The command without orders, factories and clients that only refused rows tell of."""
        if self.plan.layout != LIST or command is None or not self.refused:
            return command
        told: dict[str, set[str]] = {}
        wanted: dict[str, set[str]] = {}
        for number, parts in self.found.rows.items():
            for kind, record in parts:
                if (code := record.values.get("code")) is not None:
                    told.setdefault(kind, set()).add(code)
                    if number not in self.refused:
                        wanted.setdefault(kind, set()).add(code)
        rows = {}
        for kind, values in command.rows.items():
            left = told.get(kind, set()) - wanted.get(kind, set())
            if kept := tuple(row for row in values if row.get("code") not in left):
                rows[kind] = kept
        return ImportRecords(command.label, rows) if rows else None

    def _faults(self, parts: Sequence[tuple[str, ReadRow]]) -> tuple[CellNote, ...]:
        """What is wrong with a row, each thing once: a fault of its order is no second one of its booking."""
        notes: dict[tuple[str, str], CellNote] = {}
        for kind, record in parts:
            for fault in record.faults:
                note = self._note(kind, fault)
                if fault.reason.startswith(OF_ANOTHER_ROW):
                    if notes:
                        continue
                    note = self._of_another_row(note, kind, record)
                notes.setdefault((note.target.partition(".")[2] or note.column, note.reason), note)
        return tuple(notes.values())

    def _of_another_row(self, note: CellNote, kind: str, record: ReadRow) -> CellNote:
        """A note of a row whose factory, client or order is new in another row, which has the fault."""
        other = next((column.refers_to for column in BY_KIND[kind].columns if column.header == note.column), None)
        first = next(
            (
                number
                for number, parts in self.found.rows.items()
                for one, told in parts
                if one == other and told.values.get("code") == record.values.get(other)
            ),
            None,
        )
        if other is None or first is None:
            return note
        name = next((self.headers[at] for at in (f"{other}.name", f"{other}.code") if at in self.headers), note.column)
        return CellNote("", name, note.value, "", f"is new in row {first}, which has faults", "Correct that row")

    def _note(self, kind: str, fault: Fault) -> CellNote:
        target = next(
            (
                name
                for name, target in self.targets.items()
                if target.kind == kind and target.column.header == fault.column
            ),
            "",
        )
        if target in ("request.earliest", "request.latest") and DAY in self.headers and target not in self.headers:
            target = DAY
        column = self.headers.get(target) or (self.targets[target].title if target else fault.column)
        return CellNote(target, column, fault.value, "", fault.reason, fault.remedy)

    def _changes(self, verdict: Verdict) -> Iterator[CellNote]:
        by_field = BY_KIND[verdict.kind].by_field
        for name, after in verdict.after.items():
            column = by_field[name]
            target = f"{verdict.kind}.{name}"
            title = self.headers.get(target) or column.header
            yield CellNote(
                target, title, _said(column.kind.write(after)), _said(column.kind.write(verdict.before[name]))
            )

    def _about(self, parts: Sequence[tuple[str, ReadRow]]) -> str:
        kind, record = parts[-1]
        values = record.values
        said: tuple[object, ...]
        if kind == "request":
            said = (values.get("code"), values.get("service"), values.get("order"), values.get("factory"))
        else:
            said = tuple(values.get(key) for key in BY_KIND[kind].key)
        return " \u00b7 ".join(str(part) for part in said if part)

    def _as_fault(self, row: TriedRow) -> Callable[[CellNote], Fault]:
        return lambda note: Fault(row.sheet, row.number, note.column, note.value, note.reason, note.remedy)

    def _cells(self, cells: Sequence[Cell | Unreadable]) -> Iterator[Cell]:
        for cell in cells:
            yield None if isinstance(cell, Unreadable) else cell


def _said(cell: Cell) -> str:
    return shown(cell) or "-"
