"""Commands about plans as a whole: plan, plans, show, discard, publish."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from desktop.cli.interrupts import stopping_kindly
from desktop.cli.options import AnyPlan, Database, Days, FirstDay, Json, PlanCode, Seed, TimeLimit, User, read_date
from desktop.cli.output import acknowledge, say, say_json, say_table
from desktop.cli.progress import progress
from desktop.cli.workplace import latest_plan, opened, plan_or_draft
from desktop.errors import RefusedError
from desktop.services.bus import Desk
from desktop.services.commands import DiscardPlan, PublishPlan, PublishVisits
from desktop.services.planning.news import news_of
from desktop.services.planning.reading import list_plans, plan_view
from desktop.services.planning.views import PersonView, PlanHeader, PlanView, UnassignedView, VisitView
from desktop.services.planning.week import PlanSummary, coming_monday, plan_week, settings_for
from desktop.services.settings import PlanSettings
from desktop.services.words import spell_days
from desktop.views.words import day as short_day
from desktop.views.words import days as short_days
from desktop.views.words import gap, money
from scheduler.params import Params
from scheduler.plan import gap_of
from scheduler.result import Progress

STOPPING = "Stopping; the best plan so far is kept. Ctrl+C again gives it up."


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("plan")(plan)
    app.command("plans")(plans)
    app.command("show")(show)
    app.command("discard")(discard)
    app.command("publish")(publish)


def plan(
    first_day: FirstDay = None,
    days: Days = None,
    time_limit: TimeLimit = 60.0,
    seed: Seed = 0,
    area: Annotated[
        list[str] | None, typer.Option("--area", metavar="AREA", help="Only requests of this area. Repeatable.")
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option("--country", metavar="CN|VN", help="Only requests and inspectors of this country. Repeatable."),
    ] = None,
    freeze: Annotated[
        int | None,
        typer.Option(
            "--freeze",
            metavar="DAYS",
            min=0,
            max=28,
            help="Keep what was announced for so many days from the first on, where the rules still allow it.",
        ),
    ] = None,
    every_open: Annotated[
        bool, typer.Option("--every-open", help="Also requests whose window does not reach into these days.")
    ] = False,
    as_json: Json = False,
    database: Database = None,
    user: User = None,
) -> None:
    """Plan a week (or up to four) at least cost, and keep the plan as a draft.

    Ctrl+C stops with the best plan so far; a second one gives it up.
    """
    with opened(database, user) as desk:
        settings = settings_for(
            desk.store,
            first_day or coming_monday(desk.clock),
            **_given(days=days, areas=area, countries=country, every_open_request=every_open, freeze_days=freeze),
        )
        made = solve(desk, settings, Params(seed=seed, time_limit=time_limit))
        if not as_json:
            acknowledge(made.outcome)
        header = plan_view(desk.store, made.code).header
    if as_json:
        say_json(header_values(header) | {"notes": made.notes, "change": made.outcome.change_id})
    else:
        say(in_a_line(header))


def _given(**values: object) -> dict[str, object]:
    """The options that were given; the house's settings hold for the others."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in values.items()
        if not (value is None or value is False or value == [])
    }


def solve(desk: Desk, settings: PlanSettings, params: Params) -> PlanSummary:
    """Plan with a bar, stoppable by Ctrl+C."""
    limit = params.time_limit
    with progress("Planning") as tell, stopping_kindly(STOPPING) as stop:

        def on_progress(state: Progress) -> None:
            parts = [state.phase]
            if state.incumbent is not None:
                parts.append(money(state.incumbent))
                parts.append(gap(gap_of(state.incumbent, state.bound)))
            if state.unassigned is not None:
                parts.append(f"{state.unassigned:,} unassigned")
            tell(min(state.seconds, limit or state.seconds), limit, ", ".join(parts))

        return plan_week(desk, settings, params, on_progress, stop)


def in_a_line(header: PlanHeader) -> str:
    """What a plan costs, how good it is known to be, what it serves."""
    return (
        f"{header.code}, {spell_days(header.first_day, header.last_day)}, {header.status}: "
        f"{money(header.cost_cents)}, {gap(header.gap)}, {header.assigned:,} assigned, {header.left_out:,} unassigned"
    )


def header_values(header: PlanHeader) -> dict[str, object]:
    """A plan's header as JSON."""
    return {
        "code": header.code,
        "status": header.status,
        "first_day": header.first_day.isoformat(),
        "days": header.days,
        "cost": header.cost_cents,
        "cost_parts": dict(header.cost_parts),
        "bound": header.bound_cents,
        "gap": header.gap,
        "assigned": header.assigned,
        "unassigned": header.left_out,
        "seconds": header.seconds,
        "seed": header.seed,
    }


def plans(as_json: Json = False, database: Database = None) -> None:
    """List all plans, the latest week first."""
    with opened(database) as desk:
        headers = list_plans(desk.store)
    if as_json:
        say_json([header_values(header) for header in headers])
    elif not headers:
        say("There is no plan yet. Make one with `dupro-desk plan`.")
    else:
        rows = [
            (
                header.code,
                header.status,
                short_days(header.first_day, header.last_day),
                money(header.cost_cents),
                gap(header.gap),
                f"{header.assigned:,}",
                f"{header.left_out:,}",
            )
            for header in headers
        ]
        say_table(("plan", "status", "days", "cost", "gap", "assigned", "unassigned"), rows, right=(3, 5, 6))


def show(plan: AnyPlan = None, as_json: Json = False, database: Database = None) -> None:
    """Show a plan: who is where on which day, and what is left out and why."""
    with opened(database) as desk:
        view = plan_view(desk.store, plan or latest_plan(desk))
    if as_json:
        say_json(view_values(view))
        return
    say(in_a_line(view.header))
    dates = [view.header.first_day + dt.timedelta(days=number) for number in range(view.header.days)]
    rows = [
        (f"{person.code} {person.name}", *("\n".join(_cell(visit) for visit in visits) for visits in days))
        for person, days in _by_day(view, dates)
        if any(days)
    ]
    say_table(("inspector", *(short_day(date) for date in dates)), rows)
    if view.unassigned:
        say(f"Unassigned ({len(view.unassigned):,}):")
        say_table(
            ("request", "service", "factory", "why"),
            [
                (entry.request, entry.booking.service, entry.booking.factory_name, _why(entry))
                for entry in view.unassigned
            ],
        )


def _by_day(view: PlanView, dates: Sequence[dt.date]) -> Iterator[tuple[PersonView, list[list[VisitView]]]]:
    """Everybody's visits on each day."""
    made: dict[str, list[VisitView]] = defaultdict(list)
    for visit in sorted(view.visits, key=lambda visit: visit.first_slot):
        for member in visit.inspectors:
            made[member.code].append(visit)
    for person in view.people:
        visits = made[person.code]
        yield person, [[visit for visit in visits if visit.first_day <= date <= visit.last_day] for date in dates]


def _cell(visit: VisitView) -> str:
    return visit.request + ("*" if visit.pinned else "")


def _why(entry: UnassignedView) -> str:
    return "; ".join(reason.text for reason in entry.reasons)


def view_values(view: PlanView) -> dict[str, object]:
    """A plan as JSON."""
    return header_values(view.header) | {
        "visits": [
            {
                "request": visit.request,
                "service": visit.booking.service,
                "factory": visit.booking.factory,
                "inspectors": [member.code for member in visit.inspectors],
                "first_day": visit.first_day.isoformat(),
                "last_day": visit.last_day.isoformat(),
                "starts_in_the_afternoon": visit.first_slot % 2 == 1,
                "mode": visit.mode + 1,
                "late_days": visit.late_days,
                "pinned": visit.pinned,
                "published": visit.published,
            }
            for visit in view.visits
        ],
        "left_out": [
            {"request": entry.request, "reasons": [asdict(reason) for reason in entry.reasons]}
            for entry in view.unassigned
        ],
    }


def discard(plan: PlanCode = None, database: Database = None, user: User = None) -> None:
    """Give a draft up."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(DiscardPlan(plan_or_draft(desk, plan))))


def publish(
    plan: PlanCode = None,
    day: Annotated[
        list[dt.date] | None,
        typer.Option("--day", metavar="DATE", parser=read_date, help="Only what is news of this day. Repeatable."),
    ] = None,
    person: Annotated[
        list[str] | None, typer.Option("--person", metavar="INSPECTOR", help="Only what is news of them. Repeatable.")
    ] = None,
    request: Annotated[
        list[str] | None, typer.Option("--request", metavar="REQUEST", help="Only this request. Repeatable.")
    ] = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Announce a draft, or a part of it. People act on it from now on: it cannot be undone.

    Where only a part is announced, the draft stays a draft.
    """
    with opened(database, user) as desk:
        code = plan_or_draft(desk, plan)
        if not (day or person or request):
            acknowledge(desk.handle(PublishPlan(code)))
            return
        chosen = tuple(request or ())
        if day or person:
            chosen += news_of(desk.store, code, days=day or (), people=person or ())
        if not chosen:
            raise RefusedError(f"Nothing of that is news in {code}: it is announced as the draft has it.")
        acknowledge(desk.handle(PublishVisits(code, tuple(dict.fromkeys(chosen)))))
