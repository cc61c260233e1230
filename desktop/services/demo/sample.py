"""The sample company as a whole: an invented firm in a new database, in one transaction."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.clock import Clock, SystemClock
from desktop.config import APP_VERSION
from desktop.errors import BadInputError, RefusedError
from desktop.models import (
    Assignment,
    Change,
    Client,
    Factory,
    Inspector,
    Order,
    PastVisit,
    Plan,
    Request,
    Setting,
    Visit,
)
from desktop.services.calendars import seed_calendars
from desktop.services.demo.bookings import Bookings
from desktop.services.demo.calendar_sheet import CalendarSheet, monday_of
from desktop.services.demo.company import Company
from desktop.services.demo.demand import Demand
from desktop.services.demo.firms import FactoryDrawer, Site, draw_clients
from desktop.services.demo.happenings import write_rates
from desktop.services.demo.man_days import fit_bookings
from desktop.services.demo.messages import tell_people
from desktop.services.demo.papers import write_checklists
from desktop.services.demo.past import Past
from desktop.services.demo.people import RosterDrawer
from desktop.services.demo.places import choose_regions, share_out
from desktop.services.demo.writer import RowWriter
from desktop.services.gazetteer import read_places
from desktop.services.requests.completeness import complete_all
from desktop.services.settings import DEFAULT_ROTATION
from desktop.store.engine import Store
from desktop.store.unit_of_work import UnitOfWork

Progress = Callable[[int, int, str], None]
REQUESTS_PER_UNPLACED = 500
MAX_INSPECTORS, MAX_REQUESTS, MAX_YEARS, MAX_WEEKS = 2000, 10_000, 10, 51


@dataclass(frozen=True, slots=True)
class SampleSummary:
    """What a sample company consists of."""

    first_day: dt.date
    inspectors: int
    clients: int
    factories: int
    orders: int
    requests: int
    visits: int
    assignments: int


def make_sample(  # noqa: PLR0913 -- a sample is told by its numbers, each by name
    store: Store,
    *,
    inspectors: int = 60,
    requests: int = 200,
    seed: int = 1,
    years: int = 0,
    weeks: int = 0,
    first_day: dt.date | None = None,
    clock: Clock | None = None,
    actor: str = "sample",
    on_progress: Progress | None = None,
) -> SampleSummary:
    """Fill a new database with an invented firm: the same arguments and day (with `weeks`, hour) give the same rows.

    Args:
        store: a database without any company in it.
        inspectors: size of the roster.
        requests: open bookings, most of them of the week that starts on `first_day`.
        seed: of all that is drawn.
        years: of visits made before, about 170 a year for every inspector.
        weeks: of visits made before, beside the years; with them those of today are as far as they are by this hour.
        first_day: the Monday of the week to plan (any other day stands for the Monday of its week); by default the
            Monday after today.
        clock: tells today: bookings are made until then, visits of the current week from then on are still to come.
        actor: who is said to have made it.
        on_progress: called with steps done, steps in all, and what is being made.

    Raises:
        RefusedError: the database holds a company already; nothing is changed.
        BadInputError: a number is out of range.
    """
    _check("inspectors", inspectors, 1, MAX_INSPECTORS)
    _check("requests", requests, 0, MAX_REQUESTS)
    _check("years", years, 0, MAX_YEARS)
    _check("weeks", weeks, 0, MAX_WEEKS)
    now = (clock or SystemClock()).now()
    first_day = monday_of(first_day) if first_day else monday_of(now.date()) + dt.timedelta(days=7)
    near = first_day - dt.timedelta(days=7) <= now.date() < first_day
    today = now.date() if near else first_day - dt.timedelta(days=1)
    is_live = weeks > 0 and first_day - dt.timedelta(days=7) <= now.date()
    until = now if is_live else dt.datetime.combine(today, dt.time(), dt.UTC) - dt.timedelta(minutes=1)
    scene = Scene(inspectors, requests, seed, years, weeks, first_day, today, until)
    with UnitOfWork(store) as work:
        _refuse_unless_empty(work.session, store)
        writer = RowWriter(work.session)
        _draw(work.session, writer, scene, on_progress or (lambda done, total, text: None))
        badge = {"badge": "Sample company", "seed": seed, "inspectors": inspectors, "requests": requests}
        badge |= {"years": years, "first_day": first_day.isoformat()}
        writer.add(Setting, name="sample", value=badge)
        writer.add(
            Change,
            at=now,
            actor=actor,
            command="MakeSample",
            label=f"Sample company of {inspectors} inspectors and {requests} requests, seed {seed}",
            kind="barrier",
            reverts_id=None,
            app_version=APP_VERSION,
        )
        writer.finish()
        fit_bookings(work.session, scene.today)
        complete_all(work.session)
        work.commit()
    if scene.weeks and near:
        tell_people(store, now, scene.rng("messages"))
    return SampleSummary(
        first_day=first_day,
        inspectors=writer.count(Inspector),
        clients=writer.count(Client),
        factories=writer.count(Factory),
        orders=writer.count(Order),
        requests=writer.count(Request),
        visits=writer.count(Visit),
        assignments=writer.count(Assignment),
    )


@dataclass(frozen=True, slots=True)
class Scene:
    """What a sample is drawn from."""

    inspectors: int
    requests: int
    seed: int
    years: int
    weeks: int
    first_day: dt.date
    today: dt.date
    now: dt.datetime

    @property
    def past_weeks(self) -> int:
        """Weeks of visits made before."""
        return 52 * self.years + self.weeks

    @property
    def factories(self) -> int:
        """So many that one is visited a few times a month at most."""
        return max(3, round(0.85 * self.requests), 8 * self.inspectors if self.years else 0)

    @property
    def clients(self) -> int:
        """How many clients such a firm has."""
        return 12 + round(0.12 * self.requests)

    @property
    def code_width(self) -> int:
        """Digits of the codes of requests and orders."""
        return max(5, len(str(self.requests + self.inspectors * (250 * self.years + 5 * self.weeks))))

    def rng(self, part: str) -> random.Random:
        """The random numbers of a part: what one part draws does not shift the others."""
        return random.Random(f"{self.seed}/{self.inspectors}/{self.requests}/{self.years}/{self.first_day}/{part}")


def _draw(session: Session, writer: RowWriter, scene: Scene, progress: Progress) -> None:
    weeks = scene.past_weeks
    steps = weeks + 3
    progress(0, steps, "roster")
    years = range(scene.first_day.year - scene.years - 1, scene.first_day.year + 2)
    seed_calendars(session, years)
    sheet = CalendarSheet(years)
    places = read_places()
    regions = choose_regions(places, scene.inspectors)
    provinces = {
        country: tuple(place.area for place in places if place.country == country and place.kind == "province")
        for country in ("CN", "VN")
    }
    past_days = 7 * weeks
    people = RosterDrawer(scene.rng("people"), writer, regions, provinces).draw(
        scene.inspectors, scene.first_day, past_days
    )
    progress(1, steps, "clients and factories")
    rng = scene.rng("firms")
    windows, clients = draw_clients(rng, writer, scene.clients)
    stored_at = dt.datetime.combine(scene.first_day - dt.timedelta(days=30), dt.time(2), dt.UTC)
    write_checklists(writer, clients, stored_at)
    drawer = FactoryDrawer(rng, writer, regions, sheet)
    homes = [n for n, size in enumerate(share_out(regions, scene.factories)) for _ in range(size)]
    sites: list[Site] = [drawer.draw(number, home, clients) for number, home in enumerate(homes, 1)]
    unplaced = [
        drawer.draw(len(sites) + 1 + n, rng.choice(homes), clients, placed=False)
        for n in range(1 + scene.requests // REQUESTS_PER_UNPLACED)
    ]
    areas = [region.centre.area for region in regions]
    company = Company(people, sites, clients, windows, sheet, scene.code_width, areas)
    if weeks:
        first = scene.first_day - dt.timedelta(days=past_days)
        days = first.toordinal(), scene.first_day.toordinal()
        company.demand = Demand(scene.rng("demand"), clients, sites, days, len(regions))
        write_rates(scene.rng("rates"), writer, first, scene.today)
        past = Past(scene.rng("past"), writer, company, company.demand, scene.now)
        past.write(scene.first_day, weeks, lambda week, text: progress(2 + week, steps, text))
    else:
        _write_past_visits(scene, writer, company)
    progress(steps - 1, steps, "bookings")
    bookings = Bookings(scene.rng("bookings"), writer, company, scene.first_day, scene.today)
    bookings.draw(scene.requests, unplaced)
    progress(steps, steps, "")


def _write_past_visits(scene: Scene, writer: RowWriter, company: Company) -> None:
    """Visits from before the database, for rotation."""
    rng = scene.rng("past")
    for person in company.people:
        for _ in range(5):
            site = company.draw_site(rng, person)
            if site is None or rng.random() < 0.25:
                continue
            ago = rng.randrange(1, 120)
            day = scene.first_day - dt.timedelta(days=ago)
            writer.add(PastVisit, inspector_id=person.id, factory_id=site.id, visited_on=day)
            if ago < DEFAULT_ROTATION.within_days:
                company.recent[person.id, site.id] = company.recent.get((person.id, site.id), 0) + 1


def _check(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise BadInputError(f"A sample company cannot have {value} {name}.", f"Give a number from {low} to {high}.")


def _refuse_unless_empty(session: Session, store: Store) -> None:
    for record in (Client, Factory, Inspector, Request, Plan, Setting, Change):
        if session.scalar(select(record.id).limit(1)) is not None:
            raise RefusedError(
                f"{store.name} holds a company already.",
                "A sample company is made in a new database: give another file.",
            )
