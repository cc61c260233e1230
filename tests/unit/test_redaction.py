"""Nothing that names a person, and no password, gets into a log or a report."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.logs import LOG, NAME, last_lines, start_log, stop_log
from desktop.redaction import redacted

CANARIES = {
    "phone": "13812345678",
    "spaced phone": "+84 90 123 45 67",
    "e-mail": "chen.wei@example.com",
    "password": "s3cret-canary",
    "local name": "陈国威",
    "name": "Chen Guowei",
}


@pytest.mark.parametrize(
    "text",
    [
        "connecting to postgresql://mei:s3cret-canary@db.example/plans failed",
        "could not connect: host=db user=mei password=s3cret-canary dbname=plans",
        "(psycopg) UniqueViolation\nDETAIL:  Key (name)=(Chen Guowei) already exists.",
        "[SQL: INSERT INTO inspector]\n[parameters: ('Chen Guowei', '13812345678', [1, 2])]\n(Background)",
        "Inspector(code='I0003', name='Chen Guowei', local_name='陈国威', phone='13812345678')",
        '{"name": "Chen Guowei", "phone": "+84 90 123 45 67", "email": "chen.wei@example.com"}',
        "GET https://maps.example/geocoding/v3/?ak=s3cret-canary&output=json failed",
        "environ({'DUPRO_GEOCODER_KEY': 's3cret-canary'})",
        "called 13812345678 and +84 90 123 45 67",
        "KeyError: '陈国威'",
    ],
)
def test_no_canary_passes(text: str) -> None:
    kept = redacted(text)
    assert not [kind for kind, canary in CANARIES.items() if canary in kept], kept


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-27T09:00:00Z INFO desktop: begins",
        'File "desktop/store/engine.py", line 1432, in session',
        "Request R00012 has been changed by somebody; version 12 of 13, 100,000 rows",
        "sqlite:///plans.db",
    ],
)
def test_what_a_developer_needs_stays(text: str) -> None:
    assert redacted(text) == text


def test_the_home_folder_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/chenguowei")
    assert redacted("/home/chenguowei/plans.db") == "~/plans.db"


@given(st.text())
def test_any_text_can_be_redacted_and_stays_so(text: str) -> None:
    once = redacted(text)
    assert redacted(once) == once


def test_a_log_holds_no_canary_and_starts_anew_when_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.logs.LARGEST", 2000)
    handler = start_log(tmp_path)
    try:
        for number in range(60):
            LOG.info("step %s by %s: phone=%s", number, "mei", CANARIES["phone"])
        try:
            int(CANARIES["e-mail"])
        except ValueError:
            LOG.exception("failed for postgresql://mei:%s@db/plans", CANARIES["password"])
    finally:
        stop_log(handler)
    written = "\n".join(path.read_text("utf-8") for path in tmp_path.iterdir())
    assert "step 59" in written
    assert "ValueError" in written
    assert not [kind for kind, canary in CANARIES.items() if canary in written]
    assert (tmp_path / f"{NAME}.1").exists()
    assert "ValueError" in "\n".join(last_lines(tmp_path))


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert start_log(tmp_path / "file" / "below") is None
    assert last_lines(tmp_path / "file" / "below") == ()
    logging.getLogger("desktop").info("goes on")
