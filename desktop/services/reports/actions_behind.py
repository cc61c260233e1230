"""Corrective actions of the visits of a scope."""

from __future__ import annotations

import numpy as np
from sqlalchemy.orm import Session

from desktop.clock import Clock
from desktop.services.reports.facts import read_facts
from desktop.services.reports.report import Column, Table
from desktop.services.reports.scope import Scope
from desktop.services.reports.service.actions import read_actions

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
    actions = read_actions(session, read_facts(session, scope), clock.now()).rename(columns={"code": "request"})
    is_overdue, is_open = (actions[name] == 1 for name in ("actions_overdue", "actions_open"))
    states = np.where(is_overdue, "overdue", np.where(is_open, "open", "verified"))
    frame = actions.assign(action_state=states.astype(object)).astype({"client": str, "factory": str, "region": str})
    order = np.argsort(np.where(is_overdue, 0, np.where(is_open, 1, 2)), kind="stable")
    frame = frame.iloc[order].reset_index(drop=True)
    return Table("behind_actions", frame[[column.key for column in COLUMNS]], COLUMNS)
