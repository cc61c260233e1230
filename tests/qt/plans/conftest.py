"""A window with the plans alone, on the small planned company."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.clock import FixedClock
from desktop.services.bus import Desk
from desktop.services.commands import UnassignVisit
from desktop.services.planning import plan_view
from desktop.store.engine import Store
from desktop.views.look import Look
from desktop.views.plans.page import PlansPage
from tests.helpers.office import NOW, office_on
from tests.helpers.windows import bring_forward, settle

DRAFT = "2026-W49-1"


@pytest.fixture
def worse_store(company_store: Store) -> Store:
    """The company with a draft that leaves out what could be served, so that a run has something to better."""
    placed = [visit.request for visit in plan_view(company_store, DRAFT).visits]
    left_out = [UnassignVisit(DRAFT, request) for request in placed[::3]]
    Desk(company_store, FixedClock(NOW), "planner").handle_all(left_out, "Take some out")
    return company_store


@pytest.fixture
def office(worse_store: Store, qapp: QApplication, look: Look, qtbot: QtBot) -> Iterator[Office]:
    with office_on(worse_store, qapp, look, pages=(PlansPage,)) as made:
        made.window.resize(1600, 1000)
        made.open()
        qtbot.waitExposed(made.window)
        bring_forward(made.window)
        settle(made)
        yield made


@pytest.fixture
def page(office: Office) -> PlansPage:
    """The page, with the draft of the company selected."""
    found = office.window.page
    assert isinstance(found, PlansPage)
    assert found.selected == DRAFT
    found.overview.form.restore({"time_limit": 0.5, "seed": 1})
    return found
