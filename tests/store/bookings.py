"""People, requests and plans to book with, straight in the tables."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Assignment, Client, Factory, Inspector, Plan, Request, Visit
from desktop.models.halfday import morning
from desktop.store.engine import Store
from scheduler.problem import Mode

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
TUESDAY = morning(dt.date(2026, 12, 1))


def found(store: Store, *, inspectors: int = 3, requests: int = 8, plans: int = 2) -> None:
    """Inspectors I1.., requests R1.., plans P1..; their keys are their numbers."""
    with store.session(write=True) as session:
        session.add(Client(code="C1", name="Northlight"))
        session.add(
            Factory(code="F1", name="Brightwater Textile", area="广东省", country="CN", time_zone="Asia/Shanghai")
        )
        session.add_all(inspector(number) for number in range(1, inspectors + 1))
        session.flush()
        session.add_all(request(number) for number in range(1, requests + 1))
        session.add_all(plan(number) for number in range(1, plans + 1))
        session.commit()


def inspector(number: int) -> Inspector:
    return Inspector(
        id=number,
        code=f"I{number}",
        name=f"Inspector {number}",
        lat=22.5,
        lon=113.3,
        country="CN",
        services=("PSI",),
        languages=("zh",),
        day_costs_cents=(5000, 5200),
        night_cost_cents=3800,
        travel_day_cost_cents=1500,
    )


def request(number: int) -> Request:
    return Request(
        id=number,
        code=f"R{number}",
        client_id=1,
        factory_id=1,
        service="PSI",
        skill="textile",
        level=1,
        modes=(Mode(1, 2),),
        requested_at=NOW,
    )


def plan(number: int) -> Plan:
    return Plan(id=number, code=f"P{number}", first_day=dt.date(2026, 11, 30), days=7, settings={}, created_at=NOW)


def visit(
    plan_id: int, request_id: int, crew: tuple[int, ...], first: int, last: int, *, published: bool = False
) -> Visit:
    """A visit with its crew; `first` and `last` count from Tuesday morning."""
    where = {"first_slot": TUESDAY + first, "last_slot": TUESDAY + last, "published": published}
    crew_of_visit = [assignment(person, plan_id, first, last, published=published) for person in crew]
    return Visit(plan_id=plan_id, request_id=request_id, mode=0, assignments=crew_of_visit, **where)


def assignment(person: int, plan_id: int, first: int, last: int, *, published: bool = False) -> Assignment:
    """One of the crew of a visit in a plan."""
    return Assignment(
        plan_id=plan_id,
        inspector_id=person,
        first_slot=TUESDAY + first,
        last_slot=TUESDAY + last,
        published=published,
    )


def booked(session: Session) -> list[tuple[int, int, int, int, bool]]:
    """Every assignment as (plan, inspector, first, last, published), in order."""
    rows = session.execute(
        select(
            Assignment.plan_id,
            Assignment.inspector_id,
            Assignment.first_slot - TUESDAY,
            Assignment.last_slot - TUESDAY,
            Assignment.published,
        )
    )
    return sorted(rows)
