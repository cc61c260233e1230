"""The invented roster: homes near industry, skills, permits, pay, leave."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from desktop.models import (
    Absence,
    Inspector,
    InspectorCertificate,
    InspectorPosition,
    InspectorSkill,
    Permit,
)
from desktop.models.halfday import morning
from desktop.services.demo.calendar_sheet import CalendarSheet
from desktop.services.demo.names import draw_person
from desktop.services.demo.places import SKILLS, Region, draw_spot, share_out
from desktop.services.demo.writer import RowWriter

SERVICES = {"DUPRO": 0.95, "PSI": 1.0, "PPI": 0.6, "LOADING": 0.8, "MONITORING": 0.4}
CERTIFICATES = ("social-audit", "machine-safety", "gb-electrical")
RATES = {"CN": (5500, 6500, 7500, 9000), "VN": (4000, 4800, 5600)}  # a freelancer's day, cents
NIGHT_COST = {"CN": 3800, "VN": 3000}
SIX_DAYS = {"CN": 0.45, "VN": 0.65}  # the share who may work six days a week
OWN_LANGUAGE = {"CN": "zh", "VN": "vi"}
LEAVE_WEEKS = 4
FREELANCE = {"CN": "Freelance China", "VN": "Freelance Vietnam"}
ONE_IN = 12  # of those paid by the day, who belong to no team of a region


@dataclass(slots=True)
class Person:
    """An inspector as the rest of the sample sees him.

    Attributes:
        region: index of the region he lives in.
        certificates: the last valid day of each.
        permits: areas, and the last day of each permit (None: no end).
        free_from: ordinal of the first day on which he is not on the road.
        away: what is not free of a day, by ordinal: 1 the morning, 2 the afternoon, 3 both.
        joined: ordinal of the first day with the firm.
        weekend_premium, holiday_premium: cents on top for working on such a day.
        extra: ordinals of days off on which he works after all, for the premium.
    """

    id: int
    code: str
    region: int
    country: str
    lat: float
    lon: float
    skills: dict[str, int]
    services: frozenset[str]
    languages: tuple[str, ...]
    certificates: dict[str, dt.date]
    permits: dict[str, dt.date | None]
    weekdays: tuple[int, ...]
    works_on_holidays: bool
    day_costs: tuple[int, ...]
    joined: int
    free_from: int
    weekend_premium: int
    holiday_premium: int
    away: dict[int, int] = field(default_factory=dict)
    extra: set[int] = field(default_factory=set)

    def works(self, sheet: CalendarSheet, day: int) -> bool:
        """Whether he works all of a day, as far as week, calendar and absences say."""
        if day < self.free_from or self.away.get(day):
            return False
        return day in self.extra or self.usually_works(sheet, day)

    def usually_works(self, sheet: CalendarSheet, day: int) -> bool:
        """Whether week and calendar have him work on a day."""
        return sheet.is_worked(self.country, day, self.weekdays, on_holidays=self.works_on_holidays)

    def premium(self, sheet: CalendarSheet, day: int) -> int:
        """Cents on top for working on a day."""
        if sheet.is_holiday(self.country, day):
            return self.holiday_premium
        return self.weekend_premium if sheet.is_weekend(self.country, day) else 0


@dataclass(frozen=True, slots=True)
class Pay:
    """What a person's days cost, in cents."""

    rate: int
    salaried: bool
    six_days: bool

    @property
    def day_costs(self) -> tuple[int, ...]:
        """The 1st, 2nd, ... worked day of a week: near nothing for the salaried, and overtime for a sixth."""
        base = 0 if self.salaried else self.rate
        overtime = (self.rate + 1200,) if self.six_days else ()
        return (*(base + 200 * k for k in range(5)), *overtime)


class RosterDrawer:
    """Draws inspectors one after another and writes them."""

    def __init__(
        self,
        rng: random.Random,
        writer: RowWriter,
        regions: tuple[Region, ...],
        provinces: dict[str, tuple[str, ...]],
    ) -> None:
        self._rng = rng
        self._writer = writer
        self._regions = regions
        self._provinces = provinces

    def draw(self, count: int, first_day: dt.date, past_days: int) -> list[Person]:
        """So many inspectors, region by region, some of whom joined within the past days."""
        homes = [n for n, size in enumerate(share_out(self._regions, count)) for _ in range(size)]
        people = []
        for number, home in enumerate(homes, 1):
            person = self._draw_person(number, home, first_day, past_days)
            self._draw_leave(person, first_day)
            if not past_days:
                self._draw_position(person, first_day)
            people.append(person)
        return people

    def _draw_person(self, number: int, home: int, first_day: dt.date, past_days: int) -> Person:
        rng, region = self._rng, self._regions[home]
        country = region.centre.country
        town, lat, lon = draw_spot(rng, region)
        name, local_name = draw_person(rng, country)
        skills = {rng.choice(region.trades): rng.choice((3, 4, 4, 5))}
        for skill in rng.choices(list(SKILLS), list(SKILLS.values()), k=rng.choice((2, 3, 3, 4))):
            skills.setdefault(skill, rng.choice((2, 3, 3, 4, 5)))
        services = tuple(service for service, share in SERVICES.items() if rng.random() < share)
        spoken = {"en": 0.5, "ja": 0.04}
        languages = (OWN_LANGUAGE[country], *(language for language, share in spoken.items() if rng.random() < share))
        pay = Pay(rng.choice(RATES[country]), rng.random() < 0.6, rng.random() < SIX_DAYS[country])
        weekdays = (0, 1, 2, 3, 4, 5) if pay.six_days and rng.random() < 0.8 else (0, 1, 2, 3, 4)
        works_on_holidays = rng.random() < 0.1
        weekend_premium = 0 if len(weekdays) == 6 else pay.rate
        city = "" if town.city == town.area else town.city
        key = self._writer.add(
            Inspector,
            code=f"I{number:04}",
            name=name,
            local_name=local_name,
            phone=f"+86 100 0000 {number:04}" if country == "CN" else f"+84 00 000 {number:04}",
            email=f"{name.lower().replace(' ', '.')}.{number:04}@example.com",
            team=_team_of(number, region, pay),
            home_address=f"{town.area}{city}{town.local_name}"
            if country == "CN"
            else f"{town.local_name}, {town.area}",
            lat=lat,
            lon=lon,
            country=country,
            services=services,
            languages=languages,
            weekdays=weekdays,
            works_on_holidays=works_on_holidays,
            travels_on_rest_days=rng.random() < 0.3,
            day_costs_cents=pay.day_costs,
            weekend_premium_cents=weekend_premium,
            holiday_premium_cents=2 * pay.rate,
            night_cost_cents=NIGHT_COST[country],
            travel_day_cost_cents=1500 if pay.salaried else round(pay.rate / 2),
            max_consecutive_days=6,
            active=True,
        )
        for skill, level in skills.items():
            self._writer.add(InspectorSkill, inspector_id=key, skill=skill, level=level)
        return Person(
            id=key,
            code=f"I{number:04}",
            region=home,
            country=country,
            lat=lat,
            lon=lon,
            skills=skills,
            services=frozenset(services),
            languages=languages,
            certificates=self._draw_certificates(key, first_day),
            permits=self._draw_permits(key, region, first_day),
            weekdays=weekdays,
            works_on_holidays=works_on_holidays,
            day_costs=pay.day_costs,
            joined=first_day.toordinal() - (rng.randrange(past_days + 1) if rng.random() < 0.1 else past_days),
            free_from=0,
            weekend_premium=weekend_premium,
            holiday_premium=2 * pay.rate,
        )

    def _draw_certificates(self, key: int, first_day: dt.date) -> dict[str, dt.date]:
        """A quarter have each; now and then one that has just run out."""
        certificates = {
            name: first_day + dt.timedelta(days=self._rng.randrange(-20, 500))
            for name in CERTIFICATES
            if self._rng.random() < 0.25
        }
        for certificate, valid_until in certificates.items():
            self._writer.add(InspectorCertificate, inspector_id=key, certificate=certificate, valid_until=valid_until)
        return certificates

    def _draw_permits(self, key: int, region: Region, first_day: dt.date) -> dict[str, dt.date | None]:
        """The areas round home; one in ten the whole country; one in a hundred the other country for a while."""
        rng, country = self._rng, region.centre.country
        permits: dict[str, dt.date | None] = dict.fromkeys(region.areas)
        if rng.random() < 0.1:
            permits |= dict.fromkeys(self._provinces[country])
        if rng.random() < 0.01:
            until = first_day + dt.timedelta(days=rng.randrange(2, 200))
            permits |= dict.fromkeys(self._provinces["VN" if country == "CN" else "CN"], until)
        for area, valid_until in permits.items():
            self._writer.add(Permit, inspector_id=key, area=area, valid_until=valid_until)
        return permits

    def _draw_leave(self, person: Person, first_day: dt.date) -> None:
        """Leave, sickness and half days of training in the weeks to come."""
        rng = self._rng
        for week in range(LEAVE_WEEKS):
            if rng.random() >= 0.07:
                continue
            day = first_day + dt.timedelta(days=7 * week + rng.randrange(5))
            kind = rng.choices(("leave", "sickness", "training"), (5, 3, 2))[0]
            if kind == "training":
                first = morning(day) + rng.randrange(2)
                last = first
            else:
                first = morning(day)
                last = first + 2 * min(5 - day.weekday(), rng.choice((1, 1, 2, 3, 5))) - 1
            self._writer.add(Absence, inspector_id=person.id, first_slot=first, last_slot=last, kind=kind, note="")
            for slot in range(first, last + 1):
                person.away[slot // 2] = person.away.get(slot // 2, 0) | (1 << slot % 2)

    def _draw_position(self, person: Person, first_day: dt.date) -> None:
        """For a few: a day worked before the first, or still on the road on Monday and free from Tuesday."""
        rng = self._rng
        if rng.random() >= 0.2 or len(person.day_costs) > 5:
            return
        away = rng.random() < 0.3
        self._writer.add(
            InspectorPosition,
            inspector_id=person.id,
            as_of=first_day,
            days_this_week=0,
            consecutive_days=1,
            start_slot=morning(first_day) + 2 if away else None,
            lat=round(person.lat + rng.uniform(-0.15, 0.15), 5) if away else None,
            lon=round(person.lon + rng.uniform(-0.15, 0.15), 5) if away else None,
            country=person.country if away else None,
            worked_dates=(first_day.isoformat(),) if away else (),
        )
        if away:
            person.free_from = first_day.toordinal() + 1


def _team_of(number: int, region: Region, pay: Pay) -> str:
    """The region's team; of some who are paid by the day, that of the freelancers."""
    is_freelancer = not pay.salaried and number % ONE_IN == 0
    return FREELANCE[region.centre.country] if is_freelancer else region.team
