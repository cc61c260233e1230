"""One state of the form as a request to be placed: what it says, and for the rest what records and rules say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from desktop.models import Order, Request
from desktop.services.editing.man_days import ASSUMED
from desktop.services.planning.bookings import Bookings
from desktop.services.requests.sampling import Lot, lot_at, nearest_minutes, work_of
from desktop.services.trade.groups import group_of
from desktop.services.trade.man_days import Task, count_days
from desktop.services.trade.production import Line, Production, Report, Window, paces_between_reports, spread_of, worked
from desktop.services.trade.sampling import Level
from desktop.services.trade.work import Plans, Work, lot_of, plans_of
from desktop.services.urgent.answer import UrgentForm, UrgentNeed
from desktop.services.urgent.facts import CaseFacts
from desktop.services.words import sentence, spell_day, spell_days, spell_list
from scheduler import problem as given
from scheduler.problem import Horizon, Inspector

DAY = dt.timedelta(days=1)
NEW = -1  # the key of what is in no record yet
NOON = 12  # o'clock at the factory: later nobody is sent on the same day
DUPRO = "DUPRO"
UNKNOWN_QUANTITY = 1000  # pieces


@dataclass(frozen=True)
class Asked:
    """A form, complete.

    Attributes:
        row: the booking as a record, which is stored nowhere.
        request: it as the planner has it; None: nothing can be sought, `need.fault` says why.
        product, production: of its goods; None without goods. `is_new_order`: no record has them.
        line: how they are made; None where it is not known. `spread`: how sure that is.
    """

    need: UrgentNeed
    row: Request
    request: given.Request | None
    booked: Bookings
    product: str
    product_group: str
    production: Production | None
    is_new_order: bool
    line: Line | None
    spread: float

    def drawn(self, percent: float) -> tuple[Plans, int] | None:
        """What is drawn of the goods when so much is made, and of how many; None where nothing is."""
        if self.production is None or self.row.service != DUPRO:
            return None
        pieces = lot_of(self.production.quantity, percent)
        if pieces < 1:
            return None
        return plans_of(pieces, Level(self.row.inspection_level), self.row.aql_major, self.row.aql_minor), pieces


@dataclass(frozen=True)
class House:
    """What is the same for every form.

    Attributes:
        people: whom the plan knows. `freelancers`: codes of those.
        levels: the level that bookings of each skill ask for mostly; skills that nobody has are not among them.
        limits: travel of the plan.
    """

    horizon: Horizon
    travel: given.Travel
    people: tuple[Inspector, ...]
    freelancers: frozenset[str]
    levels: Mapping[str, int]


class Asking:
    """Completes forms of one booking."""

    def __init__(self, facts: CaseFacts, house: House) -> None:
        self.facts, self.house = facts, house
        self._minutes: dict[tuple[str, str, int], int | None] = {}

    def complete(self, form: UrgentForm, now: dt.datetime) -> Asked:
        """A form, complete."""
        return _Completing(self, form, now).asked()

    def nearest(self, row: Request) -> int | None:
        """Minutes there and back for the nearest who could serve a request; None where nobody can."""
        key = (row.service, row.skill, row.level)
        if key not in self._minutes and self.facts.site is not None:
            able = (
                person
                for person in self.house.people
                if person.skills.get(row.skill, 0) >= row.level and row.service in person.services
            )
            self._minutes[key] = nearest_minutes(self.house.travel, self.facts.site, able)
        return self._minutes.get(key)


class _Completing:
    """One form being completed."""

    def __init__(self, asking: Asking, form: UrgentForm, now: dt.datetime) -> None:
        self._asking, self._facts, self._house = asking, asking.facts, asking.house
        self._form, self._now = form, now
        self._local = now.astimezone(self._facts.zone)
        self._is_open = self._facts.factories.opening(self._facts.factory.id)
        self._assumed: list[str] = []
        self._fault = ""
        self._goods = self._told_goods()
        self._row = row = self._as_row()
        self._booked = booked = self._facts.booked.with_new(row, self._goods.production, self._goods.product)
        lacks = booked.missing(row)
        if row.complete_at is None and not lacks:
            row.complete_at = now
        if lacks:
            self._assumed.append(f"Its clock does not run: {spell_list([lack.text for lack in lacks])} is missing.")
        self._window = self._sought()
        self._lot, self._work = self._counted()
        if not row.modes:
            row.modes = ASSUMED if isinstance(self._work, str) else self._work.modes

    def asked(self) -> Asked:
        """All of it."""
        production, booked, row = self._goods.production, self._booked, self._row
        own = paces_between_reports(production, self._is_open) if production is not None else ()
        return Asked(
            need=self._need(),
            row=row,
            request=None if self._fault else self._request(),
            booked=booked,
            product=self._goods.product,
            product_group=self._goods.group,
            production=production,
            is_new_order=self._facts.order is None and production is not None,
            line=booked.line(row),
            spread=spread_of((*own, *self._facts.paces)),
        )

    # -- the goods -----------------------------------------------------------------------------------------------------

    def _told_goods(self) -> _Goods:
        facts, form, order, today = self._facts, self._form, self._facts.order, self._local.date()
        reports = (Report(today, form.percent),) if form.percent is not None else ()
        if order is not None and facts.production is not None:
            known = facts.production
            if reports:
                known = replace(known, reports=(*(report for report in known.reports if report.day < today), *reports))
            return _Goods(order.product, order.product_group, known, order.variants)
        if not any((form.product, form.product_group, form.quantity, reports, form.daily_rate, form.ready)):
            return _Goods()
        if form.quantity is None:
            self._assumed.append(f"The quantity is not known: {UNKNOWN_QUANTITY} pieces are taken.")
        quantity = form.quantity or UNKNOWN_QUANTITY
        rate = form.daily_rate or self._rate_until_ready(quantity, today)
        if rate is None and reports:
            self._assumed.append("How fast the goods are made is not known.")
        start = None if reports else today
        production = Production(f"O-{facts.code}", quantity, start, rate, form.ready, reports)
        return _Goods(form.product, form.product_group, production)

    def _rate_until_ready(self, quantity: int, today: dt.date) -> float | None:
        """Pieces a working day that it takes to be ready on the day, from what is made now."""
        percent, ready = self._form.percent, self._form.ready
        if percent is None or ready is None or percent >= 100:
            return None
        days = worked(today + DAY, ready, self._is_open)
        if not days:
            return None
        self._assumed.append("The pace is taken to be what it takes to be ready on the day.")
        return quantity * (100 - percent) / 100 / days

    def _as_row(self) -> Request:
        facts, form, like = self._facts, self._form, self._facts.like
        if facts.record is not None:
            row = Request(**{column.name: getattr(facts.record, column.name) for column in Request.__table__.columns})
            row.due = form.by or row.due
            return row
        levels = self._house.levels
        skill = form.skill or group_of(self._goods.group, self._goods.product, "")
        if skill not in levels:
            skill = like.skill if like is not None else min(levels, default="")
        alike = like if like is not None and like.skill == skill else None
        level = form.level
        if level is None:
            level = levels.get(skill, 1) if alike is None else alike.level
        languages = form.languages
        if languages is None:
            languages = () if like is None else like.languages
        own_order = NEW if self._goods.production is not None else None
        return Request(
            id=NEW,
            code=facts.code,
            client_id=NEW if facts.client is None else facts.client.id,
            order_id=own_order if facts.order is None else facts.order.id,
            factory_id=facts.factory.id,
            service=form.service,
            skill=skill,
            level=level,
            languages=languages,
            certificates=() if alike is None else alike.certificates,
            lead_languages=(),
            lead_certificates=(),
            modes=form.modes,
            due=form.by,
            requested_at=self._now,
            status="ready",
            note=form.note,
            inspection_level=form.inspection_level,
            aql_major=form.aql_major,
            aql_minor=form.aql_minor,
            test_minutes=0,
            containers=form.containers,
            man_days_reason="",
            series="",
        )

    # -- when ----------------------------------------------------------------------------------------------------------

    def _sought(self) -> Window:
        """The days within which it is sought; notes what was assumed for that, and why there can be none."""
        facts, booked, row = self._facts, self._booked, self._row
        first = self._local.date() + (1 if self._local.hour >= NOON else 0) * DAY
        hours = facts.trade.clock.limit_hours
        counting = booked.counting(row)
        until = max(counting.last_day(counting.after(self._now, hours)), first, *([row.due] if row.due else []))
        found = booked.window(row)
        if isinstance(found, str):
            if booked.line(row) is not None:
                self._fault = sentence(found)
                return Window(first, until)
            row.earliest, row.latest = first, until
            booked.forget_window(row)
            self._assumed.append(f"The window is taken to be the next {hours} hours, as {found}.")
            found = Window(first, until)
        opens = max(found.earliest, first)
        # where the goods can be seen only later, the clock begins then
        closes = min(found.latest, until) if opens <= until else found.latest
        horizon = self._house.horizon
        if facts.site is None:
            self._fault = f"{facts.factory.code} is not placed on the map: {facts.factory.address or 'no address'}."
        elif closes < first:
            self._fault = self._too_late() or f"Its window closed on {spell_day(found.latest)}."
        elif closes < horizon.start or opens > horizon.end:
            days = spell_days(horizon.start, horizon.end)
            self._fault = f"Its window, {spell_days(opens, closes)}, lies outside the days of the plan: {days}."
        return Window(opens, closes)

    def _percent_now(self) -> float | None:
        """As told, else as forecast for this morning."""
        line = self._booked.line(self._row)
        if self._form.percent is not None or line is None:
            return self._form.percent
        return line.made_by(self._local.date())

    def _too_late(self) -> str:
        """What to say where more is made than a DUPRO looks at; else ""."""
        made = self._percent_now()
        low, high = self._booked.share(self._row)
        if self._row.service != DUPRO or made is None or made <= high:
            return ""
        return f"{made:.0f} % are made by now, and a DUPRO looks at {low:g}-{high:g} %. Book a PSI instead."

    def _request(self) -> given.Request:
        whole = self._booked.window(self._row)
        window = self._window if isinstance(whole, str) else whole
        found = self._booked.request(self._row, window, {person.id for person in self._house.people})
        barred = found.excluded
        if not self._form.may_move.freelancers:
            barred |= self._house.freelancers
        return replace(found, earliest=self._window.earliest, latest=self._window.latest, excluded=barred, pin=None)

    # -- how much ------------------------------------------------------------------------------------------------------

    def _counted(self) -> tuple[Lot, Work | str]:
        row, goods = self._row, self._goods
        order = None
        if goods.production is not None:
            order = Order(code=goods.production.code, quantity=goods.production.quantity)
        lot = lot_at(self._booked, row, order, None, self._local.date())
        task = Task(
            group=group_of(goods.group, goods.product, row.skill),
            lot=lot.pieces or 1,
            level=Level(row.inspection_level),
            major=row.aql_major,
            minor=row.aql_minor,
            variants=goods.variants,
            test_minutes=row.test_minutes,
            travel_minutes=self._asking.nearest(row) or 0,
        )
        no_lot = "" if lot.pieces is not None else lot.words
        if row.service == "MONITORING":
            no_lot = "monitoring is asked for by days"
        work = work_of(row.service, task, no_lot, self._facts.trade.pace, row.containers)
        if isinstance(work, str) and not row.modes:
            self._assumed.append(f"1 man-day is assumed, as {work}.")
        return lot, work

    # -- all of it -----------------------------------------------------------------------------------------------------

    def _need(self) -> UrgentNeed:
        facts, horizon, row, booked = self._facts, self._house.horizon, self._row, self._booked
        factory, client, work, lot = facts.factory, facts.client, self._work, self._lot.pieces
        line = booked.line(row)
        whole = booked.window(row)
        known = None if isinstance(whole, str) else whole
        text = ""
        if not isinstance(work, str):
            text = f"{count_days(work.days)} by the rules: {'; '.join(part.text for part in work.parts)}"
        sample = None if lot is None else plans_of(lot, Level(row.inspection_level), row.aql_major, row.aql_minor).drawn
        return UrgentNeed(
            code=row.code,
            service=row.service,
            client="" if client is None else client.code,
            client_name="" if client is None else client.name,
            factory=factory.code,
            factory_name=factory.name,
            factory_local_name=factory.local_name,
            area=factory.area,
            lat=factory.lat,
            lon=factory.lon,
            time_zone=factory.time_zone,
            visits_known=facts.visits_known,
            product=self._goods.product,
            quantity=None if self._goods.production is None else self._goods.production.quantity,
            skill=row.skill,
            level=row.level,
            languages=row.languages,
            man_days=row.modes[0].man_days,
            man_days_text=text,
            modes=row.modes,
            sample=sample,
            lot=lot,
            earliest=self._window.earliest,
            latest=self._window.latest,
            due=None if known is None else booked.due(row, known),
            clock=booked.clock(row, known),
            share=booked.share(row) if row.service == DUPRO else None,
            made=() if line is None else line.made_by_each([horizon.date(day) for day in range(horizon.days)]),
            percent_now=self._percent_now(),
            assumed=tuple(self._assumed),
            fault=self._fault,
        )


@dataclass(frozen=True, slots=True)
class _Goods:
    product: str = ""
    group: str = ""
    production: Production | None = None
    variants: int = 1


def usual_levels(people: Iterable[Inspector], rows: Iterable[Request]) -> Mapping[str, int]:
    """The level that bookings of each skill that somebody has ask for mostly; 1 where none does."""
    asked: dict[str, list[int]] = {}
    for row in rows:
        asked.setdefault(row.skill, []).append(row.level)
    skills = {skill for person in people for skill in person.skills}
    return {skill: max(set(own := asked.get(skill, [1])), key=own.count) for skill in skills}
