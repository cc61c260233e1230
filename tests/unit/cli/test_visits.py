"""The day of a visit, its result, files, corrective actions and follow-ups on the command line."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from desktop.cli.main import main
from desktop.clock import FixedClock
from desktop.services.commands import PublishPlan
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, desk_of, found_company

LATER = dt.datetime(2026, 12, 2, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def announced(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    found_company(sqlite_store)
    desk_of(sqlite_store).handle(PublishPlan("P1"))
    monkeypatch.setenv("DUPRO_DATABASE", str(sqlite_store.path))
    monkeypatch.setenv("DUPRO_USER", "Lan")
    monkeypatch.setattr("desktop.cli.workplace.SystemClock", lambda: FixedClock(LATER))
    return sqlite_store


@pytest.mark.usefixtures("announced")
def test_a_visit_from_the_way_there_to_its_follow_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*arguments: str) -> str:
        assert main(list(arguments)) == 0
        told = capsys.readouterr()
        return told.out + told.err

    assert "On site 14 h before the target." in said("visit", "on-site", "R1", "--at", "2026-12-01 09:10")
    said("visit", "finished", "R1", "--at", "2026-12-01 16:40", "--pieces", "430")
    assert "fail: 6 major, 3 are accepted" in said("visit", "result", "R1", "major:6:open seam", "minor:2:thread")
    photo = tmp_path / "seam.gif"
    photo.write_bytes(b"GIF89a\x80\x02\xe0\x01\x00\x00\x00")
    assert "Attach seam.gif to R1" in said("visit", "attach", "R1", str(photo), "--caption", "Left sleeve")
    said("visit", "save", "1", "--out", str(tmp_path / "back.gif"))
    assert (tmp_path / "back.gif").read_bytes() == photo.read_bytes()
    said("visit", "report", "R1", "in")
    assert "R1" in said("visit", "list", "--reports-due")
    said("visit", "report", "R1", "reviewed", "--by", "Minh")
    said("visit", "report", "R1", "released")
    assert "Open 2 corrective actions" in said("actions", "open", "R1")
    said("actions", "step", "1", "communicated", "Ms Wei")
    actions = {row["action"]: row for row in json.loads(said("actions", "list", "--json"))}
    assert (actions[1]["next_step"], actions[1]["text"]) == ("root cause", "open seam")
    assert "It is charged to the supplier." in said("follow-up", "book", "R1")
    card = json.loads(said("visit", "show", "R1", "--json"))
    assert (card["stage"], card["outcome"], card["follow_up"], card["sample_planned"]) == ("released", "fail", "R9", 50)
    shown = said("visit", "show", "R1")
    assert shown.splitlines()[0] == "R1 DUPRO, Client 1, Factory 1: released"
    assert "Left sleeve" in shown
    assert "work ended, 43 % made" in shown
    week = said("visit", "list", "--from", MONDAY.isoformat(), "--to", "2026-12-06")
    assert [line.split()[0] for line in week.splitlines()[1:]] == ["R2", "R4", "R1", "R5", "R3"]
