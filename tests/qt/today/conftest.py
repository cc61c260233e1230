"""A window with the day and the plans, on the small company with its week published and one inspector away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import PAGES, Office
from desktop.clock import FixedClock
from desktop.services.bus import Desk
from desktop.services.commands import PublishPlan, RecordAbsence
from desktop.services.planning.reading import plan_view
from desktop.services.planning.views import VisitView
from desktop.store.engine import Store
from desktop.views.look import Look
from desktop.views.today.page import TodayPage
from tests.helpers.office import NOW, PlannedCompany, office_on
from tests.helpers.windows import bring_forward, settle

DRAFT = "2026-W49-1"
DAWN = dt.datetime(2026, 11, 29, 22, 50, tzinfo=dt.UTC)
"""Ten to seven on Monday at the factories in China."""
WANTED = frozenset(("today", "plans", "board"))


@dataclass(frozen=True, slots=True)
class BrokenCompany:
    """The company as a file, and the visit that comes first: its inspector was recorded as ill by somebody else."""

    company: PlannedCompany
    first_visit: VisitView


@pytest.fixture(scope="session")
def broken_company(planned_company: PlannedCompany, tmp_path_factory: pytest.TempPathFactory) -> BrokenCompany:
    with planned_company.copied(tmp_path_factory.mktemp("broken")) as store:
        Desk(store, FixedClock(NOW), "planner").handle(PublishPlan(DRAFT))
        visit = min(plan_view(store, DRAFT).visits, key=lambda visit: (visit.first_slot, visit.request))
        night = Desk(store, FixedClock(DAWN - dt.timedelta(hours=3)), "Ngoc")
        night.handle(RecordAbsence(visit.inspectors[0].code, visit.first_slot, visit.first_slot + 1, "sickness"))
        path = store.path
    assert path is not None
    return BrokenCompany(PlannedCompany(path), visit)


@pytest.fixture
def first_visit(broken_company: BrokenCompany) -> VisitView:
    return broken_company.first_visit


@pytest.fixture
def company_store(broken_company: BrokenCompany, tmp_path: Path) -> Iterator[Store]:
    with broken_company.company.copied(tmp_path) as store:
        yield store


@pytest.fixture
def office(company_store: Store, qapp: QApplication, look: Look, qtbot: QtBot) -> Iterator[Office]:
    pages = tuple(page for page in PAGES if page.NAME in WANTED)
    with office_on(company_store, qapp, look, pages=pages, now=DAWN) as made:
        made.window.resize(1600, 1000)
        made.open("today")
        qtbot.waitExposed(made.window)
        bring_forward(made.window)
        settle(made)
        yield made


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> TodayPage:
    """The page, with all that is known of the day."""
    found = office.window.page
    assert isinstance(found, TodayPage)
    qtbot.waitUntil(lambda: found._judged is not None, timeout=30_000)
    settle(office)
    return found
