"""What the page of urgent bookings has changed: a booking, a hold, what becomes of a hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import DomainError
from desktop.services.bus import Desk
from desktop.services.commands import (
    BookUrgent,
    Command,
    ConfirmHold,
    HoldSlot,
    OfferHold,
    ReleaseHold,
)
from desktop.services.urgent.answer import UrgentAnswer, UrgentCandidate
from desktop.services.urgent.drafting import announced, code_of, in_draft
from desktop.views.context import PageContext
from desktop.views.urgent.hold_sheet import HoldSheet
from desktop.views.urgent.wording import day_word


class UrgentDoing(QObject):
    """Carries out, one thing at a time, and says what was done.

    Attributes:
        booked: a place was booked or is held: code of the request (str), and of its plan (str).
        refused: a DomainError: it is not.
        settled: something was decided about a hold.
        is_busy: an answer of the database is to come.
    """

    booked = Signal(str, str)
    refused = Signal(object)
    settled = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent
        self.is_busy = False

    def book(self, booking: BookUrgent, answer: UrgentAnswer, candidate: UrgentCandidate, *, announce: bool) -> None:
        """Book a place; with `announce` everybody concerned is told of it and of what moves for it."""

        def work(desk: Desk) -> tuple[str, str]:
            begun = in_draft(desk, booking, answer.first_day, answer.days)
            outcome = desk.handle(begun)
            if announce:
                announced(desk, begun, outcome)
            return code_of(desk, begun, outcome), begun.plan

        said = self.tr("{request} is booked: {who}.") if not announce else self.tr("{request} is announced: {who}.")
        self._carry_out(work, partial(said.format, who=in_words(candidate)), can_undo=not announce)

    def ask_to_hold(
        self, booking: BookUrgent, answer: UrgentAnswer, candidate: UrgentCandidate, button: QWidget
    ) -> HoldSheet:
        """Ask for how long, then keep the place."""
        sheet = HoldSheet(self._context.look, self._context.clock.now(), in_words(candidate), self._window)
        sheet.held.connect(partial(self._hold, booking, answer, candidate))
        sheet.open_over(button)
        return sheet

    def _hold(
        self, booking: BookUrgent, answer: UrgentAnswer, candidate: UrgentCandidate, decided: tuple[dt.datetime, str]
    ) -> None:
        until, note = decided

        def work(desk: Desk) -> tuple[str, str]:
            begun = in_draft(desk, booking, answer.first_day, answer.days)
            return code_of(desk, begun, desk.handle(HoldSlot(begun, until, note))), begun.plan

        said = self.tr("{request} is held until {time}: {who}.")
        words = partial(said.format, time=f"{until.astimezone():%H:%M}", who=in_words(candidate))
        self._carry_out(work, words, can_undo=True)

    def settle_hold(self, wanted: tuple[str, str]) -> None:
        """Offer, confirm or release what is held: ("offer" | "confirm" | "release", code of the request)."""
        deed, request = wanted
        commands: dict[str, tuple[Command, str]] = {
            "offer": (OfferHold(request), self.tr("The place of {request} has been offered.")),
            "confirm": (ConfirmHold(request), self.tr("{request} is confirmed.")),
            "release": (ReleaseHold(request), self.tr("The place of {request} is free again.")),
        }
        command, text = commands[deed]

        def then(_outcome: object) -> None:
            self._context.feedback.toast(text.format(request=request), undo=True)
            self.settled.emit()

        def otherwise(error: DomainError) -> None:
            self._context.feedback.failed(error)
            self.settled.emit()

        self._context.runner.handle(self, command, then, otherwise)

    def _carry_out(self, work: Callable[[Desk], tuple[str, str]], words: Callable[..., str], *, can_undo: bool) -> None:
        self.is_busy = True

        def then(done: tuple[str, str]) -> None:
            self.is_busy = False
            self._context.feedback.toast(words(request=done[0]), undo=can_undo)
            self.booked.emit(*done)

        def otherwise(error: DomainError) -> None:
            self.is_busy = False
            self.refused.emit(error)

        self._context.runner.work(self, work, then, otherwise)


def in_words(candidate: UrgentCandidate) -> str:
    """Who comes when: "Zheng Haifeng, Thu 8 morning"."""
    names = ", ".join(person.name for person in candidate.crew)
    return f"{names}, {day_word(candidate.first_day)} {candidate.half}"
