"""Commands for what is promised: the on-site clock, how well it was kept, whether a DUPRO is needed."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated, Any

import typer

from desktop.cli.options import Database, Json, RequestCode, User, read_date, read_moment
from desktop.cli.output import acknowledge, say, say_json, say_table
from desktop.cli.workplace import opened
from desktop.clock import local_today
from desktop.errors import BadInputError, RefusedError
from desktop.services.attainment import WEEKS, Record, Share, attainment_record
from desktop.services.commands import RecordArrival
from desktop.services.requests.reading import read_one, read_open
from desktop.services.requests.risk import read_risk
from desktop.services.requests.rows import RequestRow
from desktop.services.trade.clock import wall_time
from desktop.services.words import count, spell_day, spell_list

MOST_LISTED = 30
FAR = dt.datetime.max.replace(tzinfo=dt.UTC)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("clock")(clock)
    app.command("arrived")(arrived)
    app.command("attainment")(attainment)
    app.command("risk")(risk)


def clock(
    request: Annotated[
        str | None, typer.Argument(metavar="[REQUEST]", help="Code of the request. Default: the open ones.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All open requests, not only the most urgent.")] = False,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Say until when somebody must be on site, or what is missing for the clock to run."""
    with opened(database) as desk:
        now = desk.clock.now()
        if request is None:
            rows = [row for row in read_open(desk.store, now) if row.clock is not None]
        else:
            rows = [read_one(desk.store, now, request)]
    if request is not None and rows[0].clock is None:
        raise RefusedError(f"The clock of {rows[0].code} matters no more: the request is {rows[0].status}.")
    rows.sort(key=lambda row: (row.target or FAR, row.code))
    if as_json:
        say_json([_clock_json(row, now) for row in rows])
    elif request is not None:
        _say_clock(rows[0], now)
    else:
        _say_clocks(rows, now, len(rows) if everything else MOST_LISTED)


def arrived(
    request: RequestCode,
    at: Annotated[
        dt.datetime | None,
        typer.Option(
            "--at", metavar="TIME", parser=read_moment, help="Such as 2026-12-01 09:10, at the factory. Default: now."
        ),
    ] = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Note that the inspector is on site, and say whether the promise was kept."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(RecordArrival(request, at)))


def attainment(
    first: Annotated[
        dt.date | None,
        typer.Option("--from", metavar="DATE", parser=read_date, help=f"First day. Default: {WEEKS} weeks ago."),
    ] = None,
    last: Annotated[
        dt.date | None, typer.Option("--until", metavar="DATE", parser=read_date, help="Last day. Default: today.")
    ] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Say how often somebody was on site within the target and the limit, by week and by client."""
    with opened(database) as desk:
        today = local_today(desk.clock)
        until = last or today
        try:
            since = first or until - dt.timedelta(weeks=WEEKS)
        except OverflowError:
            raise BadInputError(f"No calendar begins {WEEKS} weeks before {until}.", "Give a later --until.") from None
        found = attainment_record(desk.store, since, until)
    if as_json:
        say_json(_record_json(found))
        return
    if not found.total.visits:
        days = f"{spell_day(found.first_day)} to {spell_day(found.last_day)}"
        say(f"No arrival is on record from {days}.")
        return
    heads = ("visits", "in target", "in limit", "missed")
    right = (1, 2, 3, 4)
    say_table(("week from", *heads), [_share_words(share.key, share) for share in found.weeks], right=right)
    say("")
    clients = [_share_words(f"{share.key} {share.name}", share) for share in found.clients]
    say_table(("client", *heads), [*clients, _share_words("all", found.total)], right=right)


def _clock_json(row: RequestRow, now: dt.datetime) -> dict[str, Any]:
    left = row.hours_left(now)
    known = row.clock
    return {
        "request": row.code,
        "client": row.client,
        "factory": row.factory.code,
        "status": row.status,
        "begins": None if known is None or known.begins is None else known.begins.isoformat(),
        "target": None if known is None or known.target is None else known.target.isoformat(),
        "limit": None if known is None or known.limit is None else known.limit.isoformat(),
        "hours_left": None if left is None else round(left, 2),
        "missing": [{"field": lack.key, "text": lack.text} for lack in row.missing],
    }


def _say_clock(row: RequestRow, now: dt.datetime) -> None:
    known, zone = row.clock, row.factory.zone
    say(f"{row.code} {row.service}, {row.client_name}, {row.factory.name}")
    if known is None:
        return
    for what, when in (("begins", known.begins), ("target", known.target), ("limit", known.limit)):
        if when is not None:
            say(f"{what:<8}{_there(when, zone, is_end=what != 'begins')}")
    left = row.hours_left(now)
    if left is not None:
        say(f"{'left':<8}{left:.1f} h")
    if row.missing:
        say("The clock does not run. Missing:")
        for lack in row.missing:
            say(f"  {lack.text} ({lack.key})")


def _say_clocks(rows: list[RequestRow], now: dt.datetime, most: int) -> None:
    running = [row for row in rows if row.target is not None]
    stopped = [row for row in rows if row.missing]
    say_table(
        ("request", "service", "client", "factory", "left", "target"),
        [
            (
                row.code,
                row.service,
                row.client_name,
                row.factory.name,
                f"{row.hours_left(now):.0f} h",
                "" if row.target is None else _there(row.target, row.factory.zone),
            )
            for row in running[:most]
        ],
        right=(4,),
    )
    if len(running) > most:
        say(f"... and {count(len(running) - most, 'request')} with more time left.")
    if stopped:
        say("")
        say_table(
            ("clock stopped", "service", "client", "missing"),
            [
                (row.code, row.service, row.client_name, spell_list([lack.short for lack in row.missing]))
                for row in stopped[:most]
            ],
        )
    say(f"{count(len(running), 'clock')} with a target, {len(stopped)} stopped.")


def _there(when: dt.datetime, zone: dt.tzinfo, *, is_end: bool = True) -> str:
    day, time = wall_time(when, zone, is_end=is_end)
    return f"{spell_day(day)} {time}"


def _share_words(name: str, share: Share) -> tuple[str, ...]:
    missed = share.visits - share.in_limit
    return name, f"{share.visits:,}", f"{share.target_share:.1%}", f"{share.limit_share:.1%}", f"{missed:,}"


def _record_json(found: Record) -> dict[str, Any]:
    return {
        "from": found.first_day.isoformat(),
        "until": found.last_day.isoformat(),
        "total": _share_json(found.total),
        "weeks": [_share_json(share) for share in found.weeks],
        "clients": [_share_json(share) for share in found.clients],
    }


def _share_json(share: Share) -> dict[str, Any]:
    return {
        "key": share.key,
        "name": share.name,
        "visits": share.visits,
        "in_target": share.in_target,
        "in_limit": share.in_limit,
    }


def risk(
    request: RequestCode,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Say how risky a request's order is by what is on record, and whether a DUPRO is suggested."""
    with opened(database) as desk:
        found = read_risk(desk.store, desk.clock.now(), request)
    told = found.assessment
    if as_json:
        say_json(
            {
                "request": found.request,
                "order": found.order or None,
                "score": told.score,
                "suggestion": told.suggestion.value,
                "because": told.because,
                "reasons": [asdict(reason) for reason in told.reasons],
                "unknown": list(told.unknown),
                "booked": [{"request": code, "service": service} for code, service in found.booked],
                "to_book": found.to_book or None,
            }
        )
        return
    say(f"{found.request}, {f'order {found.order}' if found.order else 'no order'}: {told.score} points")
    if told.reasons:
        say_table(
            ("points", "because", "on record"),
            [(str(reason.points), reason.text, reason.source) for reason in told.reasons],
            right=(0,),
        )
    for what in told.unknown:
        say(f"Not on record: {what}.")
    say(f"Suggested: {told.suggestion.value} ({told.because}). You decide.")
