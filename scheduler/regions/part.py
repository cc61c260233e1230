"""One region of a problem as a problem of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from scheduler.instance import Instance
from scheduler.plan import Assignment
from scheduler.problem import Announcement, Mode, Pin, Problem, Request, Waiver
from scheduler.regions.split import Region


def part(instance: Instance, region: Region, planned: Iterable[Assignment]) -> Problem:
    """The region's problem. What its plans cost differs from their share of the whole by the same amount for all.

    Args:
        instance: the whole problem.
        region: which part of it.
        planned: visits that keep the rules; those that the split parts are pinned, each with the region's own members.
    """
    whole = instance.problem
    people = [instance.inspectors[number] for number in region.people]
    names = {person.id for person in people}
    visits = {entry.request: entry for entry in planned}
    requests = []
    for number in sorted((*region.requests, *region.parted)):
        request = instance.requests[number]
        own = dataclasses.replace(
            request,
            excluded=request.excluded & names,
            affinity={name: cents for name, cents in request.affinity.items() if name in names},
        )
        if number in region.parted:
            own = _parted(own, visits[request.id], names)
        requests.append(own)
    sites = {request.site for request in requests}
    told = {request.id for request in requests}
    return Problem(
        horizon=whole.horizon,
        travel=whole.travel,
        limits=whole.limits,
        rotation=whole.rotation,
        sites=tuple(site for site in whole.sites if site.id in sites),
        inspectors=tuple(people),
        requests=tuple(requests),
        history=tuple(visit for visit in whole.history if visit.inspector in names and visit.site in sites),
        published={name: _announced(entry, names) for name, entry in whole.published.items() if name in told},
    )


def own_visits(instance: Instance, region: Region, planned: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """The planned visits of a region as visits of its problem."""
    names = {instance.inspectors[number].id for number in region.people}
    parted = {instance.requests[number].id for number in region.parted}
    own = parted | {instance.requests[number].id for number in region.requests}
    return tuple(
        dataclasses.replace(entry, mode=0, inspectors=_members(entry, names)) if entry.request in parted else entry
        for entry in planned
        if entry.request in own
    )


def join(
    instance: Instance, regions: Sequence[Region], plans: Sequence[Iterable[Assignment]], planned: Iterable[Assignment]
) -> tuple[Assignment, ...]:
    """The plans of all regions as one of the whole, in the order of its requests; parted visits as planned."""
    parted = {instance.requests[number].id for region in regions for number in region.parted}
    found = {entry.request: entry for entry in planned if entry.request in parted}
    for plan in plans:
        found |= {entry.request: entry for entry in plan if entry.request not in parted}
    return tuple(found[request.id] for request in instance.requests if request.id in found)


def _members(entry: Assignment, names: set[str]) -> tuple[str, ...]:
    return tuple(name for name in entry.inspectors if name in names)


def _parted(request: Request, visit: Assignment, names: set[str]) -> Request:
    """What a region's members do of a visit with others: they alone, then, and led by whoever leads it."""
    members = _members(visit, names)
    waive: frozenset[Waiver] = frozenset() if request.pin is None else request.pin.waive
    return dataclasses.replace(
        request,
        modes=(Mode(len(members), request.modes[visit.mode].half_days),),
        lead=None,
        pin=Pin(members, visit.start_slot, 0, waive),
    )


def _announced(entry: Announcement, names: set[str]) -> Announcement:
    """An announcement less the people of other regions: whoever was not announced still is not."""
    return dataclasses.replace(entry, inspectors=tuple(name for name in entry.inspectors if name in names))
