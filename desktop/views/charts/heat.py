"""A grid of figures, most often regions by weeks: colour, figure and what is short in every cell."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont

from desktop.views.charts.axes import LABEL_HEIGHT, thinning, years_of
from desktop.views.charts.numbers import TIMES, Writer, is_missing, write_day, write_week
from desktop.views.charts.ramp import ramp_of
from desktop.views.charts.strokes import Box, Boxes, Hit, Line, Sheet, Word
from desktop.views.charts.subject import BODY, BOLD, PLAIN, SMALL, Subject

LINE, LEAST_LINE = 23.0, 5.0
HEAD = 2 * LABEL_HEIGHT + 6
LEGEND = 34.0
WIDEST = 110.0  # of a cell
NAMES_SHARE = 0.4
SWATCH = 26.0
LEAST_NAME, LEAST_WRITTEN = 40.0, 14.0
YEAR_WIDTH = 32.0
WHOLE_FROM = 10.0  # a mark in a cell has no decimals from here on


def heat_height(subject: Subject, width: float) -> float:
    """How high a grid wants to be."""
    del width
    return HEAD + min(len(subject.grid.down), subject.chart.most) * LINE + LEGEND


def draw_heat(subject: Subject, sheet: Sheet, area: QRectF) -> None:
    """The whole chart."""
    _Heat(subject, sheet, area).draw()


class _Heat:
    """One grid being laid out."""

    def __init__(self, subject: Subject, sheet: Sheet, area: QRectF) -> None:
        self._subject, self._sheet, self._area = subject, sheet, area
        self._theme = subject.theme
        self._key = subject.chart.series[0]
        self._is_share = subject.unit(self._key) == "share"
        self._grid = subject.grid
        room = area.height() - HEAD - LEGEND
        lines = min(len(self._grid.down), subject.chart.most)
        self._high = min(LINE, max(LEAST_LINE, room / max(1, lines)))
        self._lines = min(lines, max(1, int(room / self._high + 1e-6)))
        if self._lines < len(self._grid.down):
            sheet.remarks.append(subject.say("more", number=len(self._grid.down) - self._lines))
        self._sides = self._side_widths()
        self._sums = self._mark_sums()
        self._right = self._sum_width()
        self._left = area.left() + sum(self._sides)
        self._top = area.top() + HEAD
        self._wide = max(0.5, (area.right() - self._right - self._left) / max(1, len(self._grid.across)))
        self._wide = min(WIDEST, self._wide)
        self._ramp = ramp_of(subject.known(self._key), subject.theme, is_share=self._is_share)
        writer = subject.writer(self._key)
        # shares without decimals, others as in the table
        self._writer = Writer(writer.unit, writer.language, writer.currency) if self._is_share else writer

    def draw(self) -> None:
        """All of it."""
        self._draw_heads()
        self._draw_sides()
        boxes = [(self._box(line, column), row) for line, column, row in self._cells()]
        self._draw_cells(boxes)
        self._sheet.marks += [Hit(row, self._key, box) for box, row in boxes]
        if self._high >= SMALL + 3 and self._wide >= LEAST_WRITTEN:
            for box, row in boxes:
                self._write_cell(box, row)
        self._draw_sums()
        self._frame_now()
        self._draw_legend()

    def _cells(self) -> Iterator[tuple[int, int, int]]:
        """Line, column and row of the frame of every cell that is drawn."""
        for line in range(self._lines):
            for column, row in self._grid.cells[line].items():
                yield line, column, row

    def _box(self, line: int, column: int) -> QRectF:
        gap = 1.0 if self._wide > 12 and self._high > 8 else 0.0
        left, top = self._left + column * self._wide + gap, self._top + line * self._high + gap
        return QRectF(left, top, self._wide - 2 * gap, self._high - 2 * gap)

    def _is_now(self, value: object) -> bool:
        return self._subject.unit(self._subject.chart.x) == "week" and value == self._subject.this_week

    # -- names ---------------------------------------------------------------------------------------------------------

    def _side_widths(self) -> list[float]:
        """How wide the columns of names are; the widest gives way first where all of them take too much."""
        subject, found = self._subject, []
        for place, key in enumerate(subject.chart.y):
            writer = subject.writer(key)
            names = {writer.cell(names[place]) for names in self._grid.down[: self._lines]} | {subject.heading(key)}
            found.append(max(subject.width_of(name, BODY, _weight(place)) for name in names) + 12)
        excess = sum(found) - NAMES_SHARE * self._area.width()
        while excess > 0 and max(found) > LEAST_NAME:
            widest = found.index(max(found))
            second = max((wide for place, wide in enumerate(found) if place != widest), default=0.0)
            less = min(excess, max(1.0, found[widest] - max(second, LEAST_NAME)))
            found[widest] -= less
            excess -= less
        return found

    def _draw_heads(self) -> None:
        subject, theme = self._subject, self._theme
        left = self._area.left()
        for wide, key in zip(self._sides, subject.chart.y, strict=True):
            box = QRectF(left, self._top - HEAD + 3 + LABEL_HEIGHT / 2, wide - 8, LABEL_HEIGHT)
            self._sheet.add(Word(box, subject.heading(key), subject.ink(theme.muted)))
            left += wide
        across = self._grid.across
        texts = [self._across(value) for value in across]
        widest = max((subject.width_of(text, BODY, BOLD) for text in texts), default=0.0) + 6
        each = thinning(widest, self._wide) if subject.is_over_time else 1
        now = next((place for place, value in enumerate(across) if self._is_now(value)), -each)
        years = years_of(across) if each > 1 and subject.unit(subject.chart.x) == "week" else {}
        for column, text in enumerate(texts):
            if column == now or (column % each == 0 and abs(column - now) >= each):
                self._draw_head(column, text, widest if each > 1 else 0.0)
        end = self._left
        for column, year in reversed(years.items()):
            left = self._left + column * self._wide
            if end == self._left or left + YEAR_WIDTH <= end:
                box = QRectF(left, self._top - HEAD + 3 + LABEL_HEIGHT, YEAR_WIDTH, LABEL_HEIGHT)
                self._sheet.add(Word(box, year, subject.ink(theme.faint)))
                end = left

    def _draw_head(self, column: int, text: str, least: float) -> None:
        """The name of a column; `least` wide where not every column has its name."""
        subject, value = self._subject, self._grid.across[column]
        is_now = self._is_now(value)
        under = "" if least else "this_week" if is_now else "forecast" if subject.is_forecast_of(value) else ""
        width = max(self._wide, least)
        end = self._left + len(self._grid.across) * self._wide
        left = min(self._left + (column + 0.5) * self._wide - width / 2, end + 4 - width)
        # weeks stand on one line: what is said below one of them may reach under its neighbours
        top = self._top - HEAD + (3 if subject.is_over_time else 3 + LABEL_HEIGHT / 2)
        ink = subject.centred(self._theme.accent if is_now else self._theme.text, BODY, BOLD)
        self._sheet.add(Word(QRectF(left, top, width, LABEL_HEIGHT), text, ink))
        if under:
            self._draw_under(column, subject.say(under), top + LABEL_HEIGHT - 1)

    def _draw_under(self, column: int, text: str, top: float) -> None:
        """What is said of a column below its name; where it has no room, over its neighbours, of forecasts once."""
        value, subject = self._grid.across[column], self._subject
        is_now = self._is_now(value)
        taken = subject.width_of(text) + 4
        left, right = self._left + column * self._wide, self._left + (column + 1) * self._wide
        if taken > self._wide:
            if is_now:
                left = right - taken
            elif column and subject.is_forecast_of(self._grid.across[column - 1]):
                return
            else:
                right = left + taken
        ink = subject.centred(self._theme.accent if is_now else self._theme.muted)
        self._sheet.add(Word(QRectF(left, top, right - left, LABEL_HEIGHT), text, ink))

    def _across(self, value: object) -> str:
        unit = self._subject.unit(self._subject.chart.x)
        if is_missing(value) or unit not in TIMES:
            return self._subject.writer(self._subject.chart.x).cell(value)
        assert isinstance(value, dt.date)
        return (write_week if unit == "week" else write_day)(value, self._subject.language)

    def _draw_sides(self) -> None:
        if self._high < SMALL + 1:
            return
        subject, down = self._subject, self._grid.down
        for line in range(self._lines):
            left, top = self._area.left(), self._top + line * self._high
            is_new = line == 0 or down[line - 1][0] != down[line][0]
            if is_new and len(subject.chart.y) > 1:
                ends = (QPointF(left, top), QPointF(self._area.right(), top))
                self._sheet.add(Line(ends, self._theme.line))
            for place, key in enumerate(subject.chart.y):
                if place > 0 or is_new:
                    box = QRectF(left, top, self._sides[place] - 8, self._high)
                    ink = subject.ink(self._theme.text, BODY, _weight(place))
                    self._sheet.add(Word(box, subject.writer(key).cell(down[line][place]), ink))
                left += self._sides[place]

    # -- cells ---------------------------------------------------------------------------------------------------------

    def _draw_cells(self, boxes: Sequence[tuple[QRectF, int]]) -> None:
        """All cells, those of one colour at once: there may be thousands."""
        numbers = self._subject.numbers(self._key)
        by_colour: dict[str, list[QRectF]] = {}
        for box, row in boxes:
            if not math.isnan(numbers[row]):
                colour = self._ramp.colour(numbers[row])
            else:
                colour = self._theme.bad_background if self._mark_text(row) else self._theme.sunken
            by_colour.setdefault(colour, []).append(box)
        self._sheet.add(*(Boxes(rects, colour) for colour, rects in by_colour.items()))

    def _write_cell(self, box: QRectF, row: int) -> None:
        """The figure of a cell and what is marked, as far as there is room."""
        subject, number, mark = self._subject, self._subject.numbers(self._key)[row], self._mark_text(row)
        is_known = not math.isnan(number)
        text, token = (self._writer.cell(number), self._ramp.ink(number)) if is_known else ("", self._theme.bad)
        whole = f"{text} {mark}".strip()
        # where both have no room: what is short of a full cell, else how full it is
        first = mark if mark and not number <= self._ramp.full else text
        for said, pixels in ((whole, BODY), (whole, SMALL), (first, BODY), (first.removesuffix(" %"), BODY)):
            ink = subject.centred(token, pixels, BOLD if mark else PLAIN)
            if said and subject.script.width_of(said, ink) <= box.width() - 2:
                self._sheet.add(Word(box, said, ink))
                return

    def _mark_text(self, row: int) -> str:
        key = self._subject.chart.mark
        if not key:
            return ""
        return self._written_mark(self._subject.numbers(key)[row])

    def _written_mark(self, number: float) -> str:
        """A mark in few figures: whole where it is large, nothing where it is nothing."""
        if math.isnan(number) or number == 0:
            return ""
        writer = self._subject.writer(self._subject.chart.mark)
        if writer.unit != "money" and (abs(number) >= WHOLE_FROM or number == round(number)):
            writer = Writer(writer.unit, writer.language, writer.currency)
        text = writer.cell(number)
        return text if any(figure in "123456789" for figure in text) else ""

    def _mark_sums(self) -> list[str]:
        """What is marked in each line, together; nothing where a sum says nothing."""
        key = self._subject.chart.mark
        if not key or not self._subject.table.column(key).is_additive:
            return []
        found = [0.0] * self._lines
        numbers = self._subject.numbers(key)
        for line, _, row in self._cells():
            if not math.isnan(numbers[row]):
                found[line] += numbers[row]
        return [self._written_mark(number) or "0" for number in found]

    def _sum_width(self) -> float:
        if not self._sums:
            return 0.0
        head = min(90.0, self._subject.width_of(self._subject.heading(self._subject.chart.mark)))
        return max(head, *(self._subject.width_of(text, BODY, BOLD) for text in self._sums)) + 8

    def _draw_sums(self) -> None:
        if not self._sums or self._high < SMALL + 1:
            return
        subject, theme = self._subject, self._theme
        left = self._area.right() - self._right
        box = QRectF(left, self._top - HEAD + 3 + LABEL_HEIGHT / 2, self._right, LABEL_HEIGHT)
        self._sheet.add(Word(box, subject.heading(subject.chart.mark), subject.right(theme.muted)))
        for line, text in enumerate(self._sums):
            box = QRectF(left, self._top + line * self._high, self._right, self._high)
            ink = subject.right(theme.muted, BODY) if text == "0" else subject.right(theme.bad, BODY, BOLD)
            self._sheet.add(Word(box, text, ink))

    def _frame_now(self) -> None:
        for column, value in enumerate(self._grid.across):
            if self._is_now(value):
                left = self._left + column * self._wide
                box = QRectF(left, self._top, self._wide, self._lines * self._high)
                self._sheet.add(Box(box, "", self._theme.accent, 1.5, 2.0))

    def _draw_legend(self) -> None:
        """Swatches with the figures that they stand for, as many as there is room for."""
        subject, top = self._subject, self._top + self._lines * self._high + 8
        writer, groups = self._writer, self._ramp.steps()
        widest = max((subject.width_of(writer.cell(step)) for steps in groups for step in steps), default=0.0) + 4
        wide = max(SWATCH, widest)
        taken = sum(len(steps) * wide + 14 for steps in groups)
        x = min(self._left, max(self._area.left(), self._area.right() - taken))
        for steps in groups:
            for step in steps:
                if x + wide > self._area.right() + 1:
                    return
                self._sheet.add(Box(QRectF(x, top, wide, 9), self._ramp.colour(step), self._theme.line))
                box = QRectF(x, top + 10, wide, LABEL_HEIGHT)
                self._sheet.add(Word(box, writer.cell(step), subject.centred(self._theme.muted)))
                x += wide
            x += 14
        box = QRectF(x, top - 3, max(0.0, self._area.right() - x), LABEL_HEIGHT)
        self._sheet.add(Word(box, subject.heading(self._key), subject.ink(self._theme.muted)))


def _weight(place: int) -> QFont.Weight:
    """The first of several names stands out."""
    return BOLD if place == 0 else PLAIN
