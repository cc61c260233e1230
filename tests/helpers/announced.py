"""A small company whose week is announced, so that people can be told, go out and report."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from desktop.clock import FixedClock
from desktop.services.bus import Desk
from desktop.services.commands import PublishPlan
from desktop.services.planning.reading import latest_draft
from tests.helpers.office import ACTOR, NOW, PlannedCompany

WEDNESDAY = dt.datetime(2026, 12, 2, 9, 30, tzinfo=dt.UTC)
"""In the middle of the announced week, in the afternoon of the factories."""


def announced(company: PlannedCompany, folder: Path) -> PlannedCompany:
    """A copy of a planned company with its plan published."""
    folder.mkdir(exist_ok=True)
    with company.copied(folder) as store:
        draft = latest_draft(store)
        assert draft is not None
        Desk(store, FixedClock(NOW), ACTOR).handle(PublishPlan(draft))
    path = folder / "announced.db"
    shutil.move(folder / "company.db", path)
    return PlannedCompany(path)
