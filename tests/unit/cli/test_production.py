"""Forecast, split and calendar on the command line."""

from __future__ import annotations

import json

import pytest

from desktop.cli.main import main
from desktop.store.engine import Store
from tests.helpers.company import found_company


@pytest.fixture
def database(sqlite_store: Store) -> list[str]:
    found_company(sqlite_store)
    return ["--database", sqlite_store.engine.url.render_as_string(hide_password=False)]


def test_a_forecast_as_text_and_as_json(database: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forecast", "R1", *database]) == 0
    said = capsys.readouterr().out
    assert "50 % made on Fri 13 Nov 2026" in said
    assert "Window of R1: Mon 30 Nov 2026 to Sat 5 Dec 2026, as entered." in said
    assert main(["forecast", "R1", "--json", *database]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["share"] == [10.0, 50.0]
    assert [entry["percent"] for entry in told["crossings"]] == [10.0, 50.0]
    day = next(entry for entry in told["days"] if entry["day"] == "2026-11-11")
    assert day["slow"] < day["made"] == 20.0 < day["fast"]


def test_calendars_are_shown_changed_and_stops_proposed(
    database: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["calendar", "set", "VN", "2026-01-10", "ordinary", *database]) == 0
    assert main(["calendar", "show", "VN", "2026", "--json", *database]) == 0
    rows = json.loads(capsys.readouterr().out.split("\n", 2)[2])
    assert [row["date"] for row in rows if row["provisional"]] == ["2026-01-02"]
    assert main(["calendar", "stops", "2027", "--country", "VN", *database]) == 0
    said = capsys.readouterr().out
    assert "Tet, usual length, ask the factory" in said
    assert "Nothing has been stored" in said
    assert main(["calendar", "stops", "2027", "--enter", *database]) == 0
    assert main(["calendar", "closings", "F4", "--year", "2027", *database]) == 0
    assert "Mon 1 Feb 2027 to Mon 15 Feb 2027" in capsys.readouterr().out


def test_only_monitoring_is_split(database: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["split", "R1", *database]) == 1
    assert "only monitoring is split" in capsys.readouterr().err
