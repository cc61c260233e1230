"""Single changes for one inspector: what keeps him from a visit lifted, for him and that visit."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from scheduler.explain.loosening import Looser
from scheduler.instance import Instance, Visit
from scheduler.problem import Inspector
from scheduler.rules.catalogue import Broken
from scheduler.rules.visits import slot_name
from scheduler.travel import Limit

DAYS_OF_WEEK = 7
LIMITS: tuple[Limit, ...] = ("midday", "morning", "evening", "relocate", "free_day")
LEGS: Mapping[Limit, str] = {
    "midday": "leg within the day",
    "morning": "leg from home in the morning",
    "evening": "leg home in the evening",
    "relocate": "leg from site to site",
    "free_day": "leg on a travel day",
}


class Case(NamedTuple):
    """An inspector whom one thing keeps from a visit.

    Attributes:
        instance: the problem.
        person, visit: who, and from what.
        week: what else he does, in order of time.
        broken: what keeps him, all in the same way.
    """

    instance: Instance
    person: int
    visit: Visit
    week: Sequence[Visit]
    broken: Sequence[Broken]

    @property
    def inspector(self) -> Inspector:
        """The inspector."""
        return self.instance.inspectors[self.person]

    def with_inspector(self, kind: str, text: str, by: tuple[int, str] | None, **fields: object) -> Looser:
        """The problem with some of the inspector's fields otherwise."""
        other = dataclasses.replace(self.inspector, **fields)  # type: ignore[arg-type]
        amount, unit = by or (None, None)
        return Looser(kind, self.inspector.id, text, amount, unit, self.instance.with_inspector(self.person, other))


def lifted(case: Case) -> Iterator[Looser]:
    """The changes that might lift what keeps an inspector from a visit; none where that cannot be waived."""
    make = _WAYS.get(case.broken[0].code)
    if make is not None:
        yield from make(case)


def _permit(case: Case) -> Iterator[Looser]:
    site = case.instance.sites[case.instance.site_of[case.visit.request]]
    text = f"a permit for {site.area} for {case.inspector.id}"
    by = None if case.broken[0].amount is None else (case.broken[0].amount, "days")
    yield case.with_inspector("permit", text, by, works_in={**case.inspector.works_in, site.area: None})


def _service(case: Case) -> Iterator[Looser]:
    service = case.instance.requests[case.visit.request].service
    text = f"{case.inspector.id} doing {service}"
    yield case.with_inspector("service", text, None, services=(*case.inspector.services, service))


def _skill(case: Case) -> Iterator[Looser]:
    request = case.instance.requests[case.visit.request]
    text = f"{case.inspector.id} at level {request.level} of {request.skill}"
    skills = {**case.inspector.skills, request.skill: request.level}
    yield case.with_inspector("training", text, (case.broken[0].amount or 0, "levels"), skills=skills)


def _language(case: Case) -> Iterator[Looser]:
    own = case.inspector.languages
    missing = [name for name in case.instance.requests[case.visit.request].languages if name not in own]
    text = f"{case.inspector.id} speaking {', '.join(missing)}"
    yield case.with_inspector("speaking", text, (len(missing), "languages"), languages=(*own, *missing))


def _certificate(case: Case) -> Iterator[Looser]:
    day = case.instance.date(case.visit.last // 2)
    held = case.inspector.certificates
    wanted = case.instance.requests[case.visit.request].certificates
    lacking = [name for name in wanted if name not in held or held[name] < day]
    text = f"{case.inspector.id} holding {', '.join(lacking)} until {day}"
    by = None if case.broken[0].amount is None else (case.broken[0].amount, "days")
    yield case.with_inspector("certified", text, by, certificates={**held, **dict.fromkeys(lacking, day)})


def _absent(case: Case) -> Iterator[Looser]:
    slots = range(case.visit.first, case.visit.last + 1)
    available = tuple(is_free or slot in slots for slot, is_free in enumerate(case.inspector.available))
    away = [slot for slot in slots if not case.inspector.available[slot]]
    text = f"{case.inspector.id} available on {_span(case.instance, away[0], away[-1])}"
    yield case.with_inspector("available", text, (len(away), "half-days"), available=available)


def _span(instance: Instance, first: int, last: int) -> str:
    """Half-days as a planner reads them: whole days by their dates."""
    if first % 2 or not last % 2:
        return " to ".join(dict.fromkeys((slot_name(instance, first), slot_name(instance, last))))
    return " to ".join(dict.fromkeys((str(instance.date(first // 2)), str(instance.date(last // 2)))))


def _rotation(case: Case) -> Iterator[Looser]:
    site = case.instance.sites[case.instance.site_of[case.visit.request]].id
    over = case.broken[0].amount or 0
    text = f"rotation waived: {case.inspector.id} at {site} {over} time{'s' * (over > 1)} more than allowed"
    instance = case.instance.with_waiver(case.visit.request, "rotation")
    yield Looser("rotation", case.inspector.id, text, over, "visits", instance)


def _week(case: Case) -> Iterator[Looser]:
    """A longer week; the days added cost what the last one does."""
    costs = case.inspector.day_costs
    over = max(entry.amount or 0 for entry in case.broken)
    if costs and len(costs) + over <= DAYS_OF_WEEK:
        text = f"{len(costs) + over} days a week for {case.inspector.id}, at the price of the last"
        yield case.with_inspector("week", text, (over, "days"), day_costs=(*costs, *costs[-1:] * over))


def _run(case: Case) -> Iterator[Looser]:
    over = max(entry.amount or 0 for entry in case.broken)
    most = case.inspector.max_consecutive_days + over
    text = f"{most} days in a row for {case.inspector.id}"
    yield case.with_inspector("run", text, (over, "days"), max_consecutive_days=most)


def _travel(case: Case) -> Iterator[Looser]:
    """One limit longer, or travel allowed on one day more."""
    limits = case.instance.problem.limits
    minutes = sorted({leg.minutes for pair in _ways(case) if (leg := case.instance.legs.quickest(*pair)) is not None})
    for name in LIMITS:
        allowed = getattr(limits, name)
        for needed in minutes:
            if allowed < needed and (name == "free_day" or needed <= limits.free_day):
                text = f"a {LEGS[name]} of {needed} minutes for {case.inspector.id}, {allowed} allowed"
                instance = case.instance.with_limits(dataclasses.replace(limits, **{name: needed}))
                yield Looser(f"limit {name}", case.inspector.id, text, needed - allowed, "minutes", instance)
    may = case.inspector.may_travel
    for day in _days_around(case):
        if not may[day + 1]:
            text = f"{case.inspector.id} travelling on {case.instance.date(day)}"
            allowed_days = (*may[: day + 1], True, *may[day + 2 :])
            yield case.with_inspector("travel_day", text, (1, "days"), may_travel=allowed_days)


def _ways(case: Case) -> Iterator[tuple[int, int]]:
    """The legs of which one might be too long."""
    instance = case.instance
    site = instance.site_of[case.visit.request]
    places = [instance.home[case.person], *_neighbours(case)]
    for number, place in enumerate(places):
        for other in (site, *places[:number]):
            yield place, other


def _neighbours(case: Case) -> list[int]:
    """Where he is before the visit, and after it, where that is not at home."""
    instance = case.instance
    before = [instance.site_of[own.request] for own in case.week if own.first < case.visit.first]
    after = [instance.site_of[own.request] for own in case.week if own.first > case.visit.first]
    start = instance.start_place[case.person]
    here = before[-1:] or ([] if start is None else [start])
    return [*here, *after[:1]]


def _days_around(case: Case) -> range:
    """The days between the visits before and after, which might be travel days; a week at most on either side."""
    first, last = case.visit.first // 2, case.visit.last // 2
    before = [own.last // 2 for own in case.week if own.first < case.visit.first]
    after = [own.first // 2 for own in case.week if own.first > case.visit.first]
    low = max([-1, first - DAYS_OF_WEEK, *before[-1:]])
    high = min([case.instance.days, last + DAYS_OF_WEEK, *after[:1]])
    return range(low, high + 1)


_WAYS: Mapping[str, Callable[[Case], Iterator[Looser]]] = {
    "area": _permit,
    "service": _service,
    "skill": _skill,
    "language": _language,
    "certificate": _certificate,
    "absent": _absent,
    "often": _rotation,
    "days": _week,
    "run": _run,
    "journey": _travel,
    "home": _travel,
}
