"""A window with the page of reports, on a small firm with some weeks behind it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.clock import FixedClock
from desktop.services.demo.sample import make_sample
from desktop.store.engine import open_store
from desktop.views.look import Look
from desktop.views.reports.page import ReportsPage
from tests.helpers.office import MONDAY, NOW, office_on
from tests.helpers.stores import SqliteTemplate
from tests.helpers.windows import bring_forward, settle


@pytest.fixture(scope="session")
def past_company(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A firm of five with three weeks of visits behind it."""
    with sqlite_template.new_store(tmp_path_factory.mktemp("past")) as store:
        make_sample(store, inspectors=5, requests=8, seed=1, weeks=3, first_day=MONDAY, clock=FixedClock(NOW))
        assert store.path is not None
        return store.path


@pytest.fixture
def office(past_company: Path, tmp_path: Path, qapp: QApplication, look: Look, qtbot: QtBot) -> Iterator[Office]:
    path = tmp_path / "company.db"
    shutil.copyfile(past_company, path)
    with (
        open_store(str(path), backups=tmp_path / "backups") as store,
        office_on(store, qapp, look, pages=(ReportsPage,)) as made,
    ):
        made.window.resize(1600, 1000)
        made.open()
        bring_forward(made.window)
        settle(made)
        yield made


@pytest.fixture
def page(office: Office) -> ReportsPage:
    found = office.window.page
    assert isinstance(found, ReportsPage)
    return found
