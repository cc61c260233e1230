"""Which columns of a file mean what: forgiving of case, spaces, marks and other words for the same."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from desktop.services.exchange.cells import REMARK, Cell, shown
from desktop.services.exchange.columns import Column, Sheet
from desktop.services.exchange.sheets import SHEETS

# Titles and logos may stand above the header row.
LINES_SEARCHED = 10


@dataclass(frozen=True, slots=True)
class Header:
    """The header row of a sheet.

    Attributes:
        columns: what each place of a row means; None: nothing known.
        texts: what stands there.
        unknown: texts of places that mean nothing, with what may have been meant.
    """

    columns: tuple[Column | None, ...]
    texts: tuple[str, ...]
    unknown: tuple[tuple[str, str], ...]

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the sheet gives."""
        return frozenset(column.field for column in self.columns if column)


def folded(text: str) -> str:
    """A header as it is compared: letters and figures only, small, without marks on Latin letters."""
    text = unicodedata.normalize("NFKC", text).replace("Đ", "D").replace("đ", "d").casefold()
    text = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return re.sub(r"[^\w%]|_", "", text)


@cache
def _words_of(sheet: Sheet) -> Mapping[str, Column]:
    """The columns of a sheet by every word for them; a column's own header goes before another's alias."""
    words: dict[str, Column] = {}
    for column in sheet.columns:
        for word in (column.header, re.sub(r"\(.*\)", "", column.header), column.field):
            words.setdefault(folded(word), column)
    for column in sheet.columns:
        for word in column.aliases:
            words.setdefault(folded(word), column)
    return words


def match(sheet: Sheet, cells: Sequence[object], *, guess: bool = True) -> Header:
    """What a row means as the header of a sheet; `guess`: with what unknown words may have meant, which takes long."""
    words = _words_of(sheet)
    texts = tuple(shown(cell) if isinstance(cell, str) else "" for cell in cells)
    taken: set[str] = set()
    columns: list[Column | None] = []
    unknown = []
    for text in texts:
        key = folded(re.sub(r"\s*\*\s*$", "", text))
        column = words.get(key) or words.get(folded(re.sub(r"\(.*\)", "", text)))
        if column and column.field in taken:
            unknown.append((text, f"a second column for {column.header}"))
            column = None
        elif column:
            taken.add(column.field)
        elif text and not text.startswith(REMARK):
            near = difflib.get_close_matches(key, words, n=1, cutoff=0.75) if guess else []
            unknown.append((text, f"maybe {words[near[0]].header}" if near else ""))
        columns.append(column)
    return Header(tuple(columns), texts, tuple(unknown))


def likely_sheet(name: str, rows: Sequence[Sequence[Cell]], wanted: Sheet | None) -> tuple[Sheet, int, Header] | None:
    """Which kind of records a sheet holds, the index of its header row among `rows`, and its header.

    The kind is the wanted one, or the one that the sheet is named after, or the one whose columns fit best.
    """
    named = wanted or _sheet_titled(name)
    best: tuple[tuple[int, int], Sheet, int, Header] | None = None
    for sheet in (named,) if named else SHEETS:
        for index, cells in enumerate(rows):
            header = match(sheet, cells, guess=False)
            if not set(sheet.key) <= header.fields and not (named and len(header.fields) >= 2):
                continue
            needed = sum(column.is_needed for column in sheet.columns if column.field in header.fields)
            score = (len(header.fields) - len(header.unknown), needed)
            if best is None or score > best[0]:
                best = (score, sheet, index, header)
    if best is None or (named is None and len(best[3].fields) < 2):
        return None
    return best[1], best[2], match(best[1], rows[best[2]])


def _sheet_titled(name: str) -> Sheet | None:
    key = folded(name)
    return next((sheet for sheet in SHEETS if key in {folded(word) for word in (sheet.title, *sheet.aliases)}), None)
