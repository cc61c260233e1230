"""The tables laid out for the search: what one look needs lies side by side.

Pairs of inspector and option are numbered anew, by request, then by inspector (cheapest way to the site first), those
for one inspector before those for a crew. Where an inspector begins away from home, his start is one more row of
`pack`, as if a visit had ended there.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.compiled import Flags, Floats, Ints, Longs, compiled
from scheduler.tables import NO_LEG, Tables
from scheduler.tables.options import Options
from scheduler.tables.pairs import Pairs

BIG = 1 << 50  # cents of what is not possible; a few of them add up in 64 bits
POSSIBLE = 1 << 49  # cents below which a sum holds nothing impossible
PIN_PRICE = 1 << 44  # cents of leaving a pinned request while the search runs: no plan without it is worth having
NEAR_PEOPLE = 40  # inspectors of a request at whom most steps look
NEAR_REQUESTS = 100  # requests kept as the neighbours of each
FAR = 1 << 31  # cents that rank an inspector without a way from home behind all others

# columns of `pack`
FIRST, LAST, SITE, NODE, OUT, BACK, TRIPS, ROOM = range(8)
OUT_DAYS, BACK_DAYS, LEADS = 3, 12, 16  # bits of TRIPS: travel days out (0-1), back (2-3), whether he could lead
# columns of `folk`
NIGHT, TRAVEL_DAY, START, RUN_BEFORE, MOST_RUN, SUNK, MAY_TRAVEL = range(7)
# columns of `rows`
PERSON, SINGLES, JOINTS = range(3)
# columns of `asks`
ROWS, NEAR_ROWS, LEAVE, IS_PINNED, OPTIONS, HAS_SINGLE, HAS_JOINT = range(7)
# columns of `options`
REQUEST, CREW, FIXED, WANTS_LEAD = range(4)
ORDERS = 5  # rows of `keys`
ORDER_SHARES = (4.0, 2.0, 2.0, 2.0, 2.0, 1.0)  # how often requests are served in random order, and by each key


class Layout(NamedTuple):
    """What the search reads. `p` is a pair, `r` a request, `i` an inspector.

    Attributes:
        pack: `[p or start, 8]`: slots, site, cents inside and of the person, ways from and to home, rotation's room.
        pair: `[p]`: the pair's number in the tables.
        option: `[p]`.
        person: `[p]`.
        legs: `[midday, relocate, free day][site or start, site]`.
        folk: `[i, 7]`: nights, travel days, start, runs, and days as bits.
        work: `[i, week, days of the week as bits]`: day costs and premiums, `BIG` where the week is too full.
        rows: `[row, 3]`: the pairs of one inspector and one request; one row more at the end.
        asks: `[r, 7]`: rows, what leaving costs, pins, options; one row more at the end.
        options: `[option, 4]`.
        near: `[r, k]`: the nearest requests that somebody may serve, itself first; -1 past the last.
        keys: `[order, r]`: orders in which requests are served.
        calendar: weekday of the horizon's first day (0: the first of a week of `work`), most nights away, widest crew.
    """

    pack: Longs
    pair: Ints
    option: Ints
    person: Ints
    legs: Ints
    folk: Longs
    work: Longs
    rows: Longs
    asks: Longs
    options: Longs
    near: Ints
    keys: Floats
    calendar: Longs


def layout_of(tables: Tables) -> Layout:
    """The layout of a problem's tables."""
    options, pairs = tables.options, tables.pairs
    request = options.request[pairs.option]
    people = len(tables.idle)
    order = _order(pairs, options, request, _ranks(tables, request, people))
    option, person = pairs.option[order], pairs.person[order]
    rows = _rows(request[order], person, options.crew[option] > 1)
    starts = np.flatnonzero(tables.people.start_row >= 0)
    weekday = _weekday(tables)
    asks = _asks(tables, request[order][rows[:-1, SINGLES]])
    per_row = np.append(asks[:-1, ROWS], len(rows) - 1)
    pack = np.empty((len(order) + len(starts), 8), dtype=np.int64)
    _pack_pairs(tables.pairs, options, order, pack)
    pack[len(order) :] = _starts_pack(tables, starts)
    return Layout(
        pack=pack,
        pair=order,
        option=option.astype(np.int32),
        person=person.astype(np.int32),
        legs=np.stack(
            [
                np.vstack([tables.midday, tables.start_midday]),
                np.vstack([tables.relocate, tables.start_relocate]),
                np.vstack([tables.free_day, tables.start_free]),
            ]
        ),
        folk=_folk(tables, starts, len(order)),
        work=_work(
            weekday,
            tables.people.premium,
            tables.people.day_cost,
            tables.people.most_days,
            tables.people.done,
            tables.people.sunk,
        ),
        rows=rows,
        asks=asks,
        options=np.stack(
            [options.request, options.crew, options.fixed, options.wants_lead], axis=1, dtype=np.int64, casting="unsafe"
        ),
        near=_near(tables, np.diff(per_row) > 0),
        keys=_keys(tables, np.diff(per_row)),
        calendar=np.array([weekday, tables.away_nights, max(1, int(options.crew.max(initial=1)))], dtype=np.int64),
    )


def _ranks(tables: Tables, request: Ints, people: int) -> Longs:
    """`[request, inspector]`: the place of each among all, the cheapest way there and back first."""
    pairs = tables.pairs
    ways = np.where(pairs.out_days < 0, FAR, pairs.out) + np.where(pairs.back_days < 0, FAR, pairs.back) + pairs.node
    ways = np.where(tables.people.start_row[pairs.person] < 0, ways, pairs.node)
    cheapest = np.full((len(tables.options.unserved), people), np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(cheapest, (request, pairs.person), ways)
    ranks = np.empty_like(cheapest)
    np.put_along_axis(ranks, np.argsort(cheapest, axis=1, kind="stable"), np.arange(people), axis=1)
    return ranks


@compiled
def _order(pairs: Pairs, options: Options, request: Ints, ranks: Longs) -> Ints:
    """The pairs by request, rank of the inspector, crew and option."""
    requests, people = ranks.shape
    ends = np.zeros(requests * people + 1, dtype=np.int32)
    for pair in range(len(request)):
        ends[request[pair] * people + ranks[request[pair], pairs.person[pair]] + 1] += 1
    for cell in range(1, len(ends)):
        ends[cell] += ends[cell - 1]
    filled = ends[:-1].copy()
    order = np.empty(len(request), dtype=np.int32)
    for pair in range(len(request)):
        cell = request[pair] * people + ranks[request[pair], pairs.person[pair]]
        option = pairs.option[pair]
        joint = options.crew[option] > 1
        at = filled[cell]
        filled[cell] += 1
        while at > ends[cell]:
            other = pairs.option[order[at - 1]]
            other_joint = options.crew[other] > 1
            if other_joint < joint or (other_joint == joint and other < option):
                break
            order[at] = order[at - 1]
            at -= 1
        order[at] = pair
    return order


def _rows(request: Ints, person: Ints, joint: Flags) -> Longs:
    """Where the pairs of each request and inspector begin, and those among them for crews."""
    count = len(request)
    changes = np.flatnonzero((np.diff(request, prepend=-1) != 0) | (np.diff(person, prepend=-1) != 0))
    ends = np.append(changes[1:], count)
    singles = np.concatenate([[0], np.cumsum(~joint)])
    rows = np.zeros((len(changes) + 1, 3), dtype=np.int64)
    rows[:-1, PERSON] = person[changes]
    rows[:-1, SINGLES] = changes
    rows[:-1, JOINTS] = changes + singles[ends] - singles[changes]
    rows[-1] = -1, count, count
    return rows


def _asks(tables: Tables, request_of_row: Ints) -> Longs:
    options = tables.options
    count = len(options.unserved)
    asks = np.zeros((count + 1, 7), dtype=np.int64)
    asks[:, ROWS] = np.searchsorted(request_of_row, np.arange(count + 1))
    asks[:-1, NEAR_ROWS] = np.minimum(asks[:-1, ROWS] + NEAR_PEOPLE, asks[1:, ROWS])
    asks[:-1, LEAVE] = np.where(options.pinned, PIN_PRICE, options.unserved)
    asks[:-1, IS_PINNED] = options.pinned
    asks[:, OPTIONS] = options.of
    np.maximum.at(asks[:, HAS_SINGLE], options.request, options.crew == 1)
    np.maximum.at(asks[:, HAS_JOINT], options.request, options.crew > 1)
    return asks


@compiled
def _pack_pairs(pairs: Pairs, options: Options, order: Ints, pack: Longs) -> None:
    for at in range(len(order)):
        pair = order[at]
        option, out_days, back_days = pairs.option[pair], pairs.out_days[pair], pairs.back_days[pair]
        pack[at, FIRST] = options.first[option]
        pack[at, LAST] = options.last[option]
        pack[at, SITE] = options.site[option]
        pack[at, NODE] = pairs.node[pair]
        pack[at, OUT] = BIG if out_days < 0 else pairs.out[pair]
        pack[at, BACK] = BIG if back_days < 0 else pairs.back[pair]
        pack[at, TRIPS] = max(0, out_days) + 4 * max(0, back_days) + LEADS * pairs.leads[pair]
        pack[at, ROOM] = pairs.room[pair]


def _starts_pack(tables: Tables, starts: Longs) -> Longs:
    days = tables.start_back_days.astype(np.int64)
    pack = np.zeros((len(starts), 8), dtype=np.int64)
    pack[:, LAST] = tables.people.start_slot[starts] - 1
    pack[:, SITE] = len(tables.midday) + tables.people.start_row[starts]
    pack[:, BACK] = np.where(tables.start_back >= NO_LEG, BIG, tables.start_back)
    pack[:, TRIPS] = 4 * np.maximum(days, 0)
    return pack


def _folk(tables: Tables, starts: Longs, pairs: int) -> Longs:
    people = tables.people
    days = tables.days
    folk = np.zeros((len(people.night), 7), dtype=np.int64)
    folk[:, NIGHT] = people.night
    folk[:, TRAVEL_DAY] = people.travel_day
    folk[:, START] = -1
    folk[starts, START] = pairs + np.arange(len(starts))
    # a run longer than the horizon can only be one that goes on from before it: both ends are cut by as much
    cut = np.maximum(people.most_run - days, 0)
    folk[:, MOST_RUN] = people.most_run - cut
    folk[:, RUN_BEFORE] = np.clip(people.run_before - cut, 0, folk[:, MOST_RUN])
    folk[:, SUNK] = people.sunk.astype(np.int64) @ (1 << np.arange(days, dtype=np.int64))
    folk[:, MAY_TRAVEL] = people.may_travel.astype(np.int64) @ (1 << np.arange(days + 2, dtype=np.int64))
    return folk


def _weekday(tables: Tables) -> int:
    """How many days of its calendar week lie before the horizon; 0 where it makes no difference."""
    mondays = np.flatnonzero(tables.week_of == 1)
    return 7 - int(mondays[0]) if len(mondays) else 0


@compiled
def _work(weekday: int, premium: Longs, day_cost: Longs, most_days: Ints, done: Ints, sunk: Flags) -> Longs:
    """Cents of the days worked in a calendar week, by inspector, week and days as bits from its Monday."""
    people, days = premium.shape
    found = np.zeros((people, done.shape[1], 128), dtype=np.int64)
    for person in range(people):
        for week in range(done.shape[1]):
            for bits in range(1, 128):
                count, cents = done[person, week], np.int64(0)
                for bit in range(7):
                    day = 7 * week + bit - weekday
                    if not (bits >> bit) & 1 or day < 0 or day >= days:
                        continue
                    cents += premium[person, day]
                    if not sunk[person, day]:
                        if count >= most_days[person]:
                            cents = np.int64(BIG)
                            break
                        cents += day_cost[person, count]
                        count += 1
                found[person, week, bits] = cents
    return found


def _near(tables: Tables, servable: Flags) -> Ints:
    """The requests that are cheapest to reach from each, those that somebody may serve alone."""
    site = _sites(tables)
    others = np.flatnonzero(servable)
    width = min(NEAR_REQUESTS, len(others))
    near = np.full((len(site), max(1, width)), -1, dtype=np.int32)
    if not width:
        return near
    places = np.arange(len(others))
    for place, request in enumerate(others):
        cents = tables.free_day[site[request], site[others]].astype(np.int64)
        cents[place] = -1
        keys = cents * len(others) + places  # of equal ones the first
        nearest = np.argpartition(keys, width - 1)[:width]
        near[request, :width] = others[nearest[np.argsort(keys[nearest])]]
    return near


def _sites(tables: Tables) -> Ints:
    """The site of each request; that of requests without options is not asked."""
    site = np.zeros(len(tables.options.unserved), dtype=np.int32)
    site[tables.options.request] = tables.options.site
    return site


def _keys(tables: Tables, people: Longs) -> Floats:
    """Requests with few people, dear to leave, long, with few starts, and early ones first."""
    options = tables.options
    count = len(options.unserved)
    longest, earliest = np.zeros(count), np.full(count, 1e9)
    np.maximum.at(longest, options.request, options.last - options.first)
    np.minimum.at(earliest, options.request, options.first)
    return np.stack([people, -options.unserved, -longest, np.diff(options.of), earliest], dtype=np.float64)
