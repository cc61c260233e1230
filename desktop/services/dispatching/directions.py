"""How inspectors go to the visits in force, as the plan that has them counts it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop.models import Factory, Plan
from desktop.models.halfday import date_of
from desktop.services.dispatching.facts import DAY, VisitNow
from desktop.services.dispatching.wording import one_line, read_words, say, write_day
from desktop.services.planning.problems import problems_of
from desktop.services.planning.verdict_lines import Arrival, arrival_of
from desktop.services.trade.protocols import Language
from desktop.services.ways import way_of
from scheduler.standing import Standing, visit_of

AMAP = "https://uri.amap.com/marker?position={lon:.6f},{lat:.6f}&coordinate=wgs84"
ELSEWHERE = "https://www.google.com/maps?q={lat:.6f},{lon:.6f}"
"""Where a place is looked up, as text; the program asks none of them."""


@dataclass(frozen=True, slots=True)
class Journey:
    """An inspector's way to a visit, and where he sleeps.

    Attributes:
        mode: by what; "" where he is on the spot.
        origin: "home", "stay" for where he was when the plan begins, else the name of a factory.
        on_eve: he comes on a day before.
        nights: dates of the nights away from home, from the visit's eve to its last day.
    """

    mode: str
    km: float
    minutes: int
    origin: str
    on_eve: bool
    nights: tuple[dt.date, ...]

    def lines(self, language: Language) -> tuple[str, ...]:
        """It in words."""
        found = [self._way(language)]
        if self.on_eve:
            found.append(say("on_eve", language))
        if self.nights:
            days = say("comma", language).join(write_day(night, language) for night in self.nights)
            found.append(say("nights", language, days=days))
        return tuple(found)

    def _way(self, language: Language) -> str:
        if not self.mode:
            return say("on_the_spot", language)
        if self.origin in ("home", "stay"):
            origin = say(f"from_{self.origin}", language)
        else:
            origin = say("from_site", language, factory=self.origin)
        key = f"mode_{self.mode}"
        mode = say(key, language) if key in read_words().texts else self.mode
        return say("way", language, mode=mode, km=round(self.km), minutes=self.minutes, origin=origin)


class Directions:
    """The journeys of plans that are asked for; each plan is opened once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._plans: dict[int, tuple[dt.date, Standing]] = {}
        self._names: dict[str, str] = {}

    def journey(self, visit: VisitNow, inspector: str) -> Journey | None:
        """How one of the crew goes; None where the plan says nothing of it."""
        first_day, standing = self._standing(visit.plan)
        instance = standing.instance
        person, entry = instance.inspector_number.get(inspector), standing.placed.get(visit.request)
        placed = None if entry is None else visit_of(instance, entry)
        if person is None or placed is None:
            return None
        visits = standing.visits.get(person, ())
        found = arrival_of(instance, standing.journeys, person, placed, visits)
        if found is None:
            return None
        eve, last = date_of(visit.first_slot) - DAY, date_of(visit.last_slot)
        nights = (first_day + night * DAY for night in way_of(instance, standing.journeys, person, visits).nights)
        leg = found.leg
        return Journey(
            mode="" if leg is None else leg.mode,
            km=found.km,
            minutes=0 if leg is None else leg.minutes,
            origin=self._origin(standing, person, found),
            on_eve=found.on_eve and leg is not None,
            nights=tuple(night for night in nights if eve <= night <= last),
        )

    def _standing(self, plan: int) -> tuple[dt.date, Standing]:
        found = self._plans.get(plan)
        if found is None:
            row = self._session.get_one(Plan, plan)
            opened = problems_of(self._session).opened(self._session, row)
            found = self._plans[plan] = (row.first_day, opened.standing)
        return found

    def _origin(self, standing: Standing, person: int, found: Arrival) -> str:
        instance = standing.instance
        if found.origin == instance.home[person]:
            return "home"
        if found.origin >= len(instance.sites):
            return "stay"
        code = instance.sites[found.origin].id
        if code not in self._names:
            row = self._session.query(Factory).filter_by(code=code).one()
            self._names[code] = one_line(row.local_name or row.name)
        return self._names[code]


def map_link(visit: VisitNow) -> str:
    """A link to the place on a map; "" where the factory has no place."""
    site = visit.factory
    if site.lat is None or site.lon is None:
        return ""
    return (AMAP if site.country == "CN" else ELSEWHERE).format(lat=site.lat, lon=site.lon)
