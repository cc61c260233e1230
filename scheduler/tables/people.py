"""What is asked of each inspector alone, as arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.compiled import Flags, Ints, Longs
from scheduler.instance import Instance


class People(NamedTuple):
    """The inspectors.

    Attributes:
        night, travel_day: cents of a night away and of a travel day.
        may_travel: `[inspector, day + 1]`: from the eve of the horizon to the day after it.
        premium: `[inspector, day]`: cents on top.
        day_cost: `[inspector, n]`: cents of the n-th day worked in a calendar week, from 0; past `most_days` unused.
        rises: whether day costs never fall.
        done: `[inspector, week]`: days worked of a calendar week before this plan adds any.
        sunk: `[inspector, day]`: days that count as worked already and cost no day.
        run_before, most_run: days in a row up to the eve, and the most that there may be.
        open: `[inspector, slot]`: available.
        start_slot, start_row: from which slot on, and the row among the starts; -1 for who starts at home.
    """

    night: Longs
    travel_day: Longs
    may_travel: Flags
    premium: Longs
    day_cost: Longs
    most_days: Ints
    rises: Flags
    done: Ints
    sunk: Flags
    run_before: Ints
    most_run: Ints
    open: Flags
    start_slot: Ints
    start_row: Ints


def people_of(instance: Instance) -> People:
    """The inspectors of an instance."""
    people = instance.inspectors
    count, days = len(people), instance.days
    weeks = instance.week(days) + 1
    longest = max((len(person.day_costs) for person in people), default=0)
    day_cost = np.zeros((count, longest + 1), dtype=np.int64)
    done = np.zeros((count, weeks), dtype=np.int32)
    sunk = np.zeros((count, days), dtype=np.bool_)
    start_row = np.full(count, -1, dtype=np.int32)
    for number, person in enumerate(people):
        day_cost[number, : len(person.day_costs)] = person.day_costs
        for week, worked in instance.done[number].items():
            done[number, week] = worked
        sunk[number, [day for day in instance.sunk[number] if 0 <= day < days]] = True
    starters = [number for number, person in enumerate(people) if person.start is not None]
    start_row[starters] = np.arange(len(starters))
    return People(
        np.array([person.night_cost for person in people], dtype=np.int64),
        np.array([person.travel_day_cost for person in people], dtype=np.int64),
        _flags([person.may_travel for person in people], days + 2),
        np.array([person.day_premiums for person in people], dtype=np.int64).reshape(count, days),
        day_cost,
        np.array([len(person.day_costs) for person in people], dtype=np.int32),
        np.array([list(person.day_costs) == sorted(person.day_costs) for person in people], dtype=np.bool_),
        done,
        sunk,
        np.array([person.worked_before.consecutive_days for person in people], dtype=np.int32),
        np.array([person.max_consecutive_days for person in people], dtype=np.int32),
        _flags([person.available for person in people], 2 * days),
        np.array([-1 if person.start is None else person.start.slot for person in people], dtype=np.int32),
        start_row,
    )


def _flags(rows: list[tuple[bool, ...]], length: int) -> Flags:
    return np.array(rows, dtype=np.bool_).reshape(len(rows), length)
