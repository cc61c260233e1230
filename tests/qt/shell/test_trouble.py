"""What others do, and a database that goes away, while the window is open. Nothing that was typed or stored is lost."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.app import Office, Surroundings
from desktop.clock import FixedClock
from desktop.errors import DomainError, StoreError
from desktop.services.bus import Desk
from desktop.services.changes import Outcome
from desktop.services.commands import AddClient, CancelRequest
from desktop.services.lookup import request_by_code
from desktop.store.engine import Store, open_store
from desktop.views.status_line import StatusLine
from tests.helpers.office import NOW
from tests.helpers.stores import PostgresServer, sqlite_url

OTHER = "Tran Bich Ngoc"
LONG = 20_000


@pytest.fixture
def watched(company_store: Store, around: Surroundings, qtbot: QtBot) -> Iterator[Office]:
    """A window that looks often what others do."""
    made = Office(company_store, around)
    made.open()
    qtbot.waitExposed(made.window)
    yield made
    assert made.close()


@pytest.fixture
def other(watched: Office, company_store: Store) -> Iterator[Desk]:
    """Somebody else on the same database."""
    qwait(watched)
    with open_store(str(company_store.path)) as store:
        yield Desk(store, FixedClock(NOW), OTHER)


def qwait(office: Office) -> None:
    """Until the window knows where the history is."""
    QApplication.processEvents()
    while office.runner.is_busy:
        QApplication.processEvents()


def toasts(office: Office) -> str:
    return "\n".join(label.text() for label in office.window.findChildren(QLabel))


def live(office: Office) -> str:
    line = office.window.statusBar()
    assert isinstance(line, StatusLine)
    return line.live.text()


# -- others ------------------------------------------------------------------------------------------------------------


def test_what_others_change_is_told_to_the_pages(watched: Office, other: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(watched.runner.committed, timeout=LONG) as told:
        other.handle(CancelRequest("R00003"))
    assert told.args is not None
    (committed,) = told.args
    assert (committed.own, committed.actor) == (False, OTHER)
    assert committed.changes.touches("request")
    assert "R00003" in committed.codes


def test_what_others_change_of_the_selection_is_said_aloud(watched: Office, other: Desk, qtbot: QtBot) -> None:
    watched.window.context.selection.request = "R00004"
    other.handle(CancelRequest("R00004"))
    qtbot.waitUntil(lambda: f"{OTHER}: " in toasts(watched), timeout=LONG)


def test_own_changes_are_not_told_twice(watched: Office, other: Desk, qtbot: QtBot) -> None:
    told: list[bool] = []
    watched.runner.committed.connect(lambda committed: told.append(committed.own))
    with qtbot.waitSignal(watched.runner.committed):
        watched.runner.handle(watched.window, CancelRequest("R00005"))
    other.handle(CancelRequest("R00006"))
    qtbot.waitUntil(lambda: len(told) >= 2, timeout=LONG)
    assert told == [True, False]


# -- gone --------------------------------------------------------------------------------------------------------------


def test_a_file_that_is_moved_is_said_and_comes_back(watched: Office, company_store: Store, qtbot: QtBot) -> None:
    path, away = Path(str(company_store.path)), Path(f"{company_store.path}.away")
    field = QLineEdit(watched.window.centralWidget())
    field.setText("half-typed")
    qwait(watched)
    path.rename(away)
    qtbot.waitUntil(lambda: "no longer there" in watched.window.message.text, timeout=LONG)
    assert live(watched) == "Offline"
    refused: list[DomainError] = []
    watched.runner.handle(watched.window, CancelRequest("R00007"), None, refused.append)
    qtbot.waitUntil(lambda: bool(refused), timeout=LONG)
    assert isinstance(refused[0], StoreError)
    assert field.text() == "half-typed"
    away.rename(path)
    qtbot.waitUntil(lambda: live(watched) == "Live", timeout=LONG)
    assert watched.window.message.text == ""
    with qtbot.waitSignal(watched.runner.committed, timeout=LONG):
        watched.runner.handle(watched.window, CancelRequest("R00007"))
    with company_store.session() as session:
        assert request_by_code(session, "R00007").status == "cancelled"


def test_another_file_in_its_place_is_not_written_to(
    watched: Office, company_store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    path = Path(str(company_store.path))
    open_store(sqlite_url(tmp_path / "new.db")).dispose()
    qwait(watched)
    os.replace(tmp_path / "new.db", path)
    qtbot.waitUntil(lambda: "taken the place" in watched.window.message.text, timeout=LONG)
    refused: list[DomainError] = []
    watched.runner.handle(watched.window, AddClient("C900", "Nobody"), None, refused.append)
    qtbot.waitUntil(lambda: bool(refused), timeout=LONG)
    with open_store(str(path)) as store, store.session() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM client").scalar() == 0


def allow_pages(desk: Desk, more: int) -> None:
    """Let the file grow by so many pages only, as a full disk does."""
    with desk.store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + more}")


def test_a_full_disk_is_said_and_loses_nothing(watched: Office, company_store: Store, qtbot: QtBot) -> None:
    qwait(watched)
    done: list[Outcome] = []
    watched.runner.work(watched.window, lambda desk: allow_pages(desk, 2))
    for number in range(60):
        watched.runner.handle(watched.window, AddClient(f"C9{number:02d}", "N" * 150), done.append)
    qtbot.waitUntil(lambda: "is full" in watched.window.message.text and not watched.runner.is_busy, timeout=LONG)
    with company_store.session() as session:
        added = session.connection().exec_driver_sql("SELECT count(*) FROM client WHERE code LIKE 'C9__'").scalar()
    qtbot.waitUntil(lambda: len(done) == added)
    assert live(watched) == "Live"
    watched.runner.work(watched.window, lambda desk: allow_pages(desk, 100_000))
    with qtbot.waitSignal(watched.runner.committed, timeout=LONG):
        watched.runner.handle(watched.window, CancelRequest("R00008"))


def test_a_server_that_cuts_the_line_is_reached_again(
    pg_server: PostgresServer, pg_store: Store, around: Surroundings, qtbot: QtBot
) -> None:
    office = Office(pg_store, around)
    try:
        office.open()
        qwait(office)
        admin = pg_server.admin.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                (pg_store.engine.url.database,),
            )
        with qtbot.waitSignal(office.runner.committed, timeout=LONG):
            office.runner.handle(office.window, AddClient("C1", "Northlight"))
        qtbot.waitUntil(lambda: live(office) == "Live", timeout=LONG)
    finally:
        assert office.close()
