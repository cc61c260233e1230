"""A visit's life in order: from the booking over plans and the day to what followed, with who did it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update

from desktop.clock import FixedClock
from desktop.models import Plan, Request, Visit
from desktop.services.bus import Desk
from desktop.services.commands import (
    BookFollowUp,
    MoveVisit,
    OpenActions,
    PublishPlan,
    ReceiveReport,
    RecordArrival,
    RecordFinished,
    RecordResult,
    RecordTravelling,
    ReviewReport,
)
from desktop.services.commands.inspection import DefectEntry
from desktop.services.inspection.life import visit_life
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, desk_of
from tests.unit.services.inspection.conftest import LATER, at


def test_everything_is_told_in_order(company: Store) -> None:
    morning = 2 * (MONDAY.toordinal() + 2)
    desk_of(company, "Mai").handle(MoveVisit("P1", "R1", ("I2",), morning))
    desk_of(company, "Mai").handle(PublishPlan("P1"))
    desk = Desk(company, FixedClock(LATER), "Lan")
    desk.handle(RecordFinished("R1", at("2 16:40"), percent_made=43))
    desk.handle(RecordArrival("R1", at("2 09:10")))
    desk.handle(RecordTravelling("R1", at("2 07:10")))
    desk.handle(RecordResult("R1", (DefectEntry("major", 6, "seam"),)))
    desk.handle(ReceiveReport("R1", at("2 22:00")))
    Desk(company, FixedClock(LATER + dt.timedelta(hours=1)), "Minh").handle(ReviewReport("R1"))
    desk.handle(OpenActions("R1"))
    desk.handle(BookFollowUp("R1", "reinspection"))
    life = visit_life(company, "R1")
    assert [event.at for event in life] == sorted(event.at for event in life)
    assert [(event.kind, event.who) for event in life] == [
        ("booked", "Founder"),
        ("moved", "Mai"),
        ("announced", "Mai"),
        ("travelling", "Lan"),
        ("arrived", "Lan"),
        ("finished", "Lan"),
        ("report in", "Lan"),
        ("result", "Lan"),
        ("action", "Lan"),
        ("follow-up", "Lan"),
        ("reviewed", "Minh"),
    ]
    assert life[2].text == "announced for Wed 2 Dec 2026, I2"
    assert all(event.change_id is not None for event in life)


def test_where_there_is_no_history_the_plan_tells_when(announced: Store) -> None:
    with announced.session(write=True) as session:
        session.execute(update(Plan).values(published_at=LATER))
        request = session.scalars(select(Request).where(Request.code == "R8")).one()
        plan = session.scalars(select(Plan)).one()
        first = 2 * MONDAY.toordinal() + 8
        slots = {"first_slot": first, "last_slot": first + 1}
        session.add(Visit(plan_id=plan.id, request_id=request.id, mode=0, published=True, **slots))
        session.commit()
    assert [(event.kind, event.who) for event in visit_life(announced, "R8")] == [
        ("booked", "Founder"),
        ("planned", ""),
        ("announced", ""),
    ]
