"""Telling people of visits from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.cli.main import main
from desktop.clock import FixedClock
from desktop.store.engine import Store
from tests.helpers.company import NOW
from tests.helpers.published_week import announce


@pytest.mark.usefixtures("qapp")
def test_what_is_due_is_sent_answered_and_asked_for(
    sqlite_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    announce(sqlite_store)
    monkeypatch.setenv("DUPRO_DATABASE", str(sqlite_store.path))
    monkeypatch.setattr("desktop.cli.workplace.SystemClock", lambda: FixedClock(NOW))

    def say(*arguments: str | Path, code: int = 0) -> str:
        assert main(["dispatch", *(str(word) for word in arguments)]) == code
        told = capsys.readouterr()
        return told.out + told.err

    shown = say("due", "--day", "2026-12-01", "--to", "inspector")
    assert "invitation" in shown
    assert "R2" not in shown
    assert len(json.loads(say("due", "--json"))) == 15
    assert "Nothing is to be sent" in say("due", "--request", "R6")
    out = tmp_path / "out"
    assert f"3 messages sent into {out}." in say("send", "--out", out, "--request", "R1")
    assert (out / "2026-12-01-R1-I1-0.pdf").read_bytes().startswith(b"%PDF")
    assert "Give --out FOLDER" in say("send", code=2)
    assert "No mail server is set up" in say("send", "--smtp", code=1)
    text = say("text", "R3", "--person", "I3", "--language", "vi", "--sent")
    assert "Nhà máy: Factory 3" in text
    assert "Noted as change" in text
    assert "Confirm R1, inspector I1" in say("answer", "R1", "confirmed", "--person", "I1", "--note", "by phone")
    assert "It is not said who" in say("answer", "R1", "confirmed", code=2)
    assert "There are inspector, factory, client" in say("answer", "R1", "confirmed", "--to", "boss", code=2)
    assert "Give confirmed" in say("answer", "R1", "perhaps", "--to", "factory", code=2)
    assert "Set reminder" in say("remind", "R1", "--to", "factory", "--at", "2026-11-24 09:00")
    listed = {(row["to"]["request"], row["to"]["party"]): row for row in json.loads(say("remind", "--json"))}
    assert listed["R1", "inspector"]["answer_note"] == "by phone"
    assert listed["R1", "factory"]["remind_at"] == "2026-11-24T01:00:00+00:00"
    assert "No mail server with a user" in say("password", "--forget", code=2)
