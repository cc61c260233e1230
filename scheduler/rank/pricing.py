"""What one more visit adds to weeks: every start and every week at once, exactly."""

from __future__ import annotations

import copy
from collections import defaultdict
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.instance import NEVER, Instance
from scheduler.pins import PinSearch
from scheduler.rank.reach import NO_WAY, Cents, Reach
from scheduler.rank.weeks_drawn import HOME, DrawnWeeks, Frame, frame_of
from scheduler.skills import Skills
from scheduler.travel import Limit
from scheduler.weeks import Weeks, person_cost

Numbers = NDArray[np.signedinteger[Any]]
Legs = dict[Limit, Cents]


class Wanted(NamedTuple):
    """What is asked for all weeks alike of a request.

    Attributes:
        number: the request.
        people: the inspectors who may serve it by rule 4 and its pin, in order.
        until, lead_until: the last day on which each of all inspectors may serve it, and could lead it.
        affinity: cents of each of all inspectors serving it.
        starts: by mode that has any, the first slots that the rules of the visit alone allow.
    """

    number: int
    people: Numbers
    until: NDArray[np.int32]
    lead_until: NDArray[np.int32]
    affinity: Cents
    starts: dict[int, Numbers]


class _Visits(NamedTuple):
    """Visits of one mode at some starts (down), and the weeks they might join (across)."""

    first: Numbers
    last: Numbers
    row: Numbers
    who: Numbers

    @property
    def first_day(self) -> Numbers:
        return self.first // 2

    @property
    def last_day(self) -> Numbers:
        return self.last // 2


class _Trips(NamedTuple):
    """Ways between home and the site: cents, a travel day and its night included, and travel days."""

    cents: Cents
    days: NDArray[np.int64]


class Pricing:
    """Prices insertions of an instance's requests into drawn weeks."""

    def __init__(self, weeks: Weeks) -> None:
        instance = weeks.instance
        self.instance, self.journeys = instance, weeks.journeys
        self.search = PinSearch(weeks)
        self.skills = Skills(instance, self.search)
        self.reach = Reach(instance)
        self.frame: Frame = frame_of(instance)
        self._past_at: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for (person, site), times in instance.past.items():
            self._past_at[site].append((person, times))
        self._home = np.array(instance.home, dtype=np.intp)
        self._most = instance.problem.rotation.max_visits
        self._week_of = np.array(instance.week_of, dtype=np.intp)

    def with_instance(self, instance: Instance) -> Pricing:
        """The same for a problem that says otherwise of some requests."""
        twin = copy.copy(self)
        twin.instance = instance
        twin.search = PinSearch(Weeks(instance, self.journeys))
        twin.skills = self.skills.with_instance(instance, twin.search)
        return twin

    def with_site(self, weeks: Weeks, site: int) -> Pricing:
        """The same for a problem with a site more, of a number (`Instance.with_site`)."""
        twin = self.with_instance(weeks.instance)
        twin.journeys, twin.search = weeks.journeys, PinSearch(weeks)
        twin.skills = self.skills.with_instance(weeks.instance, twin.search)
        twin.reach = self.reach.with_site(weeks.instance)
        twin._past_at = self._past_at | {  # noqa: SLF001 -- its own
            site: [(person, times) for (person, at), times in weeks.instance.past.items() if at == site]
        }
        return twin

    def wanted(self, number: int) -> Wanted:
        """What a request asks of everybody."""
        instance, request = self.instance, self.instance.requests[number]
        until = self.skills.until(number)
        affinity = np.zeros(len(instance.inspectors), dtype=np.int64)
        announced = instance.problem.published.get(request.id)
        if announced is not None:
            affinity += announced.inspector_cost
        named = (*request.affinity, *(announced.inspectors if announced else ()))
        for person in {instance.inspector_number[name] for name in named if name in instance.inspector_number}:
            affinity[person] = person_cost(instance, person, number).total
        starts: dict[int, list[int]] = {}
        for visit in self.search.allowed_visits(number):
            starts.setdefault(visit.mode, []).append(visit.first)
        return Wanted(
            number,
            np.flatnonzero(until > NEVER),
            until,
            self.skills.lead_until(number),
            affinity,
            {mode: np.array(own, dtype=np.intp) for mode, own in starts.items()},
        )

    def added(self, drawn: DrawnWeeks, rows: Numbers, wanted: Wanted, mode: int) -> Cents:
        """`[start, row]`: cents that a visit adds to each week, what hangs on the request alone apart.

        `NO_WAY` or more where a rule forbids it; weeks that are not drawn are never allowed.
        """
        instance, number = self.instance, wanted.number
        starts = wanted.starts[mode][:, None]
        length = instance.requests[number].modes[mode].half_days
        visits = _Visits(starts, starts + length - 1, rows[None, :], drawn.person[rows][None, :])
        waived = instance.waived[number]
        legs = self.reach.from_place(instance.site_of[number])
        cents = wanted.affinity[visits.who] + self._journey(drawn, visits, legs)
        cents += self._work(drawn, visits, (length + 1) // 2)
        blocked = drawn.taken if "availability" in waived else drawn.shut
        allowed = blocked[visits.row, visits.first] == blocked[visits.row, visits.last + 1]
        allowed &= drawn.clean[rows]
        if "eligibility" not in waived:
            allowed &= wanted.until[visits.who] >= visits.last_day
        if "rotation" not in waived:
            allowed &= self._times(drawn, rows, instance.site_of[number]) < self._most
        if instance.requests[number].lead is not None and instance.requests[number].modes[mode].crew == 1:
            allowed &= self.leads(wanted, visits.who, visits.last)
        return np.where(allowed, cents, NO_WAY)

    def leads(self, wanted: Wanted, who: Numbers, last: Numbers) -> NDArray[np.bool_]:
        """Whether inspectors could lead visits that end in some slots."""
        if "eligibility" in self.instance.waived[wanted.number]:
            return np.ones(np.broadcast_shapes(who.shape, last.shape), dtype=np.bool_)
        return np.asarray(wanted.lead_until[who] >= last // 2)

    def _times(self, drawn: DrawnWeeks, rows: Numbers, site: int) -> NDArray[np.int64]:
        """How often rotation counts each week's inspector at a site."""
        people = drawn.person[rows]
        times = self._past(site)[people].copy()
        planned = drawn.at.get(site)
        if planned:
            counts = np.zeros(len(drawn.person), dtype=np.int64)
            for row, count in planned.items():
                counts[row] = count
            times += counts[rows]
        return times

    def _past(self, site: int) -> NDArray[np.int64]:
        past = np.zeros(len(self.instance.inspectors), dtype=np.int64)
        for person, times in self._past_at.get(site, ()):
            past[person] = times
        return past

    # -- the way -------------------------------------------------------------------------------------------------------

    def _journey(self, drawn: DrawnWeeks, visits: _Visits, legs: Legs) -> Cents:
        """The ways to and from the visits, less the way they replace, and the nights inside them."""
        out, back = self._to_home(visits, legs)
        at = (visits.row, visits.first)
        before, after = drawn.before[at], drawn.after[at]
        gap_before, gap_after = visits.first_day - drawn.before_day[at], drawn.after_day[at] - visits.last_day
        by_home = drawn.back[at] + out.cents
        by_home = np.where(gap_before >= 1 + drawn.back_days[at] + out.days, by_home, NO_WAY)
        coming = self._between(visits.who, legs, before, (drawn.before_day[at], visits.first_day), by_home)
        cents = np.where(before == HOME, out.cents, coming)
        by_home = back.cents + drawn.out[at]
        by_home = np.where(gap_after >= 1 + back.days + drawn.out_days[at], by_home, NO_WAY)
        going = self._between(visits.who, legs, after, (visits.last_day, drawn.after_day[at]), by_home)
        cents = cents + np.where(after == HOME, back.cents, going) - drawn.gap[at]
        nights = visits.last_day - visits.first_day
        if nights.any():
            inside = np.minimum(
                self.frame.night[visits.who],
                legs["morning"][self._home[visits.who]] + legs["evening"][self._home[visits.who]],
            )
            cents = cents + nights * inside
        return cents

    def _to_home(self, visits: _Visits, legs: Legs) -> tuple[_Trips, _Trips]:
        """The ways from home and home."""
        frame, who = self.frame, visits.who
        home = self._home[who]
        far = legs["free_day"][home] + frame.travel_day[who] + frame.night[who]
        found = []
        for limit, day in (("morning", visits.first_day), ("evening", visits.last_day + 2)):
            near = legs["morning" if limit == "morning" else "evening"][home]
            may = frame.may_travel[who, day + 1] > frame.may_travel[who, day]
            is_near = near < NO_WAY
            cents = np.where(is_near, near, np.where(may, far, NO_WAY))
            found.append(_Trips(cents, np.where(is_near, 0, 1)))
        return found[0], found[1]

    def _between(
        self, who: Numbers, legs: Legs, place: NDArray[np.int32], days: tuple[Numbers, Numbers], by_home: Cents
    ) -> Cents:
        """The cheapest way over the gap between the visits and a place, from a day to a day."""
        nights = days[1] - days[0]
        frame = self.frame
        direct = np.where(nights == 0, legs["midday"][place], by_home)
        away = (nights >= 1) & (nights <= self.instance.problem.limits.away_nights)
        if not away.any():
            return direct
        lodging = nights * frame.night[who]
        relocate = legs["relocate"][place] + lodging
        to = np.clip(days[1] + 1, 0, self.instance.days + 2)
        free = frame.may_travel[who, to] > frame.may_travel[who, np.minimum(days[0] + 2, self.instance.days + 2)]
        travelled = np.where(free, legs["free_day"][place] + frame.travel_day[who] + lodging, NO_WAY)
        return np.where(away, np.minimum(direct, np.minimum(relocate, travelled)), direct)

    # -- the days ------------------------------------------------------------------------------------------------------

    def _work(self, drawn: DrawnWeeks, visits: _Visits, most_days: int) -> Cents:
        """Day costs and premiums of the days that are new; `NO_WAY` where a week or a run grows too long."""
        frame, who, row = self.frame, visits.who, visits.row
        shape = np.broadcast_shapes(visits.first.shape, row.shape)
        cents = np.zeros(shape, dtype=np.int64)
        added = np.zeros(shape, dtype=np.int64)  # of the calendar week in hand
        is_longer = np.zeros(shape, dtype=np.bool_)
        week = self._week_of[visits.first_day]
        for offset in range(most_days):
            day = np.minimum(visits.first_day + offset, visits.last_day)
            inside = visits.first_day + offset <= visits.last_day
            added = np.where(self._week_of[day] == week, added, 0)
            week = self._week_of[day]
            new = ~drawn.worked[row, day] & inside
            paid = new & ~frame.sunk[who, day]
            cents += np.where(paid, frame.day_cost[who, drawn.counted[row, week] + added], 0)
            cents += np.where(new, frame.premium[who, day], 0)
            added = added + paid
            is_longer |= new
        length = visits.last_day - visits.first_day + 1
        run = drawn.run_before[row, visits.first_day] + length + drawn.run_after[row, visits.last_day]
        return np.where(is_longer & (run > frame.most_run[who]), NO_WAY, cents)
