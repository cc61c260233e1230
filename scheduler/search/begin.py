"""The first plan: what is pinned, what was announced or given, and the rest where it adds least."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from scheduler.errors import BadProblemError, Fault
from scheduler.evaluate import evaluate
from scheduler.instance import Instance, Visit
from scheduler.pins import Kept
from scheduler.plan import Assignment
from scheduler.search.search import Search, Service
from scheduler.tables import Tables

PIN_STEPS = 20_000  # attempts at placing pinned requests where the search for them was undecided
PIN_CHUNK = 500  # of them between two looks at whether all are placed


def begin(search: Search, instance: Instance, kept: Kept, given: Sequence[Assignment]) -> None:
    """Begin with what is kept, every pinned request and as much as possible of what is given; nothing else yet.

    Raises:
        BadProblemError: where no plan with all pins is found.
    """
    search.load(_kept_services(search.tables, kept))
    _place_pinned(search, instance)
    order = sorted(given, key=lambda entry: (entry.start_slot, entry.request))
    search.add(service for entry in order if (service := _service(search.tables, instance, entry)) is not None)


def whole(instance: Instance, given: Sequence[Assignment]) -> Kept | None:
    """The visits given, where together they break no rule and keep every pin.

    One by one some may be out of reach: a far visit can hang on its neighbour.
    """
    if evaluate(instance.problem, given, instance).broken:
        return None
    kept = Kept()
    for entry in given:
        crew = [instance.inspector_number[name] for name in entry.inspectors]
        kept = kept.with_visit(
            crew, instance.visit(instance.request_number[entry.request], entry.mode, entry.start_slot)
        )
    return kept


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


def _kept_services(tables: Tables, kept: Kept) -> Iterable[Service]:
    crews: dict[Visit, list[int]] = {}
    for person, visits in sorted(kept.weeks.items()):
        for visit in visits:
            crews.setdefault(visit, []).append(person)
    for visit, crew in crews.items():
        option = _option(tables, visit.request, visit.mode, visit.first)
        if option is not None:
            yield Service(option, tuple(crew))


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
