"""How an inspector gets from home to visit to visit to home: the travel rule and its price.

A journey splits into moves that do not depend on one another: to the first visit, over each gap between two visits,
the nights inside a visit, and the way home. So a week's travel is the sum of its moves, which is what makes pricing
one insertion cheap.
"""

from __future__ import annotations

import copy
from typing import NamedTuple

from scheduler.instance import Instance
from scheduler.travel import Leg, Limit


class Trip(NamedTuple):
    """A leg from or to home, and how many travel days it takes: none or one."""

    leg: Leg
    days: int


class Move(NamedTuple):
    """A part of a journey: how ("direct", "home" or "away"), cents of travel (travel days included), of nights."""

    kind: str
    travel: int
    nights: int

    @property
    def cents(self) -> int:
        """All that the move costs."""
        return self.travel + self.nights


class Journeys:
    """The moves of every inspector of an instance; trips from and to home are worked out once."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._legs = instance.legs
        self._away_nights = instance.problem.limits.away_nights
        self._trips: dict[tuple[int, int, Limit], Trip | None] = {}
        self._inside: dict[tuple[int, int], Move] = {}

    def with_instance(self, instance: Instance) -> Journeys:
        """The moves of the same inspectors where the problem has a site more (`Instance.with_site`)."""
        twin = copy.copy(self)
        twin._instance, twin._legs = instance, instance.legs  # noqa: SLF001 -- its own
        twin._trips, twin._inside = self._trips.copy(), self._inside.copy()  # noqa: SLF001
        return twin

    def trip(self, inspector: int, place: int, same_day: Limit) -> Trip | None:
        """The leg between home and a place, on the day itself or else on a travel day; None where impossible."""
        key = (inspector, place, same_day)
        if key in self._trips:
            return self._trips[key]
        home = self._instance.home[inspector]
        trip = None
        leg = self._legs.leg(home, place, same_day)
        if leg is not None:
            trip = Trip(leg, 0)
        else:
            leg = self._legs.leg(home, place, "free_day")
            if leg is not None:
                trip = Trip(leg, 1)
        self._trips[key] = trip
        return trip

    def _move(self, inspector: int, kind: str, cents: int, travel_days: int, nights: int) -> Move:
        person = self._instance.inspectors[inspector]
        return Move(kind, cents + travel_days * person.travel_day_cost, nights * person.night_cost)

    def first(self, inspector: int, place: int, day: int) -> Move | None:
        """From home to the first visit, which begins on a day."""
        out = self.trip(inspector, place, "morning")
        if out is None or (out.days and not self._instance.may_travel(inspector, day - 1)):
            return None
        return self._move(inspector, "home", out.leg.cents, out.days, out.days)

    def home(self, inspector: int, place: int, day: int) -> Move | None:
        """From the last visit, which ends on a day, home."""
        back = self.trip(inspector, place, "evening")
        if back is None or (back.days and not self._instance.may_travel(inspector, day + 1)):
            return None
        return self._move(inspector, "home", back.leg.cents, back.days, back.days)

    def gap(self, inspector: int, place: int, day: int, next_place: int, next_day: int) -> Move | None:
        """From a visit that ends on a day to the next, which begins on `next_day`: the cheapest way, home on equal."""
        if day == next_day:
            direct = self._legs.leg(place, next_place, "midday")
            return None if direct is None else Move("direct", direct.cents, 0)
        nights = next_day - day
        options = []
        back = self.trip(inspector, place, "evening")
        out = self.trip(inspector, next_place, "morning")
        if (
            back is not None
            and out is not None
            and nights >= 1 + back.days + out.days
            and (not back.days or self._instance.may_travel(inspector, day + 1))
            and (not out.days or self._instance.may_travel(inspector, next_day - 1))
        ):
            days = back.days + out.days
            options.append(self._move(inspector, "home", back.leg.cents + out.leg.cents, days, days))
        if nights <= self._away_nights:
            direct = self._legs.leg(place, next_place, "relocate")
            if direct is not None:
                options.append(self._move(inspector, "away", direct.cents, 0, nights))
            direct = self._legs.leg(place, next_place, "free_day")
            if direct is not None and any(self._instance.may_travel(inspector, d) for d in range(day + 1, next_day)):
                options.append(self._move(inspector, "away", direct.cents, 1, nights))
        return min(options, key=_cents, default=None)

    # -- by how much a move fails, where there is none ----------------------------------------------------------------

    def first_over(self, inspector: int, place: int, day: int) -> int | None:
        """Minutes by which the way to the first visit is too long; None where no mode goes."""
        return self._trip_over(inspector, place, "morning", day - 1)

    def home_over(self, inspector: int, place: int, day: int) -> int | None:
        """Minutes by which the way home from the last visit is too long, likewise."""
        return self._trip_over(inspector, place, "evening", day + 1)

    def gap_over(self, inspector: int, place: int, day: int, next_place: int, next_day: int) -> int | None:
        """Minutes by which the least of the ways over a gap is too long, likewise; both legs by home together."""
        nights = next_day - day
        if nights <= 0:
            return self._over(place, next_place, "midday")
        found = []
        if nights <= self._away_nights:
            free = any(self._instance.may_travel(inspector, between) for between in range(day + 1, next_day))
            found.append(self._over(place, next_place, "free_day" if free else "relocate"))
        home = self._instance.home[inspector]
        for back, out in ((0, 0), (1, 0), (0, 1), (1, 1)):
            if nights < 1 + back + out:
                continue
            if back and not self._instance.may_travel(inspector, day + 1):
                continue
            if out and not self._instance.may_travel(inspector, next_day - 1):
                continue
            legs = self._over(home, place, "free_day" if back else "evening")
            more = self._over(home, next_place, "free_day" if out else "morning")
            found.append(None if legs is None or more is None else legs + more)
        return min((over for over in found if over is not None), default=None)

    def _trip_over(self, inspector: int, place: int, same_day: Limit, travel_day: int) -> int | None:
        free = self._instance.may_travel(inspector, travel_day)
        return self._over(self._instance.home[inspector], place, "free_day" if free else same_day)

    def _over(self, place: int, other: int, limit: Limit) -> int | None:
        leg = self._legs.quickest(place, other)
        return None if leg is None else max(0, leg.minutes - self._legs.minutes_allowed(limit))

    def inside(self, inspector: int, place: int) -> Move:
        """One night inside a visit: away, or home and back out where that costs no more."""
        key = (inspector, place)
        move = self._inside.get(key)
        if move is None:
            home = self._instance.home[inspector]
            night = self._instance.inspectors[inspector].night_cost
            morning = self._legs.leg(home, place, "morning")
            evening = self._legs.leg(home, place, "evening")
            if morning is not None and evening is not None and morning.cents + evening.cents <= night:
                move = Move("home", morning.cents + evening.cents, 0)
            else:
                move = Move("away", 0, night)
            self._inside[key] = move
        return move


def _cents(move: Move) -> int:
    return move.cents
