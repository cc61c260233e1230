"""Bookings that nobody served, with the reasons that plans gave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from desktop.models import AnnouncedChange, Client, Factory, Plan, Request, Unassigned, Visit
from desktop.models.halfday import date_of, morning
from desktop.services.reports.company import read_company
from desktop.services.reports.cost.late_changes import KEPT_BY
from desktop.services.reports.currency import exchanged
from desktop.services.reports.making import known, summed
from desktop.services.reports.report import Chart, Column, Table
from desktop.services.reports.scope import Scope
from desktop.services.reports.weeks import in_force, weeks_of
from scheduler.problem import Mode

KNOWN = frozenset(
    {
        "nobody_free", "nobody_eligible", "costs_more", "closed", "no_start", "no_window", "no_place", "window_over",
        "window_short", "crew_too_small", "nobody_leads", "unreachable", "not_placed", "not_asked", "not_taken", "hit",
        "cancelled", "dropped",
    }
)  # fmt: skip
"""Reasons that the vocabulary has words for; the others are told as "other"."""

COLUMNS = (
    Column("reason", "word"),
    Column("requests_unserved", "count", is_additive=True),
    Column("requests_cancelled", "count", is_additive=True),
    Column("man_days", "man_days", is_additive=True),
    Column("price_unserved", "money", is_additive=True),
)


LISTED = (
    Column("request", "text"),
    Column("week", "week", "week"),
    Column("reason", "word"),
    Column("service", "text", "service"),
    Column("client", "text", "client"),
    Column("factory", "text", "factory"),
    Column("region", "text", "region"),
    *COLUMNS[3:],
)


class _Left(NamedTuple):
    request: str
    status: str
    modes: tuple[Mode, ...]
    price: int | None
    service: str
    client: str
    factory: str
    region: str
    day: dt.date
    reason: str


def read_unserved(session: Session, scope: Scope) -> pd.DataFrame:
    """The bookings of a scope's weeks that nobody served.

    They are those that a published plan of these weeks leaves out, by its first day; those that a plan published in
    part drops after they had been announced, by the day that had been; and those that the client took back, by the last
    day of their window, that no plan in force lists. For none of them is a visit in force. One that several plans
    leave out is told once, with the reason of the last.

    Columns: `request`, `client`, `factory` (codes), `service`, `region`, `week` (Monday), `reason` (key of a word),
    `requests_unserved` (1), `requests_cancelled`, `man_days` (of the first mode), `price_unserved`
    (cents of the scope's currency; 0: none on record).
    """
    found = {row.request: row for row in _rows(session, scope)}
    rows = list(found.values())
    frame = pd.DataFrame(
        {
            "request": [row.request for row in rows],
            "service": [row.service for row in rows],
            "client": [row.client for row in rows],
            "factory": [row.factory for row in rows],
            "region": [row.region for row in rows],
            "week": [row.day - dt.timedelta(days=row.day.weekday()) for row in rows],
            "reason": [f"reason_{row.reason if row.reason in KNOWN else 'other'}" for row in rows],
            "requests_unserved": [1 for _ in rows],
            "requests_cancelled": [int(row.status == "cancelled") for row in rows],
            "man_days": [_man_days(row.modes) for row in rows],
            "price_unserved": [row.price or 0 for row in rows],
        }
    )
    days = pd.Series([row.day.toordinal() for row in rows], dtype="int64").to_numpy()
    lost = {"price_unserved": frame["price_unserved"].to_numpy("int64")}
    frame["price_unserved"] = exchanged(session, scope.currency, lost, days)["price_unserved"]
    return _in_cities(session, scope, frame)


def unserved_table(left: pd.DataFrame) -> Table:
    """By reason, the most frequent first."""
    sums = [column.key for column in COLUMNS if column.is_additive]
    frame = summed(left, ["reason"], sums).sort_values("requests_unserved", ascending=False, kind="stable")
    frame = frame[[column.key for column in COLUMNS]].reset_index(drop=True)
    total = {key: known(left[key].sum()) for key in sums}
    return Table("unserved", frame, COLUMNS, Chart("bars", "reason", ("requests_unserved",)), total)


def unserved_list(left: pd.DataFrame) -> Table:
    """Each of them, the latest first."""
    frame = left.sort_values(["week", "request"], ascending=False, kind="stable", ignore_index=True)
    total = {column.key: known(left[column.key].sum()) for column in LISTED if column.is_additive}
    return Table("unserved_requests", frame[[column.key for column in LISTED]], LISTED, None, total)


def _rows(session: Session, scope: Scope) -> Iterator[_Left]:
    told = ~select(Visit.id).where(Visit.request_id == Request.id, in_force()).exists()
    listed = (
        select(Unassigned.id)
        .join(Plan, Plan.id == Unassigned.plan_id)
        .where(Unassigned.request_id == Request.id, Plan.status == "published")
        .exists()
    )
    taken_back = and_(
        Request.status == "cancelled", ~listed, Request.latest.between(scope.first_day, scope.last_day), _kept(scope)
    )
    columns = (
        Request.code,
        Request.status,
        Request.modes,
        Request.price_cents,
        Request.service,
        Client.code,
        Factory.code,
        Factory.area,
    )
    for row in session.execute(_joined(select(*columns, Request.latest)).where(taken_back, told)):
        yield _left(row, "cancelled")
    dropped = (
        _joined(select(*columns, AnnouncedChange.old_slot))
        .join(AnnouncedChange, AnnouncedChange.request_id == Request.id)
        .where(AnnouncedChange.kind == "dropped", AnnouncedChange.plan_id.is_not(None))
        .where(AnnouncedChange.old_slot.between(morning(scope.first_day), morning(scope.last_day) + 1))
        .where(Request.status != "cancelled", ~listed, told, _kept(scope))
        .order_by(AnnouncedChange.at, AnnouncedChange.id)
    )
    for row in session.execute(dropped):
        *its, slot = row
        yield _left((*its, date_of(slot)), "dropped")
    left = (
        _joined(select(*columns, Plan.first_day, Unassigned.reasons))
        .join(Unassigned, Unassigned.request_id == Request.id)
        .join(Plan, Plan.id == Unassigned.plan_id)
        .where(Plan.status == "published", Plan.first_day.between(scope.first_day, scope.last_day))
        .where(told, _kept(scope))
        .order_by(Plan.first_day, Plan.id, Unassigned.id)
    )
    for row in session.execute(left):
        *its, reasons = row
        yield _left(its, reasons[0]["code"] if reasons else "other")


def _left(columns: Sequence[Any], reason: str) -> _Left:
    return _Left._make((*columns, reason))


def _joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.join(Client, Client.id == Request.client_id).join(Factory, Factory.id == Request.factory_id)


def _kept(scope: Scope) -> ColumnElement[bool]:
    """What a scope keeps of requests; nothing where it keeps what only visits have."""
    conditions: list[ColumnElement[bool]] = []
    for name, values in scope.only:
        if name in KEPT_BY:
            conditions.append(KEPT_BY[name].in_(sorted(values)))
        elif name != "city":
            conditions.append(Request.id < 0)
    return and_(or_(Request.id >= 0), *conditions)


def _man_days(modes: Sequence[Mode]) -> float:
    return modes[0].man_days if modes else 1.0


def _in_cities(session: Session, scope: Scope, frame: pd.DataFrame) -> pd.DataFrame:
    if (cities := scope.kept("city")) is None:
        return frame
    company = weeks_of(session).made(session, "company", lambda: read_company(session))
    return frame[frame["factory"].map(company.factories["city"]).isin(cities)].reset_index(drop=True)
