"""Invented clients, and invented factories at real places with addresses as people write them."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from desktop.models import Client, Factory, FactoryClosure, ProductionWindow
from desktop.services.demo.addresses import draw_address
from desktop.services.demo.calendar_sheet import CalendarSheet
from desktop.services.demo.names import draw_person, draw_western, without_marks, words
from desktop.services.demo.places import SKILLS, Region, draw_spot
from desktop.services.demo.writer import RowWriter
from desktop.services.gazetteer import Place

NO_MAILBOX = 7  # of so many factories one has no address that anybody knows
TIME_ZONES = {"CN": "Asia/Shanghai", "VN": "Asia/Ho_Chi_Minh"}
# how long before and after the first day of the lunar year a factory stops: longer than the law's days
BREAK_BEFORE = {"CN": (5, 14), "VN": (3, 8)}
BREAK_AFTER = {"CN": (8, 17), "VN": (5, 11)}
WINDOWS = ((20.0, 60.0), (15.0, 40.0), (30.0, 60.0), (10.0, 40.0))


@dataclass(frozen=True, slots=True)
class Site:
    """A factory as the rest of the sample sees it.

    Attributes:
        region: index of its region.
        skill: what it makes.
        breaks: first and last ordinal of its stops at the lunar new year.
        clients: keys of those who order there.
    """

    id: int
    code: str
    region: int
    country: str
    area: str
    lat: float
    lon: float
    skill: str
    open_weekdays: tuple[int, ...]
    closes_on_holidays: bool
    breaks: tuple[tuple[int, int], ...]
    clients: tuple[int, ...]

    def is_open(self, sheet: CalendarSheet, day: int) -> bool:
        """Whether it works on a day."""
        if day in sheet.break_season and any(first <= day <= last for first, last in self.breaks):
            return False
        return sheet.is_worked(self.country, day, self.open_weekdays, on_holidays=not self.closes_on_holidays)


def draw_clients(rng: random.Random, writer: RowWriter, count: int) -> tuple[dict[int, tuple[float, float]], list[int]]:
    """Draw and write clients; returns the production windows that some have of their own, and all their keys."""
    things, kinds = words().things, words().client_kinds
    pairs = rng.sample([(one.english, other.english) for one in things for other in things if one is not other], count)
    windows: dict[int, tuple[float, float]] = {}
    keys = []
    for number, (one, other) in enumerate(pairs, 1):
        country = rng.choice(list(kinds))
        mailbox = without_marks(f"{one}.{other}").lower().replace(" ", "")
        key = writer.add(
            Client,
            code=f"C{number:03}",
            name=f"{one} & {other} {kinds[country]}",
            contact=draw_western(rng),
            email=f"{mailbox}@example.com",
            country=country,
        )
        keys.append(key)
        if rng.random() < 0.12:
            window = rng.choice(WINDOWS)
            windows[key] = window
            writer.add(ProductionWindow, client_id=key, product=None, from_percent=window[0], to_percent=window[1])
    return windows, keys


class FactoryDrawer:
    """Draws factories one after another and writes them; no name is given twice."""

    def __init__(
        self, rng: random.Random, writer: RowWriter, regions: tuple[Region, ...], sheet: CalendarSheet
    ) -> None:
        self._rng = rng
        self._writer = writer
        self._regions = regions
        self._sheet = sheet
        self._names: set[str] = set()

    def draw(self, number: int, home: int, clients: list[int], *, placed: bool = True) -> Site:
        """A factory of a region, ordered from by some of the clients. Not `placed`: nobody knows where it is."""
        rng, region = self._rng, self._regions[home]
        country = region.centre.country
        town, lat, lon = draw_spot(rng, region)
        skill = rng.choice(region.trades) if rng.random() < 0.6 else rng.choices(list(SKILLS), list(SKILLS.values()))[0]
        name, local_name = self._draw_name(town, skill, country)
        precision = rng.choices(("address", "town", "district", "city"), (42, 14, 28, 16))[0] if placed else "none"
        if precision == "district":
            lat, lon = town.lat, town.lon
        elif precision == "city":
            lat, lon = region.centre.lat, region.centre.lon
        area = region.centre.area if precision == "city" else town.area
        contact, contact_local = draw_person(rng, country)
        mailbox = without_marks(contact).lower().replace(" ", ".")
        closed = rng.choices(((6,), (), (5, 6)), (70, 25, 5))[0]
        closes_on_holidays = rng.random() < 0.95
        key = self._writer.add(
            Factory,
            code=f"F{number:04}",
            name=name,
            local_name=local_name,
            address=draw_address(rng, town, region.centre),
            contact=f"{contact} ({contact_local})",
            email="" if number % NO_MAILBOX == 0 else f"{mailbox}.{number:04}@example.com",
            phone=f"+86 101 0000 {number:04}" if country == "CN" else f"+84 01 000 {number:04}",
            lat=lat if placed else None,
            lon=lon if placed else None,
            precision=precision,
            area=area,
            country=country,
            time_zone=TIME_ZONES[country],
            closed_weekdays=closed,
            closes_on_holidays=closes_on_holidays,
        )
        return Site(
            id=key,
            code=f"F{number:04}",
            region=home,
            country=country,
            area=area,
            lat=lat,
            lon=lon,
            skill=skill,
            open_weekdays=tuple(day for day in range(7) if day not in closed),
            closes_on_holidays=closes_on_holidays,
            breaks=self._draw_breaks(key, country),
            clients=tuple(rng.sample(clients, min(len(clients), rng.choice((1, 2, 2, 3, 4))))),
        )

    def _draw_name(self, town: Place, skill: str, country: str) -> tuple[str, str]:
        works = words().works[skill]
        while True:
            manner, thing = self._rng.choice(words().manners), self._rng.choice(words().things)
            name = f"{town.name} {manner.english} {thing.english} {works.english} Co., Ltd."
            if name not in self._names:
                break
        self._names.add(name)
        if country == "VN":
            return name, f"Công ty TNHH {works.vietnamese} {thing.vietnamese} {manner.vietnamese}"
        return name, f"{town.local_name}{manner.chinese}{thing.chinese}{works.chinese}有限公司"

    def _draw_breaks(self, key: int, country: str) -> tuple[tuple[int, int], ...]:
        breaks = []
        for new_year in self._sheet.new_years.values():
            first = new_year - self._rng.randint(*BREAK_BEFORE[country])
            last = new_year + self._rng.randint(*BREAK_AFTER[country])
            breaks.append((first, last))
            self._writer.add(
                FactoryClosure,
                factory_id=key,
                first_date=dt.date.fromordinal(first),
                last_date=dt.date.fromordinal(last),
                reason="Lunar new year",
            )
        return tuple(breaks)
