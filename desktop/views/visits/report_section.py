"""The report of a visit: received, reviewed by another than the inspector, released, in this order."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.itemmodels.slot_words import moment
from desktop.services.commands.inspection import (
    ReceiveReport,
    ReleaseReport,
    ReviewReport,
    TakeBackTime,
    VisitTime,
)
from desktop.services.inspection.rows import VisitCard
from desktop.views.context import PageContext
from desktop.views.visits.section import Section, shown_as

STEPS: tuple[VisitTime, ...] = ("report", "reviewed", "released")
NEEDED = {"report": "ReceiveReport", "reviewed": "ReviewReport", "released": "ReleaseReport"}


class ReportSection(Section):
    """Three steps side by side, and until when the last is due.

    Attributes:
        time_wanted: the name (VisitTime) of a time that is to be entered by hand.
    """

    time_wanted = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, "", parent)
        self.heading.setText(self.tr("Report"))
        said = {"report": self.tr("Received"), "reviewed": self.tr("Reviewed"), "released": self.tr("Released")}
        self.buttons: dict[VisitTime, QPushButton] = {}
        self.times: dict[VisitTime, QPushButton] = {}
        self.backs: dict[VisitTime, QPushButton] = {}
        self.who: dict[VisitTime, QLabel] = {}
        row = QHBoxLayout()
        row.setSpacing(12)
        for name in STEPS:
            row.addLayout(self._step(name, said[name]), 1)
        self.body.addLayout(row)
        context.look.changed.connect(self._paint)
        self._paint()

    def _step(self, name: VisitTime, said: str) -> QVBoxLayout:
        button = self.button(said)
        button.clicked.connect(partial(self.do, name))
        time = self.button("", "link")
        time.setToolTip(self.tr("Enter another time"))
        time.clicked.connect(partial(self.time_wanted.emit, name))
        back = self.button("", "flat")
        back.setAccessibleName(self.tr("Take back: {step}").format(step=said))
        back.setToolTip(back.accessibleName())
        back.clicked.connect(partial(self._take_back, name))
        who = self.muted(role="faint")
        self.buttons[name], self.times[name], self.backs[name], self.who[name] = button, time, back, who
        under = QHBoxLayout()
        under.setSpacing(4)
        under.addWidget(time)
        under.addWidget(back)
        under.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(button)
        column.addLayout(under)
        column.addWidget(who)
        column.addStretch(1)
        return column

    def show_card(self, card: VisitCard) -> None:
        """Show how far the report is."""
        self.card = card
        now = self.context.clock.now()
        for name in STEPS:
            time = card.times.get(name)
            self.buttons[name].setEnabled(NEEDED[name] in card.possible and time is None)
            self.times[name].setVisible(time is not None)
            self.backs[name].setVisible(time is not None)
            self.times[name].setText("" if time is None else moment(time, card.row.zone, now))
            self.who[name].setText(card.reviewed_by if name == "reviewed" and time is not None else "")
            self.who[name].setVisible(bool(self.who[name].text()))
        due = card.row.report_due
        text = "" if due is None else self.tr("due {time}").format(time=moment(due, card.row.zone, now))
        self.beside.setText(self.tr("overdue, {due}").format(due=text) if card.row.is_overdue else text)
        shown_as(self.beside, "error" if card.row.is_overdue else "muted")

    def do(self, name: VisitTime) -> None:
        """Note a step now."""
        if self.card is None:
            return
        code = self.card.row.request
        made = {"report": ReceiveReport, "reviewed": ReviewReport, "released": ReleaseReport}[name]
        self.wanted.emit(made(code))

    def do_next(self) -> None:
        """Note the next step that is possible."""
        name = next((name for name in STEPS if self.buttons[name].isEnabled()), None)
        if name is not None:
            self.do(name)

    def _take_back(self, name: VisitTime) -> None:
        if self.card is not None:
            self.wanted.emit(TakeBackTime(self.card.row.request, name))

    def _paint(self) -> None:
        for back in self.backs.values():
            back.setIcon(self.context.look.icon("undo-variant"))
