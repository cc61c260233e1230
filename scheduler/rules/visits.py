"""Rules of one visit and its crew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.instance import Instance, Visit
from scheduler.problem import Inspector, Lead, Request
from scheduler.rules.catalogue import Broken


def slot_name(instance: Instance, slot: int) -> str:
    """A slot as a planner reads it: the date and the half of the day."""
    return f"{instance.date(slot // 2)} {'afternoon' if slot % 2 else 'morning'}"


def in_horizon(instance: Instance, visit: Visit) -> bool:
    """Whether a visit lies inside the horizon; where it does not, no rule about its days is asked."""
    return visit.first >= 0 and visit.last < instance.slots


def horizon(instance: Instance, visit: Visit) -> Iterator[Broken]:
    """A visit of two half-days or more starts in a morning; all of it lies inside the horizon."""
    request = instance.requests[visit.request]
    half_days = request.modes[visit.mode].half_days
    if half_days >= 2 and visit.first % 2:
        text = f"{request.id} takes {half_days} half-days and so starts in a morning, not on the afternoon of"
        yield Broken("window", "afternoon", f"{text} {instance.date(visit.first // 2)}", request.id)
    if not in_horizon(instance, visit):
        text = f"{request.id} would take {slot_name(instance, visit.first)} to {slot_name(instance, visit.last)}"
        ends = f"the horizon is {instance.date(0)} to {instance.date(instance.days - 1)}"
        outside = max(0, -visit.first) + max(0, visit.last - instance.slots + 1)
        yield Broken("window", "horizon", f"{text}: {ends}", request.id, None, outside, "half-days")


def window(instance: Instance, visit: Visit) -> Iterator[Broken]:
    """The first day is not before `earliest`, the last not after `latest`."""
    r = visit.request
    if "window" in instance.waived[r]:
        return
    request = instance.requests[r]
    if visit.first // 2 < instance.earliest[r]:
        text = f"{request.id} would begin on {instance.date(visit.first // 2)}, before its window opens on"
        days = instance.earliest[r] - visit.first // 2
        yield Broken("window", "early", f"{text} {request.earliest}", request.id, None, days, "days")
    if visit.last // 2 > instance.latest[r]:
        text = f"{request.id} would end on {instance.date(visit.last // 2)}, after its window closes on"
        days = visit.last // 2 - instance.latest[r]
        yield Broken("window", "late", f"{text} {request.latest}", request.id, None, days, "days")


def site(instance: Instance, visit: Visit) -> Iterator[Broken]:
    """The site is open on every day of the visit."""
    r = visit.request
    if "site" in instance.waived[r]:
        return
    closed = instance.closed[instance.site_of[r]]
    shut = [str(instance.date(day)) for day in visit.days if day in closed]
    if shut:
        request = instance.requests[r]
        text = f"{request.id}: site {request.site} is closed on {', '.join(shut)}"
        yield Broken("site", "closed", text, request.id, None, len(shut), "days")


def crew(instance: Instance, visit: Visit, people: Sequence[str]) -> Iterator[Broken]:
    """The inspectors are known, distinct and as many as the mode's crew."""
    request = instance.requests[visit.request]
    wanted = request.modes[visit.mode].crew
    if len(people) != wanted or len(set(people)) != len(people):
        text = (
            f"{request.id} needs {wanted} different inspector{'s' * (wanted != 1)}, has {', '.join(people) or 'none'}"
        )
        yield Broken("plan", "crew", text, request.id)
    for person in people:
        if person not in instance.inspector_number:
            yield Broken("plan", "inspector", f"{request.id}: there is no inspector {person}", request.id)


def eligibility(instance: Instance, inspector: int, visit: Visit) -> Iterator[Broken]:
    """The inspector may work there, knows how, and is not excluded; every lack is one entry."""
    r = visit.request
    day = visit.last // 2
    if "eligibility" in instance.waived[r] or day <= instance.eligible_until(inspector, r):
        return
    person, request = instance.inspectors[inspector], instance.requests[r]
    area = instance.sites[instance.site_of[r]].area
    date = instance.date(day)
    if area not in person.works_in:
        yield _unfit(request, person, "area", f"may not work in {area}")
    elif (permit := person.works_in[area]) is not None and permit < date:
        text = f"has a permit for {area} until {permit}; the visit ends on {date}"
        yield _unfit(request, person, "area", text, ((date - permit).days, "days"))
    if request.service not in person.services:
        yield _unfit(request, person, "service", f"does not do {request.service}")
    yield from _qualification(request, person, request, instance, day)
    if person.id in request.excluded:
        yield _unfit(request, person, "excluded", "is excluded")


def _qualification(
    request: Request,
    person: Inspector,
    wanted: Request | Lead,
    instance: Instance,
    day: int,
) -> Iterator[Broken]:
    level = person.skills.get(request.skill, 0)
    if level < wanted.level:
        has = f"has level {level}" if level else "does not have the skill"
        text = f"{has}: {request.skill} at level {wanted.level} is needed"
        yield _unfit(request, person, "skill", text, (wanted.level - level, "levels"))
    missing = [language for language in wanted.languages if language not in person.languages]
    if missing:
        by = len(missing), "languages"
        yield _unfit(request, person, "language", f"does not speak {', '.join(missing)}", by)
    for certificate in wanted.certificates:
        last = person.certificates.get(certificate)
        if last is None:
            yield _unfit(request, person, "certificate", f"does not hold {certificate}")
        elif last < instance.date(day):
            text = f"holds {certificate} until {last}; the visit ends on {instance.date(day)}"
            yield _unfit(request, person, "certificate", text, ((instance.date(day) - last).days, "days"))


def _unfit(
    request: Request, person: Inspector, code: str, why: str, by: tuple[int, str] | tuple[None, None] = (None, None)
) -> Broken:
    text = f"{person.id} may not serve {request.id}: {why}"
    return Broken("eligibility", code, text, request.id, person.id, *by)


def lead(instance: Instance, visit: Visit, people: Sequence[int]) -> Iterator[Broken]:
    """Where a lead is wanted, one of the crew has the level, languages and certificates."""
    r = visit.request
    request = instance.requests[r]
    if request.lead is None or "eligibility" in instance.waived[r]:
        return
    day = visit.last // 2
    if not any(day <= instance.lead_until(person, r) for person in people):
        names = ", ".join(instance.inspectors[person].id for person in people) or "the crew"
        asks = lead_in_words(request, request.lead)
        yield Broken("eligibility", "lead", f"{request.id}: nobody of {names} can lead ({asks})", request.id)


def lead_in_words(request: Request, wanted: Lead) -> str:
    """What a lead must have, as a planner reads it."""
    asks = [f"{request.skill} at level {wanted.level}", *wanted.languages, *wanted.certificates]
    return ", ".join(asks)


def pin(instance: Instance, visit: Visit, people: Sequence[str]) -> Iterator[Broken]:
    """A pinned request has the crew, the start and the mode that the pin names."""
    request = instance.requests[visit.request]
    fixed = request.pin
    if fixed is None:
        return
    if fixed.inspectors is not None and set(fixed.inspectors) != set(people):
        text = f"{request.id} is pinned to {', '.join(fixed.inspectors)}, not {', '.join(people)}"
        yield Broken("pin", "inspectors", text, request.id)
    if fixed.start_slot is not None and fixed.start_slot != visit.first:
        text = f"{request.id} is pinned to {slot_name(instance, fixed.start_slot)}"
        yield Broken("pin", "start", f"{text}, not {slot_name(instance, visit.first)}", request.id)
    if fixed.mode is not None and fixed.mode != visit.mode:
        yield Broken("pin", "mode", f"{request.id} is pinned to mode {fixed.mode}, not {visit.mode}", request.id)


def visit_rules(instance: Instance, visit: Visit, people: Sequence[str]) -> Iterator[Broken]:
    """All rules of one visit and its crew, those of an inspector's week apart."""
    yield from horizon(instance, visit)
    if not in_horizon(instance, visit):
        return
    yield from window(instance, visit)
    yield from site(instance, visit)
    yield from crew(instance, visit, people)
    known = [instance.inspector_number[person] for person in people if person in instance.inspector_number]
    for person in known:
        yield from eligibility(instance, person, visit)
    yield from lead(instance, visit, known)
    yield from pin(instance, visit, people)
