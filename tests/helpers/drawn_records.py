"""Drawn records of a problem: sites, people, requests, history and announcements, each field in each of its states.

The proportions are chosen to provoke rules, not to look like the trade: see `tests.helpers.drawn`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import random

    from tests.helpers.drawn_places import Places

Json = dict[str, Any]
T = TypeVar("T")
AREAS = ("north", "south", "coast")
SERVICES = ("DUPRO", "PSI", "LOADING")
SKILLS = ("garment", "toys", "electronics")
LANGUAGES = ("zh", "vi", "en")
CERTIFICATES = ("social-audit", "machine-safety")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the drawing of records shares: the source of chance, the horizon, the geography and how demanding to be.

    Attributes:
        demands: 0 to 1: how often a request asks for more than a body, and a person lacks something.
    """

    rng: random.Random
    start: dt.date
    days: int
    places: Places
    demands: float

    def date(self, day: int) -> str:
        """The ISO date of a day number."""
        return (self.start + dt.timedelta(days=day)).isoformat()

    def chance(self, share: float) -> bool:
        """True in a share of the calls."""
        return self.rng.random() < share

    def harsh(self, value: T, otherwise: T) -> T:
        """The value in a share of the calls that grows with `demands`, else the other one."""
        return value if self.chance(self.demands) else otherwise

    def some(self, words: tuple[str, ...], lacking: float) -> list[str]:
        """The words, each left out in a share of the calls, in any order."""
        kept = [word for word in words if not self.chance(lacking)]
        self.rng.shuffle(kept)
        return kept


def draw_site(setting: Setting, name: str) -> Json:
    """A factory, often closed on some days of the horizon and on days outside it, which count for nothing."""
    rng = setting.rng
    closed = {rng.randrange(-3, setting.days + 3) for _ in range(rng.choice((0, 0, 0, 1, 2, setting.harsh(5, 1))))}
    return {
        "id": name,
        **setting.places.draw(),
        "area": rng.choice(AREAS),
        "closed": [setting.date(day) for day in sorted(closed)],
    }


def draw_inspector(setting: Setting, name: str) -> Json:
    """A person with every field drawn; `start` is null here."""
    rng, days = setting.rng, setting.days
    lacking = 0.2 * setting.demands
    weekday = setting.start.weekday()
    return {
        "id": name,
        **setting.places.draw(),
        "works_in": {area: draw_last_day(setting) for area in setting.some(AREAS, lacking)},
        "services": setting.some(SERVICES, lacking),
        "skills": {skill: rng.choice((1, 2, 3, 4, 5)) for skill in setting.some(SKILLS, lacking)},
        "languages": setting.some(LANGUAGES, 2 * lacking),
        "certificates": {
            c: draw_last_day(setting) or setting.date(400) for c in setting.some(CERTIFICATES, 2 * lacking)
        },
        "available": draw_available(setting),
        "may_travel": draw_flags(setting, days + 2),
        "day_costs": draw_day_costs(setting),
        "day_premiums": draw_premiums(setting),
        "night_cost": rng.choice((0, 100, 3800, 3800, 9000)),
        "travel_day_cost": rng.choice((0, 1500, 1500, 7777)),
        "max_consecutive_days": setting.harsh(rng.choice((1, 2, 3, 4, 5)), rng.choice((6, 6, 7, 30))),
        "worked_before": {
            "days_this_week": rng.randrange(weekday + 1) if setting.chance(0.7) else 0,
            "consecutive_days": setting.harsh(rng.choice((1, 2, 3, 6, 8)), rng.choice((0, 1))),
        },
        "start": None,
    }


def draw_last_day(setting: Setting) -> str | None:
    """The last date of a permit: none, long gone, within the horizon (often), or far off."""
    kind = setting.rng.random()
    if kind < 0.4 or not setting.chance(setting.demands):
        return None
    if kind < 0.5:
        return setting.date(-1)
    return setting.date(setting.rng.randrange(setting.days) if kind < 0.75 else 365)


def draw_flags(setting: Setting, count: int) -> list[bool]:
    """All true, all false, or mixed."""
    share = setting.rng.choice((1.0, 1.0, 0.8, setting.harsh(0.5, 0.9), setting.harsh(0.0, 1.0)))
    return [setting.chance(share) for _ in range(count)]


def draw_available(setting: Setting) -> list[bool]:
    """Slots: always, no weekends, some half-days missing, some days missing, or hardly ever."""
    kind = setting.rng.choice(("always", "always", "weekdays", "half-days", "days", setting.harsh("rarely", "always")))
    slots = []
    for day in range(setting.days):
        weekday = (setting.start + dt.timedelta(days=day)).weekday()
        whole = {"weekdays": weekday < 5, "days": setting.chance(0.8), "rarely": setting.chance(0.3)}.get(kind, True)
        slots += [whole and not (kind == "half-days" and setting.chance(0.15)) for _ in range(2)]
    return slots


def draw_day_costs(setting: Setting) -> list[int]:
    """One to seven days a week: guaranteed ones (zeros) first, rising, flat, or in no order at all."""
    rng = setting.rng
    length = setting.harsh(rng.choice((1, 2, 3, 4, 5, 7)), rng.choice((5, 6, 7)))
    rate = rng.choice((0, 200, 5500, 7501))
    costs = [rate + 200 * n for n in range(length)]
    guaranteed = rng.choice((0, 0, 1, 2, 5))
    costs[:guaranteed] = [0] * min(guaranteed, length)
    if rng.random() < 0.15:
        rng.shuffle(costs)
    return costs


def draw_premiums(setting: Setting) -> list[int]:
    """Extra cents a date: none, weekends, or any."""
    kind = setting.rng.choice(("none", "weekend", "any"))
    premiums = []
    for day in range(setting.days):
        weekend = (setting.start + dt.timedelta(days=day)).weekday() >= 5
        premiums.append({"none": 0, "weekend": 6500 * weekend, "any": setting.rng.choice((0, 0, 333, 6500))}[kind])
    return premiums


def draw_request(setting: Setting, name: str, sites: list[Json], people: list[str]) -> Json:
    """A booking with every field drawn; `pin` is null here."""
    rng, demands = setting.rng, setting.demands
    modes = draw_modes(setting, len(people))
    width = rng.choice((0, 1, 2, 4, 9, 28)) + (modes[0]["half_days"] - 1) // 2
    earliest = rng.randrange(-3, setting.days) if setting.chance(0.5) else rng.randrange(setting.days)
    latest = earliest + width
    if setting.chance(0.03):
        earliest, latest = rng.choice(((-9, -2), (setting.days + 1, setting.days + 4)))
    return {
        "id": name,
        "site": rng.choice(sites)["id"],
        "service": rng.choice(SERVICES),
        "skill": rng.choice(SKILLS),
        "level": rng.choice((1, 1, 2, 3, 4, 5)) if setting.chance(demands) else 1,
        "languages": [rng.choice(LANGUAGES)] if setting.chance(0.3 * demands) else [],
        "certificates": setting.some(CERTIFICATES, 0.5) if setting.chance(0.25 * demands) else [],
        "lead": draw_lead(setting)
        if setting.chance(0.6 * demands if modes[0]["crew"] > 1 else 0.1 * demands)
        else None,
        "modes": modes,
        "earliest": setting.date(earliest),
        "latest": setting.date(latest),
        "due": setting.date(
            rng.choice((earliest - 2, earliest, earliest, (earliest + latest) // 2, latest, latest + 2))
        ),
        "late_cost": rng.choice((0, 3000, 3000, 8001)),
        "unserved_cost": rng.choice((0, 4000, 25000, 40000, 90000)),
        "excluded": rng.sample(people, rng.choice((1, 1, 2)) if len(people) > 2 else 1) if setting.chance(0.15) else [],
        "affinity": {
            person: rng.choice((-40000, -1500, -800, 0, 2000))
            for person in rng.sample(people, min(len(people), rng.choice((0, 0, 1, 2))))
        },
        "pin": None,
    }


def draw_modes(setting: Setting, people: int) -> list[Json]:
    """One to three ways to split the work: crews of one to four, odd and even half-days, no longer than the horizon."""
    rng = setting.rng
    longest = 2 * setting.days
    shapes = {
        (rng.choice((1, 1, 1, 1, 2, 2, 3, 4)), rng.choice((1, 1, 2, 2, 2, 2, 3, 4, 5, 6, 8)))
        for _ in range(rng.choice((1, 1, 2, 3)))
    }
    fitting = [s for s in sorted(shapes) if s[0] <= people and s[1] <= longest] or [(1, rng.choice((1, 2)))]
    rng.shuffle(fitting)
    return [{"crew": crew, "half_days": half_days} for crew, half_days in fitting]


def draw_lead(setting: Setting) -> Json:
    """What one of a crew must have: now and then less than the request itself asks for."""
    return {
        "level": setting.rng.choice((1, 2, 3, 4, 5)),
        "languages": ["en"] if setting.chance(0.4) else [],
        "certificates": setting.some(CERTIFICATES, 0.7),
    }


def draw_history(setting: Setting, within: int, sites: list[Json], people: list[str]) -> list[Json]:
    """Past visits on both sides of the rotation's edge, some of them twice."""
    rng = setting.rng
    visits = []
    for _ in range(rng.choice((0, 0, 2, 6, 20))):
        age = rng.choice((1, max(1, within - 1), within, within + 1, rng.randrange(1, 120)))
        visit = {"inspector": rng.choice(people), "site": rng.choice(sites)["id"], "date": setting.date(-age)}
        visits += [visit, dict(visit)] if setting.chance(0.2) else [visit]
    return visits


def draw_published(setting: Setting, requests: list[Json], people: list[str]) -> Json:
    """Announcements of some requests: any crew, days within the horizon and beyond it, each cost zero at times."""
    rng = setting.rng
    share = rng.choice((0, 0, 0.3, 0.9))
    return {
        request["id"]: {
            "inspectors": rng.sample(people, min(len(people), request["modes"][0]["crew"])),
            "start_slot": 2 * rng.randrange(setting.days) if setting.chance(0.9) else 2 * setting.days + 3,
            "inspector_cost": rng.choice((0, 1000, 4000)),
            "day_cost": rng.choice((0, 2500, 9000)),
            "drop_cost": rng.choice((0, 6000)),
        }
        for request in requests
        if setting.chance(share)
    }
