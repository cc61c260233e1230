"""The moment at which a booking was complete follows every change of it, its factory and its order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import event, select

from desktop.models import Change, ChangedRow, Request
from desktop.services.bus import Desk
from desktop.services.commands import AddRequest, EditRecord, ImportRecords
from desktop.services.requests.form import add_command
from desktop.services.requests.reading import read_one
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, NOW, ONE_DAY, desk_of

EARLIER = NOW - dt.timedelta(hours=5)
WHOLE = AddRequest(
    "NEW", "C1", "F1", "PSI", "textile", 1, ONE_DAY, order="O1", earliest=MONDAY, latest=MONDAY, requested_at=EARLIER
)


def complete_at(store: Store, code: str = "NEW") -> dt.datetime | None:
    with store.session() as session:
        return session.scalars(select(Request.complete_at).where(Request.code == code)).one()


def version_of(store: Store) -> int:
    with store.session() as session:
        return session.scalars(select(Request.version).where(Request.code == "NEW")).one()


def test_a_whole_booking_is_complete_when_it_came_and_its_history_says_so(any_company: Store) -> None:
    outcome = desk_of(any_company).handle(WHOLE)

    assert outcome.messages == ()
    assert complete_at(any_company) == EARLIER
    with any_company.session() as session:
        noted = session.scalars(
            select(ChangedRow).join(Change).where(ChangedRow.table_name == "request", ChangedRow.operation == "insert")
        )
        last = max(noted, key=lambda row: row.id)
        assert last.after is not None
        assert last.after["complete_at"] == last.after["requested_at"] == EARLIER.isoformat()
        assert session.scalars(select(Request.version).where(Request.code == "NEW")).one() == 1


@pytest.mark.parametrize(
    ("kind", "code", "values"),
    [
        ("factory", "F1", {"phone": ""}),
        ("factory", "F1", {"lat": None, "lon": None, "precision": "none"}),
        ("order", "O1", {"product": ""}),
        ("request", "NEW", {"order": None}),
    ],
)
def test_the_clock_stops_with_what_goes_and_begins_again_when_it_comes(
    company: Store, kind: str, code: str, values: dict[str, object]
) -> None:
    desk = desk_of(company)
    desk.handle(WHOLE)
    version = version_of(company)
    before = desk.handle(EditRecord(kind, code, values))
    assert complete_at(company) is None
    assert version_of(company) == version + (kind == "request"), "an open form can still be saved"

    assert before.inverse is not None
    desk.handle(before.inverse)
    assert complete_at(company) == EARLIER, "taking the change back is no new booking"
    desk.handle(EditRecord(kind, code, values))
    whole: dict[str, dict[str, object]] = {
        "factory": {"phone": "+86 1", "lat": 22.5, "lon": 113.4, "precision": "town"},
        "order": {"product": "jackets"},
        "request": {"order": "O1"},
    }
    Desk(company, desk.clock, "Minh").handle(EditRecord(kind, code, whole[kind]))
    assert complete_at(company) == NOW


def test_what_is_announced_stays_complete(company: Store) -> None:
    with company.session(write=True) as session:
        session.scalars(select(Request).where(Request.code == "R1")).one().status = "published"
        session.commit()
    desk_of(company).handle(EditRecord("factory", "F1", {"phone": ""}))

    assert complete_at(company, "R1") is not None
    assert complete_at(company, "R5") is None


def test_a_form_leaves_an_incomplete_booking_in_the_inbox_and_says_why(company: Store) -> None:
    values = {
        field: getattr(WHOLE, field) for field in ("code", "client", "factory", "service", "skill", "level", "modes")
    }
    outcome = desk_of(company).handle(add_command(values | {"status": "ready"}))

    assert outcome.messages[-1] == (
        "NEW is not complete and waits in the inbox; its on-site clock does not run."
        " Missing: the order with its product and quantity."
    )
    row = read_one(company, NOW, "NEW")
    assert (row.status, row.target, [risk.kind for risk in row.risks(NOW)]) == (
        "new",
        None,
        ["no_window", "incomplete"],
    )
    released = desk_of(company).handle(EditRecord("request", "NEW", {"status": "ready"}))
    assert "Missing: the order" in released.messages[-1]


def test_imported_bookings_are_complete_or_not_each_for_itself(company: Store) -> None:
    row = {
        "client": "C1", "factory": "F1", "service": "PSI", "skill": "textile", "modes": ONE_DAY, "order": "O1",
        "earliest": MONDAY, "latest": MONDAY, "requested_at": EARLIER,
    }  # fmt: skip
    rows = ({"code": "A"} | row, {"code": "B"} | row | {"order": None}, {"code": "C"} | row | {"status": "done"})
    desk_of(company).handle(ImportRecords("Import", {"request": rows}))

    assert [complete_at(company, code) for code in "ABC"] == [EARLIER, None, EARLIER]


def test_a_booking_dated_later_begins_later(company: Store) -> None:
    desk = desk_of(company)
    desk.handle(WHOLE)
    desk.handle(EditRecord("request", "NEW", {"requested_at": NOW}))

    assert complete_at(company) == NOW
    desk.handle(replace(WHOLE, code="NEXT"))
    assert complete_at(company, "NEXT") == EARLIER


def test_a_change_taken_back_concerns_what_came_since(company: Store) -> None:
    desk = desk_of(company)
    since = Desk(company, desk.clock, "Minh")
    desk.handle(EditRecord("factory", "F1", {"phone": ""}))
    since.handle(WHOLE)
    assert complete_at(company) is None
    desk.undo()
    assert (complete_at(company), complete_at(company, "R1")) == (NOW, NOW)

    since.handle(replace(WHOLE, code="NEXT"))
    desk.redo()
    assert [complete_at(company, code) for code in ("NEW", "NEXT", "R1")] == [None] * 3


def test_many_clocks_are_set_by_one_statement(company: Store) -> None:
    desk = desk_of(company)
    desk.handle_all([replace(WHOLE, code=f"X{number}") for number in range(20)], "Many")
    said: list[str] = []
    listening = (company.engine, "before_cursor_execute", lambda *heard: said.append(heard[2]))
    event.listen(*listening)
    outcome = desk.handle(EditRecord("factory", "F1", {"phone": ""}))
    event.remove(*listening)

    assert sum(statement.startswith("UPDATE request") for statement in said) == 1
    assert len(outcome.changes.rows["request"]) == 22


def test_a_corrected_date_corrects_the_clock_of_what_was_complete_with_it(company: Store) -> None:
    desk = desk_of(company)
    desk.handle(WHOLE)
    desk.handle(replace(WHOLE, code="LATER", order=None))
    desk.handle(EditRecord("request", "LATER", {"order": "O1"}))
    for code in ("NEW", "LATER"):
        desk.handle(EditRecord("request", code, {"requested_at": EARLIER - dt.timedelta(days=1)}))

    assert complete_at(company) == EARLIER - dt.timedelta(days=1)
    assert complete_at(company, "LATER") == NOW


def test_a_new_booking_can_lose_something_in_the_same_step(company: Store) -> None:
    desk_of(company).handle_all([WHOLE, EditRecord("request", "NEW", {"order": None})], "Booked and changed")

    assert complete_at(company) is None
