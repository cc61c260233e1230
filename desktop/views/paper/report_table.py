"""A table of a report on paper: as many columns side by side as fit, the names repeated with the rest of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from desktop.services.reports.report import Column, Report, Table
from desktop.services.reports.vocabulary import Language, say
from desktop.views.bar_painting import Ink as Letters
from desktop.views.charts.numbers import NAMES, TIMES, Writer
from desktop.views.charts.strokes import PaperScript
from desktop.views.charts.titles import heading
from desktop.views.paper.flow import INNER, PAD, Ink, RowStyle, Strip, Words, cell, gap, paragraph, row
from desktop.views.theme import LIGHT

BOLD, PLAIN = QFont.Weight.DemiBold, QFont.Weight.Normal
SIZES = (8, 7, 6)
MOST_ROWS = 60
LONGEST_NAME, LEAST_NAME = 170.0, 56.0
QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
LONGEST_TEXT = 300  # characters of a cell
STRETCH = 2.2  # a narrow table is made no wider than so many times what it needs


@dataclass(frozen=True, slots=True)
class _Laid:
    """Some columns of a table that stand side by side, with their widths."""

    columns: tuple[int, ...]
    widths: tuple[float, ...]


class TablePaper:
    """One table being put on paper."""

    def __init__(self, table: Table, report: Report, language: Language, *, is_private_shown: bool) -> None:
        self._table, self._language, self._script = table, language, PaperScript()
        self._columns = [column for column in table.columns if is_private_shown or not column.is_private]
        frame = table.frame.head(MOST_ROWS)
        self._left = len(table.frame) - len(frame)
        self._texts: list[list[str]] = []
        self._totals: list[str] = []
        for column in self._columns:
            values = table.frame[column.key].tolist()
            writer = Writer.of_column(column, language, report.scope.currency, values)
            self._texts.append([_cut(writer.cell(value)) for value in values[:MOST_ROWS]])
            has_total = column.key in table.total
            self._totals.append(writer.cell(table.total[column.key]) if has_total else "")
        self._heads = [heading(column.key, language) for column in self._columns]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Those that are printed."""
        return tuple(self._columns)

    def strips(self) -> Iterator[Strip]:
        """Head, rows, the sum; again for the columns that did not fit beside the others."""
        if not self._columns or not len(self._table.frame):
            yield paragraph(say("paper.no_rows", self._language), Ink(8, colour=LIGHT.muted), after=4)
            return
        size, blocks = self._fitted()
        for number, block in enumerate(blocks):
            if number:
                yield gap(8)
            yield from self._block(size, block)
        if self._left:
            text = say("paper.rows_left", self._language, number=self._left)
            yield paragraph(text, Ink(8, colour=LIGHT.muted), after=2)

    def _block(self, size: int, block: _Laid) -> Iterator[Strip]:
        head = self._row(size, block, self._heads, RowStyle(fill=LIGHT.raised, keeps=True), weight=BOLD)
        yield head
        for line in range(len(self._texts[0])):
            yield self._row(size, block, [texts[line] for texts in self._texts], RowStyle(head=head))
        if any(self._totals):
            totals = list(self._totals)
            totals[0] = totals[0] or say("paper.total", self._language)
            yield self._row(size, block, totals, RowStyle(fill=LIGHT.raised, head=head), weight=BOLD)

    def _row(
        self, size: int, block: _Laid, texts: Sequence[str], style: RowStyle, weight: QFont.Weight = PLAIN
    ) -> Strip:
        cells: list[Words | None] = [
            cell(width, (texts[place], Ink(size, weight, align=self._align(place))))
            for place, width in zip(block.columns, block.widths, strict=True)
        ]
        return row(block.widths, cells, style)

    def _align(self, place: int) -> Qt.AlignmentFlag:
        is_name = self._columns[place].unit in NAMES | TIMES
        return Qt.AlignmentFlag.AlignLeft if is_name else Qt.AlignmentFlag.AlignRight

    # -- widths --------------------------------------------------------------------------------------------------------

    def _fitted(self) -> tuple[int, list[_Laid]]:
        """The fewest blocks; of these the largest letters, and then the widest names."""
        tried: list[tuple[int, list[_Laid]]] = []
        for size in SIZES:
            wanted = [self._wanted(place, size) for place in range(len(self._columns))]
            tried += [(size, self._blocks(self._squeezed(wanted, share))) for share in self._shares(wanted)]
        fewest = min(len(blocks) for _, blocks in tried)
        size, blocks = next(one for one in tried if len(one[1]) == fewest)
        return size, [_stretched(block) for block in blocks]

    def _wanted(self, place: int, size: int) -> float:
        """What a column needs: its longest value on one line, the longest word of its heading."""
        script, plain, bold = self._script, Letters("", size), Letters("", size, BOLD)
        values = {*self._texts[place], self._totals[place]}
        widest = max(script.width_of(text, bold if text == self._totals[place] else plain) for text in values)
        head = max((script.width_of(word, bold) for word in self._heads[place].split()), default=0.0)
        return max(min(widest, LONGEST_NAME), min(head, LONGEST_NAME)) + 2 * PAD + 1

    def _shares(self, wanted: Sequence[float]) -> list[float]:
        """How much of their spare width names may give: nothing, some, what is needed for one block, all."""
        spare = sum(self._spare(place, width) for place, width in enumerate(wanted))
        needed = (sum(wanted) - INNER) / spare if spare else 1.0
        return sorted({*QUARTERS, min(max(needed, 0.0), 1.0)})

    def _squeezed(self, wanted: Sequence[float], share: float) -> list[float]:
        """Names on several lines."""
        return [width - share * self._spare(place, width) for place, width in enumerate(wanted)]

    def _spare(self, place: int, width: float) -> float:
        return max(0.0, width - LEAST_NAME) if self._columns[place].unit in NAMES else 0.0

    def _blocks(self, widths: list[float]) -> list[_Laid]:
        """Columns in blocks, the first names in each."""
        leading = 0
        while leading < len(widths) and self._columns[leading].unit in NAMES | TIMES:
            leading += 1
        leading = min(leading, 2)
        held = list(range(leading))
        while sum(widths[place] for place in held) > INNER / 2:
            held.pop()
        first, rest = sum(widths[place] for place in held), list(range(len(held), len(widths)))
        room = INNER - first
        needed = max(1, math.ceil(sum(widths[place] for place in rest) / room))
        fair = sum(widths[place] for place in rest) / needed
        blocks: list[list[int]] = [[]]
        for place in rest:
            taken = sum(widths[one] for one in blocks[-1])
            # all blocks about as wide
            if blocks[-1] and (taken + widths[place] > room or taken + widths[place] / 2 > fair):
                blocks.append([])
            blocks[-1].append(place)
        return [_Laid((*held, *one), tuple(widths[place] for place in (*held, *one))) for one in blocks]


def _stretched(block: _Laid) -> _Laid:
    """As wide as the page, but not so wide that a row is hard to follow."""
    stretch = min(STRETCH, INNER / sum(block.widths))
    return _Laid(block.columns, tuple(width * stretch for width in block.widths))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}\u2026"
