"""What the commands of worth read from their options, and say of what they cannot."""

from __future__ import annotations

import json

import pytest

from desktop.cli.main import main
from desktop.cli.worth import read_hire, read_training
from desktop.errors import BadInputError
from desktop.services.worth.asking import Hire, Train
from desktop.services.worth.keeping import worth_view
from desktop.store.engine import Store
from tests.unit.services.worth.conftest import CODE, found_firm


@pytest.mark.parametrize(
    ("text", "hire"),
    [
        ("3 garment in 福建省", Hire(3, "garment", "福建省", "freelancer")),
        ("1 textile in Thành phố Hà Nội staff", Hire(1, "textile", "Thành phố Hà Nội", "staff")),
        ("2 toys in 广东省 freelancer", Hire(2, "toys", "广东省", "freelancer")),
    ],
)
def test_people_to_hire_are_read(text: str, hire: Hire) -> None:
    assert read_hire(text) == hire


@pytest.mark.parametrize("text", ["", "garment in 福建省", "3 in 福建省", "3 garment", "-1 garment in 福建省"])
def test_nobody_to_hire_is_said(text: str) -> None:
    with pytest.raises(BadInputError, match="names nobody"):
        read_hire(text)


def test_what_is_learned_is_read() -> None:
    assert read_training("I0003:garment:4") == Train("I0003", "garment", 4)
    assert read_training("I0003:vi") == Train("I0003", "vi")
    for text in ("I0003", "I0003:", ":garment:4", "I0003:garment:high", "I0003:a:1:2"):
        with pytest.raises(BadInputError, match="not what is learned"):
            read_training(text)


def test_a_study_is_made_kept_and_told(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found_firm(sqlite_store)
    monkeypatch.setenv("DUPRO_DATABASE", str(sqlite_store.path))
    assert main(["worth", "promise", "--hours", "48", "--seconds", "0.1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["plan"], told["kind"]) == (CODE, "promise")
    assert [row["hours"] for row in told["study"]["rows"]] == [48]
    view = worth_view(sqlite_store)
    assert view.promise is not None
    assert sum(told["study"]["rows"][0]["run"]["parts"].values()) == view.promise[1].rows[0].run.cost
    assert main(["worth", "what-if", "--ill", "I9"]) == 1
    assert "no inspector I9" in capsys.readouterr().err
    assert main(["worth", "rules", "--rule", "sleep"]) == 2
    assert 'no rule "sleep"' in capsys.readouterr().err
