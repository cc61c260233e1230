"""When an inspector was on site: a day and a time by the clocks of the factory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.errors import DomainError
from desktop.services.changes import Outcome
from desktop.services.commands import RecordArrival
from desktop.services.requests.form import EntryFault, FormFault, read_entry, read_time
from desktop.services.requests.rows import RequestRow
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.requests.form_row import FormRow
from desktop.views.widgets.entries import DayEntry, LineEntry
from desktop.views.widgets.fitting import grow_to_fit

T = TypeVar("T")

WIDTH = 380
DAY = "earliest"  # read as any day of a request is


class ArrivalSheet(QDialog):
    """Asks for the moment; now, unless told otherwise.

    Attributes:
        day: the day at the factory.
        time: the time there.
    """

    def __init__(self, context: PageContext, request: RequestRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Inspector has arrived"))
        self.setMinimumWidth(WIDTH)
        self._context = context
        self._request = request.code
        now = context.clock.now().astimezone(request.factory.zone)
        self._today = now.date()
        self.message = InlineMessage(context.look, self)
        self.day = FormRow(DAY, self.tr("Day"), context.look, self)
        self.day.put(DayEntry(DAY, context.look, self._today, self.day))
        self.day.show_value(self._today)
        self.time = FormRow("time", self.tr("Time"), context.look, self)
        self.time.put(LineEntry("time", self.time))
        self.time.show_value(f"{now:%H:%M}")
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.record = QPushButton(self.tr("Record arrival"), self)
        self.record.setProperty("role", "primary")
        self.record.setDefault(True)
        self._lay_out(request)
        self.cancel.clicked.connect(self.reject)
        self.record.clicked.connect(self._on_record)
        self.time.focus()

    def _lay_out(self, request: RequestRow) -> None:
        heading = QLabel(f"{request.code} · {request.service}", self)
        heading.setProperty("role", "panel-title")
        where = QLabel(self.tr("{factory} · by the clocks there").format(factory=request.factory.name), self)
        where.setProperty("role", "muted")
        where.setWordWrap(True)
        where.setTextFormat(Qt.TextFormat.PlainText)
        moment = QHBoxLayout()
        moment.setSpacing(12)
        moment.addWidget(self.day, 2, Qt.AlignmentFlag.AlignTop)
        moment.addWidget(self.time, 1, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.record)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(where)
        column.addWidget(self.message)
        column.addLayout(moment)
        column.addStretch(1)
        column.addLayout(buttons)

    def _on_record(self) -> None:
        self.message.clear()
        day = self._read(self.day, lambda text: read_entry(DAY, text, self._today) or self._today)
        time = self._read(self.time, read_time)
        if day is None or time is None:
            return
        self.record.setEnabled(False)
        command = RecordArrival(self._request, dt.datetime.combine(day, time))
        self._context.runner.handle(self, command, self._on_stored, self._on_refused)

    def _read(self, row: FormRow, read: Callable[[str], T]) -> T | None:
        """What was typed in a row; None, and said under it, where it cannot be read."""
        try:
            found = read(str(row.entry.raw()))
        except EntryFault as fault:
            row.show_fault(FormFault(row.name, str(fault)))
            row.focus()
            grow_to_fit(self)
            return None
        row.show_fault(None)
        return found

    def _on_stored(self, outcome: Outcome) -> None:
        self._context.feedback.done(outcome)
        self.accept()

    def _on_refused(self, error: DomainError) -> None:
        self.record.setEnabled(True)
        self.message.show_error(error)
        grow_to_fit(self)
