"""What a study is made of: a plan on record with its problem, and what the records say besides. Read in one go."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from desktop.errors import BadInputError, NotFoundError, RefusedError
from desktop.models import Request
from desktop.services.planning.bookings import Bookings
from desktop.services.planning.open_plan import OpenPlan, open_plan
from desktop.services.planning.problems import Stamp, stamp_of
from desktop.services.planning.reading import Source, reading
from desktop.services.reports.places import areas_of
from desktop.services.trade.clock import Booked, on_site_clock
from desktop.services.words import count
from desktop.services.worth.keeping import plan_to_study
from desktop.services.worth.sums import Found
from scheduler.evaluate import evaluate
from scheduler.plan import Assignment, Plan
from scheduler.problem import Problem
from scheduler.validate import check_problem


@dataclass(frozen=True)
class Subject:
    """A plan and its problem, as the records have them at one moment.

    Attributes:
        code: of the plan.
        digest: names the problem as it is on record.
        stamp: the state of the database.
        problem: without faults; where pins cannot be kept they are free in it, `freed` names their requests.
        plan: the plan as a beginning for the solver, its cost on that problem, its bound where one is proven.
        broken: how many rules it breaks on that problem; such a plan may cost less than any that may be planned.
        target_hours: the promise that holds.
        due: the days due with other promises, by hours and request.
        client, price: of each request, by code; cents.
        names: of people by code.
        homes: the regions in which people live, by code.
        areas: the regions of factories, by code.
        off: half-days that people have off because of a holiday, by code.
    """

    code: str
    digest: str
    stamp: Stamp
    problem: Problem
    plan: Plan
    broken: int
    freed: tuple[str, ...]
    target_hours: int
    due: Mapping[int, Mapping[str, dt.date]]
    client: Mapping[str, str]
    price: Mapping[str, int]
    names: Mapping[str, str]
    homes: Mapping[str, str]
    areas: Mapping[str, str]
    off: Mapping[str, frozenset[int]]

    @property
    def cost(self) -> int:
        """Of the plan, in cents."""
        return self.plan.cost.total

    def with_bound(self, found: Found) -> Found:
        """What was found for the problem as it is, with the better of its bound and that of the plan on record."""
        bounds = [bound for bound in (found.bound, self.plan.bound) if bound is not None]
        return found._replace(bound=max(bounds, default=None))


def read_subject(source: Source, plan: str | None = None, hours: Collection[int] = ()) -> Subject:
    """Read a plan (by code; None: of the latest days, the published one, else the draft) for a study.

    Args:
        source: where to read.
        plan: its code.
        hours: promises that will be asked about.

    Raises:
        NotFoundError: there is no such plan, or none at all.
        BadInputError: its problem has faults.
        RefusedError: it has no request.
    """
    with reading(source) as session:
        code = plan or plan_to_study(session)
        if code is None:
            raise NotFoundError("There is no plan yet.", "Make one with `dupro-desk plan`, or on the board.")
        stamp = stamp_of(session)
        opened = open_plan(session, code)
        sheet = opened.sheet
        if not opened.problem.requests:
            raise RefusedError(f"Plan {code} has no requests: there is nothing to solve anew.", "Name another plan.")
        problem, freed = _freed(code, opened.problem)
        beginning, broken = _beginning(opened, problem)
        own = {request.id for request in problem.requests}
        rows = {name: row for name, row in sheet.rows.items() if name in own}
        people = sheet.building.roster.people
        homes = areas_of(np.array([one.lat for one in people]), np.array([one.lon for one in people]))
        return Subject(
            code=opened.code,
            digest=opened.digest,
            stamp=stamp,
            problem=problem,
            plan=beginning,
            broken=broken,
            freed=freed,
            target_hours=sheet.settings.target_hours,
            due={each: _due(problem, sheet.booked, rows, each) for each in sorted(set(hours))},
            client={name: sheet.bookings[name].client for name in rows},
            price={name: round(sheet.booked.price(row)) for name, row in rows.items()},
            names={one.code: one.name for one in people},
            homes={one.code: area for one, area in zip(people, homes, strict=True)},
            areas={site.id: site.area for site in problem.sites},
            off=_off(opened),
        )


def with_due(problem: Problem, due: Mapping[str, dt.date]) -> Problem:
    """The problem with other days due for some requests."""
    requests = tuple(
        dataclasses.replace(request, due=due[request.id]) if request.id in due else request
        for request in problem.requests
    )
    return dataclasses.replace(problem, requests=requests)


def _freed(code: str, problem: Problem) -> tuple[Problem, tuple[str, ...]]:
    """The problem without the pins that cannot be kept, which are those of visits that are history or contradictory."""
    faults = check_problem(problem)
    culprits = {fault.record.removeprefix("request ") for fault in faults if fault.field.startswith("pin")}
    if culprits:
        requests = tuple(
            dataclasses.replace(request, pin=None) if request.id in culprits else request
            for request in problem.requests
        )
        problem = dataclasses.replace(problem, requests=requests)
        faults = check_problem(problem)
    if faults:
        raise BadInputError(
            f"Plan {code} cannot be solved anew: the records have {count(len(faults), 'fault')}.",
            "Mend what is named, or study another plan.",
            [str(fault) for fault in faults],
        )
    return problem, tuple(sorted(culprits))


def _beginning(opened: OpenPlan, problem: Problem) -> tuple[Plan, int]:
    """The plan as it stands, and how many rules it breaks."""
    known = {request.id for request in problem.requests}
    assignments: tuple[Assignment, ...] = tuple(
        entry for entry in opened.standing.assignments if entry.request in known
    )
    judged = evaluate(problem, assignments)
    bound = opened.board.bound if problem is opened.problem else None  # freed of a pin a plan may cost less
    return Plan(assignments, (), "feasible", judged.cost, bound, 0.0, 0), len(judged.broken)


def _due(problem: Problem, booked: Bookings, rows: Mapping[str, Request], hours: int) -> Mapping[str, dt.date]:
    """The days due with another promise: each moves by as many days as its clock does."""
    found = {}
    for request in problem.requests:
        row = rows.get(request.id)
        window = None if row is None else booked.window(row)
        if row is None or row.complete_at is None or window is None or isinstance(window, str):
            continue
        counting, clock = booked.counting(row), Booked(row.complete_at, window.earliest)
        own, other = (
            counting.last_day(target)
            for each in (booked.target_hours, hours)
            if (target := on_site_clock(clock, counting, each).target) is not None
        )
        found[request.id] = max(request.due + (other - own), request.earliest)
    return found


def _off(opened: OpenPlan) -> Mapping[str, frozenset[int]]:
    """The half-days that people have off because of a holiday and could be asked for."""
    roster, horizon = opened.sheet.building.roster, opened.problem.horizon
    found: dict[str, frozenset[int]] = {}
    for person in roster.people:
        slots = frozenset(
            2 * day + half
            for day in range(horizon.days)
            if horizon.date(day).weekday() in person.weekdays
            for half, cell in enumerate(roster.cells(person, horizon.date(day)))
            if cell == "holiday"
        )
        if slots:
            found[person.code] = slots
    return found
