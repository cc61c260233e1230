"""Report "worth": where one more saves most, what the promise and the rules cost, and what-ifs, from kept studies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from desktop.clock import Clock
from desktop.services.planning.reading import Source, reading
from desktop.services.reports.currency import exchanged
from desktop.services.reports.making import make_report
from desktop.services.reports.report import Chart, Column, Headline, Note, Report, Table
from desktop.services.reports.scope import Scope
from desktop.services.trade.money import DOLLAR, spelled
from desktop.services.worth.asking import WhatIfAsked
from desktop.services.worth.keeping import worth_view
from desktop.services.worth.views import CeilingRow, RunSum, StudyHeader, WorthView

Row = dict[str, Any]
MONEY: Final = "money"
MOST_WHO = 3  # named in a row
NUMBERS = ("count", "nights", "hours", "share")

REGION, SKILL = Column("region", "text", "region"), Column("skill", "text", "skill")
DAY = Column("day_added", "date")
CEILING, BEYOND = Column("ceiling", MONEY), Column("beyond_gap", MONEY)
UNITS = tuple(Column(key, MONEY) for key in ("exact_saving", "second_saving", "third_saving"))
HANDS = (
    REGION, SKILL, DAY, CEILING, BEYOND, *UNITS, Column("who_could", "text"), Column("next_step", "word"),
    Column("step_number", "count"),
)  # fmt: skip
MORE = (
    Column("more_kind", "word"), Column("person", "text", "person"), Column("person_name", "text"),
    Column("request", "text"), Column("more_of", "text"), REGION, DAY, CEILING, BEYOND, UNITS[0],
)  # fmt: skip
REGIONS = (REGION, BEYOND, CEILING, UNITS[0], Column("ceilings", "count", is_additive=True))
RUN = (
    Column("plan_cost", MONEY), Column("plan_money", MONEY), Column("plan_penalties", MONEY),
    Column("plan_bound", MONEY), Column("late_visits", "count"), Column("unserved_requests", "count"),
    Column("paid_nights", "nights"),
)  # fmt: skip
PROMISE = (Column("promise_hours", "hours"), Column("is_own", "word"), Column("against_own", MONEY), *RUN)
SURE = (Column("saving_least", MONEY), Column("saving_most", MONEY), Column("how_sure", "word"))
RULES = (
    Column("rule", "word"), Column("rule_limit", "count"), Column("at_limit", "count"), Column("rule_saving", MONEY),
    *SURE,
)  # fmt: skip
WHAT_IFS = (
    Column("what_if", "word"), Column("what_of", "text"), Column("made_on", "date"), Column("study_holds", "word"),
    Column("saving", MONEY), Column("money_saving", MONEY), *SURE, Column("fewer_unserved", "count"),
    Column("fewer_late", "count"), Column("more_nights", "nights"), Column("worked_before", "share"),
    Column("worked_after", "share"), Column("price_lost", MONEY),
)  # fmt: skip


def worth_report(source: Source, scope: Scope, clock: Clock) -> Report:
    """What studies on record say of the plan studied last. It tells of that plan's weeks, whichever are asked about.

    Raises:
        BadInputError: amounts cannot be told in the scope's currency, as no rate is on record.
    """
    with reading(source) as session:
        view = worth_view(session)
        telling = _Telling(session, scope, view)
        return make_report(
            "worth",
            source,
            _weeks_of(view, scope),
            clock,
            headlines=tuple(telling.headlines()),
            tables=tuple(telling.tables()),
            notes=tuple(telling.notes()),
        )


def _weeks_of(view: WorthView, scope: Scope) -> Scope:
    """The same part of the firm in the weeks of the plan; as asked where there is none."""
    if view.first_day is None or not view.headers:
        return scope
    first = view.first_day.weekday()
    return scope.in_weeks(view.first_day - dt.timedelta(days=first), (first + view.days + 6) // 7)


class _Telling:
    """The studies of a plan as headlines, tables and notes."""

    def __init__(self, session: Session, scope: Scope, view: WorthView) -> None:
        self._session = session
        self._scope = scope
        self._view = view
        rows = () if view.ceilings is None else view.ceilings[1].rows
        self._rows = [row for row in rows if self._is_kept("region", row.region) and self._is_kept("skill", row.skill)]
        self._hands = [row for row in self._rows if row.kind == "hand"]

    def _is_kept(self, dimension: str, value: str) -> bool:
        kept = self._scope.kept(dimension)
        return kept is None or not value or value in kept

    # -- headlines and notes -------------------------------------------------------------------------------------------

    def headlines(self) -> Iterator[Headline]:
        """The best place to add people, what the promise costs, the dearest rule, the gap."""
        best = max(self._hands, key=lambda row: (row.exact if row.exact is not None else -1, row.at_most), default=None)
        if best is not None:
            place = Note("best_place", {"region": best.region, "skill": best.skill, "day": best.day})
            of_gap = Note("at_most_of_gap", {"money": self._spelled(best.at_most - best.beyond)})
            if best.exact is not None:
                yield Headline("best_place", MONEY, self._money(best.exact), place)
            yield Headline("ceiling", MONEY, self._money(best.at_most), place if best.exact is None else of_gap)
        if self._view.promise is not None:
            rows = self._view.promise[1].rows
            own, loosest = next(row for row in rows if row.is_own), rows[-1]
            aside = Note("against_hours", {"hours": loosest.hours})
            yield Headline("promise_price", MONEY, self._money(own.run.cost - loosest.run.cost), aside)
        if self._view.rules is not None and any(row.saved > 0 for row in self._view.rules[1].rows):
            dearest = self._view.rules[1].rows[0]
            yield Headline("dearest_rule", MONEY, self._money(dearest.saved), Note(f"rule_{dearest.rule}"))
        if self._view.headers:
            valid, bound = next((one for one in self._view.headers if one.holds), None), self._view.bound
            gap = None if valid is None or valid.broken or bound is None else valid.cost - bound
            yield Headline("plan_gap", MONEY, self._money(gap))

    def notes(self) -> Iterator[Note]:
        """Of which plan and bound this is, whether it holds, what is left out."""
        if not self._view.headers:
            yield Note("worth_none")
            return
        for header in {entry.cost: entry for entry in reversed(self._view.headers)}.values():
            yield self._of_plan(header)
        past = [header for header in self._view.headers if not header.holds]
        if past:
            made = _moment(min(header.made_at for header in past))
            yield Note("worth_past", {"plan": self._view.plan, "made": made}, "warn")
        if self._view.ceilings is not None:
            found = self._view.ceilings[1]
            key = "worth_unproven" if found.unproven else "worth_proven"
            yield Note(key, {"number": found.unproven, "nothing": found.nothing})
        if any(hire.pay == "staff" for shown in self._view.whatifs for hire in shown.content.asked.hire):
            yield Note("salary_apart")
        if self._scope.currency != DOLLAR:
            yield Note("currency_of_plan")

    def _of_plan(self, header: StudyHeader) -> Note:
        values = {"plan": header.plan, "cost": self._spelled(header.cost), "made": _moment(header.made_at)}
        if header.broken:
            return Note("worth_broken", values | {"number": header.broken}, "warn")
        bound = self._view.bound if header.holds and self._view.bound is not None else header.bound
        if bound is None:
            return Note("worth_unbound", values)
        return Note("worth_of", values | {"bound": self._spelled(bound)})

    # -- tables --------------------------------------------------------------------------------------------------------

    def tables(self) -> Iterator[Table]:
        """A table for each kind of study that there is."""
        if self._view.ceilings is not None:
            yield self._table("worth_regions", self._by_region(), REGIONS, Chart("map", "region", ("beyond_gap",)))
            yield self._table("worth_hands", [_hand(row) for row in self._hands], HANDS)
            others = [_other(row) for row in self._rows if row.kind != "hand"]
            yield self._table("worth_more", others, MORE)
        if self._view.promise is not None:
            parts = Chart("stack", "promise_hours", ("plan_money", "plan_penalties"))
            yield self._table("worth_promise", self._promises(), PROMISE, parts)
        if self._view.rules is not None:
            chart = Chart("bars", "rule", ("rule_saving",))
            yield self._table("worth_rules", self._rules(), RULES, chart)
        if self._view.whatifs:
            yield self._table("worth_what_ifs", list(self._what_ifs()), WHAT_IFS)

    def _by_region(self) -> list[Row]:
        rows: dict[str, Row] = {}
        for row in self._hands:
            empty = {"region": row.region, "beyond_gap": 0, "ceiling": 0, "exact_saving": None, "ceilings": 0}
            found = rows.setdefault(row.region, empty)
            found["beyond_gap"] = max(found["beyond_gap"], row.beyond)
            found["ceiling"] = max(found["ceiling"], row.at_most)
            found["ceilings"] += 1
            if row.exact is not None:
                found["exact_saving"] = max(found["exact_saving"] or 0, row.exact)
        return sorted(rows.values(), key=lambda row: -row["ceiling"])

    def _promises(self) -> list[Row]:
        assert self._view.promise is not None
        rows = self._view.promise[1].rows
        own = next(row.run.cost for row in rows if row.is_own)
        return [
            {"promise_hours": row.hours, "is_own": "yes" if row.is_own else "no", "against_own": row.run.cost - own}
            | _run(row.run)
            for row in rows
        ]

    def _rules(self) -> list[Row]:
        assert self._view.rules is not None
        return [
            {"rule": f"rule_{row.rule}", "rule_limit": row.limit, "at_limit": row.at_limit, "rule_saving": row.saved}
            | _sure(row.least, row.most, row.verdict)
            for row in self._view.rules[1].rows
        ]

    def _what_ifs(self) -> Iterator[Row]:
        for shown in self._view.whatifs:
            found, before, after = shown.content, shown.content.without, shown.content.with_it
            yield {
                "what_if": f"what_{_kind(found.asked)}",
                "what_of": "; ".join(_details(found.asked)),
                "made_on": shown.header.made_at.astimezone().date(),
                "study_holds": "yes" if shown.header.holds else "no",
                "saving": found.saved,
                "money_saving": before.money - after.money,
                "fewer_unserved": after.unserved - before.unserved,
                "fewer_late": after.late - before.late,
                "more_nights": after.nights - before.nights,
                "worked_before": before.utilisation,
                "worked_after": after.utilisation,
                "price_lost": found.price_lost,
            } | _sure(found.least, found.most, found.verdict)

    def _table(self, name: str, rows: Sequence[Row], columns: tuple[Column, ...], chart: Chart | None = None) -> Table:
        frame = pd.DataFrame(
            {column.key: self._column(column, [row[column.key] for row in rows]) for column in columns}
        )
        source = Note("source.worth", {"plan": self._view.plan})
        return Table(name, frame, columns, chart, source=source)

    def _column(self, column: Column, values: list[Any]) -> Any:  # noqa: ANN401 - what frames are made of
        if column.unit == MONEY:
            return self._exchanged(values)
        if column.unit in NUMBERS and any(value is None for value in values):
            return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
        return pd.Series(values, dtype=None if column.unit in NUMBERS and values else "object")

    # -- money ---------------------------------------------------------------------------------------------------------

    def _exchanged(self, values: Sequence[int | None]) -> Any:  # noqa: ANN401 - what frames are made of
        """Amounts at the rate of the plan's first day; those not known stay so."""
        cents = np.array([0 if value is None else value for value in values], dtype=np.int64)
        day = (self._view.first_day or dt.date.min).toordinal()
        told = exchanged(self._session, self._scope.currency, {MONEY: cents}, np.full(len(cents), day))[MONEY]
        if all(value is not None for value in values):
            return told
        return np.array([np.nan if value is None else float(own) for value, own in zip(values, told, strict=True)])

    def _money(self, cents: int | None) -> int | None:
        return None if cents is None else int(self._exchanged([cents])[0])

    def _spelled(self, cents: int) -> str:
        return spelled(int(self._exchanged([cents])[0]), self._scope.currency)


def _moment(time: dt.datetime) -> str:
    return f"{time.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"


def _kind(asked: WhatIfAsked) -> str:
    """What a what-if changes, where that is one thing."""
    kinds = {
        "hire": bool(asked.hire),
        "train": bool(asked.train),
        "drop": bool(asked.drop_clients),
        "hours": asked.hours is not None,
        "ill": bool(asked.ill or asked.ill_number),
    }
    changed = [name for name, is_changed in kinds.items() if is_changed]
    return changed[0] if len(changed) == 1 else "several"


def _details(asked: WhatIfAsked) -> Iterator[str]:
    """Of what, without words of any language."""
    yield from (f"+{hire.number} {hire.skill}, {hire.region}" for hire in asked.hire)
    yield from (f"{train.person}: {train.what} {train.level or ''}".strip() for train in asked.train)
    yield from asked.drop_clients
    if asked.hours is not None:
        yield f"{asked.hours} h {asked.hours_client}".strip()
    yield from asked.ill
    if asked.ill_number:
        yield str(asked.ill_number)


def _hand(row: CeilingRow) -> Row:
    units = dict(zip((column.key for column in UNITS), (*row.units, None, None, None), strict=False))
    return {
        "region": row.region,
        "skill": row.skill,
        "day_added": row.day,
        "ceiling": row.at_most,
        "beyond_gap": row.beyond,
        "who_could": ", ".join(f"{one.name or one.code} {one.km:,} km" for one in row.who[:MOST_WHO]),
        "next_step": f"step_{row.step or 'none'}",
        "step_number": row.step_number or None,
    } | units


def _other(row: CeilingRow) -> Row:
    return {
        "more_kind": f"more_{row.kind}",
        "person": row.person,
        "person_name": row.name,
        "request": row.request,
        "more_of": row.what or row.skill,
        "region": row.region,
        "day_added": row.day,
        "ceiling": row.at_most,
        "beyond_gap": row.beyond,
        "exact_saving": row.exact,
    }


def _run(run: RunSum) -> Row:
    return {
        "plan_cost": run.cost,
        "plan_money": run.money,
        "plan_penalties": run.penalties,
        "plan_bound": run.bound,
        "late_visits": run.late,
        "unserved_requests": run.unserved,
        "paid_nights": run.nights,
    }


def _sure(least: int | None, most: int | None, verdict: str) -> Row:
    return {"saving_least": least, "saving_most": most, "how_sure": f"sure_{verdict.replace(' ', '_')}"}
