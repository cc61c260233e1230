"""The composition root of the window: builds what there is and connects it. Nothing else does."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.clock import Clock
from desktop.jobs.db_runner import DbRunner
from desktop.jobs.plan_run import PlanRuns
from desktop.preferences import Preferences
from desktop.services.bus import Desk
from desktop.store.engine import Store
from desktop.views.actions import Actions
from desktop.views.context import PageContext
from desktop.views.feedback import Feedback
from desktop.views.look import Look
from desktop.views.main_window import MainWindow
from desktop.views.page import Page
from desktop.views.selection import Selection

PAGES: tuple[type[Page], ...] = ()
CLOSING_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a window is built in: tests bring their own."""

    application: QApplication
    look: Look
    preferences: Preferences
    clock: Clock
    actor: str


class Office(QObject):
    """One window on one database, with all that works behind it.

    Attributes:
        runner: does the work on the database.
        plan_runs: makes plans.
        window: the window, not shown yet.
    """

    def __init__(self, store: Store, around: Surroundings, pages: tuple[type[Page], ...] = PAGES) -> None:
        """Open a window on a store, which belongs to it from now on."""
        super().__init__(around.application)
        self._store = store
        self.runner = DbRunner(Desk(store, around.clock, around.actor), self)
        self.plan_runs = PlanRuns(self.runner, around.clock, self)
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
        )
        self.window.furnish(context, pages)
        self.window.close_wanted.connect(self.ask_to_close)

    def open(self) -> None:
        """Show the window with the page that was shown last."""
        self.window.show_page(self.window.first_page())
        self.window.show()

    def ask_to_close(self) -> None:
        """Close at once where nothing is at work; else ask what is to become of it."""
        if not self.plan_runs.is_running:
            self.close()
            return
        self.window.context.feedback.ask(
            self.tr("A plan is being made"),
            self.tr("Closing now gives up the plan that is being made. What is stored stays as it is."),
            (self.tr("Give the plan up and close"), self.tr("Go on planning")),
            self._on_answer,
        )

    def _on_answer(self, choice: int) -> None:
        if choice == 0:
            self.close()

    def close(self) -> bool:
        """End everything within a limit; False where something had to be left behind."""
        ended = self.plan_runs.close(CLOSING_SECONDS)
        ended = self.runner.close(CLOSING_SECONDS) and ended
        self.window.close_now()
        self.window.deleteLater()
        if ended:
            self._store.dispose()
        self.deleteLater()
        return ended
