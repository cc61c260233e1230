"""Requests that are done or cancelled, as rows of the list: as they were stored, in slices, since there are many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.models import Order, Request, Visit
from desktop.services.requests.references import References, portions
from desktop.services.requests.rows import RequestRow
from desktop.store.engine import Store

OPEN_RECORDS = ("new", "ready", "published")
SLICE = 2000  # requests read in one go: about a tenth of a second


@dataclass(frozen=True, slots=True)
class Slice:
    """Some closed requests, and where the next ones begin.

    Attributes:
        below: the key below which the next ones lie; None after the last.
        references: for the next slice, which need not read them again.
    """

    rows: tuple[RequestRow, ...]
    below: int | None
    references: References


def read_closed(store: Store, now: dt.datetime, after: Slice | None = None, limit: int = SLICE) -> Slice:
    """Done and cancelled requests, the newest first; those that follow a slice."""
    with store.session() as session:
        references = References(session, now.date()) if after is None else after.references
        wanted: ColumnElement[bool] = Request.status.not_in(OPEN_RECORDS)
        if after is not None and after.below is not None:
            wanted = wanted & (Request.id < after.below)
        rows = closed_rows(session, references, wanted, limit)
        return Slice(rows, rows[-1].id if len(rows) == limit else None, references)


def read_closed_keys(session: Session, references: References, keys: Sequence[int]) -> tuple[RequestRow, ...]:
    """The closed ones among the requests of some keys."""
    return tuple(
        row
        for portion in portions(keys)
        for row in closed_rows(
            session, references, Request.id.in_(portion) & Request.status.not_in(OPEN_RECORDS), len(portion)
        )
    )


def closed_rows(
    session: Session, references: References, wanted: ColumnElement[bool], limit: int
) -> tuple[RequestRow, ...]:
    """Rows of closed requests, the newest first: nothing is worked out for them any more."""
    query = (
        select(
            Request.id,
            Request.code,
            Request.version,
            Request.requested_at,
            Request.client_id,
            Request.factory_id,
            Order.code,
            Request.order_id,
            Request.service,
            Request.skill,
            Request.level,
            Request.status,
            Request.modes,
            Request.earliest,
            Request.latest,
            Request.due,
            Request.price_cents,
            Request.note,
        )
        .select_from(Request)
        .outerjoin(Order, Order.id == Request.order_id)
        .where(wanted)
        .order_by(Request.id.desc())
        .limit(limit)
    )
    found = session.execute(query).all()
    if not found:
        return ()
    places = references.places(session, Visit.request_id.between(found[-1][0], found[0][0]))
    rows = []
    for row in found:
        (key, code, version, received, client, factory, order, order_id, service) = row[:9]
        (skill, level, status, modes, earliest, latest, due, price, note) = row[9:]
        man_days = modes[0].man_days if modes else 0.0
        # by position: a hundred thousand of these are made at every start
        rows.append(
            RequestRow(
                key,
                code,
                version,
                received,
                *references.clients[client],
                references.factories[factory],
                order or "",
                order_id,
                service,
                skill,
                level,
                status,
                man_days,
                len(modes),
                earliest,
                latest,
                earliest is not None and latest is not None,
                "",
                due,
                None,
                None,
                references.default_price(man_days) if price is None else price,
                price is not None,
                places.get(key),
                (),
                note,
            )
        )
    return tuple(rows)
