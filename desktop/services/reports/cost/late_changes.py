"""What was announced and then taken back, by cause: what plans were charged for it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from desktop.models import AnnouncedChange, Client, Factory, Request
from desktop.models.halfday import date_of, morning
from desktop.services.planning.bookings import zone_of
from desktop.services.reports.company import read_company
from desktop.services.reports.currency import exchanged
from desktop.services.reports.making import known, summed
from desktop.services.reports.report import Chart, Column, Table
from desktop.services.reports.scope import Scope
from desktop.services.reports.weeks import weeks_of
from desktop.services.trade.clock import STARTS

KEPT_BY = {
    "country": Factory.country,
    "region": Factory.area,
    "factory": Factory.code,
    "client": Client.code,
    "service": Request.service,
    "skill": Request.skill,
}

EPOCH = dt.date(1970, 1, 1).toordinal()

COLUMNS = (
    Column("change_cause", "word"),
    Column("change_kind", "word"),
    Column("changes", "count", is_additive=True),
    Column("change_penalty", "money", is_additive=True),
)


def read_changes(session: Session, scope: Scope) -> pd.DataFrame:
    """Announcements of a scope's weeks that were changed, oldest first.

    A change belongs to the day that had been announced. Nothing is known of it that only people or results have: a
    scope that keeps those has no changes. Columns: `code` (of the request), `week` (Monday), `day` (announced first),
    `new_day` (None: left out), `at`, `change_kind`, `change_cause` (keys of words), `client`, `factory` (codes),
    `region`, `service`, `notice_hours` (before work was to begin), `change_penalty` (cents of the scope's currency).
    """
    rows = [tuple(row) for row in session.execute(_query(scope))]
    names = ("code", "old", "new", "at", "kind", "cause", "cents", "client", "factory", "region", "service", "zone")
    frame = pd.DataFrame(rows, columns=list(names))
    frame = frame[_in_cities(session, scope, frame)]
    days = [date_of(slot) for slot in frame["old"]]
    cents = {"cents": frame["cents"].to_numpy(dtype=np.int64)}
    ordinals = np.array([day.toordinal() for day in days], dtype=np.int64)
    return pd.DataFrame(
        {
            "code": frame["code"].to_numpy(),
            "week": [day - dt.timedelta(days=day.weekday()) for day in days],
            "day": days,
            "new_day": [None if pd.isna(slot) else date_of(int(slot)) for slot in frame["new"]],
            "at": frame["at"].to_numpy(),
            "change_kind": [f"change_{kind}" for kind in frame["kind"]],
            "change_cause": [f"cause_{cause.replace(' ', '_') or 'none'}" for cause in frame["cause"]],
            "client": frame["client"].to_numpy(),
            "factory": frame["factory"].to_numpy(),
            "region": frame["region"].to_numpy(),
            "service": frame["service"].to_numpy(),
            "notice_hours": _notice_hours(frame),
            "change_penalty": exchanged(session, scope.currency, cents, ordinals)["cents"],
        }
    )


def changes_table(changes: pd.DataFrame) -> Table:
    """Changes by cause and kind, the dearest first."""
    frame = summed(changes, ["change_cause", "change_kind"], ["change_penalty"], "changes")
    frame = frame.sort_values("change_penalty", ascending=False, kind="stable", ignore_index=True)
    total = {"changes": len(changes), "change_penalty": known(changes["change_penalty"].sum()) if len(changes) else 0}
    found = frame[[column.key for column in COLUMNS]]
    return Table("late_changes", found, COLUMNS, Chart("bars", "change_cause", ("change_penalty",)), total, "changes")


def _notice_hours(frame: pd.DataFrame) -> np.ndarray[Any, Any]:
    """Hours from each change to the beginning of the half-day that had been announced, by the clocks of the factory."""
    slots = frame["old"].to_numpy(dtype=np.int64)
    hours = 24 * (slots // 2 - EPOCH) + np.array(STARTS)[slots % 2]
    local = pd.Series(hours.astype("timedelta64[h]") + np.datetime64(0, "h"), index=frame.index)
    told = pd.to_datetime(frame["at"], utc=True)
    found = np.zeros(len(frame))
    for zone, rows in frame.groupby("zone").indices.items():
        begins = local.iloc[rows].dt.tz_localize(zone_of(str(zone)), nonexistent="shift_forward", ambiguous=False)
        found[rows] = (begins - told.iloc[rows]) / pd.Timedelta(hours=1)
    return found


def _query(scope: Scope) -> Select[tuple[object, ...]]:
    query = (
        select(
            Request.code,
            AnnouncedChange.old_slot,
            AnnouncedChange.new_slot,
            AnnouncedChange.at,
            AnnouncedChange.kind,
            AnnouncedChange.cause,
            AnnouncedChange.cents,
            Client.code,
            Factory.code,
            Factory.area,
            Request.service,
            Factory.time_zone,
        )
        .join(Request, Request.id == AnnouncedChange.request_id)
        .join(Client, Client.id == Request.client_id)
        .join(Factory, Factory.id == Request.factory_id)
        .where(AnnouncedChange.old_slot.between(morning(scope.first_day), morning(scope.last_day) + 1))
        .order_by(AnnouncedChange.at, AnnouncedChange.id)
    )
    for name, values in scope.only:
        if name in KEPT_BY:
            query = query.where(KEPT_BY[name].in_(sorted(values)))
        elif name != "city":
            query = query.where(false())
    return query  # type: ignore[return-value]


def _in_cities(session: Session, scope: Scope, frame: pd.DataFrame) -> pd.Series:
    if (cities := scope.kept("city")) is None:
        return pd.Series(True, index=frame.index)
    company = weeks_of(session).made(session, "company", lambda: read_company(session))
    return frame["factory"].map(company.factories["city"]).isin(cities)
