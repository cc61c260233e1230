"""An inspector's nodes, and what is asked of him, out of the tables."""

from __future__ import annotations

import numpy as np

from scheduler.columns.labels import Critical, Nodes, Person
from scheduler.compiled import Bytes, Flags, Floats, Ints, Longs, compiled
from scheduler.tables.options import Options
from scheduler.tables.pairs import Pairs
from scheduler.tables.people import People

BITS = 64  # of a mask
START_AT_HOME = -2


@compiled
def choose(gain: Floats, pairs: Pairs, low: int, high: int, most: int) -> Longs:
    """The pairs of `low ... high` that are worth something, at most so many: the best after half of their journey."""
    chosen = np.empty(high - low, dtype=np.int64)
    score = np.empty(high - low)
    count = 0
    for pair in range(low, high):
        if gain[pair] <= 0:
            continue
        ways = 0.0
        if pairs.out_days[pair] >= 0:
            ways += pairs.out[pair]
        if pairs.back_days[pair] >= 0:
            ways += pairs.back[pair]
        chosen[count], score[count] = pair, gain[pair] - 0.35 * ways
        count += 1
    if count <= most:
        return chosen[:count].copy()
    kept = np.argsort(-score[:count])[:most]
    return np.sort(chosen[:count][kept])


@compiled
def nodes_of(
    chosen: Longs, gain: Floats, options: Options, pairs: Pairs, people: People, person: int, week_of: Ints
) -> Nodes:
    """The nodes of the pairs chosen."""
    count = len(chosen)
    most, days_cost, premium = people.most_days[person], people.day_cost[person], people.premium[person]
    sunk, done = people.sunk[person], people.done[person]
    first, last = np.empty(count, dtype=np.int32), np.empty(count, dtype=np.int32)
    site, request = np.empty(count, dtype=np.int32), np.empty(count, dtype=np.int32)
    worth = np.empty(count)
    out, out_days = np.empty(count), np.empty(count, dtype=np.int8)
    back, back_days = np.empty(count), np.empty(count, dtype=np.int8)
    room = np.empty(count, dtype=np.int32)
    work = np.full((count, 2, most + 2), np.inf)
    worked = np.zeros((count, 2, most + 2), dtype=np.int32)
    for n in range(count):
        pair = chosen[n]
        option = pairs.option[pair]
        first[n], last[n] = options.first[option], options.last[option]
        site[n], request[n] = options.site[option], options.request[option]
        worth[n] = gain[pair]
        out[n], out_days[n] = pairs.out[pair], pairs.out_days[pair]
        back[n], back_days[n] = pairs.back[pair], pairs.back_days[pair]
        room[n] = pairs.room[pair]
        for same in range(2):
            for before in range(most + 2):
                days, cents, week = before, 0.0, week_of[first[n] // 2]
                for day in range(first[n] // 2 + same, last[n] // 2 + 1):
                    if week_of[day] != week:
                        week = week_of[day]
                        days = done[week]
                    if not sunk[day]:
                        if days >= most:
                            cents = np.inf
                            break
                        cents += days_cost[days]
                        days += 1
                    cents += premium[day]
                work[n, same, before] = cents
                worked[n, same, before] = min(days, most + 1)
    return Nodes(chosen, first, last, site, request, worth, out, out_days, back, back_days, room, work, worked)


@compiled
def person_of(
    people: People,
    person: int,
    week_of: Ints,
    days: int,
    start_midday: Ints,
    start_relocate: Ints,
    start_free: Ints,
    start_back: Longs,
    start_back_days: Bytes,
) -> Person:
    """What is asked of an inspector alone."""
    most = people.most_days[person]
    fresh = np.empty(days, dtype=np.int32)
    run_at = np.zeros(days + 2, dtype=np.int32)
    run_at[0] = people.run_before[person]
    for day in range(days):
        fresh[day] = min(people.done[person, week_of[day]], most + 1)
        if people.sunk[person, day]:
            run_at[day + 1] = run_at[day] + 1
    row = people.start_row[person]
    legs = np.empty((3, start_midday.shape[1] if row >= 0 else 0), dtype=np.int32)
    start_day, cents, back_days = START_AT_HOME, 0.0, 0
    if row >= 0:
        legs[0], legs[1], legs[2] = start_midday[row], start_relocate[row], start_free[row]
        start_day = (people.start_slot[person] - 1) // 2
        cents, back_days = float(start_back[row]), start_back_days[row]
    return Person(
        float(people.night[person]),
        float(people.travel_day[person]),
        people.may_travel[person],
        people.most_run[person],
        people.rises[person],
        fresh,
        run_at,
        start_day,
        legs,
        cents,
        back_days,
    )


@compiled
def critical_of(nodes: Nodes, requests: Flags, sites: Flags, slots: int) -> Critical:
    """Bits for the critical requests and sites among the nodes; those beyond `BITS` are left out."""
    count = len(nodes.first)
    request_bit, site_bits = np.zeros(count, dtype=np.uint64), np.zeros(count, dtype=np.uint64)
    alive = np.zeros(slots + 1, dtype=np.uint64)
    given: dict[int, np.uint64] = {}
    used = 0
    for n in range(count):
        request = nodes.request[n]
        if requests[request]:
            if request not in given and used < BITS:
                given[request] = np.uint64(1) << np.uint64(used)
                used += 1
            if request in given:
                request_bit[n] = given[request]
    of_site: dict[int, np.uint64] = {}
    for n in range(count):
        site, room = nodes.site[n], nodes.room[n]
        if sites[site] and room < BITS:
            if site not in of_site and used + room <= BITS:
                bits = np.uint64(0)
                for _ in range(room):
                    bits |= np.uint64(1) << np.uint64(used)
                    used += 1
                of_site[site] = bits
            if site in of_site:
                site_bits[n] = of_site[site]
    for n in range(count):
        alive[nodes.first[n]] |= request_bit[n] | site_bits[n]
    for slot in range(slots - 1, -1, -1):
        alive[slot] |= alive[slot + 1]
    return Critical(request_bit, site_bits, alive)
