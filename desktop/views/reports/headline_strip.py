"""The figures at the top of a report; each says by a click what it means."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.services.reports.report import Report, Tone
from desktop.services.reports.vocabulary import Language
from desktop.views.charts.numbers import write_one
from desktop.views.reports.wording import figure, figure_means, note_text

HEIGHT = 56
TONES: dict[Tone, str] = {"plain": "muted", "ok": "ok", "warn": "warn", "bad": "error"}


class HeadlineTile(QPushButton):
    """One figure: its name above, the value and a remark below."""

    def __init__(self, title: str, value: str, remark: str, tone: Tone, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "headline")
        self.setAccessibleName(f"{title}: {value} {remark}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.title, self.value, self.remark = (QLabel(text, self) for text in (title, value, remark))
        self.title.setProperty("role", "muted")
        self.value.setProperty("role", "figure")
        self.remark.setProperty("role", TONES[tone])
        for label in (self.title, self.value, self.remark):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.remark.setContentsMargins(0, 0, 0, 2)
        line = QHBoxLayout()
        line.setSpacing(7)
        line.addWidget(self.value)
        line.addWidget(self.remark, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 7, 14, 7)
        self._column.setSpacing(1)
        self._column.addWidget(self.title)
        self._column.addLayout(line)

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        self.ensurePolished()
        return QSize(self._column.sizeHint().width(), HEIGHT - 1)

    def minimumSizeHint(self) -> QSize:
        """All of it or nothing."""
        return self.sizeHint()

    def without_remark(self) -> int:
        """How wide it is where its remark goes."""
        self.ensurePolished()
        return max(self.title.sizeHint().width(), self.value.sizeHint().width()) + 28


class HeadlineStrip(QFrame):
    """Tiles side by side; where there is no room remarks go first, then the last figures.

    Attributes:
        asked: (key of a figure, the place (QPoint, global) to say below what it means).
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setFixedHeight(HEIGHT)
        self.tiles: list[HeadlineTile] = []
        self.setAccessibleName(self.tr("Headline figures"))

    def show_report(self, report: Report, language: Language) -> None:
        """Show the headlines of a report."""
        for tile in self.tiles:
            tile.hide()
            tile.deleteLater()
        self.tiles = []
        for headline in report.headlines:
            value = write_one(headline.value, headline.unit, language, report.scope.currency)
            aside = note_text(headline.aside, language) if headline.aside else ""
            tone = headline.aside.tone if headline.aside and headline.aside.tone != "plain" else headline.tone
            tile = HeadlineTile(figure(headline.key, language), value, aside, tone, self)
            means = figure_means(headline.key, language)
            tile.setToolTip("\n".join(part for part in (aside, means) if part))
            tile.clicked.connect(partial(self._ask, headline.key, tile))
            self.tiles.append(tile)
        self.setVisible(bool(self.tiles))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many as there is room for."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        room = self.width()
        for tile in self.tiles:
            tile.remark.setVisible(bool(tile.remark.text()))
        widths = [tile.sizeHint().width() for tile in self.tiles]
        for number in reversed(range(len(self.tiles))):
            if sum(widths) <= room:
                break
            self.tiles[number].remark.hide()
            widths[number] = self.tiles[number].without_remark()
        left = 0
        for tile, width in zip(self.tiles, widths, strict=True):
            tile.setVisible(left + width <= room)
            tile.setGeometry(left, 0, width, HEIGHT - 1)
            left += width

    def _ask(self, key: str, tile: QWidget, _checked: bool = False) -> None:
        self.asked.emit((key, tile.mapToGlobal(QPoint(8, tile.height()))))
