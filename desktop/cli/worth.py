"""Commands on what one more is worth: worth, worth promise, worth rules, worth what-if."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.cli.interrupts import stopping_kindly
from desktop.cli.options import Database, Json, Seed, User
from desktop.cli.output import acknowledge, say, say_json, say_table
from desktop.cli.progress import progress
from desktop.cli.workplace import opened
from desktop.errors import BadInputError
from desktop.services.words import count
from desktop.services.worth.asking import (
    RULES,
    CeilingsAsked,
    Hire,
    PromiseAsked,
    RulesAsked,
    StudyAsked,
    Train,
    WhatIfAsked,
)
from desktop.views.words import day as short_day
from desktop.views.words import money

if TYPE_CHECKING:
    from desktop.services.worth.keeping import Made
    from desktop.services.worth.solving import StudyProgress
    from desktop.services.worth.views import CeilingRow, Ceilings, Promise, Rules, RunSum, WhatIf

STOPPING = "Stopping; of ceilings what is known is kept. Ctrl+C again gives it up."
TOP = 30  # ceilings printed

Studied = Annotated[
    str | None,
    typer.Option(
        "--plan", metavar="PLAN", help="Which plan. Default: of the latest days the published one, else the draft."
    ),
]
Seconds = Annotated[float, typer.Option("--seconds", min=0.1, help="For each run of the solver.")]

app = typer.Typer(
    help="What one more is worth to a plan, what the promise and the rules cost, and what-ifs.",
    rich_markup_mode=None,
    no_args_is_help=False,
)


def register(main: typer.Typer) -> None:
    """Add these commands."""
    app.callback(invoke_without_command=True)(worth)
    app.command("promise")(promise)
    app.command("rules")(rules)
    app.command("what-if")(what_if)
    main.add_typer(app, name="worth")


def worth(
    context: typer.Context,
    plan: Studied = None,
    exact: Annotated[int, typer.Option("--exact", min=0, max=50, help="Solve anew for so many of the highest.")] = 10,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.1, help="For the bound, and as long again for the ceilings.")
    ] = 30.0,
    exact_seconds: Annotated[float, typer.Option("--exact-seconds", min=0.1, help="For each run anew.")] = 10.0,
    seed: Seed = 0,
    as_json: Json = False,
    database: Database = None,
    user: User = None,
) -> None:
    """Find what one inspector-day, level, language, certificate or day of window more saves at most.

    The highest are solved anew: then it is known what they do save. Ctrl+C stops with what is known.
    """
    if context.invoked_subcommand is not None:
        return
    asked = CeilingsAsked(exact=exact, seconds=seconds, exact_seconds=exact_seconds, seed=seed)
    _study(asked, plan, database, user, as_json=as_json)


def promise(
    hours: Annotated[
        list[int] | None, typer.Option("--hours", min=1, max=240, help="A promise to try. Repeatable.")
    ] = None,
    plan: Studied = None,
    seconds: Seconds = 30.0,
    seed: Seed = 0,
    as_json: Json = False,
    database: Database = None,
    user: User = None,
) -> None:
    """Find what the promise to be on site within 48, 60, 72 and 96 hours costs."""
    asked = PromiseAsked(tuple(hours), seconds, seed) if hours else PromiseAsked(seconds=seconds, seed=seed)
    _study(asked, plan, database, user, as_json=as_json)


def rules(
    rule: Annotated[
        list[str] | None, typer.Option("--rule", metavar="|".join(RULES), help="A rule to lift. Repeatable.")
    ] = None,
    plan: Studied = None,
    seconds: Seconds = 30.0,
    seed: Seed = 0,
    as_json: Json = False,
    database: Database = None,
    user: User = None,
) -> None:
    """Find what rules cost these days, by solving with one lifted at a time."""
    for name in rule or ():
        if name not in RULES:
            raise BadInputError(f'There is no rule "{name}" to lift.', f"Give one of {', '.join(RULES)}.")
    _study(RulesAsked(tuple(rule or RULES), seconds, seed), plan, database, user, as_json=as_json)


def what_if(
    hire: Annotated[
        list[str] | None,
        typer.Option("--hire", metavar='"3 garment in 福建省"', help="People more; end with staff for a salary."),
    ] = None,
    train: Annotated[
        list[str] | None,
        typer.Option("--train", metavar="PERSON:SKILL:LEVEL", help="Or PERSON:LANGUAGE, PERSON:CERTIFICATE."),
    ] = None,
    drop_client: Annotated[
        list[str] | None, typer.Option("--drop-client", metavar="CLIENT", help="Give its requests up. Repeatable.")
    ] = None,
    hours: Annotated[int | None, typer.Option("--hours", min=1, max=240, help="On site within so many hours.")] = None,
    for_client: Annotated[str, typer.Option("--for-client", metavar="CLIENT", help="Who is promised that.")] = "",
    ill: Annotated[
        list[str] | None, typer.Option("--ill", metavar="PERSON|NUMBER", help="Who is away all days, or how many.")
    ] = None,
    plan: Studied = None,
    seconds: Seconds = 30.0,
    seed: Seed = 0,
    as_json: Json = False,
    database: Database = None,
    user: User = None,
) -> None:
    """Solve with something changed and without, and compare."""
    absent = ill or []
    asked = WhatIfAsked(
        hire=tuple(map(read_hire, hire or ())),
        train=tuple(map(read_training, train or ())),
        drop_clients=tuple(drop_client or ()),
        hours=hours,
        hours_client=for_client,
        ill=tuple(one for one in absent if not one.isdecimal()),
        ill_number=sum(int(one) for one in absent if one.isdecimal()),
        seconds=seconds,
        seed=seed,
    )
    _study(asked, plan, database, user, as_json=as_json)


def read_hire(text: str) -> Hire:
    """People to hire, as "3 garment in Fujian" or "2 textile in Jiangsu staff"."""
    head, _, region = text.partition(" in ")
    number, _, skill = head.strip().partition(" ")
    is_staff = region.endswith(" staff")
    region = region.removesuffix(" staff").removesuffix(" freelancer").strip()
    if not number.isdecimal() or not skill.strip() or not region:
        raise BadInputError(f'"{text}" names nobody to hire.', 'Give it like "3 garment in 福建省".')
    return Hire(int(number), skill.strip(), region, "staff" if is_staff else "freelancer")


def read_training(text: str) -> Train:
    """What somebody learns, as "I0003:garment:4", "I0003:en" or "I0003:social-audit"."""
    parts = text.split(":")
    if len(parts) == 2 and all(parts):
        return Train(parts[0], parts[1])
    if len(parts) == 3 and all(parts) and parts[2].isdecimal():
        return Train(parts[0], parts[1], int(parts[2]))
    raise BadInputError(f'"{text}" says not what is learned.', "Give PERSON:SKILL:LEVEL, or PERSON:LANGUAGE.")


def _study(asked: StudyAsked, plan: str | None, database: str | None, user: str | None, *, as_json: bool) -> None:
    """Make a study with a bar, keep it, and show it."""
    from desktop.services.worth.running import keep, prepare_study, run_study  # noqa: PLC0415 -- loads numpy

    with opened(database, user) as desk:
        subject = prepare_study(desk.store, plan, asked)
        with progress("Studying") as tell, stopping_kindly(STOPPING) as stop:

            def on_progress(state: StudyProgress) -> None:
                cost = "" if state.cost is None else f", {money(state.cost)}"
                tell(state.share, 1.0, f"{state.run} of {state.runs}: {state.what}{cost}")

            made = run_study(subject, asked, on_progress, stop)
        outcome = keep(desk, made)
    if as_json:
        say_json(values_of(made) | {"change": outcome.change_id})
        return
    bound = "no bound proven" if made.bound is None else f"no plan costs less than {money(made.bound)}"
    if made.broken:
        bound = f"breaks {count(made.broken, 'rule')} on today's records; of plans that keep them, {bound}"
    say(f"Plan {made.plan}: {money(made.cost)}, {bound}.")
    _show(made)
    acknowledge(outcome)


def values_of(made: Made) -> dict[str, object]:
    """A study as JSON."""
    kept: dict[str, object] = json.loads(json.dumps(dict(made.command().content["study"])))
    return {
        "plan": made.plan,
        "kind": made.kind,
        "label": made.label,
        "cost": made.cost,
        "bound": made.bound,
        "seconds": round(made.seconds, 1),
        "study": kept,
    }


# -- shown -------------------------------------------------------------------------------------------------------------


def _show(made: Made) -> None:
    from desktop.services.worth.views import Ceilings, Promise, Rules  # noqa: PLC0415 -- as above

    content = made.content
    if isinstance(content, Ceilings):
        _show_ceilings(content)
    elif isinstance(content, Promise):
        _show_promise(content)
    elif isinstance(content, Rules):
        _show_rules(content)
    else:
        _show_what_if(content)


def _show_ceilings(found: Ceilings) -> None:
    if found.gap is None:
        say("No bound was proven in the time there was, so there is no ceiling. Give more --seconds.")
        return
    say(f"Better planning alone might save {money(found.gap)}; that is in every ceiling.")
    heads = ("what", "region", "skill", "day", "who or what", "at most", "beyond", "saves", "next step")
    say_table(heads, [_ceiling_cells(row) for row in found.rows[:TOP]], right=(5, 6, 7))
    more = f" Of {found.found:,} such the first {TOP} are shown." if found.found > TOP else ""
    say(f"{found.nothing:,} changes more save nothing beyond that, {found.unproven:,} were not proven.{more}")


def _ceiling_cells(row: CeilingRow) -> tuple[str, ...]:
    saves = "" if row.exact is None else ", ".join(money(cents) for cents in row.units)
    step = f"{row.step} {row.step_number}" if row.step_number else row.step
    who = row.person or row.request or (row.who[0].code if row.who else "")
    return (
        row.kind,
        row.region,
        row.skill,
        "" if row.day is None else short_day(row.day),
        f"{who} {row.what}".strip(),
        money(row.at_most),
        money(row.beyond),
        saves,
        step,
    )


_HEADS = ("", "cost", "money", "penalties", "bound", "late", "unserved", "nights")


def _run_cells(run: RunSum) -> tuple[str, ...]:
    bound = "" if run.bound is None else money(run.bound)
    return money(run.cost), money(run.money), money(run.penalties), bound, f"{run.late:,}", f"{run.unserved:,}", (
        f"{run.nights:,}"
    )  # fmt: skip


def _show_promise(found: Promise) -> None:
    rows = [(f"{row.hours} h{' (now)' if row.is_own else ''}", *_run_cells(row.run)) for row in found.rows]
    _say_runs(rows)


def _show_rules(found: Rules) -> None:
    rows = [
        (
            row.rule,
            "" if row.limit is None else f"{row.limit}",
            f"{row.at_limit:,}",
            money(row.saved),
            row.verdict,
            "" if row.least is None else money(row.least),
            "" if row.most is None else money(row.most),
        )
        for row in found.rows
    ]
    heads = ("without", "limit", "at the limit", "saves", "how sure", "at least", "at most")
    say_table(heads, rows, right=(1, 2, 3, 5, 6))


def _show_what_if(found: WhatIf) -> None:
    _say_runs([("as it is", *_run_cells(found.without)), ("changed", *_run_cells(found.with_it))])
    proven = [f"at least {money(found.least)}"] if found.least is not None else []
    proven += [f"at most {money(found.most)}"] if found.most is not None else []
    change = f"saves {money(found.saved)}" if found.saved >= 0 else f"costs {money(-found.saved)} more"
    say(f"It {change}, by equal runs. Proven to save: {' and '.join(proven) or 'nothing is'}.")
    say(f"{found.moved:,} requests are served otherwise. People: {', '.join(found.people) or 'as they are'}.")
    if found.price_lost:
        say(f"The requests given up would have brought {money(found.price_lost)}.")


def _say_runs(rows: Sequence[tuple[str, ...]]) -> None:
    say_table(_HEADS, rows, right=tuple(range(1, len(_HEADS))))
