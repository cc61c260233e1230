"""Where an inspector is and what he has worked when a horizon begins, from the visits that stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.models.halfday import date_of, morning
from desktop.services.planning.commitments import Commitment
from desktop.services.settings import PlanSettings
from scheduler.problem import Horizon, Start, Travel, WorkedBefore
from scheduler.travel import Place, offers


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What an inspector's standing visits mean for a horizon.

    Attributes:
        start: where and from when the planner has him; None: at home from the first morning.
        busy: day numbers (-1: the eve, `days`: the day after) on which he is at work that stands.
    """

    worked_before: WorkedBefore = field(default_factory=WorkedBefore)
    start: Start | None = None
    busy: frozenset[int] = frozenset()


def has_leg(travel: Travel, a: Place, b: Place, minutes: int) -> bool:
    """Whether some mode travels between two places within a number of minutes."""
    return any(leg.minutes <= minutes for leg in offers(travel, a, b))


def whereabouts(
    visits: Sequence[Commitment],
    home: Place,
    places: Mapping[int, Place],
    settings: PlanSettings,
    coming: Commitment | None = None,
) -> Whereabouts:
    """Derive where an inspector is and what he has worked from his standing visits, in order of time.

    A visit that spans into the horizon, or that has begun in it, holds him until its last half-day; he is then at its
    site. A visit that ended on the eve too far from home for the evening leaves him there overnight, and so does one
    from which he goes on to what he is announced for on the first day (`coming`), where he cannot come to that from
    home. From earlier ones he has come home.
    """
    horizon = Horizon(settings.first_day, settings.days)
    begin = morning(horizon.start)
    first_day = horizon.start.toordinal()
    worked = {ordinal for visit in visits for ordinal in visit.days}
    before = WorkedBefore(
        sum(first_day - horizon.start.weekday() <= ordinal < first_day for ordinal in worked),
        next(n for n in range(len(worked) + 1) if first_day - 1 - n not in worked),
    )
    in_horizon = {o - first_day for o in worked if -1 <= o - first_day <= horizon.days}
    holding = [visit for visit in visits if visit.last_slot >= begin and _holds(visit, horizon)]
    if holding:
        last = max(holding, key=lambda visit: visit.last_slot)
        slot = min(last.last_slot + 1 - begin, 2 * horizon.days)
        spent = {day for day in in_horizon if 0 <= day <= (slot - 1) // 2}
        # from a visit that goes on after the horizon he comes home after it
        place = home if last.last_slot >= begin + 2 * horizon.days else places.get(last.factory, home)
        return Whereabouts(before, _start(slot, place, spent), frozenset(in_horizon - spent))
    ended = [visit for visit in visits if visit.last_slot // 2 == first_day - 1]
    if ended and ended[-1].factory in places:
        site = places[max(ended, key=lambda visit: visit.last_slot).factory]
        travel, limits = settings.travel, settings.limits
        next_site = None if coming is None else places.get(coming.factory)
        goes_on = next_site is not None and not has_leg(travel, home, next_site, limits.morning)
        if goes_on or not has_leg(travel, site, home, limits.evening):
            return Whereabouts(before, _start(0, site, set()), frozenset(in_horizon))
    return Whereabouts(before, None, frozenset(in_horizon))


def _holds(visit: Commitment, horizon: Horizon) -> bool:
    """Whether a visit that reaches into the horizon or beyond began before it, or has begun within it."""
    if visit.first_slot < morning(horizon.start):
        return True
    return visit.status in ("started", "done") and date_of(visit.first_slot) <= horizon.end


def _start(slot: int, place: Place, worked: set[int]) -> Start:
    return Start(slot, place.lat, place.lon, place.country, tuple(sorted(worked)))
