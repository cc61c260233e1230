"""A small sheet that asks for how long a place is to be kept."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.views.look import Look

USUAL_MINUTES, MOST_MINUTES, STEP = 30, 24 * 60, 5
WIDTH = 300


class HoldSheet(QFrame):
    """Minutes and a note. Esc and a click elsewhere close it.

    Attributes:
        held: what was decided: (until, note).
        minutes: how long.
        note: what for.
        act: the button.
    """

    held = Signal(object)

    def __init__(self, look: Look, now: dt.datetime, what: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "float")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH)
        self._now = now
        title, why = QLabel(self.tr("Hold the place"), self), QLabel(what, self)
        title.setProperty("role", "name")
        why.setProperty("role", "muted")
        for label in (title, why):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.minutes = QSpinBox(self)
        self.minutes.setRange(STEP, MOST_MINUTES)
        self.minutes.setSingleStep(STEP)
        self.minutes.setValue(USUAL_MINUTES)
        self.minutes.setAccessibleName(self.tr("Minutes"))
        self.note = QLineEdit(self)
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setPlaceholderText(self.tr("What the client still has to decide"))
        self.act = QPushButton(self)
        self.act.setProperty("role", "primary")
        self.act.setIcon(look.icon("timer-sand", "on_accent"))
        self.act.clicked.connect(self._hold)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        for row, (text, field) in enumerate(((self.tr("Minutes"), self.minutes), (self.tr("Note"), self.note))):
            label = QLabel(text, self)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        deeds = QHBoxLayout()
        deeds.addStretch(1)
        deeds.addWidget(self.act)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(why)
        column.addLayout(grid)
        column.addLayout(deeds)
        self.minutes.valueChanged.connect(self._say)
        self._say()

    @property
    def until(self) -> dt.datetime:
        """Until when the place would be kept."""
        return self._now + dt.timedelta(minutes=self.minutes.value())

    def open_over(self, button: QWidget) -> None:
        """Open above a button."""
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(0, -self.height() - 6))
        self.move(corner)
        self.show()
        self.minutes.setFocus()
        self.minutes.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter holds, Esc closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._hold()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        self.act.setText(self.tr("Hold until {time}").format(time=f"{self.until.astimezone():%H:%M}"))

    def _hold(self) -> None:
        decided = (self.until, self.note.text().strip())
        self.close()
        self.held.emit(decided)
