"""What one more visit adds to an inspector's week: priced from its neighbours, exactly, or `BIG` where a rule forbids.

A week's journey is a sum over neighbouring visits, and its day costs hang on the set of days alone, so an insertion
takes two moves, and one look-up for each calendar week that it touches.
"""

from __future__ import annotations

from scheduler.compiled import Ints, Longs, lean
from scheduler.search.layout import (
    BACK,
    BACK_DAYS,
    BIG,
    FIRST,
    LAST,
    MAY_TRAVEL,
    MOST_RUN,
    NIGHT,
    NODE,
    OUT,
    OUT_DAYS,
    POSSIBLE,
    ROOM,
    RUN_BEFORE,
    SITE,
    START,
    SUNK,
    TRAVEL_DAY,
    TRIPS,
)
from scheduler.tables.legs import NO_LEG
from scheduler.tables.pairs import NO_LIMIT

# columns of `heads`: what is kept of each inspector's week
COUNT, SLOTS, DAYS, STAMP, TOUCHED = range(5)
WEEKDAY, AWAY_NIGHTS, WIDEST = range(3)  # of `calendar`


@lean
def arc(pack: Longs, legs: Ints, folk: Longs, away_nights: int, person: int, before: int, after: int) -> int:
    """Cents of the move between two visits (pairs, or a start); -1 stands for home."""
    if after < 0:
        return 0 if before < 0 else int(pack[before, BACK])
    if before < 0:
        return int(pack[after, OUT])
    nights = (pack[after, FIRST] >> 1) - (pack[before, LAST] >> 1)
    at, to = pack[before, SITE], pack[after, SITE]
    if nights == 0:
        leg = legs[0, at, to]
        return BIG if leg >= NO_LEG else int(leg)
    cents = BIG
    if nights > ((pack[before, TRIPS] & BACK_DAYS) >> 2) + (pack[after, TRIPS] & OUT_DAYS):
        cents = min(cents, pack[before, BACK] + pack[after, OUT])
    if 0 < nights <= away_nights:
        stay = nights * folk[person, NIGHT]
        leg = legs[1, at, to]
        if leg < NO_LEG:
            cents = min(cents, leg + stay)
        leg = legs[2, at, to]
        between = ((1 << (nights - 1)) - 1) << ((pack[before, LAST] >> 1) + 2)
        if leg < NO_LEG and folk[person, MAY_TRAVEL] & between:
            cents = min(cents, leg + stay + folk[person, TRAVEL_DAY])
    return cents


@lean
def work_of(work: Longs, weekday: int, person: int, first_day: int, last_day: int, days: int) -> int:
    """Cents of the work in the calendar weeks from one day to another, of days given as bits."""
    cents = 0
    for week in range((first_day + weekday) // 7, (last_day + weekday) // 7 + 1):
        cents += work[person, week, ((days << weekday) >> (7 * week)) & 127]
    return cents


@lean
def runs_too_long(folk: Longs, person: int, days: int) -> bool:
    """Whether one of these days makes a run of worked days longer than allowed."""
    before, most = folk[person, RUN_BEFORE], folk[person, MOST_RUN]
    run = ((days | folk[person, SUNK]) << before) | ((1 << before) - 1)
    whole = run
    for _ in range(most):
        run = (run << 1) & whole
        if run == 0:
            return False
    return bool(run & (days << before))


@lean
def days_between(first: int, last: int) -> int:
    """The days from slot to slot as bits."""
    return ((1 << ((last >> 1) - (first >> 1) + 1)) - 1) << (first >> 1)


@lean
def slots_between(first: int, last: int) -> int:
    """The slots from first to last as bits."""
    return ((1 << (last - first + 1)) - 1) << first


@lean
def place_of(pack: Longs, visits: Ints, person: int, count: int, first: int) -> int:
    """Where a visit from a slot on belongs among an inspector's visits."""
    at = count
    while at > 0 and pack[visits[person, at - 1], FIRST] > first:
        at -= 1
    return at


@lean
def added(
    pack: Longs,
    legs: Ints,
    folk: Longs,
    work: Longs,
    calendar: Longs,
    heads: Longs,
    visits: Ints,
    arcs: Longs,
    person: int,
    pair: int,
) -> int:
    """Cents that a pair adds to its inspector's week, the request's own (`FIXED`) apart; `BIG` where forbidden."""
    first, last = pack[pair, FIRST], pack[pair, LAST]
    if heads[person, SLOTS] & slots_between(first, last):
        return BIG
    count = heads[person, COUNT]
    room = pack[pair, ROOM]
    if room <= count:
        for k in range(count):
            other = visits[person, k]
            if pack[other, SITE] == pack[pair, SITE] and pack[other, ROOM] < NO_LIMIT:
                room -= 1
        if room < 1:
            return BIG
    cents = pack[pair, NODE]
    old = heads[person, DAYS]
    days = old | days_between(first, last)
    if days != old:
        weekday, low, high = calendar[WEEKDAY], first >> 1, last >> 1
        cents += work_of(work, weekday, person, low, high, days) - work_of(work, weekday, person, low, high, old)
        if cents >= POSSIBLE or runs_too_long(folk, person, days):
            return BIG
    at = place_of(pack, visits, person, count, first)
    before = visits[person, at - 1] if at > 0 else folk[person, START]
    after = visits[person, at] if at < count else -1
    nights = calendar[AWAY_NIGHTS]
    cents += arc(pack, legs, folk, nights, person, before, pair) - arcs[person, at]
    if cents >= POSSIBLE:
        return BIG
    cents += arc(pack, legs, folk, nights, person, pair, after)
    return BIG if cents >= POSSIBLE else cents
