"""A database from before the reports: its results cost no premium, its history can be undone, and reports read it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from desktop.clock import FixedClock
from desktop.models import AnnouncedChange, Change, ChangedRow, Study, VisitResult
from desktop.services.bus import Desk
from desktop.services.commands import RevertChange
from desktop.services.reports.facts import read_facts
from desktop.services.reports.scope import Scope
from desktop.store.engine import Store, open_store
from desktop.store.schema import VERSIONS, Migrations
from tests.helpers.stores import ENGINES, PostgresServer, sqlite_url
from tests.store.bookings import NOW, TUESDAY, found, visit

MONDAY = dt.date(2026, 11, 30)
NUMBERS = dict.fromkeys(("charged_cents", "critical_found", "major_found", "minor_found"), 0)
WORDS = dict.fromkeys(
    ("abort_reason", "missing", "client_decision", "client_decided_by", "client_note", "reviewed_by", "remark"), ""
)
COSTS = {"work_cents": 9000, "travel_cents": 2500, "night_cents": 3800, "nights": 1}
RESULT = {"id": 1, "visit_id": 1, "outcome": "pass"} | COSTS | NUMBERS | WORDS


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of schema 4 with a visit in force, its result, and the step that noted it."""
    server: PostgresServer | None = None
    url = sqlite_url(tmp_path / "old.db")
    if request.param == "postgresql":
        server = request.getfixturevalue("pg_server")
        url = server.new_database(empty=True)
    older = tmp_path / "older"
    older.mkdir()
    for path in VERSIONS.glob("000[1-4]_*.py"):
        shutil.copy(path, older)
    with open_store(url, migrations=Migrations([older]), backups=tmp_path) as store:
        _fill(store)
    yield url
    if server is not None:
        server.drop(url)


def _fill(store: Store) -> None:
    found(store, inspectors=2, requests=2, plans=1)
    with store.session(write=True) as session:
        made = visit(1, 1, (1, 2), 0, 1, published=True)
        made.status = "done"
        session.add(made)
        session.flush()
        columns = ", ".join(RESULT)
        session.execute(
            text(f"INSERT INTO visit_result ({columns}) VALUES (:{', :'.join(RESULT)})"),  # noqa: S608 -- names of this file
            RESULT,
        )
        stored = session.execute(text("SELECT * FROM visit_result")).mappings().one()
        step = Change(at=NOW, actor="ana", command="NoteResult", label="Note a result", kind="step", app_version="0.4")
        session.add(step)
        session.flush()
        session.add(
            ChangedRow(
                change_id=step.id, table_name="visit_result", row_id=1, operation="update",
                before=dict(stored) | {"outcome": "fail"}, after=dict(stored),
            )
        )  # fmt: skip
        session.commit()


def test_an_older_database_is_brought_to_the_reports(url: str, tmp_path: Path) -> None:
    said: list[str] = []
    with open_store(url, backups=tmp_path, on_message=said.append) as store:
        assert said[-1].endswith("from schema 4 to 5.")
        # the image of the result is from before there was a premium
        Desk(store, FixedClock(NOW), "ana").handle(RevertChange(1))
        with store.session() as session:
            result = session.scalars(select(VisitResult)).one()
            assert (result.outcome, result.premium_cents, result.work_cents) == ("fail", 0, 9000)
            assert session.scalars(select(Study)).all() == []
        visits = read_facts(store, Scope(MONDAY, 1)).visits
        assert visits[["code", "work", "premium", "travel", "night"]].to_numpy().tolist() == [
            ["R1", 9000, 0, 2500, 3800]
        ]
        with store.session(write=True) as session:
            session.add(AnnouncedChange(request_id=1, at=NOW, kind="day", old_slot=TUESDAY))
            session.flush()
            session.add(AnnouncedChange(request_id=1, at=NOW, kind="week", old_slot=TUESDAY))
            with pytest.raises(IntegrityError):
                session.flush()
