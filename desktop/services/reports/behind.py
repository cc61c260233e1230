"""The list behind a figure: what a cell is made of, row by row; its sums are the figures of the cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from desktop.clock import Clock
from desktop.errors import NotFoundError
from desktop.models.halfday import date_of
from desktop.services.planning.reading import Source, reading
from desktop.services.reports.actions_behind import actions_table
from desktop.services.reports.capacity.behind import of_people_alone, people_at_home
from desktop.services.reports.cost.figures import NAMES, OF_PEOPLE, done_visits, money_by, money_of_all
from desktop.services.reports.cost.late_changes import read_changes
from desktop.services.reports.cost.urgency import is_urgent
from desktop.services.reports.facts import PARTS, Facts, read_facts
from desktop.services.reports.making import known, make_report
from desktop.services.reports.report import Column, Note, Report, Table
from desktop.services.reports.requests_behind import requests_table
from desktop.services.reports.scope import Scope
from desktop.services.reports.weeks import Array

MOST_ROWS = 20_000

VISIT_COLUMNS = (
    Column("request", "text"),
    Column("first_day", "date"),
    Column("service", "text", "service"),
    Column("client", "text", "client"),
    Column("client_name", "text"),
    Column("factory", "text", "factory"),
    Column("factory_name", "text"),
    Column("region", "text", "region"),
    Column("inspectors", "text"),
    Column("outcome", "word", "outcome"),
)
ADDED = ("man_days", *PARTS, "cost", "revenue", "nights")
SUMS = (
    Column("work", "money", is_additive=True),
    Column("premium", "money", is_additive=True),
    Column("travel", "money", is_additive=True),
    Column("night_cost", "money", is_additive=True),
    Column("cost", "money", is_additive=True),
    Column("revenue", "money", is_additive=True),
    Column("margin", "money", is_additive=True),
    Column("nights", "nights", is_additive=True),
)
CHANGE_COLUMNS = (
    Column("request", "text"),
    Column("day", "date"),
    Column("new_day", "date"),
    Column("change_kind", "word"),
    Column("change_cause", "word"),
    Column("service", "text", "service"),
    Column("client", "text", "client"),
    Column("factory", "text", "factory"),
    Column("region", "text", "region"),
    Column("change_penalty", "money", is_additive=True),
)


def behind(source: Source, kind: str, scope: Scope, clock: Clock, most: int | None = MOST_ROWS) -> Report:
    """The list behind a row of a table.

    Args:
        source: where it is read.
        kind: what the table says is behind it.
        scope: the report's, narrowed by what the row names.
        clock: tells when it was made.
        most: rows given at most, with a note of how many more there are; None: all. Totals are of all.

    Raises:
        NotFoundError: no table has a list of that kind.
        BadInputError: an amount cannot be told in the scope's currency, as no rate of its day is on record.
    """
    make = LISTS.get(kind)
    if make is None:
        raise NotFoundError(f"There is no list of {kind!r}.", f"Known are: {', '.join(LISTS)}.")
    with reading(source) as session:
        table = make(session, scope, clock)
        shown, notes = _capped(table, most)
        return make_report(f"behind_{kind}", source, scope, clock, tables=(shown,), notes=notes)


def visits_table(session: Session, scope: Scope, _clock: Clock) -> Table:
    """Every visit in force of a scope, the earliest first; costs are on record of those done."""
    facts = read_facts(session, scope)
    return _visits(facts, np.ones(len(facts.visits), dtype=bool), "man_days")


def done_table(session: Session, scope: Scope, _clock: Clock) -> Table:
    """Every visit done."""
    facts = read_facts(session, scope)
    return _visits(facts, facts.visits["is_done"].to_numpy(), "man_days_sold")


def urgent_table(session: Session, scope: Scope, _clock: Clock) -> Table:
    """Every visit done within 48 hours of its booking."""
    facts = read_facts(session, scope)
    return _visits(facts, (facts.visits["is_done"] & is_urgent(facts.visits)).to_numpy(), "man_days_urgent")


def people_table(session: Session, scope: Scope, _clock: Clock) -> Table:
    """Who made the visits done, and what each of them had of it."""
    facts = read_facts(session, scope)
    is_done = facts.visits["is_done"].to_numpy()[facts.crew["row"].to_numpy()]
    found = money_by(facts.crew[is_done], ["team", "person"]).astype({"team": str, "person": str})
    found["person_name"] = facts.people["name"].reindex(found["person"]).to_numpy()
    columns = (
        Column("person", "text", "person"),
        Column("person_name", "text"),
        Column("team", "text", "team"),
        *OF_PEOPLE,
    )
    total = money_of_all(done_visits(facts))
    return Table("behind_people", found[[column.key for column in columns]], columns, None, total, "visits_done")


def joined_table(session: Session, scope: Scope, clock: Clock) -> Table:
    """Every visit in force of some people, wherever it was: places and abilities are those of the people."""
    return visits_table(session, of_people_alone(scope), clock)


def changes_list(session: Session, scope: Scope, _clock: Clock) -> Table:
    """Every announcement that was replaced or taken back."""
    changes = read_changes(session, scope).rename(columns={"code": "request"})
    frame = changes[[column.key for column in CHANGE_COLUMNS]]
    total = {"change_penalty": known(frame["change_penalty"].sum()) if len(frame) else 0}
    return Table("behind_changes", frame, CHANGE_COLUMNS, None, total)


LISTS: Mapping[str, Callable[[Session, Scope, Clock], Table]] = {
    "visits": visits_table,
    "visits_done": done_table,
    "visits_urgent": urgent_table,
    "visits_joined": joined_table,
    "people": people_table,
    "people_home": people_at_home,
    "requests": requests_table,
    "actions": actions_table,
    "changes": changes_list,
}
"""What makes the list of each kind that a table may name."""


def _visits(facts: Facts, is_shown: Array, man_days: str) -> Table:
    visits = facts.visits[is_shown]
    found = pd.DataFrame(
        {
            "request": visits["code"].to_numpy(),
            "first_day": _days(visits["first_slot"].to_numpy()),
            "service": visits["service"].astype(str).to_numpy(),
            "client": visits["client"].astype(str).to_numpy(),
            "client_name": _names(visits["client"], facts.clients),
            "factory": visits["factory"].astype(str).to_numpy(),
            "factory_name": _names(visits["factory"], facts.factories),
            "region": visits["region"].astype(str).to_numpy(),
            "inspectors": _crews(facts, is_shown),
            "outcome": visits["outcome"].astype(object).to_numpy(),
            man_days: visits["man_days"].to_numpy(),
        }
        | {NAMES.get(name, name): visits[name].to_numpy() for name in ADDED[1:]}
    )
    found["margin"] = found["revenue"] - found["cost"]
    found["outcome"] = found["outcome"].where(found["outcome"] != "", None)
    columns = (*VISIT_COLUMNS, Column(man_days, "man_days", is_additive=True), *SUMS)
    total = {column.key: known(found[column.key].sum()) for column in columns if column.is_additive}
    return Table("behind_visits", found[[column.key for column in columns]], columns, None, total)


def _crews(facts: Facts, is_shown: Array) -> list[str]:
    """The names of the people of each visit that is shown."""
    rows, people = facts.crew["row"].to_numpy(), facts.crew["person"]
    is_member = is_shown[rows]
    names = _names(people[is_member], facts.people)
    crews: dict[int, str] = {}
    for row, name in zip(rows[is_member].tolist(), names, strict=True):
        crews[row] = f"{crews[row]}, {name}" if row in crews else name
    return [crews.get(row, "") for row in np.flatnonzero(is_shown).tolist()]


def _names(codes: pd.Series, named: pd.DataFrame) -> list[str]:
    """The names of codes, which the frame has all of in the order of the categories."""
    names = named["name"].tolist()
    return [names[number] for number in codes.cat.codes.tolist()]


def _days(slots: Array) -> list[dt.date]:
    known_days = {slot: date_of(slot) for slot in np.unique(slots).tolist()}
    return [known_days[slot] for slot in slots.tolist()]


def _capped(table: Table, most: int | None) -> tuple[Table, tuple[Note, ...]]:
    if most is None or len(table.frame) <= most:
        return table, ()
    shown = Table(
        table.name, table.frame.head(most), table.columns, None, table.total, table.behind, table.notes, table.source
    )  # fmt: skip
    return shown, (Note("more_rows", {"number": len(table.frame) - most}),)
