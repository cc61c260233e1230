"""Commands for a plan that breaks: revise, hits, not-ready, overrun, repair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from desktop.cli.interrupts import stopping_kindly
from desktop.cli.options import Database, Json, RequestCode, Seed, User, read_date
from desktop.cli.output import acknowledge, say, say_json, say_table
from desktop.cli.progress import progress
from desktop.cli.workplace import opened
from desktop.errors import BadInputError
from desktop.services.bus import Desk
from desktop.services.commands import PublishVisits, ReportNotReady, ReportOverrun, RevisePlan
from desktop.services.repair.hits import hits as find_hits
from desktop.services.repair.partial import PartialReview, accept_part
from desktop.services.repair.proposing import Repair, RepairSettings, prepare_repair, run_repair
from desktop.services.repair.views import Call, Group, Hit, PartSum, Spot
from desktop.services.words import count, spell_slots
from desktop.views.words import money
from scheduler.result import Progress

STOPPING = "Stopping; the best plan so far is shown. Ctrl+C again gives it up."

From = Annotated[
    dt.date | None, typer.Option("--from", metavar="DATE", parser=read_date, help="First day. Default: today.")
]
Length = Annotated[
    int | None, typer.Option("--days", min=1, max=28, help="How many days. Default: to the end of the plan in force.")
]
Note = Annotated[str, typer.Option("--note", help="What else there is to say.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("revise")(revise)
    app.command("hits")(hits)
    app.command("not-ready")(not_ready)
    app.command("overrun")(overrun)
    app.command("repair")(repair)


def revise(first_day: From = None, days: Length = None, database: Database = None, user: User = None) -> None:
    """Begin a draft that is a copy of what is in force; nothing is solved."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(RevisePlan(first_day, days)))


def hits(as_json: Json = False, database: Database = None) -> None:
    """List the announced visits that cannot be as announced any more, and why."""
    with opened(database) as desk:
        found = find_hits(desk.store, desk.clock.now())
    if as_json:
        say_json([asdict(hit) | {"starts_at": hit.starts_at.isoformat()} for hit in found])
    elif not found:
        say("Nothing that is announced from today on is hit.")
    else:
        say_table(("hours left", "request", "when", "who", "factory", "client", "why"), _hit_rows(found), right=(0,))
        say(f"{count(len(found), 'announced visit')} cannot be as announced. `dupro-desk repair` finds other places.")


def not_ready(
    request: RequestCode,
    ready: Annotated[
        dt.date | None,
        typer.Option("--until", metavar="DATE", parser=read_date, help="First day on which the goods will be ready."),
    ] = None,
    unknown: Annotated[bool, typer.Option("--unknown", help="Nobody knows when.")] = False,
    note: Note = "",
    database: Database = None,
    user: User = None,
) -> None:
    """Note that a factory's goods are not ready. Their window slides, and the draft lets go of what is hit."""
    if (ready is None) != unknown:
        raise BadInputError(f"Nothing says when {request} will be ready.", "Give --until DATE, or --unknown.")
    with opened(database, user) as desk:
        acknowledge(desk.handle(ReportNotReady(request, ready, note)))


def overrun(
    request: RequestCode,
    half_days: Annotated[int, typer.Option("--half-days", min=1, max=20, help="How much longer it takes.")] = 1,
    note: Note = "",
    database: Database = None,
    user: User = None,
) -> None:
    """Note that a visit takes longer. Its people are not free for what comes next."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(ReportOverrun(request, half_days, note)))


def repair(
    first_day: From = None,
    days: Length = None,
    seconds: Annotated[float, typer.Option("--seconds", min=1.0, help="For all of it.")] = 10.0,
    seed: Seed = 0,
    accept: Annotated[
        str,
        typer.Option("--accept", metavar="all|NUMBERS", help='Keep a draft with these groups: "all", or "0,2,5".'),
    ] = "",
    publish: Annotated[bool, typer.Option("--publish", help="Announce what is kept at once. Needs --accept.")] = False,
    as_json: Json = False,
    database: Database = None,
    user: User = None,
) -> None:
    """Propose the plan that serves most from now on at least change and cost, from what is in force.

    Nothing is stored without --accept. Ctrl+C stops with the best plan so far; a second one gives it up.
    """
    if publish and not accept:
        raise BadInputError("Nothing says what is to be published.", "Give --accept all, or --accept with numbers.")
    with opened(database, user) as desk:
        found = _repaired(desk, RepairSettings(first_day, days, seconds, seed))
        review = PartialReview(found)
        ticked = _ticked(accept, review) if accept else review.all
        if as_json:
            say_json(_values(review, ticked))
        else:
            _show(review, ticked)
        if not accept:
            if not as_json and review.groups:
                say("Nothing is stored. Keep it with `--accept all`, or a part of it by its groups.")
            return
        kept = accept_part(desk, review, ticked)
        if not as_json:
            acknowledge(kept.outcome)
        if publish:
            outcome = desk.handle(PublishVisits(kept.code, kept.requests))
            if not as_json:
                acknowledge(outcome)


def _repaired(desk: Desk, settings: RepairSettings) -> Repair:
    """Repair with a bar, stoppable by Ctrl+C."""
    prepared = prepare_repair(desk.store, desk.clock.now(), settings)
    limit = settings.seconds
    with progress("Repairing") as tell, stopping_kindly(STOPPING) as stop:

        def on_progress(state: Progress) -> None:
            best = "" if state.incumbent is None else f", {money(state.incumbent)}"
            tell(min(state.seconds, limit), limit, f"{state.phase}{best}")

        return run_repair(prepared, desk.clock.now(), on_progress, stop)


def _ticked(text: str, review: PartialReview) -> frozenset[int]:
    """The groups that are meant."""
    if text.strip() == "all":
        return review.all
    try:
        numbers = frozenset(int(part) for part in text.split(","))
    except ValueError:
        raise BadInputError(f'"{text}" names no groups.', 'Give "all", or numbers like "0,2,5".') from None
    if unknown := sorted(numbers - review.all):
        raise BadInputError(
            f"There is no group {unknown[0]}.", f"The groups are numbered 0 to {len(review.groups) - 1}."
        )
    return numbers


# -- shown -------------------------------------------------------------------------------------------------------------


def _show(review: PartialReview, ticked: frozenset[int]) -> None:
    if not review.groups:
        say("Nothing has to be changed." if not review.repair.prepared.hits else "No other place is found.")
    for solved in review.solved(ticked):
        if solved.new is None:
            say(f"{solved.hit.request} stays without a place: {'; '.join(solved.reasons)}.")
    calls = review.calls(ticked)
    rows = [
        (f"{call.code} {call.name}", call.phone, item.request, item.factory_name, _spot(item.told), _spot(item.new))
        for call in calls
        if call.party == "inspector"
        for item in call.items
    ]
    if rows:
        say_table(("inspector", "phone", "request", "factory", "as announced", "new"), rows)
        say("Changes that hang together:")
        say_table(("group", "requests", "hit", "announced", "cost"), _group_rows(review.groups), right=(0, 3, 4))
    told = [call for call in calls if call.party != "inspector"]
    if told:
        say("Calls to make:")
        say_table(("who", "name", "how", "about"), [_call_row(call) for call in told])
    say(_sum_words(review.sum(ticked), review.repair))


def _hit_rows(found: Sequence[Hit]) -> list[tuple[str, ...]]:
    return [
        (
            f"{hit.hours_left:.0f}",
            hit.request,
            spell_slots(hit.first_slot, hit.last_slot),
            ", ".join(hit.inspectors),
            hit.factory_name,
            hit.client_name,
            hit.text,
        )
        for hit in found
    ]


def _group_rows(groups: Sequence[Group]) -> list[tuple[str, ...]]:
    return [
        (str(group.number), ", ".join(group.requests), ", ".join(group.hits), str(group.announced), money(group.cents))
        for group in groups
    ]


def _call_row(call: Call) -> tuple[str, ...]:
    how = ", ".join(part for part in (call.contact, call.phone, call.email) if part)
    about = "; ".join(f"{item.request}: {_spot(item.told)} -> {_spot(item.new)}" for item in call.items)
    return call.party, call.name, how, about


def _spot(spot: Spot | None) -> str:
    return "-" if spot is None else f"{spell_slots(spot.first_slot, spot.last_slot)}, {', '.join(spot.names)}"


def _sum_words(total: PartSum, repaired: Repair) -> str:
    steady = repaired.steadiness
    return (
        f"{total.changes} of {count(total.all_changes, 'change')}, {money(total.difference.total)}; "
        f"{count(total.told, 'announced visit')} told otherwise, {count(total.hits_left, 'visit')} hit left without a "
        f"place. Of {count(steady.announced, 'announced visit')} that nothing has hit {steady.changed} would change "
        f"({100 * steady.share:.1f} %)."
    )


def _values(review: PartialReview, ticked: frozenset[int]) -> dict[str, object]:
    """A repair as JSON."""
    total = review.sum(ticked)
    return {
        "groups": [asdict(group) for group in review.groups],
        "hits": [
            {"request": solved.hit.request, "cause": solved.hit.cause, "new": solved.new and asdict(solved.new)}
            for solved in review.solved(ticked)
        ],
        "calls": [asdict(call) for call in review.calls(ticked)],
        "changes": total.changes,
        "difference": total.difference.total,
        "cost": total.cost.total,
        "told": total.told,
        "hits_left": total.hits_left,
        "steady": asdict(review.repair.steadiness),
    }
