"""What serving a request would cost the house: its cheapest feasible slot, found by the planner's own ranking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Inspector, Plan, Request
from desktop.services.lookup import plan_by_code, request_by_code
from desktop.services.planning.bookings import Bookings, zone_of
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.open_plan import open_plan
from desktop.services.planning.opened import OpenPlan
from desktop.services.planning.opening import read_plan, read_week
from desktop.services.planning.week import settings_for
from desktop.services.trade.production import Window
from desktop.store.engine import Store
from scheduler.instance import Visit
from scheduler.problem import Horizon
from scheduler.rank import Ranking

DAY = dt.timedelta(days=1)
LONGEST = 28  # days that are planned at once


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a request and what it costs the house, in US cents.

    Attributes:
        people: names of the crew.
        first_day, last_day: of the visit.
        half_days: on each day, in order: how many half-days of the visit fall on it.
        crew: how many go.
        work_cents: salaries and premiums beyond what is paid anyway. The plan's penalties are no money and not in it.
        is_planned: the request has just this place in the plan.
        plan: in which the place was sought; "" where these days have no plan, and only what is announced stands.
    """

    people: tuple[str, ...]
    first_day: dt.date
    last_day: dt.date
    half_days: tuple[tuple[dt.date, int], ...]
    crew: int
    work_cents: int
    travel_cents: int
    night_cents: int
    is_planned: bool
    plan: str

    @property
    def cost_cents(self) -> int:
        """All of it."""
        return self.work_cents + self.travel_cents + self.night_cents


@dataclass(frozen=True, slots=True)
class Search:
    """What the cheapest place of a request is sought in. It was read whole: any thread may seek in it.

    Attributes:
        request: its code.
        earliest: the first day on which it can still begin: a draft also has days that are over.
        opened: the draft in hand, or the days of the request's window beside what is announced.
        names: of everybody, by code.
    """

    request: str
    earliest: dt.date
    opened: OpenPlan
    names: Mapping[str, str]

    @property
    def is_beside(self) -> bool:
        """Whether no draft is in it: there is nowhere else to seek."""
        return not self.opened.code


def cheapest_slot(store: Store, now: dt.datetime, code: str) -> Slot | str:
    """The cheapest place of a request in the draft in hand, or beside what is announced where no draft has its window.

    Takes as long as opening the plan: seconds where it has thousands of requests. A window reads by `read_search` and
    seeks by `search_slot`, so that its database need not wait for the second.

    Returns:
        The slot, or why there is none, in a sentence without a stop.

    Raises:
        NotFoundError: there is no such request.
    """
    search = read_search(store, now, code)
    found = search if isinstance(search, str) else search_slot(search)
    if isinstance(search, str) or search.is_beside or isinstance(found, Slot):
        return found
    beside = read_search(store, now, code, beside=True)
    return beside if isinstance(beside, str) else search_slot(beside)


def read_search(store: Store, now: dt.datetime, code: str, *, beside: bool = False) -> Search | str:
    """Read what the cheapest place of a request is to be sought in; `beside`: beside what is announced at any rate.

    Returns:
        It, or why there can be no place, in a sentence without a stop.

    Raises:
        NotFoundError: there is no such request.
    """
    with store.session() as session:
        request = request_by_code(session, code)
        if request.status in ("done", "cancelled"):
            return f"{code} is {request.status}"
        window = _window(session, request, now)
        if isinstance(window, str):
            return window
        plan = None if beside else _plan_for(session, window)
        names: dict[str, str] = {row.code: row.name for row in session.execute(select(Inspector.code, Inspector.name))}
    if plan is not None:
        return Search(code, window.earliest, _opened(store, plan, code), names)
    days = min(LONGEST, (window.latest - window.earliest).days + 1)
    with store.session() as session:
        week = read_week(session, settings_for(session, window.earliest, days=days), (code,))
    return Search(code, window.earliest, week, names)


def search_slot(search: Search, between: Callable[[], object] = lambda: None) -> Slot | str:
    """The cheapest place in what was read, or why there is none, in a sentence without a stop.

    Args:
        search: where to seek.
        between: called between two steps; what it raises ends the search.
    """
    code, standing = search.request, search.opened.standing
    if code not in standing.instance.request_number:
        return "nobody can ever serve it"
    between()
    ranking = Ranking(standing)
    between()
    first_slot = 2 * max(0, search.opened.problem.horizon.day(search.earliest))
    left = (candidate for candidate in ranking.each_direct(code) if candidate.to.start_slot >= first_slot)
    found = list(islice(left, 1))
    between()
    present = standing.placed.get(code)
    if present is not None and present.start_slot >= first_slot:
        found.append(ranking.candidate(present, (), ranking.saved(code)))
    if not found:
        return "nobody is free for it in its window"
    best = min(found, key=lambda candidate: candidate.added.total)
    added = best.added
    visit = standing.instance.visit(standing.instance.request_number[code], best.to.mode, best.to.start_slot)
    days = _days(search.opened.problem.horizon, visit)
    return Slot(
        people=tuple(search.names.get(person, person) for person in best.to.inspectors),
        first_day=days[0][0],
        last_day=days[-1][0],
        half_days=days,
        crew=len(best.to.inspectors),
        work_cents=added.work + added.premium,
        travel_cents=added.travel,
        night_cents=added.nights,
        is_planned=best.to == present,
        plan=search.opened.code,
    )


def _opened(store: Store, plan: str, code: str) -> OpenPlan:
    """A draft with a request in its problem, also where that is still in the inbox and no plan asks for it."""
    found = open_plan(store, plan)
    if found.knows(code):
        return found
    with store.session() as session:
        return read_plan(session, plan_by_code(session, plan), (code,))


def _window(session: Session, request: Request, now: dt.datetime) -> Window | str:
    """The days that are left for a request."""
    wanted = select(Request.id).where(Request.id == request.id)
    factories = Factories(session, Daybook(session), select(Request.factory_id).where(Request.id == request.id))
    bookings = Bookings(session, settings_for(session, now.date()), Horizon(now.date(), 1), factories, wanted)
    window = bookings.window(request)
    if isinstance(window, str):
        return window
    if factories.by_id[request.factory_id].lat is None:
        return "its factory is not placed yet"
    today = now.astimezone(zone_of(factories.by_id[request.factory_id].time_zone)).date()
    if window.latest < today:
        return "its window is over"
    return Window(max(window.earliest, today), window.latest)


def _plan_for(session: Session, window: Window) -> str | None:
    """The code of the draft in hand, where it reaches into a window."""
    plan = session.scalars(select(Plan).where(Plan.status == "draft").order_by(Plan.id.desc()).limit(1)).first()
    if plan is None or plan.first_day > window.latest or Horizon(plan.first_day, plan.days).end < window.earliest:
        return None
    return plan.code


def _days(horizon: Horizon, visit: Visit) -> tuple[tuple[dt.date, int], ...]:
    found: dict[dt.date, int] = {}
    for slot in range(visit.first, visit.last + 1):
        day = horizon.date(slot // 2)
        found[day] = found.get(day, 0) + 1
    return tuple(found.items())
