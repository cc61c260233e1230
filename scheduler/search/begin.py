"""The first plan: what is pinned, what was announced or given, and the rest where it adds least."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.errors import BadProblemError, Fault
from scheduler.evaluate import evaluate
from scheduler.instance import Instance, Visit
from scheduler.pins import Kept
from scheduler.plan import Assignment
from scheduler.search.options import Options
from scheduler.search.recreate import Recreate
from scheduler.search.roster import IMPOSSIBLE, Roster
from scheduler.search.ruin import Ruin
from scheduler.search.state import State

PIN_STEPS = 5000  # attempts at placing pinned requests where the search for them was undecided


def begin(options: Options, recreate: Recreate, ruin: Ruin, kept: Kept, given: Sequence[Assignment]) -> State:
    """A plan with what is kept, every pinned request and as much as possible of what is given; nothing else yet.

    Raises:
        BadProblemError: where no plan with all pins is found.
    """
    roster = recreate.roster
    state = State(roster)
    _serve_kept(options, state, kept)
    _serve_pinned(options, recreate, ruin, state)
    for assignment in sorted(given, key=lambda entry: (entry.start_slot, entry.request)):
        _serve_given(options, roster, state, assignment)
    return state


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


def _serve_kept(options: Options, state: State, kept: Kept) -> None:
    crews: dict[Visit, list[int]] = {}
    for person, visits in sorted(kept.weeks.items()):
        for visit in visits:
            crews.setdefault(visit, []).append(person)
    for visit, crew in crews.items():
        option = _option(options, visit.request, visit.mode, visit.first)
        if option is not None:
            state.insert(option, tuple(crew))


def _serve_pinned(options: Options, recreate: Recreate, ruin: Ruin, state: State) -> None:
    """Serve the pinned requests that the search for pins left undecided.

    Those that find no place go first after some of what is near them is taken out, as long as no more are left then.
    """
    missing = [request for request in state.unserved() if options.pinned[request]]
    missing.sort(key=lambda request: len(options.of[request]) * len(options.people[request]))
    for step in range(PIN_STEPS):
        if not missing:
            return
        attempt = state.copy()
        opened = ruin.take_out(attempt, missing[step % len(missing)]) if step else []
        again = [request for request in opened if options.pinned[request] and request not in missing]
        failed = [request for request in (*missing, *again) if not _serve_cheapest(recreate, attempt, request)]
        if len(failed) <= len(missing):
            state.take_over(attempt)
            missing = failed
    text = "no plan was found that keeps it together with the other pins: lift one of them"
    raise BadProblemError(
        tuple(Fault(f"request {options.instance.requests[request].id}", "pin", "", text) for request in missing),
    )


def _serve_cheapest(recreate: Recreate, state: State, request: int) -> bool:
    """Serve a request where it adds least; False where no place is found."""
    cents, option, crew = recreate.cheapest(state, request, blink=0.1)
    if cents >= IMPOSSIBLE:
        return False
    state.insert(option, crew)
    return True


def _serve_given(options: Options, roster: Roster, state: State, given: Assignment) -> None:
    """Serve a request as given where that breaks no rule."""
    instance = options.instance
    request = instance.request_number.get(given.request)
    if request is None or state.served[request] is not None:
        return
    option = _option(options, request, given.mode, given.start_slot)
    if option is None or len(given.inspectors) != options.crew[option]:
        return
    crew = [instance.inspector_number[name] for name in given.inspectors if name in instance.inspector_number]
    if len(set(crew)) != options.crew[option]:
        return
    if options.wants_lead[option] and not any(options.can_lead(person, option) for person in crew):
        return
    allowed = all(person in options.people[request] and option in options.mine(person, request) for person in crew)
    if allowed and all(roster.added(state.weeks[person], option) < IMPOSSIBLE for person in crew):
        state.insert(option, tuple(sorted(crew)))


def _option(options: Options, request: int, mode: int, first: int) -> int | None:
    for option in options.of[request]:
        if options.mode[option] == mode and options.first[option] == first:
            return option
    return None


def announced(options: Options) -> list[Assignment]:
    """What has been announced, as assignments; the mode is one with as many inspectors."""
    found = []
    for name, entry in options.instance.problem.published.items():
        request = options.instance.request_number.get(name)
        for option in () if request is None else options.of[request]:
            if options.first[option] == entry.start_slot and options.crew[option] == len(entry.inspectors):
                found.append(Assignment(name, options.mode[option], entry.start_slot, entry.inspectors))
                break
    return found
