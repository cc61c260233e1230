"""A window with the roster alone, on the small planned company."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.store.engine import Store
from desktop.views.look import Look
from desktop.views.roster.page import RosterPage
from tests.helpers.office import office_on
from tests.helpers.windows import settle


@pytest.fixture
def office(company_store: Store, qapp: QApplication, look: Look, qtbot: QtBot) -> Iterator[Office]:
    with office_on(company_store, qapp, look, pages=(RosterPage,)) as made:
        made.window.resize(1600, 1000)
        made.open()
        qtbot.waitExposed(made.window)
        settle(made)
        yield made


@pytest.fixture
def page(office: Office) -> RosterPage:
    """The page, with everybody listed."""
    found = office.window.page
    assert isinstance(found, RosterPage)
    return found
