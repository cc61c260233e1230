"""Cells as they stand in the file of a sheet, made column by column, for sheets where every look at a cell counts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from desktop.services.exchange.book import FIRST_DATE, shortened
from desktop.services.exchange.cells import Cell

_FIRST_DAY = dt.date(1899, 12, 30).toordinal()
_DAY = 86_400  # seconds
_SPECIAL = re.compile(r"[\x00-\x08\x0b-\x1f&<>\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def drawn_cells(cells: Sequence[Cell], style: int) -> list[str]:
    """The cells of a column; what comes again is made once.

    Args:
        cells: from top to bottom.
        style: the number of their format in the workbook, 0 for none.

    Returns:
        Of each the element without its beginning "<c", so that whoever writes the row may say where it stands.
    """
    mark = f' s="{style}"' if style else ""
    made: dict[Cell, str] = dict.fromkeys((None, ""), f"{mark}/>")
    drawn = []
    for cell in cells:
        text = made.get(cell)
        if text is None:
            text = made[cell] = _drawn(cell, mark)
        drawn.append(text)
    return drawn


def _drawn(cell: Cell, mark: str) -> str:
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime) and cell < FIRST_DATE:
        cell = cell.isoformat()
    if isinstance(cell, str):
        text = _SPECIAL.sub(_escaped, shortened(cell))
        kept = ' xml:space="preserve"' if text != text.strip() else ""
        return f'{mark} t="inlineStr"><is><t{kept}>{text}</t></is></c>'
    if isinstance(cell, dt.datetime):
        seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
        return f"{mark}><v>{cell.toordinal() - _FIRST_DAY + seconds / _DAY}</v></c>"
    if isinstance(cell, dt.date):
        return f"{mark}><v>{cell.toordinal() - _FIRST_DAY}</v></c>"
    return f"{mark}><v>{cell!r}</v></c>"


def _escaped(found: re.Match[str]) -> str:
    """A character that XML does not hold as the format spells it; half of one as a question mark."""
    char = found[0]
    if "\ud800" <= char <= "\udfff":
        return "?"
    return _NAMED.get(char) or f"_x{ord(char):04X}_"
