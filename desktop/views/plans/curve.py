"""How a plan got better: the best plan found over time, what no plan can cost less than, and the plan now."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.jobs.plan_run import CurvePoint
from desktop.views.bar_painting import CENTRE, RIGHT, Ink, painting, write
from desktop.views.look import Look
from desktop.views.plans.wording import gap_word
from desktop.views.words import money
from scheduler.plan import gap_of

LEFT_MARGIN, RIGHT_MARGIN, TOP_MARGIN, BOTTOM_MARGIN = 58.0, 14.0, 12.0, 20.0
LINES = 6  # about so many lines across
AIR = 0.08  # of the height, above and below
SMALL = 11
LEAST_SECONDS = 5.0  # shown at least, so that the first moments do not jump


class Curve(QWidget):
    """A painted curve; what it says stands in its accessible name too."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._points: tuple[CurvePoint, ...] = ()
        self._now: int | None = None
        self._seconds = 0.0
        self.setMinimumHeight(150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As in the panel of a review."""
        return QSize(340, 168)

    def show_points(self, points: tuple[CurvePoint, ...], now: int | None, seconds: float) -> None:
        """Show a run.

        Args:
            points: what was known at which second, in order.
            now: cents that the plan now costs; None: there is none.
            seconds: how long the run has taken.
        """
        self._points, self._now, self._seconds = points, now, max(seconds, *(p.seconds for p in points), LEAST_SECONDS)
        self.setAccessibleName(self._in_words())
        self.setToolTip(self._in_words())
        self.update()

    def _in_words(self) -> str:
        if not self._points:
            return self.tr("No plan has been found yet.")
        last = self._points[-1]
        text = self.tr("Best plan found: {cost}.").format(cost=money(last.cost))
        if last.bound is not None:
            text += " " + self.tr("No plan can cost less than {bound}.").format(bound=money(last.bound))
        else:
            text += " " + self.tr("Nothing is proven yet.")
        if self._now is not None:
            text += " " + self.tr("The plan now costs {cost}.").format(cost=money(self._now))
        return text

    # -- painting ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The axes, then the lines, then what they are called."""
        del event
        theme = self._look.theme
        with painting(self) as painter:
            plot = QRectF(self.rect()).adjusted(LEFT_MARGIN, TOP_MARGIN, -RIGHT_MARGIN, -BOTTOM_MARGIN)
            low, high = self._range()
            self._paint_axes(painter, plot, low, high)
            if not self._points:
                write(painter, plot, self.tr("Looking for a first plan"), Ink(theme.faint, SMALL, where=CENTRE))
            else:
                self._paint_best(painter, plot, low, high)
                self._paint_bound(painter, plot, low, high)
            if self._now is not None:
                self._paint_now(painter, plot, low, high)

    def _range(self) -> tuple[float, float]:
        values = [point.cost for point in self._points]
        values += [point.bound for point in self._points if point.bound is not None]
        if self._now is not None:
            values.append(self._now)
        if not values:
            return 0.0, 1.0
        low, high = float(min(values)), float(max(values))
        air = max((high - low) * AIR, abs(high) * 0.0005, 100.0)
        # what is best is named under its line, where no bound is drawn
        below = air if any(point.bound is not None for point in self._points) else 3 * air
        return low - below, high + air

    def _x(self, plot: QRectF, seconds: float) -> float:
        return plot.left() + plot.width() * min(1.0, seconds / self._seconds) if self._seconds else plot.left()

    @staticmethod
    def _y(plot: QRectF, cents: float, low: float, high: float) -> float:
        return plot.bottom() - plot.height() * (cents - low) / (high - low)

    def _paint_axes(self, painter: QPainter, plot: QRectF, low: float, high: float) -> None:
        theme = self._look.theme
        ink = Ink(theme.muted, SMALL, where=RIGHT)
        painter.setPen(QPen(QColor(theme.line), 1))
        if self._points or self._now is not None:
            step = nice_step((high - low) / LINES)
            at = math.ceil(low / step) * step
            while at <= high:
                y = self._y(plot, at, low, high)
                painter.setPen(QPen(QColor(theme.line), 1))
                painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
                write(painter, QRectF(0, y - 8, LEFT_MARGIN - 8, 16), short_money(at, step), ink)
                at += step
        painter.setPen(QPen(QColor(theme.line_strong), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        step = nice_step(self._seconds / LINES) if self._seconds else 1.0
        at = 0.0
        while at <= self._seconds:
            x = self._x(plot, at)
            box = QRectF(x - 30, plot.bottom() + 3, 60, 15)
            if box.right() <= self.width() + 16:
                write(painter, box, short_span(at, step), Ink(theme.muted, SMALL, where=CENTRE))
            at += step

    def _steps(self, plot: QRectF, values: Sequence[tuple[float, float]], low: float, high: float) -> list[QPointF]:
        """A line that stays at each value until the next."""
        found: list[QPointF] = []
        for seconds, cents in values:
            x, y = self._x(plot, seconds), self._y(plot, cents, low, high)
            if found:
                found.append(QPointF(x, found[-1].y()))
            found.append(QPointF(x, y))
        found.append(QPointF(self._x(plot, self._seconds), found[-1].y()))
        return found

    def _paint_best(self, painter: QPainter, plot: QRectF, low: float, high: float) -> None:
        theme = self._look.theme
        line = self._steps(plot, [(point.seconds, point.cost) for point in self._points], low, high)
        fill = QColor(theme.accent)
        fill.setAlphaF(0.08)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        bottom = [QPointF(line[-1].x(), plot.bottom()), QPointF(line[0].x(), plot.bottom())]
        painter.drawPolygon(QPolygonF([*line, *bottom]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.drawPolyline(QPolygonF(line))
        last = self._points[-1]
        label = Ink(theme.accent, SMALL, QFont.Weight.DemiBold, RIGHT)
        gap = gap_of(last.cost, last.bound)
        y = self._y(plot, last.cost, low, high)
        text = self.tr("best plan {cost} · {gap}").format(cost=money(last.cost), gap=gap_word(gap))
        top = min(max(y - 22, plot.top() + 18 * (self._now is not None)), plot.bottom() - 16)
        if last.bound is None:
            top = y + 3
        self._label(painter, plot, top, text, label)

    def _paint_bound(self, painter: QPainter, plot: QRectF, low: float, high: float) -> None:
        known = [(point.seconds, float(point.bound)) for point in self._points if point.bound is not None]
        if not known:
            return
        theme = self._look.theme
        pen = QPen(QColor(theme.muted), 1.5)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        line = self._steps(plot, known, low, high)
        painter.drawPolyline(QPolygonF(line))
        text = self.tr("no plan can cost less than this")
        self._label(painter, plot, line[-1].y() + 3, text, Ink(theme.muted, SMALL, where=RIGHT))

    def _label(self, painter: QPainter, plot: QRectF, top: float, text: str, ink: Ink) -> None:
        """Words at the right end, legible on whatever is painted there."""
        width = min(ink.width_of(text) + 12, plot.width())
        box = QRectF(plot.right() - width - 2, top, width, 16)
        ground = QColor(self._look.theme.surface)
        ground.setAlphaF(0.88)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 3, 3)
        write(painter, box.adjusted(4, 0, -4, 0), text, ink)

    def _paint_now(self, painter: QPainter, plot: QRectF, low: float, high: float) -> None:
        assert self._now is not None
        theme = self._look.theme
        y = self._y(plot, self._now, low, high)
        pen = QPen(QColor(theme.warn), 1.5)
        pen.setDashPattern([1, 2])
        painter.setPen(pen)
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        text = self.tr("plan now {cost}").format(cost=money(self._now))
        ink = Ink(theme.warn, SMALL, QFont.Weight.DemiBold, RIGHT)
        self._label(painter, plot, y + 2 if y + 18 < plot.bottom() else y - 18, text, ink)


def nice_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, ... that is no less than a number."""
    if least <= 0:
        return 1.0
    ten = 10.0 ** math.floor(math.log10(least))
    return next(ten * factor for factor in (1, 2, 5, 10) if ten * factor >= least * 0.999)


def short_money(cents: float, step: float) -> str:
    """Cents on an axis whose lines are `step` cents apart: "$266k", "$96.5k", "$840"."""
    dollars = cents / 100
    if abs(dollars) < 10_000 and step < 100_000:
        return f"${dollars:,.0f}"
    decimals = 0 if step >= 100_000 else 1 if step >= 10_000 else 2
    return f"${dollars / 1000:,.{decimals}f}k"


def short_span(seconds: float, step: float) -> str:
    """Seconds on an axis whose lines are `step` seconds apart: "30 s", "2 min"."""
    if step >= 60 and seconds:
        return f"{seconds / 60:g} min"
    return f"{seconds:g} s"
