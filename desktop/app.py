"""The composition root of the window: builds what there is and connects it. Nothing else does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from desktop.clock import Clock
from desktop.errors import DomainError, RefusedError
from desktop.jobs.backing_up import Backups
from desktop.jobs.closing import Closing
from desktop.jobs.db_runner import DbRunner
from desktop.jobs.plan_run import PlanRuns, Waiting
from desktop.jobs.report_run import Readings
from desktop.jobs.study_run import StudyRuns
from desktop.jobs.watch import EVERY_MS, Watch
from desktop.preferences import Preferences
from desktop.services.bus import Desk
from desktop.services.planning.proposals import Kept, Proposal, check_proposal, keep_proposal
from desktop.services.sample_badge import is_sample
from desktop.store.engine import Store
from desktop.views.actions import Actions
from desktop.views.closing_sheet import ClosingSheet
from desktop.views.context import PageContext
from desktop.views.feedback import Feedback
from desktop.views.look import Look
from desktop.views.main_window import MainWindow
from desktop.views.page import LatePage, PageKind
from desktop.views.selection import Selection

if TYPE_CHECKING:
    from desktop.services.repair.partial import Accepted, PartialReview

PAGES: tuple[PageKind, ...] = (
    LatePage("requests", "inbox-arrow-down", "desktop.views.requests.page", "RequestsPage"),
    LatePage("board", "view-grid", "desktop.views.board.page", "BoardPage"),
    LatePage("today", "calendar-today", "desktop.views.today.page", "TodayPage"),
    LatePage("urgent", "lightning-bolt", "desktop.views.urgent.page", "UrgentPage"),
    LatePage("dispatch", "send", "desktop.views.dispatch.page", "DispatchPage"),
    LatePage("visits", "clipboard-check-outline", "desktop.views.visits.page", "VisitsPage"),
    LatePage("roster", "account-group", "desktop.views.roster.page", "RosterPage"),
    LatePage("plans", "chart-timeline", "desktop.views.plans.page", "PlansPage"),
    LatePage("reports", "chart-box", "desktop.views.reports.page", "ReportsPage"),
)
CLOSING_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a window is built in: tests bring their own."""

    application: QApplication
    look: Look
    preferences: Preferences
    clock: Clock
    actor: str
    watch_ms: int = EVERY_MS


class Office(QObject):
    """One window on one database, with all that works behind it.

    Attributes:
        runner: does the work on the database.
        plan_runs: makes plans.
        study_runs: finds out what one more is worth to a plan.
        watch: follows what others do.
        backups: writes backups.
        window: the window, not shown yet.
        closed: all has ended and the window is gone (bool: whether nothing had to be left behind).
        stays: the user was asked, and goes on working.
    """

    closed = Signal(bool)
    stays = Signal()

    def __init__(self, store: Store, around: Surroundings, pages: tuple[PageKind, ...] = PAGES) -> None:
        """Open a window on a store, which belongs to it from now on."""
        super().__init__(around.application)
        self._store = store
        self._closing: Closing | None = None
        self._is_asked = self._is_run_asked = self._is_keeping = False
        self._waiting: Waiting | None = None
        self.runner = DbRunner(Desk(store, around.clock, around.actor), self)
        self.watch = Watch(self.runner, self, around.watch_ms)
        self.plan_runs = PlanRuns(self.runner, around.clock, self)
        self.plan_runs.finished.connect(self._on_run_finished)
        self.plan_runs.failed.connect(self._on_run_failed)
        self.study_runs = StudyRuns(self.runner, self)
        self.window = MainWindow()
        context = PageContext(
            runner=self.runner,
            look=around.look,
            actions=Actions(around.look, self),
            feedback=Feedback(around.look, self.window),
            clock=around.clock,
            preferences=around.preferences,
            selection=Selection(self),
            plan_runs=self.plan_runs,
            readings=Readings(store, self.runner, around.clock, self),
            study_runs=self.study_runs,
        )
        self.window.furnish(context, pages)
        self.window.follow(self.watch)
        self.backups = Backups(store, around.clock, self)
        self.backups.faulted.connect(self.runner.faulted)
        self.window.offer_backups(self.backups)
        self.window.close_wanted.connect(self.ask_to_close)
        self.runner.read(self, is_sample, self.window.show_sample, self._ignore, background=True)

    @property
    def store(self) -> Store:
        """The database; for use by those who have a thread of their own."""
        return self._store

    def open(self, page: str = "") -> None:
        """Show the window with a page, or with the one that was shown last."""
        self.window.show_page(page or self.window.first_page())
        self.window.show()

    def ask_to_close(self) -> None:
        """Close at once where nothing is at work and no plan waits; else ask what is to become of it."""
        if self._closing is not None or self._is_asked or self._is_keeping:
            return
        give_up, go_on = self.tr("Give the plan up and close"), self.tr("Go on planning")
        if self.plan_runs.is_running:
            self._ask(
                self.tr("A plan is being made"),
                self.tr(
                    "What is stored stays as it is. The plan that is being made can be kept as a draft: the best one "
                    "found so far."
                ),
                (self.tr("Keep the best plan and close"), give_up, go_on),
            )
        elif self.plan_runs.waiting is not None:
            self._ask(
                self.tr("A new plan waits for a decision"),
                self.tr("What is stored stays as it is. The new plan is not stored yet; it can be kept as a draft."),
                (self.tr("Keep the new plan and close"), give_up, go_on),
            )
        else:
            self._leave()

    def _ask(self, title: str, text: str, choices: tuple[str, ...]) -> None:
        self._is_asked = True
        self._is_run_asked, self._waiting = self.plan_runs.is_running, self.plan_runs.waiting
        self.window.context.feedback.ask(title, text, choices, self._on_answer)

    def _on_answer(self, choice: int) -> None:
        self._is_asked = False
        if choice == 2:
            self.stays.emit()
        elif choice == 1:
            self._leave()
        elif self.plan_runs.is_running:
            self._begin_keeping()
            if not self.plan_runs.stop_and_keep():
                self._leave()
        elif self._is_run_asked and self.plan_runs.waiting is self._waiting:
            self.stays.emit()  # the run has ended without a plan meanwhile, and said why
        else:
            self._begin_keeping()
            self.runner.work(self, _nothing, self._keep_what_waits, self._on_lost)

    def _keep_what_waits(self, _done: None) -> None:
        """What was decided about the plan before the question was answered is carried out by now."""
        if self.plan_runs.waiting is not None:
            self._on_run_finished(self.plan_runs.waiting.proposal)
        else:
            self._leave()

    def _begin_keeping(self) -> None:
        self._is_keeping = True
        self._sheet(self.tr("The best plan is being checked and kept as a draft.")).hurried.connect(self._leave)

    def _on_run_finished(self, proposal: Proposal) -> None:
        if self._is_keeping:
            waiting = self.plan_runs.waiting
            part = None if waiting is None or waiting.proposal is not proposal else waiting.part
            self.runner.work(self, partial(_keep, proposal=proposal, part=part), self._on_kept, self._on_lost)

    def _on_run_failed(self, error: DomainError) -> None:
        if self._is_keeping:
            self._on_lost(error)

    def _on_kept(self, _kept: Kept | Accepted) -> None:
        self._leave()

    def _on_lost(self, error: DomainError) -> None:
        """The plan could not be kept: the user decides anew."""
        self._is_keeping = False
        for sheet in self.window.findChildren(ClosingSheet):
            sheet.deleteLater()
        self.window.context.feedback.failed(error)
        self.stays.emit()

    def _leave(self) -> None:
        """End everything without holding the window up; what takes too long is left behind."""
        if self._closing is not None:
            return
        for sheet in self.window.findChildren(ClosingSheet):
            sheet.deleteLater()
        self._closing = Closing((self.plan_runs, self.study_runs, self.backups, self.runner), self)
        self._closing.ended.connect(self._go)
        self._sheet(self.tr("What was asked for is being finished.")).hurried.connect(self._closing.hurry)
        self._closing.begin(CLOSING_SECONDS)

    def close(self) -> bool:
        """End everything, waiting for it within a limit; False where something had to be left behind."""
        ended = self.plan_runs.close(CLOSING_SECONDS)
        ended = self.study_runs.close(CLOSING_SECONDS) and ended
        ended = self.backups.close(CLOSING_SECONDS) and ended
        ended = self.runner.close(CLOSING_SECONDS) and ended
        self._go(ended)
        return ended

    def _go(self, ended: bool) -> None:
        self.window.close_now()
        self.window.deleteLater()
        if ended:
            self._store.dispose()
        self.deleteLater()
        self.closed.emit(ended)

    def _sheet(self, text: str) -> ClosingSheet:
        return ClosingSheet(text, self.window)

    def _ignore(self, _error: DomainError) -> None:
        """Nothing hangs on a badge."""


def _nothing(_desk: Desk) -> None:
    """What was asked for before is done when this is."""


def _keep(desk: Desk, proposal: Proposal, part: PartialReview | None) -> Kept | Accepted:
    if part is not None:
        from desktop.services.repair.partial import accept_part  # noqa: PLC0415 -- only who repairs loads it

        return accept_part(desk, part, part.all)
    check = check_proposal(desk.store, proposal)
    if check.plan is None:
        raise RefusedError(
            "The records have changed since the run began, and its plan breaks a rule by now: it is not kept.",
            "Plan these days again, or close without it.",
            check.broken,
        )
    return keep_proposal(desk, proposal, check)
