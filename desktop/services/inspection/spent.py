"""What a visit cost: what it adds to the weeks of its people, by the rules that plans are priced by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from desktop.models import Assignment, Factory, Inspector, Plan, Request, Visit
from desktop.models.halfday import morning
from desktop.services.planning.costing import settings_of_plan
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.working_days import WorkingDays
from scheduler import problem as given
from scheduler.instance import Instance
from scheduler.plan import Assignment as Given
from scheduler.plan import CostParts
from scheduler.problem import Horizon, Mode, Problem
from scheduler.standing import Standing


@dataclass(frozen=True, slots=True)
class Spent:
    """What a visit cost, in cents, and how many nights its people were away for it."""

    work: int
    premium: int
    travel: int
    nights: int
    night: int


NOTHING = Spent(0, 0, 0, 0, 0)


def spent_on(session: Session, visit: Visit) -> Spent:
    """What the people of a visit cost for it: their published visits of the plan's days up to it, less those before.

    The plan's days begin with the Monday of its first one: what was worked before in that week makes a day dearer.
    So the visits of a person add up to what all of them cost together, a longer way is borne by the visit that it is
    made for, and what comes later changes nothing of what is on record. Everybody begins the days at home. Nothing
    where the factory has no place.
    """
    plan = session.get_one(Plan, visit.plan_id)
    weekday = plan.first_day.weekday()
    horizon = Horizon(plan.first_day - dt.timedelta(days=weekday), plan.days + weekday)
    crew = [entry.inspector_id for entry in visit.assignments]
    visits = _visits(session, horizon, crew)
    factories = _factories(session, visits)
    sites = {site.id: site for site in factories.sites(factories.by_id, horizon)}
    placed = [one for one in visits if factories.by_id[one.request.factory_id].code in sites]
    if all(one.visit.id != visit.id for one in placed):
        return NOTHING
    people = session.scalars(select(Inspector).where(Inspector.id.in_(crew)).order_by(Inspector.code)).all()
    settings = settings_of_plan(plan)
    problem = Problem(
        horizon=horizon,
        travel=settings.travel,
        limits=settings.limits,
        rotation=settings.rotation,
        sites=tuple(sites.values()),
        inspectors=_inspectors(session, people, horizon),
        requests=tuple(_request(one, factories.by_id[one.request.factory_id].code, horizon) for one in placed),
    )
    instance, found = Instance(problem), NOTHING
    for person in people:
        own = [one for one in placed if person.id in one.crew]
        until = next(n for n, one in enumerate(own) if one.visit.id == visit.id)
        before, after = (_cost(instance, person.code, own[:number], horizon) for number in (until, until + 1))
        found = _with(found, after - before, person.night_cost_cents)
    return found


@dataclass(frozen=True, slots=True)
class _Made:
    visit: Visit
    request: Request
    crew: frozenset[int]


def _visits(session: Session, horizon: Horizon, crew: Sequence[int]) -> list[_Made]:
    """The published visits of some people that lie in some days, in order of time."""
    begin, end = morning(horizon.start), morning(horizon.end) + 1
    rows = session.execute(
        select(Visit, Request)
        .join(Request, Request.id == Visit.request_id)
        .where(Visit.published, Visit.status != "cancelled", Visit.first_slot >= begin, Visit.last_slot <= end)
        .where(Visit.id.in_(select(Assignment.visit_id).where(Assignment.inspector_id.in_(crew))))
        .order_by(Visit.first_slot, Visit.id)
        .options(selectinload(Visit.assignments))
    )
    return [
        _Made(visit, request, frozenset(entry.inspector_id for entry in visit.assignments)) for visit, request in rows
    ]


def _factories(session: Session, visits: Sequence[_Made]) -> Factories:
    wanted = {one.request.factory_id for one in visits}
    return Factories(session, Daybook(session), select(Factory.id).where(Factory.id.in_(wanted)))


def _inspectors(session: Session, people: Sequence[Inspector], horizon: Horizon) -> tuple[given.Inspector, ...]:
    """People as a problem knows them, as far as their costs go: what they were asked for has been done."""
    days = WorkingDays(session, Daybook(session), horizon.start, horizon.end, [person.id for person in people])
    return tuple(
        given.Inspector(
            id=person.code,
            lat=person.lat,
            lon=person.lon,
            country=person.country,
            works_in={},
            services=(),
            skills={},
            languages=(),
            certificates={},
            available=(True,) * (2 * horizon.days),
            may_travel=(True,) * (horizon.days + 2),
            day_costs=person.day_costs_cents,
            day_premiums=tuple(days.day(person, horizon.date(n)).premium for n in range(horizon.days)),
            night_cost=person.night_cost_cents,
            travel_day_cost=person.travel_day_cost_cents,
            max_consecutive_days=person.max_consecutive_days,
        )
        for person in people
    )


def _request(made: _Made, site: str, horizon: Horizon) -> given.Request:
    """A visit's request in the one mode in which it was made."""
    half_days = made.visit.last_slot - made.visit.first_slot + 1
    return given.Request(
        id=made.request.code,
        site=site,
        service=made.request.service,
        skill=made.request.skill,
        level=made.request.level,
        modes=(Mode(len(made.crew), half_days),),
        earliest=horizon.start,
        latest=horizon.end,
        due=horizon.end,
        late_cost=0,
        unserved_cost=0,
    )


def _cost(instance: Instance, person: str, visits: Sequence[_Made], horizon: Horizon) -> CostParts:
    """What some visits of a person cost together."""
    begin = morning(horizon.start)
    entries = (Given(one.request.code, 0, one.visit.first_slot - begin, (person,)) for one in visits)
    return Standing.of(instance, entries).of_person(instance.inspector_number[person]).cost


def _with(found: Spent, more: CostParts, night_cost: int) -> Spent:
    nights = round(more.nights / night_cost) if night_cost else 0
    return Spent(
        found.work + more.work,
        found.premium + more.premium,
        found.travel + more.travel,
        found.nights + nights,
        found.night + more.nights,
    )
