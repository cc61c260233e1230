"""What can be done with the half-days selected in a calendar: an absence recorded or removed, days set apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.services.commands import Command, RecordAbsence, RemoveAbsence
from desktop.services.roster.card import PersonCalendar
from desktop.services.roster.days import ABSENCE_KINDS, set_half_days, visits_in_the_way, work_days_between
from desktop.services.words import spell_slots
from desktop.views.roster.calendar_canvas import SlotSpan
from desktop.views.widgets.flow_layout import FlowLayout


@dataclass(frozen=True, slots=True)
class CalendarWish:
    """Commands that are one step, under a name."""

    commands: tuple[Command, ...]
    label: str


class AbsenceSheet(QFrame):
    """The sheet under a calendar. `wanted` carries a CalendarWish."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self._calendar: PersonCalendar | None = None
        self._span: SlotSpan | None = None
        self.headline = QLabel(self)
        self.headline.setProperty("role", "strong")
        self.headline.setWordWrap(True)
        self.warning = QLabel(self)
        self.warning.setProperty("role", "warn")
        self.warning.setWordWrap(True)
        self.kind = QComboBox(self)
        self.kind.setEditable(True)
        self.kind.addItems(ABSENCE_KINDS)
        self.kind.setAccessibleName(self.tr("Kind of absence"))
        self.kind.setFixedWidth(104)
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(self.tr("Note"))
        self.note.setAccessibleName(self.tr("Note on the absence"))
        self.note.returnPressed.connect(self.record)
        self.record_button = self._button(self.tr("Record absence"), "primary")
        self.record_button.clicked.connect(self.record)
        self.remove_button = self._button(self.tr("Remove absence"), "danger")
        self.remove_button.clicked.connect(self.remove)
        self.work_button = self._button(self.tr("Works"), "small")
        self.off_button = self._button(self.tr("Off"), "small")
        self.usual_button = self._button(self.tr("As usual"), "small")
        for button, works in ((self.work_button, True), (self.off_button, False), (self.usual_button, None)):
            button.clicked.connect(partial(self._set_days, works))
        self._days_label = QLabel(self.tr("These half-days:"), self)
        self._days_label.setProperty("role", "muted")
        self._for_new: tuple[QWidget, ...] = (
            self.kind,
            self.note,
            self.record_button,
            self.work_button,
            self.off_button,
            self.usual_button,
            self._days_label,
        )
        self._lay_out()
        self.show_span(None, None)

    def _button(self, text: str, role: str) -> QPushButton:
        made = QPushButton(text, self)
        made.setProperty("role", role)
        return made

    def _lay_out(self) -> None:
        entry, column, days = QHBoxLayout(), QVBoxLayout(self), FlowLayout(spacing=6)
        entry.setSpacing(6)
        entry.addWidget(self.kind)
        entry.addWidget(self.note, 1)
        entry.addWidget(self.record_button)
        entry.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._days_label.setFixedHeight(self.work_button.sizeHint().height())
        for widget in (self._days_label, self.work_button, self.off_button, self.usual_button):
            days.addWidget(widget)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addWidget(self.headline)
        column.addWidget(self.warning)
        column.addLayout(entry)
        column.addLayout(days)

    def show_span(self, calendar: PersonCalendar | None, span: SlotSpan | None) -> None:
        """Offer what can be done with these half-days."""
        self._calendar, self._span = calendar, span
        absence = None if calendar is None or span is None else calendar.absence_at(span.first_slot)
        whole = absence is not None and span is not None and absence.last_slot >= span.last_slot
        can_record = span is not None and not whole
        for widget in self._for_new:
            widget.setVisible(not whole)
            widget.setEnabled(can_record)
        self.remove_button.setVisible(whole)
        self.headline.setText(self._headline())
        in_the_way = self._in_the_way() if can_record else ""
        self.warning.setText(in_the_way)
        self.warning.setVisible(bool(in_the_way))

    def begin(self) -> None:
        """Go to the first thing to enter, or to the button where there is nothing."""
        if self.remove_button.isVisible():
            self.remove_button.setFocus()
        elif self.kind.isEnabled():
            self.kind.setFocus()

    def record(self) -> None:
        """Record the absence as entered."""
        if self._calendar is None or self._span is None or not self.record_button.isEnabled():
            return
        span = self._span
        command = RecordAbsence(
            self._calendar.inspector, span.first_slot, span.last_slot, self.kind.currentText(), self.note.text()
        )
        self.note.clear()
        self.wanted.emit(CalendarWish((command,), ""))

    def remove(self) -> None:
        """Remove the absence that is selected."""
        if self._calendar is None or self._span is None:
            return
        absence = self._calendar.absence_at(self._span.first_slot)
        if absence is not None:
            self.wanted.emit(CalendarWish((RemoveAbsence(absence.absence_id, absence.version),), ""))

    def _set_days(self, works: bool | None) -> None:
        if self._calendar is None or self._span is None:
            return
        commands = set_half_days(self._calendar, self._span.first_slot, self._span.last_slot, works)
        if commands:
            when = spell_slots(self._span.first_slot, self._span.last_slot)
            label = self.tr("Set {code} on {when}").format(code=self._calendar.inspector, when=when)
            self.wanted.emit(CalendarWish(commands, label))

    def _headline(self) -> str:
        if self._calendar is None or self._span is None:
            return self.tr("Drag over half-days, or Shift and arrows, to select them.")
        span = self._span
        absence = self._calendar.absence_at(span.first_slot)
        if absence is not None and absence.last_slot >= span.last_slot:
            when = spell_slots(absence.first_slot, absence.last_slot)
            words = self.tr("{kind}, {when}").format(kind=absence.kind.capitalize(), when=when)
            return f"{words} · {absence.note}" if absence.note else words
        days = work_days_between(self._calendar, span.first_slot, span.last_slot)
        return self.tr("{when} · working days: {days}").format(
            when=spell_slots(span.first_slot, span.last_slot), days=f"{days:g}"
        )

    def _in_the_way(self) -> str:
        if self._calendar is None or self._span is None:
            return ""
        visits = self._calendar.visits_between(self._span.first_slot, self._span.last_slot)
        words = visits_in_the_way(visits)
        return self.tr("In these half-days: {visits}").format(visits=words) if words else ""
