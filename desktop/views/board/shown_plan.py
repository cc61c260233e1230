"""The plan that a board shows: read by the worker, changed on screen at once and in the database a moment later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.clock import Clock
from desktop.errors import DomainError
from desktop.jobs.db_runner import DbRunner, Job
from desktop.services.board import WeekBoard
from desktop.services.board_opening import NewDraft, OpenBoard, Wish, open_board
from desktop.services.bus import Desk
from desktop.services.changes import Outcome
from desktop.services.commands import MoveVisit, PinRequest, UnassignVisit, UnpinRequest
from desktop.services.planning.open_plan import OpenPlan
from desktop.services.planning.views import PlanHeader
from desktop.services.slots import slot_of
from desktop.services.verdicts import Verdict

Done = Callable[[Outcome], object]
Refused = Callable[[DomainError], object]


class ShownPlan(QObject):
    """Holds what is shown.

    A change is shown before it is stored. While one is on its way nothing that was read is shown, as it may be older;
    one that is refused is taken back.

    Attributes:
        changed: another plan, or another state of it, is to be shown.
        failed: a DomainError: it could not be read.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, runner: DbRunner, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._clock = clock
        self._plan: OpenPlan | None = None
        self._before: OpenPlan | None = None
        self._draft: NewDraft | None = None
        self._plans: tuple[PlanHeader, ...] = ()
        self._wish = Wish()
        self._reading: Job[OpenBoard] | None = None
        self._on_their_way = 0
        self._moved: set[str] = set()
        self._is_stale = True

    @property
    def plan(self) -> OpenPlan | None:
        """What is shown; None before anything has been read."""
        return self._plan

    @property
    def plans(self) -> tuple[PlanHeader, ...]:
        """The plans that there are."""
        return self._plans

    @property
    def is_settled(self) -> bool:
        """Whether all that is shown is stored, and all that is stored is shown."""
        return not self._on_their_way and self._reading is None and not self._is_stale

    # -- reading -------------------------------------------------------------------------------------------------------

    def open(self, wish: Wish) -> None:
        """Show another plan."""
        self._wish = wish
        self.refresh()

    def mark_stale(self) -> None:
        """What is shown may be old; it is read again when next asked to be fresh."""
        self._is_stale = True

    def freshen(self) -> None:
        """Read again if need be, also where what is being read has become old meanwhile."""
        if self._is_stale:
            self.refresh()

    def refresh(self) -> None:
        """Read again; what comes of an earlier question is not shown any more."""
        self._is_stale = True
        if self._on_their_way:
            return
        if self._reading is not None:
            self._reading.cancel()
        today = self._clock.now().date()
        self._is_stale = False
        self._reading = self._runner.read(
            self, partial(open_board, wish=self._wish, today=today), self._on_read, self._on_unread
        )

    def _on_read(self, opened: OpenBoard) -> None:
        self._reading = None
        if self._on_their_way:
            self._is_stale = True
            return
        self._plans = opened.plans
        self._moved.clear()
        board = opened.plan.board
        self._wish = Wish(opened.plan.code, board.first_day)
        self._plan, self._before = opened.plan, None
        self._draft = None if opened.plan.code else NewDraft(board.first_day, board.days)
        self.changed.emit()

    def _on_unread(self, error: DomainError) -> None:
        self._reading = None
        self._is_stale = True
        if self._plan is not None:
            self._wish = Wish(self._plan.code, self._plan.board.first_day)
        self.failed.emit(error)

    # -- changing ------------------------------------------------------------------------------------------------------

    def place(self, verdict: Verdict, reason: str, then: Done, otherwise: Refused) -> None:
        """Put a request where a verdict says; waivers that it takes need a reason."""
        plan = self._plan
        assert plan is not None
        board, request = plan.board, verdict.request
        known = plan.card(request).place
        first = slot_of(board.first_day) + verdict.first_slot
        version = None if request in self._moved or known is None else known.version
        command = MoveVisit(plan.code, request, verdict.inspectors, first, verdict.mode, verdict.waive, reason, version)
        after = plan.moved(request, verdict.inspectors, verdict.first_slot, verdict.mode, verdict.waive)
        self._show_ahead(request, after)
        self._carry_out(plan, command, then, otherwise)

    def unassign(self, request: str, then: Done, otherwise: Refused) -> None:
        """Take a request out."""
        plan = self._plan
        assert plan is not None
        self._show_ahead(request, plan.unassigned(request))
        self._carry_out(plan, UnassignVisit(plan.code, request), then, otherwise)

    def pin(self, request: str, then: Done, otherwise: Refused) -> None:
        """Fix a request where it is."""
        plan = self._plan
        assert plan is not None
        self._on_their_way += 1
        self._carry_out(plan, PinRequest(plan.code, request), then, otherwise)

    def unpin(self, request: str, then: Done, otherwise: Refused) -> None:
        """Let a request go."""
        plan = self._plan
        assert plan is not None
        self._on_their_way += 1
        command = UnpinRequest(request)
        self._runner.handle(self, command, partial(self._on_done, then), partial(self._on_refused, otherwise, plan))

    def _show_ahead(self, request: str, after: OpenPlan) -> None:
        self._on_their_way += 1
        self._moved.add(request)
        self._plan = after
        self.changed.emit()

    def _carry_out(
        self, plan: OpenPlan, command: MoveVisit | UnassignVisit | PinRequest, then: Done, otherwise: Refused
    ) -> None:
        """Store a change; where there is no plan yet, in the draft that the first one begins."""
        refused = partial(self._on_refused, otherwise, plan)
        if plan.code or self._draft is None:
            self._runner.handle(self, command, partial(self._on_done, then), refused)
        else:
            begin = partial(_in_draft, self._draft, command)
            self._runner.work(self, begin, partial(self._on_begun, then, self._wish), refused)

    def _on_begun(self, then: Done, wish: Wish, begun: tuple[str, Outcome]) -> None:
        code, outcome = begun
        if self._wish == wish:  # else something else is wanted by now
            self._wish = Wish(code)
        self._on_done(then, outcome)

    def _on_done(self, then: Done, outcome: Outcome) -> None:
        self._on_their_way -= 1
        then(outcome)
        if not self._on_their_way:
            self.refresh()

    def _on_refused(self, otherwise: Refused, before: OpenPlan, error: DomainError) -> None:
        self._on_their_way -= 1
        self._before = self._before or before  # what was refused first is in no later one
        self._plan = self._before
        self.changed.emit()
        otherwise(error)
        if not self._on_their_way:
            self.refresh()


def _in_draft(draft: NewDraft, command: MoveVisit | UnassignVisit | PinRequest, desk: Desk) -> tuple[str, Outcome]:
    return draft.carry_out(desk, command)


def week_from(plan: OpenPlan, step: int) -> dt.date:
    """A day of the days before (step -1) or after (step 1) those that a plan covers."""
    board = plan.board
    return board.first_day + dt.timedelta(days=board.days if step > 0 else -1)


def is_same(before: WeekBoard, after: WeekBoard) -> bool:
    """Whether two boards are of one plan, be it the draft begun by a change made on days that had none."""
    same_days = (before.first_day, before.days) == (after.first_day, after.days)
    return same_days and before.plan in ("", after.plan)
