"""What a unit of work says of the rows that it has changed."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Mapper

from desktop.errors import RefusedError
from desktop.models import (
    Absence,
    Base,
    CalendarDay,
    Change,
    Client,
    Inspector,
    InspectorSkill,
    Request,
    Setting,
    Visit,
)
from desktop.store.engine import Store
from desktop.store.recorder import RowImage, image_of, rows_touched, same_content, values_from_image
from desktop.store.unit_of_work import UnitOfWork
from scheduler.problem import Mode
from tests.store.bookings import NOW, found, inspector, request, visit


@pytest.fixture
def store(any_store: Store) -> Store:
    found(any_store)
    return any_store


def told(rows: tuple[RowImage, ...]) -> set[tuple[str, int, str]]:
    return {(row.table, row.row_id, row.operation) for row in rows}


def test_inserts_updates_and_deletes_with_their_images(store: Store) -> None:
    with UnitOfWork(store) as work:
        session = work.session
        session.get_one(Inspector, 1).name = "Lan"
        session.delete(session.get_one(Request, 2))
        session.add(CalendarDay(country="VN", date=dt.date(2026, 12, 1), kind="holiday", name="Day"))
        rows = work.changed_rows()
        work.commit()
    assert told(rows) == {("inspector", 1, "update"), ("request", 2, "delete"), ("calendar_day", 1, "insert")}
    by = {row.table: row for row in rows}
    update, delete, insert = by["inspector"], by["request"], by["calendar_day"]
    assert update.before is not None
    assert update.after == {**update.before, "name": "Lan", "version": 2}
    assert update.before["name"] == "Inspector 1"
    assert delete.after is None
    assert delete.before is not None
    assert delete.before["modes"] == [[1, 2]]
    assert delete.before["requested_at"] == "2026-11-23T02:00:00+00:00"
    assert insert.before is None
    assert insert.after == {
        "id": 1,
        "country": "VN",
        "date": "2026-12-01",
        "kind": "holiday",
        "name": "Day",
        "provisional": False,
        "version": 1,
    }
    assert rows_touched(rows)["request"] == {2}


def test_children_that_go_with_their_parent(store: Store) -> None:
    with UnitOfWork(store) as work:
        work.session.add(visit(1, 1, (1, 2), 0, 1))
        skilled = work.session.get_one(Inspector, 3)
        skilled.skills.append(InspectorSkill(skill="textile", level=3))
        work.commit()
    with UnitOfWork(store) as work:
        work.session.delete(work.session.get_one(Visit, 1))
        skilled = work.session.get_one(Inspector, 3)
        skilled.skills.clear()
        rows = work.changed_rows()
    assert told(rows) == {
        ("visit", 1, "delete"),
        ("assignment", 1, "delete"),
        ("assignment", 2, "delete"),
        ("inspector_skill", 1, "delete"),
    }


def test_several_touches_of_a_row_are_one(store: Store) -> None:
    with UnitOfWork(store) as work:
        session = work.session
        lan = session.get_one(Inspector, 1)
        for name in ("A", "B", "C"):
            lan.name = name
            session.flush()
        new = Client(code="C2", name="New")
        session.add(new)
        session.flush()
        new.name = "Renamed"
        rows = work.changed_rows()
    assert told(rows) == {("inspector", 1, "update"), ("client", 2, "insert")}
    assert [row.after and row.after["name"] for row in rows] == ["C", "Renamed"]
    assert [row.before and row.before["name"] for row in rows] == ["Inspector 1", None]


def test_what_ends_where_it_began_is_not_told(store: Store) -> None:
    with UnitOfWork(store) as work:
        session = work.session
        lan = session.get_one(Inspector, 1)
        lan.name = "A"
        session.flush()
        lan.name = "Inspector 1"
        passing = Client(code="C2", name="Passing")
        session.add(passing)
        session.flush()
        session.delete(passing)
        session.get_one(Inspector, 2).name = "Inspector 2"
        assert work.changed_rows() == ()


def test_a_row_deleted_and_made_again_is_an_update(store: Store) -> None:
    with UnitOfWork(store) as work:
        work.session.delete(work.session.get_one(Request, 2))
        work.session.flush()
        again = request(2)
        again.note = "again"
        work.session.add(again)
        (row,) = work.changed_rows()
    assert row.operation == "update"
    assert row.after is not None
    assert row.after["note"] == "again"


def test_a_value_set_without_being_read_has_its_before(store: Store) -> None:
    with UnitOfWork(store) as work:
        lan = work.session.get_one(Inspector, 1)
        work.session.expire(lan, ["name", "weekdays"])
        lan.name, lan.weekdays = "Lan", (0, 1)
        (row,) = work.changed_rows()
    assert row.before is not None
    assert (row.before["name"], row.before["weekdays"]) == ("Inspector 1", [0, 1, 2, 3, 4])


def test_history_is_not_told(store: Store) -> None:
    with UnitOfWork(store) as work:
        work.session.add(Change(at=NOW, actor="Lan", command="X", label="x", kind="step", app_version="1"))
        assert work.changed_rows() == ()


def test_json_that_is_changed_later_does_not_change_the_image(store: Store) -> None:
    value = {"midday": 60}
    with UnitOfWork(store) as work:
        work.session.add(Setting(name="limits", value=value))
        (row,) = work.changed_rows()
    value["midday"] = 90
    assert row.after is not None
    assert row.after["value"] == {"midday": 60}


def test_after_a_commit_a_rollback_or_a_refusal_it_starts_anew(store: Store) -> None:
    with UnitOfWork(store) as work:
        work.session.get_one(Inspector, 1).name = "A"
        work.commit()
        assert work.changed_rows() == ()
        work.session.get_one(Inspector, 1).name = "B"
        work.rollback()
        work.session.add(Client(code="C1", name="Twice"))
        with pytest.raises(RefusedError, match="There is already a client with the same code"):
            work.changed_rows()
        assert work.changed_rows() == ()


def test_a_statement_that_bypasses_the_session_can_be_noted(store: Store) -> None:
    with UnitOfWork(store) as work:
        before = image_of(work.session.get_one(Client, 1))
        work.recorder.note("client", 1, before, {**before, "name": "Later"})
        assert told(work.changed_rows()) == {("client", 1, "update")}


@pytest.mark.parametrize("mapper", sorted(Base.registry.mappers, key=str), ids=str)
def test_columns_are_named_like_attributes(mapper: Mapper[Base]) -> None:
    attributes = inspect(mapper).column_attrs
    assert [attribute.key for attribute in attributes] == [attribute.columns[0].name for attribute in attributes]


def test_an_image_is_json_and_gives_the_values_back(store: Store) -> None:
    with UnitOfWork(store) as work:
        rich = inspector(9)
        rich.absences = [Absence(first_slot=1, last_slot=2, note="Tết")]
        plain = request(9)
        plain.modes, plain.due, plain.lead_level = (Mode(2, 3), Mode(1, 6)), dt.date(2026, 12, 2), None
        work.session.add_all([rich, plain])
        rows = work.changed_rows()
        work.commit()
    with store.session() as session:
        for row in rows:
            image = json.loads(json.dumps(row.after))
            table = Base.metadata.tables[row.table]
            stored = session.execute(select(table).where(table.c.id == row.row_id)).mappings().one()
            assert values_from_image(row.table, image) == dict(stored)


def test_columns_that_are_no_more_are_left_out() -> None:
    assert values_from_image("client", {"id": 1, "fax": "0"}) == {"id": 1}


def test_same_content_looks_past_the_version() -> None:
    assert same_content({"id": 1, "version": 1}, {"id": 1, "version": 9})
    assert same_content(None, None)
    assert not same_content(None, {"id": 1})
    assert not same_content({"id": 1, "version": 1}, {"id": 2, "version": 1})
