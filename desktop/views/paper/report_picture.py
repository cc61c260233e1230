"""The charts of a report as one picture, to be put into a message or a presentation."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QImage, QPainter

from desktop.services.reports.report import Headline, Report
from desktop.services.reports.vocabulary import Language, badge_words, say
from desktop.views.bar_painting import Ink, painting, shade
from desktop.views.charts.drawing import ChartDrawing, Style
from desktop.views.charts.numbers import write_one, write_period
from desktop.views.charts.strokes import PaperScript
from desktop.views.charts.titles import filter_words, heading, note_words
from desktop.views.theme import LIGHT, Theme

BOLD = QFont.Weight.DemiBold
SCALE = 2.0  # pixels for a unit
ONE, PAIR = 960.0, 680.0  # units of a chart that stands alone, and of one beside another
EDGE, PAD, GAP = 20.0, 12.0, 12.0
TITLE, TILE = 52.0, 56.0
LEAST_TILE = 170.0


def report_picture(report: Report, language: Language, theme: Theme = LIGHT, table: str = "") -> QImage:
    """Title, headlines, and a card for every chart or for that of one table; needs an application."""
    return _Picture(report, language, theme, table).painted()


class _Picture:
    """One picture being put together: two columns of charts where there are several."""

    def __init__(self, report: Report, language: Language, theme: Theme, table: str) -> None:
        self._report, self._language, self._theme = report, language, theme
        self._script = PaperScript()
        tables = [one for one in report.tables if one.chart is not None and table in ("", one.name)]
        self._drawings = [ChartDrawing(one, report, language, Style(theme, script=self._script)) for one in tables]
        self._has_tiles = not table and bool(report.headlines)
        self._columns = 2 if len(self._drawings) > 2 else 1
        self._chart = PAIR if self._columns == 2 else ONE
        self._width = 2 * EDGE + self._columns * (self._chart + 2 * PAD) + (self._columns - 1) * GAP

    def painted(self) -> QImage:
        """The whole picture."""
        places, height = self._places()
        image = QImage(round(self._width * SCALE), round(height * SCALE), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(SCALE)
        image.fill(shade(self._theme.window))
        with painting(image) as painter:
            self._paint_title(painter)
            if self._has_tiles:
                self._paint_tiles(painter)
            for drawing, box in zip(self._drawings, places, strict=True):
                self._paint_card(painter, box)
                drawing.paint(painter, box.adjusted(PAD, PAD, -PAD, -PAD))
        return image

    def _places(self) -> tuple[list[QRectF], float]:
        """A card for each chart, in the column that is less high, and how high the picture is."""
        top = EDGE + TITLE + (self._tile_rows() * TILE + GAP if self._has_tiles else 0.0)
        bottoms = [top] * self._columns
        wide = self._chart + 2 * PAD
        places = []
        for drawing in self._drawings:
            column = bottoms.index(min(bottoms))
            high = drawing.wanted_height(self._chart) + 2 * PAD
            places.append(QRectF(EDGE + column * (wide + GAP), bottoms[column], wide, high))
            bottoms[column] += high + GAP
        return places, max(bottoms) - GAP + EDGE

    def _tiles_in_a_row(self) -> int:
        return max(1, int((self._width - 2 * EDGE) / LEAST_TILE))

    def _tile_rows(self) -> int:
        return math.ceil(len(self._report.headlines) / self._tiles_in_a_row())

    def _paint_title(self, painter: QPainter) -> None:
        report, theme = self._report, self._theme
        box = QRectF(EDGE, EDGE - 4, self._width - 2 * EDGE, 26)
        title = say(f"report.{report.name}", self._language)
        self._script.write(painter, box, title, Ink(theme.text, 20, BOLD))
        if report.badge:
            left = box.left() + self._script.width_of(title, Ink("", 20, BOLD)) + 14
            badge = badge_words(report.badge, self._language)
            self._script.write(painter, QRectF(left, box.top() + 3, 300, 20), badge, Ink(theme.warn, 12, BOLD))
        about = " · ".join((write_period(report.scope, self._language), *filter_words(report.scope, self._language)))
        self._script.write(painter, box.translated(QPointF(0, 26)).adjusted(0, 0, 0, -8), about, Ink(theme.muted, 12))

    def _paint_tiles(self, painter: QPainter) -> None:
        count = self._tiles_in_a_row()
        wide = (self._width - 2 * EDGE) / min(count, len(self._report.headlines))
        box = QRectF(EDGE, EDGE + TITLE, self._width - 2 * EDGE, self._tile_rows() * TILE)
        self._paint_card(painter, box)
        for place, headline in enumerate(self._report.headlines):
            row, column = divmod(place, count)
            self._paint_tile(painter, QRectF(EDGE + column * wide, box.top() + row * TILE, wide, TILE), headline)

    def _paint_tile(self, painter: QPainter, box: QRectF, headline: Headline) -> None:
        theme, inner = self._theme, box.adjusted(PAD, 6, -PAD, 0)
        value = write_one(headline.value, headline.unit, self._language, self._report.scope.currency)
        ink = Ink(theme.text, 15, BOLD)
        label = QRectF(inner.left(), inner.top(), inner.width(), 16)
        self._script.write(painter, label, heading(headline.key, self._language), Ink(theme.muted, 11))
        self._script.write(painter, label.translated(0, 17), value, ink)
        if headline.aside is not None:
            tones = {"plain": theme.muted, "ok": theme.ok, "warn": theme.warn, "bad": theme.bad}
            aside = note_words(headline.aside, self._language)
            self._script.write(painter, label.translated(0, 32), aside, Ink(tones[headline.tone], 10))

    def _paint_card(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(shade(self._theme.line))
        painter.setBrush(shade(self._theme.surface))
        painter.drawRoundedRect(box, 6, 6)
