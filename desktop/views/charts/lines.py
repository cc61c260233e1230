"""Lines over weeks: a line a series, told apart by colour, dash and mark; what is forecast is dashed, in its band."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF

from desktop.views.charts.axes import (
    Entry,
    Upright,
    draw_goal,
    draw_legend,
    draw_upright,
    extent,
    legend_height,
)
from desktop.views.charts.strokes import DASHES, SHAPES, Area, Dot, Hit, Line, Sheet
from desktop.views.charts.subject import Subject

HEIGHT = 210.0
BAND = ("low", "high")
"""Columns between which the first series is expected, where a table has them."""
FORECAST_DASH = (3.0, 2.0)
MARKED_UNTIL = 60  # rows; beyond that dots would be a line of their own


def lines_height(subject: Subject, width: float) -> float:
    """How high a chart of lines wants to be."""
    return legend_height(subject, width, map(subject.heading, subject.chart.series)) + HEIGHT


def draw_lines(subject: Subject, sheet: Sheet, area: QRectF) -> None:
    """The whole chart."""
    keys = subject.chart.series
    entries = [
        Entry(subject.heading(key), subject.colour(place), SHAPES[place % 4], DASHES[place % 4])
        for place, key in enumerate(keys)
    ]
    area = draw_legend(subject, sheet, area, entries)
    band = BAND if all(subject.has(key) for key in BAND) else ()
    goal = () if subject.chart.goal is None else (subject.chart.goal,)
    span = extent([*subject.known(*keys, *band), *goal], subject.unit(keys[0]), is_cut=True)
    upright = draw_upright(subject, sheet, area, span, keys)
    if band:
        _draw_band(subject, sheet, upright)
    _draw_beginning(subject, sheet, upright)
    for place, key in enumerate(keys):
        _draw_line(subject, sheet, upright, place, key)
    draw_goal(subject, sheet, upright, keys)


def _draw_line(subject: Subject, sheet: Sheet, upright: Upright, place: int, key: str) -> None:
    token, shape = subject.colour(place), SHAPES[place % len(SHAPES)]
    numbers = subject.numbers(key)
    points = {
        row: QPointF(upright.x(row), upright.scale.at(number))
        for row, number in enumerate(numbers)
        if not math.isnan(number)
    }
    for run in _runs(sorted(points)):
        known = [points[row] for row in run if not subject.is_forecast(row)]
        ahead = [points[row] for row in run if subject.is_forecast(row)]
        if len(known) > 1:
            sheet.add(Line(known, token, 2, DASHES[place % len(DASHES)]))
        if ahead and len(ahead) + len(known) > 1:
            sheet.add(Line([*known[-1:], *ahead], token, 1.6, FORECAST_DASH))
    is_marked = len(subject) <= MARKED_UNTIL
    for row, point in points.items():
        if subject.is_forecast(row) and is_marked:
            sheet.add(Dot(point, 2.6, shape, subject.theme.surface, token))
        elif is_marked or len(points) == 1:
            sheet.add(Dot(point, 2.8, shape, token))
        half = max(4.0, upright.band / 2)
        sheet.marks.append(Hit(row, key, QRectF(point.x() - half, point.y() - 14, 2 * half, 28)))


def _runs(rows: Sequence[int]) -> Iterator[list[int]]:
    """Rows that follow one another without a gap."""
    run: list[int] = []
    for row in rows:
        if run and row != run[-1] + 1:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _draw_band(subject: Subject, sheet: Sheet, upright: Upright) -> None:
    low, high = (subject.numbers(key) for key in BAND)
    rows = [row for row in range(len(subject)) if not math.isnan(low[row]) and not math.isnan(high[row])]
    for run in _runs(rows):
        upper = [QPointF(upright.x(row), upright.scale.at(high[row])) for row in run]
        lower = [QPointF(upright.x(row), upright.scale.at(low[row])) for row in run]
        sheet.add(Area([*upper, *reversed(lower)], subject.colour(0), 0.14))
        for edge in (upper, lower):
            sheet.add(Line(edge, subject.colour(0), 0.8, (1, 2)))


def _draw_beginning(subject: Subject, sheet: Sheet, upright: Upright) -> None:
    """The line from which on all is forecast."""
    first = next((row for row in range(len(subject)) if subject.is_forecast(row)), None)
    if first:
        x = upright.x(first) - upright.band / 2
        ends = (QPointF(x, upright.plot.top()), QPointF(x, upright.plot.bottom()))
        sheet.add(Line(ends, subject.theme.line_strong, 1, (2, 2)))
