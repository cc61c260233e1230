"""Weeks of inspectors as arrays, slot by slot: what stands before and after a visit that would begin there.

A week's journey is a sum over neighbouring visits, and its day costs hang on the days alone, so what one more visit
adds is found from the two neighbours, the days, and a few sums kept here. Only weeks that break no rule can be drawn.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.instance import Instance, Visit
from scheduler.journeys import Journeys, Trip
from scheduler.rank.reach import NO_WAY
from scheduler.rules.catalogue import Broken
from scheduler.rules.visits import in_horizon
from scheduler.rules.weeks import worked_days
from scheduler.weeks import stages

HOME = -1  # in place of a site: no visit before, or none after


class Frame(NamedTuple):
    """What of an instance's inspectors every drawn week refers to, by inspector.

    Attributes:
        night, travel_day: cents.
        may_travel: `[inspector, d]`: days before `d - 1` on which he may travel, counted from the eve.
        premium: `[inspector, day]`.
        day_cost: `[inspector, n]`: cents of the n-th day of a week, from 0; `NO_WAY` where there is none.
        sunk: `[inspector, day]`: counts as worked already.
        most_run: days in a row.
    """

    night: NDArray[np.int64]
    travel_day: NDArray[np.int64]
    may_travel: NDArray[np.int32]
    premium: NDArray[np.int64]
    day_cost: NDArray[np.int64]
    sunk: NDArray[np.bool_]
    most_run: NDArray[np.int32]


def frame_of(instance: Instance) -> Frame:
    """The frame of an instance."""
    people, days = instance.inspectors, instance.days
    longest = max((len(person.day_costs) for person in people), default=0)
    day_cost = np.full((len(people), max(longest, 7) + days + 1), NO_WAY, dtype=np.int64)
    sunk = np.zeros((len(people), days), dtype=np.bool_)
    for number, person in enumerate(people):
        day_cost[number, : len(person.day_costs)] = person.day_costs
        sunk[number, [day for day in instance.sunk[number] if 0 <= day < days]] = True
    may_travel = np.zeros((len(people), days + 3), dtype=np.int32)
    flags = np.array([person.may_travel for person in people], dtype=np.int32).reshape(len(people), days + 2)
    may_travel[:, 1:] = np.cumsum(flags, axis=1)
    return Frame(
        np.array([person.night_cost for person in people], dtype=np.int64),
        np.array([person.travel_day_cost for person in people], dtype=np.int64),
        may_travel,
        np.array([person.day_premiums for person in people], dtype=np.int64).reshape(len(people), days),
        day_cost,
        sunk,
        np.array([person.max_consecutive_days for person in people], dtype=np.int32),
    )


def can_draw(instance: Instance, visits: Iterable[Visit], broken: Collection[Broken]) -> bool:
    """Whether a week can be drawn: it breaks no rule, and all of it lies inside the horizon."""
    return not broken and all(in_horizon(instance, visit) for visit in visits)


class DrawnWeeks:
    """Some weeks that can be drawn (`can_draw`), one a row.

    Every array but `person` and `clean` is by row and slot, day or calendar week.

    Attributes:
        person: whose week it is.
        clean: whether there is a week in the row.
        shut, taken: slots before this one in which he is away or busy; in which he is busy.
        before, before_day, back, back_days: the place that he would come from, the day on which he is done there, and
            the way home from it: cents and travel days; `HOME` where he would come from home.
        after, after_day, out, out_days: the place that he would go on to, likewise.
        gap: cents of the way that a visit there would replace.
        worked: days with a visit.
        counted: days of each calendar week that are worked or done.
        run_before, run_after: days worked in a row up to the day before, and from the day after.
        at: visits that rotation counts, by site and row.
    """

    def __init__(self, instance: Instance, journeys: Journeys, rows: int) -> None:
        self._instance, self._journeys = instance, journeys
        days, slots = instance.days, instance.slots
        self.person = np.zeros(rows, dtype=np.intp)
        self.clean = np.zeros(rows, dtype=np.bool_)
        self.shut, self.taken = (np.zeros((rows, slots + 1), dtype=np.int16) for _ in range(2))
        self.before, self.after = (np.full((rows, slots), HOME, dtype=np.int32) for _ in range(2))
        self.before_day, self.after_day = (np.zeros((rows, slots), dtype=np.int32) for _ in range(2))
        self.back, self.out, self.gap = (np.zeros((rows, slots), dtype=np.int64) for _ in range(3))
        self.back_days, self.out_days = (np.zeros((rows, slots), dtype=np.int32) for _ in range(2))
        self.worked = np.zeros((rows, days), dtype=np.bool_)
        self.counted = np.zeros((rows, instance.week(days) + 1), dtype=np.int32)
        self.run_before, self.run_after = (np.zeros((rows, days), dtype=np.int32) for _ in range(2))
        self.at: dict[int, Counter[int]] = {}
        self._sites: list[tuple[int, ...]] = [()] * rows

    @classmethod
    def of(cls, instance: Instance, journeys: Journeys, weeks: Sequence[tuple[int, Sequence[Visit]]]) -> DrawnWeeks:
        """Weeks: whose, and the visits in order of time."""
        drawn = cls(instance, journeys, len(weeks))
        for row, (person, visits) in enumerate(weeks):
            drawn.draw(row, person, visits)
        return drawn

    def copy(self) -> DrawnWeeks:
        """The same weeks, to be drawn over."""
        twin = copy.copy(self)
        for name, value in vars(self).items():
            if isinstance(value, np.ndarray):
                setattr(twin, name, value.copy())
        twin.at = {site: counts.copy() for site, counts in self.at.items()}
        twin._sites = self._sites.copy()  # noqa: SLF001 -- its own
        return twin

    def extended(self, other: DrawnWeeks) -> DrawnWeeks:
        """These weeks, and others of the same plan in the rows after them."""
        twin, rows = copy.copy(self), len(self.person)
        for name, value in vars(self).items():
            if isinstance(value, np.ndarray):
                setattr(twin, name, np.concatenate((value, getattr(other, name))))
        twin.at = {site: counts.copy() for site, counts in self.at.items()}
        for site, counts in other.at.items():
            own = twin.at.setdefault(site, Counter())
            own.update({rows + row: times for row, times in counts.items()})
        twin._sites = [*self._sites, *other._sites]  # noqa: SLF001 -- its own
        return twin

    def draw(self, row: int, person: int, visits: Sequence[Visit]) -> None:
        """Put a week into a row."""
        self.erase(row)
        self.person[row], self.clean[row] = person, True
        self._draw_slots(row, person, visits)
        self._draw_gaps(row, person, visits)
        self._draw_days(row, person, worked_days(visits))
        instance = self._instance
        self._sites[row] = tuple(
            instance.site_of[visit.request] for visit in visits if "rotation" not in instance.waived[visit.request]
        )
        for site in self._sites[row]:
            self.at.setdefault(site, Counter())[row] += 1

    def erase(self, row: int) -> None:
        """Take a week out: nothing is offered in it."""
        self.clean[row] = False
        for site in self._sites[row]:
            self.at[site].pop(row, None)
        self._sites[row] = ()

    def _draw_slots(self, row: int, person: int, visits: Iterable[Visit]) -> None:
        inspector = self._instance.inspectors[person]
        busy = np.zeros(self._instance.slots, dtype=np.bool_)
        if inspector.start is not None:
            busy[: inspector.start.slot] = True
        for visit in visits:
            busy[visit.first : visit.last + 1] = True
        self.taken[row, 1:] = np.cumsum(busy)
        self.shut[row, 1:] = np.cumsum(busy | ~np.array(inspector.available, dtype=np.bool_))

    def _draw_gaps(self, row: int, person: int, visits: Sequence[Visit]) -> None:
        instance, journeys = self._instance, self._journeys
        place, start = instance.start_place[person], instance.inspectors[person].start
        day = (start.slot - 1) // 2 if start is not None else 0
        coming: dict[Visit | None, int] = {}  # cents of the way to each visit, the first of its stages, and home
        for stage in stages(journeys, instance, person, visits):
            if stage.move is not None:
                coming.setdefault(stage.visit, stage.move.cents)
        begin = 0
        for visit in (*visits, None):
            here = slice(begin, instance.slots if visit is None else visit.first)
            if place is not None:
                self.before[row, here], self.before_day[row, here] = place, day
                back = journeys.trip(person, place, "evening")
                self.back[row, here], self.back_days[row, here] = self._trip(person, back, day + 1)
            else:
                self.before[row, here] = HOME
            if visit is not None:
                self.after[row, here], self.after_day[row, here] = instance.site_of[visit.request], visit.first // 2
                out = journeys.trip(person, instance.site_of[visit.request], "morning")
                self.out[row, here], self.out_days[row, here] = self._trip(person, out, visit.first // 2 - 1)
                place, day, begin = instance.site_of[visit.request], visit.last // 2, visit.last + 1
            else:
                self.after[row, here] = HOME
            self.gap[row, here] = coming.get(visit, 0)

    def _trip(self, person: int, trip: Trip | None, travel_day: int) -> tuple[int, int]:
        """Cents of a way from or to home, a travel day and its night included, and how many travel days."""
        if trip is None or (trip.days and not self._instance.may_travel(person, travel_day)):
            return NO_WAY, 0
        inspector = self._instance.inspectors[person]
        return trip.leg.cents + trip.days * (inspector.travel_day_cost + inspector.night_cost), trip.days

    def _draw_days(self, row: int, person: int, days: Sequence[int]) -> None:
        instance = self._instance
        sunk = instance.sunk[person]
        self.worked[row] = False
        self.worked[row, list(days)] = True
        self.counted[row] = 0
        for week, done in instance.done[person].items():
            self.counted[row, week] += done
        for day in days:
            if day not in sunk:
                self.counted[row, instance.week(day)] += 1
        busy = {*days, *sunk}
        run = instance.inspectors[person].worked_before.consecutive_days
        for day in range(instance.days):
            self.run_before[row, day] = run
            run = run + 1 if day in busy else 0
        run = 0
        for day in reversed(range(instance.days)):
            self.run_after[row, day] = run
            run = run + 1 if day in busy else 0
