"""Corrective actions of the visits of a scope by class of defect: open, overdue, verified, and how long they took."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import CorrectiveAction, Visit
from desktop.services.reports.facts import SEVERITIES, Facts
from desktop.services.reports.making import known
from desktop.services.reports.report import Chart, Column, Table
from desktop.services.reports.weeks import in_force

COLUMNS = (
    Column("severity", "word"),
    Column("actions", "count", is_additive=True),
    Column("actions_verified", "count", is_additive=True),
    Column("actions_open", "count", is_additive=True),
    Column("actions_overdue", "count", is_additive=True),
    Column("days_to_verify", "days"),
    Column("days_open", "days"),
)
DAY = pd.Timedelta(days=1)


def read_actions(session: Session, facts: Facts, now: dt.datetime, today: dt.date) -> pd.DataFrame:
    """The corrective actions that the visits of a scope led to.

    Columns: `visit` (key), `factory`, `product` (of its visit), `severity`, `actions` (1), `actions_verified`,
    `actions_open` (not verified), `actions_overdue` (open, its present step due before today), `days_to_verify`,
    `days_open` (until now; NaN of the others).
    """
    scope = facts.scope
    began = Visit.first_slot.between(2 * scope.first_day.toordinal(), 2 * scope.last_day.toordinal() + 1)
    query = (
        select(
            CorrectiveAction.visit_id,
            CorrectiveAction.severity,
            CorrectiveAction.opened_at,
            CorrectiveAction.due,
            CorrectiveAction.verified_at,
        )
        .join(Visit, Visit.id == CorrectiveAction.visit_id)
        .where(in_force(), began)
        .order_by(CorrectiveAction.id)
    )
    rows = [tuple(row) for row in session.execute(query)]
    frame = pd.DataFrame(rows, columns=["visit", "severity", "opened_at", "due", "verified_at"])
    its = facts.visits[["visit", "factory", "product"]]
    frame = frame.merge(its, on="visit", how="inner", sort=False)
    opened, verified = (pd.to_datetime(frame[name], utc=True) for name in ("opened_at", "verified_at"))
    is_open = verified.isna()
    return pd.DataFrame(
        {
            "visit": frame["visit"],
            "factory": frame["factory"],
            "product": frame["product"],
            "severity": frame["severity"],
            "actions": np.ones(len(frame), dtype=np.int64),
            "actions_verified": (~is_open).astype("int64"),
            "actions_open": is_open.astype("int64"),
            "actions_overdue": (is_open & (frame["due"] < today)).astype("int64") if len(frame) else is_open,
            "days_to_verify": (verified - opened) / DAY,
            "days_open": ((pd.Timestamp(now) - opened) / DAY).where(is_open),
        }
    )


def actions_table(actions: pd.DataFrame) -> Table:
    """By class of defect, the worst first; days are medians."""
    frame = pd.DataFrame([_row(name, actions[actions["severity"] == name]) for name in SEVERITIES])
    frame = frame[frame["actions"] > 0].reset_index(drop=True)
    total = {key: value for key, value in _row("", actions).items() if key != "severity"}
    chart = Chart("stack", "severity", ("actions_overdue", "actions_waiting", "actions_verified"))
    frame.insert(4, "actions_waiting", frame["actions_open"] - frame["actions_overdue"])
    total["actions_waiting"] = total["actions_open"] - total["actions_overdue"]
    columns = (*COLUMNS[:5], Column("actions_waiting", "count", is_additive=True), *COLUMNS[5:])
    return Table("actions", frame[[column.key for column in columns]], columns, chart, total, "actions")


def _row(severity: str, rows: pd.DataFrame) -> dict[str, Any]:
    found: dict[str, Any] = {"severity": severity}
    for column in COLUMNS[1:]:
        values = rows[column.key]
        found[column.key] = known(values.sum()) if column.is_additive else known(values.median())
    return found
