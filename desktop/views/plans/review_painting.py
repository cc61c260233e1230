"""One person of a review, painted: old row over new row in the calendar, and what it all comes to."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from desktop.services.plan_review import PersonReview, PlanReview, ReviewBar
from desktop.services.words import DAYS
from desktop.views.bar_painting import (
    CENTRE,
    RIGHT,
    Ink,
    paint_alert,
    paint_cap,
    paint_cell,
    paint_night,
    paint_tick,
    write,
)
from desktop.views.plans.wording import change_colour, change_count, cost_change, fact_line
from desktop.views.theme import Theme

ROW_HEIGHT = 96.0
HEADER_HEIGHT = 26.0
LANE_HEIGHT, LANE_GAP, BAR_AIR = 32.0, 4.0, 4.0
LEFT, LANE_NAMES, COST = 250.0, 34.0, 100.0
NARROW_LEFT, NARROW_COST = 168.0, 84.0
NARROW_BELOW = 900.0
CAP_WIDTH = 16.0
TICK_LEFT, TICK = 12.0, 15.0
PALE = 0.5
"""Strength of what stays as it is."""

BOLD, MEDIUM = QFont.Weight.DemiBold, QFont.Weight.Medium


class Geometry(NamedTuple):
    """Where things are in a row of some width: names, with a box to tick or without; lanes of so many days; cost."""

    width: float
    days: int
    has_ticks: bool = False

    @property
    def names_left(self) -> float:
        """Where names begin."""
        return TICK_LEFT + TICK + 10 if self.has_ticks else 12.0

    def tick(self, top: float) -> QRectF:
        """The box to tick in a row that begins at `top`."""
        return QRectF(TICK_LEFT, top + 12, TICK, TICK)

    @property
    def left(self) -> float:
        """Where the names of the lanes begin."""
        return NARROW_LEFT if self.width < NARROW_BELOW else LEFT

    @property
    def calendar_left(self) -> float:
        """Where the first day begins."""
        return self.left + LANE_NAMES

    @property
    def cost_width(self) -> float:
        """Of the last column."""
        return NARROW_COST if self.width < NARROW_BELOW else COST

    @property
    def calendar_width(self) -> float:
        """Of all days."""
        return max(60.0, self.width - self.calendar_left - self.cost_width)

    def x(self, slot: float) -> float:
        """Where a half-day begins."""
        return self.calendar_left + self.calendar_width * slot / (2 * self.days)

    def lane(self, top: float, number: int) -> QRectF:
        """The old (0) or the new row (1) of a person whose row begins at `top`."""
        y = top + (ROW_HEIGHT - 2 * LANE_HEIGHT - LANE_GAP) / 2 + number * (LANE_HEIGHT + LANE_GAP)
        return QRectF(self.calendar_left, y, self.calendar_width, LANE_HEIGHT)


class Canvas(NamedTuple):
    """What is painted on, and of which review."""

    painter: QPainter
    theme: Theme
    place: Geometry
    review: PlanReview


def paint_header(on: Canvas) -> None:
    """The days, with the names of holidays."""
    painter, theme, place, review = on
    painter.fillRect(QRectF(0, 0, place.width, HEADER_HEIGHT), QColor(theme.raised))
    muted = Ink(theme.muted, 11)
    box = QRectF(12, 0, place.calendar_left - 12, HEADER_HEIGHT)
    write(painter, box, QCoreApplication.translate("Plans", "Person, what hurts most first"), muted)
    names = {day: name for day, _, name in reversed(review.holidays)}
    day_width = place.calendar_width / review.days
    for day in range(review.days):
        date = review.date(day)
        left = place.x(2 * day)
        text = f"{DAYS[date.weekday()]} {date.day}"
        ink = Ink(theme.text, 11, MEDIUM)
        write(painter, QRectF(left + 5, 0, day_width - 8, HEADER_HEIGHT), text, ink)
        used = ink.width_of(text) + 10
        if day in names and day_width - used > 30:
            rest = QRectF(left + used, 0, day_width - used - 5, HEADER_HEIGHT)
            write(painter, rest, names[day], Ink(theme.warn, 10, MEDIUM, RIGHT))
    cost = QRectF(place.width - place.cost_width, 0, place.cost_width - 12, HEADER_HEIGHT)
    write(painter, cost, QCoreApplication.translate("Plans", "Cost"), Ink(theme.muted, 11, where=RIGHT))
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawLine(QLineF(0, HEADER_HEIGHT - 0.5, place.width, HEADER_HEIGHT - 0.5))


def paint_person(on: Canvas, top: float, row: PersonReview) -> None:
    """A person's row; its background is painted already."""
    painter, theme, place, _ = on
    _paint_names(on, top, row)
    for number, (bars, nights) in enumerate(((row.now, row.now_nights), (row.new, row.new_nights))):
        lane = place.lane(top, number)
        _paint_lane_name(painter, theme, lane, number)
        _paint_calendar(on, lane, row)
        for bar in bars:
            _paint_bar(on, lane, bar)
        for night in nights:
            x = place.x(2 * night + 2)
            paint_night(painter, theme, QPointF(min(max(x, lane.left() + 8), lane.right() - 8), lane.center().y()))
    _paint_cost(on, top, row)


def paint_box(on: Canvas, top: float, state: Qt.CheckState) -> None:
    """The box of a row: whether what changes for somebody is to be accepted, all of it or some."""
    painter, theme, box = on.painter, on.theme, on.place.tick(top)
    is_on = state != Qt.CheckState.Unchecked
    painter.setPen(QPen(QColor(theme.accent if is_on else theme.line_strong), 1))
    painter.setBrush(QColor(theme.accent if state == Qt.CheckState.Checked else theme.surface))
    painter.drawRoundedRect(box, 3, 3)
    if state == Qt.CheckState.Checked:
        paint_tick(painter, theme.on_accent, box.center())
    elif is_on:
        painter.fillRect(box.adjusted(3.5, 6.5, -3.5, -6.5), QColor(theme.accent))


def _paint_names(on: Canvas, top: float, row: PersonReview) -> None:
    painter, theme, place, review = on
    left, width = place.names_left, place.left - place.names_left - 4
    lines: list[tuple[str, Ink, float]] = [(row.name, Ink(theme.text, 13, BOLD), 18)]
    under = " · ".join(part for part in (row.local_name, row.home) if part)
    if under:
        lines.append((under, Ink(theme.muted, 11), 17))
    if row.facts:
        lines.append((fact_line(row.facts[0], review.first_day), Ink(theme.text, 11, MEDIUM), 18))
    if row.changes:
        lines.append((change_count(row), Ink(theme.warn if row.announced_changes else theme.muted, 11), 16))
    y = top + (ROW_HEIGHT - sum(height for *_, height in lines)) / 2
    for text, ink, height in lines:
        write(painter, QRectF(left, y, width, height), text, ink)
        y += height


def _paint_lane_name(painter: QPainter, theme: Theme, lane: QRectF, number: int) -> None:
    words = (QCoreApplication.translate("Plans", "now"), QCoreApplication.translate("Plans", "new"))
    ink = Ink(theme.accent, 11, BOLD, RIGHT) if number else Ink(theme.muted, 11, where=RIGHT)
    write(painter, QRectF(lane.left() - LANE_NAMES, lane.top(), LANE_NAMES - 8, lane.height()), words[number], ink)


def _paint_calendar(on: Canvas, lane: QRectF, row: PersonReview) -> None:
    painter, theme, place, _ = on
    painter.fillRect(lane, QColor(theme.surface))
    for slot, kind in enumerate(row.cells):
        left = place.x(slot)
        paint_cell(painter, theme, QRectF(left, lane.top(), place.x(slot + 1) - left, lane.height()), kind)
    # filled, not stroked: smooth strokes of this length take most of the time of a row
    line = QColor(theme.line)
    for day in range(1, place.days):
        painter.fillRect(QRectF(round(place.x(2 * day)), lane.top(), 1, lane.height()), line)
    for y in (lane.top(), lane.bottom() - 1):
        painter.fillRect(QRectF(lane.left(), y, lane.width(), 1), line)
    for x in (lane.left(), lane.right() - 1):
        painter.fillRect(QRectF(x, lane.top(), 1, lane.height()), line)


def bar_box(place: Geometry, lane: QRectF, bar: ReviewBar) -> QRectF:
    """Where a bar is painted."""
    left, right = place.x(bar.first_slot), place.x(bar.last_slot + 1)
    return QRectF(left + 2, lane.top() + BAR_AIR, max(CAP_WIDTH, right - left - 4), LANE_HEIGHT - 2 * BAR_AIR)


def _paint_bar(on: Canvas, lane: QRectF, bar: ReviewBar) -> None:
    """Struck: leaves; in the frame of a selection: arrives; pale: stays."""
    painter, theme, place, _ = on
    box = bar_box(place, lane, bar)
    look = theme.service(bar.service)
    leaves, arrives = bar.state == "leaves", bar.state == "arrives"
    painter.save()
    painter.setOpacity(1.0 if leaves or arrives else PALE)
    pen = QPen(QColor(theme.accent if arrives else theme.line_strong if leaves else look.edge), 2 if arrives else 1)
    if leaves:
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(QColor(theme.surface if leaves else look.tint))
    painter.drawRoundedRect(box, 3, 3)
    cap = QRectF(box.left(), box.top(), CAP_WIDTH, box.height())
    if leaves:
        write(painter, cap, look.letter, Ink(theme.muted, 11, BOLD, CENTRE))
    else:
        paint_cap(painter, theme, cap.adjusted(1, 1, 0, -1) if arrives else cap, bar.service)
    late = bar.late_days > 0 and not leaves
    text = box.adjusted(CAP_WIDTH + 4, 0, -16 if late else -3, 0)
    code = Ink(theme.muted if leaves else theme.text, 11, BOLD)
    write(painter, text, bar.request, code)
    used = min(code.width_of(bar.request), text.width())
    factory = Ink(theme.muted if leaves else theme.text, 10)
    if text.width() - used > 24:
        write(painter, text.adjusted(used + 5, 0, 0, 0), bar.factory, factory)
        used = min(used + 5 + factory.width_of(bar.factory), text.width())
    if leaves:
        painter.setPen(QPen(QColor(theme.muted), 1))
        y = round(box.center().y()) + 0.5
        painter.drawLine(QLineF(cap.left() + 3, y, text.left() + used, y))
    if late:
        paint_alert(painter, theme.bad, theme.on_cap, QPointF(box.right() - 9, box.center().y()))
    painter.restore()


def _paint_cost(on: Canvas, top: float, row: PersonReview) -> None:
    painter, theme, place, _ = on
    if not row.changes:
        return
    cents = row.cost.total
    middle = top + ROW_HEIGHT / 2
    left, width = place.width - place.cost_width, place.cost_width - 12
    ink = Ink(change_colour(theme, cents), 15, BOLD, RIGHT)
    write(painter, QRectF(left, middle - 20, width, 20), cost_change(cents), ink)
    under = QCoreApplication.translate("Plans", "plan cost")
    write(painter, QRectF(left, middle + 2, width, 15), under, Ink(theme.muted, 11, where=RIGHT))
