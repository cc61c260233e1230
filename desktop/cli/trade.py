"""Commands that apply the trade's rules: man-days, sampling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from desktop.cli.options import Database, Json, RequestCode
from desktop.cli.output import say, say_json, say_table
from desktop.cli.workplace import opened
from desktop.errors import BadInputError
from desktop.services.exchange.kinds import way_text
from desktop.services.requests.sampling import SampleSheet, parts_of, read_sample
from desktop.services.trade.man_days import count_days
from desktop.services.trade.sampling import (
    AQLS,
    Level,
    SamplingPlan,
    chance_of_acceptance,
    printed,
    sampling_plan,
)
from desktop.services.trade.work import Plans
from scheduler.problem import Mode

RATES = (0.005, 0.01, 0.025, 0.04, 0.065, 0.10, 0.15)
"""Shares of defective pieces for which the chance of acceptance is told."""


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("man-days")(man_days)
    app.command("sampling")(sampling)


def man_days(
    request: RequestCode,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Say how many man-days a request takes by the trade's rules, and why."""
    with opened(database) as desk:
        sheet = read_sample(desk.store, desk.clock.now(), request)
    if as_json:
        say_json(_sheet_json(sheet))
        return
    stored = f"stored: {count_days(sheet.man_days)} ({_ways(sheet.modes)})"
    say(f"{sheet.code} {sheet.service}, {stored}")
    if sheet.reason:
        say(f"  because {sheet.reason}")
    if sheet.work is None:
        say(f"The rules give none: {sheet.missing}.")
        return
    if sheet.lot is not None:
        say(f"Lot: {sheet.lot:,} pieces, {sheet.lot_words}.")
    say(f"By the rules {count_days(sheet.work.days)}, as {_ways(sheet.work.modes, ' or ')}:")
    say_table(("man-days", "for"), [(f"{part.days:.2f}", part.text) for part in parts_of(sheet.work)])
    for what, plans in (("finished", sheet.finished), ("in work", sheet.in_work)):
        if plans is not None:
            say(f"Goods {what}, {plans.lot:,} pieces, level {sheet.level}:")
            _say_plans(plans, sheet.aql_major, sheet.aql_minor)


def sampling(
    lot: Annotated[int, typer.Option("--lot", min=1, help="Pieces; for a DUPRO those that are made.")],
    level: Annotated[Level, typer.Option("--level", help="Of inspection.")] = Level.II,
    aql: Annotated[str, typer.Option("--aql", help="Acceptance quality limit in per cent.")] = "2.5",
    as_json: Json = False,
) -> None:
    """Say what is drawn of a lot by ISO 2859-1, and when it is accepted. Needs no database."""
    limit = next((known for known in AQLS if float(known) == _number(aql)), None)
    if limit is None:
        raise BadInputError(f"There is no AQL {aql}.", f"The standard has {', '.join(AQLS)}.")
    plan = sampling_plan(lot, level, limit)
    chances = {f"{rate:.1%}": round(chance_of_acceptance(plan, rate), 4) for rate in RATES}
    if as_json:
        say_json({"lot": lot, "level": level, "aql": limit} | plan_json(plan) | {"chance_of_acceptance": chances})
        return
    say(f"Letter {plan.of_letter}{arrow(plan, limit)}: draw {plan.size:,} of {lot:,}{whole(plan)}.")
    say(f"Accept with up to {plan.accept} defective, reject with {plan.reject} or more.")
    say_table(("defective", "chance of acceptance"), [(rate, f"{chance:.1%}") for rate, chance in chances.items()])


def arrow(plan: SamplingPlan, aql: str) -> str:
    """Where the table leads to another letter's row: " (arrow down to J)"."""
    if plan.letter == plan.of_letter:
        return ""
    return f" (arrow {printed(plan.of_letter, aql)} to {plan.letter})"


def whole(plan: SamplingPlan) -> str:
    """Whether nothing is left out."""
    return ", every piece" if plan.is_whole else ""


def plan_json(plan: SamplingPlan) -> dict[str, Any]:
    """A plan with its reject number."""
    return asdict(plan) | {"reject": plan.reject}


def _say_plans(plans: Plans, major: str, minor: str) -> None:
    say_table(
        ("defects", "AQL", "letter", "sample", "accept", "reject"),
        [
            (name, aql or "-", plan.letter, f"{plan.size:,}{whole(plan)}", str(plan.accept), str(plan.reject))
            for name, aql, plan in (
                ("critical", "", plans.critical),
                ("major", major, plans.major),
                ("minor", minor, plans.minor),
            )
        ],
    )


def _sheet_json(sheet: SampleSheet) -> dict[str, Any]:
    work = sheet.work
    return {
        "request": sheet.code,
        "service": sheet.service,
        "stored": {
            "man_days": sheet.man_days,
            "ways": [way_text(mode) for mode in sheet.modes],
            "reason": sheet.reason,
        },
        "lot": sheet.lot,
        "lot_words": sheet.lot_words,
        "level": sheet.level,
        "aql": {"major": sheet.aql_major, "minor": sheet.aql_minor},
        "finished": _plans_json(sheet.finished),
        "in_work": _plans_json(sheet.in_work),
        "travel_minutes": sheet.travel_minutes,
        "man_days": None if work is None else work.days,
        "ways": [] if work is None else [way_text(mode) for mode in work.modes],
        "parts": [{"days": round(part.days, 3), "for": part.text} for part in (parts_of(work) if work else ())],
        "missing": sheet.missing,
    }


def _plans_json(plans: Plans | None) -> dict[str, Any] | None:
    if plans is None:
        return None
    named = (("critical", plans.critical), ("major", plans.major), ("minor", plans.minor))
    return {"lot": plans.lot} | {name: plan_json(plan) for name, plan in named}


def _ways(modes: Sequence[Mode], between: str = ", ") -> str:
    return between.join(way_text(mode) for mode in modes)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -1.0
