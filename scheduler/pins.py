"""Pins: whether each can be kept, whether all can be kept together, and a first plan that keeps them.

A plan that breaks a pin breaks a rule, so pins that contradict the rest are bad input, and a solver begins with them.
Visits can make one another's journeys possible as well as impossible (a far site may be in reach only from a
neighbouring visit), so where the pinned visits alone have no journey, others are tried in between.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.errors import Fault
from scheduler.instance import Visit
from scheduler.problem import Pin, Request
from scheduler.rules.catalogue import Broken
from scheduler.rules.visits import eligibility, horizon, in_horizon, lead, site, slot_name, window
from scheduler.weeks import Weeks

TRIES = 20_000  # visits tried before a search for a plan with all pins gives up undecided
MOST_HELPERS = 3  # visits put in between so that a pinned one is reached
CREWS_TRIED = 200  # crews of one visit that are tried, cheapest people first


@dataclass(frozen=True, slots=True)
class Kept:
    """A plan of the pinned requests (and of those that help to reach them): each inspector's visits in order."""

    weeks: Mapping[int, tuple[Visit, ...]] = field(default_factory=dict)

    def with_visit(self, people: Sequence[int], visit: Visit) -> Kept:
        """The same with one more visit."""
        weeks = dict(self.weeks)
        for person in people:
            weeks[person] = tuple(sorted((*weeks.get(person, ()), visit), key=_time))
        return Kept(weeks)

    def requests(self) -> set[int]:
        """The requests that it serves."""
        return {visit.request for visits in self.weeks.values() for visit in visits}


def _time(visit: Visit) -> tuple[int, int]:
    return visit.first, visit.last


class _UndecidedError(Exception):
    """The search took too long to say yes or no."""


def pin_faults(weeks: Weeks) -> Iterator[Fault]:
    """What is wrong with each pin by itself."""
    for number, request in enumerate(weeks.instance.requests):
        if request.pin is None:
            continue
        faults = list(_wording_faults(weeks, request, request.pin))
        yield from faults or _use_faults(weeks, number, request, request.pin)


def _wording_faults(weeks: Weeks, request: Request, pin: Pin) -> Iterator[Fault]:
    """What no plan could do whatever the rules: no such mode, a crew of the wrong size, a start past the end."""
    record = f"request {request.id}"
    if pin.waive and None in (pin.inspectors, pin.start_slot, pin.mode):
        missing = [key for key in ("inspectors", "start_slot", "mode") if getattr(pin, key) is None]
        text = f"needs the pin's {', '.join(missing)} too: only a visit that is wholly fixed can waive a rule"
        yield Fault(record, "pin.waive", ", ".join(sorted(pin.waive)), text)
    modes = range(len(request.modes))
    if pin.mode is not None and pin.mode not in modes:
        yield Fault(record, "pin.mode", str(pin.mode), f"must be 0 to {len(modes) - 1}: the request has {len(modes)}")
        return
    if pin.start_slot is not None and not 0 <= pin.start_slot < weeks.instance.slots:
        text = f"must be 0 to {weeks.instance.slots - 1}, inside the horizon"
        yield Fault(record, "pin.start_slot", str(pin.start_slot), text)
    if pin.inspectors is None:
        return
    if len(set(pin.inspectors)) != len(pin.inspectors):
        yield Fault(record, "pin.inspectors", ", ".join(pin.inspectors), "names an inspector twice")
    crews = [request.modes[mode].crew for mode in (modes if pin.mode is None else (pin.mode,))]
    if len(pin.inspectors) not in crews:
        text = f"names {len(pin.inspectors)}, the crew is {' or '.join(map(str, sorted(set(crews))))}"
        yield Fault(record, "pin.inspectors", ", ".join(pin.inspectors), text)


def _use_faults(weeks: Weeks, number: int, request: Request, pin: Pin) -> Iterator[Fault]:
    """Where the rules leave no visit that does as the pin says, everything else left out."""
    found = PinSearch(weeks).keep((number,))
    if found is None:
        why = _why_not(weeks, number)
        shown = "; ".join(why[:3]) + (f"; and {len(why) - 3} more" if len(why) > 3 else "")
        text = f"cannot be kept: {shown}" if why else "cannot be kept"
        yield Fault(f"request {request.id}", "pin", _in_words(weeks, pin), text)


def _in_words(weeks: Weeks, pin: Pin) -> str:
    parts = []
    if pin.inspectors is not None:
        parts.append(", ".join(pin.inspectors))
    if pin.start_slot is not None:
        parts.append(slot_name(weeks.instance, pin.start_slot))
    if pin.mode is not None:
        parts.append(f"mode {pin.mode}")
    if pin.waive:
        parts.append(f"waiving {', '.join(sorted(pin.waive))}")
    return "; ".join(parts) or "assigned somehow"


def _why_not(weeks: Weeks, number: int) -> list[str]:
    """What the visits that a pin allows break, each said once."""
    instance = weeks.instance
    search = PinSearch(weeks)
    said: dict[str, None] = {}
    for visit in search.wanted_visits(number):
        faults: list[Broken] = [*horizon(instance, visit)]
        if in_horizon(instance, visit):
            faults += [*window(instance, visit), *site(instance, visit)]
        people = search.people(number)
        if not faults and not people:
            said["nobody is eligible"] = None
        if not faults:
            for person in people:
                broken = weeks.price(person, (visit,))
                faults += [broken] if isinstance(broken, Broken) else []
            faults += lead(instance, visit, people)
        said.update(dict.fromkeys(fault.text for fault in faults))
    return list(said)


def together_faults(weeks: Weeks) -> Iterator[Fault]:
    """Pins that can be kept each, but not together: every smallest group that contradicts itself, found in turn."""
    search = PinSearch(weeks)
    for group in search.groups():
        if search.keep(group) is None:
            culprits = _smallest(search, group)
            names = [weeks.instance.requests[number].id for number in culprits]
            for number, name in zip(culprits, names, strict=True):
                pin = weeks.instance.requests[number].pin
                others = ", ".join(other for other in names if other != name)
                text = f"cannot be kept together with the pin{'s' * (len(names) > 2)} of {others}"
                why = search.conflict(culprits)
                shown = _in_words(weeks, pin) if pin else ""
                yield Fault(f"request {name}", "pin", shown, f"{text}: {why}" if why else text)


def _smallest(search: PinSearch, group: Sequence[int]) -> tuple[int, ...]:
    """A part of a group of pins that cannot be kept, from which none can be left out."""
    needed = list(group)
    for number in group:
        fewer = tuple(other for other in needed if other != number)
        if search.keep(fewer) is None:
            needed = list(fewer)
    return tuple(needed)


class PinSearch:
    """Looks for visits of pinned requests that keep every rule together."""

    def __init__(self, weeks: Weeks) -> None:
        self._weeks = weeks
        self._instance = weeks.instance
        self._tries = 0
        self._has_skipped = False  # whether the search in hand left out crews, and so cannot say that there is no plan
        self._linked: dict[tuple[int, int], bool] = {}

    def keep(self, numbers: Sequence[int], beside: Kept | None = None) -> Kept | None:
        """A plan that serves these pinned requests as pinned, beside what is kept already; None where there is none.

        Where the search ends undecided it gives a plan without them, which says neither yes nor no.
        """
        beside = beside or Kept()
        order = sorted(numbers, key=lambda number: (self._freedom(number), number))
        self._has_skipped = False
        for strict in (True, False):
            self._tries = 0
            try:
                found = self._place(order, beside, strict=strict)
            except _UndecidedError:
                return beside
            if found is not None:
                return found
        return beside if self._has_skipped else None

    def keep_all(self) -> Kept:
        """A plan with all pins, as far as the search finds one; empty where nothing is pinned."""
        kept = Kept()
        for group in self.groups():
            found = self.keep(group, kept) or kept
            if not found.requests().issuperset(group):  # undecided: those at least that leave no choice
                found = self.keep([number for number in group if self._is_fixed(number)], kept) or kept
            kept = found
        return kept

    def groups(self) -> list[tuple[int, ...]]:
        """The pinned requests in groups that have no inspector in common."""
        leader: dict[int, int] = {}
        groups: dict[int, set[int]] = {}
        for number, request in enumerate(self._instance.requests):
            if request.pin is None:
                continue
            joined = {number}
            for first in {leader[person] for person in self.people(number) if person in leader}:
                joined |= groups.pop(first)
            groups[min(joined)] = joined
            for member in joined:
                leader.update(dict.fromkeys(self.people(member), min(joined)))
        return [tuple(sorted(group)) for _, group in sorted(groups.items())]

    def people(self, number: int) -> list[int]:
        """The inspectors whom a request's pin and the eligibility rule allow."""
        request = self._instance.requests[number]
        if request.pin is not None and request.pin.inspectors is not None:
            return [self._instance.inspector_number[name] for name in request.pin.inspectors]
        return self._instance.eligible_people(number)

    def wanted_visits(self, number: int) -> list[Visit]:
        """The visits of a request that its pin and the horizon allow, by mode and start; no rule is asked."""
        instance = self._instance
        pin = instance.requests[number].pin or Pin()
        found = []
        for mode, shape in enumerate(instance.requests[number].modes):
            if pin.mode not in (None, mode) or (pin.inspectors is not None and len(pin.inspectors) != shape.crew):
                continue
            starts = range(0, instance.slots, 2 if shape.half_days >= 2 else 1)
            for first in starts if pin.start_slot is None else (pin.start_slot,):
                visit = instance.visit(number, mode, first)
                if pin.start_slot is not None or in_horizon(instance, visit):
                    found.append(visit)
        return found

    def conflict(self, numbers: Sequence[int]) -> str:
        """What the visits of wholly fixed pins break together; empty where the pins leave a choice."""
        fixed: dict[int, list[Visit]] = {}
        for number in numbers:
            visits = self.wanted_visits(number)
            pin = self._instance.requests[number].pin
            if len(visits) != 1 or pin is None or pin.inspectors is None:
                return ""
            for person in self.people(number):
                fixed.setdefault(person, []).append(visits[0])
        for person, visits in fixed.items():
            broken = self._weeks.price(person, tuple(sorted(visits, key=_time)))
            if isinstance(broken, Broken):
                return broken.text
        return ""

    def _is_fixed(self, number: int) -> bool:
        """Whether a pin leaves no choice."""
        pin = self._instance.requests[number].pin
        return pin is not None and pin.inspectors is not None and len(self.allowed_visits(number)) == 1

    def _freedom(self, number: int) -> int:
        """How much a pin leaves open: starts times people."""
        return len(self.allowed_visits(number)) * len(self.people(number))

    def allowed_visits(self, number: int) -> list[Visit]:
        """The visits of a request that its pin and the rules of a visit alone allow."""
        instance = self._instance
        return [
            visit
            for visit in self.wanted_visits(number)
            if not any(horizon(instance, visit))
            and in_horizon(instance, visit)
            and not any(window(instance, visit))
            and not any(site(instance, visit))
        ]

    def _place(self, todo: Sequence[int], kept: Kept, *, strict: bool) -> Kept | None:
        """Serve the requests in turn; with `strict` every journey must be possible at every step, else at the end."""
        if not todo:
            return kept if strict else self._connect(kept, MOST_HELPERS)
        for visit in self.allowed_visits(todo[0]):
            for crew in self._crews(visit, kept, strict=strict):
                found = self._place(todo[1:], kept.with_visit(crew, visit), strict=strict)
                if found is not None:
                    return found
        return None

    def _crews(self, visit: Visit, kept: Kept, *, strict: bool, member: int | None = None) -> Iterator[tuple[int, ...]]:
        """Crews that can take a visit besides what they have, cheap ones first; with `member`, those with him."""
        instance = self._instance
        ranked = []
        for person in self.people(visit.request):
            self._tries += 1
            if self._tries > TRIES:
                raise _UndecidedError
            if any(eligibility(instance, person, visit)):
                continue
            price = self._weeks.price(person, tuple(sorted((*kept.weeks.get(person, ()), visit), key=_time)))
            if isinstance(price, Broken):
                if strict or price.rule != "travel" or not self._is_linked(person, instance.site_of[visit.request]):
                    continue
                ranked.append((1, 0, person))
            else:
                ranked.append((0, price.total, person))
        size = instance.requests[visit.request].modes[visit.mode].crew
        crews = itertools.combinations([person for _, _, person in sorted(ranked)], size)
        fitting = (
            crew for crew in crews if (member is None or member in crew) and not any(lead(instance, visit, crew))
        )
        for tried, candidate in enumerate(fitting):
            if tried == CREWS_TRIED:
                self._has_skipped = True
                return
            yield candidate

    def _is_linked(self, person: int, site: int) -> bool:
        """Whether legs, from site to site if need be, link a site with an inspector's home or start at all."""
        key = (person, site)
        if key not in self._linked:
            legs = self._instance.legs
            ends = [
                place
                for place in (self._instance.home[person], self._instance.start_place[person])
                if place is not None
            ]
            unseen = set(self._instance.site_of) - {site}
            reached = [site]
            found = False
            while reached and not found:
                at = reached.pop()
                found = any(legs.leg(at, end, "free_day") is not None for end in ends)
                near = [] if found else [other for other in unseen if legs.leg(at, other, "free_day") is not None]
                unseen.difference_update(near)
                reached += near
            self._linked[key] = found
        return self._linked[key]

    def _connect(self, kept: Kept, helpers: int) -> Kept | None:
        """The same plan with visits in between so that every journey is possible."""
        stuck = [p for p, visits in sorted(kept.weeks.items()) if isinstance(self._weeks.price(p, visits), Broken)]
        if not stuck:
            return kept
        if not helpers:
            return None
        used = kept.requests()
        for number in range(len(self._instance.requests)):
            if number in used or stuck[0] not in self.people(number):
                continue
            for visit in self.allowed_visits(number):
                for crew in self._crews(visit, kept, strict=False, member=stuck[0]):
                    found = self._connect(kept.with_visit(crew, visit), helpers - 1)
                    if found is not None:
                        return found
        return None
