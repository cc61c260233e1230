"""The calendar of one person with what can be done on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.clock import local_today
from desktop.errors import ConflictError, DomainError, NotFoundError
from desktop.jobs.db_runner import Job
from desktop.services.changes import Outcome
from desktop.services.roster.card import WEEKS_SHOWN, BookedVisit, PersonCalendar, person_calendar
from desktop.services.roster.listing import AbsenceSpan
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.roster.absence_sheet import AbsenceSheet, CalendarWish
from desktop.views.roster.calendar_canvas import CalendarCanvas, SlotSpan
from desktop.views.widgets.elided_label import ElidedLabel
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.words import DASH, day, days

STEP_WEEKS = 4
WEEKS_BEFORE = 1
MOST_CHIPS = 6


class CalendarTab(QWidget):
    """Twelve weeks of a person, read when they are to be seen."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._code: str | None = None
        self._first_day = self._usual_first_day()
        self._job: Job[PersonCalendar] | None = None
        self._is_stale = False
        self.earlier = self._button(self.tr("Four weeks earlier"))
        self.today_button = QPushButton(self.tr("Today"), self)
        self.today_button.setProperty("role", "small")
        self.later = self._button(self.tr("Four weeks later"))
        self.canvas = CalendarCanvas(context.look, self)
        self.sheet = AbsenceSheet(self)
        self.message = InlineMessage(context.look, self)
        self._absences: tuple[AbsenceSpan, ...] = ()
        self._chips = QWidget(self)
        self._chip_flow = FlowLayout(self._chips)
        self._chip_flow.setContentsMargins(12, 6, 12, 6)
        self._span_label = ElidedLabel(self)
        self._span_label.setProperty("role", "strong")
        self._lay_out()
        self._chips.hide()
        self._connect()
        self._paint_icons()

    def _button(self, name: str) -> QPushButton:
        made = QPushButton(self)
        made.setProperty("role", "flat")
        made.setAccessibleName(name)
        made.setToolTip(name)
        return made

    def _lay_out(self) -> None:
        bar = QFrame(self)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(4)
        row.addWidget(self._span_label, 1)
        row.addWidget(self.earlier)
        row.addWidget(self.today_button)
        row.addWidget(self.later)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.canvas, 1)
        column.addWidget(self._chips)
        column.addWidget(self.message)
        column.addWidget(self.sheet)

    def _connect(self) -> None:
        self.earlier.clicked.connect(partial(self._turn, -STEP_WEEKS))
        self.later.clicked.connect(partial(self._turn, STEP_WEEKS))
        self.today_button.clicked.connect(self.go_to_today)
        self.canvas.turned.connect(self._turn)
        self.canvas.selected.connect(self._on_selected)
        self.canvas.entered.connect(self.sheet.begin)
        self.canvas.removal_wanted.connect(self.sheet.remove)
        self.sheet.wanted.connect(self._on_wanted)
        self._context.look.changed.connect(self._paint_icons)

    def _paint_icons(self) -> None:
        self.earlier.setIcon(self._context.look.icon("chevron-left"))
        self.later.setIcon(self._context.look.icon("chevron-right"))

    @property
    def _today(self) -> dt.date:
        """The day that it is now: a program stays open over night."""
        return local_today(self._context.clock)

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def calendar(self) -> PersonCalendar | None:
        """The calendar shown."""
        return self.canvas.calendar

    def show_person(self, code: str | None, absences: Sequence[AbsenceSpan] = ()) -> None:
        """Show a person's calendar, now or as soon as the tab is seen, and their coming absences to go to."""
        self._show_chips(tuple(span for span in absences if span.last_day >= self._today))
        if code != self._code:
            self.message.clear()
            self._first_day = self._usual_first_day()
        self._code = code
        self.refresh()

    def refresh(self) -> None:
        """Read the calendar again: at once where it is seen, else when it is."""
        self._is_stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: object) -> None:
        """Read what was not worth reading before."""
        super().showEvent(event)  # type: ignore[arg-type]  # a QShowEvent
        if self._is_stale:
            self._read()

    def _show_chips(self, absences: tuple[AbsenceSpan, ...]) -> None:
        if absences == self._absences:
            return
        self._absences = absences
        for button in self._chips.findChildren(QPushButton):
            self._chip_flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        for span in absences[:MOST_CHIPS]:
            button = QPushButton(f"{span.kind} {days(span.first_day, span.last_day)}", self._chips)
            button.setProperty("role", "chip")
            button.clicked.connect(partial(self.go_to, span))
            self._chip_flow.addWidget(button)
            button.show()
        self._chips.setVisible(bool(absences))

    def go_to(self, span: AbsenceSpan) -> None:
        """Show the weeks of an absence and select it."""
        calendar = self.calendar
        shown = calendar is not None and calendar.dates[0].date <= span.first_day <= calendar.dates[-1].date
        self.canvas.select(span.first_slot, span.last_slot)
        if not shown:
            self._first_day = span.first_day - dt.timedelta(weeks=WEEKS_BEFORE)
            self._read()
        self.canvas.setFocus()

    def go_to_today(self) -> None:
        """Show the weeks round today."""
        self._first_day = self._usual_first_day()
        self._read()

    def _usual_first_day(self) -> dt.date:
        monday = self._today - dt.timedelta(days=self._today.weekday())
        return monday - dt.timedelta(weeks=WEEKS_BEFORE)

    def _turn(self, weeks: int) -> None:
        self._first_day += dt.timedelta(weeks=weeks)
        self._read()

    def _read(self) -> None:
        self._is_stale = False
        if self._job is not None:
            self._job.cancel()
        if self._code is None:
            self._show(None)
            return
        query = partial(
            person_calendar,
            code=self._code,
            first_day=self._first_day,
            weeks=WEEKS_SHOWN,
            plan=self._context.selection.plan,
        )
        self._job = self._context.runner.read(self, query, self._show, self.message.show_error)

    def _show(self, calendar: PersonCalendar | None) -> None:
        self.canvas.show_calendar(calendar, self._today)
        self.sheet.show_span(calendar, self.canvas.span)
        if calendar is None:
            self._span_label.clear()
            return
        first, last = calendar.dates[0].date, calendar.dates[-1].date
        self._span_label.setText(f"{day(first)} {first.year} {DASH} {day(last)} {last.year}")

    # -- what is done --------------------------------------------------------------------------------------------------

    def _on_selected(self, span: SlotSpan | None) -> None:
        self.message.clear()
        self.sheet.show_span(self.calendar, span)

    def _on_wanted(self, wish: CalendarWish) -> None:
        visits = self._visits_selected()
        then = partial(self._done, visits)
        if len(wish.commands) == 1 and not wish.label:
            self._context.runner.handle(self, wish.commands[0], then, self._failed)
        else:
            self._context.runner.handle_all(self, wish.commands, wish.label, then, self._failed)

    def _visits_selected(self) -> tuple[BookedVisit, ...]:
        calendar, span = self.calendar, self.canvas.span
        if calendar is None or span is None:
            return ()
        return calendar.visits_between(span.first_slot, span.last_slot)

    def _done(self, visits: tuple[BookedVisit, ...], outcome: Outcome) -> None:
        self._context.feedback.toast(outcome.label, undo=outcome.inverse is not None)
        if outcome.messages:
            self.message.show_text("\n".join(outcome.messages), "warn", *self._ways_to(visits))
        self.canvas.setFocus()

    def _ways_to(self, visits: tuple[BookedVisit, ...]) -> tuple[QPushButton, ...]:
        """Buttons to the first visits that something stands in the way of."""
        buttons = []
        for request in dict.fromkeys(visit.request for visit in visits[:3]):
            button = QPushButton(self.tr("Show {request}").format(request=request), self)
            button.clicked.connect(partial(self._context.selection.show_request, request, "board"))
            buttons.append(button)
        return tuple(buttons)

    def _failed(self, error: DomainError) -> None:
        self.message.show_error(error)
        if isinstance(error, ConflictError | NotFoundError):
            self.refresh()
