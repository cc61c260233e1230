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


def test_the_table_names_place_cost_and_what_moves_and_books_from_it(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    table = said(capsys, "urgent", *ASKED)
    assert "R9: DUPRO at Factory 2" in table
    assert "Cannot: " in table
    answer = json.loads(said(capsys, "urgent", *ASKED, "--json"))
    assert answer["can"] + sum(answer["cannot"].values()) == answer["checked"]
    first = answer["candidates"][0]
    booked = said(capsys, "urgent", *ASKED, "--book", "1")
    assert "Book R9 with" in booked
    assert first["message"] in booked
    assert list(open_plan(store, "P1").standing.placed["R9"].inspectors) == first["inspectors"]
    assert "There is no place 99" in said(capsys, "urgent", *ASKED, "--book", "99", code=2)


def test_a_place_is_held_offered_and_released(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert "No place is held." in said(capsys, "hold", "list")
    assert "Hold R9" in said(capsys, "urgent", *ASKED, "--hold", "1", "--minutes", "45")
    assert "45 minutes" in said(capsys, "hold", "list")
    said(capsys, "hold", "offer", "R9")
    assert json.loads(said(capsys, "hold", "list", "--json"))[0]["state"] == "offered"
    assert "in the inbox again" in said(capsys, "hold", "release", "R9")
    assert "R9" not in open_plan(store, "P1").standing.placed


def test_a_list_says_what_is_asked_of_it_at_once(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert store.path is not None
    assert "not both" in said(capsys, "urgent", *ASKED, "--book", "1", "--hold", "1", code=2)
    assert "--book N" in said(capsys, "urgent", *ASKED, "--publish", code=2)
    away = said(capsys, "urgent", "--request", "R6", "--no-moves", "--why-not", "--publish", "--book", "1")
    assert "why not" in away
    assert "Publish 1 visit" in away
