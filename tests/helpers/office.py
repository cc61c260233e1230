"""A window on a small planned company, built as the program builds it, and torn down without a trace."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.app import PAGES, Office, Surroundings
from desktop.clock import FixedClock
from desktop.jobs.db_runner import Fault
from desktop.preferences import Preferences
from desktop.services.bus import Desk
from desktop.services.commands import AdoptPlan
from desktop.services.demo.sample import make_sample
from desktop.services.planning.week import ready_problem, settings_for
from desktop.store.engine import Store, open_store
from desktop.views.look import Look
from desktop.views.page import PageKind
from scheduler.params import Params
from scheduler.solve import solve
from tests.helpers.stores import SqliteTemplate

MONDAY = dt.date(2026, 11, 30)
NOW = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)
ACTOR = "Mei Ling Goh"


@dataclass(frozen=True, slots=True)
class PlannedCompany:
    """A database file of an invented firm with one draft."""

    path: Path

    @classmethod
    def make(
        cls, template: SqliteTemplate, folder: Path, *, inspectors: int = 12, requests: int = 36, weeks: int = 0
    ) -> PlannedCompany:
        """Draw the firm, with so many weeks of visits before, solve its week quickly, and keep the plan."""
        with template.new_store(folder) as store:
            make_sample(
                store,
                inspectors=inspectors,
                requests=requests,
                seed=1,
                weeks=weeks,
                first_day=MONDAY,
                clock=FixedClock(NOW),
            )
            desk = Desk(store, FixedClock(NOW), "planner")
            settings = settings_for(store, MONDAY)
            built = ready_problem(store, settings)
            plan = solve(built.problem, Params(seed=1, iteration_limit=300))
            desk.handle(AdoptPlan(plan, settings.to_json(), built.digest))
            path = store.path
        assert path is not None
        return cls(path)

    def copied(self, folder: Path) -> Store:
        """A store on a copy of it."""
        path = folder / "company.db"
        shutil.copyfile(self.path, path)
        return open_store(str(path), backups=folder / "backups")


@contextmanager
def office_on(
    store: Store,
    application: QApplication,
    look: Look,
    *,
    pages: tuple[PageKind, ...] = PAGES,
    preferences: Preferences | None = None,
    actor: str = ACTOR,
    now: dt.datetime = NOW,
) -> Iterator[Office]:
    """A window on a store, not shown yet; closed with all its threads at the end."""
    around = Surroundings(application, look, preferences or Preferences(), FixedClock(now), actor)
    office = Office(store, around, pages)
    ended: list[bool] = []
    office.closed.connect(ended.append)
    faults: list[Fault] = []
    office.runner.faulted.connect(faults.append)
    try:
        yield office
    finally:
        if not ended:
            office.close()
        assert ended == [True], "a thread of the window did not end"
        if faults:
            raise faults[0].error
