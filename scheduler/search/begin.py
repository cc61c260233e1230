"""The first plan: what is pinned, what was announced or given, and the rest where it adds least."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.errors import BadProblemError, Fault
from scheduler.instance import Instance, Visit
from scheduler.mend import Mended, mend
from scheduler.pins import Kept, PinSearch
from scheduler.plan import Assignment
from scheduler.search.search import Search, Service
from scheduler.tables import Tables
from scheduler.weeks import Weeks

PIN_STEPS = 20_000  # attempts at placing pinned requests where the search for them was undecided
PIN_CHUNK = 500  # of them between two looks at whether all are placed


def begin(search: Search, weeks: Weeks, given: Sequence[Assignment]) -> tuple[Mended, ...]:
    """Begin with every pinned request and what is given, as far as it keeps the rules beside them; nothing else yet.

    Gives what of the given was taken out. A plan given that keeps the rules and all pins is taken over as it is.

    Raises:
        BadProblemError: where no plan with all pins is found.
    """
    instance = weeks.instance
    fit, mended = fitting(weeks, given)
    services = [service for entry in fit if (service := _service(search.tables, instance, entry)) is not None]
    search.load(services)
    _place_pinned(search, instance)
    return mended


def fitting(weeks: Weeks, given: Sequence[Assignment]) -> tuple[tuple[Assignment, ...], tuple[Mended, ...]]:
    """What is given, as far as it keeps the rules beside the pins, and what was taken out.

    Pinned requests that are not given so are served too, but for those whose place takes a longer search.
    """
    instance = weeks.instance
    fit, mended = mend(instance, given)
    served = {entry.request for entry in fit}
    if any(request.pin is not None and request.id not in served for request in instance.requests):
        return mend(instance, given, _assignments(instance, PinSearch(weeks).keep_all()))
    return fit, mended


def announced(instance: Instance) -> list[Assignment]:
    """What has been announced, as assignments; the mode is the first with as many inspectors."""
    found = []
    for name, entry in instance.problem.published.items():
        request = instance.request_number.get(name)
        for mode, shape in enumerate(() if request is None else instance.requests[request].modes):
            if shape.crew == len(entry.inspectors):
                found.append(Assignment(name, mode, entry.start_slot, entry.inspectors))
                break
    return found


def assignments_of(instance: Instance, search: Search) -> tuple[Assignment, ...]:
    """The best plan's assignments, in the order of the problem's requests."""
    options = search.tables.options
    return tuple(
        Assignment(
            instance.requests[number].id,
            int(options.mode[service.option]),
            int(options.first[service.option]),
            tuple(instance.inspectors[person].id for person in service.crew),
        )
        for number, service in enumerate(search.best)
        if service is not None
    )


def _assignments(instance: Instance, kept: Kept) -> list[Assignment]:
    """The plan of the pinned requests as assignments."""
    crews: dict[Visit, list[str]] = {}
    for person, visits in sorted(kept.weeks.items()):
        for visit in visits:
            crews.setdefault(visit, []).append(instance.inspectors[person].id)
    return [
        Assignment(instance.requests[visit.request].id, visit.mode, visit.first, tuple(crew))
        for visit, crew in crews.items()
    ]


def _service(tables: Tables, instance: Instance, given: Assignment) -> Service | None:
    """An assignment by numbers; None where it names what the problem does not have or allow."""
    request = instance.request_number.get(given.request)
    option = None if request is None else _option(tables, request, given.mode, given.start_slot)
    if option is None or any(name not in instance.inspector_number for name in given.inspectors):
        return None
    return Service(option, tuple(sorted(instance.inspector_number[name] for name in given.inspectors)))


def _place_pinned(search: Search, instance: Instance) -> None:
    """Serve the pinned requests that the search for pins left undecided.

    Those that find no place get it after some of what is near them is taken out, as long as no more are left then.
    """
    options = search.tables.options
    if not search.missing:
        return
    served = np.array([service is not None for service in search.best], dtype=np.bool_)
    heat = float(options.unserved.mean())
    for _ in range(0, PIN_STEPS, PIN_CHUNK):
        seeds = [number for number in search.missing if number in search.servable]
        search.run(PIN_CHUNK, heat, heat, requests=options.pinned | served, seeds=seeds)
        search.restart()
        if not search.missing:
            return
    text = "no plan was found that keeps it together with the other pins: lift one of them"
    names = [instance.requests[number].id for number in search.missing]
    raise BadProblemError(tuple(Fault(f"request {name}", "pin", "", text) for name in names))


def _option(tables: Tables, request: int, mode: int, first: int) -> int | None:
    options = tables.options
    for option in range(options.of[request], options.of[request + 1]):
        if options.mode[option] == mode and options.first[option] == first:
            return option
    return None
