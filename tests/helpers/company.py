"""A small invented company with a draft, for tests of services: two countries, four factories, six people."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from desktop.clock import FixedClock
from desktop.models import Assignment, Inspector, Plan, Request, Unassigned, Visit, VisitResult
from desktop.models.halfday import morning
from desktop.services import commands
from desktop.services.bus import Desk
from desktop.services.settings import PlanSettings
from desktop.store.engine import Store
from scheduler.problem import Mode

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
MONDAY = dt.date(2026, 11, 30)
ONE_DAY = (Mode(1, 2),)
TWO_MAN_DAYS = (Mode(1, 4), Mode(2, 2))


def desk_of(store: Store, actor: str = "Lan") -> Desk:
    return Desk(store, FixedClock(NOW), actor)


def found_company(store: Store) -> None:
    """Clients C1 to C3, factories F1 to F4, orders O1 to O3, inspectors I1 to I6, requests R1 to R8, draft P1."""
    desk = desk_of(store, "Founder")
    desk.handle_all(
        [
            *(commands.AddClient(f"C{n}", f"Client {n}", country="DE") for n in (1, 2, 3)),
            *(factory(n) for n in (1, 2, 3, 4)),
            *(
                commands.AddOrder(
                    f"O{n}",
                    f"C{n}",
                    f"F{n}",
                    1000 * n,
                    product="jacket",
                    production_start=dt.date(2026, 11, 9),
                    daily_rate=100.0,
                )
                for n in (1, 2, 3)
            ),
            *(inspector(n) for n in range(1, 7)),
            *(request(n) for n in range(1, 9)),
        ],
        "Found the company",
    )
    with store.session(write=True) as session:
        # booked before anybody asked for a contact: their clocks run
        session.execute(update(Request).values(complete_at=Request.requested_at))
        add_draft(session, "P1")
        session.commit()


def factory(number: int) -> commands.AddFactory:
    is_vietnamese = number == 4
    return commands.AddFactory(
        code=f"F{number}",
        name=f"Factory {number}",
        area="Đồng Nai" if is_vietnamese else "广东省",
        country="VN" if is_vietnamese else "CN",
        lat=(10.95 if is_vietnamese else 22.5) + number / 100,
        lon=(106.8 if is_vietnamese else 113.4) + number / 100,
        precision="town",
        contact=f"Contact {number}",
        phone=f"+86 100 {number}",
        closed_weekdays=(6,),
    )


def inspector(number: int) -> commands.AddInspector:
    is_vietnamese = number == 6
    return commands.AddInspector(
        code=f"I{number}",
        name=f"Inspector {number}",
        lat=(10.9 if is_vietnamese else 22.5) + number / 50,
        lon=(106.7 if is_vietnamese else 113.3) + number / 50,
        country="VN" if is_vietnamese else "CN",
        services=("DUPRO", "PSI"),
        skills={"textile": 3, "garment": 1 + number % 5},
        languages=("en",),
        certificates={"gb-textile": dt.date(2027, 6, 30)} if number % 2 else {},
        permits={"Đồng Nai": None} if is_vietnamese else {"广东省": None},
        day_costs_cents=(4000, 4000, 4000, 4000, 6000),
        night_cost_cents=3500,
        travel_day_cost_cents=2000,
    )


def request(number: int) -> commands.AddRequest:
    at = 1 + (number - 1) % 4
    return commands.AddRequest(
        code=f"R{number}",
        client=f"C{min(at, 3)}",
        factory=f"F{at}",
        service="DUPRO" if number % 2 else "PSI",
        skill="textile",
        level=2,
        modes=ONE_DAY if number % 3 else TWO_MAN_DAYS,
        order=f"O{at}" if at <= 3 and number < 4 else None,
        earliest=MONDAY,
        latest=MONDAY + dt.timedelta(days=5),
        due=MONDAY + dt.timedelta(days=1),
        price_cents=28000,
    )


def add_draft(session: Session, code: str) -> Plan:
    """A draft of the week that keeps all rules.

    R1, R2, R3 and R5 are served by the inspectors of their numbers, R4 by I6; R6 is left out.
    """
    inspectors = {row.code: row.id for row in session.query(Inspector)}
    requests = {row.code: row for row in session.query(Request)}
    plan = Plan(
        code=code,
        first_day=MONDAY,
        days=7,
        settings=PlanSettings(first_day=MONDAY).to_json(),
        created_at=NOW,
        visits=[],
    )
    session.add(plan)
    session.flush()
    for number in range(1, 6):
        asked = requests[f"R{number}"]
        first = morning(MONDAY + dt.timedelta(days=number % 2))
        last = first + asked.modes[0].half_days - 1
        booked = Assignment(
            plan_id=plan.id,
            inspector_id=inspectors["I6" if number == 4 else f"I{number}"],
            first_slot=first,
            last_slot=last,
        )
        visit = Visit(request_id=asked.id, mode=0, first_slot=first, last_slot=last, assignments=[booked])
        plan.visits.append(visit)
    plan.unassigned.append(Unassigned(request_id=requests["R6"].id, reasons=[{"code": "late", "text": "no room"}]))
    session.flush()
    return plan


def visited(store: Store, code: str, outcome: str, arrived_at: dt.datetime | None = None) -> None:
    """The draft's visit of a request has been made."""
    with store.session(write=True) as session:
        key = session.scalars(select(Request.id).where(Request.code == code)).one()
        visit = session.scalars(select(Visit).where(Visit.request_id == key)).one()
        crew = [assignment.inspector_id for assignment in visit.assignments]
        visit.assignments.clear()
        session.flush()
        visit.published, visit.status = True, "done"
        session.flush()
        slots = {"plan_id": visit.plan_id, "first_slot": visit.first_slot, "last_slot": visit.last_slot}
        visit.assignments.extend(Assignment(inspector_id=person, published=True, **slots) for person in crew)
        session.add(VisitResult(visit_id=visit.id, outcome=outcome, decided_at=NOW, arrived_at=arrived_at))
        session.commit()
