"""What a page is given: everything it needs of the window, and nothing of the other pages."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.clock import Clock
from desktop.jobs.db_runner import DbRunner
from desktop.jobs.plan_run import PlanRuns
from desktop.jobs.report_run import Readings
from desktop.jobs.study_run import StudyRuns
from desktop.preferences import Preferences
from desktop.views.actions import Actions
from desktop.views.feedback import Feedback
from desktop.views.look import Look
from desktop.views.selection import Selection


@dataclass(frozen=True, slots=True)
class PageContext:
    """The window as its pages see it."""

    runner: DbRunner
    look: Look
    actions: Actions
    feedback: Feedback
    clock: Clock
    preferences: Preferences
    selection: Selection
    plan_runs: PlanRuns
    readings: Readings
    study_runs: StudyRuns
