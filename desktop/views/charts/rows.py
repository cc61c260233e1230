"""Rows of names with marks on a line to the right: two prices and their margin, or how far figures spread."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF

from desktop.views.charts.axes import (
    LABEL_HEIGHT,
    Entry,
    Level,
    draw_legend,
    draw_level_axis,
    drawn_rows,
    extent,
    fitting_rows,
    legend_height,
    name_width,
)
from desktop.views.charts.strokes import SHAPES, Box, Dot, Hit, Line, Sheet, Word
from desktop.views.charts.subject import BODY, BOLD, SMALL, Subject

LINE = 23.0
HEAD = LABEL_HEIGHT + 5
MARGIN_COLUMN = "margin_share"
"""Written at the right of pairs, where a table has it."""
FIVE = 5  # low, lower quartile, median, upper quartile, high


def rows_height(subject: Subject, width: float) -> float:
    """How high a chart of rows wants to be."""
    texts = map(subject.heading, subject.chart.series) if subject.chart.kind == "pairs" else (subject.say("quartiles"),)
    return legend_height(subject, width, texts) + HEAD + drawn_rows(subject) * LINE + 4


def draw_pairs(subject: Subject, sheet: Sheet, area: QRectF) -> None:
    """Dots on a line, a row each, with their figures; the margin at the right."""
    keys = subject.chart.series
    entries = [
        Entry(subject.heading(key), _pair_token(subject, place), SHAPES[place % 4]) for place, key in enumerate(keys)
    ]
    area = draw_legend(subject, sheet, area, entries)
    margin = _margin_width(subject)
    level = _frame(subject, sheet, area, margin, room=_figure_room(subject))
    if margin:
        box = QRectF(area.right() - margin, area.top(), margin, HEAD)
        sheet.add(Word(box, subject.heading(MARGIN_COLUMN), subject.right(subject.theme.muted)))
    for row in level.rows:
        _draw_pair(subject, sheet, level, row)
        if margin:
            box = QRectF(area.right() - margin, level.top(row), margin, level.line)
            share, goal = subject.numbers(MARGIN_COLUMN)[row], subject.chart.goal
            token = subject.theme.bad if share < (0.0 if goal is None else goal) else subject.theme.text
            sheet.add(Word(box, subject.written(MARGIN_COLUMN, row), subject.right(token, BODY, BOLD)))


def draw_spread(subject: Subject, sheet: Sheet, area: QRectF) -> None:
    """A line from the lowest to the highest, a box round the middle half, a stroke at the median."""
    assert len(subject.chart.series) == FIVE
    area = draw_legend(subject, sheet, area, (Entry(subject.say("quartiles"), subject.colour(0)),))
    median = subject.chart.series[2]
    room = (
        max(
            (subject.width_of(subject.written(median, row), BODY, BOLD) for row in range(drawn_rows(subject))),
            default=0,
        )
        + 8
    )
    level = _frame(subject, sheet, area, room, room=10.0)
    goal = subject.chart.goal
    if goal is not None:
        x = level.scale.at(goal)
        ends = (QPointF(x, level.plot.top()), QPointF(x, level.plot.bottom()))
        sheet.add(Line(ends, subject.theme.accent, 1.5, (4, 2)))
    for row in level.rows:
        _draw_five(subject, sheet, level, row)
        box = QRectF(area.right() - room, level.top(row), room, level.line)
        sheet.add(Word(box, subject.written(median, row), subject.right(subject.theme.text, BODY, BOLD)))


def _frame(subject: Subject, sheet: Sheet, area: QRectF, right: float, room: float) -> Level:
    """Names at the left, figures above; `right` is kept free beside the plot, `room` inside it at both ends."""
    keys = subject.chart.series
    rows, line = fitting_rows(subject, sheet, area.height() - HEAD, LINE)
    side = name_width(subject, area.width(), rows)
    left = area.left() + side + room
    plot = QRectF(left, area.top() + HEAD, max(10.0, area.right() - right - room - left), rows * line)
    # bars are as long as their figures; dots need not begin at nothing, where shares lie close together
    is_cut = subject.chart.kind == "pairs" and subject.unit(keys[0]) == "share"
    span = extent(subject.known(*keys, rows=rows), subject.unit(keys[0]), is_cut=is_cut)
    scale = draw_level_axis(subject, sheet, plot, span, keys)
    for row in range(rows):
        box = QRectF(area.left(), plot.top() + row * line, side - 8, line)
        sheet.add(Word(box, subject.name(row), subject.ink(subject.theme.text, BODY)))
    return Level(plot, scale, line, range(rows))


# -- pairs -------------------------------------------------------------------------------------------------------------


def _pair_token(subject: Subject, place: int) -> str:
    """As cost and price have always been: brown and blue."""
    return (subject.theme.warn, subject.colour(0))[place] if place < 2 else subject.colour(place)


def _figure_room(subject: Subject) -> float:
    keys = subject.chart.series
    texts = (subject.short(number, *keys) for number in subject.known(*keys, rows=drawn_rows(subject)))
    return max((subject.width_of(text, BODY) for text in texts), default=0.0) + 12


def _margin_width(subject: Subject) -> float:
    if not subject.has(MARGIN_COLUMN):
        return 0.0
    texts = (subject.written(MARGIN_COLUMN, row) for row in range(drawn_rows(subject)))
    widest = max((subject.width_of(text, BODY, BOLD) for text in texts), default=0.0)
    return max(widest, min(90.0, subject.width_of(subject.heading(MARGIN_COLUMN)))) + 4


def _draw_pair(subject: Subject, sheet: Sheet, level: Level, row: int) -> None:
    keys = subject.chart.series
    y = level.top(row) + level.line / 2
    known = {
        place: (number, level.scale.at(number))
        for place, key in enumerate(keys)
        if not math.isnan(number := subject.numbers(key)[row])
    }
    if not known:
        box = QRectF(level.plot.left() + 4, level.top(row), 200, level.line)
        sheet.add(Word(box, subject.say("no_value"), subject.ink(subject.theme.faint)))
        return
    xs = [x for _, x in known.values()]
    if len(xs) > 1:
        sheet.add(Line((QPointF(min(xs), y), QPointF(max(xs), y)), subject.theme.line_strong, 3))
    for place, (number, x) in known.items():
        sheet.add(Dot(QPointF(x, y), 4.8, SHAPES[place % 4], _pair_token(subject, place)))
        text = subject.short(number, *keys)
        width = subject.width_of(text, BODY) + 2
        is_left = x == min(xs) and (x < max(xs) or place == 0)
        if is_left or x == max(xs):
            box = QRectF(x - 9 - width if is_left else x + 9, level.top(row), width, level.line)
            ink = (subject.right if is_left else subject.ink)(subject.theme.text, BODY)
            sheet.add(Word(box, text, ink))
        sheet.marks.append(Hit(row, keys[place], QRectF(x - 12, level.top(row), 24, level.line)))


# -- spread ------------------------------------------------------------------------------------------------------------


def _draw_five(subject: Subject, sheet: Sheet, level: Level, row: int) -> None:
    keys, theme = subject.chart.series, subject.theme
    low, lower, median, upper, high = (subject.numbers(key)[row] for key in keys)
    top, y, height = level.top(row), level.top(row) + level.line / 2, min(12.0, level.line - 6)
    sheet.marks.append(Hit(row, keys[2], QRectF(level.plot.left(), top, level.plot.width(), level.line)))
    if not math.isnan(low) and not math.isnan(high):
        left, right = level.scale.at(low), level.scale.at(high)
        sheet.add(Line((QPointF(left, y), QPointF(right, y)), theme.muted, 1.2))
        for x in (left, right):
            sheet.add(Line((QPointF(x, y - height / 3), QPointF(x, y + height / 3)), theme.muted, 1.2))
    if not math.isnan(lower) and not math.isnan(upper):
        box = QRectF(level.scale.at(lower), y - height / 2, level.scale.at(upper) - level.scale.at(lower), height)
        sheet.add(Box(box, theme.services["DUPRO"].tint, subject.colour(0), 1.0, 1.5))
    if not math.isnan(median):
        x = level.scale.at(median)
        sheet.add(Line((QPointF(x, y - height / 2 - 1), QPointF(x, y + height / 2 + 1)), theme.text, 2.4))
    elif math.isnan(low):
        box = QRectF(level.plot.left() + 4, top, 200, level.line)
        sheet.add(Word(box, subject.say("no_value"), subject.ink(theme.faint, SMALL)))
