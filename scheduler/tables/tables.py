"""All arrays of a problem together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.compiled import Bytes, Ints, Longs
from scheduler.pins import PinSearch
from scheduler.problem import Limits
from scheduler.tables.legs import NO_LEG, Modes, Places, cents_within, modes_of, places_of
from scheduler.tables.options import Options, options_of
from scheduler.tables.pairs import HomeLegs, Pairs, pairs_of
from scheduler.tables.people import People, people_of
from scheduler.weeks import Weeks


class Tables(NamedTuple):
    """A problem as arrays. Money is integer cents, days count from the horizon's first, slots are half-days.

    Attributes:
        days: days of the horizon.
        week_of: the calendar week of each day and of the day after, from the one in which the horizon starts.
        away_nights: the most nights of one gap spent away.
        midday, relocate, free_day: legs between sites within each limit, `[site, site]` cents, `NO_LEG` for none.
        start_midday, start_relocate, start_free: legs from the starts given to the sites, `[start, site]`.
        start_back, start_back_days: the way home from each start: cents (travel day and night included), travel days.
        idle: cents of each inspector's horizon without any visit: the way home from where he is.
    """

    days: int
    week_of: Ints
    away_nights: int
    options: Options
    people: People
    pairs: Pairs
    midday: Ints
    relocate: Ints
    free_day: Ints
    start_midday: Ints
    start_relocate: Ints
    start_free: Ints
    start_back: Longs
    start_back_days: Bytes
    idle: Longs


def tables_of(weeks: Weeks) -> Tables:
    """The tables of an instance whose problem has no faults."""
    instance = weeks.instance
    limits = instance.problem.limits
    options = options_of(weeks)
    people = people_of(instance)
    countries: dict[str, int] = {}
    sites = places_of(instance.sites, countries)
    homes = places_of(instance.inspectors, countries)
    starts = places_of([person.start for person in instance.inspectors if person.start is not None], countries)
    modes = modes_of(instance.problem.travel, countries)
    between = cents_within(sites, sites, modes, _minutes(limits.midday, limits.relocate, limits.free_day), True)
    home_legs = HomeLegs(*_home_legs(homes, sites, modes, limits))
    from_starts = cents_within(starts, sites, modes, _minutes(limits.midday, limits.relocate, limits.free_day), False)
    back, back_days = _ways_home(weeks)
    idle = np.zeros(len(instance.inspectors), dtype=np.int64)
    idle[people.start_row >= 0] = back
    return Tables(
        days=instance.days,
        week_of=np.array(instance.week_of, dtype=np.int32),
        away_nights=limits.away_nights,
        options=options,
        people=people,
        pairs=pairs_of(instance, PinSearch(weeks), options, people, home_legs),
        midday=between[0],
        relocate=between[1],
        free_day=between[2],
        start_midday=from_starts[0],
        start_relocate=from_starts[1],
        start_free=from_starts[2],
        start_back=back,
        start_back_days=back_days,
        idle=idle,
    )


def _minutes(*limits: int) -> Ints:
    return np.array(limits, dtype=np.int32)


def _home_legs(homes: Places, sites: Places, modes: Modes, limits: Limits) -> tuple[Ints, Ints, Ints]:
    found = cents_within(homes, sites, modes, _minutes(limits.morning, limits.evening, limits.free_day), False)
    return found[0], found[1], found[2]


def _ways_home(weeks: Weeks) -> tuple[Longs, Bytes]:
    """The way home from each start if nothing else is done; a start without one is bad input, found before."""
    instance = weeks.instance
    cents, days = [], []
    for number, person in enumerate(instance.inspectors):
        place = instance.start_place[number]
        if person.start is None or place is None:
            continue
        move = weeks.journeys.home(number, place, (person.start.slot - 1) // 2)
        trip = weeks.journeys.trip(number, place, "evening")
        cents.append(NO_LEG if move is None else move.cents)
        days.append(-1 if move is None or trip is None else trip.days)
    return np.array(cents, dtype=np.int64), np.array(days, dtype=np.int8)
