"""Tables of cost, price and margin by what a scope can be narrowed by."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from desktop.services.reports.cost.figures import (
    ADDED,
    MONEY_COLUMNS,
    OF_PEOPLE,
    PART_COLUMNS,
    money_by,
    money_of_all,
    named,
)
from desktop.services.reports.facts import Facts
from desktop.services.reports.report import Chart, Column, Table

WEEK = Column("week", "week", "week")
COUNTRY = Column("country", "text", "country")
REGION = Column("region", "text", "region")
SERVICE = Column("service", "text", "service")
CLIENT = Column("client", "text", "client")
FACTORY = Column("factory", "text", "factory")
PERSON = Column("person", "text", "person")

OF_ONE = ("cost_per_man_day", "price_per_man_day")
BEHIND = "visits_done"


def money_tables(facts: Facts, visits: pd.DataFrame) -> Iterator[Table]:
    """One table a dimension, the trend by week first; `visits`: those done."""
    total = money_of_all(visits)
    parts = tuple(column.key for column in PART_COLUMNS)
    weeks = money_by(visits, ["week"])
    yield Table("cost_weeks", weeks, (WEEK, *MONEY_COLUMNS), Chart("stack", "week", parts, most=160), total, BEHIND)
    yield Table(
        "cost_regions",
        _largest(money_by(visits, ["country", "region"])),
        (COUNTRY, REGION, *MONEY_COLUMNS),
        Chart("pairs", "region", OF_ONE, most=16),
        total,
        BEHIND,
    )
    yield Table(
        "cost_services",
        _largest(money_by(visits, ["service"])),
        (SERVICE, *MONEY_COLUMNS),
        Chart("pairs", "service", OF_ONE),
        total,
        BEHIND,
    )
    clients = named(_largest(money_by(visits, ["client"])), "client", facts.clients)
    yield Table(
        "cost_clients",
        clients,
        (CLIENT, Column("client_name", "text"), *MONEY_COLUMNS),
        Chart("pairs", "client", OF_ONE, most=20),
        total,
        BEHIND,
    )
    factories = named(_largest(money_by(visits, ["region", "factory"])), "factory", facts.factories)
    yield Table(
        "cost_factories",
        factories,
        (FACTORY, Column("factory_name", "text"), REGION, *MONEY_COLUMNS),
        Chart("pairs", "factory", OF_ONE, most=20),
        total,
        BEHIND,
    )
    is_done = facts.visits["is_done"].to_numpy()[facts.crew["row"].to_numpy()]
    crew = facts.crew[["team", "person", *ADDED]][is_done]
    people = named(_largest(money_by(crew, ["team", "person"])), "person", facts.people)
    yield Table(
        "cost_people",
        people,
        (PERSON, Column("person_name", "text"), Column("team", "text", "team"), *OF_PEOPLE),
        Chart("pairs", "person", OF_ONE, most=20),
        total,
        BEHIND,
    )


def _largest(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows by man-days, the most first."""
    return frame.sort_values("man_days_sold", ascending=False, kind="stable", ignore_index=True)
