"""The bookings of the weeks to come: windows, orders in production, demands, pins, and a few that nobody can serve."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.models import (
    Order,
    Pin,
    PinInspector,
    ProgressReport,
    Request,
    RequestAffinity,
    RequestExclusion,
)
from desktop.services.demo.company import Company, Run, draw_line_days, write_order
from desktop.services.demo.diary import TRIES, Diary, Spot
from desktop.services.demo.firms import Site
from desktop.services.demo.papers import NO_PAPERS
from desktop.services.demo.trade import PRICES, SERVICE_SHARE, days_of, draw_man_days, draw_modes, order_facts
from desktop.services.demo.writer import RowWriter
from scheduler.problem import Mode

LATER_SHARE = 0.08  # of the bookings belong to the second week already
WEEKS_AHEAD = 8  # where the weeks before are full or closed
MESSY_SHARE = 0.01
FEWEST_FOR_MESS = 20
NOTES = (
    "",
    "",
    "",
    "",
    "Client asks for photos of the packing.",
    "New supplier.",
    "Re-inspection.",
    "Bring the gauge.",
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, round the spot that it was drawn for. Days are ordinals."""

    service: str
    modes: tuple[Mode, ...]
    spot: Spot
    client: int
    earliest: int
    latest: int
    due: int | None
    derived: bool
    order: int | None
    requested_at: dt.datetime

    @property
    def length(self) -> int:
        """Days that it takes in its first mode."""
        return days_of(self.modes[0])


class Bookings:
    """Draws the open requests of a company and writes them."""

    def __init__(
        self, rng: random.Random, writer: RowWriter, company: Company, first_day: dt.date, today: dt.date
    ) -> None:
        self._rng = rng
        self._writer = writer
        self._company = company
        self._first = first_day.toordinal()
        self._eve = min(today.toordinal(), self._first - 1)
        self._diary = Diary(rng, company)
        self._pinned: set[int] = set()

    def draw(self, count: int, unplaced: Sequence[Site]) -> None:
        """So many requests, a few of which nobody can serve, numbered as they came in."""
        messy = max(1, round(count * MESSY_SHARE)) if count >= FEWEST_FOR_MESS else 0
        asked = [self._ask() for _ in range(count - messy)]
        asked.sort(key=lambda one: -one[1][0].half_days)  # long ones find a place while there is room
        wishes = [self._wish(*one) for one in asked]
        ready = [(wish, self._demands(wish)) for wish in wishes] + [self._mess(n, unplaced) for n in range(messy)]
        for wish, values in sorted(ready, key=lambda one: one[0].requested_at):
            number = self._writer.count(Request) + 1
            code = f"R{number:0{self._company.code_width}}"
            key = self._writer.add(Request, code=code, requested_at=wish.requested_at, **values)
            self._write_preferences(wish, key)

    def _ask(self) -> tuple[str, tuple[Mode, ...]]:
        service = self._rng.choices(tuple(SERVICE_SHARE), tuple(SERVICE_SHARE.values()))[0]
        return service, draw_modes(self._rng, service, draw_man_days(self._rng))

    def _wish(self, service: str, modes: tuple[Mode, ...]) -> Wish:
        spot = self._find(service, modes)
        if spot is None:  # nobody can go for so long, or in such a crew: one day of one person finds a place
            service = "PSI" if service == "MONITORING" else service
            modes = draw_modes(self._rng, service, 1)
            spot = self._find(service, modes) or self._anywhere(WEEKS_AHEAD)
        return self._dupro(modes, spot) if service == "DUPRO" else self._other(service, modes, spot)

    def _find(self, service: str, modes: tuple[Mode, ...]) -> Spot | None:
        first = 1 if self._rng.random() < LATER_SHARE else 0
        for week in range(first, WEEKS_AHEAD):
            spot = self._diary.find(service, modes[0], self._first + 7 * week)
            if spot is not None:
                return spot
        return None

    def _anywhere(self, weeks: int) -> Spot:
        """A day on which a factory is open, whoever may come: where there are more bookings than people."""
        rng = self._rng
        for _ in range(TRIES):
            person = rng.choice(self._company.people)
            site = self._company.draw_site(rng, person) or rng.choice(self._company.sites)
            day = self._first + rng.randrange(7 * weeks)
            if site.is_open(self._company.sheet, day):
                break
        return Spot((person,), site, day, certain=False)

    # -- windows -------------------------------------------------------------------------------------------------------

    def _dupro(self, modes: tuple[Mode, ...], spot: Spot) -> Wish:
        """A window of some days of the production; half of them are left to follow from the order."""
        rng, company, site = self._rng, self._company, spot.site
        client = rng.choice(company.clients_at(site, spot.day))
        low, high = company.window_of(client)
        line = draw_line_days(rng)
        opens, closes = int(low * line / 100) + 1, int(high * line / 100) + 1  # working days of the line, from 1
        by_hours = rng.random() < 0.35
        room = max(0, closes - opens + 1 - days_of(modes[0]))
        into = 0 if by_hours and spot.day - 2 > self._eve else rng.randint(0, min(room, 5))
        earliest = company.back(site, spot.day, into)
        started = company.back(site, earliest, opens - 1)
        latest = max(company.ahead(site, earliest, closes - opens), spot.day + days_of(modes[0]) - 1)
        run = self._order(site, client, started, line)
        due = None if by_hours else min(latest, spot.day + rng.choice((0, 1, 1, 2)))
        derived = rng.random() < 0.55
        asked = self._requested_at(spot, due)
        return Wish("DUPRO", modes, spot, client, earliest, latest, due, derived, run.order, asked)

    def _other(self, service: str, modes: tuple[Mode, ...], spot: Spot) -> Wish:
        """A window of a day or some, round the ready date (PPI: round the start of production)."""
        rng, company, site = self._rng, self._company, spot.site
        run = self._waiting(spot) if service == "PSI" else None
        client = run.client if run else rng.choice(company.clients_at(site, spot.day))
        by_hours = rng.random() < 0.2
        earliest = spot.day if by_hours else company.back(site, spot.day, rng.choice((0, 0, 1, 1, 2)))
        latest = spot.day + days_of(modes[0]) - 1
        latest = company.ahead(site, latest, rng.choices((0, 1, 2, 3, 5), (15, 25, 30, 20, 10))[0])
        derived = False
        if run is None and rng.random() < 0.85:
            line = draw_line_days(rng)
            if service == "PPI":
                run = self._order(site, client, company.ahead(site, spot.day, rng.randint(1, 4)), line)
            elif service == "MONITORING":
                run = self._order(site, client, company.back(site, earliest, rng.randint(2, 10)), line)
            else:
                # all is made by the morning of a final inspection, and packed by that of a loading
                run = self._order(site, client, company.back(site, earliest, line + (service == "LOADING")), line)
                derived = service == "PSI" and latest <= earliest + 4 and rng.random() < 0.3
        due = None if by_hours else max(spot.day, min(latest, earliest + rng.choice((0, 1, 1, 2))))
        order = run.order if run else None
        return Wish(service, modes, spot, client, earliest, latest, due, derived, order, self._requested_at(spot, due))

    def _waiting(self, spot: Spot) -> Run | None:
        """An order of the past that waits for its final inspection at this factory."""
        waiting = self._company.runs[spot.site.region]
        for run in waiting:
            if run.site is spot.site and spot.day - 4 <= run.ready < spot.day:
                waiting.remove(run)
                return run
        return None

    def _order(self, site: Site, client: int, started: int, line: int) -> Run:
        ready = self._company.ahead(site, started, line - 1)
        width = self._company.code_width
        run = write_order(self._rng, self._writer, width, (site, client, started, ready), line_days=line)
        self._report_progress(run, started, line)
        return run

    def _report_progress(self, run: Run, started: int, line: int) -> None:
        """For a third of those that have begun, what the factory says: near the line, packed about a day later."""
        rng, site = self._rng, run.site
        day = self._eve - rng.randrange(3)
        if day <= started or rng.random() >= 0.35:
            return
        worked = sum(site.is_open(self._company.sheet, one) for one in range(started, day + 1))
        made = min(100.0, max(0.5, 100 * worked / line + rng.uniform(-1.5, 1.0)))
        self._writer.add(
            ProgressReport,
            order_id=run.order,
            reported_on=dt.date.fromordinal(day),
            percent_made=round(made, 1),
            percent_packed=round(max(0.0, made - 200 / line * rng.uniform(0.1, 0.7)), 1),
            source="factory",
        )

    # -- rows ----------------------------------------------------------------------------------------------------------

    def _demands(self, wish: Wish) -> dict[str, object]:
        """The columns of a request; what it demands, the crew that it was drawn round has."""
        rng, lead = self._rng, wish.spot.crew[0]
        level = min(
            rng.choices((1, 2, 3, 4), (20, 40, 30, 10))[0],
            *(one.skills.get(wish.spot.site.skill, 1) for one in wish.spot.crew),
        )
        held = [
            name
            for name in sorted(lead.certificates)
            if all(one.certificates.get(name, dt.date.min).toordinal() >= wish.latest for one in wish.spot.crew)
        ]
        english = all("en" in one.languages for one in wish.spot.crew)
        leads = wish.modes[-1].crew > 1 and lead.skills.get(wish.spot.site.skill, 1) >= 4 and "en" in lead.languages
        needs_lead = leads and rng.random() < 0.6
        man_days = wish.modes[0].man_days
        price = round(rng.choice(PRICES) * max(0.5, man_days))
        urgent = rng.random() < 0.04
        return {
            "client_id": wish.client,
            "order_id": wish.order,
            "factory_id": wish.spot.site.id,
            "service": wish.service,
            "skill": wish.spot.site.skill,
            "level": level,
            "languages": ("en",) if english and rng.random() < 0.24 else (),
            "certificates": (rng.choice(held),) if held and rng.random() < 0.15 else (),
            "lead_level": 4 if needs_lead else None,
            "lead_languages": ("en",) if needs_lead else (),
            "lead_certificates": (),
            "modes": wish.modes,
            "earliest": None if wish.derived else dt.date.fromordinal(wish.earliest),
            "latest": None if wish.derived else dt.date.fromordinal(wish.latest),
            "due": None if wish.due is None else dt.date.fromordinal(wish.due),
            "late_cost_cents": 18000 if urgent else None,
            "unserved_cost_cents": 2 * (price + 10000) if rng.random() < 0.08 else None,
            "price_cents": None if rng.random() < 0.1 else price,
            "status": "ready",
            "note": "Urgent." if urgent else rng.choice(NOTES),
            "containers": 1 if wish.service == "LOADING" else None,
        }

    def _requested_at(self, spot: Spot, due: int | None) -> dt.datetime:
        """Some days before the visit, in working hours, and never after today."""
        rng = self._rng
        before = 2 if due is None else rng.choice((2, 3, 4, 5, 6, 7, 9))
        day = min(spot.day - before, self._eve - (rng.randrange(3) if due is not None else 0))
        minutes = rng.randrange(9 * 60, 18 * 60)
        midnight = dt.datetime.combine(dt.date.fromordinal(day), dt.time(), dt.UTC)
        return midnight + dt.timedelta(minutes=minutes - 8 * 60)

    def _write_preferences(self, wish: Wish, key: int) -> None:
        """Who may not come, who is liked or not, and a few pins of people."""
        rng, crew = self._rng, wish.spot.crew
        others = [one for one in self._company.teams[crew[0].region] if one not in crew]
        if others and rng.random() < 0.03:
            self._writer.add(RequestExclusion, request_id=key, inspector_id=rng.choice(others).id)
        if rng.random() < 0.08:
            liked = rng.choice([*others, *crew])
            cents = rng.choice((-1500, -800, 2000))
            self._writer.add(RequestAffinity, request_id=key, inspector_id=liked.id, cents=cents)
        # a window that follows from an order moves with the factory's reports, away from what was agreed with a person
        agreed = not wish.derived and wish.spot.certain and wish.spot.day < self._first + 7
        simple = len(wish.modes) == 1 and wish.modes[0].half_days == 2
        if simple and agreed and crew[0].id not in self._pinned and rng.random() < 0.025:
            self._pinned.add(crew[0].id)
            pin = self._writer.add(Pin, request_id=key, start_slot=None, mode=None, waive=(), reason="Client asked")
            self._writer.add(PinInspector, pin_id=pin, inspector_id=crew[0].id)

    def _mess(self, number: int, unplaced: Sequence[Site]) -> tuple[Wish, dict[str, object]]:
        """A request that nobody can ever do, for one of three reasons."""
        wish = replace(self._other("PSI", draw_modes(self._rng, "PSI", 1), self._anywhere(1)), derived=False)
        kind = number % 3
        if kind == 0:
            site = self._rng.choice(unplaced)
            unknown: dict[str, object] = {"factory_id": site.id, "skill": site.skill, "order_id": None}
        elif kind == 1:
            order = self._unknown_order(wish.spot.site, wish.client)
            wish = replace(wish, derived=True, due=None)
            unknown = {"service": "DUPRO", "order_id": order}
        else:
            unknown = {"languages": ("de",), "note": "Report in German."}
        return wish, self._demands(wish) | unknown

    def _unknown_order(self, site: Site, client: int) -> int:
        """An order of which nobody has said when production starts."""
        code = f"O{self._writer.count(Order) + 1:0{self._company.code_width}}"
        quantity = self._rng.randrange(500, 20000, 100)
        return self._writer.add(
            Order,
            code=code,
            client_id=client,
            factory_id=site.id,
            product=site.skill,
            product_group=site.skill,
            description="",
            quantity=quantity,
            production_start=None,
            daily_rate=None,
            ready_date=None,
            **NO_PAPERS,
            **order_facts(self._writer.count(Order), site.skill, quantity),
        )
