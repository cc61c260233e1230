"""A firm of one's own making for tests of planning: every record with plain values, any of them given otherwise.

One client, homes and factories around one town; the week from Monday 30 November 2026 has no holiday.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlalchemy.orm import Session

from desktop.clock import FixedClock
from desktop.models import (
    Assignment,
    CalendarDay,
    Client,
    Factory,
    Inspector,
    InspectorCertificate,
    InspectorSkill,
    Order,
    Permit,
    Pin,
    PinInspector,
    Plan,
    ProgressReport,
    Request,
    Visit,
)
from desktop.models.halfday import morning
from desktop.services.bus import Desk
from desktop.services.commands import AdoptPlan
from desktop.services.planning import BuiltProblem, build_problem
from desktop.services.settings import PlanSettings
from desktop.store.engine import Store
from scheduler.evaluate import evaluate
from scheduler.plan import Assignment as Given
from scheduler.plan import Plan as Solved
from scheduler.plan import Reason, Unassigned
from scheduler.problem import Mode, Problem

Row = TypeVar("Row")
NOW = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
MONDAY = dt.date(2026, 11, 30)
TOWN = (22.50, 113.30)
NEAR = (22.55, 113.35)  # 10 km by road: half an hour
FAR = (25.50, 113.30)  # 434 km by road: four and a half hours by rail, a travel day
BEYOND = (-22.0, 113.30)  # no travel day reaches it
WEEK = PlanSettings(first_day=MONDAY)


def day(number: int) -> dt.date:
    """A day of the week planned: 0 is its Monday."""
    return MONDAY + dt.timedelta(days=number)


def slot(number: int, *, afternoon: bool = False) -> int:
    """The absolute slot of a day of the week planned."""
    return morning(day(number)) + afternoon


class Firm:
    """A firm being written into a session."""

    def __init__(self, session: Session) -> None:
        self.session = session
        known = session.query(Client).first()
        self.client = known or self._added(Client(code="C1", name="Meadow Trading"))

    def inspector(
        self,
        code: str,
        *,
        at: tuple[float, float] = TOWN,
        permits: Mapping[str, dt.date | None] | None = None,
        skills: Mapping[str, int] | None = None,
        certificates: Mapping[str, dt.date] | None = None,
        **values: object,
    ) -> Inspector:
        plain: dict[str, object] = {
            "name": f"Inspector {code}",
            "country": "CN",
            "services": ("DUPRO", "PSI", "PPI", "LOADING"),
            "languages": ("zh",),
            "day_costs_cents": (5000, 5200, 5400, 5600, 5800),
            "night_cost_cents": 3800,
            "travel_day_cost_cents": 1500,
        }
        record = Inspector(code=code, lat=at[0], lon=at[1], **(plain | values))
        record.skills = [InspectorSkill(skill=s, level=n) for s, n in (skills or {"garment": 3}).items()]
        record.permits = [
            Permit(area=a, valid_until=u) for a, u in ({"广东省": None} if permits is None else permits).items()
        ]
        record.certificates = [
            InspectorCertificate(certificate=c, valid_until=u) for c, u in (certificates or {}).items()
        ]
        return self._added(record)

    def factory(self, code: str, *, at: tuple[float, float] | None = NEAR, **values: object) -> Factory:
        plain: dict[str, object] = {
            "name": f"Factory {code}",
            "area": "广东省",
            "country": "CN",
            "time_zone": "Asia/Shanghai",
            "lat": None if at is None else at[0],
            "lon": None if at is None else at[1],
            "precision": "none" if at is None else "town",
        }
        return self._added(Factory(code=code, **(plain | values)))

    def order(
        self, code: str, factory: Factory, reports: Sequence[tuple[dt.date, float]] = (), **values: object
    ) -> Order:
        plain: dict[str, object] = {"quantity": 1000, "product": "jackets"}
        record = Order(code=code, client_id=self.client.id, factory_id=factory.id, **(plain | values))
        record.progress = [ProgressReport(reported_on=on, percent_made=made) for on, made in reports]
        return self._added(record)

    def request(self, code: str, factory: Factory, **values: object) -> Request:
        plain: dict[str, object] = {
            "service": "DUPRO",
            "skill": "garment",
            "level": 2,
            "modes": (Mode(1, 2),),
            "earliest": MONDAY,
            "latest": day(4),
            "due": day(4),
            "price_cents": 28000,
            "requested_at": NOW,
            "status": "ready",
        }
        columns = plain | values
        columns.setdefault("complete_at", columns["requested_at"])
        return self._added(Request(code=code, client_id=self.client.id, factory_id=factory.id, **columns))

    def pin(self, request: Request, people: Sequence[Inspector] = (), **values: object) -> Pin:
        record = Pin(request_id=request.id, inspectors=[PinInspector(inspector_id=p.id) for p in people], **values)
        return self._added(record)

    def holiday(self, date: dt.date, kind: str = "holiday", country: str = "CN") -> CalendarDay:
        return self._added(CalendarDay(country=country, date=date, kind=kind, name="Rest"))

    def visit(
        self, request: Request, people: Sequence[Inspector], first_slot: int, *, code: str = "P0", **values: object
    ) -> Visit:
        """A visit of a plan, made where there is none; published unless said otherwise."""
        plan = self.session.query(Plan).filter_by(code=code).one_or_none()
        if plan is None:
            plan = Plan(
                code=code, status="published", first_day=day(-7), days=7, settings=WEEK.to_json(), created_at=NOW
            )
            self._added(plan)
        last = first_slot + request.modes[0].half_days - 1
        plain: dict[str, object] = {"status": "planned", "published": True}
        record = Visit(
            plan_id=plan.id, request_id=request.id, mode=0, first_slot=first_slot, last_slot=last, **(plain | values)
        )
        record.assignments = [
            Assignment(
                plan_id=plan.id, inspector_id=p.id, first_slot=first_slot, last_slot=last, published=record.published
            )
            for p in people
        ]
        return self._added(record)

    def _added(self, record: Row) -> Row:
        self.session.add(record)
        self.session.flush()
        return record


def built(
    session: Session,
    settings: PlanSettings = WEEK,
    *,
    plan: Plan | None = None,
    keep: Sequence[str] = (),
) -> BuiltProblem:
    """The problem of the week as the records have it now."""
    session.flush()
    return build_problem(session, settings, plan=plan, keep=keep)


def solved(problem: Problem, *assignments: Given, bound: int | None = None) -> Solved:
    """A plan with these assignments, everything else left out, priced."""
    served = {entry.request for entry in assignments}
    left = tuple(
        Unassigned(request.id, (Reason("test", "nobody asked for it"),))
        for request in problem.requests
        if request.id not in served
    )
    return Solved(assignments, left, "feasible", evaluate(problem, assignments).cost, bound, 1.0, 0)


def desk_of(store: Store, actor: str = "lan") -> Desk:
    return Desk(store, FixedClock(NOW), actor)


def adopted(store: Store, *assignments: Given, bound: int | None = None, settings: PlanSettings = WEEK) -> str:
    """The code of a new draft with these assignments."""
    with store.session() as session:
        problem = build_problem(session, settings)
    plan = solved(problem.problem, *assignments, bound=bound)
    desk_of(store).handle(AdoptPlan(plan, settings.to_json(), problem.digest))
    with store.session() as session:
        return session.query(Plan).order_by(Plan.id.desc()).first().code  # type: ignore[union-attr]
