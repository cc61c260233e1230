"""What a file holds as plain data: sheets of rows of cells, and how they travel between two processes as JSON."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from desktop.services.exchange.cells import Cell
from desktop.services.exchange.sources import Row, Unreadable


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as it stands in a file: rows with something in them, by the numbers that a spreadsheet shows."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class FileTables:
    """All sheets of a file, read.

    Attributes:
        name: of the file, or what stands for one.
        tables: its sheets.
        encoding: of a text file, one of `sources.ENCODINGS` where it is among them; "" for a workbook.
        peak_bytes: memory that reading took, at most; 0 where the system does not tell.
    """

    name: str
    tables: tuple[Table, ...]
    encoding: str = ""
    peak_bytes: int = 0


def to_json(cell: Cell | Unreadable) -> object:
    """A cell as JSON has it: text, figures and nothing as they are, the rest as a pair of a letter and a text."""
    if isinstance(cell, Unreadable):
        return ["u", cell.reason, cell.remedy]
    if isinstance(cell, dt.datetime):
        return ["t", cell.isoformat()]
    if isinstance(cell, dt.date):
        return ["d", cell.isoformat()]
    if isinstance(cell, dt.time):
        return ["c", cell.isoformat()]
    if isinstance(cell, dt.timedelta):
        return ["s", cell.total_seconds()]
    return cell


def from_json(value: Any) -> Cell | Unreadable:  # noqa: ANN401 -- what JSON may hold
    """The cell that `to_json` wrote."""
    if not isinstance(value, list):
        return value  # type: ignore[no-any-return]
    match value[0]:
        case "u":
            return Unreadable(str(value[1]), str(value[2]))
        case "t":
            return dt.datetime.fromisoformat(value[1])
        case "d":
            return dt.date.fromisoformat(value[1])
        case "c":
            return dt.time.fromisoformat(value[1])
        case _:
            return dt.timedelta(seconds=float(value[1]))
