"""What a request takes by the rules of the trade: its lot, what is drawn of it, and the man-days that follow.

The lot of a DUPRO is what is made on the morning of the visit, by the forecast; where none is planned yet, at least
the share from which it may visit. Finished pieces, packed or not, are drawn of it as for a final inspection. What is
in work then, a working day's output, is named apart with the sample that the same plan would draw of it; it is looked
at along the line and adds no man-days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.models import Factory, Inspector, InspectorSkill, Order, Plan, Request, Visit
from desktop.models.halfday import date_of
from desktop.services.lookup import request_by_code
from desktop.services.planning.bookings import Bookings, zone_of
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.week import settings_for
from desktop.services.trade.groups import group_of
from desktop.services.trade.house import read_trade_settings
from desktop.services.trade.man_days import Pace, Part, Task, count_days
from desktop.services.trade.production import Window, worked
from desktop.services.trade.sampling import Level
from desktop.services.trade.series import weeks_between
from desktop.services.trade.work import (
    NO_SAMPLE,
    Plans,
    Work,
    before_production,
    loading,
    lot_day,
    lot_of,
    lot_percent,
    monitoring,
    plans_of,
    sampled,
)
from desktop.services.words import count, spell_day
from desktop.store.engine import Store
from scheduler.problem import Horizon, Mode, Site, Travel
from scheduler.travel import Place, offers

DAY = dt.timedelta(days=1)
NO_CONTAINERS = "it does not say how many containers are loaded"
NO_DAYS = 0.005  # man-days: less is not shown


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """A request as the inspector's work is counted.

    Attributes:
        order: its code, or "".
        group: of the goods, given or guessed; "" where unknown. `group_given`: as the order has it.
        quantity: of the order; None without one.
        lot: pieces of which the sample is drawn; None where that is not known.
        lot_words: what the lot is, or why it is not known.
        day: for which the lot was counted, where that matters.
        finished: what is drawn of the finished goods; None where no sample is drawn, or the lot is not known.
        in_work: what the same plan would draw of the goods in work; None where there are none.
        travel_minutes: there and back for the nearest who could serve it; None where nobody can.
        work: by the rules; None where a fact is missing.
        missing: which fact, in a sentence without a stop; "".
        modes: as they are stored. `reason`: why they are others than the rules give.
        fixed: why the man-days can no longer be changed here; "" where they can.
    """

    code: str
    version: int
    service: str
    status: str
    order: str
    order_version: int | None
    product: str
    group: str
    group_given: str
    variants: int
    quantity: int | None
    level: str
    aql_major: str
    aql_minor: str
    test_minutes: int
    containers: int | None
    lot: int | None
    lot_words: str
    day: dt.date | None
    finished: Plans | None
    in_work: Plans | None
    travel_minutes: int | None
    work: Work | None
    missing: str
    modes: tuple[Mode, ...]
    reason: str
    fixed: str

    @property
    def task(self) -> Task:
        """What is to be inspected; of one piece where the lot is not known."""
        return Task(
            group=self.group,
            lot=self.lot or 1,
            level=Level(self.level),
            major=self.aql_major,
            minor=self.aql_minor,
            variants=self.variants,
            test_minutes=self.test_minutes,
            travel_minutes=self.travel_minutes or 0,
        )

    @property
    def man_days(self) -> float:
        """Man-days as they are stored."""
        return self.modes[0].man_days if self.modes else 0.0

    @property
    def differs(self) -> bool:
        """Whether the rules give other man-days than are stored."""
        return self.work is not None and self.work.days != self.man_days

    @property
    def may_apply(self) -> bool:
        """Whether the man-days by the rules are to be offered: they differ, and nobody has said why they should."""
        return self.differs and not self.reason and not self.fixed

    def in_words(self) -> str:
        """How the man-days follow, in a sentence: "2 man-days: 200 pieces drawn ...". Only where they do."""
        if self.work is None:
            return ""
        return f"{count_days(self.work.days)} by the rules: {'; '.join(part.text for part in self.work.parts)}"


def read_sample(store: Store, now: dt.datetime, code: str) -> SampleSheet:
    """What a request takes by the rules. Raises NotFoundError."""
    with store.session() as session:
        return sample_of(session, request_by_code(session, code), now)


def sample_of(session: Session, request: Request, now: dt.datetime) -> SampleSheet:
    """What a stored request takes by the rules; the session has it, flushed."""
    return samples_of(session, (request.id,), now)[0]


def samples_of(
    session: Session, keys: Collection[int], now: dt.datetime, days: Mapping[int, dt.date] | None = None
) -> tuple[SampleSheet, ...]:
    """The same of several requests by key, by code; what they have in common is read once.

    `days` are the first days of their visits by key; None: those of the draft in hand, else as announced.
    """
    wanted = select(Request.id).where(Request.id.in_(keys))
    reader = _Reader(session, wanted, now, days)
    return tuple(reader.sheet(row) for row in reader.bookings.rows)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of a request on the day of its visit.

    Attributes:
        finished: of the finished goods; None where no sample is drawn, or the lot is not known.
        from_percent: of the order made, from which a DUPRO may visit.
    """

    finished: Plans | None
    from_percent: float


def drawn_on(
    session: Session, wanted: Select[int], days: Mapping[int, dt.date], now: dt.datetime
) -> Mapping[int, Drawn]:
    """What is drawn of requests that are visited from a day on, by key; quick for thousands.

    Args:
        session: to read with.
        wanted: selects the keys of the requests.
        days: the first day of each one's visit, by key; others of `wanted` are passed over.
        now: the time.
    """
    factories = Factories(session, Daybook(session), select(Request.factory_id).where(Request.id.in_(wanted)))
    bookings = Bookings(session, settings_for(session, now.date()), Horizon(now.date(), 1), factories, wanted)
    orders = select(Request.order_id).where(Request.id.in_(wanted))
    by_key = {row.id: row for row in session.scalars(select(Order).where(Order.id.in_(orders)))}
    found = {}
    for row in bookings.rows:
        day = days.get(row.id)
        if day is None:
            continue
        order = None if row.order_id is None else by_key[row.order_id]
        pieces = lot_at(bookings, row, order, day, day).pieces
        plans = None
        if pieces is not None:
            plans = plans_of(pieces, Level(row.inspection_level), row.aql_major, row.aql_minor)
        found[row.id] = Drawn(plans, bookings.share(row)[0])
    return found


class _Reader:
    """Requests whose work is being counted."""

    def __init__(
        self, session: Session, wanted: Select[int], now: dt.datetime, days: Mapping[int, dt.date] | None = None
    ) -> None:
        self._session = session
        self._now = now
        self._settings = settings_for(session, now.date())
        self._pace = read_trade_settings(session).pace
        sites = select(Request.factory_id).where(Request.id.in_(wanted))
        self._factories = Factories(session, Daybook(session), sites)
        self.bookings = Bookings(session, self._settings, Horizon(now.date(), 1), self._factories, wanted)
        self._people: dict[tuple[str, int], tuple[Inspector, ...]] = {}
        self._orders = {
            row.id: row
            for row in session.scalars(
                select(Order).where(Order.id.in_(select(Request.order_id).where(Request.id.in_(wanted))))
            )
        }
        self._first_days, self._drafts = _visits(session, wanted)
        if days is not None:
            self._first_days = days

    def sheet(self, request: Request) -> SampleSheet:
        """What one of them takes."""
        order = None if request.order_id is None else self._orders[request.order_id]
        factory = self._factories.by_id[request.factory_id]
        today = self._now.astimezone(zone_of(factory.time_zone)).date()
        lot = lot_at(self.bookings, request, order, self._first_days.get(request.id), today)
        product = "" if order is None else order.product
        given = "" if order is None else order.product_group
        sheet = SampleSheet(
            code=request.code,
            version=request.version,
            service=request.service,
            status=request.status,
            order="" if order is None else order.code,
            order_version=None if order is None else order.version,
            product=product,
            group=group_of(given, product, request.skill),
            group_given=given,
            variants=1 if order is None else order.variants,
            quantity=None if order is None else order.quantity,
            level=request.inspection_level,
            aql_major=request.aql_major,
            aql_minor=request.aql_minor,
            test_minutes=request.test_minutes,
            containers=request.containers,
            lot=lot.pieces,
            lot_words=lot.words,
            day=lot.day,
            finished=None,
            in_work=None,
            travel_minutes=self._way(request, factory),
            work=None,
            missing="",
            modes=request.modes,
            reason=request.man_days_reason,
            fixed=_fixed(request, self._drafts.get(request.id)),
        )
        sheet = replace(sheet, finished=_plans(sheet, lot.pieces), in_work=_plans(sheet, lot.in_work))
        found = self._work(sheet, request)
        return replace(sheet, missing=found) if isinstance(found, str) else replace(sheet, work=found)

    def _work(self, sheet: SampleSheet, request: Request) -> Work | str:
        """What it takes, or what is missing to say so."""
        if sheet.service == "MONITORING":
            return self._monitoring(request)
        return work_of(
            sheet.service, sheet.task, "" if sheet.lot is not None else sheet.lot_words, self._pace, sheet.containers
        )

    def _monitoring(self, request: Request) -> Work | str:
        window = self.bookings.window(request)
        if isinstance(window, str):
            return window
        is_open = self._factories.opening(request.factory_id)
        weeks = weeks_between(window.earliest, window.latest, is_open)
        if not weeks:
            return "its window has no working day of the factory"
        if len(weeks) > 1:
            span = (window.latest - window.earliest).days + 1
            return f"it asks for {count(span, 'day')}: monitoring is asked for week by week"
        first, last = weeks[0]
        return monitoring(worked(first, last + DAY, is_open))

    def _way(self, request: Request, factory: Factory) -> int | None:
        """Minutes there and back for the nearest of those whose service and skill the request asks for."""
        if factory.lat is None or factory.lon is None:
            return None
        site = Site(factory.code, factory.lat, factory.lon, factory.country, factory.area)
        skilled = self._skilled(request.skill, request.level)
        return nearest_minutes(
            self._settings.travel, site, (person for person in skilled if request.service in person.services)
        )

    def _skilled(self, skill: str, level: int) -> tuple[Inspector, ...]:
        found = self._people.get((skill, level))
        if found is None:
            query = (
                select(Inspector)
                .join(InspectorSkill, InspectorSkill.inspector_id == Inspector.id)
                .where(Inspector.active.is_(True), InspectorSkill.skill == skill, InspectorSkill.level >= level)
            )
            found = self._people[skill, level] = tuple(self._session.scalars(query))
        return found


def nearest_minutes(travel: Travel, site: Place, people: Iterable[Place]) -> int | None:
    """Minutes from home to a site and back for the nearest of some people; None where nobody can get there."""
    minutes = [leg.minutes for person in people for leg in offers(travel, person, site)]
    return 2 * min(minutes) if minutes else None


def work_of(service: str, task: Task, no_lot: str, pace: Pace, containers: int | None) -> Work | str:
    """What an inspection other than monitoring takes, or what is missing to say so.

    Args:
        service: which.
        task: the goods.
        no_lot: why the lot is not known; "": it is.
        pace: of the house.
        containers: that are loaded, for a loading.
    """
    if service == "PPI":
        return before_production(task, pace)
    if service == "LOADING":
        return NO_CONTAINERS if containers is None else loading(containers, pace)
    return no_lot or sampled(task, pace)


@dataclass(frozen=True, slots=True)
class Lot:
    """Pieces that are made, and in work, on a day; None: not known, or no sample is drawn."""

    pieces: int | None
    words: str
    in_work: int | None = None
    day: dt.date | None = None


def lot_at(bookings: Bookings, request: Request, order: Order | None, planned: dt.date | None, today: dt.date) -> Lot:
    """The pieces of which a request's sample is drawn.

    Args:
        bookings: what is known of the request.
        request: also one that no record has yet.
        order: of its goods.
        planned: the day of its visit; None: the first that its window leaves.
        today: at the factory.
    """
    if request.service in NO_SAMPLE:
        return Lot(None, "no sample is drawn of finished goods")
    if order is None:
        return Lot(None, "it names no order, so that its quantity is not known")
    if request.service != "DUPRO":
        return Lot(order.quantity, f"the whole order {order.code}")
    return _made_lot(bookings, request, order, planned, today)


def _made_lot(bookings: Bookings, request: Request, order: Order, planned: dt.date | None, today: dt.date) -> Lot:
    """What is made when the visit begins."""
    line = bookings.line(request)
    if line is None:
        lacks = "give its production start and daily rate"
        return Lot(None, f"how much of {order.code} will be made is not known: {lacks}")
    day, which = _visit_day(bookings.window(request), planned, today)
    if day is None:
        return Lot(None, which)
    morning, evening = line.made_by_each((day, day + DAY))
    percent = lot_percent(morning, evening, bookings.share(request)[0], is_planned=planned is not None)
    pieces = lot_of(order.quantity, percent)
    if pieces < 1:
        return Lot(None, f"nothing of {order.code} is made on {spell_day(day)}, {which}", day=day)
    begun = round(order.quantity * (evening - morning) / 100)
    words = f"{percent:.0f} % of {order.quantity:,} made on {spell_day(day)}, {which}"
    return Lot(pieces, words, begun or None, day)


def _visit_day(window: Window | str, planned: dt.date | None, today: dt.date) -> tuple[dt.date, str] | tuple[None, str]:
    """The day of the visit: as planned, else the first that the window leaves; and what day that is."""
    if planned is not None:
        return planned, "the day of the planned visit"
    if isinstance(window, str):
        return None, window
    day = lot_day(window, None, today)
    return day, "the last day of its window" if day < today else "the first day that its window leaves"


def _visits(session: Session, wanted: Select[int]) -> tuple[Mapping[int, dt.date], Mapping[int, str]]:
    """The first days of visits that count, the draft's in hand before a published one; and who is planned in a draft.

    Both by the request's key.
    """
    first_days: dict[int, dt.date] = {}
    drafts: dict[int, str] = {}
    draft = session.scalars(select(Plan.id).where(Plan.status == "draft").order_by(Plan.id.desc()).limit(1)).first()
    rows = session.execute(
        select(Visit.request_id, Visit.first_slot, Visit.published, Visit.status, Visit.plan_id, Plan.code, Plan.status)
        .join(Plan, Plan.id == Visit.plan_id)
        .where(Visit.request_id.in_(wanted), Visit.status != "cancelled", Visit.published | (Plan.status == "draft"))
        .order_by(Visit.id)
    )
    for request, first_slot, published, status, plan_id, plan, plan_status in rows:
        if plan_id == draft or (published and request not in first_days):
            first_days[request] = date_of(first_slot)
        if plan_status == "draft" and status == "planned":
            drafts.setdefault(request, plan)
    return first_days, drafts


def _plans(sheet: SampleSheet, lot: int | None) -> Plans | None:
    return None if lot is None else plans_of(lot, Level(sheet.level), sheet.aql_major, sheet.aql_minor)


def _fixed(request: Request, draft: str | None) -> str:
    """Why the man-days stay as they are; `draft`: the plan in which the request stands."""
    if request.status in ("published", "done", "cancelled"):
        return f"{request.code} is {request.status}"
    return "" if draft is None else f"{request.code} is planned in {draft}"


def parts_of(work: Work) -> tuple[Part, ...]:
    """What makes the man-days so many, rounding included, so that the parts give their sum."""
    total = sum(part.days for part in work.parts)
    over = work.days - total
    if over < NO_DAYS:
        return work.parts
    return (*work.parts, Part(over, "one man-day at least" if total < 1 else "up to the next half man-day"))
