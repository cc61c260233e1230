"""Bookings as the requests of a problem: their windows, dates due, prices, pins and announcements."""

from __future__ import annotations

import copy
import datetime as dt
import zoneinfo
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Client, Request
from desktop.models.halfday import morning
from desktop.services.planning.booking_records import (
    Keys,
    PinRecord,
    read_affinities,
    read_announcements,
    read_exclusions,
    read_orders,
    read_pins,
    read_series_crews,
    read_shares,
)
from desktop.services.planning.factories import Factories
from desktop.services.settings import PlanSettings
from desktop.services.trade.clock import Booked, Counting, OnSite, on_site_clock
from desktop.services.trade.completeness import Asked, Goods, Lack, Site, Told, missing
from desktop.services.trade.house import read_trade_settings
from desktop.services.trade.production import IsOpen, Line, Production, Window
from desktop.services.trade.production_window import window_of
from desktop.services.trade.series import SAME_INSPECTOR_CENTS
from scheduler import problem as given
from scheduler.problem import WAIVERS, Horizon, Lead

ShareOwner = Literal["client and product", "client", "product", "house"]
LEAST_MAN_DAYS = 0.5


@lru_cache(maxsize=64)
def zone_of(name: str) -> dt.tzinfo:
    """A time zone by name; UTC where the name is unknown."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return dt.UTC


class Bookings:
    """The requests that a plan may concern, by code, with all that the records say of them."""

    def __init__(
        self, session: Session, settings: PlanSettings, horizon: Horizon, factories: Factories, wanted: Keys
    ) -> None:
        self._settings = settings
        self._horizon = horizon
        self._factories = factories
        self.rows = list(session.scalars(select(Request).where(Request.id.in_(wanted)).order_by(Request.code)))
        self._orders, self._products = read_orders(session, wanted)
        self._shares = read_shares(session)
        self._excluded = read_exclusions(session, wanted)
        self._affinity = read_affinities(session, wanted)
        self._begun_by = read_series_crews(session, wanted)
        self.pins = read_pins(session, wanted)
        self.announced = read_announcements(session, wanted)
        self._windows: dict[int, Window | str] = {}
        self._clock_settings = read_trade_settings(session).clock
        self._in_working_hours = set(session.scalars(select(Client.id).where(Client.clock_in_working_hours)))
        self._countings: dict[tuple[int, bool], Counting] = {}

    def with_row(self, row: Request, excluded: Collection[str], affinity: Mapping[str, int]) -> Bookings:
        """The same with one request as it is now, and who is excluded from it or preferred for it by now."""
        twin = copy.copy(self)
        twin.rows = [row if other.id == row.id else other for other in self.rows]
        twin._windows = {key: window for key, window in self._windows.copy().items() if key != row.id}  # noqa: SLF001 -- its own
        twin._excluded = dict(self._excluded) | {row.id: set(excluded)}  # noqa: SLF001
        twin._affinity = dict(self._affinity) | {row.id: dict(affinity)}  # noqa: SLF001
        return twin

    def with_others(self, other: Bookings, factories: Factories) -> Bookings:
        """These and some more requests, read later; `factories` has those of all."""
        twin = copy.copy(self)
        known = {row.id for row in other.rows}
        rows = [*(row for row in self.rows if row.id not in known), *other.rows]
        twin.rows = sorted(rows, key=lambda row: row.code)
        twin._factories = factories  # noqa: SLF001 -- its own
        twin._windows = {key: window for key, window in self._windows.copy().items() if key not in known}  # noqa: SLF001
        twin.pins, twin.announced = {**self.pins, **other.pins}, {**self.announced, **other.announced}
        twin._orders = {**self._orders, **other._orders}  # noqa: SLF001
        twin._products = {**self._products, **other._products}  # noqa: SLF001
        twin._excluded = {**self._excluded, **other._excluded}  # noqa: SLF001
        twin._affinity = {**self._affinity, **other._affinity}  # noqa: SLF001
        twin._begun_by = {**self._begun_by, **other._begun_by}  # noqa: SLF001
        return twin

    @property
    def horizon(self) -> Horizon:
        """The days planned."""
        return self._horizon

    @property
    def target_hours(self) -> int:
        """Within how many hours of its clock the house wants to be on site."""
        return self._settings.target_hours

    def with_new(self, row: Request, order: Production | None, product: str) -> Bookings:
        """The same with a request that is in no record yet, of a key of its own, and what is known of its goods."""
        twin = copy.copy(self)
        twin.rows = [*(other for other in self.rows if other.id != row.id), row]
        twin._windows = {key: window for key, window in self._windows.copy().items() if key != row.id}  # noqa: SLF001 -- its own
        if order is not None and row.order_id is not None:
            twin._orders = dict(self._orders) | {row.order_id: order}  # noqa: SLF001
            twin._products = dict(self._products) | {row.order_id: product}  # noqa: SLF001
        return twin

    def forget_window(self, row: Request) -> None:
        """Work a request's window out anew when it is asked for next: its days have changed."""
        self._windows.pop(row.id, None)

    def window(self, row: Request) -> Window | str:
        """The days on which a request may be served, as entered or from its order; or what is missing, in words."""
        found = self._windows.get(row.id)
        if found is None:
            found = self._windows[row.id] = self._window(row)
        return found

    def _window(self, row: Request) -> Window | str:
        if row.earliest is not None and row.latest is not None:
            if row.latest < row.earliest:
                return f"its latest day, {row.latest}, lies before its earliest, {row.earliest}"
            return Window(row.earliest, row.latest)
        order = self.order(row)
        if order is None:
            return "it names no window, and no order from which one would follow"
        derived = self.by_order(row)
        if isinstance(derived, str):
            return f"it names no window, and {derived}"
        found = Window(row.earliest or derived.earliest, row.latest or derived.latest)
        if found.latest < found.earliest:
            return f"it would open on {found.earliest} and close on {found.latest}, as order {order.code} is made"
        return found

    def by_order(self, row: Request) -> Window | str:
        """The window that would follow from a request's order, whatever days were entered; or what is missing."""
        order = self.order(row)
        return (
            "it names no order" if order is None else window_of(row.service, order, self.share(row), self._opening(row))
        )

    def order(self, row: Request) -> Production | None:
        """What is known of a request's order; None where it names none."""
        return None if row.order_id is None else self._orders[row.order_id]

    def line(self, row: Request) -> Line | None:
        """The production of a request's order; None where no order is named, or too little is known of it."""
        order = self.order(row)
        line = None if order is None else Line(order, self._opening(row))
        return line if line is not None and line.known else None

    def _opening(self, row: Request) -> IsOpen:
        return self._factories.opening(row.factory_id)

    def share(self, row: Request) -> tuple[float, float]:
        """The percent made between which a DUPRO may visit: of client and product, client, product, or the house."""
        key = self._share_key(row)
        if key is None:
            return self._settings.dupro_from_percent, self._settings.dupro_to_percent
        return self._shares[key]

    def share_owner(self, row: Request) -> ShareOwner:
        """Whose that share is."""
        client, product = self._share_key(row) or (None, None)
        if client is not None:
            return "client" if product is None else "client and product"
        return "house" if product is None else "product"

    def _share_key(self, row: Request) -> tuple[int | None, str | None] | None:
        product = self._products[row.order_id] if row.order_id is not None else None
        keys = ((row.client_id, product), (row.client_id, None), (None, product), (None, None))
        return next((key for key in keys if key in self._shares), None)

    def clock(self, row: Request, window: Window | None) -> OnSite:
        """The on-site clock of a request, by the window that it has (None: not known)."""
        lacks = tuple(lack.text for lack in self.missing(row))
        booked = Booked(row.complete_at, None if window is None else window.earliest, row.due, lacks)
        return on_site_clock(booked, self.counting(row), self._settings.target_hours)

    def due(self, row: Request, window: Window) -> dt.date:
        """The day to be on site at the latest: as agreed, or the last one on which a visit begins before the target.

        As long as the clock does not run that is the end of the window. Never before the window opens.
        """
        if row.due is not None:
            return row.due
        target = self.clock(row, window).target
        return window.latest if target is None else max(self.counting(row).last_day(target), window.earliest)

    def missing(self, row: Request) -> tuple[Lack, ...]:
        """What is missing of a request whose clock does not run; nothing of one whose clock does."""
        if row.complete_at is not None:
            return ()
        order = None if row.order_id is None else self._orders.get(row.order_id)
        goods = None
        if order is not None and row.order_id is not None:
            product = self._products[row.order_id]
            goods = Goods(product, order.start, order.daily_rate, order.ready, bool(order.reports))
        factory = self._factories.by_id[row.factory_id]
        asked = Asked(row.service, row.earliest is not None and row.latest is not None, row.containers)
        site = Site(factory.contact, factory.phone, factory.address, factory.lat is not None)
        return missing(Told(asked, site, goods))

    def counting(self, row: Request) -> Counting:
        """How hours pass for the clock of a request."""
        key = (row.factory_id, row.client_id in self._in_working_hours)
        found = self._countings.get(key)
        if found is None:
            zone = zone_of(self._factories.by_id[row.factory_id].time_zone)
            works = self._factories.working_days(row.factory_id) if key[1] else None
            found = self._countings[key] = Counting(zone, works, self._clock_settings)
        return found

    def unserved_cost(self, row: Request, window: Window) -> int:
        """Cents that it costs to leave a request out: as entered, or a share of its price and the client's trust.

        The price is the request's own, else that of its man-days. Less where the window goes on so long after the
        horizon that the next plan can still serve it.
        """
        if row.unserved_cost_cents is not None:
            return row.unserved_cost_cents
        settings = self._settings
        price = self.price(row)
        share = settings.can_wait_share if self._can_wait(row, window) else 1.0
        return round((price * settings.unserved_share + settings.unserved_extra_cents) * share)

    def price(self, row: Request) -> float:
        """Cents that a request brings: its own price, else that of its man-days."""
        if row.price_cents is not None:
            return row.price_cents
        man_days = row.modes[0].man_days if row.modes else 1.0
        return self._settings.default_price_cents * max(LEAST_MAN_DAYS, man_days)

    def _can_wait(self, row: Request, window: Window) -> bool:
        shortest = min(((mode.half_days + 1) // 2 for mode in row.modes), default=1)
        return (window.latest - self._horizon.end).days >= shortest

    def request(self, row: Request, window: Window, people: Collection[str]) -> given.Request:
        """A request as the problem sees it; `people` are the codes of the roster: others need no mention."""
        lead = None
        if row.lead_level is not None:
            lead = Lead(row.lead_level, row.lead_languages, row.lead_certificates)
        late = row.late_cost_cents
        return given.Request(
            id=row.code,
            site=self._factories.by_id[row.factory_id].code,
            service=row.service,
            skill=row.skill,
            level=row.level,
            modes=row.modes,
            earliest=window.earliest,
            latest=window.latest,
            due=self.due(row, window),
            late_cost=self._settings.late_cost_cents if late is None else late,
            unserved_cost=self.unserved_cost(row, window),
            languages=row.languages,
            certificates=row.certificates,
            lead=lead,
            excluded=frozenset(code for code in self._excluded.get(row.id, ()) if code in people),
            affinity={code: cents for code, cents in sorted(self._liked(row).items()) if code in people},
            pin=pin_as_given(self.pins.get(row.id), morning(self._horizon.start)),
        )

    def _liked(self, row: Request) -> Mapping[str, int]:
        """Who is preferred for a request: as entered, and who has a week of the same monitoring already."""
        begun = dict.fromkeys(self._begun_by.get(row.series, ()), -SAME_INSPECTOR_CENTS) if row.series else {}
        return begun | self._affinity.get(row.id, {})

    def announcement(self, row: Request, people: Collection[str]) -> given.Announcement | None:
        """What has been announced of a request; whoever has left the roster cannot come anyway and is left out."""
        found = self.announced.get(row.id)
        if found is None:
            return None
        return given.Announcement(
            tuple(code for code in found.inspectors if code in people),
            found.first_slot - morning(self._horizon.start),
            found.inspector_cost,
            found.day_cost,
            found.drop_cost,
        )


def pin_as_given(pin: PinRecord | None, begin: int) -> given.Pin | None:
    """A pin as the problem of a horizon that begins at an absolute slot has it."""
    if pin is None:
        return None
    return given.Pin(
        inspectors=pin.inspectors or None,
        start_slot=None if pin.start_slot is None else pin.start_slot - begin,
        mode=pin.mode,
        waive=frozenset(waiver for waiver in WAIVERS if waiver in pin.waive),
    )
