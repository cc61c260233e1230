"""The forecast of production as a curve: made by day with its band, the window, reports, now, and the planned visit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.itemmodels import request_words as words
from desktop.services.requests.forecast import Crossing, Forecast
from desktop.views.bar_painting import LEFT, RIGHT, Ink, painting, shade, write
from desktop.views.look import Look
from desktop.views.theme import colour

LOW, TALL = 148, 208
TOP, BOTTOM, SIDE = 20.0, 18.0, 30.0
DASH = [3.0, 2.0]
BAND = 0.22  # how opaque the band is
DOT = 3.0
LABEL = 92.0  # width of a crossing's label


class ForecastCurve(QWidget):
    """Percent made over days. Hidden while nothing is known. `tall`: with room for the days of the shares."""

    def __init__(self, look: Look, parent: QWidget, *, tall: bool = False) -> None:
        super().__init__(parent)
        self._look = look
        self._height = TALL if tall else LOW
        self._tall = tall
        self._forecast: Forecast | None = None
        self._service = ""
        self._visit: dt.date | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)
        self.hide()

    def sizeHint(self) -> QSize:
        """As high as it is, as wide as there is room."""
        return QSize(280, self._height)

    def show_forecast(self, forecast: Forecast | None, service: str, visit: dt.date | None) -> None:
        """Show a forecast, and the day of the planned visit."""
        self._forecast, self._service, self._visit = forecast, service, visit
        self.setVisible(forecast is not None)
        if forecast is not None:
            self.setAccessibleName(f"{self._title()}. {self._window_text(forecast)}")
            self.setToolTip(
                self.tr(
                    "From the order's plan and its reports; 8 of 10 orders stay within the band. Grey days are not"
                    " worked, green ones are make-up days."
                )
            )
        self.update()

    def _title(self) -> str:
        return self.tr("Forecast, % made")

    def _window_text(self, forecast: Forecast) -> str:
        if forecast.earliest is None or forecast.latest is None:
            return self.tr("no window")
        days = words.short_days(forecast.earliest, forecast.latest)
        if forecast.share is None or self._tall:
            return self.tr("window {days}").format(days=days)
        low, high = forecast.share
        return self.tr("{low}{dash}{high} %: {days}").format(
            low=f"{low:g}", dash=words.DASH, high=f"{high:g}", days=days
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Everything, from the ground up."""
        forecast = self._forecast
        if forecast is None or len(forecast.days) < 2:
            return
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            theme = self._look.theme
            plot = QRectF(SIDE, TOP, self.width() - SIDE - 4, self.height() - TOP - BOTTOM)
            write(painter, QRectF(0, 0, 140, 16), self._title(), Ink(theme.text, 11))
            write(
                painter,
                QRectF(140, 0, self.width() - 144, 16),
                self._window_text(forecast),
                Ink(theme.accent, 11, where=RIGHT),
            )
            self._paint_ground(painter, plot, forecast)
            self._paint_window(painter, plot, forecast)
            self._paint_axes(painter, plot, forecast)
            self._paint_line(painter, plot, forecast)
            self._paint_days(painter, plot, forecast)
            self._paint_reports(painter, plot, forecast)
            if self._tall:
                for place, crossing in enumerate(forecast.crossings):
                    self._paint_crossing(painter, plot, crossing, is_first=place == 0)

    def _at(self, plot: QRectF, day: dt.date, percent: float) -> QPointF:
        return QPointF(self._x(plot, day), plot.bottom() - plot.height() * percent / 100)

    def _x(self, plot: QRectF, day: dt.date, part: float = 0.0) -> float:
        """Where the morning of a day is, or a part of the day later."""
        days = self._forecast.days if self._forecast is not None else ()
        return plot.left() + plot.width() * ((day - days[0]).days + part) / (len(days) - 1)

    def _paint_ground(self, painter: QPainter, plot: QRectF, forecast: Forecast) -> None:
        theme = self._look.theme
        painter.save()
        painter.setClipRect(plot)
        step = plot.width() / (len(forecast.days) - 1)
        for day in forecast.closed | forecast.make_up:
            box = QRectF(self._x(plot, day), plot.top(), step, plot.height())
            painter.fillRect(box, colour(theme.cell_off if day in forecast.closed else theme.cell_make_up_stripe))
        painter.restore()

    def _paint_window(self, painter: QPainter, plot: QRectF, forecast: Forecast) -> None:
        if forecast.earliest is None or forecast.latest is None:
            return
        theme = self._look.theme
        low, high = forecast.share or (0.0, 100.0)
        left, right = self._x(plot, forecast.earliest), self._x(plot, forecast.latest, 1.0)
        top, bottom = self._at(plot, forecast.days[0], high).y(), self._at(plot, forecast.days[0], low).y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme.accent_background))
        painter.drawRect(QRectF(left, top, max(2.0, min(right, plot.right()) - left), bottom - top))
        if forecast.share is not None:
            pen = QPen(colour(theme.accent), 1)
            pen.setDashPattern(DASH)
            for y, percent in ((top, high), (bottom, low)):
                painter.setPen(pen)
                painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
                write(painter, QRectF(0, y - 8, SIDE - 4, 16), f"{percent:g}", Ink(theme.accent, 10, where=RIGHT))

    def _paint_axes(self, painter: QPainter, plot: QRectF, forecast: Forecast) -> None:
        theme = self._look.theme
        painter.setPen(QPen(colour(theme.line_strong), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        marked = forecast.share or ()
        for percent in (0.0, 100.0):
            y = self._at(plot, forecast.days[0], percent).y()
            if all(abs(percent - other) > 8 for other in marked):
                write(painter, QRectF(0, y - 8, SIDE - 4, 16), f"{percent:g}", Ink(theme.muted, 10, where=RIGHT))
        under = QRectF(plot.left(), plot.bottom() + 2, plot.width(), BOTTOM - 2)
        first, last = forecast.days[0], forecast.days[-1]
        write(painter, under, words.short_days(first, first), Ink(theme.muted, 10, where=LEFT))
        write(painter, under, words.short_days(last, last), Ink(theme.muted, 10, where=RIGHT))

    def _paint_line(self, painter: QPainter, plot: QRectF, forecast: Forecast) -> None:
        """The band of eight cases in ten, and the line expected."""
        cap = self._look.theme.service(self._service).cap
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(shade(cap, BAND)))
        upper, lower = self._points(plot, forecast, forecast.fast), self._points(plot, forecast, forecast.slow)
        painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(cap), 2))
        painter.drawPolyline(QPolygonF(self._points(plot, forecast, forecast.percents)))

    def _points(self, plot: QRectF, forecast: Forecast, percents: Sequence[float]) -> list[QPointF]:
        return [self._at(plot, day, percent) for day, percent in zip(forecast.days, percents, strict=True)]

    def _paint_days(self, painter: QPainter, plot: QRectF, forecast: Forecast) -> None:
        """Now as a red line, the visit as a dark one, each with its word."""
        theme = self._look.theme
        marks = [(forecast.today, 0.0, theme.bad, self.tr("now"))]
        if self._visit is not None:
            marks.append((self._visit, 0.5, theme.ruler, self.tr("visit")))
        for line, (day, part, token, text) in enumerate(marks):
            if forecast.days[0] <= day < forecast.days[-1]:
                x = self._x(plot, day, part)
                painter.setPen(QPen(colour(token), 2 if part else 1))
                painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
                write(painter, QRectF(x + 4, plot.top() + 13 * line, plot.right() - x - 4, 14), text, Ink(token, 10))

    def _paint_reports(self, painter: QPainter, plot: QRectF, forecast: Forecast) -> None:
        """What was reported, as points on the evenings that are meant."""
        theme = self._look.theme
        painter.setPen(QPen(colour(theme.surface), 1))
        painter.setBrush(colour(theme.service(self._service).cap))
        for report in forecast.reports:
            if forecast.days[0] <= report.day < forecast.days[-1]:
                y = self._at(plot, report.day, report.percent).y()
                painter.drawEllipse(QPointF(self._x(plot, report.day, 1.0), y), DOT, DOT)

    def _paint_crossing(self, painter: QPainter, plot: QRectF, crossing: Crossing, *, is_first: bool) -> None:
        """A ring where a share is made, with its day: left of the line for the first, right of it for the second."""
        forecast = self._forecast
        if forecast is None or crossing.day is None or not forecast.days[0] <= crossing.day < forecast.days[-1]:
            return
        theme = self._look.theme
        y = self._at(plot, crossing.day, crossing.percent).y()
        x = self._x(plot, crossing.day, 0.5)
        painter.setPen(QPen(colour(theme.accent), 2))
        painter.setBrush(colour(theme.surface))
        painter.drawEllipse(QPointF(x, y), DOT + 1, DOT + 1)
        text = self.tr("{percent} % on {day}").format(
            percent=f"{crossing.percent:g}", day=words.short_day(crossing.day).split(" ", 1)[1]
        )
        is_left = is_first and x - plot.left() > LABEL
        left = x - LABEL - 8 if is_left else min(x + 8, plot.right() - LABEL)
        box = QRectF(left, y - 18 if is_left else y + 3, LABEL, 14)
        if box.bottom() > plot.bottom():
            box.moveBottom(y - 4)
        if box.top() < plot.top():
            box.moveTop(y + 6)
        write(painter, box, text, Ink(theme.text, 10, where=RIGHT if is_left else LEFT))
