"""Report "cost": what a man-day and a visit cost by part, against the price charged, and what made them dearer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from desktop.clock import Clock
from desktop.services.planning.reading import Source, reading
from desktop.services.reports.cost.breakdowns import money_tables
from desktop.services.reports.cost.figures import done_visits, money_of_all
from desktop.services.reports.cost.late_changes import KEPT_BY, changes_table, read_changes
from desktop.services.reports.cost.planned import planned_table
from desktop.services.reports.cost.urgency import urgency_table
from desktop.services.reports.facts import Facts, read_facts
from desktop.services.reports.making import make_report, told_money
from desktop.services.reports.report import Headline, Note, Report, Tone
from desktop.services.reports.scope import Scope


def cost_report(source: Source, scope: Scope, clock: Clock) -> Report:
    """What the visits of a scope have cost and earned.

    Raises:
        BadInputError: an amount cannot be told in the scope's currency, as no rate of its day is on record.
    """
    with reading(source) as session:
        facts = read_facts(session, scope)
        changes = read_changes(session, scope)
        done = done_visits(facts)
        tables = (
            *money_tables(facts, done),
            planned_table(session, facts),
            changes_table(changes),
            urgency_table(done),
        )
        before = money_before(session, scope)
        return make_report(
            "cost",
            source,
            scope,
            clock,
            headlines=tuple(money_headlines(money_of_all(done), before, scope)),
            tables=tables,
            notes=tuple(money_notes(facts, done)),
        )


def money_before(source: Source, scope: Scope) -> Mapping[str, Any]:
    """The money of as many weeks before a scope's, in the same part of the firm; {} where nothing was done then."""
    days = 7 * scope.weeks
    if scope.first_day.toordinal() <= days:
        return {}
    first_day = scope.first_day.fromordinal(scope.first_day.toordinal() - days)
    done = done_visits(read_facts(source, scope.in_weeks(first_day, scope.weeks)))
    return money_of_all(done) if len(done) else {}


def money_headlines(now: Mapping[str, Any], before: Mapping[str, Any], scope: Scope) -> Iterator[Headline]:
    """Man-days sold, cost and price of one, margin, travel; cost and price beside those of as many weeks before."""
    yield Headline("man_days_sold", "man_days", now["man_days_sold"], Note("of_visits", {"number": now["visits_done"]}))
    for key, is_better in (("cost_per_man_day", -1), ("price_per_man_day", 1)):
        aside, tone = _against(now[key], before.get(key), is_better, scope)
        yield Headline(key, "money", now[key], aside, tone)
    aside = None if now["margin"] is None else Note("margin_of", {"money": told_money(now["margin"], scope.currency)})
    yield Headline("margin_share", "share", now["margin_share"], aside)
    yield Headline("travel_share", "share", now["travel_share"], Note("of_cost"))


def money_notes(facts: Facts, done: pd.DataFrame) -> Iterator[Note]:
    """What the figures leave out, said where there is any of it."""
    if left := len(facts.visits) - len(done):
        yield Note("not_done", {"number": left})
    if unpriced := int((~done["is_priced"]).sum()):
        yield Note("without_price", {"number": unpriced}, "warn")
    if uncosted := int((done["cost"] == 0).sum()):
        yield Note("without_cost", {"number": uncosted}, "warn")
    if facts.scope.only:
        yield Note("plans_are_of_all")
    if any(name not in (*KEPT_BY, "city") for name, _ in facts.scope.only):
        yield Note("changes_of_no_part")
    yield Note("rotation_cost")


def _against(now: float | None, before: float | None, is_better: int, scope: Scope) -> tuple[Note | None, Tone]:
    """How a price has changed, and whether that is for the better; nothing where it has not, or is not known."""
    if now is None or before is None or now == before:
        return None, "plain"
    change = int(now - before)
    money = told_money(change, scope.currency, signed=True)
    return Note("against_before", {"change": money, "weeks": scope.weeks}), "ok" if change * is_better > 0 else "warn"
