"""A plan in force that breaks, is repaired and announced again, from the command line."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from sqlalchemy import select

from desktop.cli import repairing, workplace
from desktop.cli.main import main
from desktop.clock import FixedClock
from desktop.models import Plan
from desktop.services.commands import PublishPlan
from desktop.services.repair.proposing import PreparedRepair, Repair, finish_repair
from desktop.store.engine import Store
from scheduler.params import Params
from scheduler.plan import Assignment as Given
from scheduler.plan import CostParts
from scheduler.plan import Plan as Solved
from scheduler.solve import solve
from tests.helpers.planning_firm import NEAR, Firm, adopted, desk_of

MORNING = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)


@pytest.fixture
def store(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Two people, two announced requests, on the first morning of their week; the solver works in this process."""
    with sqlite_store.session(write=True) as session:
        firm = Firm(session)
        for code in ("I1", "I2"):
            firm.inspector(code, phone=f"+86 {code}")
        near = firm.factory("F1", at=NEAR, phone="+86 20")
        for code in ("R1", "R2"):
            firm.request(code, near)
        session.commit()
    plan = adopted(sqlite_store, Given("R1", 0, 4, ("I1",)), Given("R2", 0, 6, ("I1",)))
    desk_of(sqlite_store).handle(PublishPlan(plan))
    monkeypatch.setenv("DUPRO_DATABASE", str(sqlite_store.path))
    monkeypatch.setattr(workplace, "SystemClock", lambda: FixedClock(MORNING))
    monkeypatch.setattr(repairing, "run_repair", _in_this_process)
    return sqlite_store


def _in_this_process(prepared: PreparedRepair, started_at: dt.datetime, *_: object) -> Repair:
    begun = Solved(prepared.near.begun, (), "feasible", CostParts(), None, 0.0, 0)
    solved = solve(prepared.near.problem, Params(time_limit=None, iteration_limit=200), initial=begun)
    return finish_repair(prepared, solved, started_at)


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(list(arguments)) == code
    told = capsys.readouterr()
    return told.out + told.err


def test_a_bad_morning(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Nothing that is announced from today on is hit." in said(capsys, "hits")
    said(capsys, "absence", "add", "I1", "--from", "2026-12-02", "--kind", "sick", "--free")
    table = said(capsys, "hits")
    assert "1 announced visit cannot be as announced." in table
    assert json.loads(said(capsys, "hits", "--json"))[0]["cause"] == "absent"
    proposed = said(capsys, "repair")
    assert "Nothing is stored." in proposed
    assert "+86 20" in proposed
    assert "Of 1 announced visit that nothing has hit 0 would change (0.0 %)." in proposed
    values = json.loads(said(capsys, "repair", "--json"))
    assert (values["groups"][0]["requests"], values["hits_left"]) == (["R1"], 0)
    assert "There is no group 7." in said(capsys, "repair", "--accept", "7", code=2)
    assert "Nothing says what is to be published." in said(capsys, "repair", "--publish", code=2)
    done = said(capsys, "repair", "--accept", "all", "--publish")
    assert "1 visit published." in done
    assert "Nothing that is announced from today on is hit." in said(capsys, "hits")


def test_what_breaks_a_plan_and_a_part_that_is_published(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "revise")
    assert "Nothing of that is news" in said(capsys, "publish", "--day", "2026-12-02", code=1)
    said(capsys, "move", "R1", "--to", "I2")
    said(capsys, "move", "R2", "--to", "I2")
    assert "1 visit published." in said(capsys, "publish", "--day", "2026-12-02")
    assert "1 visit published." in said(capsys, "publish", "--person", "I1")
    assert "R1 takes 1 half-day more" in said(capsys, "overrun", "R1")
    assert "Give --until DATE, or --unknown." in said(capsys, "not-ready", "R2", code=2)
    assert "waits in the inbox" in said(capsys, "not-ready", "R2", "--unknown")
    with store.session() as session:
        assert session.scalars(select(Plan.status).order_by(Plan.id)).all() == ["published", "draft"]
