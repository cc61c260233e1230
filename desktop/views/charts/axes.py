"""Axes and legends that the kinds of charts share."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from desktop.services.reports.report import Unit
from desktop.views.charts.numbers import TIMES, Writer
from desktop.views.charts.strokes import Box, Dot, Line, Shape, Sheet, Word
from desktop.views.charts.subject import BOLD, SMALL, Subject

LABEL_HEIGHT = 14.0
GAP = 6.0
LEGEND_HEIGHT = 18.0
SWATCH = 9.0
TICK_ROOM = 44.0  # units between two lines of an axis, or more
CUT_FROM = 0.5  # of the largest share, from which on the axis need not begin at nothing


class Scale(NamedTuple):
    """Figures to places along a line.

    Attributes:
        low: the figure at `start`.
        high: the figure at `end`.
        start: a place in the chart.
        end: another, before or behind it.
    """

    low: float
    high: float
    start: float
    end: float

    def at(self, number: float) -> float:
        """The place of a figure, kept inside."""
        share = (number - self.low) / (self.high - self.low)
        return self.start + min(1.0, max(0.0, share)) * (self.end - self.start)


class Entry(NamedTuple):
    """What a legend explains: a colour with its shape, "" for a box."""

    text: str
    token: str
    shape: Shape | None = None
    dash: tuple[float, ...] | None = None


def nice_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, ... times a power of ten that is no less than a number."""
    if least <= 0 or not math.isfinite(least):
        return 1.0
    ten = 10.0 ** math.floor(math.log10(least))
    return next(ten * factor for factor in (1, 2, 5, 10) if ten * factor >= least * 0.999)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round figures from `low` to `high`, some `most` of them at most."""
    step = nice_step((high - low) / max(1, most))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def extent(numbers: Iterable[float], unit: Unit, *, is_cut: bool) -> tuple[float, float]:
    """From where to where an axis goes, beginning and ending at round figures.

    Args:
        numbers: that are drawn.
        unit: of them.
        is_cut: the axis need not begin at nothing where all figures are far from it.
    """
    known = [number for number in numbers if not math.isnan(number)]
    low, high = min(known, default=0.0), max(known, default=0.0)
    if is_cut and low > CUT_FROM * high > 0:
        low -= max((high - low) * 0.25, 0.02 * high)
        step = nice_step((high - low) / 4)
        low = math.floor(low / step) * step
    else:
        low, high = min(0.0, low), max(0.0, high)
    if high - low <= 0:
        high = low + 1.0
    step = nice_step((high - low) / 5)
    high = math.ceil(high / step - 1e-9) * step
    if unit == "share" and max(known, default=0.0) <= 1.0:
        high = min(high, 1.0)
    return math.floor(low / step + 1e-9) * step, high


def tick_writer(writer: Writer, numbers: Sequence[float]) -> Writer:
    """Writes the figures of an axis, with no more decimals than its steps need."""
    return (
        Writer.of(writer.unit, writer.language, writer.currency, numbers)
        if writer.unit != "share"
        else _whole(writer, numbers)
    )


def _whole(writer: Writer, numbers: Sequence[float]) -> Writer:
    is_whole = all(abs(100 * number - round(100 * number)) < 1e-6 for number in numbers)
    return Writer(writer.unit, writer.language, writer.currency, 0 if is_whole else 1)


def draw_legend(subject: Subject, sheet: Sheet, area: QRectF, entries: Sequence[Entry]) -> QRectF:
    """A legend over a chart; gives back what is left below it."""
    x, y = area.left(), area.top()
    ink = subject.ink(subject.theme.muted)
    for entry in entries:
        width = min(subject.width_of(entry.text) + 2, area.width() - 16)
        if x > area.left() and x + 16 + width > area.right():
            x, y = area.left(), y + LEGEND_HEIGHT
        centre = QPointF(x + (5 if entry.dash is None else 6.5), y + LEGEND_HEIGHT / 2 - 1)
        if entry.dash is not None:
            line = (QPointF(x, centre.y()), QPointF(x + 13, centre.y()))
            sheet.add(Line(line, entry.token, 2, entry.dash))
        if entry.shape is not None:
            sheet.add(Dot(centre, 4.5 if entry.dash is None else 3.5, entry.shape, entry.token))
        elif entry.dash is None:
            sheet.add(Box(QRectF(x, centre.y() - SWATCH / 2, SWATCH + 1, SWATCH), entry.token))
        sheet.add(Word(QRectF(x + 16, y, width, LEGEND_HEIGHT - 2), entry.text, ink))
        x += 16 + width + 14
    used = y + LEGEND_HEIGHT + 2 - area.top()
    return area.adjusted(0, used, 0, 0)


def legend_height(subject: Subject, width: float, texts: Iterable[str]) -> float:
    """How high a legend of such words is."""
    x, lines = 0.0, 1
    for text in texts:
        wide = min(subject.width_of(text) + 2, width - 16)
        if x > 0 and x + 16 + wide > width:
            x, lines = 0.0, lines + 1
        x += 16 + wide + 14
    return lines * LEGEND_HEIGHT + 2


# -- upright: figures up, weeks across ---------------------------------------------------------------------------------


class Upright(NamedTuple):
    """The frame of a chart whose figures go up.

    Attributes:
        plot: where marks are drawn.
        scale: of the figures.
        band: width of a row's place.
    """

    plot: QRectF
    scale: Scale
    band: float

    def x(self, row: int) -> float:
        """The middle of a row's place."""
        return self.plot.left() + (row + 0.5) * self.band


def draw_upright(
    subject: Subject, sheet: Sheet, area: QRectF, span: tuple[float, float], keys: tuple[str, ...]
) -> Upright:
    """Lines across with their figures, and the names of the rows below."""
    low, high = span
    years = years_of(subject.values(subject.chart.x)) if subject.unit(subject.chart.x) == "week" else {}
    foot = LABEL_HEIGHT * (2 if years or subject.chart.forecast_from is not None or _has_now(subject) else 1) + 3
    height = max(20.0, area.height() - foot - 8)
    most = max(2, int(height / TICK_ROOM))
    if low > 0:  # an axis that does not begin at nothing begins at a line
        step = nice_step((high - low) / most)
        low = math.floor(low / step + 1e-9) * step
    marks = ticks(low, high, most)
    writer = tick_writer(subject.writer(*keys), marks)
    texts = [writer.cell(mark) for mark in marks]
    side = max((subject.width_of(text) for text in texts), default=0.0) + GAP + 2
    plot = QRectF(area.left() + side, area.top() + 8, max(10.0, area.width() - side - 4), height)
    scale = Scale(low, high, plot.bottom(), plot.top())
    for mark, text in zip(marks, texts, strict=True):
        y = scale.at(mark)
        token = subject.theme.line_strong if abs(mark - max(low, 0.0)) < 1e-12 else subject.theme.line
        sheet.add(Line((QPointF(plot.left(), y), QPointF(plot.right(), y)), token))
        box = QRectF(area.left(), y - LABEL_HEIGHT / 2, side - GAP, LABEL_HEIGHT)
        sheet.add(Word(box, text, subject.right(subject.theme.muted)))
    if low > 0:
        sheet.remarks.append(subject.say("axis_from", value=writer.cell(low)))
    if subject.is_over_time and subject.unit(subject.chart.x) not in TIMES:  # numbers alone do not say what they are
        sheet.remarks.insert(0, subject.heading(subject.chart.x))
    upright = Upright(plot, scale, plot.width() / max(1, len(subject)))
    _draw_names(subject, sheet, upright, years)
    return upright


def draw_goal(subject: Subject, sheet: Sheet, upright: Upright, keys: tuple[str, ...]) -> None:
    """The line of the goal with its figure."""
    goal = subject.chart.goal
    if goal is None:
        return
    y, plot = upright.scale.at(goal), upright.plot
    sheet.add(Line((QPointF(plot.left(), y), QPointF(plot.right(), y)), subject.theme.accent, 1.5, (4, 2)))
    text = subject.say("goal", value=tick_writer(subject.writer(*keys), (goal,)).cell(goal))
    width = subject.width_of(text, SMALL, BOLD) + 6
    top = y - LABEL_HEIGHT - 1 if y - LABEL_HEIGHT - 1 >= plot.top() - 8 else y + 1
    box = QRectF(plot.left() + 2, top, width, LABEL_HEIGHT)
    sheet.add(Box(box, subject.theme.surface, share=0.8))
    sheet.add(Word(box.adjusted(2, 0, 0, 0), text, subject.ink(subject.theme.accent, SMALL, BOLD)))


def _has_now(subject: Subject) -> bool:
    return any(subject.is_now(row) for row in range(len(subject)))


def years_of(weeks: Sequence[object]) -> dict[int, str]:
    """The years by the places where they begin, where there is more than one; by the weeks' own years."""
    found: dict[int, str] = {}
    before = 0
    for place, monday in enumerate(weeks):
        year = monday.isocalendar().year if isinstance(monday, dt.date) else before
        if year != before:
            found[place] = str(year)
            before = year
    return found if len(found) > 1 else {}


def thinning(widest: float, band: float) -> int:
    """Each how manieth name has room: all, each second, fourth ... thirteenth: quarters of a year."""
    return next((step for step in (1, 2, 4, 8, 13, 26, 52, 104, 208) if step * band >= widest), 530)


def _draw_names(subject: Subject, sheet: Sheet, upright: Upright, years: dict[int, str]) -> None:
    """The names of the rows; of many each second, fourth, thirteenth ... one."""
    names = [subject.name(row) for row in range(len(subject))]
    widest = max((subject.width_of(name, SMALL, BOLD) for name in names), default=0.0) + 6
    each = thinning(widest, upright.band)
    if not subject.is_over_time:
        each = 1
    top = upright.plot.bottom() + 3
    theme = subject.theme
    forecast = next((row for row in range(len(subject)) if subject.is_forecast(row)), None)
    now = next((row for row in range(len(subject)) if subject.is_now(row)), None)
    # the present week and the last one have their names, and those too near them have none
    firm = [now] if now is not None else []
    shown = [row for row in range(0, len(subject), each) if all(row == one or abs(row - one) >= each for one in firm)]
    for row in sorted({*shown, *firm}):
        width = max(widest, upright.band)
        left = min(upright.x(row) - width / 2, upright.plot.right() + 4 - width)
        box = QRectF(left, top, width, LABEL_HEIGHT)
        ink = subject.centred(theme.accent, SMALL, BOLD) if row == now else subject.centred(theme.muted)
        sheet.add(Word(box, names[row], ink))
    below = QRectF(0, top + LABEL_HEIGHT - 1, 0, LABEL_HEIGHT)
    taken: list[QRectF] = []
    said = [(row, text, theme.faint) for row, text in reversed(years.items())]
    if forecast is not None:
        said.insert(0, (forecast, subject.say("forecast"), theme.muted))
    if now is not None:
        said.insert(0, (now, subject.say("this_week"), theme.accent))
    for row, text, token in said:
        width = subject.width_of(text) + 4
        left = min(max(upright.x(row) - width / 2, upright.plot.left() - 20), upright.plot.right() + 4 - width)
        box = QRectF(left, below.top(), width, LABEL_HEIGHT)
        if not any(box.intersects(other) for other in taken):
            taken.append(box.adjusted(-4, 0, 4, 0))
            sheet.add(Word(box, text, subject.centred(token)))


# -- level: figures to the right, names down the side ------------------------------------------------------------------


class Level(NamedTuple):
    """The frame of a chart whose figures go to the right.

    Attributes:
        plot: where marks are drawn.
        scale: of the figures.
        line: height of a row.
        rows: that are drawn.
    """

    plot: QRectF
    scale: Scale
    line: float
    rows: range

    def top(self, row: int) -> float:
        """The upper edge of a row's place."""
        return self.plot.top() + row * self.line


LEAST_LINE = 14.0
NAME_SHARE = 0.38  # of the width, for names at most


def drawn_rows(subject: Subject) -> int:
    """Rows that are drawn: those of the chart's limit."""
    return min(len(subject), subject.chart.most)


def name_width(subject: Subject, width: float, rows: int) -> float:
    """How much names need down the side."""
    widest = max((subject.width_of(subject.name(row), 11) for row in range(rows)), default=0.0)
    return min(widest + 10, NAME_SHARE * width)


def fitting_rows(subject: Subject, sheet: Sheet, height: float, line: float) -> tuple[int, float]:
    """How many rows there is room for and how high each is; what is left out is said."""
    rows = drawn_rows(subject)
    line = min(line, max(LEAST_LINE, height / max(1, rows)))
    rows = min(rows, max(1, int(height / line + 1e-6)))
    if rows < len(subject):
        sheet.remarks.append(subject.say("more", number=len(subject) - rows))
    return rows, line


def draw_level_axis(
    subject: Subject, sheet: Sheet, plot: QRectF, span: tuple[float, float], keys: tuple[str, ...]
) -> Scale:
    """Lines down with their figures above them."""
    scale = Scale(*span, plot.left(), plot.right())
    marks = ticks(*span, max(2, int(plot.width() / 80)))
    writer = tick_writer(subject.writer(*keys), marks)
    for mark in marks:
        x = scale.at(mark)
        token = subject.theme.line_strong if mark == 0 else subject.theme.line
        sheet.add(Line((QPointF(x, plot.top() - 2), QPointF(x, plot.bottom())), token))
        text = writer.cell(mark)
        width = subject.width_of(text) + 4
        box = QRectF(x - width / 2, plot.top() - LABEL_HEIGHT - 3, width, LABEL_HEIGHT)
        sheet.add(Word(box, text, subject.centred(subject.theme.muted)))
    if span[0] > 0:
        sheet.remarks.append(subject.say("axis_from", value=writer.cell(span[0])))
    return scale
