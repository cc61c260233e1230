"""The lists behind capacity and people: who lives there and can do it, and what they joined."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from sqlalchemy.orm import Session

from desktop.clock import Clock
from desktop.services.reports.capacity.asked import OF_RESULTS, read_open
from desktop.services.reports.capacity.on_hand import OF_PEOPLE, PLACES, read_on_hand
from desktop.services.reports.capacity.worked import OF_VISITS, read_worked
from desktop.services.reports.making import known, share_of
from desktop.services.reports.report import Column, Table
from desktop.services.reports.scope import Scope

COLUMNS = (
    Column("person", "text", "person"),
    Column("person_name", "text"),
    Column("team", "text", "team"),
    Column("pay", "word", "pay"),
    Column("region", "text"),
    Column("city", "text"),
    Column("skills", "text"),
    Column("on_hand", "man_days", is_additive=True),
    Column("man_days", "man_days", is_additive=True),
    Column("utilisation", "share"),
    Column("nights", "nights", is_additive=True),
)
STATES = {"drafted": "drafted", "open": "waiting"}


def people_at_home(session: Session, scope: Scope, _clock: Clock) -> Table:
    """The people who live in a scope's places and can do what it keeps, with what they can work and what they did."""
    people, _ = read_worked(session, scope)
    frame = people.rename(columns={"name": "person_name"}).sort_values(["region", "city", "person"])
    total: dict[str, object] = {column.key: known(frame[column.key].sum()) for column in COLUMNS if column.is_additive}
    total["utilisation"] = known(share_of(total["man_days"], total["on_hand"]).item())
    keys = [column.key for column in COLUMNS]
    return Table("behind_people_home", frame[keys].reset_index(drop=True), COLUMNS, None, total, "visits_joined")


def of_people_alone(scope: Scope) -> Scope:
    """A scope of people's homes as one of their visits, wherever these were."""
    return replace(scope, only=tuple(entry for entry in scope.only if entry[0] in (*OF_PEOPLE, *OF_VISITS)))


def of_demand_alone(session: Session, scope: Scope) -> Scope:
    """A scope of capacity as one of what is asked for: of people it keeps the places where they live."""
    only = {name: values for name, values in scope.only if name not in (*OF_PEOPLE, *OF_RESULTS)}
    if any(scope.kept(name) is not None for name in OF_PEOPLE):
        people = read_on_hand(session, scope).people
        for name in ("country", "region") if scope.kept("city") is None else PLACES:
            homes = frozenset(people[name])
            only[name] = only.get(name, homes) & homes
    return replace(scope, only=tuple(sorted(only.items())))


def requests_without_visit(session: Session, scope: Scope, clock: Clock) -> pd.DataFrame:
    """Requests that weeks are asked for and that nothing in force has a place for.

    A row each: `request`, `request_state` ("drafted", "waiting"), `first_day` (of the draft, else the day that puts it
    into its week), `service`, `skill`, `client`, `factory`, `region` and `man_days`.
    """
    rows, _, _ = read_open(session, scope, clock)
    names = ["request", "request_state", "first_day", "service", "skill", "client", "factory", "region", "man_days"]
    if rows.empty:
        return pd.DataFrame(columns=names)
    return rows.assign(request_state=rows["kind"].map(STATES), first_day=rows["day"])[names]
