"""The forecast of production as a curve: made by day, the window, now, and the planned visit."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.itemmodels import request_words as words
from desktop.services.requests.forecast import Forecast
from desktop.views.bar_painting import LEFT, RIGHT, Ink, painting, write
from desktop.views.look import Look
from desktop.views.theme import colour

HEIGHT = 148
TOP, BOTTOM, SIDE = 20.0, 18.0, 30.0
DASH = [3.0, 2.0]


class ForecastCurve(QWidget):
    """Percent made over days. Hidden while nothing is known."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._forecast: Forecast | None = None
        self._service = ""
        self._visit: dt.date | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)
        self.hide()

    def sizeHint(self) -> QSize:
        """As high as it is, as wide as there is room."""
        return QSize(280, HEIGHT)

    def show_forecast(self, forecast: Forecast | None, service: str, visit: dt.date | None) -> None:
        """Show a forecast, and the day of the planned visit."""
        self._forecast, self._service, self._visit = forecast, service, visit
        self.setVisible(forecast is not None)
        if forecast is not None:
            self.setAccessibleName(f"{self._title()}. {self._window_text(forecast)}")
            self.setToolTip(
                self.tr("From the order's start, pieces a day and latest report; grey days are not worked.")
            )
        self.update()

    def _title(self) -> str:
        return self.tr("Forecast, % made")

    def _window_text(self, forecast: Forecast) -> str:
        if forecast.earliest is None or forecast.latest is None:
            return self.tr("no window")
        days = words.short_days(forecast.earliest, forecast.latest)
        if forecast.share is None:
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
            line = QPolygonF(
                [self._at(plot, day, percent) for day, percent in zip(forecast.days, forecast.percents, strict=True)]
            )
            painter.setPen(QPen(colour(theme.service(self._service).cap), 2))
            painter.drawPolyline(line)
            self._paint_days(painter, plot, forecast)

    def _at(self, plot: QRectF, day: dt.date, percent: float) -> QPointF:
        return QPointF(self._x(plot, day), plot.bottom() - plot.height() * percent / 100)

    def _x(self, plot: QRectF, day: dt.date, part: float = 0.0) -> float:
        """Where the morning of a day is, or a part of the day later."""
        days = self._forecast.days if self._forecast is not None else ()
        return plot.left() + plot.width() * ((day - days[0]).days + part) / (len(days) - 1)

    def _paint_ground(self, painter: QPainter, plot: QRectF, forecast: Forecast) -> None:
        painter.save()
        painter.setClipRect(plot)
        step = plot.width() / (len(forecast.days) - 1)
        for day in forecast.closed:
            painter.fillRect(
                QRectF(self._x(plot, day), plot.top(), step, plot.height()), colour(self._look.theme.cell_off)
            )
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
        for percent in (0.0, 100.0):
            y = self._at(plot, forecast.days[0], percent).y()
            write(painter, QRectF(0, y - 8, SIDE - 4, 16), f"{percent:g}", Ink(theme.muted, 10, where=RIGHT))
        under = QRectF(plot.left(), plot.bottom() + 2, plot.width(), BOTTOM - 2)
        first, last = forecast.days[0], forecast.days[-1]
        write(painter, under, words.short_days(first, first), Ink(theme.muted, 10, where=LEFT))
        write(painter, under, words.short_days(last, last), Ink(theme.muted, 10, where=RIGHT))

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
