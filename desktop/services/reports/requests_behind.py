"""Requests that a scope's weeks are asked for: those with a visit, and those that wait for one."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from sqlalchemy.orm import Session

from desktop.clock import Clock
from desktop.models.halfday import date_of
from desktop.services.reports.capacity.behind import of_demand_alone, requests_without_visit
from desktop.services.reports.facts import read_facts
from desktop.services.reports.making import known
from desktop.services.reports.report import Column, Table
from desktop.services.reports.scope import Scope

COLUMNS = (
    Column("request", "text"),
    Column("request_state", "word"),
    Column("first_day", "date"),
    Column("service", "text", "service"),
    Column("skill", "text", "skill"),
    Column("client", "text", "client"),
    Column("factory", "text", "factory"),
    Column("region", "text", "region"),
    Column("man_days", "man_days", is_additive=True),
)


def requests_table(session: Session, scope: Scope, clock: Clock) -> Table:
    """The requests behind a cell of capacity, by day: with a visit in force, in the draft, and without a place."""
    scope = of_demand_alone(session, scope)
    parts = [_booked(session, scope), requests_without_visit(session, scope, clock)]
    frame = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    frame = frame.sort_values(["first_day", "request"], ignore_index=True)
    total = {"man_days": known(frame["man_days"].sum()) if len(frame) else 0.0}
    return Table("behind_requests", frame[[column.key for column in COLUMNS]], COLUMNS, None, total)


def _booked(session: Session, scope: Scope) -> pd.DataFrame:
    visits = read_facts(session, scope).visits
    texts = {name: visits[name].astype(str).to_numpy() for name in ("service", "skill", "client", "factory", "region")}
    days: list[dt.date] = [date_of(slot) for slot in visits["first_slot"].tolist()]
    found = {"request": visits["code"].to_numpy(), "request_state": "placed", "first_day": days}
    return pd.DataFrame(found | texts | {"man_days": visits["man_days"].to_numpy()})
