"""What the command line says when something goes wrong, and the code it ends with."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from desktop.cli import failures
from desktop.clock import FixedClock
from desktop.errors import (
    BadInputError,
    ConflictError,
    DomainError,
    NotFoundError,
    RefusedError,
    SolverError,
    StoreError,
)
from desktop.redaction import without_passwords

NOON = FixedClock(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFoundError("There is no plan 7."), 1),
        (ConflictError("Mei has changed R00012."), 1),
        (RefusedError("R00012 cannot be moved."), 1),
        (BadInputError("plan.csv cannot be read."), 2),
        (StoreError("plans.db is locked."), 3),
        (SolverError("The solver ended without a plan."), 4),
    ],
)
def test_each_kind_of_error_has_its_exit_code(
    error: DomainError, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failures.report_expected(error) == code
    said = capsys.readouterr()
    assert said.err == f"{error.text}\n"
    assert not said.out


def test_an_error_says_what_to_do_on_its_last_line(capsys: pytest.CaptureFixture[str]) -> None:
    failures.report_expected(NotFoundError("There is no inspector I003.", "Maybe I0003?"))
    assert capsys.readouterr().err.splitlines() == ["There is no inspector I003.", "Maybe I0003?"]


def test_a_refusal_names_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    failures.report_expected(RefusedError("R00012 cannot go there.", broken=("Site closed.", "I0003 is away.")))
    assert capsys.readouterr().err.splitlines() == ["R00012 cannot go there.", "  Site closed.", "  I0003 is away."]


def test_of_many_faults_the_first_are_said_and_the_rest_counted(capsys: pytest.CaptureFixture[str]) -> None:
    failures.report_expected(BadInputError("Bad file.", "Mend it.", [f"row {n}" for n in range(1500)]))
    lines = capsys.readouterr().err.splitlines()
    assert lines[:3] == ["Bad file.", "  row 0", "  row 1"]
    assert lines[-2:] == ["  and 1,480 more", "Mend it."]


def test_faults_that_the_sentence_quotes_are_not_said_twice(capsys: pytest.CaptureFixture[str]) -> None:
    failures.report_expected(BadInputError("Bad file:\n  row 1", "", ["row 1", "row 2"]))
    assert capsys.readouterr().err == "Bad file:\n  row 1\n"


def test_passwords_of_urls_are_never_said(capsys: pytest.CaptureFixture[str]) -> None:
    failures.report_expected(StoreError("postgresql://mei:s3cret@host/plans cannot be reached."))
    assert "s3cret" not in capsys.readouterr().err
    assert without_passwords("postgresql://:pw@host") == "postgresql://:***@host"
    assert without_passwords("sqlite:///C:/plans.db and 12:30@noon") == "sqlite:///C:/plans.db and 12:30@noon"


def test_a_crash_leaves_a_report_without_passwords(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = "postgresql://mei:s3cret@host/plans"
    with pytest.raises(KeyError) as caught:
        dict[str, int]()[url]
    assert failures.report_crash(caught.value, ["plan", "--database", url], NOON, [tmp_path / "crashes"]) == 70
    path = tmp_path / "crashes" / "crash-20261123-120000.txt"
    report = path.read_text(encoding="utf-8")
    assert "KeyError" in report
    assert "test_failures.py" in report
    assert "dupro-desk plan --database" in report
    assert "s3cret" not in report
    said = capsys.readouterr().err
    assert str(path) in said
    assert "Traceback" not in said


def test_where_no_report_can_be_kept_it_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    assert failures.report_crash(ValueError("what"), [], NOON, [blocked / "crashes", blocked]) == 70
    assert "ValueError: what" in capsys.readouterr().err
