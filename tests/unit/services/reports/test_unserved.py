"""Bookings that nobody served: left out by a plan, taken back, and none that is served after all; on both engines."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.clock import FixedClock
from desktop.services.bus import Desk
from desktop.services.commands import CancelRequest, PublishPlan, PublishVisits, RecordArrival, RecordFinished
from desktop.services.reports.scope import Scope
from desktop.services.reports.service import service_report
from desktop.services.reports.service.unserved import read_unserved, unserved_list, unserved_table
from desktop.store.engine import Store
from scheduler.plan import Assignment as Given
from tests.helpers.planning_firm import MONDAY, NEAR, Firm, adopted, desk_of

WEEK = Scope(MONDAY, 1)


@pytest.fixture
def firm(sqlite_store: Store) -> Store:
    return founded(sqlite_store)


def founded(store: Store) -> Store:
    """R1 is planned; R2 is left out; R3 is left out and then taken back; R4 is taken back before it is planned."""
    with store.session(write=True) as session:
        made = Firm(session)
        made.inspector("I1")
        near, other = made.factory("F1", at=NEAR), made.factory("F2", at=NEAR)
        for code in ("R1", "R2", "R3"):
            made.request(code, near, price_cents=30_000)
        made.request("R4", other, price_cents=None)
        session.commit()
    desk = desk_of(store)
    desk.handle(CancelRequest("R4"))
    desk.handle(PublishPlan(adopted(store, Given("R1", 0, 0, ("I1",)))))
    desk.handle(CancelRequest("R3"))
    return store


def told(store: Store, scope: Scope = WEEK) -> dict[str, tuple[int, int, int]]:
    with store.session() as session:
        frame = unserved_table(read_unserved(session, scope)).frame
    names = ("requests_unserved", "requests_cancelled", "price_unserved")
    return {row["reason"]: tuple(row[name] for name in names) for row in frame.to_dict("records")}


def test_each_is_told_once_with_its_reason_and_where_it_belongs(any_store: Store) -> None:
    firm = founded(any_store)
    found = told(firm)
    assert found.pop("reason_cancelled") == (1, 1, 0)
    ((_, counts),) = found.items()
    assert counts == (2, 1, 60_000)
    with firm.session() as session:
        table = unserved_list(read_unserved(session, WEEK))
    assert sorted(table.frame["request"]) == ["R2", "R3", "R4"]
    assert table.total["price_unserved"] == 60_000
    assert list(told(firm, WEEK.narrowed(factory="F2"))) == ["reason_cancelled"]
    assert told(firm, WEEK.narrowed(person="I1")) == {}
    assert told(firm, WEEK.in_weeks(MONDAY.replace(day=2), 1)) == {}
    # one that is served after all is not told any more
    desk_of(firm).handle(PublishPlan(adopted(firm, Given("R1", 0, 0, ("I1",)), Given("R2", 0, 4, ("I1",)))))
    assert told(firm) == {"reason_cancelled": (2, 2, 30_000)}


def test_a_report_that_is_owed_is_said(firm: Store) -> None:
    work = Desk(firm, FixedClock(dt.datetime(2026, 12, 1, tzinfo=dt.UTC)), "lan")
    work.handle(RecordArrival("R1", dt.datetime.combine(MONDAY, dt.time(9))))
    work.handle(RecordFinished("R1", dt.datetime.combine(MONDAY, dt.time(16))))  # 08:00 UTC
    for hour, owed in ((8, []), (9, [{"number": 1}])):
        clock = FixedClock(dt.datetime(2026, 12, 1, hour, tzinfo=dt.UTC))
        notes = service_report(firm, WEEK, clock).notes
        assert [note.values for note in notes if note.key == "reports_owed"] == owed
    elsewhere = service_report(firm, WEEK.narrowed(factory="F2"), clock)
    assert "reports_owed" not in {note.key for note in elsewhere.notes}


def test_one_that_is_announced_and_then_left_out_is_told_before_its_plan_is_published_whole(firm: Store) -> None:
    code = adopted(firm)
    desk_of(firm).handle(PublishVisits(code, ("R1",)))
    assert told(firm)["reason_dropped"] == (1, 0, 30_000)
    desk_of(firm).handle(PublishPlan(code))
    assert "reason_dropped" not in told(firm)
    assert sum(count for count, *_ in told(firm).values()) == 4
