"""Money and man-days of visits done: the columns, and the sums of facts that fill them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from desktop.services.reports.facts import PARTS, Facts, dates_of
from desktop.services.reports.making import cents_of_one, known, share_of, summed
from desktop.services.reports.report import Column

ADDED = ("man_days", *PARTS, "cost", "revenue", "nights")
TOLD = (
    *ADDED, "week", "country", "region", "service", "client", "factory", "outcome", "in_target", "in_limit",
    "in_window", "report_hours", "requested_hours", "is_priced",
)  # fmt: skip
"""Columns of a visit that these reports look at."""
NAMES = {"man_days": "man_days_sold", "night": "night_cost"}

VISITS = Column("visits_done", "count", is_additive=True)
MAN_DAYS = Column("man_days_sold", "man_days", is_additive=True)
REVENUE = Column("revenue", "money", is_additive=True)
COST = Column("cost", "money", is_additive=True)
PART_COLUMNS = tuple(Column(NAMES.get(name, name), "money", is_additive=True) for name in PARTS)
NIGHTS = Column("nights", "nights", is_additive=True)
MARGIN = Column("margin", "money", is_additive=True)
OF_ONE = (Column("cost_per_man_day", "money"), Column("price_per_man_day", "money"))
MARGIN_SHARE = Column("margin_share", "share")
TRAVEL_SHARE = Column("travel_share", "share")
MONEY_COLUMNS = (
    VISITS, MAN_DAYS, *PART_COLUMNS, COST, REVENUE, MARGIN, *OF_ONE, Column("cost_per_visit", "money"), MARGIN_SHARE,
    TRAVEL_SHARE, NIGHTS,
)  # fmt: skip
"""What is told of every part of the firm."""
OF_PEOPLE = (replace(VISITS, is_additive=False), *MONEY_COLUMNS[1:])
"""The same where several people share a visit, which each of them has made."""


def done_visits(facts: Facts) -> pd.DataFrame:
    """The visits of which costs are on record."""
    return facts.visits[list(TOLD)][facts.visits["is_done"].to_numpy()]


def money_by(frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Every figure of MONEY_COLUMNS by what is common to the rows of visits or crews; weeks as dates."""
    found = with_ratios(summed(frame, by, ADDED, "visits_done").rename(columns=NAMES))
    if "week" in by:
        found["week"] = dates_of(found["week"])
    return found


def money_of_all(frame: pd.DataFrame) -> Mapping[str, Any]:
    """The same of all rows together."""
    sums = {NAMES.get(name, name): [frame[name].sum()] for name in ADDED}
    row = with_ratios(pd.DataFrame({"visits_done": [len(frame)]} | sums))
    return {name: known(row[name].iloc[0]) for name in row.columns}


def with_ratios(sums: pd.DataFrame) -> pd.DataFrame:
    """Sums with what follows from them: margin, prices of one, shares."""
    return sums.assign(
        margin=sums["revenue"] - sums["cost"],
        cost_per_man_day=cents_of_one(sums["cost"], sums["man_days_sold"]),
        price_per_man_day=cents_of_one(sums["revenue"], sums["man_days_sold"]),
        cost_per_visit=cents_of_one(sums["cost"], sums["visits_done"]),
        margin_share=share_of(sums["revenue"] - sums["cost"], sums["revenue"]),
        travel_share=share_of(sums["travel"], sums["cost"]),
    )


def named(frame: pd.DataFrame, code: str, names: pd.DataFrame) -> pd.DataFrame:
    """Rows with the names of their codes, in a column beside them."""
    found = frame.assign(**{f"{code}_name": names["name"].reindex(frame[code].astype(str)).to_numpy()})
    return found.assign(**{code: frame[code].astype(str)})
