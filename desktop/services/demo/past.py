"""Years of visits made: a simulation by day of who goes where, with orders, results, costs and progress reports.

Orders are found at a DUPRO and met again at their final inspection. Everything of a week is written before the next
begins, so that memory does not grow with the years.
"""

from __future__ import annotations

import bisect
import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.models import Absence, DayException, Plan
from desktop.services.demo.company import Company, Run, draw_line_days, write_order
from desktop.services.demo.demand import Demand
from desktop.services.demo.firms import Site
from desktop.services.demo.people import Person
from desktop.services.demo.places import rough_km
from desktop.services.demo.visits import Job, VisitWriter
from desktop.services.demo.writer import RowWriter
from desktop.services.settings import DEFAULT_ROTATION, PlanSettings

# Share of free days that are worked. The trough at the lunar new year follows from the closures.
LOAD = 0.84
SEASON = (0.97, 0.88, 1.07, 1.1, 1.06, 0.95, 0.9, 0.94, 1.08, 1.12, 1.12, 0.99)
GROWTH = (0.92, 1.05)  # from the first week to the last
SATURDAY_LOAD = 0.6
NEW_SERVICES = {"DUPRO": 63, "PSI": 11, "PPI": 14, "LOADING": 6, "MONITORING": 15}  # not everybody does all of them
MAN_DAYS = {1: 84, 2: 12, 3: 3, 4: 1}
FINAL_AFTER_DUPRO = 0.65
LOADING_AFTER_FINAL = 0.12
PATIENCE_DAYS = 12  # after that somebody else has inspected it
TAKEN_BACK = 0.3  # of those that had been booked with the house by then
BUSY = 1.06  # months of this season and more see people work on a Saturday for the premium
FOR_PREMIUM = 0.4
PICKS = 8
LOOK_AT = 6
KEPT_VISITS = DEFAULT_ROTATION.max_visits - 1  # beside the newest: as many as rotation looks at
FAR_SHARE = 0.08
FAR_KM = 400.0
MIDDAY_KM = 28.0
FACTORY_WEEK = 7 / 6  # calendar days of a working day of six


@dataclass(frozen=True, slots=True, order=True)
class Waiting:
    """An inspection that becomes due: the day, a number that keeps the order, what, and of which order."""

    day: int
    number: int
    service: str = field(compare=False)
    run: Run = field(compare=False)


class Past:
    """Simulates the weeks before the first day and writes them."""

    def __init__(
        self, rng: random.Random, writer: RowWriter, company: Company, demand: Demand, now: dt.datetime
    ) -> None:
        self._rng = rng
        self._writer = writer
        self._company = company
        self._visits = VisitWriter(rng, writer, company, now)
        self._demand = demand
        self._waiting: list[list[Waiting]] = [[] for _ in company.teams]
        self._last_visits: dict[tuple[int, int], tuple[int, ...]] = {}
        self._busy_until: dict[int, int] = {}
        self._worked: dict[int, int] = {}
        self._services: dict[frozenset[str], tuple[tuple[str, ...], tuple[int, ...]]] = {}
        self._number = 0
        self._neighbours = self._find_neighbours()

    def write(self, first_day: dt.date, weeks: int, progress: Callable[[int, str], None]) -> None:
        """Write so many weeks before a day. Leaves with the company what waits for inspection and who was where."""
        for week in range(weeks):
            monday = first_day - dt.timedelta(days=7 * (weeks - week))
            progress(week, f"visits of {monday:%B %Y}")
            self._write_week(monday, GROWTH[0] + (GROWTH[1] - GROWTH[0]) * week / weeks)
        first = first_day.toordinal()
        for region, waiting in enumerate(self._waiting):
            self._company.runs[region] = [one.run for one in waiting if one.service == "PSI" and one.day >= first - 3]
        for key, days in self._last_visits.items():
            self._company.recent[key] = sum(first - day < DEFAULT_ROTATION.within_days for day in days)

    def _write_week(self, monday: dt.date, growth: float) -> None:
        first = monday.toordinal()
        self._worked = {}
        year, week, _ = monday.isocalendar()
        plan = self._writer.reserve(Plan)
        eve = dt.datetime.combine(monday - dt.timedelta(days=3), dt.time(8), dt.UTC)
        self._visits.begin_week(plan, eve + dt.timedelta(hours=2))
        for person in self._company.people:
            self._draw_leave(person, first)
            self._draw_saturday(person, first + 5)
        for day in range(first, first + 7):
            season = LOAD * growth * SEASON[dt.date.fromordinal(day).month - 1]
            usual = season * SATURDAY_LOAD if day == first + 5 else season
            for region, team in enumerate(self._company.teams):
                self._drop_stale(region, day)
                level = self._demand.level(region, day)
                for person in self._rng.sample(team, len(team)):
                    load = (season if day in person.extra else usual) * level
                    if self._rng.random() < load and self._is_free(person, day, 1):
                        self._send(person, day)
        costs = self._visits.end_week()
        self._writer.add(
            Plan,
            id=plan,
            code=f"{year}-W{week:02}-1",
            status="published",
            first_day=monday,
            days=7,
            settings=PlanSettings(first_day=monday).to_json(),
            created_at=eve,
            published_at=eve + dt.timedelta(hours=2),
            solver_status="feasible",
            cost_cents=sum(costs.values()),
            cost_parts=costs,
            bound_cents=None,
            seconds=60.0,
            seed=1,
            log={},
            problem_digest="",
        )
        self._writer.flush()

    # -- who ----------------------------------------------------------------------------------------------------------

    def _is_free(self, person: Person, day: int, length: int) -> bool:
        """Whether a person can work so many days on end, within one week."""
        if day < person.joined or self._busy_until.get(person.id, 0) >= day:
            return False
        sunday = day - (day - 1) % 7 + 6
        if day + length - 1 > sunday or (day == sunday and len(person.weekdays) == 6):
            return False
        if self._worked.get(person.id, 0) + length > len(person.day_costs):
            return False
        return all(person.works(self._company.sheet, one) for one in range(day, day + length))

    def _draw_leave(self, person: Person, monday: int) -> None:
        """Two weeks of leave a year, and now and then a day or two of sickness."""
        what = self._rng.random()
        if what >= 0.055 or monday < person.joined:
            return
        if what < 0.038:
            first, days, kind = monday, 5, "leave"
        else:
            first, days, kind = monday + self._rng.randrange(4), self._rng.choice((1, 1, 2)), "sickness"
        if any(person.away.get(day) for day in range(first, first + days)):
            return
        for day in range(first, first + days):
            person.away[day] = 3
        slot = 2 * first
        self._writer.add(
            Absence, inspector_id=person.id, first_slot=slot, last_slot=slot + 2 * days - 1, kind=kind, note=""
        )

    def _draw_saturday(self, person: Person, day: int) -> None:
        """In busy months, for a few whose contract allows a sixth day: a Saturday worked for the premium."""
        sheet = self._company.sheet
        is_asked = len(person.day_costs) == 6 and not person.usually_works(sheet, day) and day > person.joined
        if not is_asked or SEASON[dt.date.fromordinal(day).month - 1] < BUSY or self._rng.random() >= FOR_PREMIUM:
            return
        sundays = (day - 6, day + 1)
        if person.away.get(day) or any(person.usually_works(sheet, one) for one in sundays):
            return
        if sheet.is_weekend(person.country, day):
            person.extra.add(day)
            self._writer.add(
                DayException,
                inspector_id=person.id,
                date=dt.date.fromordinal(day),
                morning=True,
                afternoon=True,
                may_travel=None,
                premium_cents=None,
            )

    def _partners(self, person: Person, service: str, site: Site, day: int, length: int) -> tuple[Person, ...]:
        """Somebody of his team who goes with him; nobody where nobody is free."""
        for other in self._company.teams[person.region]:
            able = site.skill in other.skills and service in other.services and site.area in other.permits
            if able and other is not person and self._is_free(other, day, length):
                return (other,)
        return ()

    def _is_fresh(self, person: Person, site: Site, day: int) -> bool:
        """Whether rotation lets a person go to a factory again."""
        days = self._last_visits.get((person.id, site.id), ())
        return len(days) < DEFAULT_ROTATION.max_visits or day - days[0] >= DEFAULT_ROTATION.within_days

    # -- where and what ------------------------------------------------------------------------------------------------

    def _send(self, person: Person, day: int) -> None:
        """Find work for a person on a day: an inspection that waits, or a new order."""
        found = self._next_waiting(person, day) or self._new_job(person, day)
        if found is None:
            return
        service, run, share = found
        crew, length = self._size(person, service, run.site, day)
        half = service == "LOADING"
        job = Job(service, run, crew, 2 * day, 1 if half else 2 * length, share)
        self._visits.write(job, self._worked)
        self._note(job, day, length)
        if half and self._rng.random() < 0.5:
            self._second_loading(person, run.site, day)

    def _size(self, person: Person, service: str, site: Site, day: int) -> tuple[tuple[Person, ...], int]:
        """The crew and the days of a visit; one person for a day where more cannot be had."""
        crew: tuple[Person, ...] = (person,)
        length = 1
        if service == "MONITORING":
            length = self._rng.choice((3, 3, 4))
        elif service != "LOADING":
            man_days = self._rng.choices(tuple(MAN_DAYS), tuple(MAN_DAYS.values()))[0]
            if man_days == 4 or (man_days > 1 and self._rng.random() < 0.5):
                length = 2 if man_days == 4 else 1
                crew = (person, *self._partners(person, service, site, day, length))
            else:
                length = man_days
        if length > 1:
            is_open = all(site.is_open(self._company.sheet, one) for one in range(day, day + length))
            if not (is_open and all(self._is_free(one, day, length) for one in crew)):
                return (person,), 1
        return crew, length

    def _note(self, job: Job, day: int, length: int) -> None:
        for one in job.crew:
            self._worked[one.id] = self._worked.get(one.id, 0) + length
            way_home = one.region != job.run.site.region  # the day after is for the way home
            self._busy_until[one.id] = day + length - 1 + way_home
            key = one.id, job.run.site.id
            self._last_visits[key] = (*self._last_visits.get(key, ())[-KEPT_VISITS:], day)
        region = job.run.site.region
        if job.service == "DUPRO" and self._rng.random() < FINAL_AFTER_DUPRO:
            self._wait(region, max(day + 2, job.run.ready), "PSI", job.run)
        elif job.service == "PSI" and self._rng.random() < LOADING_AFTER_FINAL:
            self._wait(region, day + self._rng.randint(1, 3), "LOADING", job.run)

    def _second_loading(self, person: Person, first: Site, day: int) -> None:
        """Another container in the afternoon, where one is near."""
        site = self._company.draw_site(self._rng, person, first.region)
        if site is None or not site.is_open(self._company.sheet, day) or not self._is_fresh(person, site, day):
            return
        if rough_km(first.lat, first.lon, site.lat, site.lon) > MIDDAY_KM:
            return
        run = self._order(site, day, (day - self._rng.randint(30, 50), day - 1))
        self._visits.write(Job("LOADING", run, (person,), 2 * day + 1, 1, 100.0), self._worked, counted=True)

    def _next_waiting(self, person: Person, day: int) -> tuple[str, Run, float] | None:
        waiting = self._waiting[person.region]
        for at, one in enumerate(waiting[:LOOK_AT]):
            if one.day > day:
                break
            site = one.run.site
            if (
                site.skill in person.skills
                and one.service in person.services
                and site.is_open(self._company.sheet, day)
                and self._is_fresh(person, site, day)
            ):
                del waiting[at]
                return one.service, one.run, 100.0
        return None

    def _new_job(self, person: Person, day: int) -> tuple[str, Run, float] | None:
        rng = self._rng
        for _ in range(PICKS):
            site = self._company.draw_site(rng, person, self._somewhere(person, day))
            if (
                site is not None
                and site.is_open(self._company.sheet, day)
                and self._is_fresh(person, site, day)
                and self._demand.wants(rng, site, day)
            ):
                break
        else:
            return None
        service = rng.choices(*self._services_of(person))[0]
        share = {"DUPRO": rng.uniform(8, 58), "PPI": 0.0, "MONITORING": rng.uniform(20, 80)}.get(service, 100.0)
        line = draw_line_days(rng) * FACTORY_WEEK
        started = day - int(line * share / 100) - (rng.randint(0, 4) if share == 100.0 else 0)
        if service == "PPI":
            started = day + rng.randint(1, 6)
        return service, self._order(site, day, (started, started + int(line))), share

    def _services_of(self, person: Person) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """What a person does, and how often it is asked for."""
        known = self._services.get(person.services)
        if known is None:
            shares = [(name, share) for name, share in NEW_SERVICES.items() if name in person.services]
            known = self._services[person.services] = tuple(n for n, _ in shares), tuple(share for _, share in shares)
        return known

    def _somewhere(self, person: Person, day: int) -> int:
        """His own region; now and then, from home, another that he has a permit for and that a night away reaches."""
        if self._rng.random() >= FAR_SHARE or self._busy_until.get(person.id, 0) >= day - 1:
            return person.region
        far = [n for n, area in self._neighbours[person.region] if area in person.permits]
        return self._rng.choice(far) if far else person.region

    def _find_neighbours(self) -> list[list[tuple[int, str]]]:
        middles = [next(iter(team)) if team else None for team in self._company.teams]
        return [
            [
                (n, self._company.areas[n])
                for n, two in enumerate(middles)
                if one and two and n != region and one.country == two.country
                if rough_km(one.lat, one.lon, two.lat, two.lon) < FAR_KM
            ]
            for region, one in enumerate(middles)
        ]

    def _order(self, site: Site, day: int, made: tuple[int, int]) -> Run:
        """An order found on a day; `made`: the first and last day of its production."""
        started, ready = made
        client = self._demand.client(self._rng, site, day)
        line = max(1, round((ready - started) / FACTORY_WEEK))
        width = self._company.code_width
        return write_order(self._rng, self._writer, width, (site, client, started, ready), line_days=line)

    def _wait(self, region: int, day: int, service: str, run: Run) -> None:
        self._number += 1
        bisect.insort(self._waiting[region], Waiting(day, self._number, service, run))

    def _drop_stale(self, region: int, day: int) -> None:
        waiting = self._waiting[region]
        while waiting and waiting[0].day < day - PATIENCE_DAYS:
            gone = waiting.pop(0)
            somebody = self._company.teams[region][:1]
            if somebody and self._rng.random() < TAKEN_BACK:
                self._visits.leave_out(Job(gone.service, gone.run, tuple(somebody), 2 * gone.day, 2, 100.0))
