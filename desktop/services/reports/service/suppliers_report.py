"""Report "suppliers": what was found at whose factory, of which goods, and how sure that is after so few visits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from desktop.clock import Clock
from desktop.services.planning.reading import Source, reading
from desktop.services.reports.facts import SEVERITIES, Facts, dates_of, read_facts
from desktop.services.reports.making import known, make_report, share_of
from desktop.services.reports.report import Chart, Column, Headline, Note, Report, Table
from desktop.services.reports.scope import Scope
from desktop.services.reports.service.actions import read_actions
from desktop.services.reports.service.promises import percent
from desktop.services.reports.weeks import Array

SURE = 1.959964
"""Standard deviations on either side: 95 of 100 such intervals hold the true share."""

OUTCOMES = {"visits_passed": "pass", "visits_failed": "fail", "visits_pending": "pending", "visits_in_vain": "aborted"}
FOUND = tuple(f"{name}_found" for name in SEVERITIES)
ADDED = ("visits_done", *OUTCOMES, "drawn", *FOUND, "actions_open", "actions_overdue")
BY = ("week", "factory", "product", "service", "region")

COLUMNS = (
    Column("visits_done", "count", is_additive=True),
    *(Column(name, "count", is_additive=True) for name in OUTCOMES),
    Column("failed_share", "share"),
    Column("failed_low", "share"),
    Column("failed_high", "share"),
    Column("drawn", "count", is_additive=True),
    *(Column(name, "count", is_additive=True) for name in FOUND),
    *(Column(f"{name}_rate", "share") for name in SEVERITIES),
    Column("actions_open", "count", is_additive=True),
    Column("actions_overdue", "count", is_additive=True),
)


def suppliers_report(source: Source, scope: Scope, clock: Clock) -> Report:
    """The factories and products of a scope's visits, the worst of which most is sure first."""
    with reading(source) as session:
        facts = read_facts(session, scope)
        actions = read_actions(session, facts, clock.now())
        rows = results(facts, actions)
        total = {column.key: value for column, value in zip(COLUMNS, _all(rows), strict=True)}
        return make_report(
            "suppliers",
            source,
            scope,
            clock,
            headlines=tuple(_headlines(rows, total)),
            tables=(
                _table("suppliers", rows, "factory", total, facts),
                _table("products", rows, "product", total, facts),
                _table("supplier_regions", rows, "region", total, facts),
                _table("supplier_services", rows, "service", total, facts),
                _weeks(rows, total),
            ),
            notes=(Note("interval"),),
        )


def results(facts: Facts, actions: pd.DataFrame) -> pd.DataFrame:
    """Every visit done with what it adds to each figure of ADDED; `actions` as `read_actions` gives them."""
    visits = facts.visits
    found: dict[str, Any] = {"visits_done": np.ones(len(visits), dtype=np.int64)}
    for name, outcome in OUTCOMES.items():
        found[name] = (visits["outcome"] == outcome).to_numpy().astype(np.int64)
    found["drawn"] = visits["drawn"].to_numpy().astype(np.int64)
    for severity, name in zip(SEVERITIES, FOUND, strict=True):
        found[name] = visits[severity].to_numpy().astype(np.int64)
    sums = actions.groupby("visit")[["actions_open", "actions_overdue"]].sum()
    at = pd.Index(visits["visit"]).get_indexer(sums.index)
    for name in sums.columns:
        found[name] = np.zeros(len(visits), dtype=np.int64)
        found[name][at] = sums[name].to_numpy()
    return visits[list(BY)].assign(**found)[visits["is_done"].to_numpy()]


def wilson(part: Any, whole: Any) -> tuple[Array, Array]:  # noqa: ANN401 - columns or numbers
    """Between which shares the true one lies, by Wilson's score interval; NaN where the whole is nothing."""
    number = np.asarray(whole, dtype=np.float64)
    share = share_of(part, whole)
    with np.errstate(divide="ignore", invalid="ignore"):
        squared = SURE**2 / number
        middle = (share + squared / 2) / (1 + squared)
        half = np.sqrt(share * (1 - share) * squared + squared**2 / 4) / (1 + squared)
    return np.maximum(0.0, middle - half), np.minimum(1.0, middle + half)


def with_rates(sums: pd.DataFrame) -> pd.DataFrame:
    """Sums of ADDED with what follows from them: the share that failed, its interval, defects of pieces drawn."""
    judged = sums["visits_passed"] + sums["visits_failed"]
    low, high = wilson(sums["visits_failed"], judged)
    found = sums.assign(failed_share=share_of(sums["visits_failed"], judged), failed_low=low, failed_high=high)
    rates = {f"{name}_rate": share_of(sums[f"{name}_found"], sums["drawn"]) for name in SEVERITIES}
    return found.assign(**rates)


def _all(rows: pd.DataFrame) -> Iterator[Any]:
    found = with_rates(pd.DataFrame({name: [rows[name].sum()] for name in ADDED}))
    return (known(found[column.key].iloc[0]) for column in COLUMNS)


def _by(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    return with_rates(rows.groupby(by, observed=True, sort=True)[list(ADDED)].sum().reset_index())


def _table(name: str, rows: pd.DataFrame, by: str, total: Mapping[str, Any], facts: Facts) -> Table:
    """By one dimension, those first of which it is surest that much fails; names of factories beside their codes."""
    frame = _by(rows, by).sort_values(["failed_low", "visits_done"], ascending=False, kind="stable", ignore_index=True)
    frame[by] = frame[by].astype(str)
    columns: Sequence[Column] = (Column(by, "text", by),)
    if by == "factory":
        frame["factory_name"] = facts.factories["name"].reindex(frame[by]).to_numpy()
        frame["region"] = facts.factories["region"].reindex(frame[by]).to_numpy()
        columns = (*columns, Column("factory_name", "text"), Column("region", "text", "region"))
    columns = (*columns, *COLUMNS)
    chart = Chart("pairs", by, ("failed_low", "failed_high"), most=20)
    return Table(name, frame[[column.key for column in columns]], tuple(columns), chart, total, "visits_done")


def _weeks(rows: pd.DataFrame, total: Mapping[str, Any]) -> Table:
    frame = _by(rows, "week")
    frame["week"] = dates_of(frame["week"])
    columns = (Column("week", "week", "week"), *COLUMNS)
    chart = Chart("lines", "week", ("failed_share", "major_rate", "minor_rate"))
    return Table("supplier_weeks", frame[[column.key for column in columns]], columns, chart, total, "visits_done")


def _headlines(rows: pd.DataFrame, total: Mapping[str, Any]) -> Iterator[Headline]:
    yield Headline(
        "factories_visited", "count", int(rows["factory"].nunique()), Note("of_visits", {"number": len(rows)})
    )
    span = None
    if total["failed_share"] is not None:
        span = Note("between", {"low": percent(total["failed_low"]), "high": percent(total["failed_high"])})
    yield Headline("failed_share", "share", total["failed_share"], span)
    for severity in SEVERITIES[:2]:
        aside = Note("found_in", {"number": total[f"{severity}_found"], "drawn": total["drawn"]})
        yield Headline(f"{severity}_rate", "share", total[f"{severity}_rate"], aside)
    yield Headline("visits_pending", "count", total["visits_pending"])
    overdue = total["actions_overdue"]
    aside = Note("open_actions", {"number": total["actions_open"]})
    yield Headline("actions_overdue", "count", overdue, aside, "warn" if overdue else "plain")
