"""The rows of a file as values by field, each cell read by its column's kind; faults of cells are kept with the row."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.errors import BadInputError
from desktop.services.exchange.cells import CLEAR, REMARK, Cell, CellFault, is_blank, shown
from desktop.services.exchange.columns import Column, Sheet
from desktop.services.exchange.headers import LINES_SEARCHED, Header, likely_sheet
from desktop.services.exchange.report import Fault
from desktop.services.exchange.sheets import SHEETS
from desktop.services.exchange.sources import LONGEST_CELL, RawSheet, Row, Unreadable, open_sheets

# A sheet of a template that is for people only.
READ_ME = "Read me"


@dataclass(slots=True)
class ReadRow:
    """One row: its values by field (cells that are blank are not among them) and its faults so far."""

    sheet: str
    number: int
    cells: tuple[Cell, ...]
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def blame(self, column: Column | None, value: Cell | tuple[object, ...], reason: str, remedy: str = "") -> None:
        """Add a fault."""
        header = column.header if column else ""
        self.faults.append(
            Fault(
                self.sheet,
                self.number,
                header,
                shown(str(value) if isinstance(value, tuple) else value),
                reason,
                remedy,
            )
        )


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """One sheet of a file, read."""

    name: str
    sheet: Sheet
    header: Header
    rows: tuple[ReadRow, ...]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file, read; `warnings` name the sheets and columns that mean nothing."""

    sheets: tuple[ReadSheet, ...]
    warnings: tuple[str, ...]


def read_file(path: Path, wanted: Sheet | None = None) -> ReadFile:
    """Read a file. `wanted` says what its records are, where name and columns of a sheet leave it open.

    Raises:
        BadInputError: where it cannot be read, or holds no sheet of a known kind.
    """
    with open_sheets(path) as found:
        return read_sheets(path.name, found, wanted)


def read_sheets(name: str, found: Iterable[RawSheet], wanted: Sheet | None = None) -> ReadFile:
    """Read the sheets of the file of a name, which somebody has opened already.

    Raises:
        BadInputError: where none of them is of a known kind.
    """
    sheets: list[ReadSheet] = []
    warnings: list[str] = []
    for raw in found:
        read = _read_sheet(raw.name or name, raw, wanted, warnings)
        if read:
            sheets.append(read)
    if not sheets:
        titles = ", ".join(sheet.title for sheet in SHEETS)
        raise BadInputError(
            f"{name} has no sheet whose name or columns are those of {wanted.title if wanted else titles}.",
            "Write a template and copy the records into it.",
            warnings,
        )
    return ReadFile(tuple(sheets), tuple(warnings))


def _read_sheet(name: str, raw: RawSheet, wanted: Sheet | None, warnings: list[str]) -> ReadSheet | None:
    rows = iter(raw.rows)
    first = list(itertools.islice(_filled(rows), LINES_SEARCHED))
    likely = likely_sheet(raw.name, [[_plain(cell) for cell in cells] for _, cells in first], wanted)
    if likely is None:
        if first and raw.name != READ_ME:
            warnings.append(f"The sheet {name} is not read: its name and columns are those of no kind of record.")
        return None
    sheet, at, header = likely
    if missing := [sheet.by_field[key].header for key in sheet.key if key not in header.fields]:
        raise BadInputError(
            f"The sheet {name} has no column {' and no column '.join(missing)}, "
            f"without which no {sheet.one} can be told from another.",
            "Add it, or write a template and copy the records into it.",
        )
    for text, guess in header.unknown:
        hint = f" ({guess})" if guess else ""
        warnings.append(f'The column "{text}" of {name} is not read: {sheet.title} have no such column{hint}.')
    read = (read_row(name, header, row) for row in itertools.chain(first[at + 1 :], _filled(rows)))
    kept = tuple(row for row in read if row)
    if stray := next((row for row in kept if _has_stray_cells(header, row)), None):
        warnings.append(
            f"{name} has cells in columns without a header, first in row {stray.number}: they are not read."
        )
    return ReadSheet(name, sheet, header, kept)


def _filled(rows: Iterator[Row]) -> Iterator[Row]:
    for number, cells in rows:
        if not all(not isinstance(cell, Unreadable) and is_blank(cell) for cell in cells):
            yield number, cells


def _has_stray_cells(header: Header, row: ReadRow) -> bool:
    texts = itertools.chain(header.texts, itertools.repeat(""))
    return any(not text and not is_blank(cell) for text, cell in zip(texts, row.cells, strict=False))


def _plain(cell: Cell | Unreadable) -> Cell:
    return None if isinstance(cell, Unreadable) else cell


def read_row(name: str, header: Header, row: Row) -> ReadRow | None:
    """A row of the sheet of a name, each cell read by its column; None for a remark."""
    number, cells = row
    first = next((cell for cell in cells if isinstance(cell, Unreadable) or not is_blank(cell)), None)
    if isinstance(first, str) and first.lstrip().startswith(REMARK):
        return None
    read = ReadRow(name, number, tuple(_plain(cell) for cell in cells))
    for column, cell in zip(header.columns, cells, strict=False):
        if column is None:
            continue
        if isinstance(cell, Unreadable):
            read.blame(column, None, cell.reason, cell.remedy)
        elif isinstance(cell, str) and len(cell) > LONGEST_CELL:
            read.blame(column, cell, f"has {len(cell):,} characters", f"Shorten it to {LONGEST_CELL:,}")
        elif not is_blank(cell):
            _read_cell(read, column, cell)
    return read


def _read_cell(read: ReadRow, column: Column, cell: Cell) -> None:
    if isinstance(cell, str) and cell.strip() == CLEAR:
        if column.is_needed:
            read.blame(column, cell, "stands for nothing, where something must stand", f"Write a {column.kind.name}")
        else:
            read.values[column.field] = column.default
        return
    try:
        read.values[column.field] = column.kind.read(cell)
    except CellFault as fault:
        read.blame(column, cell, fault.reason, fault.remedy)
