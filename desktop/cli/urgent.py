"""Urgent bookings: who could go, ranked; booked or held from the list. And the places that are held."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated, Any

import typer

from desktop.cli.options import Database, Json, RequestCode, User, read_date
from desktop.cli.output import acknowledge, remark, say, say_json, say_table
from desktop.cli.workplace import opened
from desktop.errors import BadInputError
from desktop.services.bus import Desk
from desktop.services.commands import ConfirmHold, HoldSlot, OfferHold, ReleaseHold
from desktop.services.trade.man_days import count_days
from desktop.services.urgent.answer import MayMove, UrgentAnswer, UrgentCandidate, UrgentForm
from desktop.services.urgent.drafting import announced, in_draft
from desktop.services.urgent.expiry import release_expired
from desktop.services.urgent.holding import holds
from desktop.services.urgent.opening import UrgentCase, open_urgent
from desktop.services.words import DAYS, MONTHS, count, spell_day, spell_slots
from desktop.views.words import money

MINUTES = 30

Minutes = Annotated[int, typer.Option("--minutes", min=1, max=7 * 24 * 60, help="How long a place is kept.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("urgent")(urgent)
    held = typer.Typer(help="Places that are kept for a client.", no_args_is_help=True)
    held.command("list")(list_holds)
    held.command("offer")(offer)
    held.command("confirm")(confirm)
    held.command("release")(release)
    app.add_typer(held, name="hold")


def urgent(
    factory: Annotated[
        str, typer.Argument(metavar="FACTORY", help="Code of the factory; with --request left out.")
    ] = "",
    client: Annotated[str, typer.Option("--client", metavar="CODE", help="Default: who booked there last.")] = "",
    order: Annotated[str, typer.Option("--order", metavar="CODE", help="An order that is known.")] = "",
    product: Annotated[str, typer.Option("--product", metavar="WORDS", help="What is made.")] = "",
    group: Annotated[str, typer.Option("--group", metavar="GROUP", help="Its product group.")] = "",
    quantity: Annotated[int | None, typer.Option("--quantity", min=1, help="Pieces.")] = None,
    percent: Annotated[float | None, typer.Option("--percent", min=0, max=100, help="Made by now.")] = None,
    rate: Annotated[float | None, typer.Option("--rate", min=0.1, help="Pieces made a working day.")] = None,
    ready: Annotated[
        dt.date | None, typer.Option("--ready", metavar="DATE", parser=read_date, help="When all is made.")
    ] = None,
    service: Annotated[str, typer.Option("--service", metavar="SERVICE")] = "DUPRO",
    skill: Annotated[str, typer.Option("--skill", metavar="SKILL", help="Default: that of the goods.")] = "",
    level: Annotated[int | None, typer.Option("--level", min=1, max=5)] = None,
    by: Annotated[
        dt.date | None, typer.Option("--by", metavar="DATE", parser=read_date, help="On site by this day.")
    ] = None,
    request: Annotated[str, typer.Option("--request", metavar="REQUEST", help="One that is booked already.")] = "",
    moves: Annotated[bool, typer.Option("--moves/--no-moves", help="Whether others may move.")] = True,
    move_announced: Annotated[
        bool, typer.Option("--announced/--no-announced", help="Whether announced visits may move too.")
    ] = True,
    move_locked: Annotated[bool, typer.Option("--locked", help="Pinned visits may move too.")] = False,
    freelancers: Annotated[bool, typer.Option("--freelancers/--no-freelancers", help="Whether they may go.")] = True,
    top: Annotated[int, typer.Option("--top", min=1, help="How many are listed.")] = 8,
    why_not: Annotated[bool, typer.Option("--why-not", help="Say of everybody else why not.")] = False,
    book: Annotated[int | None, typer.Option("--book", metavar="N", min=1, help="Book the N-th of the list.")] = None,
    hold: Annotated[int | None, typer.Option("--hold", metavar="N", min=1, help="Hold the N-th of the list.")] = None,
    minutes: Minutes = MINUTES,
    publish: Annotated[bool, typer.Option("--publish", help="Announce what is booked at once.")] = False,
    as_json: Json = False,
    database: Database = None,
    user: User = None,
) -> None:
    """Rank who could go to a factory at once, and book or hold a place from the list.

    Places for which nothing else moves come with those for which one or two other visits do; in time first, then cost.
    """
    if book is not None and hold is not None:
        raise BadInputError("A place is booked or held, not both.", "Leave one of --book and --hold out.")
    if publish and book is None:
        raise BadInputError("Only what is booked can be announced.", "Give --book N with --publish.")
    form = UrgentForm(
        factory=factory,
        client=client,
        order=order,
        product=product,
        product_group=group,
        quantity=quantity,
        percent=percent,
        daily_rate=rate,
        ready=ready,
        service=service.upper(),
        skill=skill,
        level=level,
        by=by,
        request=request,
        may_move=MayMove(
            proposed=moves,
            announced=moves and move_announced,
            locked=moves and move_locked,
            freelancers=freelancers,
        ),
    )
    with opened(database, user) as desk:
        for said in release_expired(desk.store, desk.clock):
            remark(said)
        now = desk.clock.now()
        case = open_urgent(desk.store, now).case(desk.store, form, now)
        *_, answer = case.stream(form, now)
        if as_json:
            say_json(_as_json(answer, top))
        else:
            _say_answer(answer, top)
            if not answer.candidates:
                _say_ways_out(case, form, now)
        if why_not and not as_json:
            say_table(("code", "name", "why not"), [(e.person, e.name, e.text) for e in case.why_not(form, now)])
        number = book or hold
        if number is not None:
            candidate = _nth(answer, number)
            until = None if hold is None else now + dt.timedelta(minutes=minutes)
            _carry_out(desk, case, form, now, answer, candidate, until, publish=publish)


def list_holds(as_json: Json = False, database: Database = None) -> None:
    """List the places that are held, the first to run out first."""
    with opened(database) as desk:
        for said in release_expired(desk.store, desk.clock):
            remark(said)
        now = desk.clock.now()
        found = holds(desk.store, now)
    if as_json:
        say_json(
            [asdict(view) | {"held_at": view.held_at.isoformat(), "until": view.until.isoformat()} for view in found]
        )
    elif not found:
        say("No place is held.")
    else:
        rows = [
            (
                view.request,
                view.client_name,
                ", ".join(view.names),
                spell_slots(view.first_slot, view.last_slot),
                view.state,
                count(view.minutes_left(now), "minute"),
                view.by,
            )
            for view in found
        ]
        say_table(("request", "client", "who", "when", "state", "left", "held by"), rows)


def offer(
    request: RequestCode,
    minutes: Annotated[
        int | None, typer.Option("--minutes", min=1, max=7 * 24 * 60, help="Keep it so long from now on.")
    ] = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Note that a held place has been offered to its client."""
    with opened(database, user) as desk:
        until = None if minutes is None else desk.clock.now() + dt.timedelta(minutes=minutes)
        acknowledge(desk.handle(OfferHold(request, until)))


def confirm(request: RequestCode, database: Database = None, user: User = None) -> None:
    """Keep a held place for good: the client takes it."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(ConfirmHold(request)))


def release(request: RequestCode, database: Database = None, user: User = None) -> None:
    """Free a held place; its request goes back to the inbox."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(ReleaseHold(request)))


def _nth(answer: UrgentAnswer, number: int) -> UrgentCandidate:
    if number > len(answer.candidates):
        raise BadInputError(
            f"There is no place {number}: {count(len(answer.candidates), 'place')} were found.", "Choose one of those."
        )
    return answer.candidates[number - 1]


def _carry_out(
    desk: Desk,
    case: UrgentCase,
    form: UrgentForm,
    now: dt.datetime,
    answer: UrgentAnswer,
    candidate: UrgentCandidate,
    until: dt.datetime | None,
    *,
    publish: bool,
) -> None:
    booking = in_draft(desk, case.booking(form, now, candidate), answer.first_day, answer.days)
    command = booking if until is None else HoldSlot(booking, until)
    outcome = desk.handle(command)
    acknowledge(outcome)
    if publish:
        acknowledge(announced(desk, command, outcome))
    say("")
    say(candidate.message)


def _say_answer(answer: UrgentAnswer, top: int) -> None:
    need = answer.need
    say(f"{need.code}: {need.service} at {need.factory_name}, {need.area}, for {need.client_name or 'nobody known'}")
    say(f"{need.skill} {need.level} or better; {need.man_days_text or count_days(need.man_days)}.")
    if need.earliest is not None and need.latest is not None and need.due is not None:
        share = "" if need.share is None else f", {need.share[0]:g}-{need.share[1]:g} % made"
        say(f"Sought from {spell_day(need.earliest)} to {spell_day(need.latest)}{share}; due {spell_day(need.due)}.")
    for line in need.assumed:
        say(line)
    if need.fault:
        say(need.fault)
        return
    shown = answer.candidates[:top]
    say(f"{len(shown)} of {len(answer.candidates)} places; {answer.can} of {answer.checked} can with nothing moved.")
    if shown:
        heads = ("", "who", "when", "hours", "cost", "of it money", "way", "made", "holds", "margin", "what moves")
        rows = [_row(number, candidate) for number, candidate in enumerate(shown, 1)]
        say_table(heads, rows, right=(0, 3, 4, 5, 7, 8, 9))
    if answer.cannot:
        say("Cannot: " + ", ".join(entry.text for entry in answer.cannot) + ".")
    for day in answer.next_days:
        cost = "" if day.from_cents is None else f", from {money(day.from_cents)}"
        say(f"{spell_day(day.day)}: {count(day.number, 'person', 'people')}{cost}")


def _row(number: int, candidate: UrgentCandidate) -> tuple[str, ...]:
    ways = {f"{way.mode or 'on the spot'} {way.km:.0f} km" for way in candidate.arrivals}
    day = candidate.first_day
    late = "" if candidate.in_time else ", late"
    moves = "; ".join(
        f"{move.request} to {move.after_text}" + (f" ({money(move.price_cents)})" if move.announced else "")
        for move in candidate.moves
    )
    return (
        str(number),
        ", ".join(person.name for person in candidate.crew),
        f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {candidate.half}{late}",
        f"{candidate.hours:.1f}",
        money(candidate.cost.total),
        money(candidate.cost.money),
        ", ".join(sorted(ways)),
        "" if candidate.percent is None else f"{candidate.percent:.0f} %",
        "" if candidate.chance is None else f"{candidate.chance:.0%}",
        "" if candidate.margin_cents is None else money(candidate.margin_cents),
        moves or "nothing",
    )


def _say_ways_out(case: UrgentCase, form: UrgentForm, now: dt.datetime) -> None:
    for way in case.ways_out(form, now)[:5]:
        say(f"{way.text} Then {', '.join(way.crew)} on {spell_day(way.day)}, {money(way.cents)}.")


def _as_json(answer: UrgentAnswer, top: int) -> dict[str, Any]:
    need = answer.need
    return {
        "request": need.code,
        "plan": answer.plan,
        "fault": need.fault,
        "assumed": list(need.assumed),
        "checked": answer.checked,
        "can": answer.can,
        "cannot": {entry.cause: entry.number for entry in answer.cannot},
        "seconds": round(answer.seconds, 3),
        "candidates": [
            {
                "inspectors": list(candidate.to.inspectors),
                "first_day": candidate.first_day.isoformat(),
                "half": candidate.half,
                "begins": candidate.begins.isoformat(),
                "hours": round(candidate.hours, 1),
                "in_time": candidate.in_time,
                "cost": asdict(candidate.cost) | {"total": candidate.cost.total},
                "percent": candidate.percent,
                "chance": candidate.chance,
                "price_cents": candidate.price_cents,
                "margin_cents": candidate.margin_cents,
                "moves": [
                    {
                        "request": move.request,
                        "from": move.before_text,
                        "to": move.after_text,
                        "cents": move.price_cents,
                    }
                    for move in candidate.moves
                ],
                "message": candidate.message,
            }
            for candidate in answer.candidates[:top]
        ],
    }
