"""The rows of a visit that was made, or is still to come: request, visit, assignments, result, progress."""

from __future__ import annotations

import datetime as dt
import random
import zoneinfo
from dataclasses import dataclass
from typing import NamedTuple

from desktop.models import (
    Announcement,
    AnnouncementInspector,
    Assignment,
    ProgressReport,
    Request,
    Unassigned,
    Visit,
    VisitResult,
)
from desktop.services.demo.aftermath import Made, result_columns, result_of_begun, write_findings
from desktop.services.demo.company import Company, Run
from desktop.services.demo.firms import TIME_ZONES, Site
from desktop.services.demo.happenings import Announced, write_change
from desktop.services.demo.people import NIGHT_COST, Person
from desktop.services.demo.results import draw_arrival, draw_report_time, draw_result, promise_of, sampling_of
from desktop.services.demo.trade import PRICES
from desktop.services.demo.writer import RowWriter
from desktop.services.settings import DEFAULT_TRAVEL, PlanSettings
from desktop.services.trade.results import HOUSE_RESULTS, charge_in_vain
from scheduler.problem import Mode
from scheduler.travel import offers

UTC_HOURS = {"CN": 8, "VN": 7}
NIGHT_CENTS = 5500  # a way there and back that costs more is travelled once, with a night there
AHEAD = {1: 35, 2: 53, 3: 6, 4: 3, 5: 2, 6: 1}
"""Days from a booking to the visit: nearly nine in ten are visited within 48 hours of it."""

AFTER_HOLIDAYS = 8  # days in which what has waited is worked off
LEFT_OUT = (  # why nobody went, how often, and what would have helped
    (45, "nobody_free", "everybody who could go is taken on the days of its window", "a wider window"),
    (25, "nobody_eligible", "nobody within reach does this service with this skill", "somebody else near by"),
    (20, "costs_more", "going there costs more than leaving it out", "a higher price for leaving it out"),
    (10, "closed", "the factory is closed on every day that its window leaves", "an open day"),
)
PARTS = ("work", "premium", "travel", "nights", "late", "affinity", "change", "unserved")


@dataclass(frozen=True, slots=True)
class Job:
    """A visit to be written: what, of which order, by whom, from which slot, for how many, and percent made by then."""

    service: str
    run: Run
    crew: tuple[Person, ...]
    first_slot: int
    half_days: int
    share: float

    @property
    def day(self) -> int:
        """Ordinal of the first day."""
        return self.first_slot // 2


class Booked(NamedTuple):
    """A request that was written: its key, its price in cents, and what was promised for it as columns of a result."""

    key: int
    price: int
    promise: dict[str, object]


class VisitWriter:
    """Writes visits with all that belongs to them, and adds up what a week costs."""

    def __init__(self, rng: random.Random, writer: RowWriter, company: Company, now: dt.datetime) -> None:
        self._rng = rng
        self._writer = writer
        self._company = company
        self._now = now
        self._plan, self._published_at = 0, now
        self._costs: dict[str, int] = {}
        self._ways: dict[tuple[int, int], int] = {}
        self._fails = {site.id: rng.choice((0.04, 0.08, 0.12, 0.16, 0.3)) for site in company.sites}
        self._settings = PlanSettings(first_day=now.date())

    def begin_week(self, plan: int, published_at: dt.datetime) -> None:
        """What follows belongs to this plan."""
        self._plan, self._published_at = plan, published_at
        self._costs = dict.fromkeys(PARTS, 0)

    def end_week(self) -> dict[str, int]:
        """What the week's visits cost, by part."""
        return self._costs

    def write(self, job: Job, worked: dict[int, int], *, counted: bool = False) -> None:
        """Write a visit; `worked` are the days that its people have worked in the week; `counted`: this one too."""
        last_slot = job.first_slot + job.half_days - 1
        visit = self._writer.reserve(Visit)
        hours_east = UTC_HOURS[job.run.site.country]
        arrived = draw_arrival(visit, job.first_slot, hours_east)
        ends = dt.datetime.combine(dt.date.fromordinal(last_slot // 2), dt.time(17 - hours_east), dt.UTC)
        begun, done = arrived <= self._now, ends <= self._now
        booked = self._write_request(job, "done" if done else "published")
        request = booked.key
        self._writer.add(
            Visit,
            id=visit,
            plan_id=self._plan,
            request_id=request,
            mode=0,
            first_slot=job.first_slot,
            last_slot=last_slot,
            status="done" if done else "started" if begun else "planned",
            published=True,
        )
        for person in job.crew:
            self._writer.add(
                Assignment,
                visit_id=visit,
                plan_id=self._plan,
                inspector_id=person.id,
                first_slot=job.first_slot,
                last_slot=last_slot,
                published=True,
            )
        cost = self._cost(job, worked, counted=counted)
        if begun:
            self._write_result(job, visit, (arrived, ends), (booked, cost), done=done)
        if not done:
            self._announce(job, request)
        if self._published_at <= self._now:
            announced = Announced(request, self._plan, visit, job.first_slot, len(job.crew), self._published_at)
            write_change(self._writer, announced, self._settings)

    def leave_out(self, job: Job) -> None:
        """Write a booking that nobody served: its client took it back in the end."""
        request = self._write_request(job, "cancelled").key
        rng = random.Random(f"{request}/left out")
        _, code, text, lift = rng.choices(LEFT_OUT, [share for share, *_ in LEFT_OUT])[0]
        reasons = [{"code": code, "text": text, "lift": lift}]
        self._writer.add(Unassigned, plan_id=self._plan, request_id=request, reasons=reasons)

    def _write_request(self, job: Job, status: str) -> Booked:
        rng, site = self._rng, job.run.site
        wide = job.service in ("DUPRO", "MONITORING")
        earliest = job.day - rng.randint(0, 3 if wide else 2)
        latest = job.day + (job.half_days + 1) // 2 - 1 + rng.randint(1 if wide else 0, 9 if wide else 4)
        ahead = self._draw_ahead(site, job.day) if wide else rng.randint(3, 9)
        requested = dt.datetime.combine(dt.date.fromordinal(job.day - ahead), dt.time(1), dt.UTC)
        due = job.day - ahead + 2 if wide else job.day + rng.choices((0, 1, 2, -1), (45, 30, 17, 8))[0]
        first_day, due_day = (dt.date.fromordinal(day) for day in (min(earliest, due), due))
        man_days = len(job.crew) * job.half_days / 2
        level = min(rng.choice((1, 2, 2, 3)), *(person.skills.get(site.skill, 1) for person in job.crew))
        price = round(rng.choice(PRICES) * max(0.5, man_days))
        requested_at = requested + dt.timedelta(minutes=rng.randrange(540))
        number = self._writer.count(Request) + 1
        key = self._writer.add(
            Request,
            code=f"R{number:0{self._company.code_width}}",
            client_id=job.run.client,
            order_id=job.run.order,
            factory_id=site.id,
            service=job.service,
            skill=site.skill,
            level=level,
            languages=(),
            certificates=(),
            lead_level=None,
            lead_languages=(),
            lead_certificates=(),
            modes=(Mode(len(job.crew), job.half_days),),
            earliest=first_day,
            latest=dt.date.fromordinal(max(latest, due)),
            due=due_day,
            late_cost_cents=None,
            unserved_cost_cents=None,
            price_cents=price,
            requested_at=requested_at,
            status=status,
            note="",
        )
        zone = zoneinfo.ZoneInfo(TIME_ZONES[site.country])
        return Booked(key, price, promise_of(requested_at, first_day, due_day, zone, self._settings.target_hours))

    def _draw_ahead(self, site: Site, day: int) -> int:
        """Days from a booking to its visit: more where much is ordered, and right after holidays."""
        demand, sheet = self._company.demand, self._company.sheet
        strain = 1.0 if demand is None else 1 + 4 * max(0.0, demand.level(site.region, day) - 1)
        if sum(sheet.is_holiday(site.country, day - back) for back in range(1, AFTER_HOLIDAYS)) >= 3:
            strain *= 3.0
        shares = [share * (strain if days > 2 else 1.0) for days, share in AHEAD.items()]
        return self._rng.choices(tuple(AHEAD), shares)[0]

    def _cost(self, job: Job, worked: dict[int, int], *, counted: bool) -> dict[str, int]:
        """What a visit costs in work, travel and nights; added to the week's."""
        days = 0 if counted else (job.half_days + 1) // 2
        sheet = self._company.sheet
        work = premium = travel = nights = night_cents = 0
        for person in job.crew:
            done = worked.get(person.id, 0)
            work += sum(person.day_costs[done : done + days])
            premium += sum(person.premium(sheet, job.day + n) for n in range(days))
            way = self._way(person, job.run.site)
            if way > NIGHT_CENTS:
                nights += max(1, days)
                night_cents += max(1, days) * NIGHT_COST[person.country]
                travel += way
            else:
                travel += way * max(1, days)
        self._costs["work"] += work
        self._costs["premium"] += premium
        self._costs["travel"] += travel
        self._costs["nights"] += night_cents
        return {
            "work_cents": work,
            "premium_cents": premium,
            "travel_cents": travel,
            "nights": nights,
            "night_cents": night_cents,
        }

    def _way(self, person: Person, site: Site) -> int:
        """Cents of the way there and back."""
        key = person.id, site.id
        if key not in self._ways:
            self._ways[key] = 2 * offers(DEFAULT_TRAVEL, person, site)[0].cents
        return self._ways[key]

    def _write_result(
        self,
        job: Job,
        visit: int,
        times: tuple[dt.datetime, dt.datetime],
        known: tuple[Booked, dict[str, int]],
        *,
        done: bool,
    ) -> None:
        """Write what came of a visit; `times`: of arrival, and of its last day's end; `known`: its cost."""
        booked, cost = known
        rng, site = self._rng, job.run.site
        sampled = job.service in ("DUPRO", "PSI")
        made = round(job.share + (rng.uniform(-0.5, 0.5) if job.service == "DUPRO" else 0.0), 1)
        lot = int(job.run.quantity * made / 100)
        arrived, ends = times
        sent = draw_report_time(rng, ends)
        drawn = draw_result(rng, lot, sampled=sampled, fails=self._fails[site.id])
        zone = zoneinfo.ZoneInfo(TIME_ZONES[site.country])
        about = Made(visit, zone, ends, sent, arrived, drawn, lot, sampling_of(max(2, lot))[1:] if sampled else None)
        told = result_columns(about, self._now) if done else result_of_begun(drawn)
        result = self._writer.add(
            VisitResult,
            visit_id=visit,
            arrived_at=arrived,
            percent_made=made if job.service != "LOADING" and done else None,
            charged_cents=_charge(job, booked.price, str(told["abort_reason"])),
            **booked.promise,
            **(cost if done else dict.fromkeys(cost, 0)),
            **told,
        )
        write_findings(self._writer, about, result, told, self._now)
        if job.service == "DUPRO":
            self._report(job, job.day, made, f"inspector {job.crew[0].code}")
            if rng.random() < 0.25:
                self._report(job, job.day + rng.randint(3, 6), min(100.0, made + rng.uniform(8, 25)), "factory")

    def _report(self, job: Job, day: int, made: float, source: str) -> None:
        self._writer.add(
            ProgressReport,
            order_id=job.run.order,
            reported_on=min(dt.date.fromordinal(day), self._now.date()),
            percent_made=round(made, 1),
            percent_packed=round(made * self._rng.uniform(0.1, 0.7), 1),
            source=source,
        )

    def _announce(self, job: Job, request: int) -> None:
        settings = self._settings
        announcement = self._writer.add(
            Announcement,
            request_id=request,
            first_slot=job.first_slot,
            inspector_cost_cents=settings.announced_inspector_cost_cents,
            day_cost_cents=settings.announced_day_cost_cents,
            drop_cost_cents=settings.announced_drop_cost_cents,
        )
        for person in job.crew:
            self._writer.add(AnnouncementInspector, announcement_id=announcement, inspector_id=person.id)


def _charge(job: Job, price: int, reason: str) -> int:
    """Cents for coming in vain, as the trade charges them; 0 of an inspection that was made."""
    crew = len(job.crew)
    return charge_in_vain(reason, price, crew * job.half_days / 2, crew, HOUSE_RESULTS)
