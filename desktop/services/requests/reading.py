"""Requests that somebody still has to do something about, as rows of the list, with all that follows for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from desktop.models import Order, Pin, Request, Unassigned, Visit
from desktop.services.lookup import request_by_code
from desktop.services.planning.bookings import Bookings
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.reading import read_reason
from desktop.services.requests.archive import OPEN_RECORDS, read_closed_keys
from desktop.services.requests.references import References, portions
from desktop.services.requests.rows import Made, Place, RequestRow, Sample, Week
from desktop.services.trade.production import DAY, Window
from desktop.services.trade.production_window import NEAR, fits
from desktop.services.trade.sampling import Level
from desktop.services.trade.work import NO_SAMPLE, lot_day, lot_of, lot_percent, plans_of
from desktop.store.engine import Store
from scheduler.plan import Reason
from scheduler.problem import Horizon

FULL = 100.0 - NEAR  # percent made from which all is


def read_open(store: Store, now: dt.datetime, statuses: Sequence[str] = OPEN_RECORDS) -> tuple[RequestRow, ...]:
    """The open requests, or those among them whose records have one of some statuses."""
    with store.session() as session:
        reading = _Reading(session, References(session, now.date()), now)
        return reading.rows(select(Request.id).where(Request.status.in_(statuses)))


def read_some(store: Store, now: dt.datetime, keys: Sequence[int]) -> tuple[RequestRow, ...]:
    """The requests of some keys, whatever their status; those that are gone are not among them."""
    with store.session() as session:
        references = References(session, now.date())
        reading = _Reading(session, references, now)
        found: list[RequestRow] = []
        for portion in portions(keys):
            among = Request.id.in_(portion)
            found.extend(reading.rows(select(Request.id).where(among, Request.status.in_(OPEN_RECORDS))))
        return (*found, *read_closed_keys(session, references, keys))


def read_one(store: Store, now: dt.datetime, code: str) -> RequestRow:
    """The request of a code, whatever its status. Raises NotFoundError."""
    with store.session() as session:
        key = request_by_code(session, code).id
    return read_some(store, now, (key,))[0]


class _Reading:
    """Open requests being read at one moment."""

    def __init__(self, session: Session, references: References, now: dt.datetime) -> None:
        self._session = session
        self._references = references
        self._now = now
        self._horizon = Horizon(now.date(), 1)

    def rows(self, wanted: Select[int]) -> tuple[RequestRow, ...]:
        """Rows with their window, target and production worked out."""
        session, references = self._session, self._references
        sites = select(Request.factory_id).where(Request.id.in_(wanted))
        factories = Factories(session, Daybook(session), sites)
        bookings = Bookings(session, references.settings, self._horizon, factories, wanted)
        ordered = select(Request.order_id).where(Request.id.in_(wanted))
        orders = {key: code for key, code in session.execute(select(Order.id, Order.code).where(Order.id.in_(ordered)))}
        places = references.places(session, Visit.request_id.in_(wanted))
        left_out = self._left_out()
        pinned = session.execute(select(Pin.request_id, Pin.id).where(Pin.request_id.in_(wanted)))
        pins = {request: key for request, key in pinned}
        weeks = self._weeks()
        rows = []
        for record in bookings.rows:
            window = bookings.window(record)
            known = None if isinstance(window, str) else window
            place = places.get(record.id)
            # a promise that has been made is not short of time any more; whether it is late is a risk
            clock = None if record.status == "published" else bookings.clock(record, known)
            made = self._made(bookings, record, known, place)
            unassigned_id, reasons = left_out.get(record.id, (None, ())) if place is None else (None, ())
            client, client_name = references.clients[record.client_id]
            rows.append(
                RequestRow(
                    id=record.id,
                    code=record.code,
                    version=record.version,
                    received=record.requested_at,
                    client=client,
                    client_name=client_name,
                    factory=references.factories[record.factory_id],
                    order="" if record.order_id is None else orders[record.order_id],
                    order_id=record.order_id,
                    service=record.service,
                    skill=record.skill,
                    level=record.level,
                    record_status=record.status,
                    man_days=record.modes[0].man_days if record.modes else 0.0,
                    modes=len(record.modes),
                    earliest=known.earliest if known else record.earliest,
                    latest=known.latest if known else record.latest,
                    window_entered=record.earliest is not None and record.latest is not None,
                    window_missing=window if isinstance(window, str) else "",
                    due=record.due if known is None else bookings.due(record, known),
                    target=None if clock is None else clock.target,
                    made=made,
                    price_cents=round(bookings.price(record)),
                    price_entered=record.price_cents is not None,
                    place=place,
                    reasons=reasons,
                    note=record.note,
                    pin_id=pins.get(record.id),
                    unassigned_id=unassigned_id,
                    clock=clock,
                    missing=bookings.missing(record),
                    week=_week(record, weeks),
                    sample=self._sample(bookings, record, made),
                )
            )
        return tuple(rows)

    def _made(self, bookings: Bookings, record: Request, window: Window | None, place: Place | None) -> Made | None:
        line = bookings.line(record)
        if line is None:
            return None
        today = self._now.astimezone(self._references.factories[record.factory_id].zone).date()
        visit = today if place is None else place.first_day
        ends = (today, today) if window is None else (window.earliest, window.latest + DAY)
        first = visit if window is None else lot_day(window, None if place is None else place.first_day, today)
        days = (today, visit, visit + DAY, *ends, first, first + DAY)
        now, morning, evening, low, high, begun, ended = line.made_by_each(days)
        at_visit = None if place is None else (morning + evening) / 2
        share = bookings.share(record)
        lot = lot_percent(begun, ended, share[0], is_planned=place is not None)
        if record.service == "DUPRO":
            low, high = share
        elif window is None:
            low, high = 0.0, 100.0
        outside = place is not None and not fits(record.service, line, share, place.first_day)
        is_made = outside and record.service in ("PSI", "LOADING") and morning >= FULL
        packed = line.packed_by(place.first_day) if place and is_made else None
        is_known = window is not None or place is not None
        return Made(now, at_visit, low, high, outside, packed, lot if is_known else None)

    @staticmethod
    def _sample(bookings: Bookings, record: Request, made: Made | None) -> Sample | None:
        """What is drawn of the finished goods, as `sampling` works it out for one request."""
        order = bookings.order(record)
        if order is None or record.service in NO_SAMPLE:
            return None
        percent = 100.0 if record.service != "DUPRO" else None if made is None else made.lot
        lot = 0 if percent is None else lot_of(order.quantity, percent)
        if not lot:
            return None
        plans = plans_of(lot, Level(record.inspection_level), record.aql_major, record.aql_minor)
        largest = max((plans.critical, plans.major, plans.minor), key=lambda plan: plan.size)
        return Sample(largest.letter, largest.size)

    def _weeks(self) -> Mapping[str, int]:
        """How many weeks each series has."""
        query = select(Request.series, func.count()).where(Request.series != "").group_by(Request.series)
        return {series: number for series, number in self._session.execute(query)}

    def _left_out(self) -> Mapping[int, tuple[int, tuple[Reason, ...]]]:
        query = select(Unassigned.id, Unassigned.request_id, Unassigned.reasons)
        rows = self._session.execute(query.where(Unassigned.plan_id == self._references.draft))
        return {request: (key, tuple(map(read_reason, reasons))) for key, request, reasons in rows}


def _week(record: Request, weeks: Mapping[str, int]) -> Week | None:
    if record.series_part is None or record.series not in weeks:
        return None
    return Week(record.series, record.series_part, weeks[record.series])
