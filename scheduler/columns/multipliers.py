"""Prices of the rules that the relaxation leaves out, found by subgradients, one inspector at a time.

With `fine` of a request for every visit to it, `rate` of a calendar week for every day worked in it, and `strain` of a
window of days for every day worked in it, no horizon costs less than the cheapest path at these prices, less

    sum fine  +  sum over weeks max_m (rate m - cost of m days)  +  sum over windows strain (days allowed in it)

because a horizon serves a request once, works some number of days a week, and rests in time. Any prices of 0 or more
will do; good ones make the floor nearly the least itself.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.columns.labels import Legs, Person
from scheduler.columns.relaxed import Bounds, Visits, kept, path_of, reach_of, rest_of, worth_of
from scheduler.compiled import Flags, Floats, Ints, compiled
from scheduler.tables.people import People

LONGEST = 28 * 2  # visits of one horizon at most: one a slot
STEP, SHRINK = 1.0, 0.95  # of the way to where the floor would be the limit; what it becomes after each step
NO_GAIN = 8  # steps without a better floor after which it is as good as it gets


class Prices(NamedTuple):
    """Prices of one inspector's rules, 0 or more: by request, by week, and by the last day of a window."""

    fine: Floats
    rate: Floats
    strain: Floats


class Ask(NamedTuple):
    """What the rules ask of one inspector's days.

    Attributes:
        premium, sunk: by day.
        week_of: by day.
        cost: cents of the n-th day worked in a week.
        done, most: days of each week worked before, and days of a week that there may be.
        run: days in a row that there may be.
        room: by last day of a window of `run` + 1 days (fewer where what was worked before counts): days that may be
            worked in it; -1 where the window asks nothing.
    """

    premium: Floats
    sunk: Flags
    week_of: Ints
    cost: Floats
    done: Ints
    most: int
    run: int
    room: Ints


@compiled
def ask_of(people: People, person: int, week_of: Ints, days: int) -> Ask:
    """What is asked of an inspector's days."""
    run, worked_before, sunk = people.most_run[person], people.run_before[person], people.sunk[person]
    room = np.full(days, -1, dtype=np.int32)
    for last in range(days):
        if last >= run or worked_before >= run - last:
            begin = max(0, last - run)
            allowed = min(run, last) if last < run else run
            for day in range(begin, last + 1):
                if sunk[day]:
                    allowed -= 1
            room[last] = max(0, allowed)
    return Ask(
        people.premium[person].astype(np.float64),
        sunk,
        week_of,
        people.day_cost[person].astype(np.float64),
        people.done[person],
        people.most_days[person],
        run,
        room,
    )


@compiled
def first_rate(ask: Ask) -> float:
    """A rate to begin from: a day's cost in the middle of the week."""
    return ask.cost[max(0, min(3, ask.most - 1))] if ask.most > 0 else 0.0


@compiled
def best_days(rate: float, cost: Floats, done: int, most: int) -> tuple[float, int]:
    """The most that days at a rate bring beyond what they cost, and how many days that takes."""
    best, days, cents = 0.0, 0, 0.0
    for more in range(1, most - done + 1):
        cents += cost[done + more - 1]
        if rate * more - cents > best:
            best, days = rate * more - cents, more
    return best, days


@compiled
def paid_of(ask: Ask, prices: Prices) -> Floats:
    """Prices of the days up to one, by day + 1."""
    days = len(ask.premium)
    paid = np.zeros(days + 1)
    for day in range(days):
        paid[day + 1] = paid[day] + ask.premium[day]
        if not ask.sunk[day]:
            paid[day + 1] += prices.rate[ask.week_of[day]]
            for last in range(day, min(day + ask.run + 1, days)):
                if ask.room[last] >= 0:
                    paid[day + 1] += prices.strain[last]
    return paid


@compiled
def given_back(ask: Ask, prices: Prices) -> float:
    """What the cheapest path at these prices must be lowered by to be a floor."""
    total = float(prices.fine.sum())
    for week in range(len(prices.rate)):
        total += best_days(prices.rate[week], ask.cost, ask.done[week], ask.most)[0]
    for last in range(len(ask.room)):
        total += prices.strain[last] * max(0, ask.room[last])
    return total


@compiled
def bounds_of(count: int, days: int) -> Bounds:
    """Room for what the relaxation says."""
    return Bounds(
        np.empty(count),
        np.empty(count),
        np.empty(count, dtype=np.int32),
        np.empty(days + 3),
        np.empty(days + 3, dtype=np.int32),
    )


@compiled
def relax(
    visits: Visits, person: Person, legs: Legs, ask: Ask, prices: Prices, days: int, idle: float, limit: float
) -> tuple[float, Floats, Bounds]:
    """The floor at given prices, that under the paths through each visit, and the relaxation itself."""
    adds = worth_of(visits, paid_of(ask, prices), prices.fine)
    bounds = bounds_of(len(visits.first), days)
    lowered = given_back(ask, prices)
    reach_of(visits, person, legs, days, adds, bounds)
    rest_of(visits, person, legs, days, adds, bounds, limit + lowered)
    return min(idle, bounds.home[-1]) - lowered, bounds.reach + bounds.rest - lowered, bounds


@compiled
def step(visits: Visits, bounds: Bounds, ask: Ask, prices: Prices, idle: float, missing: float, path: Ints) -> bool:
    """Move the prices against what the cheapest path breaks; False where it breaks nothing that has a price."""
    days, weeks, fine = len(ask.premium), len(prices.rate), prices.fine
    length = path_of(visits, bounds, path) if bounds.home[-1] < idle else 0
    request = visits.request
    worked, times = np.zeros(days), np.zeros(length)
    norm = float((fine > 0).sum())  # of those with a price that the path leaves out, once the others are taken off
    for at in range(length):
        j = path[at]
        for day in range(visits.first[j] // 2, visits.last[j] // 2 + 1):
            worked[day] = 0.0 if ask.sunk[day] else 1.0
        first = at
        for other in range(at - 1, -1, -1):
            if request[path[other]] == request[j]:
                first = other
        times[first] += 1.0
    for at in range(length):
        if times[at] > 0:
            norm += (times[at] - 1.0) ** 2 - (1.0 if fine[request[path[at]]] > 0 else 0.0)
    over, strained = np.zeros(weeks), np.zeros(days)
    for week in range(weeks):
        over[week] = -best_days(prices.rate[week], ask.cost, ask.done[week], ask.most)[1]
    for day in range(days):
        over[ask.week_of[day]] += worked[day]
        if ask.room[day] >= 0:
            strained[day] = worked[max(0, day - ask.run) : day + 1].sum() - ask.room[day]
            if strained[day] > 0 or prices.strain[day] > 0:
                norm += strained[day] ** 2
    norm += (over**2).sum()
    if norm == 0:
        return False
    size = missing / norm
    for at in range(length):  # the loop below takes one time off each
        fine[request[path[at]]] += size * times[at]
    for number in range(len(fine)):
        if fine[number] > 0:
            fine[number] = max(0.0, fine[number] - size)
    for week in range(weeks):
        prices.rate[week] = max(0.0, prices.rate[week] + size * over[week])
    for day in range(days):
        prices.strain[day] = max(0.0, prices.strain[day] + size * strained[day])
    return True


@compiled
def tighten(
    visits: Visits,
    through: Floats,
    person: Person,
    legs: Legs,
    ask: Ask,
    prices: Prices,
    days: int,
    idle: float,
    limit: float,
    few: int,
    steps: int,
) -> tuple[Visits, float]:
    """Better prices, until few visits remain through which anything below the limit could lead.

    Gives these, and the best floor found. `through` are floors known under the paths through each visit.
    """
    path = np.empty(2 * days, dtype=np.int32)
    best, stuck, share = -np.inf, 0, STEP
    for _ in range(steps):
        floor, now, bounds = relax(visits, person, legs, ask, prices, days, idle, limit)
        through = np.maximum(through, now)
        stuck = 0 if floor > best + 1.0 else stuck + 1
        best = max(best, floor)
        left = through < limit
        if best >= limit or not left.any():
            return kept(visits, left), best
        moved = step(visits, bounds, ask, prices, idle, share * (limit - floor), path)
        share *= SHRINK
        if left.sum() < len(left):
            visits, through = kept(visits, left), through[left]
        if not moved or stuck > NO_GAIN or len(visits.first) <= few:
            break
    return visits, best
