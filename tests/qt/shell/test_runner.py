"""The worker of the database: who is told what, also when something breaks or its asker goes."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from sqlalchemy import select, text

from desktop.clock import FixedClock
from desktop.errors import DomainError, FaultError, RefusedError
from desktop.jobs.db_runner import DbRunner, Fault
from desktop.jobs.plan_run import PlanRuns
from desktop.jobs.watch import Watch
from desktop.models import SlotHold, Visit
from desktop.services.bus import Desk
from desktop.services.commands import CancelRequest
from desktop.services.lookup import request_by_code
from desktop.services.settings import PlanSettings
from desktop.services.urgent.expiry import HOUSE
from desktop.store.engine import Store
from scheduler.params import Params
from tests.helpers.office import MONDAY, NOW


@pytest.fixture
def runner(company_store: Store) -> Iterator[DbRunner]:
    made = DbRunner(Desk(company_store, FixedClock(NOW), "lan"))
    yield made
    assert made.close(10)
    made.deleteLater()


def wrong(_asked: object) -> None:
    msg = "nobody expected this"
    raise RuntimeError(msg)


def refuse(_desk: Desk) -> None:
    msg = "It cannot be."
    raise RefusedError(msg)


def test_whoever_waits_for_what_breaks_is_told_too(runner: DbRunner, qtbot: QtBot) -> None:
    faults: list[Fault] = []
    refused: list[DomainError] = []
    told: list[DomainError] = []
    runner.faulted.connect(faults.append)
    runner.refused.connect(refused.append)
    runner.work(runner, wrong, otherwise=told.append)
    runner.work(runner, wrong)
    qtbot.waitUntil(lambda: len(faults) == 2)
    assert [type(error) for error in told] == [FaultError]
    assert not refused, "it was told as a fault already"


def test_a_run_whose_preparation_breaks_is_over(
    runner: DbRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.jobs.plan_run.prepare_run", lambda _store, settings: wrong(settings))
    runs = PlanRuns(runner, FixedClock(NOW), runner)
    with qtbot.waitSignal(runs.failed):
        runs.start(PlanSettings(MONDAY), Params(seed=1))
    assert not runs.is_running
    assert runs.close(10)


def test_the_watch_looks_again_after_a_fault(runner: DbRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.jobs.watch.FAULT_MS", 20)
    faults: list[Fault] = []
    runner.faulted.connect(faults.append)
    monkeypatch.setattr("desktop.services.news.Follower.look", lambda _follower, store: wrong(store))
    Watch(runner, runner, every_ms=20)
    qtbot.waitUntil(lambda: len(faults) >= 2)


def test_the_watch_frees_what_was_held_until_now_in_nobodys_name(
    runner: DbRunner, company_store: Store, qtbot: QtBot
) -> None:
    with company_store.session(write=True) as session:
        visit = session.scalars(select(Visit).order_by(Visit.id.desc()).limit(1)).one()
        held = {"held_at": NOW - dt.timedelta(hours=1), "held_by": "lan", "until": NOW}
        session.add(SlotHold(request_id=visit.request_id, plan_id=visit.plan_id, **held))
        session.commit()
        key = visit.id
    with qtbot.waitSignal(runner.committed) as told:
        Watch(runner, runner, every_ms=20)
    assert told.args[0].actor == HOUSE
    assert not told.args[0].own
    with company_store.session() as session:
        assert session.get(Visit, key) is None


def test_what_others_did_is_told_though_what_was_held_cannot_be_freed(
    runner: DbRunner, company_store: Store, qtbot: QtBot
) -> None:
    with company_store.session(write=True) as session:
        visit = session.scalars(select(Visit).order_by(Visit.id.desc()).limit(1)).one()
        held = {"held_at": NOW - dt.timedelta(hours=1), "held_by": "lan", "until": NOW}
        session.add(SlotHold(request_id=visit.request_id, plan_id=visit.plan_id, **held))
        session.execute(text("CREATE TRIGGER stays BEFORE UPDATE ON slot_hold BEGIN SELECT RAISE(ABORT, 'no'); END"))
        session.commit()
    watch = Watch(runner, runner, every_ms=20)
    Desk(company_store, FixedClock(NOW), "hoa").handle(CancelRequest("R00001"))
    with qtbot.waitSignal(runner.committed) as told:
        watch.look()
    assert told.args[0].actor == "hoa"
    assert watch.link.is_live


def test_a_change_is_made_though_its_asker_is_gone_and_its_refusal_is_told(
    runner: DbRunner, company_store: Store, qtbot: QtBot
) -> None:
    may_go_on = threading.Event()
    owner = QObject(runner)
    refused: list[DomainError] = []
    runner.refused.connect(refused.append)
    runner.work(runner, lambda _desk: may_go_on.wait(20))
    runner.handle(owner, CancelRequest("R00001"))
    runner.work(owner, refuse, otherwise=refused.append)
    shiboken6.delete(owner)
    with qtbot.waitSignal(runner.committed):
        may_go_on.set()
    with company_store.session() as session:
        assert request_by_code(session, "R00001").status == "cancelled"
    qtbot.waitUntil(lambda: bool(refused))
    assert [error.text for error in refused] == ["It cannot be."]
