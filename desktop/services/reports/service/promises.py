"""What was promised and kept: on site in time, inside the production window, the report in a day; counts and shares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Visit, VisitResult
from desktop.services.reports.facts import Facts, dates_of
from desktop.services.reports.making import known, share_of
from desktop.services.reports.report import Chart, Column, Table
from desktop.services.reports.weeks import in_force

GOAL = 0.95
"""The share of promises that the house wants to keep, every one of them."""

REPORT_HOURS = 24.0

PROMISES: Mapping[str, tuple[str, str]] = {
    "on_site_target": ("promised", "target_kept"),
    "on_site_limit": ("promised", "limit_kept"),
    "in_window": ("window_told", "window_kept"),
    "report_in_day": ("reports_told", "report_kept"),
}
"""By the key of a share the counts behind it: of what, and how many of them were kept."""

COUNTS = ("visits", *dict.fromkeys(key for counts in PROMISES.values() for key in counts), "visits_in_vain")
COLUMNS = (
    Column("visits", "count", is_additive=True),
    Column("promised", "count", is_additive=True),
    Column("target_kept", "count", is_additive=True),
    Column("on_site_target", "share"),
    Column("limit_kept", "count", is_additive=True),
    Column("on_site_limit", "share"),
    Column("window_told", "count", is_additive=True),
    Column("window_kept", "count", is_additive=True),
    Column("in_window", "share"),
    Column("reports_told", "count", is_additive=True),
    Column("report_kept", "count", is_additive=True),
    Column("report_in_day", "share"),
    Column("visits_in_vain", "count", is_additive=True),
)


def percent(share: float) -> str:
    """A share in a sentence: "95.9 %"."""
    return f"{100 * share:.1f} %"


def told(facts: Facts) -> pd.DataFrame:
    """Every visit in force with 1 or 0 for each of COUNTS, and what it is grouped by."""
    visits = facts.visits
    hours = visits["report_hours"].to_numpy()
    shares = {
        "on_site_target": visits["in_target"].to_numpy(),
        "on_site_limit": visits["in_limit"].to_numpy(),
        "in_window": visits["in_window"].to_numpy(),
        "report_in_day": np.where(np.isnan(hours), np.nan, hours <= REPORT_HOURS),
    }
    found: dict[str, Any] = {"visits": np.ones(len(visits), dtype=np.int64)}
    for key, (of, kept) in PROMISES.items():
        is_told = np.isfinite(shares[key])
        found[of] = is_told.astype(np.int64)
        found[kept] = (is_told & (shares[key] > 0)).astype(np.int64)
    found["visits_in_vain"] = (visits["outcome"] == "aborted").to_numpy().astype(np.int64)
    return visits[["week", "region", "client", "service", "country"]].assign(**found)


def count_owed(session: Session, facts: Facts, now: dt.datetime) -> int:
    """How many of the visits ended more than REPORT_HOURS ago without a report by now: no share of reports has them."""
    scope = facts.scope
    began = Visit.first_slot.between(2 * scope.first_day.toordinal(), 2 * scope.last_day.toordinal() + 1)
    query = (
        select(Visit.id)
        .join(VisitResult, VisitResult.visit_id == Visit.id)
        .where(in_force(), began, VisitResult.report_sent_at.is_(None))
        .where(VisitResult.finished_at < now - dt.timedelta(hours=REPORT_HOURS))
    )
    return int(facts.visits["visit"].isin(session.scalars(query).all()).sum())


def kept_by(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Counts and shares by one dimension, in its order; weeks as dates."""
    found = with_shares(rows.groupby(by, observed=True, sort=True)[list(COUNTS)].sum().reset_index())
    found[by] = dates_of(found[by]) if by == "week" else found[by].astype(str)
    return found[[by, *(column.key for column in COLUMNS)]]


def kept_of_all(rows: pd.DataFrame) -> Mapping[str, Any]:
    """The same of everything together."""
    found = with_shares(pd.DataFrame({key: [rows[key].sum()] for key in COUNTS}))
    return {column.key: known(found[column.key].iloc[0]) for column in COLUMNS}


def with_shares(counts: pd.DataFrame) -> pd.DataFrame:
    """Counts with the share of each promise that was kept."""
    return counts.assign(**{key: share_of(counts[kept], counts[of]) for key, (of, kept) in PROMISES.items()})


def week_tables(rows: pd.DataFrame, total: Mapping[str, Any]) -> Sequence[Table]:
    """Week by week: on site within the limit against the goal, and all promises as lines."""
    weeks = kept_by(rows, "week")
    on_site = ("week", "visits", "promised", "target_kept", "on_site_target", "limit_kept", "on_site_limit")
    return (
        _picked("on_site", weeks, on_site, Chart("bars", "week", ("on_site_limit",), goal=GOAL), total),
        Table(
            "promises",
            weeks,
            (Column("week", "week", "week"), *COLUMNS),
            Chart("lines", "week", tuple(PROMISES), goal=GOAL),
            total,
            "visits",
        ),
    )


def part_tables(rows: pd.DataFrame, total: Mapping[str, Any], names: Mapping[str, pd.Series]) -> Sequence[Table]:
    """The same by client, region and service, those with the most visits first; `names`: of codes, by dimension."""
    return tuple(_part(rows, by, total, names.get(by)) for by in ("client", "region", "service"))


def _part(rows: pd.DataFrame, by: str, total: Mapping[str, Any], names: pd.Series | None) -> Table:
    frame = kept_by(rows, by).sort_values("visits", ascending=False, kind="stable", ignore_index=True)
    columns: tuple[Column, ...] = (Column(by, "text", by),)
    if names is not None:
        columns += (Column(f"{by}_name", "text"),)
        frame[f"{by}_name"] = names.reindex(frame[by]).to_numpy()
    columns += COLUMNS
    chart = Chart("pairs", by, ("on_site_target", "on_site_limit"), most=20)
    return Table(f"service_{by}s", frame[[column.key for column in columns]], columns, chart, total, "visits")


def _picked(name: str, frame: pd.DataFrame, keys: Sequence[str], chart: Chart, total: Mapping[str, Any]) -> Table:
    columns = [Column("week", "week", "week"), *COLUMNS]
    picked = tuple(column for column in columns if column.key in keys)
    return Table(
        name,
        frame[[column.key for column in picked]],
        picked,
        chart,
        {key: value for key, value in total.items() if key in keys},
        "visits",
    )
