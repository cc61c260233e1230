"""Urgent bookings from the command line: the ranked table, and what is done with a place of it."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from desktop.cli.main import main
from desktop.clock import FixedClock
from desktop.services.planning.open_plan import open_plan
from desktop.store.engine import Store
from tests.helpers.company import found_company

NOW = dt.datetime(2026, 11, 30, 8, 40, tzinfo=dt.UTC)
ASKED = ("F2", "--product", "towels", "--quantity", "2000", "--percent", "20", "--rate", "100", "--skill", "textile")


@pytest.fixture
def store(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr("desktop.cli.workplace.SystemClock", lambda: FixedClock(NOW))
    monkeypatch.setenv("DUPRO_DATABASE", str(sqlite_store.path))
    found_company(sqlite_store)
    return sqlite_store


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(arguments) == code
    out, err = capsys.readouterr()
    return out + err


def test_a_place_of_the_table_is_booked_and_announced_and_one_is_held_and_released(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    table = said(capsys, "urgent", *ASKED, "--no-moves", "--why-not")
    assert "R9: DUPRO at Factory 2" in table
    assert "why not" in table
    first = json.loads(said(capsys, "urgent", *ASKED, "--no-moves", "--json"))["candidates"][0]
    booked = said(capsys, "urgent", *ASKED, "--no-moves", "--book", "1", "--publish")
    assert "Book R9 with" in booked
    assert "Publish 1 visit" in booked
    assert first["message"] in booked
    assert list(open_plan(store, "P1").standing.placed["R9"].inspectors) == first["inspectors"]

    assert "No place is held." in said(capsys, "hold", "list")
    assert "Hold R6" in said(capsys, "urgent", "--request", "R6", "--hold", "1", "--minutes", "45")
    assert "45 minutes" in said(capsys, "hold", "list")
    said(capsys, "hold", "offer", "R6")
    assert json.loads(said(capsys, "hold", "list", "--json"))[0]["state"] == "offered"
    assert "in the inbox again" in said(capsys, "hold", "release", "R6")
    assert "R6" not in open_plan(store, "P1").standing.placed


def test_what_cannot_be_asked_together_is_said(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert store.path is not None
    assert "not both" in said(capsys, "urgent", *ASKED, "--book", "1", "--hold", "1", code=2)
    assert "--book N" in said(capsys, "urgent", *ASKED, "--publish", code=2)
    assert "There is no place 99" in said(capsys, "urgent", *ASKED, "--no-moves", "--book", "99", code=2)
