"""A window with the plans alone, on the small planned company."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.store.engine import Store
from desktop.views.look import Look
from desktop.views.plans.page import PlansPage
from tests.helpers.office import office_on
from tests.helpers.windows import bring_forward, settle

DRAFT = "2026-W49-1"


@pytest.fixture
def office(company_store: Store, qapp: QApplication, look: Look, qtbot: QtBot) -> Iterator[Office]:
    with office_on(company_store, qapp, look, pages=(PlansPage,)) as made:
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
    found.overview.form.restore({"time_limit": 2.0, "seed": 1})
    return found
