"""What stands where the list of candidates would be empty: why, what would have to give, and the days after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.services.urgent.answer import NextDay, WayOut
from desktop.views.urgent.wording import signed
from desktop.views.widgets.scrolled import put_inside
from desktop.views.words import day

WIDEST = 640


class Nobody(QScrollArea):
    """An explanation with ways on.

    Attributes:
        day_wanted: somebody on site by that day (date) would do.
        loosened: the name (str) of a box of the form that is to be ticked.
    """

    day_wanted = Signal(object)
    loosened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title = ""
        self._days: tuple[NextDay, ...] = ()
        self._loosen: tuple[tuple[str, str], ...] = ()
        self._ways: tuple[WayOut, ...] | None = None

    @property
    def text(self) -> str:
        """What it says first."""
        return self._title

    def explain(self, title: str, days: Sequence[NextDay] = (), loosen: Sequence[tuple[str, str]] = ()) -> None:
        """Say it. `loosen`: boxes of the form that could be ticked, by name, with their words."""
        self._title, self._days, self._loosen, self._ways = title, tuple(days), tuple(loosen), None
        self._build()

    def show_ways(self, ways: Sequence[WayOut]) -> None:
        """Say what would have to give, with the price of each."""
        self._ways = tuple(ways)
        self._build()

    def _build(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addWidget(self._label(self._title, "panel-title", inside))
        able = [each for each in self._days if each.from_cents is not None]
        for each in able:
            column.addWidget(self._day_row(each, inside))
        if self._days and not able:
            said = self.tr("Nor can anybody later, up to {day}.").format(day=day(self._days[-1].day))
            column.addWidget(self._label(said, "", inside))
        if self._loosen:
            row = QHBoxLayout()
            row.setSpacing(6)
            row.addWidget(self._label(self.tr("Loosen"), "muted", inside, wraps=False))
            for name, text in self._loosen:
                chip = QPushButton(text, inside)
                chip.setProperty("role", "chip")
                chip.clicked.connect(partial(self.loosened.emit, name))
                row.addWidget(chip)
            row.addStretch(1)
            column.addLayout(row)
        if self._ways:
            column.addSpacing(8)
            column.addWidget(self._label(self.tr("What would have to give"), "name", inside))
            for way in self._ways:
                column.addWidget(self._way_row(way, inside))
        elif self._ways is not None and not self._days:
            column.addWidget(self._label(self.tr("No single rule that could be lifted would help."), "muted", inside))
        column.addStretch(1)
        put_inside(self, inside)

    def _day_row(self, each: NextDay, inside: QWidget) -> QWidget:
        row = QWidget(inside)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        said = self.tr("{day}: {number} can, from {price}").format(
            day=day(each.day), number=each.number, price=signed(each.from_cents or 0)
        )
        line.addWidget(self._label(said, "", row), 1)
        button = QPushButton(self.tr("By {day}").format(day=day(each.day)), row)
        button.setProperty("role", "small")
        button.clicked.connect(partial(self._want, each.day))
        line.addWidget(button)
        return row

    def _want(self, date: dt.date) -> None:
        self.day_wanted.emit(date)

    def _way_row(self, way: WayOut, inside: QWidget) -> QWidget:
        row = QFrame(inside)
        row.setProperty("role", "card")
        line = QHBoxLayout(row)
        line.setContentsMargins(10, 6, 10, 6)
        names = ", ".join(way.crew)
        text = f"{way.text}\n{day(way.day)}, {names}" if names else way.text
        line.addWidget(self._label(text, "", row), 1)
        line.addWidget(self._label(signed(way.cents), "strong", row, wraps=False))
        return row

    @staticmethod
    def _label(text: str, role: str, parent: QWidget, *, wraps: bool = True) -> QLabel:
        label = QLabel(text, parent)
        label.setProperty("role", role)
        label.setWordWrap(wraps)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label
