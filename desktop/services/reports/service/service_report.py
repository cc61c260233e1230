"""Report "service": which promises were kept; what was moved, came to nothing, was left out; actions about defects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.clock import Clock
from desktop.models import CalendarDay
from desktop.services.planning.reading import Source, reading
from desktop.services.reports.cost.late_changes import KEPT_BY, read_changes
from desktop.services.reports.facts import Facts, read_facts
from desktop.services.reports.making import make_report
from desktop.services.reports.report import Headline, Note, Report, Tone
from desktop.services.reports.scope import Scope
from desktop.services.reports.service.actions import actions_table, clients_table, read_actions
from desktop.services.reports.service.moved import moved_weeks_table, notice_table, vain_table
from desktop.services.reports.service.promises import (
    GOAL,
    PROMISES,
    count_owed,
    kept_of_all,
    part_tables,
    percent,
    told,
    week_tables,
)
from desktop.services.reports.service.unserved import read_unserved, unserved_list, unserved_table

FEWEST = 20
"""Promises of a week that has so few of them say little: such a week is not called the worst where others have more."""


def service_report(source: Source, scope: Scope, clock: Clock) -> Report:
    """How the house kept its word in a scope's weeks.

    Raises:
        BadInputError: an amount cannot be told in the scope's currency, as no rate of its day is on record.
    """
    with reading(source) as session:
        facts = read_facts(session, scope)
        changes = read_changes(session, scope)
        left = read_unserved(session, scope)
        actions = read_actions(session, facts, clock.now())
        rows = told(facts)
        total = kept_of_all(rows)
        on_site, promises = week_tables(rows, total)
        waiting = actions_table(actions)
        return make_report(
            "service",
            source,
            scope,
            clock,
            headlines=tuple(_headlines(total, len(changes), len(left), waiting.total)),
            tables=(
                replace(on_site, notes=tuple(_worst(session, facts, on_site.frame))),
                promises,
                *part_tables(rows, total, {"client": facts.clients["name"]}),
                moved_weeks_table(changes),
                notice_table(changes),
                vain_table(facts),
                waiting,
                clients_table(actions, facts),
                unserved_table(left),
                unserved_list(left),
            ),
            notes=tuple(_notes(facts, total, count_owed(session, facts, clock.now()))),
        )


def _headlines(total: Mapping[str, Any], moved: int, left: int, actions: Mapping[str, Any]) -> Iterator[Headline]:
    for key, (of, kept) in PROMISES.items():
        share, missed = total[key], total[of] - total[kept]
        aside = None if share is None else Note("missed_of", {"missed": missed, "number": total[of]})
        yield Headline(key, "share", share, aside, _tone(share))
    share = Note("share_of_visits", {"share": percent(moved / total["visits"])}) if total["visits"] else None
    yield Headline("visits_moved", "count", moved, share)
    yield Headline("visits_in_vain", "count", total["visits_in_vain"])
    yield Headline("requests_unserved", "count", left)
    overdue = actions["actions_overdue"]
    aside = Note("open_actions", {"number": actions["actions_open"]})
    yield Headline("actions_overdue", "count", overdue, aside, "warn" if overdue else "plain")


def _tone(share: float | None) -> Tone:
    if share is None:
        return "plain"
    return "ok" if share >= GOAL else "warn"


def _notes(facts: Facts, total: Mapping[str, Any], owed: int) -> Iterator[Note]:
    """What the figures leave out."""
    if silent := total["visits"] - total["promised"]:
        yield Note("without_promise", {"number": silent})
    if owed:
        yield Note("reports_owed", {"number": owed}, "warn")
    if any(name not in (*KEPT_BY, "city") for name, _ in facts.scope.only):
        yield Note("only_visits")


def _worst(session: Session, facts: Facts, weeks: pd.DataFrame) -> Iterator[Note]:
    """What happened in the week in which the fewest were on site in time."""
    if not weeks["promised"].sum():
        return
    told_weeks = weeks[weeks["promised"] >= min(FEWEST, weeks["promised"].max())]
    row = told_weeks.loc[told_weeks["on_site_limit"].idxmin()]
    late = int(row["promised"] - row["limit_kept"])
    if not late:
        yield Note("all_kept")
        return
    said = {"week": row["week"], "late": late, "number": int(row["promised"]), "share": percent(row["on_site_limit"])}
    countries = facts.visits["country"].unique().tolist()
    if names := _holidays(session, row["week"], countries):
        yield Note("worst_week_holidays", said | {"holidays": ", ".join(names)}, _note_tone(row))
    else:
        yield Note("worst_week", said, _note_tone(row))


def _note_tone(row: pd.Series) -> Tone:
    return "warn" if row["on_site_limit"] < GOAL else "plain"


def _holidays(session: Session, monday: dt.date, countries: list[str]) -> tuple[str, ...]:
    """The public holidays of a week and the one before, of which bookings pile up, by name and country."""
    query = (
        select(CalendarDay.name, CalendarDay.country)
        .where(CalendarDay.kind == "holiday", CalendarDay.country.in_(countries))
        .where(CalendarDay.date.between(monday - dt.timedelta(days=7), monday + dt.timedelta(days=6)))
        .order_by(CalendarDay.date, CalendarDay.country)
    )
    return tuple(dict.fromkeys(f"{name} ({country})" for name, country in session.execute(query)))
