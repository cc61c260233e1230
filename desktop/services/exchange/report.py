"""What was found in a file: how many records, every fault with its reason, and the command that stores the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.errors import BadInputError
from desktop.services.commands import ImportRecords
from desktop.services.exchange.cells import Cell

# So many faults are quoted in an error; the report holds all of them.
QUOTED_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be stored. `sheet` is the name in the file; `column` is "" where it is the row as a whole."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str
    remedy: str

    @property
    def text(self) -> str:
        """One or two sentences: where, what, why, and what to do."""
        return f"{self.sheet} row {self.row}: {self.said}"

    @property
    def said(self) -> str:
        """The same without the place."""
        what = f'{self.column} "{self.value}"' if self.column and self.value else self.column or "the row"
        remedy = f" {self.remedy}{'' if self.remedy.endswith('?') else '.'}" if self.remedy else ""
        return f"{what} {self.reason}.{remedy}"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row with faults, with its cells as they stand in the file."""

    row: int
    cells: tuple[Cell, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What one sheet holds.

    Attributes:
        name: the sheet's name in the file.
        kind: of its records.
        header: its header row.
        new: rows that add a record.
        changed: rows that change a known one.
        unchanged: rows that say what is known already.
        bad: rows that cannot be stored.
    """

    name: str
    kind: str
    header: tuple[str, ...]
    new: int
    changed: int
    unchanged: int
    bad: tuple[BadRow, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What importing a file would do.

    Attributes:
        path: the file.
        sheets: the sheets that were read.
        warnings: what is odd and yet can be stored: a sentence each.
        command: stores every row without fault; None where there is nothing to store.
    """

    path: Path
    sheets: tuple[SheetReport, ...]
    warnings: tuple[str, ...] = ()
    command: ImportRecords | None = field(default=None, repr=False)

    @property
    def bad(self) -> int:
        """Rows that cannot be stored."""
        return sum(len(sheet.bad) for sheet in self.sheets)

    @property
    def new(self) -> int:
        """Records that would be added."""
        return sum(sheet.new for sheet in self.sheets)

    @property
    def changed(self) -> int:
        """Records that would be changed."""
        return sum(sheet.changed for sheet in self.sheets)

    @property
    def unchanged(self) -> int:
        """Rows that say what is known already."""
        return sum(sheet.unchanged for sheet in self.sheets)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Every fault, in the order of sheets and rows."""
        return tuple(fault for sheet in self.sheets for row in sheet.bad for fault in row.faults)

    @property
    def summary(self) -> str:
        """One line: "120 new, 3 changed, 877 as they were, 2 with faults"."""
        parts = [f"{self.new:,} new", f"{self.changed:,} changed", f"{self.unchanged:,} as they were"]
        if self.bad:
            parts.append(f"{self.bad:,} with faults")
        return ", ".join(parts)


class FaultyRowsError(BadInputError):
    """A file with rows that cannot be stored; nothing of it has been. `report` says all."""

    code = "faulty-rows"

    def __init__(self, report: ImportReport) -> None:
        self.report = report
        faults = [fault.text for fault in report.faults]
        count = f"{report.bad:,} rows have" if report.bad > 1 else "1 row has"
        super().__init__(
            "\n".join((f"Nothing of {report.path.name} was stored: {count} faults.", *_quoted(faults))),
            "Correct them and import again, or confirm that the rows with faults are left out.",
            faults,
        )


def _quoted(faults: Sequence[str]) -> list[str]:
    lines = [f"  {fault}" for fault in faults[:QUOTED_FAULTS]]
    if len(faults) > QUOTED_FAULTS:
        lines.append(f"  ... and {len(faults) - QUOTED_FAULTS:,} more")
    return lines
