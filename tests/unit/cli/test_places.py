"""Places on the command line, from an address to a factory on the map."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.cli.main import main
from desktop.models import Factory
from desktop.services.commands import AddFactory, EditRecord
from desktop.store.engine import open_store
from tests.helpers.company import desk_of


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Three factories: one in one of two Suzhous, one in a province, one on the map."""
    url = str(tmp_path / "plans.db")
    with open_store(url) as store:
        desk = desk_of(store)
        desk.handle(AddFactory("F1", "Kite", "CN", "CN", address="8 Example Road, Suzhou"))
        desk.handle(AddFactory("F2", "Kettle", "浙江省", "CN", address="8 Example Road"))
        desk.handle(AddFactory("F3", "Candle", "浙江省", "CN", lat=30.0, lon=120.0))
    monkeypatch.setenv("DUPRO_DATABASE", url)
    return url


def test_an_address_is_looked_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "find", "Hai Ning, Zhe Jiang"]) == 0
    said = capsys.readouterr().out
    assert said.startswith('Sure. The address says "Hai Ning" and "Zhe Jiang".')
    assert "浙江省嘉兴市海宁市" in said
    assert main(["places", "find", "Suzhou", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["is_sure"], [one["area"] for one in found["candidates"][:2]]) == (False, ["江苏省", "安徽省"])
    assert main(["places", "find", "Suzhou", "--online"]) == 2
    assert "DUPRO_GEOCODER" in capsys.readouterr().err


def test_a_factory_is_placed_at_a_candidate_or_by_hand(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "check", "--json"]) == 0
    asked = json.loads(capsys.readouterr().out)
    assert [one["factory"] for one in asked] == ["F1", "F2"]
    assert asked[0]["candidates"][0]["title"] == "江苏省苏州市"
    assert main(["places", "set", "F1", "--candidate", "1"]) == 0
    assert main(["places", "set", "F2", "--lat", "30.25", "--lon", "120.2"]) == 0
    assert main(["places", "check"]) == 0
    assert "Every factory is placed" in capsys.readouterr().out
    with open_store(database) as store, store.session() as session:
        factories = {row.code: row for row in session.scalars(select(Factory))}
    assert (factories["F1"].precision, factories["F1"].area, round(factories["F1"].lat or 0)) == ("city", "江苏省", 31)
    assert (factories["F2"].precision, factories["F2"].lat) == ("address", 30.25)


def test_addresses_that_leave_no_doubt_are_placed_as_one_step(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(database) as store:
        values = {"lat": None, "lon": None, "address": "Hai Ning, Zhe Jiang"}
        desk_of(store).handle(EditRecord("factory", "F3", values))
    assert main(["places", "check", "--place-sure"]) == 0
    assert capsys.readouterr().out.startswith("Place 1 factory\n")
    assert main(["places", "check", "--place-sure"]) == 0
    assert "leaves no doubt" in capsys.readouterr().out
    with open_store(database) as store, store.session() as session:
        assert session.scalars(select(Factory.precision).order_by(Factory.code)).all() == ["none", "none", "district"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["F1"], "--candidate"),
        (["F1", "--lat", "30"], "--lon"),
        (["F1", "--candidate", "99"], "candidates"),
        (["F9", "--candidate", "1"], "no factory F9"),
    ],
)
def test_a_place_that_is_not_said_is_refused(
    database: str, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["places", "set", *arguments]) in {1, 2}
    assert said in capsys.readouterr().err
    assert database
