"""The places that are held now, one under the other, each with what can be done about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.services.urgent.holding import HoldView
from desktop.views.look import Look
from desktop.views.widgets.elided_label import ElidedLabel

LAST_MINUTES = 10


class HoldRow(QFrame):
    """One held place.

    Attributes:
        deed: what is wanted: ("offer" | "confirm" | "release", code of the request).
        hold: itself.
    """

    deed = Signal(object)

    def __init__(self, look: Look, hold: HoldView, zone: dt.tzinfo, now: dt.datetime, parent: QWidget) -> None:
        super().__init__(parent)
        self.hold = hold
        self._zone = zone
        icon = QLabel(self)
        icon.setPixmap(look.icon("timer-sand", "warn").pixmap(14, 14))
        what, self._until, who = ElidedLabel(self), QLabel(self), ElidedLabel(self)
        what.setText(f"{hold.request} {hold.factory_name}")
        what.setProperty("role", "strong")
        who.setText(" · ".join(part for part in (", ".join(hold.names), hold.client_name, hold.by) if part))
        who.setProperty("role", "muted")
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(icon)
        head.addWidget(what, 1)
        head.addWidget(self._until)
        deeds = QHBoxLayout()
        deeds.setSpacing(6)
        for deed, text in self._deeds():
            button = QPushButton(text, self)
            button.setProperty("role", "small")
            button.setAccessibleName(f"{text} {hold.request}")
            button.clicked.connect(partial(self.deed.emit, (deed, hold.request)))
            deeds.addWidget(button)
        deeds.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(who)
        column.addLayout(deeds)
        self.show_time(now)

    def show_time(self, now: dt.datetime) -> None:
        """Say until when, in the colour of a warning where little is left."""
        left = self.hold.minutes_left(now)
        until = f"{self.hold.until.astimezone(self._zone):%H:%M}"
        self._until.setText(self.tr("until {time}, {minutes} min").format(time=until, minutes=left))
        role = "warn" if left <= LAST_MINUTES else "muted"
        if self._until.property("role") != role:
            self._until.setProperty("role", role)
            self._until.style().polish(self._until)

    def _deeds(self) -> tuple[tuple[str, str], ...]:
        confirm, release = ("confirm", self.tr("Confirm")), ("release", self.tr("Release"))
        if self.hold.state == "held":
            return ("offer", self.tr("Offer")), confirm, release
        return confirm, release


class HoldsStrip(QWidget):
    """All of them; hidden while there are none.

    Attributes:
        deed: what is wanted: ("offer" | "confirm" | "release", code of the request).
    """

    deed = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._title = QLabel(self.tr("Held places"), self)
        self._title.setProperty("role", "muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._title, 0, Qt.AlignmentFlag.AlignLeft)
        self.rows: tuple[HoldRow, ...] = ()
        self._holds: tuple[HoldView, ...] = ()
        self._theme = ""
        self.hide()

    @property
    def soonest(self) -> dt.datetime | None:
        """When the first of them runs out."""
        return min((hold.until for hold in self._holds), default=None)

    def show_holds(self, holds: Sequence[HoldView], zone: ZoneInfo | dt.tzinfo, now: dt.datetime) -> None:
        """Show what is held now, with times of a zone."""
        if tuple(holds) == self._holds and self._theme == self._look.theme.name:
            self.show_time(now)
            return
        self._holds, self._theme = tuple(holds), self._look.theme.name
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = tuple(HoldRow(self._look, hold, zone, now, self) for hold in holds)
        for row in self.rows:
            row.deed.connect(self.deed)
            self._column.addWidget(row)
            row.show()
        self.setVisible(bool(holds))

    def show_time(self, now: dt.datetime) -> None:
        """Time goes by."""
        for row in self.rows:
            row.show_time(now)
