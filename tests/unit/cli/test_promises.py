"""Clocks, attainment and risk on the command line."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from desktop.cli.main import main
from desktop.clock import FixedClock
from desktop.services.commands import AddRequest, CancelRequest, EditRecord, PublishPlan
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, NOW, ONE_DAY, desk_of, found_company, visited


@pytest.fixture
def store(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The small company; N1 names no order and its factory has no telephone."""
    found_company(sqlite_store)
    desk = desk_of(sqlite_store)
    desk.handle(EditRecord("factory", "F4", {"phone": ""}))
    desk.handle(AddRequest("N1", "C1", "F4", "PSI", "textile", 1, ONE_DAY, status="new"))
    monkeypatch.setenv("DUPRO_DATABASE", str(sqlite_store.path))
    return sqlite_store


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(list(arguments)) == code
    told = capsys.readouterr()
    return told.out + told.err


def test_clocks_are_listed_by_what_is_left(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    table = said(capsys, "clock")
    assert "Tue 1 Dec 2026 24:00" in table
    assert "phone and order" in table
    assert table.rstrip().endswith("8 clocks with a target, 3 stopped.")
    clocks = {row["request"]: row for row in json.loads(said(capsys, "clock", "--json"))}
    assert [lack["field"] for lack in clocks["N1"]["missing"]] == ["factory.phone", "order"]
    assert (clocks["N1"]["target"], clocks["R1"]["target"]) == (None, "2026-12-01T16:00:00+00:00")
    one = said(capsys, "clock", "N1")
    assert "The clock does not run. Missing:" in one
    assert "the telephone number of the factory (factory.phone)" in one
    desk_of(store).handle(CancelRequest("N1"))
    assert "matters no more: the request is cancelled" in said(capsys, "clock", "N1", code=1)


def test_attainment_is_told_by_week_and_client(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    days = ("--from", MONDAY.isoformat(), "--until", (MONDAY + dt.timedelta(days=6)).isoformat())
    assert "No arrival is on record" in said(capsys, "attainment", *days)
    visited(store, "R1", "pass", dt.datetime(2026, 12, 1, 1, tzinfo=dt.UTC))
    visited(store, "R2", "pass", dt.datetime(2026, 12, 9, 1, tzinfo=dt.UTC))
    told = said(capsys, "attainment", *days)
    assert [line.split() for line in told.splitlines()[1:3]] == [
        ["2026-12-07", "1", "0.0%", "0.0%", "1"],
        ["2026-11-30", "1", "100.0%", "100.0%", "0"],
    ]
    assert told.splitlines()[-1].split() == ["all", "2", "50.0%", "50.0%", "1"]
    assert json.loads(said(capsys, "attainment", *days, "--json"))["total"]["in_target"] == 1


def test_an_arrival_is_noted(store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    desk_of(store).handle(PublishPlan("P1"))
    monkeypatch.setattr("desktop.cli.workplace.SystemClock", lambda: FixedClock(NOW + dt.timedelta(days=14)))
    told = said(capsys, "arrived", "R1", "--at", "2026-12-01 09:10")
    assert "Record arrival for R1, Tue 1 Dec 2026 09:10" in told
    assert "On site 14 h before the target." in told
    assert "not a day and time like 2026-12-01 09:10" in said(capsys, "arrived", "R1", "--at", "2026-12-01", code=2)
    assert "R6 has no visit that is announced" in said(capsys, "arrived", "R6", code=1)


def test_risk_is_told_with_its_reasons(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    desk_of(store).handle(EditRecord("order", "O1", {"is_new_product": True}))
    told = said(capsys, "risk", "R1")
    assert "R1, order O1: 45 points" in told
    assert "new supplier: no visit on record" in told
    assert "Not on record: the value of the order." in told
    assert told.rstrip().endswith("Suggested: DUPRO plus PSI (45 points, 35 or more). You decide.")
    assert json.loads(said(capsys, "risk", "R1", "--json"))["to_book"] is None
    assert "R99" in said(capsys, "risk", "R99", code=1)
