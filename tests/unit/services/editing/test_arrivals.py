"""Arrivals on site: what they say of the promise, what they refuse, and that they can be undone."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from desktop.clock import FixedClock
from desktop.errors import BadInputError, RefusedError
from desktop.models import Request, Visit, VisitResult
from desktop.services.attainment import attainment_record
from desktop.services.bus import Desk
from desktop.services.commands import EditRecord, PublishPlan, RecordArrival
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, desk_of

LATER = dt.datetime(2026, 12, 7, 2, 0, tzinfo=dt.UTC)
WEEK = (MONDAY, MONDAY + dt.timedelta(days=6))


@pytest.fixture
def desk(company: Store) -> Desk:
    """A week after the plan was announced; R1 is due on Tuesday, R3 runs by its clock from Monday's midnight."""
    first = desk_of(company)
    first.handle(EditRecord("request", "R3", {"due": None}))
    first.handle(PublishPlan("P1"))
    return Desk(company, FixedClock(LATER), "Lan")


def standing(store: Store, code: str) -> tuple[str, dt.datetime | None, str | None]:
    """How far the visit of a request is, when somebody came, and what came of it."""
    with store.session() as session:
        visit = session.scalars(
            select(Visit).join(Request, Request.id == Visit.request_id).where(Request.code == code)
        ).one()
        result = session.scalars(select(VisitResult).where(VisitResult.visit_id == visit.id)).one_or_none()
        return visit.status, *((None, None) if result is None else (result.arrived_at, result.outcome))


def test_an_arrival_is_kept_counted_and_undone(company: Store, desk: Desk) -> None:
    outcome = desk.handle(RecordArrival("R1", dt.datetime(2026, 12, 1, 9, 10)))  # noqa: DTZ001 -- by the factory's clocks
    assert outcome.label == "Record arrival for R1, Tue 1 Dec 2026 09:10"
    assert outcome.messages == ("On site 14 h before the target.",)
    assert standing(company, "R1") == ("started", dt.datetime(2026, 12, 1, 1, 10, tzinfo=dt.UTC), "pending")
    assert attainment_record(company, *WEEK).total.in_target == 1

    again = desk.handle(RecordArrival("R1", dt.datetime(2026, 12, 2, 0, 30, tzinfo=dt.UTC)))
    assert again.messages == (
        "On site 8 h after the target, within the limit.",
        "Tue 1 Dec 2026 09:10 was on record before.",
    )
    desk.undo()
    desk.undo()
    assert standing(company, "R1") == ("planned", None, None)
    assert attainment_record(company, *WEEK).total.visits == 0


def test_later_changes_do_not_rewrite_what_was_promised(company: Store, desk: Desk) -> None:
    wednesday = dt.datetime(2026, 12, 2, 7, 30, tzinfo=dt.UTC)
    desk.handle(RecordArrival("R3", wednesday))
    before = attainment_record(company, *WEEK)
    assert (before.total.in_target, before.total.in_limit) == (0, 1)

    desk.handle(EditRecord("request", "R3", {"due": MONDAY + dt.timedelta(days=5)}))
    desk.handle(EditRecord("client", "C3", {"clock_in_working_hours": True}))
    assert attainment_record(company, *WEEK) == before
    again = desk.handle(RecordArrival("R3", wednesday + dt.timedelta(hours=1)))
    assert again.messages[0] == "On site 16 h after the target, within the limit."


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-12-01T23:20", "On site 40 min before the target."),
        ("2026-12-02T23:30", "On site 23 h after the target, within the limit."),
        ("2026-12-03T00:30", "On site 30 min after the limit."),
    ],
)
def test_what_is_said_of_the_promise(desk: Desk, at: str, said: str) -> None:
    """48 hours from the Monday on which the window opens, 72 at the very latest."""
    assert desk.handle(RecordArrival("R3", dt.datetime.fromisoformat(at))).messages == (said,)


def test_what_cannot_be_an_arrival(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="R6 has no visit that is announced"):
        desk.handle(RecordArrival("R6"))
    with pytest.raises(BadInputError, match="it is Mon 7 Dec 2026 10:00 at the factory now"):
        desk.handle(RecordArrival("R1", LATER + dt.timedelta(minutes=1)))
    with pytest.raises(BadInputError, match="before the booking, Mon 23 Nov 2026 10:00"):
        desk.handle(RecordArrival("R1", LATER - dt.timedelta(days=15)))
