"""Values that no command can use are refused in words: none of them is a fault of the program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.cli.main import main
from desktop.services.exchange.foreign.profiles import read_profiles
from desktop.store.engine import Store
from tests.helpers.company import found_company


@pytest.fixture
def store(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    found_company(sqlite_store)
    monkeypatch.setenv("DUPRO_DATABASE", str(sqlite_store.path))
    return sqlite_store


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("call", "named"),
    [
        ("rate nan", "nan"),
        ("rate inf", "inf"),
        ("rate 1e400", "inf"),
        ("rate 1e300", "1e+300"),
        ("calendar show CN 99999", "2100"),
        ("calendar stops 99999", "2100"),
        ("calendar closings --year 99999", "2100"),
        ("attainment --until 0001-01-03", "0001-01-03"),
    ],
)
def test_a_value_out_of_all_bounds_is_named(call: str, named: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(call.split()) == 2
    assert named in capsys.readouterr().err


def test_a_dry_run_stores_nothing_and_an_import_may_answer_in_json(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem, rows = tmp_path / "week.json", tmp_path / "clients.csv"
    problem.write_text("{}", "utf-8")
    rows.write_text("Code,Name\nC9001,Kite & Kettle\n", "utf-8")
    assert main(["import", str(problem), "--dry-run"]) == 2
    assert "Leave --dry-run out" in capsys.readouterr().err

    def profiles() -> int:
        with store.session() as session:
            return len(read_profiles(session))

    assert main(["import", str(rows), "--dry-run", "--save-profile", "Kite"]) == 0
    assert (profiles(), "Kite" in capsys.readouterr().err) == (0, True)
    assert main(["import", str(rows), "--json", "--save-profile", "Kite"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["new"], told["change"] is not None, profiles()) == (1, True, 1)


@pytest.mark.usefixtures("store")
def test_lists_are_told_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    def told(*call: str) -> object:
        assert main([*call, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    shown = told("checklist", "show", "R1", "--language", "en")
    assert isinstance(shown, dict)
    assert shown["sections"][0]["items"][0]["from"] == "house protocol 1"
    assert told("checklist", "revisions", "C1") == []
    stops = told("calendar", "stops", "2027")
    assert isinstance(stops, list)
    assert {"factory", "first_day", "last_day"} <= stops[0].keys()
