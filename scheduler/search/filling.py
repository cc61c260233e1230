"""Putting requests into a plan, one after another, each where it adds least."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.compiled import Flags, Floats, Ints, Longs, Masks, lean
from scheduler.search.dice import draw
from scheduler.search.draft import OPTION, Draft, insert
from scheduler.search.layout import (
    BIG,
    CREW,
    FIXED,
    HAS_JOINT,
    HAS_SINGLE,
    IS_PINNED,
    JOINTS,
    LEADS,
    LEAVE,
    NEAR_ROWS,
    OPTIONS,
    ORDER_SHARES,
    PERSON,
    REQUEST,
    ROWS,
    SINGLES,
    TRIPS,
    WANTS_LEAD,
    Layout,
)
from scheduler.search.pricing import STAMP, WIDEST, added

_TOTAL_SHARES = sum(ORDER_SHARES)
_SHARES = np.array(ORDER_SHARES)
_FIRST_OF_ALL = 1e12  # more than any key


class Room(NamedTuple):
    """Room that the kernels work in; nothing in it outlives a step.

    Attributes:
        opened: requests to be served.
        people: inspectors of a step.
        crew: the pairs of the way found to serve a request.
        ranks: what a list of requests is sorted by.
        cents, pairs: `[option, n]`: the cheapest members of each crew of one request, and (last) who could lead.
        filled: `[option]`: how many of them there are.
    """

    opened: Ints
    people: Ints
    crew: Ints
    ranks: Floats
    cents: Longs
    pairs: Ints
    filled: Ints


def room_of(layout: Layout) -> Room:
    """Room for the problem's size."""
    requests = len(layout.asks) - 1
    widest = int(layout.calendar[WIDEST])
    options = max(1, int(np.diff(layout.asks[:, OPTIONS]).max(initial=1)))
    return Room(
        opened=np.zeros(requests + 1, dtype=np.int32),
        people=np.zeros(len(layout.folk) + 1, dtype=np.int32),
        crew=np.zeros(widest, dtype=np.int32),
        ranks=np.zeros(requests + 1),
        cents=np.zeros((options, widest + 1), dtype=np.int64),
        pairs=np.zeros((options, widest + 1), dtype=np.int32),
        filled=np.zeros(options, dtype=np.int32),
    )


@lean
def put_in(
    layout: Layout,
    draft: Draft,
    room: Room,
    dice: Masks,
    at_work: Flags,
    count: int,
    margin: float,
    blink: float,
    wide: bool,
) -> None:
    """Serve those of `room.opened[:count]` that can be served at less than `margin` times what leaving them costs."""
    opened = room.opened
    _sort(layout, dice, opened, room.ranks, count)
    for k in range(count):
        request = opened[k]
        pinned = layout.asks[request, IS_PINNED] != 0
        cents, option = cheapest(layout, draft, room, dice, at_work, request, blink, wide or pinned)
        if option >= 0 and cents < margin * layout.asks[request, LEAVE]:
            insert(layout, draft, option, room.crew)


@lean
def _sort(layout: Layout, dice: Masks, opened: Ints, ranks: Floats, count: int) -> None:
    """Put requests in an order drawn at random, pinned ones first."""
    asks = layout.asks
    drawn = draw(dice) * _TOTAL_SHARES
    order = 0
    while order < len(_SHARES) - 1 and drawn >= _SHARES[order]:
        drawn -= _SHARES[order]
        order += 1
    for k in range(count):
        request = opened[k]
        rank = layout.keys[order - 1, request] if order else draw(dice)
        if asks[request, IS_PINNED]:
            rank -= _FIRST_OF_ALL
        at = k
        while at > 0 and ranks[at - 1] > rank:
            ranks[at], opened[at] = ranks[at - 1], opened[at - 1]
            at -= 1
        ranks[at], opened[at] = rank, request


@lean
def cheapest(
    layout: Layout,
    draft: Draft,
    room: Room,
    dice: Masks,
    at_work: Flags,
    request: int,
    blink: float,
    wide: bool,
) -> tuple[int, int]:
    """The cheapest way found to serve a request beside the rest: cents and option (-1: none), the pairs in `room.crew`.

    Each place is overlooked with the chance `blink`; without `wide` only those are asked who have the cheapest way.
    """
    asks, rows, heads = layout.asks, layout.rows, draft.heads
    begin, end = asks[request, ROWS], asks[request, NEAR_ROWS]
    if wide:
        end = asks[request + 1, ROWS]
    best, chosen = BIG, -1
    if asks[request, HAS_SINGLE]:
        pack, legs, folk, work, calendar = layout.pack, layout.legs, layout.folk, layout.work, layout.calendar
        visits, arcs, singles = draft.visits, draft.arcs, draft.singles
        options, option_of = layout.options, layout.option
        for row in range(begin, end):
            person = rows[row, PERSON]
            if not at_work[person]:
                continue
            if singles[row, 0] != heads[person, STAMP]:
                least, which = BIG, -1
                for pair in range(rows[row, SINGLES], rows[row, JOINTS]):
                    cents = added(pack, legs, folk, work, calendar, heads, visits, arcs, person, pair)
                    cents += options[option_of[pair], FIXED]
                    if cents < least:
                        least, which = cents, pair
                singles[row, 0], singles[row, 1], singles[row, 2] = heads[person, STAMP], least, which
            if singles[row, 1] < best and draw(dice) >= blink:
                best, chosen = singles[row, 1], singles[row, 2]
        if chosen >= 0:
            room.crew[0] = chosen
            chosen = layout.option[chosen]
    if asks[request, HAS_JOINT]:
        _gather(layout, draft, room, dice, at_work, request, begin, end, blink)
        return _cheapest_crew(layout, room, request, best, chosen)
    return best, chosen


@lean
def _gather(
    layout: Layout,
    draft: Draft,
    room: Room,
    dice: Masks,
    at_work: Flags,
    request: int,
    begin: int,
    end: int,
    blink: float,
) -> None:
    """The cheapest members of every crew of a request, in `room`."""
    pack, legs, folk, work, calendar = layout.pack, layout.legs, layout.folk, layout.work, layout.calendar
    heads, visits, arcs, joints = draft.heads, draft.visits, draft.arcs, draft.joints
    rows, options, option_of = layout.rows, layout.options, layout.option
    all_cents, all_pairs, filled, widest = room.cents, room.pairs, room.filled, layout.calendar[WIDEST]
    base = layout.asks[request, OPTIONS]
    for number in range(layout.asks[request + 1, OPTIONS] - base):
        filled[number] = 0
        all_cents[number, widest] = BIG
    for row in range(begin, end):
        person = rows[row, PERSON]
        if not at_work[person]:
            continue
        stamp = heads[person, STAMP]
        for pair in range(rows[row, JOINTS], rows[row + 1, SINGLES]):
            if joints[pair, 0] != stamp:
                joints[pair, 0] = stamp
                joints[pair, 1] = added(pack, legs, folk, work, calendar, heads, visits, arcs, person, pair)
            cents = joints[pair, 1]
            if cents >= BIG or draw(dice) < blink:
                continue
            option = option_of[pair]
            number = option - base
            if pack[pair, TRIPS] & LEADS and cents < all_cents[number, widest]:
                all_cents[number, widest], all_pairs[number, widest] = cents, pair
            size = options[option, CREW]
            at = filled[number]
            if at < size:
                filled[number] += 1
            elif cents >= all_cents[number, size - 1]:
                continue
            else:
                at = size - 1
            while at > 0 and all_cents[number, at - 1] > cents:
                all_cents[number, at], all_pairs[number, at] = all_cents[number, at - 1], all_pairs[number, at - 1]
                at -= 1
            all_cents[number, at], all_pairs[number, at] = cents, pair


@lean
def _cheapest_crew(layout: Layout, room: Room, request: int, best: int, chosen: int) -> tuple[int, int]:
    """The cheapest crew gathered, where it costs less than what was found so far."""
    pack, options, widest = layout.pack, layout.options, layout.calendar[WIDEST]
    base = layout.asks[request, OPTIONS]
    for number in range(layout.asks[request + 1, OPTIONS] - base):
        size = options[base + number, CREW]
        if size < 2 or room.filled[number] < size:
            continue
        leads = options[base + number, WANTS_LEAD] == 0
        cents = options[base + number, FIXED]
        for member in range(size):
            cents += room.cents[number, member]
            leads = leads or pack[room.pairs[number, member], TRIPS] & LEADS != 0
        if not leads:
            if room.cents[number, widest] >= BIG:
                continue
            cents += room.cents[number, widest] - room.cents[number, size - 1]
            room.pairs[number, size - 1] = room.pairs[number, widest]
        if cents < best:
            best, chosen = cents, base + number
            for member in range(size):
                room.crew[member] = room.pairs[number, member]
    return best, chosen


@lean
def insert_fitting(layout: Layout, draft: Draft, option: int, crew: Ints) -> bool:
    """Serve an option's request with the pairs of a crew where that breaks no rule; False where it would."""
    pack, options = layout.pack, layout.options
    if draft.served[options[option, REQUEST], OPTION] >= 0:
        return False
    leads = bool(options[option, WANTS_LEAD] == 0)
    for member in range(options[option, CREW]):
        pair = crew[member]
        leads = leads or bool(pack[pair, TRIPS] & LEADS)
        cents = added(
            pack,
            layout.legs,
            layout.folk,
            layout.work,
            layout.calendar,
            draft.heads,
            draft.visits,
            draft.arcs,
            layout.person[pair],
            pair,
        )
        if cents >= BIG:
            return False
    if leads:
        insert(layout, draft, option, crew)
    return leads
