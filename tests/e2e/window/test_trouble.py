"""Trouble while the window is open: it says so, goes on, and loses nothing."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.services.commands import CancelRequest, EditRecord
from desktop.services.planning.proposals import Proposal
from desktop.services.planning.week import settings_for
from desktop.store.engine import Store
from scheduler.params import Params
from tests.helpers.office import MONDAY
from tests.helpers.snapshots import Snapshot, snapshot
from tests.helpers.solvers import solvers
from tests.helpers.windows import said, settle

PATIENCE_MS = 20_000


@pytest.fixture
def before(company_store: Store) -> Snapshot:
    """All rows as they are before the trouble."""
    return snapshot(company_store)


@pytest.fixture(params=["requests", "board", "roster", "plans"])
def page(request: pytest.FixtureRequest, office: Office, before: Snapshot) -> str:
    """Each page, shown and at rest; plans have been looked at before."""
    for name in ("plans", request.param):
        office.window.show_page(name)
        settle(office)
    return str(request.param)


def cancel_and_see(office: Office, qtbot: QtBot) -> None:
    """A change goes through, and back."""
    for act in (
        lambda: office.runner.handle(office.window, CancelRequest("R00001")),
        office.window.context.actions.action("edit.undo").trigger,
    ):
        with qtbot.waitSignal(office.runner.committed, timeout=PATIENCE_MS):
            act()
        settle(office)


def test_the_solver_is_killed_half_way(
    office: Office,
    company_store: Store,
    before: Snapshot,
    qtbot: QtBot,
    page: str,
) -> None:
    runs = office.plan_runs
    settings = settings_for(company_store, MONDAY)
    runs.start(settings, Params(seed=1, time_limit=60))
    qtbot.waitUntil(lambda: runs.state is not None and runs.state.cost is not None, timeout=PATIENCE_MS)
    with qtbot.waitSignal(runs.failed, timeout=PATIENCE_MS) as failed:
        for child in solvers():
            child.kill()
    assert "solver" in str(failed.args)
    settle(office)
    assert not runs.is_running
    assert f"signal {signal.SIGKILL.value}" in said(office.window)
    assert snapshot(company_store) == before

    with qtbot.waitSignal(runs.finished, timeout=PATIENCE_MS) as finished:
        runs.start(settings, Params(seed=1, time_limit=1))
    assert isinstance(finished.args and finished.args[0], Proposal)
    settle(office)
    cancel_and_see(office, qtbot)
    assert snapshot(company_store) == before


def test_the_database_is_taken_away(
    office: Office,
    company_store: Store,
    before: Snapshot,
    qtbot: QtBot,
    page: str,
) -> None:
    path = company_store.path
    assert path is not None
    hidden = path.with_name("elsewhere.db")
    path.rename(hidden)
    office.runner.handle(office.window, CancelRequest("R00001"))
    qtbot.waitUntil(lambda: "no longer there" in said(office.window), timeout=PATIENCE_MS)
    assert office.window.isEnabled()

    hidden.rename(path)
    office.window.context.actions.action("view.refresh").trigger()
    settle(office)
    qtbot.waitUntil(lambda: "no longer there" not in said(office.window), timeout=PATIENCE_MS)
    assert snapshot(company_store) == before
    cancel_and_see(office, qtbot)
    assert snapshot(company_store) == before


@contextmanager
def full_disk(store: Store) -> Iterator[None]:
    """Let no file of this process grow beyond what the database has taken by now."""
    assert store.path is not None
    files = [Path(f"{store.path}{end}") for end in ("", "-wal")]
    largest = max(file.stat().st_size for file in files if file.exists())
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest // 4096 * 4096 // 8, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_the_disk_is_full(
    office: Office,
    company_store: Store,
    before: Snapshot,
    qtbot: QtBot,
    page: str,
) -> None:
    note = EditRecord("request", "R00001", {"note": "x" * 200_000}, None)
    with full_disk(company_store):
        office.runner.handle(office.window, note)
        qtbot.waitUntil(lambda: "full" in said(office.window), timeout=PATIENCE_MS)
        assert snapshot(company_store) == before
    office.window.context.actions.action("view.refresh").trigger()
    settle(office)
    cancel_and_see(office, qtbot)
    assert snapshot(company_store) == before
