"""Sentences, tables and progress where nobody looks at a terminal."""

from __future__ import annotations

import pytest

from desktop.cli.output import acknowledge, say_table
from desktop.cli.progress import progress
from desktop.services.changes import ChangeSet, Outcome
from desktop.services.commands import RevertChange


def test_what_is_stored_is_acknowledged_by_its_number(capsys: pytest.CaptureFixture[str]) -> None:
    acknowledge(Outcome(12, "Move R00012", ChangeSet(), RevertChange(12), ("It is pinned.",)))
    assert capsys.readouterr().out == "Move R00012\nIt is pinned.\nStored as change 12.\n"


def test_where_nothing_changed_nothing_is_said_to_be_stored(capsys: pytest.CaptureFixture[str]) -> None:
    acknowledge(Outcome(None, "Move R00012", ChangeSet(), None))
    assert "Stored" not in capsys.readouterr().out


def test_a_table_keeps_its_words_whole_and_plain(capsys: pytest.CaptureFixture[str]) -> None:
    reason = "no [electrical] level 3 near Ningbo " * 5
    say_table(("request", "why"), [("R00012", reason), ("R1", "工厂")], right=(0,))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["request", "why"]
    assert reason.strip() in lines[1]
    assert lines[2].startswith("     R1")


def test_without_a_terminal_progress_is_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    seconds = iter((0.0, 1.0, 6.0, 7.0, 12.0))
    with progress("Planning", lambda: next(seconds)) as tell:
        tell(1, 60, "too soon")
        tell(6, 60, "improve, $25,461")
        tell(7, 60, "too soon")
        tell(12, None, "nobody knows how long")
    said = capsys.readouterr()
    assert said.err == "Planning 10 % improve, $25,461\nPlanning nobody knows how long\n"
    assert not said.out
