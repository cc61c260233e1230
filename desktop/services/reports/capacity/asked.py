"""What is asked of the roster in some weeks: booked, drafted, waiting for a place, and still to be expected."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, aliased

from desktop.clock import Clock, local_today
from desktop.models import Order, Plan, Request, Visit
from desktop.models.halfday import date_of, morning
from desktop.services.planning.bookings import Bookings
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.reading import latest_draft
from desktop.services.planning.week import settings_for
from desktop.services.reports.capacity.on_hand import PLACES
from desktop.services.reports.company import read_company
from desktop.services.reports.facts import read_facts
from desktop.services.reports.languages import language_of
from desktop.services.reports.scope import Scope
from desktop.services.reports.weeks import weeks_of
from desktop.services.requests.archive import OPEN_RECORDS
from desktop.services.trade.groups import group_of
from scheduler.problem import Horizon

Flags = npt.NDArray[np.bool_]

OF_DEMAND = ("factory", "client", "product")
"""What demand is narrowed by before it is shared; places and what people can do only afterwards."""
OF_RESULTS = ("outcome", "cause")
"""What narrows neither people nor what is asked of them."""
KINDS = ("booked", "drafted", "open")


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is asked for in the weeks of a scope.

    Attributes:
        rows: `week` (ordinal of the Monday), `country`, `region`, `city`, `skill`, `service`, `language`, `man_days`
            and `kind`: of KINDS.
        draft: the plan that drafted visits are in, "" where there are none.
        without_week: requests that wait and of which it cannot be said when.
    """

    rows: pd.DataFrame
    draft: str
    without_week: int


def read_asked(session: Session, scope: Scope, clock: Clock) -> Asked:
    """What is asked for in a scope; of its filters those of OF_DEMAND count."""
    only = tuple((name, values) for name, values in scope.only if name in OF_DEMAND)
    kept = Scope(scope.first_day, scope.weeks, only)
    booked = _booked(session, kept)
    others, draft, without_week = read_open(session, kept, clock)
    is_drafted = bool(len(others)) and bool((others["kind"] == "drafted").any())
    rows = pd.concat([booked, others[list(booked.columns)]], ignore_index=True) if len(others) else booked
    return Asked(rows, draft or "" if is_drafted else "", without_week)


def read_open(session: Session, scope: Scope, clock: Clock) -> tuple[pd.DataFrame, str | None, int]:
    """Requests of a scope without a visit in force, the draft made last, and how many have no week.

    The rows have `request`, `day`, `client`, `factory` and what `Asked.rows` have.
    """
    draft = latest_draft(session)
    today = local_today(clock)
    drafted, keys = _drafted(session, draft, today)
    waiting, without_week = _waiting(session, today, keys)
    return _placed(session, [*drafted, *waiting], scope), draft, without_week


def _booked(session: Session, scope: Scope) -> pd.DataFrame:
    visits = read_facts(session, scope).visits
    named = {text: language_of(json.loads(text)) for text in visits["languages"].cat.categories}
    frame = visits[["week", *PLACES, "skill", "service", "languages", "man_days"]]
    keys = ["week", *PLACES, "skill", "service", "languages"]
    summed = frame.groupby(keys, observed=True, as_index=False)["man_days"].sum()
    summed = summed.astype({name: object for name in keys[1:]})
    summed["language"] = summed.pop("languages").map(named)
    return summed.assign(kind="booked")


def _drafted(session: Session, draft: str | None, today: dt.date) -> tuple[list[tuple[Any, ...]], set[int]]:
    """Requests that the draft made last has a place for and that nothing in force has: when, which and how many.

    What it had planned for days that are over has not been made: that waits.
    """
    if draft is None:
        return [], set()
    query = (
        select(Request, Visit.first_slot, Visit.mode)
        .join(Visit, Visit.request_id == Request.id)
        .join(Plan, Plan.id == Visit.plan_id)
        .where(Plan.code == draft, Visit.status != "cancelled", Visit.first_slot >= morning(today), ~_is_placed())
    )
    found = [
        ("drafted", date_of(slot), row, row.modes[mode].man_days) for row, slot, mode in session.execute(query).all()
    ]
    return found, {row.id for _, _, row, _ in found}


def _waiting(session: Session, today: dt.date, drafted: set[int]) -> tuple[list[tuple[Any, ...]], int]:
    """Open requests without a place, in the week of their due day or, where that has passed, in the current one."""
    wanted = select(Request.id).where(Request.status.in_(OPEN_RECORDS), ~_is_placed())
    rows = [row for row in session.scalars(select(Request).where(Request.id.in_(wanted))) if row.id not in drafted]
    derived = _due_days(session, today, wanted.where(Request.due.is_(None)))
    found, unknown = [], 0
    for row in rows:
        due = row.due or derived.get(row.id)
        if due is None:
            unknown += 1
        else:
            found.append(("open", max(due, today), row, row.modes[0].man_days if row.modes else 1.0))
    return found, unknown


def _due_days(session: Session, today: dt.date, wanted: Select[int]) -> dict[int, dt.date]:
    """The due days of requests that name none, as plans have them."""
    settings = settings_for(session, today)
    factories = Factories(session, Daybook(session), select(Request.factory_id).where(Request.id.in_(wanted)))
    bookings = Bookings(session, settings, Horizon(settings.first_day, settings.days), factories, wanted)
    windows = ((row, bookings.window(row)) for row in bookings.rows)
    return {row.id: bookings.due(row, window) for row, window in windows if not isinstance(window, str)}


def _is_placed() -> ColumnElement[bool]:
    """Whether a request has a visit in force."""
    twin = aliased(Visit)
    return select(twin.id).where(twin.request_id == Request.id, twin.published, twin.status != "cancelled").exists()


def _placed(session: Session, rows: Sequence[tuple[Any, ...]], scope: Scope) -> pd.DataFrame:
    """Requests as rows of what is asked for, those of a scope."""
    if not rows:
        return pd.DataFrame()
    company = weeks_of(session).made(session, "company", lambda: read_company(session))
    orders = {row.order_id for _, _, row, _ in rows if row.order_id is not None}
    goods = _goods(session, orders) if scope.kept("product") is not None else {}
    frame = pd.DataFrame(
        {
            "kind": [kind for kind, *_ in rows],
            "request": [row.code for _, _, row, _ in rows],
            "day": [day for _, day, *_ in rows],
            "week": [day.toordinal() - day.weekday() for _, day, *_ in rows],
            "skill": [row.skill for _, _, row, _ in rows],
            "service": [row.service for _, _, row, _ in rows],
            "language": [language_of(row.languages) for _, _, row, _ in rows],
            "product": [group_of(*goods.get(row.order_id, ("", "")), row.skill) for _, _, row, _ in rows],
            "man_days": [man_days for *_, man_days in rows],
        }
    )
    places = company.of_factories(np.array([row.factory_id for _, _, row, _ in rows]))
    frame = frame.assign(**places, client=company.of_clients(np.array([row.client_id for _, _, row, _ in rows])))
    kept = frame["week"].between(scope.first_day.toordinal(), scope.last_day.toordinal())
    for name, values in scope.only:
        if name in frame.columns:
            kept &= frame[name].isin(values)
    return frame[kept].astype({name: object for name in (*PLACES, "factory", "client")})


def _goods(session: Session, orders: set[int]) -> dict[int | None, tuple[str, str]]:
    """The product group that some orders were given, and the client's word for their goods."""
    query = select(Order.id, Order.product_group, Order.product)
    return {key: (group, product) for key, group, product in session.execute(query) if key in orders}
