"""What published plans were to cost, and what their visits have cost."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Plan, Visit
from desktop.services.reports.cost.figures import NAMES
from desktop.services.reports.currency import exchanged
from desktop.services.reports.facts import PARTS, Facts
from desktop.services.reports.making import known, share_of
from desktop.services.reports.report import Chart, Column, Table
from desktop.services.reports.weeks import in_force

PLANNED = {"work": "work", "premium": "premium", "travel": "travel", "night": "nights"}
"""Parts of a cost as facts and as plans name them."""

LONGEST = 2 * 28  # half-days: no plan is of more days

COLUMNS = (
    Column("week", "week", "week"),
    Column("plan", "text"),
    *(
        column
        for part in PARTS
        for column in (
            Column(f"planned_{NAMES.get(part, part)}", "money", is_additive=True),
            Column(NAMES.get(part, part), "money", is_additive=True),
        )
    ),
    Column("planned_cost", "money", is_additive=True),
    Column("cost", "money", is_additive=True),
    Column("over_plan", "money", is_additive=True),
    Column("over_plan_share", "share"),
)


def planned_table(session: Session, facts: Facts) -> Table:
    """Plans whose visits are all over, by week. A scope that keeps a part of the firm has none: plans are of all."""
    scope, visits = facts.scope, facts.visits
    plans = _plans(session, facts)
    over = visits.groupby("plan")["is_done"].all()
    spent = visits.groupby("plan")[[*PARTS, "cost"]].sum()
    plans = plans[plans["key"].map(over).eq(True) & ~plans["key"].isin(_open_elsewhere(session, facts))]
    planned = {part: plans["parts"].map(lambda parts, name=name: parts.get(name, 0)) for part, name in PLANNED.items()}
    days = np.array([day.toordinal() for day in plans["first_day"]], dtype=np.int64)
    cents = {part: values.to_numpy(dtype=np.int64) for part, values in planned.items()}
    planned_cents = exchanged(session, scope.currency, cents, days)
    found = pd.DataFrame({"week": [_monday(day) for day in plans["first_day"]], "plan": plans["code"].to_numpy()})
    for part in PARTS:
        found[f"planned_{NAMES.get(part, part)}"] = planned_cents[part]
        found[NAMES.get(part, part)] = spent[part].reindex(plans["key"]).to_numpy(dtype=np.int64)
    found["planned_cost"] = sum((planned_cents[part] for part in PARTS), np.zeros(len(found), dtype=np.int64))
    found["cost"] = spent["cost"].reindex(plans["key"]).to_numpy(dtype=np.int64)
    found["over_plan"] = found["cost"] - found["planned_cost"]
    found["over_plan_share"] = share_of(found["over_plan"], found["planned_cost"])
    total = {column.key: known(found[column.key].sum()) for column in COLUMNS if column.is_additive}
    total["over_plan_share"] = known(share_of(total["over_plan"], total["planned_cost"])[()])
    frame = found[[column.key for column in COLUMNS]]
    return Table("planned", frame, COLUMNS, Chart("lines", "week", ("planned_cost", "cost"), most=160), total)


def _plans(session: Session, facts: Facts) -> pd.DataFrame:
    scope = facts.scope
    columns = ("key", "code", "first_day", "parts")
    if scope.only:
        return pd.DataFrame({name: [] for name in columns})
    query = (
        select(Plan.id, Plan.code, Plan.first_day, Plan.cost_parts)
        .where(Plan.status == "published", Plan.first_day.between(scope.first_day, scope.last_day))
        .order_by(Plan.first_day, Plan.id)
    )
    return pd.DataFrame([tuple(row) for row in session.execute(query)], columns=list(columns))


def _open_elsewhere(session: Session, facts: Facts) -> list[int]:
    """Keys of plans that have visits beyond the weeks that were read."""
    first, last = 2 * facts.scope.first_day.toordinal(), 2 * facts.scope.last_day.toordinal() + 1
    beside = Visit.first_slot.between(first - LONGEST, first - 1) | Visit.first_slot.between(last + 1, last + LONGEST)
    return list(session.scalars(select(Visit.plan_id).where(in_force(), beside).distinct()))


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())
