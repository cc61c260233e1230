"""Corrective actions of the visits of a scope."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.clock import Clock, local_today
from desktop.models import CorrectiveAction, Visit
from desktop.services.reports.facts import read_facts
from desktop.services.reports.report import Column, Table
from desktop.services.reports.scope import Scope
from desktop.services.reports.weeks import in_force

COLUMNS = (
    Column("request", "text"),
    Column("severity", "word"),
    Column("defect", "text"),
    Column("owner", "text"),
    Column("client", "text", "client"),
    Column("factory", "text", "factory"),
    Column("region", "text", "region"),
    Column("opened_on", "date"),
    Column("due_on", "date"),
    Column("action_state", "word"),
)


def actions_table(session: Session, scope: Scope, clock: Clock) -> Table:
    """Every corrective action that the visits of a scope led to: overdue ones first, then open ones, by due day."""
    visits = read_facts(session, scope).visits.set_index("visit")
    first, last = 2 * scope.first_day.toordinal(), 2 * scope.last_day.toordinal() + 1
    query = (
        select(
            CorrectiveAction.visit_id,
            CorrectiveAction.severity,
            CorrectiveAction.text,
            CorrectiveAction.owner,
            CorrectiveAction.opened_at,
            CorrectiveAction.due,
            CorrectiveAction.verified_at,
        )
        .join(Visit, Visit.id == CorrectiveAction.visit_id)
        .where(in_force(), Visit.first_slot.between(first, last))
        .order_by(CorrectiveAction.due, CorrectiveAction.id)
    )
    rows = [row for row in session.execute(query) if row.visit_id in visits.index]
    today = local_today(clock)
    its = visits.loc[[row.visit_id for row in rows]]
    states = [_state(row.verified_at is not None, row.due < today) for row in rows]
    frame = pd.DataFrame(
        {
            "request": its["code"].to_numpy(),
            "severity": [row.severity for row in rows],
            "defect": [row.text for row in rows],
            "owner": [row.owner for row in rows],
            "client": its["client"].astype(str).to_numpy(),
            "factory": its["factory"].astype(str).to_numpy(),
            "region": its["region"].astype(str).to_numpy(),
            "opened_on": [row.opened_at.date() for row in rows],
            "due_on": [row.due for row in rows],
            "action_state": states,
        }
    )
    order = pd.Series(states, dtype=object).map({"overdue": 0, "open": 1, "verified": 2})
    frame = frame.iloc[order.argsort(kind="stable").to_numpy()].reset_index(drop=True)
    return Table("behind_actions", frame, COLUMNS)


def _state(is_verified: bool, is_past: bool) -> str:
    if is_verified:
        return "verified"
    return "overdue" if is_past else "open"
