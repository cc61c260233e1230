"""A window with the page of visits, in the middle of a week that is announced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.store.engine import Store
from desktop.views.look import Look
from desktop.views.visits.page import VisitsPage
from tests.helpers.announced import WEDNESDAY
from tests.helpers.office import PlannedCompany, office_on
from tests.helpers.windows import bring_forward, settle


@pytest.fixture
def store(announced_company: PlannedCompany, tmp_path: Path) -> Iterator[Store]:
    with announced_company.copied(tmp_path) as made:
        yield made


@pytest.fixture
def office(store: Store, qapp: QApplication, look: Look, qtbot: QtBot) -> Iterator[Office]:
    with office_on(store, qapp, look, pages=(VisitsPage,), now=WEDNESDAY) as made:
        made.window.resize(1600, 1000)
        made.open()
        bring_forward(made.window)
        settle(made)
        yield made


@pytest.fixture
def page(office: Office) -> VisitsPage:
    found = office.window.page
    assert isinstance(found, VisitsPage)
    return found
