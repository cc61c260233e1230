"""What importing a file would do, found without storing anything: which rows are new, changed or faulty, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from desktop.models import Base
from desktop.services.commands import ImportRecords
from desktop.services.exchange import judging
from desktop.services.exchange.codes import MODELS, Codes
from desktop.services.exchange.columns import Sheet, Values
from desktop.services.exchange.context import Context
from desktop.services.exchange.importing import NTH
from desktop.services.exchange.merged_codes import MergedCodes
from desktop.services.exchange.placing import Placings
from desktop.services.exchange.reading import ReadFile, ReadRow, ReadSheet, read_file
from desktop.services.exchange.records import Key, find, values_of
from desktop.services.exchange.report import BadRow, ImportReport, SheetReport
from desktop.services.exchange.sheets import SHEETS, sheet_named
from desktop.services.exchange.vocabulary import odd_words
from desktop.services.places.duplicates import resembling

if TYPE_CHECKING:
    from desktop.services.bus import Desk


def check_file(source: Session | Desk, path: str | Path, kind: str | None = None) -> ImportReport:
    """Read a file against what is stored, and say what importing it would do.

    Args:
        source: what the rows are held against: a session, or the database of a desk. Nothing is changed.
        path: a .xlsx or .csv file.
        kind: what its rows are ("Bookings"), where names and columns leave it open.

    Raises:
        BadInputError: where the file cannot be read at all.
    """
    path = Path(path)
    file = read_file(path, sheet_named(kind) if kind else None)
    if isinstance(source, Session):
        return _checked(source, path, file)
    with source.store.session() as session:
        return _checked(session, path, file)


def _checked(session: Session, path: Path, file: ReadFile) -> ImportReport:
    return judged(session, path, file)[0]


def judged(
    session: Session, path: Path, file: ReadFile, tell: Callable[[], None] = lambda: None
) -> tuple[ImportReport, dict[tuple[str, str, int], Verdict]]:
    """What importing rows that were read would do, as a whole and by sheet, kind and row. Faults stay with the rows.

    Args:
        session: what they are held against.
        path: the file that they are from.
        file: the rows.
        tell: called before each row; what it raises ends the work.
    """
    check = _Check(session, file, tell)
    for sheet in SHEETS:
        check.judge(sheet)
    return check.report(path), check.verdicts


@dataclass(frozen=True, slots=True)
class Verdict:
    """What storing one row without fault does: to which record, whether it is new, and its fields that change.

    `before` holds the fields of a known record that change, as they are; `after` as they would be.
    """

    kind: str
    key: Key
    is_new: bool
    before: Values
    after: Values


@dataclass(slots=True)
class _Counts:
    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class _Check:
    session: Session
    file: ReadFile
    tell: Callable[[], None]
    codes: Codes = field(init=False)
    context: Context = field(init=False)
    merged: MergedCodes = field(init=False)
    counts: dict[tuple[str, str], _Counts] = field(default_factory=dict)
    verdicts: dict[tuple[str, str, int], Verdict] = field(default_factory=dict)
    stored: dict[str, list[Values]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    placings: Placings = field(default_factory=Placings)

    def __post_init__(self) -> None:
        self.codes = Codes(self.session)
        self.context = Context(self.session, self.codes)
        self.merged = MergedCodes(self.session)
        self.warnings.extend(self.file.warnings)

    def judge(self, sheet: Sheet) -> None:
        """Judge all rows of one kind, in whichever sheets of the file they stand."""
        read = [found for found in self.file.sheets if found.sheet is sheet]
        rows = [row for found in read for row in found.rows]
        if not rows:
            return
        self.warnings.extend(self.merged.settle(sheet, rows))
        keyed = self._with_keys(sheet, rows)
        if not sheet.repeats:
            _blame_repetitions(sheet, keyed)
        self._fetch_references(sheet, rows)
        existing = find(self.session, sheet, (key for _, key in keyed), self.codes)
        self.context.prepare(sheet, [row.values for row, _ in keyed], existing)
        seen: Counter[Key] = Counter()
        for row, key in keyed:
            nth = seen[key]
            seen[key] += 1
            self.tell()
            records = existing.get(key, [])
            self._judge_row(sheet, row, records[nth] if nth < len(records) else None, nth)
        if sheet.kind in MODELS:
            good = {row.values["code"] for row, _ in keyed if not row.faults}
            self.context.note_file_codes(sheet.kind, good, {row.values["code"] for row, _ in keyed} - good)
        if sheet.repeats:
            self._warn_of_repetitions(sheet, keyed)

    def report(self, path: Path) -> ImportReport:
        """All that was found."""
        rows = {sheet.kind: tuple(self.stored[sheet.kind]) for sheet in SHEETS if self.stored.get(sheet.kind)}
        self.warnings.extend(self.context.warnings)
        self.warnings.extend(self.placings.sentences())
        self.warnings.extend(odd_words(self.session, rows))
        self.warnings.extend(resembling(self.session, rows.get("factory", ())))
        return ImportReport(
            path,
            tuple(map(self._sheet_report, self.file.sheets)),
            tuple(self.warnings),
            ImportRecords(f"Import {path.name}", rows) if rows else None,
        )

    def _with_keys(self, sheet: Sheet, rows: Iterable[ReadRow]) -> list[tuple[ReadRow, Key]]:
        """The rows whose key could be read, with it; the others are blamed."""
        keyed = []
        for row in rows:
            missing = False
            for name in sheet.key:
                column = sheet.by_field[name]
                if name in row.values:
                    continue
                faulty = any(fault.column == column.header for fault in row.faults)
                if column.is_needed or faulty:
                    missing = True
                    if not faulty:
                        row.blame(column, None, "is blank", f"Every {sheet.one} needs one")
                else:
                    row.values[name] = column.default
            if not missing:
                keyed.append((row, sheet.key_of(row.values)))
        return keyed

    def _fetch_references(self, sheet: Sheet, rows: Iterable[ReadRow]) -> None:
        wanted: dict[str, set[str]] = {}
        for row in rows:
            for kind, code in judging.references(sheet, row.values):
                wanted.setdefault(kind, set()).add(code)
        for kind, codes in wanted.items():
            self.codes.fetch(kind, codes)

    def _judge_row(self, sheet: Sheet, row: ReadRow, record: Base | None, nth: int) -> None:
        before = None if record is None else values_of(sheet, record, self.codes)
        after = judging.merged(sheet, row, before, self.context)
        judging.judge(sheet, row, before, after, self.context)
        if row.faults:
            return
        if sheet.kind == "factory":
            self.placings.place(row, before, after)
        self.context.note(sheet, after)
        counts = self.counts.setdefault((row.sheet, sheet.kind), _Counts())
        key = {name: after[name] for name in sheet.key} | ({NTH: nth} if sheet.repeats else {})
        changed = after if before is None else {name: value for name, value in after.items() if before[name] != value}
        standing = {} if before is None else {name: before[name] for name in changed}
        verdict = Verdict(sheet.kind, sheet.key_of(after), before is None, standing, changed)
        self.verdicts[row.sheet, sheet.kind, row.number] = verdict
        if before is not None and not changed:
            counts.unchanged += 1
            return
        if before is None:
            counts.new += 1
        else:
            counts.changed += 1
        self.stored.setdefault(sheet.kind, []).append(dict(changed) | key)

    def _sheet_report(self, read: ReadSheet) -> SheetReport:
        counts = self.counts.get((read.name, read.sheet.kind), _Counts())
        bad = tuple(BadRow(row.number, row.cells, tuple(row.faults)) for row in read.rows if row.faults)
        return SheetReport(
            read.name, read.sheet.kind, read.header.texts, counts.new, counts.changed, counts.unchanged, bad
        )

    def _warn_of_repetitions(self, sheet: Sheet, keyed: list[tuple[ReadRow, Key]]) -> None:
        first: dict[Key, ReadRow] = {}
        for row, key in keyed:
            if (other := first.setdefault(key, row)) is not row and row.values == other.values:
                self.warnings.append(
                    f"{row.sheet} row {row.number} says the same as row {other.number}: it counts as a second one."
                )


def _blame_repetitions(sheet: Sheet, keyed: list[tuple[ReadRow, Key]]) -> None:
    by_key: dict[Key, list[ReadRow]] = {}
    for row, key in keyed:
        by_key.setdefault(key, []).append(row)
    column = sheet.by_field[sheet.key[0]]
    for key, rows in by_key.items():
        if len(rows) == 1:
            continue
        for row in rows:
            other = next(other for other in rows if other is not row)
            place = f"row {other.number}" + (f" of {other.sheet}" if other.sheet != row.sheet else "")
            row.blame(column, key[0], f"stands in {place} too", f"Keep one row for each {sheet.one}")
