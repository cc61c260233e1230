"""A relaxation of an inspector's problem: a floor under all his horizons, and under those through each visit.

Paths may repeat requests, and days cost what prices say, whatever was worked before: then the cheapest way to a visit
and the cheapest way on from it are found without labels. What the rules forbid is priced instead (`multipliers`). With
good prices few visits remain through which anything cheaper could lead than what is known, and only those are labelled.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.columns.labels import Legs, Person
from scheduler.compiled import Bytes, Flags, Floats, Ints, Longs, compiled
from scheduler.tables.legs import NO_LEG
from scheduler.tables.options import Options
from scheduler.tables.pairs import Pairs

FROM_HOME, FROM_START = -1, -2


class Visits(NamedTuple):
    """Visits that an inspector could make, in order of first slot; fields as in `Nodes`."""

    pair: Longs
    first: Ints
    last: Ints
    site: Ints
    request: Ints
    gain: Floats
    out: Floats
    out_days: Bytes
    back: Floats
    back_days: Bytes


class Bounds(NamedTuple):
    """What the relaxation says of visits.

    Attributes:
        reach: by visit: cents of the cheapest way to its end.
        rest: by visit: cents of the cheapest way on from its end.
        before: by visit: the visit before it on the cheapest way to it; `FROM_HOME`, `FROM_START`.
        home: by day + 1: cents of the cheapest way to be at home on the morning of that day.
        home_after: by day + 1: the visit from which that way comes home; -1 for none.
    """

    reach: Floats
    rest: Floats
    before: Ints
    home: Floats
    home_after: Ints


@compiled
def visits_of(pairs: Pairs, options: Options, gain: Floats, low: int, high: int) -> Visits:
    """The visits of the pairs `low ... high`."""
    option = pairs.option[low:high]
    return Visits(
        np.arange(low, high),
        options.first[option],
        options.last[option],
        options.site[option],
        options.request[option],
        gain[low:high].copy(),
        pairs.out[low:high].astype(np.float64),
        pairs.out_days[low:high].copy(),
        pairs.back[low:high].astype(np.float64),
        pairs.back_days[low:high].copy(),
    )


@compiled
def kept(visits: Visits, keep: Flags) -> Visits:
    """Some of the visits."""
    return Visits(
        visits.pair[keep],
        visits.first[keep],
        visits.last[keep],
        visits.site[keep],
        visits.request[keep],
        visits.gain[keep],
        visits.out[keep],
        visits.out_days[keep],
        visits.back[keep],
        visits.back_days[keep],
    )


@compiled
def worth_of(visits: Visits, paid: Floats, fine: Floats) -> Floats:
    """`[visit, same day]`: cents that a visit adds, the ways to it and from it apart.

    `paid[day + 1]` are the prices of the days up to one, and `fine` the prices of requests.
    """
    first, last, request, gain = visits.first, visits.last, visits.request, visits.gain
    adds = np.empty((len(first), 2))
    for j in range(len(first)):
        apart = fine[request[j]] - gain[j] + paid[last[j] // 2 + 1]
        adds[j, 0] = apart - paid[first[j] // 2]
        adds[j, 1] = apart - paid[first[j] // 2 + 1]
    return adds


@compiled
def reach_of(visits: Visits, person: Person, legs: Legs, days: int, adds: Floats, bounds: Bounds) -> None:
    """Fill in the ways to each visit, and home."""
    first, last, site, request = visits.first, visits.last, visits.site, visits.request
    out, out_days, back, back_days = visits.out, visits.out_days, visits.back, visits.back_days
    midday, relocate, free_day, away_nights, _ = legs
    night, travel_day = person.night, person.travel_day
    start_day, start_legs = person.start_day, person.start_legs
    reach, before, home, home_after = bounds.reach, bounds.before, bounds.home, bounds.home_after
    count = len(first)
    home[:] = np.inf
    home_after[:] = -1
    if start_day == -2:
        home[0] = 0.0
    else:
        home[start_day + 2 + person.start_back_days] = person.start_back
    begin = np.zeros(days + 1, dtype=np.int64)
    for j in range(count):
        begin[last[j] // 2 + 1] += 1
    begin = np.cumsum(begin)
    end = begin.copy()
    grouped = np.empty(count, dtype=np.int32)  # by last day, and within it by reach once the day is over
    j = 0
    for today in range(days):
        if home[today] < home[today + 1]:
            home[today + 1], home_after[today + 1] = home[today], home_after[today]
        while j < count and first[j] // 2 == today:
            least, source = np.inf, FROM_HOME
            if out_days[j] >= 0:
                least = home[today - out_days[j] + 1] + out[j] + adds[j, 0]
            if start_day > -2 and start_day <= today <= start_day + away_nights:
                nights = today - start_day
                way = start_legs[0 if nights == 0 else 1, site[j]]
                cents = way + nights * night + adds[j, 0] if way < NO_LEG else np.inf
                if nights > 1 and start_legs[2, site[j]] < NO_LEG:
                    cents = min(cents, start_legs[2, site[j]] + travel_day + nights * night + adds[j, 0])
                if cents < least:
                    least, source = cents, FROM_START
            if first[j] % 2 == 1:
                for at in range(begin[today], end[today]):
                    i = grouped[at]
                    if last[i] < first[j] and request[i] != request[j] and midday[site[j], site[i]] < NO_LEG:
                        cents = reach[i] + midday[site[j], site[i]] + adds[j, 1]
                        if cents < least:
                            least, source = cents, i
            for nights in range(1, min(away_nights, today) + 1):
                stay = nights * night + adds[j, 0]
                for at in range(begin[today - nights], end[today - nights]):
                    i = grouped[at]
                    cents = reach[i] + stay
                    if cents >= least:
                        break
                    if request[i] == request[j]:
                        continue
                    way = relocate[site[j], site[i]]
                    if nights > 1:
                        way = min(way, free_day[site[j], site[i]] + travel_day)
                    if way < NO_LEG and cents + way < least:
                        least, source = cents + way, i
            reach[j], before[j] = least, source
            grouped[end[last[j] // 2]] = j
            end[last[j] // 2] += 1
            if back_days[j] >= 0:
                free = min(last[j] // 2 + 2 + back_days[j], days + 2)
                if least + back[j] < home[free]:
                    home[free], home_after[free] = least + back[j], j
            j += 1
        low, high = begin[today], end[today]
        grouped[low:high] = grouped[low:high][np.argsort(reach[grouped[low:high]])]
    for free in range(days + 1, days + 3):
        if home[free - 1] < home[free]:
            home[free], home_after[free] = home[free - 1], home_after[free - 1]


@compiled
def rest_of(visits: Visits, person: Person, legs: Legs, days: int, adds: Floats, bounds: Bounds, limit: float) -> None:
    """Fill in the ways on from each visit, after `reach_of`; infinite where they cannot stay below the limit."""
    first, last, site, request = visits.first, visits.last, visits.site, visits.request
    out, out_days, back, back_days = visits.out, visits.out_days, visits.back, visits.back_days
    midday, relocate, free_day, away_nights, _ = legs
    night, travel_day = person.night, person.travel_day
    reach, rest = bounds.reach, bounds.rest
    count = len(first)
    begin = np.zeros(days + 1, dtype=np.int64)
    for j in range(count):
        begin[first[j] // 2 + 1] += 1
    begin = np.cumsum(begin)
    end = begin.copy()
    grouped = np.empty(count, dtype=np.int32)  # by first day, and within it by cost to enter once the day is over
    enter = np.empty(count)
    value = np.zeros(days + 4)  # by day + 1: from home on that day
    ahead = np.zeros(days + 2)  # by day: from anywhere on that day, without the way to it
    j = count - 1
    for today in range(days - 1, -1, -1):
        value[today + 1] = min(value[today + 1], value[today + 2])
        ahead[today] = ahead[today + 1]
        while j >= 0 and first[j] // 2 == today:
            day = last[j] // 2
            rest[j] = np.inf
            enter[j] = np.inf
            least_ahead = min(ahead[day + 1], ahead[day] if last[j] % 2 == 0 else 0.0)
            if reach[j] + least_ahead >= limit:
                j -= 1
                continue
            least = np.inf
            if back_days[j] >= 0:
                free = day + 1 + back_days[j]
                least = back[j] + (value[free + 1] if free < days else 0.0)
            if last[j] % 2 == 0:
                for at in range(begin[day], end[day]):
                    k = grouped[at]
                    if first[k] > last[j] and request[k] != request[j] and midday[site[j], site[k]] < NO_LEG:
                        least = min(least, midday[site[j], site[k]] + adds[k, 1] + rest[k])
            for nights in range(1, min(away_nights, days - 1 - day) + 1):
                for at in range(begin[day + nights], end[day + nights]):
                    k = grouped[at]
                    cents = enter[k] + nights * night
                    if cents >= least:
                        break
                    if request[k] == request[j]:
                        continue
                    way = relocate[site[j], site[k]]
                    if nights > 1:
                        way = min(way, free_day[site[j], site[k]] + travel_day)
                    if way < NO_LEG:
                        least = min(least, cents + way)
            rest[j] = least
            enter[j] = adds[j, 0] + least
            ahead[today] = min(ahead[today], enter[j], adds[j, 1] + least)
            grouped[end[today]] = j
            end[today] += 1
            if out_days[j] >= 0:
                set_out = today - out_days[j] + 1
                value[set_out] = min(value[set_out], out[j] + enter[j])
            j -= 1
        low, high = begin[today], end[today]
        grouped[low:high] = grouped[low:high][np.argsort(enter[grouped[low:high]])]


@compiled
def path_of(visits: Visits, bounds: Bounds, path: Ints) -> int:
    """The visits of the cheapest path, last first, into `path`; gives how many."""
    length = 0
    j = bounds.home_after[-1]
    while j >= 0:
        path[length] = j
        length += 1
        source = bounds.before[j]
        if source == FROM_HOME:
            j = bounds.home_after[visits.first[j] // 2 - visits.out_days[j] + 1]
        elif source == FROM_START:
            break
        else:
            j = source
    return length
