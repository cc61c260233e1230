"""Who could take which option, and what it would cost him apart from the rest of his visits."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.compiled import Bytes, Flags, Ints, Longs, compiled
from scheduler.instance import Instance
from scheduler.pins import PinSearch
from scheduler.skills import Skills
from scheduler.tables.legs import NO_LEG
from scheduler.tables.options import Options
from scheduler.tables.people import People
from scheduler.weeks import person_cost


class HomeLegs(NamedTuple):
    """Legs between homes and sites, `[inspector, site]` cents, within the limits of morning, evening and free day."""

    morning: Ints
    evening: Ints
    free_day: Ints


class Pairs(NamedTuple):
    """Pairs of inspector and option, in order of inspector, first slot, last slot and option.

    Attributes:
        of: `of[i] ... of[i + 1]` are the pairs of inspector `i`.
        option, person: which.
        node: cents of the nights inside the visit, and of this inspector serving this request.
        leads: whether the inspector could lead the visit.
        out, out_days: the way from home: cents (travel day and its night included) and travel days; -1 days: no way.
        back, back_days: the way home, likewise.
        room: visits to the site that rotation leaves the inspector, this one included; large where it has no say.
    """

    of: Longs
    option: Ints
    person: Ints
    node: Longs
    leads: Flags
    out: Longs
    out_days: Bytes
    back: Longs
    back_days: Bytes
    room: Ints


NO_LIMIT = 1 << 20


class _Claims(NamedTuple):
    """What hangs on inspector and request: `[request, inspector]`."""

    until: Ints
    lead_until: Ints
    cents: Longs


def pairs_of(instance: Instance, search: PinSearch, options: Options, people: People, legs: HomeLegs) -> Pairs:
    """The pairs that no rule of the visit and the inspector alone forbids."""
    claims = _claims(instance, search)
    past = np.zeros((len(instance.inspectors), max(1, len(instance.sites))), dtype=np.int32)
    for (visitor, site), times in instance.past.items():
        past[visitor, site] = times
    waived = np.array(["availability" in names for names in instance.waived], dtype=np.bool_)
    most = min(instance.problem.rotation.max_visits, NO_LIMIT)
    takes = _takes(options, people, claims, past, waived, most)
    of = np.zeros(len(instance.inspectors) + 1, dtype=np.int64)
    np.cumsum(takes.sum(axis=0), out=of[1:])
    in_time = np.lexsort((options.last, options.first))
    return Pairs(of, *_fill(options, people, legs, claims, past, takes, most, of, in_time))


def _claims(instance: Instance, search: PinSearch) -> _Claims:
    shape = (len(instance.requests), len(instance.inspectors))
    skills = Skills(instance, search)
    until, lead_until = np.empty(shape, dtype=np.int32), np.empty(shape, dtype=np.int32)
    cents = np.zeros(shape, dtype=np.int64)
    for number, request in enumerate(instance.requests):
        until[number] = skills.until(number)
        lead_until[number] = skills.lead_until(number)
        announced = instance.problem.published.get(request.id)
        if announced is not None:  # the same for whoever is named nowhere
            cents[number] = announced.inspector_cost
        for name in (*request.affinity, *(() if announced is None else announced.inspectors)):
            person = instance.inspector_number.get(name)
            if person is not None:
                cents[number, person] = person_cost(instance, person, number).total
    return _Claims(until, lead_until, cents)


@compiled
def _fill(
    options: Options,
    people: People,
    legs: HomeLegs,
    claims: _Claims,
    past: Ints,
    takes: Flags,
    most: int,
    of: Longs,
    in_time: Longs,
) -> tuple[Ints, Ints, Longs, Flags, Longs, Bytes, Longs, Bytes, Ints]:
    """The columns of `Pairs` but the first."""
    count, next_of = of[-1], of.copy()
    chosen, who = np.empty(count, dtype=np.int32), np.empty(count, dtype=np.int32)
    node, leads = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.bool_)
    out, out_days = np.zeros(count, dtype=np.int64), np.full(count, -1, dtype=np.int8)
    back, back_days = np.zeros(count, dtype=np.int64), np.full(count, -1, dtype=np.int8)
    room = np.full(count, NO_LIMIT, dtype=np.int32)
    for option in in_time:
        request, site = options.request[option], options.site[option]
        first, last = options.first[option] // 2, options.last[option] // 2
        for person in range(takes.shape[1]):
            if not takes[option, person]:
                continue
            at = next_of[person]
            next_of[person] += 1
            chosen[at], who[at] = option, person
            morning, evening = legs.morning[person, site], legs.evening[person, site]
            far, extra = legs.free_day[person, site], people.travel_day[person] + people.night[person]
            inside = people.night[person]
            if morning < NO_LEG and evening < NO_LEG:
                inside = min(inside, morning + evening)
            node[at] = (last - first) * inside + claims.cents[request, person]
            leads[at] = claims.lead_until[request, person] >= last
            if morning < NO_LEG:
                out[at], out_days[at] = morning, 0
            elif far < NO_LEG and people.may_travel[person, first]:
                out[at], out_days[at] = far + extra, 1
            if evening < NO_LEG:
                back[at], back_days[at] = evening, 0
            elif far < NO_LEG and people.may_travel[person, last + 2]:
                back[at], back_days[at] = far + extra, 1
            if options.rotates[option]:
                room[at] = most - past[person, site]
    return chosen, who, node, leads, out, out_days, back, back_days, room


@compiled
def _takes(options: Options, people: People, claims: _Claims, past: Ints, waived: Flags, most: int) -> Flags:
    """`[option, inspector]`: whether he may take it if he does nothing else; travel is not asked."""
    takes = np.zeros((len(options.request), len(people.night)), dtype=np.bool_)
    until, lead_until, start, is_open = claims.until, claims.lead_until, people.start_slot, people.open
    for option in range(takes.shape[0]):
        request, first, last = options.request[option], options.first[option], options.last[option]
        leads = options.crew[option] == 1 and options.wants_lead[option]
        rotates, site, present = options.rotates[option], options.site[option], not waived[request]
        for person in range(takes.shape[1]):
            if until[request, person] < last // 2 or first < start[person]:
                continue
            if (leads and lead_until[request, person] < last // 2) or (rotates and past[person, site] >= most):
                continue
            takes[option, person] = True
            for slot in range(first, last + 1):
                if present and not is_open[person, slot]:
                    takes[option, person] = False
    return takes
