"""The drawn firm, as the parts that book and plan see it: who and what is in each region."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.models import Order
from desktop.services.demo.calendar_sheet import CalendarSheet
from desktop.services.demo.demand import Demand
from desktop.services.demo.firms import Site
from desktop.services.demo.papers import order_papers
from desktop.services.demo.people import Person
from desktop.services.demo.trade import DAILY_RATES, GOODS, LINE_DAYS, order_facts
from desktop.services.demo.writer import RowWriter

HOUSE_WINDOW = (10.0, 50.0)  # percent made between which a DUPRO visits, where a client has no own


@dataclass(frozen=True, slots=True)
class Run:
    """An order in production.

    Attributes:
        ready: ordinal of the day on which the last piece is made.
        client: key of who ordered.
    """

    order: int
    site: Site
    client: int
    quantity: int
    ready: int


@dataclass(slots=True)
class Company:
    """People, factories and clients, by region.

    Attributes:
        by_skill: for each region its factories by what they make.
        windows: the production windows of clients that have their own.
        areas: for each region the province that it is named after.
        runs: for each region orders that wait for their final inspection.
        demand: what clients order over the years; None where there is no past.
        recent: how often a person (key) was at a factory (key) within the days that rotation counts.
    """

    people: Sequence[Person]
    sites: Sequence[Site]
    clients: Sequence[int]
    windows: dict[int, tuple[float, float]]
    sheet: CalendarSheet
    code_width: int
    areas: Sequence[str]
    teams: list[list[Person]] = field(default_factory=list)
    by_skill: list[dict[str, list[Site]]] = field(default_factory=list)
    runs: list[list[Run]] = field(default_factory=list)
    recent: dict[tuple[int, int], int] = field(default_factory=dict)
    demand: Demand | None = None

    def __post_init__(self) -> None:
        regions = len(self.areas)
        self.teams = [[] for _ in range(regions)]
        self.by_skill = [defaultdict(list) for _ in range(regions)]
        self.runs = [[] for _ in range(regions)]
        for person in self.people:
            self.teams[person.region].append(person)
        for site in self.sites:
            self.by_skill[site.region][site.skill].append(site)

    def window_of(self, client: int) -> tuple[float, float]:
        """The percentages made between which a DUPRO of a client visits."""
        return self.windows.get(client, HOUSE_WINDOW)

    def clients_at(self, site: Site, day: int) -> tuple[int, ...]:
        """Those who order at a factory on a day, by key."""
        return site.clients if self.demand is None else self.demand.clients_at(site, day)

    def draw_site(self, rng: random.Random, person: Person, region: int | None = None) -> Site | None:
        """A factory of a region (his own) that makes something he knows; None where there is none."""
        by_skill = self.by_skill[person.region if region is None else region]
        known = [skill for skill in person.skills if skill in by_skill]
        return rng.choice(by_skill[rng.choice(known)]) if known else None

    def back(self, site: Site, day: int, working_days: int) -> int:
        """The day so many working days of a factory before a day."""
        return self._step(site, day, working_days, -1)

    def ahead(self, site: Site, day: int, working_days: int) -> int:
        """The day so many working days of a factory after a day."""
        return self._step(site, day, working_days, 1)

    def _step(self, site: Site, day: int, working_days: int, way: int) -> int:
        while working_days > 0:
            day += way
            if site.is_open(self.sheet, day):
                working_days -= 1
        return day


def draw_line_days(rng: random.Random) -> int:
    """How many working days an order is in production."""
    return rng.randint(*LINE_DAYS)


def write_order(
    rng: random.Random, writer: RowWriter, width: int, run: tuple[Site, int, int, int], *, line_days: int
) -> Run:
    """Write an order; `run` is its factory, its client, and the ordinals of the first and last day of production."""
    site, client, started, ready = run
    low, high = DAILY_RATES[site.skill]
    rate = round(rng.uniform(low, high), -1) or 10.0
    quantity = int(rate * line_days)
    number = writer.count(Order) + 1
    key = writer.add(
        Order,
        code=f"O{number:0{width}}",
        client_id=client,
        factory_id=site.id,
        product=site.skill,
        description=rng.choice(GOODS[site.skill]),
        quantity=quantity,
        production_start=dt.date.fromordinal(started),
        daily_rate=rate,
        ready_date=dt.date.fromordinal(ready + 1),
        product_group=site.skill,
        **order_facts(number, site.skill, quantity),
        **order_papers(number),
    )
    return Run(key, site, client, quantity, ready)
