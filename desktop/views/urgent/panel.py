"""The left side: the form, what is held, what it brings, the message to the client, and the act."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.clock import Clock
from desktop.services.trade.clock import HOUSE_CLOCK
from desktop.services.urgent.answer import UrgentCandidate
from desktop.views.actions import Actions
from desktop.views.look import Look
from desktop.views.urgent.form import UrgentFields
from desktop.views.urgent.holds_strip import HoldsStrip
from desktop.views.urgent.wording import day_word
from desktop.views.words import money

DAY = dt.timedelta(days=1)
NEXT_DAYS = 3
MESSAGE_HEIGHT = 104
LEAST_WIDTH, MOST_WIDTH = 324, 400


class UrgentPanel(QFrame):
    """Everything about the booking itself.

    Attributes:
        fields: the form.
        holds: what is held.
        announce: tells client and factory with the booking.
        book: the act.
        hold: its alternative.
    """

    def __init__(self, look: Look, actions: Actions, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._clock = look, clock
        self.setMinimumWidth(LEAST_WIDTH)
        self.setMaximumWidth(MOST_WIDTH)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QWidget(self._area.viewport())
        self._body.setBackgroundRole(QPalette.ColorRole.Base)
        self._body.setAutoFillBackground(True)
        self.fields = UrgentFields(look, clock.now().astimezone().date(), self._body)
        self.holds = HoldsStrip(look, self._body)
        self.code = QLabel(self)
        self.code.setProperty("role", "muted")
        self._icon = QLabel(self)
        self.figures: dict[str, QLabel] = {}
        self.margin_title = QLabel(self._body)
        self.message = QPlainTextEdit(self._body)
        self.message.setReadOnly(True)
        self.message.setFixedHeight(MESSAGE_HEIGHT)
        self.message.setTabChangesFocus(True)
        self.message.setAccessibleName(self.tr("Message to the client"))
        self._copy = self._button(actions.action("urgent.message"), self.tr("Copy"), "link")
        self.announce = QCheckBox(self.tr("Announce at once"), self)
        self.announce.setToolTip(self.tr("Client, factory and inspectors are told of this visit; it cannot be undone."))
        self.cancel = self._button(actions.action("urgent.cancel"), self.tr("Cancel"), "")
        self.hold = self._button(actions.action("urgent.hold"), self.tr("Hold…"), "")
        self.book = self._button(actions.action("urgent.book"), self.tr("Book"), "primary")
        self._lay_out()
        self._paint()
        look.changed.connect(self._paint)
        self.show_candidate(0, None)

    def show_code(self, code: str) -> None:
        """Say which request it would be."""
        self.code.setText(code)

    def show_time(self, now: dt.datetime) -> None:
        """Offer the days to come, and count down what is held."""
        today = now.astimezone().date()
        dates = [today + n * DAY for n in range(NEXT_DAYS)]
        wanted = self.fields.by.day
        if wanted is not None and wanted not in dates and wanted >= today:
            dates.append(wanted)
        words = [self.tr("Today"), *(day_word(date) for date in dates[1:])]
        limit = self.tr("Within {hours} h").format(hours=HOUSE_CLOCK.limit_hours)
        self.fields.show_days(tuple(zip(dates, words, strict=True)), limit)
        self.holds.show_time(now)

    def want_by(self, date: dt.date) -> None:
        """Seek for somebody who is on site by a day."""
        self.fields.by.day = date
        self.show_time(self._clock.now())
        self.fields.by.choose(date)

    def show_candidate(self, rank: int, candidate: UrgentCandidate | None) -> None:
        """Say what the chosen place brings, and what the client is told of it."""
        values: tuple[int | None, int | None, int | None] = (None, None, None)
        if candidate is not None:
            values = (candidate.express_cents, candidate.price_cents, candidate.margin_cents)
        for label, cents in zip(self.figures.values(), values, strict=True):
            label.setText("\N{EN DASH}" if cents is None else money(cents))
        margin = values[2]
        role = "figure" if margin is None else "figure-ok" if margin >= 0 else "figure-bad"
        self.figures["margin"].setProperty("role", role)
        self.figures["margin"].style().polish(self.figures["margin"])
        self.margin_title.setText(self.tr("Margin at rank {rank}").format(rank=rank) if rank else self.tr("Margin"))
        text = "" if candidate is None else candidate.message
        if text != self.message.toPlainText():
            self.message.setPlainText(text)
        self.book.setText(self.tr("Book rank {rank}").format(rank=rank) if rank else self.tr("Book"))

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(324, 700)

    def _button(self, action: QAction, text: str, role: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("role", role)
        button.setToolTip(action.toolTip())
        button.setEnabled(action.isEnabled())
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.holds)
        column.addWidget(self.fields)
        column.addWidget(self._below())
        column.addStretch(1)
        self._area.setWidget(self._body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._head())
        outer.addWidget(self._area, 1)
        outer.addWidget(self._foot())

    def _head(self) -> QWidget:
        head = QFrame(self)
        head.setProperty("role", "strip")
        head.setFixedHeight(32)
        title = QLabel(self.tr("Urgent booking"), head)
        title.setProperty("role", "name")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self.code)
        return head

    def _below(self) -> QWidget:
        below = QWidget(self._body)
        figures = QHBoxLayout()
        figures.setSpacing(12)
        titles = (
            ("express", QLabel(self.tr("Express fee"), below)),
            ("price", QLabel(self.tr("Price"), below)),
            ("margin", self.margin_title),
        )
        for name, title in titles:
            title.setProperty("role", "muted")
            value = self.figures[name] = QLabel(below)
            value.setProperty("role", "figure")
            box = QVBoxLayout()
            box.setSpacing(2)
            box.addWidget(title)
            box.addWidget(value)
            figures.addLayout(box)
        figures.addStretch(1)
        head = QHBoxLayout()
        said = QLabel(self.tr("Message to the client"), below)
        said.setProperty("role", "muted")
        head.addWidget(said, 1)
        head.addWidget(self._copy)
        column = QVBoxLayout(below)
        column.setContentsMargins(12, 0, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._rule(below))
        column.addLayout(figures)
        column.addWidget(self._rule(below))
        column.addLayout(head)
        column.addWidget(self.message)
        return below

    @staticmethod
    def _rule(parent: QWidget) -> QFrame:
        rule = QFrame(parent)
        rule.setProperty("role", "rule")
        return rule

    def _foot(self) -> QWidget:
        foot = QFrame(self)
        foot.setProperty("role", "foot")
        deeds = QHBoxLayout()
        deeds.setSpacing(8)
        deeds.addWidget(self.cancel)
        deeds.addStretch(1)
        deeds.addWidget(self.hold)
        deeds.addWidget(self.book)
        column = QVBoxLayout(foot)
        column.setContentsMargins(12, 6, 12, 8)
        column.setSpacing(6)
        column.addWidget(self.announce)
        column.addLayout(deeds)
        return foot

    def _paint(self) -> None:
        self._icon.setPixmap(self._look.icon("lightning-bolt", "bad").pixmap(14, 14))
        self.book.setIcon(self._look.icon("send", "on_accent"))
