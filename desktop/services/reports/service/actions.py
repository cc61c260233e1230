"""Corrective actions of the visits of a scope by class of defect: open, overdue, verified, and how long they took."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import CorrectiveAction, Factory, Request, Visit
from desktop.services.planning.bookings import zone_of
from desktop.services.reports.facts import SEVERITIES, Facts
from desktop.services.reports.making import known
from desktop.services.reports.report import Chart, Column, Table
from desktop.services.reports.weeks import in_force

COLUMNS = (
    Column("actions", "count", is_additive=True),
    Column("actions_verified", "count", is_additive=True),
    Column("actions_open", "count", is_additive=True),
    Column("actions_overdue", "count", is_additive=True),
    Column("actions_waiting", "count", is_additive=True),
    Column("days_to_verify", "days"),
    Column("days_open", "days"),
)
_KEYS = [column.key for column in COLUMNS]
DAY = pd.Timedelta(days=1)


def read_actions(session: Session, facts: Facts, now: dt.datetime) -> pd.DataFrame:
    """The corrective actions that the visits of a scope led to, by the day on which their present step is due.

    Columns: `visit` (key), `code` (of its request), `client`, `factory`, `region` (of its visit), `severity`, `defect`,
    `owner`, `opened_on` (by the clock of the factory), `due_on`, `actions` (1), `actions_verified`, `actions_open` (not
    verified), `actions_overdue` (open, due before the day that it is at the factory), `actions_waiting` (the other
    open ones), `days_to_verify`, `days_open` (until now; NaN of the others).
    """
    scope = facts.scope
    began = Visit.first_slot.between(2 * scope.first_day.toordinal(), 2 * scope.last_day.toordinal() + 1)
    query = (
        select(
            CorrectiveAction.visit_id,
            CorrectiveAction.severity,
            CorrectiveAction.text,
            CorrectiveAction.owner,
            CorrectiveAction.opened_at,
            CorrectiveAction.due,
            CorrectiveAction.verified_at,
            Factory.time_zone,
        )
        .join(Visit, Visit.id == CorrectiveAction.visit_id)
        .join(Request, Request.id == Visit.request_id)
        .join(Factory, Factory.id == Request.factory_id)
        .where(in_force(), began)
        .order_by(CorrectiveAction.due, CorrectiveAction.id)
    )
    rows = [tuple(row) for row in session.execute(query)]
    columns = ["visit", "severity", "defect", "owner", "opened_at", "due_on", "verified_at", "zone"]
    frame = pd.DataFrame(rows, columns=columns)
    its = facts.visits[["visit", "code", "client", "factory", "region"]]
    frame = frame.merge(its, on="visit", how="inner", sort=False)
    opened, verified = (pd.to_datetime(frame[name], utc=True) for name in ("opened_at", "verified_at"))
    is_open = verified.isna()
    zones = {name: zone_of(name) for name in frame["zone"].unique()}
    today = {name: now.astimezone(zone).date() for name, zone in zones.items()}
    is_past = [due < today[name] for due, name in zip(frame["due_on"], frame["zone"], strict=True)]
    is_overdue = is_open & np.array(is_past, dtype=bool)
    days = [at.astimezone(zones[name]).date() for at, name in zip(frame["opened_at"], frame["zone"], strict=True)]
    return frame[["visit", "code", "client", "factory", "region", "severity", "defect", "owner", "due_on"]].assign(
        **{
            "opened_on": np.array(days, dtype=object),
            "actions": np.ones(len(frame), dtype=np.int64),
            "actions_verified": (~is_open).astype("int64"),
            "actions_open": is_open.astype("int64"),
            "actions_overdue": is_overdue.astype("int64"),
            "actions_waiting": (is_open & ~is_overdue).astype("int64"),
            "days_to_verify": (verified - opened) / DAY,
            "days_open": ((pd.Timestamp(now) - opened) / DAY).where(is_open),
        }
    )


def actions_table(actions: pd.DataFrame) -> Table:
    """By class of defect, the worst first; days are medians."""
    frame = pd.DataFrame([{"severity": name} | _row(actions[actions["severity"] == name]) for name in SEVERITIES])
    frame = frame[frame["actions"] > 0].reset_index(drop=True)
    return Table(
        "actions",
        frame[["severity", *_KEYS]],
        (Column("severity", "word"), *COLUMNS),
        _chart("severity"),
        _row(actions),
    )


def clients_table(actions: pd.DataFrame, facts: Facts) -> Table:
    """By client, the most overdue and then the most open first."""
    rows = [{"client": str(client)} | _row(its) for client, its in actions.groupby("client", observed=True)]
    frame = pd.DataFrame(rows, columns=["client", *_KEYS])
    frame = frame.sort_values(["actions_overdue", "actions_open"], ascending=False, kind="stable", ignore_index=True)
    frame.insert(1, "client_name", facts.clients["name"].reindex(frame["client"]).to_numpy())
    columns = (Column("client", "text", "client"), Column("client_name", "text"), *COLUMNS)
    return Table("action_clients", frame, columns, _chart("client"), _row(actions), "actions")


def _chart(x: str) -> Chart:
    return Chart("stack", x, ("actions_overdue", "actions_waiting", "actions_verified"), most=15)


def _row(rows: pd.DataFrame) -> dict[str, Any]:
    """Every figure of COLUMNS of some actions."""
    return {
        column.key: known(rows[column.key].sum() if column.is_additive else rows[column.key].median())
        for column in COLUMNS
    }
