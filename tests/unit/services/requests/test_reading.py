"""Rows of the list read from the small company: R1 to R5 are planned, R6 is left out, R7 and R8 are ready."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from desktop.models import Plan, Request, Visit
from desktop.services.commands import AddRequest, CancelRequest, ChangeSetting, EditRecord, PublishPlan, ReportProgress
from desktop.services.requests.archive import read_closed
from desktop.services.requests.reading import read_open, read_some
from desktop.services.requests.rows import RequestRow
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, NOW, ONE_DAY, desk_of

WEDNESDAY = MONDAY + dt.timedelta(days=2)


def opened(store: Store) -> dict[str, RequestRow]:
    return {row.code: row for row in read_open(store, NOW)}


def test_where_requests_stand(any_company: Store) -> None:
    rows = opened(any_company)
    assert {code: row.status for code, row in rows.items()} == {
        **dict.fromkeys(("R1", "R2", "R3", "R4", "R5"), "planned"),
        "R6": "unassigned",
        "R7": "ready",
        "R8": "ready",
    }
    place = rows["R4"].place
    assert place is not None
    assert (place.people, place.first_day, place.published) == (("Inspector 6",), MONDAY, False)
    assert [reason.text for reason in rows["R6"].reasons] == ["no room"]
    assert (rows["R3"].factory.area, rows["R4"].factory.country) == ("广东省", "VN")


def test_the_target_is_the_hour_or_the_end_of_the_day_that_counts(company: Store) -> None:
    desk = desk_of(company)
    none = AddRequest("NONE", "C1", "F1", "PSI", "textile", 1, ONE_DAY)
    today = NOW.date()
    hours = replace(none, code="HOURS", order="O1", earliest=today, latest=today + dt.timedelta(days=5))
    desk.handle_all(
        [
            none,
            hours,
            replace(hours, code="ENTERED", due=today + dt.timedelta(days=4)),
            replace(hours, code="OPENS", earliest=MONDAY, latest=MONDAY + dt.timedelta(days=2)),
        ],
        "More",
    )
    rows = opened(company)
    assert rows["HOURS"].target == NOW + dt.timedelta(hours=48)
    assert rows["HOURS"].hours_left(NOW) == 48
    # a day at the factory, eight hours before Greenwich, ends at 16:00
    assert rows["ENTERED"].target == dt.datetime(2026, 11, 27, 16, tzinfo=dt.UTC)
    # 48 hours from the midnight with which the window opens; on the day of their end nobody begins before
    assert rows["OPENS"].target == dt.datetime(2026, 12, 1, 16, tzinfo=dt.UTC)
    assert (rows["OPENS"].due, rows["NONE"].due) == (MONDAY + dt.timedelta(days=1), None)
    assert (rows["NONE"].target, [lack.key for lack in rows["NONE"].missing]) == (None, ["order"])
    assert "names no window" in rows["NONE"].window_missing
    desk.handle(ChangeSetting("target_hours", 24))
    assert opened(company)["HOURS"].target == NOW + dt.timedelta(hours=24)


def test_the_window_and_what_is_made_follow_from_the_order(company: Store) -> None:
    desk = desk_of(company)
    # 1,000 pieces at 30 a day, Sundays off; a report says 10 % on Saturday the 21st
    desk.handle(EditRecord("order", "O1", {"daily_rate": 30.0}))
    desk.handle(ReportProgress("O1", dt.date(2026, 11, 21), 10.0))
    desk.handle(EditRecord("request", "R1", {"earliest": None, "latest": None, "due": None}))
    row = opened(company)["R1"]
    assert not row.window_entered
    assert (row.earliest, row.latest) == (dt.date(2026, 11, 23), dt.date(2026, 12, 15)), "19 x 2.09 % more by the 15th"
    assert row.made is not None
    assert (row.made.low, row.made.high) == (10.0, 50.0)
    assert row.made.at_visit == pytest.approx(10 + 7.5 * 3 * 60 / 86), "seven days and a half since the report"
    assert not row.made.outside
    desk.handle(ReportProgress("O1", dt.date(2026, 11, 21), 70.0))
    late = opened(company)["R1"]
    assert late.made is not None
    assert late.made.outside
    assert "outside" in [risk.kind for risk in late.risks(NOW)]


def test_visits_of_every_service_that_come_too_early_or_late_are_flagged(company: Store) -> None:
    # R2 is a final inspection on Monday the 30th of 2,000 pieces at 100 a day: 90 % are made by then
    def percent_of(code: str) -> float | None:
        return next(risk for risk in opened(company)[code].risks(NOW) if risk.kind == "outside").percent

    desk = desk_of(company)
    assert percent_of("R2") == pytest.approx(92.5)
    desk.handle(ReportProgress("O2", dt.date(2026, 11, 21), 99.0, 98.0))
    assert "outside" not in [risk.kind for risk in opened(company)["R2"].risks(NOW)]
    for service in ("LOADING", "PPI"):
        desk.handle(ReportProgress("O2", dt.date(2026, 11, 22), 99.0, 10.0))
        desk.handle(EditRecord("request", "R2", {"service": service}))
        assert percent_of("R2") is not None, service
    desk.handle(EditRecord("request", "R4", {"earliest": WEDNESDAY, "due": WEDNESDAY}))
    assert percent_of("R4") is None, "no order: the window alone tells"


def test_a_price_is_entered_or_that_of_the_man_days(company: Store) -> None:
    desk_of(company).handle(EditRecord("request", "R3", {"price_cents": None}))
    rows = opened(company)
    assert (rows["R3"].price_cents, rows["R3"].price_entered) == (2 * 28000, False)
    assert (rows["R1"].price_cents, rows["R1"].price_entered) == (28000, True)


def test_what_is_published_or_over(any_company: Store) -> None:
    desk = desk_of(any_company)
    desk.handle(CancelRequest("R6"))
    desk.handle(PublishPlan("P1"))
    with any_company.session(write=True) as session:
        request = session.scalars(select(Request).where(Request.code == "R5")).one()
        request.status = "done"
        session.scalars(select(Visit).where(Visit.request_id == request.id)).one().status = "done"
        session.commit()
    rows = opened(any_company)
    assert rows["R1"].status == "published"
    assert rows["R1"].place is not None
    assert rows["R1"].place.published
    assert rows["R1"].target is None
    assert not {"R5", "R6"} & rows.keys()
    whole = read_closed(any_company, NOW)
    assert [(row.code, row.status) for row in whole.rows] == [("R6", "cancelled"), ("R5", "done")]
    assert (whole.below, whole.rows[0].target, whole.rows[1].place is not None) == (None, None, True)
    first = read_closed(any_company, NOW, limit=1)
    second = read_closed(any_company, NOW, first, limit=1)
    last = read_closed(any_company, NOW, second, limit=1)
    assert [part.rows for part in (first, second, last)] == [whole.rows[:1], whole.rows[1:], ()]
    assert last.below is None


def test_some_by_key_whatever_their_status(company: Store) -> None:
    desk_of(company).handle(CancelRequest("R2"))
    with company.session() as session:
        keys = dict(session.execute(select(Request.code, Request.id)).all())
    found = read_some(company, NOW, [keys["R1"], keys["R2"], 9999])
    assert {row.code: row.status for row in found} == {"R1": "planned", "R2": "cancelled"}


def test_without_a_draft_nothing_is_planned(company: Store) -> None:
    with company.session(write=True) as session:
        session.scalars(select(Plan)).one().status = "discarded"
        session.commit()
    assert {row.status for row in opened(company).values()} == {"ready"}
