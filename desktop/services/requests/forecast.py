"""How far a request's goods will be on every day of their production, beside the days on which they may be visited."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from desktop.models import Factory, Order, ProgressReport, Request
from desktop.services.lookup import request_by_code
from desktop.services.planning.booking_records import production_of
from desktop.services.planning.bookings import Bookings, ShareOwner, zone_of
from desktop.services.planning.daybook import MAKE_UP, Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.week import settings_for
from desktop.services.trade.order_hints import OrderHint, order_hints
from desktop.services.trade.production import (
    IsOpen,
    Line,
    Production,
    Report,
    Window,
    band_of,
    pace_of_whole,
    paces_between_reports,
    spread_of,
)
from desktop.services.trade.production_window import PPI_TO_PERCENT
from desktop.services.trade.series import weeks_between
from desktop.store.engine import Store
from scheduler.problem import Horizon

DAY = dt.timedelta(days=1)
MARGIN = 1  # days shown before the first and after the last piece
LONGEST = 200  # days shown; a longer line is shown round the day of asking
MOST_OTHERS = 60  # other orders of the factory that are looked at, the latest


@dataclass(frozen=True, slots=True)
class Crossing:
    """When a share is made: on the day expected; in eight of ten cases between two others (None: not in sight)."""

    percent: float
    day: dt.date | None
    soonest: dt.date | None
    latest: dt.date | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """Production as it is expected from the order's plan and its reports.

    Attributes:
        days: the days shown, without gaps.
        percents: made by the morning of each of them.
        slow, fast: what is made by then in the slowest and the fastest of eight cases of ten.
        closed: those on which the factory does not work.
        make_up: make-up days of its country.
        share: percent between which a DUPRO may visit; None for other services.
        earliest: the window's first day; None where there is no window.
        sure: the days on which a DUPRO's share is made in eight of ten cases; None for others, or where none is.
        crossings: when the shares that matter to the service are made.
        reports: made by evenings.
        others: orders of the factory from which the band is known, beside this one's reports.
        provisional: no official notice has fixed the holidays of these days yet.
        today: at the factory.
    """

    days: tuple[dt.date, ...]
    percents: tuple[float, ...]
    slow: tuple[float, ...]
    fast: tuple[float, ...]
    closed: frozenset[dt.date]
    make_up: frozenset[dt.date]
    share: tuple[float, float] | None
    earliest: dt.date | None
    latest: dt.date | None
    sure: Window | None
    crossings: tuple[Crossing, ...]
    reports: tuple[Report, ...]
    others: int
    provisional: bool
    today: dt.date


@dataclass(frozen=True, slots=True)
class Reported:
    """A progress report, in percent, and who says so."""

    day: dt.date
    made: float
    packed: float
    source: str


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What is entered of an order's production. `version`: for a change that checks it."""

    code: str
    version: int
    product: str
    quantity: int
    start: dt.date | None
    daily_rate: float | None
    ready: dt.date | None
    reports: tuple[Reported, ...]


@dataclass(frozen=True, slots=True)
class ProductionSheet:
    """All about the production of a request's goods.

    Attributes:
        order: None where the request names none.
        window: the days on which it may be served; None where that is not known.
        missing: why not, in words.
        entered: the window was entered and does not follow from production.
        share: percent between which a DUPRO may visit; `share_owner` is whose that is.
        forecast: None where too little is known.
        hints: what the order's facts say against one another.
        today: at the factory.
        weeks: how many the window has that can be asked for one by one; 0 without a window.
    """

    request: str
    service: str
    order: OrderFacts | None
    window: Window | None
    missing: str
    entered: bool
    share: tuple[float, float]
    share_owner: ShareOwner
    forecast: Forecast | None
    hints: tuple[OrderHint, ...]
    today: dt.date
    weeks: int


def read_forecast(store: Store, now: dt.datetime, code: str) -> Forecast | None:
    """The forecast of a request's order; None where too little is known of it. Raises NotFoundError."""
    return read_production(store, now, code).forecast


def read_production(store: Store, now: dt.datetime, code: str) -> ProductionSheet:
    """The production of a request's goods. Raises NotFoundError."""
    with store.session() as session:
        return _Reader(session, now, code).sheet()


class _Reader:
    """One request being read."""

    def __init__(self, session: Session, now: dt.datetime, code: str) -> None:
        self._session = session
        key = request_by_code(session, code).id
        wanted = select(Request.id).where(Request.id == key)
        self._daybook = Daybook(session)
        factories = Factories(session, self._daybook, select(Request.factory_id).where(Request.id == key))
        settings = settings_for(session, now.date())
        self._bookings = Bookings(session, settings, Horizon(now.date(), 1), factories, wanted)
        self._row = self._bookings.rows[0]
        self._factory: Factory = factories.by_id[self._row.factory_id]
        self._is_open = factories.opening(self._row.factory_id)
        self._today = now.astimezone(zone_of(self._factory.time_zone)).date()
        window = self._bookings.window(self._row)
        self._window = None if isinstance(window, str) else window
        self._missing = window if isinstance(window, str) else ""

    def sheet(self) -> ProductionSheet:
        row, bookings = self._row, self._bookings
        order, line = bookings.order(row), bookings.line(row)
        return ProductionSheet(
            row.code,
            row.service,
            self._facts(),
            self._window,
            self._missing,
            row.earliest is not None and row.latest is not None,
            bookings.share(row),
            bookings.share_owner(row),
            None if order is None or line is None else self._forecast(order, line),
            () if order is None else order_hints(order, self._is_open),
            self._today,
            0
            if self._window is None
            else len(weeks_between(self._window.earliest, self._window.latest, self._is_open)),
        )

    def _facts(self) -> OrderFacts | None:
        order = None if self._row.order_id is None else self._session.get_one(Order, self._row.order_id)
        if order is None:
            return None
        return OrderFacts(
            order.code,
            order.version,
            order.product,
            order.quantity,
            order.production_start,
            order.daily_rate,
            order.ready_date,
            tuple(
                Reported(row.reported_on, row.percent_made, row.percent_packed, row.source) for row in order.progress
            ),
        )

    def _forecast(self, order: Production, line: Line) -> Forecast | None:
        made, known = line.between(0.0, 100.0), self._window
        if made is None:
            return None
        first, last = made.earliest - MARGIN * DAY, made.latest + (1 + MARGIN) * DAY
        if known is not None:
            first, last = min(first, known.earliest), max(last, known.latest + DAY)
        first, last = max(first, self._today - LONGEST // 2 * DAY), min(last, self._today + LONGEST // 2 * DAY)
        days = tuple(first + n * DAY for n in range((last - first).days + 1))
        if not days:
            return None
        others = self._others()
        slow, fast = band_of(order, self._is_open, spread_of((*paces_between_reports(order, self._is_open), *others)))
        share = self._bookings.share(self._row) if self._row.service == "DUPRO" else None
        country = self._factory.country
        return Forecast(
            days=days,
            percents=line.made_by_each(days),
            slow=slow.made_by_each(days),
            fast=fast.made_by_each(days),
            closed=frozenset(day for day in days if not self._is_open(day)),
            make_up=frozenset(day for day in days if self._daybook.kind(country, day) == MAKE_UP),
            share=share,
            earliest=known.earliest if known else None,
            latest=known.latest if known else None,
            sure=None if share is None else _in_both(slow.between(*share), fast.between(*share)),
            crossings=tuple(
                Crossing(percent, line.passes(percent), fast.passes(percent), slow.passes(percent))
                for percent in share or ((PPI_TO_PERCENT,) if self._row.service == "PPI" else (100.0,))
            ),
            reports=order.reports,
            others=len(others),
            provisional=self._daybook.provisional(country, days[0], days[-1]),
            today=self._today,
        )

    def _others(self) -> tuple[float, ...]:
        return paces_of_others(self._session, self._factory.id, self._row.order_id, self._is_open)


def paces_of_others(session: Session, factory: int, order: int | None, is_open: IsOpen) -> tuple[float, ...]:
    """How far a factory's orders but one kept to their plans, each as a whole; factory and order by key."""
    latest = (
        select(Order.id)
        .where(Order.factory_id == factory, Order.id != (order or 0))
        .where(Order.id.in_(select(ProgressReport.order_id)))
        .order_by(Order.id.desc())
        .limit(MOST_OTHERS)
    )
    found = []
    others = select(Order).where(Order.id.in_(latest.scalar_subquery())).options(selectinload(Order.progress))
    for row in session.scalars(others):
        pace = pace_of_whole(production_of(row), is_open)
        if pace is not None:
            found.append(pace)
    return tuple(found)


def _in_both(one: Window | None, other: Window | None) -> Window | None:
    if one is None or other is None:
        return None
    first, last = max(one.earliest, other.earliest), min(one.latest, other.latest)
    return Window(first, last) if first <= last else None
