"""Bars: up by week, to the right by name; one figure a row, several side by side, or parts of a whole."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF

from desktop.views.charts.axes import (
    LABEL_HEIGHT,
    Entry,
    Level,
    Scale,
    Upright,
    draw_goal,
    draw_legend,
    draw_upright,
    drawn_rows,
    extent,
    fitting_rows,
    legend_height,
    name_width,
)
from desktop.views.charts.strokes import Box, Hatch, Hit, Line, Sheet, Word
from desktop.views.charts.subject import BODY, BOLD, SMALL, Subject

LINE = 22.0
THIN = 11.0  # of a bar beside others
UPRIGHT_HEIGHT = 190.0
FILL = 0.76  # of its place, that a bar takes
BESIDE = 0.92  # the same beside others
GROUP_GAP = 6.0
LEAST_HATCHED = 4.0  # of a side: on less no hatch can be seen
HATCHED = frozenset({1, 3, 5})
"""Parts that are hatched, so that neighbours are told apart without their colours."""


def bars_height(subject: Subject, width: float) -> float:
    """How high a chart of bars wants to be."""
    is_legend = len(subject.chart.series) > 1
    legend = legend_height(subject, width, map(subject.heading, subject.chart.series)) if is_legend else 0.0
    if subject.is_over_time:
        return legend + UPRIGHT_HEIGHT
    return legend + drawn_rows(subject) * _line(subject) + 6


def draw_bars(subject: Subject, sheet: Sheet, area: QRectF) -> None:
    """The whole chart."""
    keys = subject.chart.series
    if len(keys) > 1:
        entries = [Entry(subject.heading(key), subject.colour(place)) for place, key in enumerate(keys)]
        area = draw_legend(subject, sheet, area, entries)
    goal = () if subject.chart.goal is None else (subject.chart.goal,)
    rows = len(subject) if subject.is_over_time else drawn_rows(subject)
    if _is_stack(subject):
        sums = [_sums(subject, row) for row in range(rows)]
        span = extent(
            [*(low for low, _ in sums), *(high for _, high in sums), *goal], subject.unit(keys[0]), is_cut=False
        )
    else:
        is_cut = subject.is_over_time and subject.unit(keys[0]) == "share"
        span = extent([*subject.known(*keys, rows=rows), *goal], subject.unit(keys[0]), is_cut=is_cut)
    if subject.is_over_time:
        upright = draw_upright(subject, sheet, area, span, keys)
        for row in range(len(subject)):
            _draw_column(subject, sheet, upright, row)
        draw_goal(subject, sheet, upright, keys)
    else:
        _draw_level(subject, sheet, area, span)


def _is_stack(subject: Subject) -> bool:
    return subject.chart.kind == "stack"


def _is_summed(subject: Subject) -> bool:
    """Whether the sum of the parts is said: shares are parts of what is known."""
    return len(subject.chart.series) > 1 and subject.unit(subject.chart.series[0]) != "share"


def _line(subject: Subject) -> float:
    return LINE if _is_stack(subject) else max(LINE, THIN * len(subject.chart.series) + 6)


def _sums(subject: Subject, row: int) -> tuple[float, float]:
    """How far the parts of a row go below nothing, and above."""
    parts = [subject.numbers(key)[row] for key in subject.chart.series]
    return sum(part for part in parts if part < 0), sum(part for part in parts if part > 0)


def _pieces(subject: Subject, row: int) -> list[tuple[int, str, float, float]]:
    """Of a stack: place, key, and from which figure to which each part goes."""
    low = high = 0.0
    found = []
    for place, key in enumerate(subject.chart.series):
        number = subject.numbers(key)[row]
        if math.isnan(number) or number == 0:
            continue
        if number < 0:
            found.append((place, key, low + number, low))
            low += number
        else:
            found.append((place, key, high, high + number))
            high += number
    return found


# -- up ----------------------------------------------------------------------------------------------------------------


def _draw_column(subject: Subject, sheet: Sheet, upright: Upright, row: int) -> None:
    keys, scale, theme = subject.chart.series, upright.scale, subject.theme
    width = max(1.0, upright.band * FILL)
    left = upright.x(row) - width / 2
    whole = QRectF(upright.x(row) - upright.band / 2, upright.plot.top(), upright.band, upright.plot.height())
    if _is_stack(subject):
        for place, key, first, last in _pieces(subject, row):
            box = QRectF(left, scale.at(last), width, scale.at(first) - scale.at(last))
            _draw_part(subject, sheet, box, place)
            _write_inside(subject, sheet, box, subject.short(subject.numbers(key)[row], *keys), place)
            sheet.marks.append(Hit(row, key, box))
        text, above = _end_text(subject, row)[0], scale.at(_sums(subject, row)[1]) - LABEL_HEIGHT
        if _is_summed(subject) and subject.width_of(text) <= upright.band and any(subject.known(*keys)):
            sheet.add(Word(QRectF(whole.left(), above, whole.width(), LABEL_HEIGHT), text, subject.centred(theme.text)))
        return
    thin = width / len(keys)
    base = min(max(0.0, scale.low), scale.high)
    for place, key in enumerate(keys):
        number = subject.numbers(key)[row]
        column = QRectF(left + place * thin, whole.top(), thin, whole.height())
        sheet.marks.append(Hit(row, key, QRectF(column) if len(keys) > 1 else whole))
        if math.isnan(number):
            continue
        top, bottom = scale.at(max(number, base)), scale.at(min(number, base))
        box = QRectF(column.left(), top, max(1.0, thin - (1 if len(keys) > 1 else 0)), bottom - top)
        _draw_bar(subject, sheet, box, row, place)
        text = subject.short(number, *keys).removesuffix(" %") if len(subject) > 1 else subject.short(number, *keys)
        _write_at_base(subject, sheet, box, text, is_up=number >= base)


def _draw_bar(subject: Subject, sheet: Sheet, box: QRectF, row: int, place: int) -> None:
    theme = subject.theme
    if subject.is_forecast(row):
        token = theme.muted if len(subject.chart.series) == 1 else subject.colour(place)
        sheet.add(Box(box, token, token, 1.0, 0.5, 0.25, is_dashed=True))
        return
    sheet.add(Box(box, _token(subject, row, place)))


def _token(subject: Subject, row: int, place: int) -> str:
    """The colour of a bar: grey where all is well, warning where it misses the goal, its own beside others."""
    keys, goal = subject.chart.series, subject.chart.goal
    if goal is not None and subject.numbers(keys[place])[row] < goal:
        return subject.theme.warn
    return subject.theme.muted if len(keys) == 1 else subject.colour(place)


def _write_at_base(subject: Subject, sheet: Sheet, box: QRectF, text: str, *, is_up: bool) -> None:
    """The figure of a bar at its foot where there is room, over it where it is too low, else nowhere."""
    if box.width() < subject.width_of(text, SMALL, BOLD) + 2:
        return
    theme = subject.theme
    if box.height() >= LABEL_HEIGHT + 2:
        top = box.bottom() - LABEL_HEIGHT - 1 if is_up else box.top() + 1
        inside = QRectF(box.left(), top, box.width(), LABEL_HEIGHT)
        is_pale = isinstance(sheet.strokes[-1], Box) and sheet.strokes[-1].share < 1
        sheet.add(Word(inside, text, subject.centred(theme.text if is_pale else theme.surface, SMALL, BOLD)))
    else:
        top = box.top() - LABEL_HEIGHT if is_up else box.bottom()
        sheet.add(Word(QRectF(box.left(), top, box.width(), LABEL_HEIGHT), text, subject.centred(theme.muted)))


def _draw_part(subject: Subject, sheet: Sheet, box: QRectF, place: int) -> None:
    sheet.add(Box(box, subject.colour(place)))
    if place in HATCHED and min(box.width(), box.height()) > LEAST_HATCHED:
        sheet.add(Hatch(box, subject.theme.surface))
    if box.height() > 3 and box.width() > 3:
        sheet.add(Line((box.topRight(), box.bottomRight()), subject.theme.surface))
        sheet.add(Line((box.topLeft(), box.topRight()), subject.theme.surface))


def _write_inside(subject: Subject, sheet: Sheet, box: QRectF, text: str, place: int) -> None:
    width = subject.width_of(text, SMALL, BOLD) + 4
    if box.height() < LABEL_HEIGHT - 1 or box.width() < width:
        return
    centre = box.center()
    inside = QRectF(centre.x() - width / 2, centre.y() - LABEL_HEIGHT / 2, width, LABEL_HEIGHT)
    if place in HATCHED:
        sheet.add(Box(inside, subject.colour(place), radius=2))
    sheet.add(Word(inside, text, subject.centred(subject.theme.surface, SMALL, BOLD)))


# -- to the right ------------------------------------------------------------------------------------------------------


def _draw_level(subject: Subject, sheet: Sheet, area: QRectF, span: tuple[float, float]) -> None:
    rows, line = fitting_rows(subject, sheet, area.height(), _line(subject))
    side = name_width(subject, area.width(), rows)
    ends = [_end_text(subject, row) for row in range(rows)]
    room = max((subject.width_of(text) for group in ends for text in group), default=0.0) + 8
    plot = QRectF(area.left() + side, area.top(), max(10.0, area.width() - side - room), rows * line)
    if span[0] < 0:
        plot.adjust(room, 0, 0, 0)
    level = Level(plot, Scale(*span, plot.left(), plot.right()), line, range(rows))
    zero = level.scale.at(0.0)
    for row in level.rows:
        box = QRectF(area.left(), level.top(row), side - 8, line)
        sheet.add(Word(box, subject.name(row), subject.ink(subject.theme.text, BODY)))
        if _is_stack(subject):
            _draw_stacked_row(subject, sheet, level, row, ends[row][0])
        else:
            _draw_level_bars(subject, sheet, level, row, ends[row])
    sheet.add(Line((QPointF(zero, plot.top()), QPointF(zero, plot.bottom())), subject.theme.line_strong))


def _end_text(subject: Subject, row: int) -> list[str]:
    """What stands behind the bars of a row: each figure, or the sum of the parts."""
    keys = subject.chart.series
    if _is_stack(subject):
        known = [number for key in keys if not math.isnan(number := subject.numbers(key)[row])]
        return [subject.short(sum(known), *keys) if known else subject.say("no_value")]
    numbers = (subject.numbers(key)[row] for key in keys)
    return [subject.say("no_value") if math.isnan(number) else subject.short(number, *keys) for number in numbers]


def _draw_stacked_row(subject: Subject, sheet: Sheet, level: Level, row: int, text: str) -> None:
    top, height = level.top(row) + 0.12 * level.line, 0.76 * level.line
    right = level.scale.at(0.0)
    for place, key, first, last in _pieces(subject, row):
        left, end = level.scale.at(first), level.scale.at(last)
        box = QRectF(left, top, end - left, height)
        _draw_part(subject, sheet, box, place)
        _write_inside(subject, sheet, box, subject.short(subject.numbers(key)[row], *subject.chart.series), place)
        sheet.marks.append(Hit(row, key, QRectF(left, level.top(row), max(2.0, end - left), level.line)))
        right = max(right, end)
    box = QRectF(right + 5, level.top(row), subject.width_of(text) + 4, level.line)
    sheet.add(Word(box, text, subject.ink(subject.theme.muted)))


def _draw_level_bars(subject: Subject, sheet: Sheet, level: Level, row: int, texts: list[str]) -> None:
    between = GROUP_GAP if len(subject.chart.series) > 1 else 0.0
    share = (level.line - between) / len(subject.chart.series)
    height = min(share * (FILL if not between else BESIDE), 16.0)
    zero = level.scale.at(0.0)
    for place, (key, text) in enumerate(zip(subject.chart.series, texts, strict=True)):
        number = subject.numbers(key)[row]
        band = QRectF(level.plot.left(), level.top(row) + between / 2 + place * share, level.plot.width(), share)
        end = zero if math.isnan(number) else level.scale.at(number)
        box = QRectF(min(zero, end), band.center().y() - height / 2, abs(end - zero), height)
        if not math.isnan(number):
            sheet.add(Box(box, _token(subject, row, place), radius=1.5 if box.width() > 4 else 0.0))
        sheet.marks.append(Hit(row, key, band))
        width = subject.width_of(text) + 4
        left = box.left() - width - 3 if number < 0 else box.right() + 5
        token = subject.theme.faint if math.isnan(number) else subject.theme.text
        sheet.add(Word(QRectF(left, band.top(), width, band.height()), text, subject.ink(token)))
