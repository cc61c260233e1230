"""Report "clients": what each client has booked, paid and got: for the review at the end of a quarter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from desktop.clock import Clock
from desktop.services.planning.reading import Source, reading
from desktop.services.reports.cost.cost_report import money_before, money_headlines, money_notes
from desktop.services.reports.cost.figures import (
    ADDED,
    COST,
    MAN_DAYS,
    MARGIN,
    MARGIN_SHARE,
    NAMES,
    REVENUE,
    TOLD,
    VISITS,
    done_visits,
    money_of_all,
    named,
    with_ratios,
)
from desktop.services.reports.cost.late_changes import read_changes
from desktop.services.reports.facts import Facts, dates_of, read_facts
from desktop.services.reports.making import known, make_report, share_of
from desktop.services.reports.report import Chart, Column, Headline, Report, Table
from desktop.services.reports.scope import Scope

OUTCOMES = ("pass", "fail", "pending", "aborted")
KEPT = ("on_site_target", "on_site_limit", "in_window", "report_in_day")
COUNTS = ("visits_passed", "visits_failed", "visits_pending", "visits_in_vain")
DAY_HOURS = 24.0
SAID = ("not_done", "without_price", "without_cost", "changes_of_no_part")
"""Notes of the cost report that concern this one, too."""

MONEY = (VISITS, MAN_DAYS, REVENUE, COST, MARGIN, MARGIN_SHARE, Column("price_per_man_day", "money"))
SERVICE = (
    *(Column(key, "share") for key in KEPT),
    *(Column(key, "count", is_additive=True) for key in COUNTS),
    Column("failed_share", "share"),
    Column("visits_moved", "count", is_additive=True),
)
COLUMNS = (*MONEY, *SERVICE)


def clients_report(source: Source, scope: Scope, clock: Clock) -> Report:
    """Every client of a scope, or one with its trend, services and factories.

    Raises:
        BadInputError: an amount cannot be told in the scope's currency, as no rate of its day is on record.
    """
    with reading(source) as session:
        facts = read_facts(session, scope)
        changes = read_changes(session, scope)
        told, done = _told(facts.visits), done_visits(facts)
        headlines = tuple(money_headlines(money_of_all(done), money_before(session, scope), scope))[:4]
        return make_report(
            "clients",
            source,
            scope,
            clock,
            headlines=(*headlines, *_kept(_figures(told, changes))),
            tables=tuple(_tables(facts, told, changes)),
            notes=[note for note in money_notes(facts, done) if note.key in SAID],
        )


def _tables(facts: Facts, told: pd.DataFrame, changes: pd.DataFrame) -> Iterator[Table]:
    total = _row(_figures(told, changes))
    clients = _largest(_figures(told, changes, "client"))
    yield Table(
        "clients",
        named(clients, "client", facts.clients),
        (Column("client", "text", "client"), Column("client_name", "text"), *COLUMNS),
        Chart("bars", "client", ("revenue",), most=20),
        total,
        "visits_done",
    )
    yield Table(
        "client_weeks",
        _figures(told, changes, "week"),
        (Column("week", "week", "week"), *COLUMNS),
        Chart("lines", "week", ("on_site_target", "on_site_limit"), most=160),
        total,
        "visits_done",
    )
    yield Table(
        "client_services",
        _largest(_figures(told, changes, "service")),
        (Column("service", "text", "service"), *COLUMNS),
        Chart("bars", "service", ("revenue",)),
        total,
        "visits_done",
    )
    yield Table(
        "client_factories",
        named(_largest(_figures(told, changes, "factory")), "factory", facts.factories),
        (Column("factory", "text", "factory"), Column("factory_name", "text"), *COLUMNS),
        Chart("bars", "factory", ("failed_share",), most=20),
        total,
        "visits_done",
    )


def _told(visits: pd.DataFrame) -> pd.DataFrame:
    """Visits in force with 1 or 0 for what is counted of them; NaN where there is nothing to count."""
    visits = visits[[*TOLD, "is_done"]]
    hours = visits["report_hours"].to_numpy()
    outcomes = {name: (visits["outcome"] == word).astype("int8") for name, word in zip(COUNTS, OUTCOMES, strict=True)}
    return visits.assign(
        everything=np.int8(0),
        on_site_target=visits["in_target"],
        on_site_limit=visits["in_limit"],
        report_in_day=np.where(np.isnan(hours), np.nan, hours <= DAY_HOURS),
        **outcomes,
    )


def _figures(told: pd.DataFrame, changes: pd.DataFrame, by: str = "everything") -> pd.DataFrame:
    """Every figure of COLUMNS by one dimension, or in one row; a row where anything is done, promised or moved.

    Money and results are of visits done, promises of all visits in force, as the report of service tells them.
    """
    groups = told[told["is_done"].to_numpy()].groupby(by, observed=True, sort=True)
    kept = told.groupby(by, observed=True, sort=True)[list(KEPT)].mean().dropna(how="all")
    moved = changes.assign(everything=0).groupby(by).size().rename("visits_moved")
    parts = (groups.size().rename("visits_done"), groups[[*ADDED, *COUNTS]].sum(), kept)
    found = pd.concat([*(_plain(part, by) for part in parts), _plain(moved, "" if by == "week" else by)], axis=1)
    added = ["visits_done", *ADDED, *COUNTS, "visits_moved"]
    whole = {name: "int64" for name in added if name != "man_days"}
    found[added] = found[added].fillna(0)
    found = with_ratios(found.astype(whole).sort_index().rename(columns=NAMES))
    found["failed_share"] = share_of(found["visits_failed"], found["visits_passed"] + found["visits_failed"])
    return found.rename_axis(by).reset_index()[[by, *(column.key for column in COLUMNS)]]


def _plain(part: Any, by: str) -> Any:  # noqa: ANN401 - a frame or a column of one
    """Sums by plain values: weeks as dates, texts as texts."""
    if by == "week":
        return part.set_axis(pd.Index(dates_of(part.index), dtype=object))
    return part.set_axis(part.index.astype(object))


def _kept(total: pd.DataFrame) -> Iterator[Headline]:
    for key in KEPT[:2]:
        yield Headline(key, "share", _row(total).get(key))


def _row(total: pd.DataFrame) -> Mapping[str, Any]:
    """The one row of a frame; {} of none."""
    return {name: known(total[name].iloc[0]) for name in total.columns} if len(total) else {}


def _largest(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values("revenue", ascending=False, kind="stable", ignore_index=True)
