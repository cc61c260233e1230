"""A plan in the making as arrays, changed in place, with a log by which a rejected step is undone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.compiled import Ints, Longs, lean
from scheduler.search.layout import BIG, CREW, FIRST, FIXED, LAST, LEAVE, NODE, REQUEST, START, Layout
from scheduler.search.pricing import (
    AWAY_NIGHTS,
    COUNT,
    DAYS,
    SLOTS,
    STAMP,
    TOUCHED,
    WEEKDAY,
    WIDEST,
    arc,
    days_between,
    place_of,
    slots_between,
    work_of,
)

# of `tally`
COST, LAST_STAMP, STEP, PEOPLE_LOGGED, REQUESTS_LOGGED, BEST, FOUND = range(7)
OPTION = 0  # column of `served`; the pairs of the crew follow


class Draft(NamedTuple):
    """The plan, and what undoes the step in hand.

    Attributes:
        tally: its cost, counters, and the cost of the best plan so far.
        heads: `[i, 5]`: how many visits, slots and days taken as bits, a stamp of what the week holds, the last step.
        visits: `[i, k]`: the pairs of each inspector in order of time.
        arcs: `[i, k]`: cents of the move to each visit, and of the way home.
        served: `[r, 1 + crew]`: option (-1: left out) and pairs.
        logged_people, old_heads, old_visits, old_arcs: the weeks before the step.
        logged_requests, old_served: how the requests were served before the step.
        changed: `[r]`: the last step that changed a request.
        best: `served` of the best plan.
        singles: `[row, 3]`: remembered cheapest insertion for one inspector: stamp of the week, cents, pair.
        joints: `[p, 2]`: remembered price of a pair for a crew: stamp of the week, cents.
    """

    tally: Longs
    heads: Longs
    visits: Ints
    arcs: Longs
    served: Ints
    logged_people: Ints
    old_heads: Longs
    old_visits: Ints
    old_arcs: Longs
    logged_requests: Ints
    old_served: Ints
    changed: Longs
    best: Ints
    singles: Longs
    joints: Longs


def draft_of(layout: Layout, slots: int) -> Draft:
    """A plan that serves nothing."""
    people, requests = len(layout.folk), len(layout.asks) - 1
    widest = int(layout.calendar[WIDEST])
    visits = np.full((people, slots), -1, dtype=np.int32)
    arcs = np.zeros((people, slots + 1), dtype=np.int64)
    heads = np.zeros((people, 5), dtype=np.int64)
    served = np.full((requests, 1 + widest), -1, dtype=np.int32)
    draft = Draft(
        tally=np.zeros(7, dtype=np.int64),
        heads=heads,
        visits=visits,
        arcs=arcs,
        served=served,
        logged_people=np.zeros(people, dtype=np.int32),
        old_heads=heads.copy(),
        old_visits=visits.copy(),
        old_arcs=arcs.copy(),
        logged_requests=np.zeros(requests, dtype=np.int32),
        old_served=served.copy(),
        changed=np.zeros(requests, dtype=np.int64),
        best=served.copy(),
        singles=np.full((len(layout.rows), 3), -1, dtype=np.int64),
        joints=np.full((len(layout.pair), 2), -1, dtype=np.int64),
    )
    clear(layout, draft)
    return draft


@lean
def copy_row(to: Ints | Longs, row: int, source: Ints | Longs, at: int, count: int) -> None:
    """Copy the first few numbers of a row."""
    for k in range(count):
        to[row, k] = source[at, k]


@lean
def clear(layout: Layout, draft: Draft) -> None:
    """Serve nothing; there is no way back."""
    tally, heads = draft.tally, draft.heads
    cost = 0
    for request in range(len(draft.served)):
        draft.served[request, OPTION] = -1
        cost += layout.asks[request, LEAVE]
    for person in range(len(heads)):
        for k in range(heads.shape[1]):
            heads[person, k] = 0
        tally[LAST_STAMP] += 1
        heads[person, STAMP] = tally[LAST_STAMP]
        way = arc(layout.pack, layout.legs, layout.folk, 0, person, layout.folk[person, START], -1)
        draft.arcs[person, 0] = way
        cost += way
    tally[COST] = cost
    commit(draft)


@lean
def commit(draft: Draft) -> None:
    """Keep the step in hand, and begin another."""
    draft.tally[STEP] += 1
    draft.tally[PEOPLE_LOGGED] = 0
    draft.tally[REQUESTS_LOGGED] = 0


@lean
def roll_back(draft: Draft, cost: int) -> None:
    """Undo the step in hand, whose plan cost `cost` when it began, and begin another."""
    tally, heads, visits, arcs = draft.tally, draft.heads, draft.visits, draft.arcs
    for at in range(tally[PEOPLE_LOGGED]):
        person = draft.logged_people[at]
        count = draft.old_heads[at, COUNT]
        copy_row(heads, person, draft.old_heads, at, heads.shape[1])
        copy_row(visits, person, draft.old_visits, at, count)
        copy_row(arcs, person, draft.old_arcs, at, count + 1)
    for at in range(tally[REQUESTS_LOGGED]):
        copy_row(draft.served, draft.logged_requests[at], draft.old_served, at, draft.served.shape[1])
    tally[COST] = cost
    tally[STEP] += 1
    tally[PEOPLE_LOGGED] = 0
    tally[REQUESTS_LOGGED] = 0


@lean
def _log(draft: Draft, request: int) -> None:
    """Note how a request was served before the step, once."""
    tally = draft.tally
    if draft.changed[request] != tally[STEP]:
        draft.changed[request] = tally[STEP]
        draft.logged_requests[tally[REQUESTS_LOGGED]] = request
        copy_row(draft.old_served, tally[REQUESTS_LOGGED], draft.served, request, draft.served.shape[1])
        tally[REQUESTS_LOGGED] += 1


@lean
def _touch(draft: Draft, person: int) -> None:
    """Note an inspector's week before the step, once, and give it a new stamp."""
    tally, heads = draft.tally, draft.heads
    if heads[person, TOUCHED] != tally[STEP]:
        at, count = tally[PEOPLE_LOGGED], heads[person, COUNT]
        draft.logged_people[at] = person
        copy_row(draft.old_heads, at, heads, person, heads.shape[1])
        copy_row(draft.old_visits, at, draft.visits, person, count)
        copy_row(draft.old_arcs, at, draft.arcs, person, count + 1)
        heads[person, TOUCHED] = tally[STEP]
        tally[PEOPLE_LOGGED] += 1
    tally[LAST_STAMP] += 1
    heads[person, STAMP] = tally[LAST_STAMP]


@lean
def insert(layout: Layout, draft: Draft, option: int, crew: Ints) -> None:
    """Serve an option's request, left out so far, with the pairs of a crew."""
    request = layout.options[option, REQUEST]
    _log(draft, request)
    draft.served[request, OPTION] = option
    draft.tally[COST] += layout.options[option, FIXED] - layout.asks[request, LEAVE]
    for member in range(layout.options[option, CREW]):
        draft.served[request, 1 + member] = crew[member]
        _book(layout, draft, crew[member])


@lean
def remove(layout: Layout, draft: Draft, request: int) -> None:
    """Leave out a request that is served; weeks may become impossible without it (`is_stuck`)."""
    _log(draft, request)
    option = draft.served[request, OPTION]
    draft.served[request, OPTION] = -1
    draft.tally[COST] += layout.asks[request, LEAVE] - layout.options[option, FIXED]
    for member in range(layout.options[option, CREW]):
        _free(layout, draft, draft.served[request, 1 + member])


@lean
def reload(layout: Layout, draft: Draft) -> None:
    """Make the best plan the one in hand."""
    clear(layout, draft)
    for request in range(len(draft.best)):
        if draft.best[request, OPTION] >= 0:
            insert(layout, draft, draft.best[request, OPTION], draft.best[request, 1:])
    commit(draft)


@lean
def is_stuck(draft: Draft, person: int) -> bool:
    """Whether a week has a move that is not possible."""
    worst = 0
    for k in range(draft.heads[person, COUNT] + 1):
        worst = max(worst, draft.arcs[person, k])
    return worst >= BIG


@lean
def _book(layout: Layout, draft: Draft, pair: int) -> None:
    """Put a visit into its inspector's week."""
    pack, legs, folk, nights = layout.pack, layout.legs, layout.folk, layout.calendar[AWAY_NIGHTS]
    heads, visits, arcs = draft.heads, draft.visits, draft.arcs
    person, first, last = layout.person[pair], pack[pair, FIRST], pack[pair, LAST]
    _touch(draft, person)
    count = heads[person, COUNT]
    at = place_of(pack, visits, person, count, first)
    for k in range(count, at, -1):
        visits[person, k] = visits[person, k - 1]
        arcs[person, k + 1] = arcs[person, k]
    visits[person, at] = pair
    before = visits[person, at - 1] if at > 0 else folk[person, START]
    after = visits[person, at + 1] if at < count else -1
    cents = pack[pair, NODE] - arcs[person, at]
    arcs[person, at] = arc(pack, legs, folk, nights, person, before, pair)
    arcs[person, at + 1] = arc(pack, legs, folk, nights, person, pair, after)
    cents += arcs[person, at] + arcs[person, at + 1]
    old = heads[person, DAYS]
    days = old | days_between(first, last)
    cents += _work_change(layout, person, first, last, old, days)
    heads[person, COUNT] = count + 1
    heads[person, SLOTS] |= slots_between(first, last)
    heads[person, DAYS] = days
    draft.tally[COST] += cents


@lean
def _free(layout: Layout, draft: Draft, pair: int) -> None:
    """Take a visit out of its inspector's week."""
    pack, legs, folk, nights = layout.pack, layout.legs, layout.folk, layout.calendar[AWAY_NIGHTS]
    heads, visits, arcs = draft.heads, draft.visits, draft.arcs
    person, first, last = layout.person[pair], pack[pair, FIRST], pack[pair, LAST]
    _touch(draft, person)
    count = heads[person, COUNT] - 1
    at = 0
    while visits[person, at] != pair:
        at += 1
    before = visits[person, at - 1] if at > 0 else folk[person, START]
    after = visits[person, at + 1] if at < count else -1
    way = arc(pack, legs, folk, nights, person, before, after)
    cents = way - arcs[person, at] - arcs[person, at + 1] - pack[pair, NODE]
    for k in range(at, count):
        visits[person, k] = visits[person, k + 1]
        arcs[person, k + 1] = arcs[person, k + 2]
    arcs[person, at] = way
    slots = heads[person, SLOTS] & ~slots_between(first, last)
    old = heads[person, DAYS]
    days = old
    for day in range(first >> 1, (last >> 1) + 1):
        if not (slots >> (2 * day)) & 3:
            days &= ~(1 << day)
    cents += _work_change(layout, person, first, last, old, days)
    heads[person, COUNT] = count
    heads[person, SLOTS] = slots
    heads[person, DAYS] = days
    draft.tally[COST] += cents


@lean
def _work_change(layout: Layout, person: int, first: int, last: int, old: int, new: int) -> int:
    """Cents of other days worked than before in the weeks of a visit."""
    if old == new:
        return 0
    weekday, low, high = layout.calendar[WEEKDAY], first >> 1, last >> 1
    now = work_of(layout.work, weekday, person, low, high, new)
    return now - work_of(layout.work, weekday, person, low, high, old)
