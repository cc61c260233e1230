"""A window on a small planned company for every test that wants one; whatever a test leaves alive fails it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.preferences import Preferences
from desktop.store.engine import Store
from desktop.views.look import Look
from desktop.views.translations import Languages
from tests.helpers.announced import announced
from tests.helpers.leaks import LeakWatch
from tests.helpers.office import PlannedCompany, office_on
from tests.helpers.stores import SqliteTemplate
from tests.helpers.windows import open_up


@pytest.fixture(scope="session")
def planned_company(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> PlannedCompany:
    return PlannedCompany.make(sqlite_template, tmp_path_factory.mktemp("company"))


@pytest.fixture(scope="session")
def announced_company(planned_company: PlannedCompany, tmp_path_factory: pytest.TempPathFactory) -> PlannedCompany:
    """The same, with its week announced."""
    return announced(planned_company, tmp_path_factory.mktemp("announced"))


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Look:
    """The light theme and the English plurals in the one application of this process."""
    Languages(qapp, Preferences())
    return Look(qapp, "light")


@pytest.fixture
def company_store(planned_company: PlannedCompany, tmp_path: Path) -> Iterator[Store]:
    """A small planned company, for this test alone."""
    with planned_company.copied(tmp_path) as store:
        yield store


@pytest.fixture
def office(company_store: Store, qapp: QApplication, look: Look, qtbot: QtBot) -> Iterator[Office]:
    """The window of the program on a small planned company, 1600 x 1000, shown with its first page."""
    with office_on(company_store, qapp, look) as made:
        made.window.resize(1600, 1000)
        open_up(made)
        yield made


@pytest.fixture(autouse=True)
def _nothing_left(qapp: QApplication) -> Iterator[None]:
    """No window, timer, thread or process outlives its test."""
    watch = LeakWatch(qapp)
    try:
        yield
        left = watch.left()
    finally:
        watch.close()
    assert not left, "left behind:\n" + "\n".join(left)
