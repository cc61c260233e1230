"""What is asked before a time is entered by hand, and before a visit is noted as aborted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import DomainError
from desktop.itemmodels.visit_rows import abort_words
from desktop.services.changes import Outcome
from desktop.services.commands import Command, RecordArrival
from desktop.services.commands.inspection import (
    AbortReason,
    AbortVisit,
    ReceiveReport,
    RecordFinished,
    RecordTravelling,
    ReleaseReport,
    ReviewReport,
    VisitTime,
)
from desktop.services.inspection.rows import VisitCard
from desktop.services.requests.form import EntryFault, read_entry, read_time
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.widgets.entries import DayEntry
from desktop.views.widgets.fitting import grow_to_fit

T = TypeVar("T")
WIDTH = 420
DAY = "earliest"  # read as any day of a request is
REASONS: tuple[AbortReason, ...] = ("not ready", "wrong address", "refused entry", "other")


class MomentSheet(QDialog):
    """Asks for a day and a time by the clocks of the factory, and carries out a command with them."""

    def __init__(self, context: PageContext, card: VisitCard, time: dt.datetime | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH)
        self.context = context
        self.card = card
        there = (time or context.clock.now()).astimezone(card.row.zone)
        self._today = there.date()
        self.message = InlineMessage(context.look, self)
        self.day = DayEntry(DAY, context.look, self._today, self)
        self.day.show_value(self._today)
        self.time = QLineEdit(f"{there:%H:%M}", self)
        self.keep = QPushButton(self.tr("Record"), self)
        self.keep.setProperty("role", "primary")
        self.keep.setDefault(True)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(8)
        self._lay_out()
        self.keep.clicked.connect(self.record)
        self.cancel.clicked.connect(self.reject)
        self.time.setFocus()
        self.time.selectAll()

    def _lay_out(self) -> None:
        row = self.card.row
        heading = QLabel(f"{row.request} \N{MIDDLE DOT} {row.service}", self)
        heading.setProperty("role", "panel-title")
        where = QLabel(self.tr("{factory}, by the clocks there").format(factory=row.factory_name), self)
        where.setProperty("role", "muted")
        where.setWordWrap(True)
        where.setTextFormat(Qt.TextFormat.PlainText)
        for title, field in ((self.tr("Day"), self.day), (self.tr("Time"), self.time)):
            field.setAccessibleName(title)
            self.form.addRow(title, field)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        for part in (heading, where, self.message):
            column.addWidget(part)
        column.addLayout(self.form)
        column.addStretch(1)
        column.addLayout(buttons)

    def command(self, at: dt.datetime) -> Command:
        """What is to be carried out, at a time by the clocks of the factory."""
        raise NotImplementedError

    def record(self) -> None:
        """Read the time, and carry it out."""
        self.message.clear()
        day = self._read(self.day, lambda text: read_entry(DAY, text, self._today) or self._today)
        time = self._read(self.time, read_time)
        if day is None or time is None:
            return
        self.keep.setEnabled(False)
        command = self.command(dt.datetime.combine(day, time))
        self.context.runner.handle(self, command, self._on_stored, self._on_refused)

    def _read(self, field: QLineEdit, read: Callable[[str], T]) -> T | None:
        try:
            return read(field.text())
        except EntryFault as fault:
            self.message.show_text(str(fault), "bad")
            field.setFocus()
            grow_to_fit(self)
            return None

    def _on_stored(self, outcome: Outcome) -> None:
        self.context.feedback.done(outcome)
        self.accept()

    def _on_refused(self, error: DomainError) -> None:
        self.keep.setEnabled(True)
        self.message.show_error(error)
        grow_to_fit(self)


class TimeSheet(MomentSheet):
    """One of a visit's times, entered late or corrected."""

    def __init__(self, context: PageContext, card: VisitCard, name: VisitTime, parent: QWidget) -> None:
        self._name = name
        super().__init__(context, card, card.times.get(name), parent)
        self.setWindowTitle(self._title())
        self.keep.setText(self.tr("Record the time"))

    def _title(self) -> str:
        return {
            "travelling": self.tr("Inspector is travelling"),
            "arrived": self.tr("Inspector is on site"),
            "finished": self.tr("Work on site has ended"),
            "report": self.tr("Report was received"),
            "reviewed": self.tr("Report was reviewed"),
            "released": self.tr("Report was released"),
        }[self._name]

    def command(self, at: dt.datetime) -> Command:
        """The command of the time."""
        code = self.card.row.request
        made: dict[VisitTime, Callable[[], Command]] = {
            "travelling": partial(RecordTravelling, code, at),
            "arrived": partial(RecordArrival, code, at),
            "finished": partial(RecordFinished, code, at),
            "report": partial(ReceiveReport, code, at),
            "reviewed": partial(ReviewReport, code, at=at),
            "released": partial(ReleaseReport, code, at),
        }
        return made[self._name]()


class AbortSheet(MomentSheet):
    """Why a visit came to nothing, when, and what it is charged."""

    def __init__(self, context: PageContext, card: VisitCard, parent: QWidget) -> None:
        super().__init__(context, card, None, parent)
        self.setWindowTitle(self.tr("Visit was aborted"))
        self.keep.setText(self.tr("Record the abort"))
        self.reason = QComboBox(self)
        for reason in REASONS:
            self.reason.addItem(abort_words(reason), reason)
        self.remark = QLineEdit(self)
        self.remark.setPlaceholderText(self.tr("Who said what"))
        self.charged = QLineEdit(self)
        self.charged.setPlaceholderText(self.tr("By the house's rule"))
        self.charged.setToolTip(self.tr("Dollars; empty: as the house charges for this reason"))
        for number, (title, field) in enumerate(
            ((self.tr("Cause"), self.reason), (self.tr("Remark"), self.remark), (self.tr("Charged, $"), self.charged))
        ):
            field.setAccessibleName(title)
            self.form.insertRow(number, title, field)
        self.reason.setFocus()

    def command(self, at: dt.datetime) -> Command:
        """The abort."""
        charged = self.charged.text().strip().replace(",", "")
        return AbortVisit(
            self.card.row.request,
            self.reason.currentData(),
            at,
            self.remark.text().strip(),
            round(100 * float(charged)) if charged else None,
        )

    def record(self) -> None:
        """Look at the money first."""
        charged = self.charged.text().strip().replace(",", "")
        try:
            is_fit = not charged or 0 <= float(charged) < 1e7
        except ValueError:
            is_fit = False
        if not is_fit:
            self.message.show_text(self.tr("Charged is an amount of dollars: 120, or 99.50."), "bad")
            self.charged.setFocus()
            grow_to_fit(self)
            return
        super().record()
