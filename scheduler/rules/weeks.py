"""Rules of one inspector's visits together. Visits are given in order of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from scheduler.instance import Instance, Visit
from scheduler.rules.catalogue import Broken
from scheduler.rules.visits import slot_name


def availability(instance: Instance, inspector: int, visits: Sequence[Visit]) -> Iterator[Broken]:
    """The inspector is available in every slot, unless waived, and in one visit at a time."""
    person = instance.inspectors[inspector]
    taken: set[int] = set()
    for visit in visits:
        request = instance.requests[visit.request].id
        slots = range(visit.first, visit.last + 1)
        if not taken.isdisjoint(slots):
            text = f"{person.id} is in another visit when {request} takes {slot_name(instance, visit.first)} on"
            shared = len(taken.intersection(slots))
            yield Broken("availability", "twice", text, request, person.id, shared, "half-days")
        taken.update(slots)
        if "availability" in instance.waived[visit.request]:
            continue
        away = [slot for slot in slots if 0 <= slot < instance.slots and not person.available[slot]]
        if away:
            text = f"{person.id} is not available on {slot_name(instance, away[0])} for {request}"
            yield Broken("availability", "absent", text, request, person.id, len(away), "half-days")


def start(instance: Instance, inspector: int, visits: Sequence[Visit]) -> Iterator[Broken]:
    """No visit begins before the slot from which the inspector is free."""
    person = instance.inspectors[inspector]
    if person.start is None:
        return
    for visit in visits:
        if visit.first < person.start.slot:
            request = instance.requests[visit.request].id
            text = f"{person.id} is free from {slot_name(instance, person.start.slot)}; {request} begins before"
            yield Broken("window", "start", text, request, person.id, person.start.slot - visit.first, "half-days")


def rotation(instance: Instance, inspector: int, visits: Sequence[Visit]) -> Iterator[Broken]:
    """Past visits within the time looked back, and planned ones, are at most `max_visits` a site."""
    planned = Counter(instance.site_of[v.request] for v in visits if "rotation" not in instance.waived[v.request])
    for at, count in planned.items():
        past = instance.past.get((inspector, at), 0)
        if past + count > instance.problem.rotation.max_visits:
            person = instance.inspectors[inspector].id
            rule = instance.problem.rotation
            text = (
                f"{person} would be at {instance.sites[at].id} {past + count} times "
                f"({past} in the last {rule.within_days} days, {count} planned); {rule.max_visits} allowed"
            )
            here = {instance.requests[v.request].id for v in visits if instance.site_of[v.request] == at}
            only = min(here) if len(here) == 1 else None
            yield Broken("rotation", "often", text, only, person, past + count - rule.max_visits, "visits")


def worked_days(visits: Sequence[Visit]) -> list[int]:
    """The days that visits touch, in order, each once."""
    return sorted({day for visit in visits for day in visit.days})


def week(instance: Instance, inspector: int, days: Sequence[int]) -> Iterator[Broken]:
    """Days worked in a calendar week are at most the number of day costs, in every week that gets a day."""
    person = instance.inspectors[inspector]
    added = Counter(instance.week(day) for day in days if day not in instance.sunk[inspector])
    for number, count in added.items():
        done = instance.done[inspector].get(number, 0)
        if done + count > len(person.day_costs):
            monday = instance.date(7 * number - instance.problem.horizon.start.weekday())
            text = (
                f"{person.id} would work {done + count} days in the week of {monday}, {len(person.day_costs)} allowed"
            )
            over = done + count - len(person.day_costs)
            yield Broken("week", "days", text, None, person.id, over, "days")


def consecutive(instance: Instance, inspector: int, days: Sequence[int]) -> Iterator[Broken]:
    """No day is added to a run of worked days longer than allowed; the run up to the horizon counts."""
    person = instance.inspectors[inspector]
    run, previous = person.worked_before.consecutive_days, -1
    added = set(days)
    busy = added | instance.sunk[inspector]
    for day in sorted(busy):
        run = run + 1 if day == previous + 1 else 1
        previous = day
        if run > person.max_consecutive_days and day in added:
            while day + 1 in busy:
                day, run = day + 1, run + 1  # noqa: PLW2901 -- on to the end of the run
            text = f"{person.id} would work {run} days in a row up to {instance.date(day)}"
            text += f", {person.max_consecutive_days} allowed"
            yield Broken("consecutive", "run", text, None, person.id, run - person.max_consecutive_days, "days")
            return


def week_rules(instance: Instance, inspector: int, visits: Sequence[Visit]) -> Iterator[Broken]:
    """All rules of one inspector's visits together, but for travel."""
    yield from availability(instance, inspector, visits)
    yield from start(instance, inspector, visits)
    yield from rotation(instance, inspector, visits)
    days = worked_days(visits)
    yield from week(instance, inspector, days)
    yield from consecutive(instance, inspector, days)
