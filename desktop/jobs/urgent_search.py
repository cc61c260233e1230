"""The answers to an urgent booking while it is typed: the database worker reads, a thread of its own ranks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QObject, Signal

from desktop.clock import Clock
from desktop.errors import DomainError
from desktop.jobs.db_runner import DbRunner, Job
from desktop.jobs.in_turn import InTurn, Say
from desktop.services.commands import BookUrgent
from desktop.services.urgent.answer import PersonRows, UrgentAnswer, UrgentCandidate, UrgentForm, WayOut, WhyNot
from desktop.services.urgent.opening import UrgentCase, UrgentDesk, open_urgent
from scheduler.stop import Stop


class UrgentSearch(QObject):
    """Holds the plan in hand open and ranks the places for one form at a time.

    Of a form that has changed meanwhile nothing is told any more. What others change has everything read anew.

    Attributes:
        answered: an UrgentAnswer; several for one form, each with more in it, the last one `whole`.
        failed: a DomainError.
        busy_changed: whether something is being read or ranked (bool).
    """

    answered = Signal(object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, runner: DbRunner, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._clock = clock
        self._desk: UrgentDesk | None = None
        self._case: UrgentCase | None = None
        self._form: UrgentForm | None = None
        self._now = clock.now()  # when the form was asked: what follows is asked of the same moment
        self._reading: Job[UrgentDesk] | Job[UrgentCase] | None = None
        self._was_busy = False
        self._ranking = InTurn("urgent places", runner, self)
        self._rows = InTurn("urgent rows", runner, self)
        self._reasons = InTurn("urgent reasons", runner, self)
        self._ranking.rested.connect(self._tell_busy)

    @property
    def is_busy(self) -> bool:
        """Whether an answer to the form is to come."""
        return self._reading is not None or self._ranking.is_busy

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing at all is to come."""
        return not (self.is_busy or self._rows.is_busy or self._reasons.is_busy)

    def prepare(self) -> None:
        """Read the plan in hand ahead of the first form."""
        if self._desk is None and self._reading is None:
            self._open()

    def start(self, form: UrgentForm) -> None:
        """Rank for a form; what was at work for the one before ends."""
        self._form, self._now = form, self._clock.now()
        self._go_on()

    def cancel(self) -> None:
        """Nothing is asked any more."""
        self._form = None
        for line in (self._ranking, self._rows, self._reasons):
            line.drop()
        self._tell_busy()

    def forget(self) -> None:
        """The records have changed: read everything anew, and rank again where a form is in hand."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self._ranking.drop()
        self._desk = self._case = None
        if self._form is not None:
            self._open()
        self._tell_busy()

    def booking(self, candidate: UrgentCandidate) -> BookUrgent | None:
        """The command that books a candidate; None while its answer is not in hand any more.

        Raises:
            BadInputError: something is not known without which nothing is booked.
        """
        if self._case is None or self._form is None or self._reading is not None or not self._case.fits(self._form):
            return None
        return self._case.booking(self._form, self._now, candidate)

    # -- about one answer ----------------------------------------------------------------------------------------------

    def draw(self, candidate: UrgentCandidate, then: Callable[[tuple[PersonRows, ...]], object]) -> None:
        """Have the people drawn whom a candidate concerns."""
        case, form = self._case, self._form
        if case is None or form is None:
            return
        now = self._now

        def work(_stop: Stop, say: Say) -> None:
            say(case.rows(form, now, candidate))

        self._rows.ask(work, lambda rows: then(cast("tuple[PersonRows, ...]", rows)), self.failed.emit)

    def ask_why_not(self, then: Callable[[tuple[WhyNot, ...]], object]) -> None:
        """Ask why the others cannot, person by person."""
        case, form = self._case, self._form
        if case is None or form is None:
            return
        now = self._now

        def work(_stop: Stop, say: Say) -> None:
            say(case.why_not(form, now))

        self._reasons.ask(work, lambda found: then(cast("tuple[WhyNot, ...]", found)), self.failed.emit)

    def ask_ways_out(self, then: Callable[[tuple[WayOut, ...]], object]) -> None:
        """Ask what would have to give where nobody can."""
        case, form = self._case, self._form
        if case is None or form is None:
            return
        now = self._now

        def work(stop: Stop, say: Say) -> None:
            say(case.ways_out(form, now, stop))

        self._reasons.ask(work, lambda found: then(cast("tuple[WayOut, ...]", found)), self.failed.emit)

    # -- reading and ranking -------------------------------------------------------------------------------------------

    def _open(self) -> None:
        now = self._clock.now()
        self._reading = self._runner.read(
            self,
            lambda store: open_urgent(store, now),
            self._on_opened,
            self._on_not_read,
            background=self._form is None,
        )
        self._tell_busy()

    def _on_opened(self, desk: UrgentDesk) -> None:
        self._reading, self._desk, self._case = None, desk, None
        self._go_on()

    def _go_on(self) -> None:
        """Do the next thing that the form needs."""
        form, desk, case = self._form, self._desk, self._case
        if form is None:
            self._tell_busy()
        elif desk is None:
            self.prepare()
        elif case is not None and case.fits(form):
            self._rank(case, form)
        else:
            if self._reading is not None:
                self._reading.cancel()
            self._ranking.drop()
            now = self._now
            self._reading = self._runner.read(
                self, lambda store: desk.case(store, form, now), partial(self._on_case, form), self._on_not_read
            )
        self._tell_busy()

    def _on_case(self, _form: UrgentForm, case: UrgentCase) -> None:
        self._reading, self._case = None, case
        self._go_on()

    def _rank(self, case: UrgentCase, form: UrgentForm) -> None:
        now = self._now

        def work(stop: Stop, say: Say) -> None:
            for answer in case.stream(form, now, stop):
                if stop():
                    return
                say(answer)

        self._ranking.ask(work, lambda answer: self.answered.emit(cast("UrgentAnswer", answer)), self.failed.emit)

    def _on_not_read(self, error: DomainError) -> None:
        self._reading = None
        self._tell_busy()
        self.failed.emit(error)

    def _tell_busy(self) -> None:
        if self.is_busy != self._was_busy:
            self._was_busy = self.is_busy
            self.busy_changed.emit(self._was_busy)
