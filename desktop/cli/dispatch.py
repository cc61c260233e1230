"""Commands about telling inspectors, factories and clients of the visits in force, and about what they answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, cast, get_args

import typer

from desktop.cli.options import Database, Json, RequestCode, User, read_date, read_moment
from desktop.cli.output import acknowledge, remark, say, say_json, say_table
from desktop.cli.workplace import opened
from desktop.errors import BadInputError
from desktop.services.bus import Desk
from desktop.services.commands import RecordAnswer, RecordSendings, SetReminder
from desktop.services.commands.dispatching import Addressee, Answer, Outgoing, Party
from desktop.services.dispatching.due import DueNotice, Wanted, due_notices
from desktop.services.dispatching.mail import MailAccount, account_of, keep_password, read_mail
from desktop.services.dispatching.messages import compose
from desktop.services.dispatching.outbox import Paint, dispatch_by_mail, dispatch_to_folder
from desktop.services.dispatching.recording import whom_in_words
from desktop.services.dispatching.sent import confirmations
from desktop.services.trade.protocols import Language
from desktop.services.words import count, spell_slots, spell_time

Day = Annotated[
    dt.date | None, typer.Option("--day", metavar="DATE", parser=read_date, help="Only visits of this day.")
]
Week = Annotated[
    dt.date | None, typer.Option("--week", metavar="DATE", parser=read_date, help="Only visits of this day's week.")
]
People = Annotated[
    list[str] | None, typer.Option("--person", metavar="INSPECTOR", help="Only visits that this one makes. Repeatable.")
]
Requests = Annotated[
    list[str] | None, typer.Option("--request", metavar="REQUEST", help="Only of this request. Repeatable.")
]
Parties = Annotated[
    list[str] | None, typer.Option("--to", metavar="PARTY", help="Only to inspector, factory or client. Repeatable.")
]
OnePerson = Annotated[str, typer.Option("--person", metavar="INSPECTOR", help="The inspector it is about.")]
OneParty = Annotated[
    str | None, typer.Option("--to", metavar="PARTY", help="factory or client. Default: the inspector of --person.")
]
Spoken = Annotated[
    str | None, typer.Option("--language", metavar="LANGUAGE", help="en, zh or vi. Default: the addressee's own.")
]

dispatch = typer.Typer(help="Tell people of the visits in force, and keep what they answer.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (due, send, text, answer, remind, password):
        dispatch.command()(command)
    app.add_typer(dispatch, name="dispatch")


def due(
    day: Day = None,
    week: Week = None,
    person: People = None,
    request: Requests = None,
    to: Parties = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """List what is to be sent: invitations, updates with what has changed, cancellations."""
    wanted = _wanted(day, week, person, request, to)
    with opened(database) as desk:
        found = due_notices(desk.store, desk.clock.now(), wanted)
    if as_json:
        say_json([_due_values(row) for row in found])
        return
    if not found:
        say("Nothing is to be sent.")
        return
    say_table(
        ("visit", "request", "to", "name", "what", "version", "language", "address", ""),
        [
            (
                spell_slots(row.first_slot, row.last_slot),
                row.request,
                row.to.inspector or row.to.party,
                row.name,
                row.kind,
                str(row.sequence),
                row.language,
                row.email or "none",
                row.fault or _changes(row),
            )
            for row in found
        ],
    )


def send(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Write .eml, .ics and .pdf files into this folder.")
    ] = None,
    smtp: Annotated[bool, typer.Option("--smtp", help="Send by the house's mail server.")] = False,
    ask_password: Annotated[
        bool, typer.Option("--ask-password", help="Ask for its password instead of using the keyring's.")
    ] = False,
    day: Day = None,
    week: Week = None,
    person: People = None,
    request: Requests = None,
    to: Parties = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Send what is due, into a folder or by e-mail, and note it. Each is sent once: afterwards it is due no more."""
    if (out is None) == (not smtp):
        raise BadInputError("It is not said where to send.", "Give --out FOLDER, or --smtp.")
    wanted = _wanted(day, week, person, request, to)
    with opened(database, user) as desk:
        account = _account(desk, ask_password) if smtp else None
        addressees = [row.to for row in due_notices(desk.store, desk.clock.now(), wanted)]
        if not addressees:
            say("Nothing is to be sent.")
            return
        # Qt takes a moment and some memory: only whoever sends loads it
        from desktop.views.paper.worksheet import worksheet_pdf  # noqa: PLC0415

        done = _sent(desk, addressees, account, out, worksheet_pdf)
    failed = [outgoing for outgoing in done if outgoing.fault]
    where = "by e-mail" if out is None else f"into {out}"
    say(f"{count(len(done) - len(failed), 'message')} sent {where}.")
    if failed:
        say(f"{count(len(failed), 'message')} not sent; `dispatch send` tries them again.")
        raise typer.Exit(1)


def _sent(
    desk: Desk, addressees: Sequence[Addressee], account: MailAccount | None, out: Path | None, paint: Paint
) -> tuple[Outgoing, ...]:
    if account is not None:
        return dispatch_by_mail(desk, addressees, account, paint, _report)
    assert out is not None
    return dispatch_to_folder(desk, addressees, out, paint, _report)


def _report(outgoing: Outgoing) -> None:
    if outgoing.fault:
        remark(f"{outgoing.to.request}, {whom_in_words(outgoing.to)}: {outgoing.fault}")


def _account(desk: Desk, ask_password: bool) -> MailAccount:
    settings = read_mail(desk.store)
    if ask_password and settings.host and settings.user:
        return account_of(settings, typer.prompt(f"Password of {settings.user}", hide_input=True, err=True))
    return account_of(settings)


def text(
    request: RequestCode,
    person: OnePerson = "",
    to: OneParty = None,
    language: Spoken = None,
    sent: Annotated[bool, typer.Option("--sent", help="Note that it has been sent.")] = False,
    database: Database = None,
    user: User = None,
) -> None:
    """Print the short text of a message, to paste into WeChat or Zalo."""
    with opened(database, user) as desk:
        (message,) = compose(desk.store, desk.clock.now(), [_addressee(request, person, to)], _language(language))
        say(message.chat)
        if sent:
            outcome = desk.handle(RecordSendings((message.by("text"),)))
            remark(f"Noted as change {outcome.change_id}.")


def answer(
    request: RequestCode,
    given: Annotated[str, typer.Argument(metavar="ANSWER", help="confirmed, declined, or none to take it back.")],
    person: OnePerson = "",
    to: OneParty = None,
    note: Annotated[str, typer.Option("--note", help="What was said.")] = "",
    at: Annotated[
        dt.datetime | None,
        typer.Option("--at", metavar="TIME", parser=read_moment, help="When, by the factory's clocks. Default: now."),
    ] = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Note what an inspector, a factory or a client has answered."""
    if given not in (*get_args(Answer), "none"):
        raise BadInputError(f'"{given}" is no answer.', "Give confirmed, declined, or none.")
    said = cast(Answer, "" if given == "none" else given)
    with opened(database, user) as desk:
        acknowledge(desk.handle(RecordAnswer(_addressee(request, person, to), said, note, at)))


def remind(
    request: Annotated[
        str, typer.Argument(metavar="REQUEST", help="Set when to ask about this one; without: list everybody.")
    ] = "",
    person: OnePerson = "",
    to: OneParty = None,
    at: Annotated[
        dt.datetime | None,
        typer.Option("--at", metavar="TIME", parser=read_moment, help="Without: when the house's settings say."),
    ] = None,
    day: Day = None,
    week: Week = None,
    as_json: Json = False,
    database: Database = None,
    user: User = None,
) -> None:
    """List who has answered and who is to be asked again, or set when to ask about one request."""
    if request:
        with opened(database, user) as desk:
            acknowledge(desk.handle(SetReminder(_addressee(request, person, to), at)))
        return
    parties = None if to is None else [to]
    wanted = _wanted(day, week, [person] if person else None, None, parties)
    with opened(database) as desk:
        found = confirmations(desk.store, desk.clock.now(), wanted)
    if as_json:
        say_json([_plain(asdict(row)) for row in found])
        return
    if not found:
        say("Nobody has been told of a visit that lies ahead.")
        return
    say_table(
        ("visit", "request", "who", "name", "phone", "told", "answer", "ask again"),
        [
            (
                spell_slots(row.first_slot, row.last_slot),
                row.to.request,
                row.to.inspector or row.to.party,
                row.name,
                row.phone,
                "" if row.sent_at is None else spell_time(row.sent_at),
                " ".join(filter(None, (row.answer or "none", row.answer_note))),
                "now" if row.is_due else "" if row.remind_at is None else spell_time(row.remind_at),
            )
            for row in found
        ],
    )


def password(
    forget: Annotated[bool, typer.Option("--forget", help="Have the keyring forget it.")] = False,
    database: Database = None,
) -> None:
    """Have this computer's keyring keep the mail server's password. It is stored nowhere else."""
    with opened(database) as desk:
        settings = read_mail(desk.store)
    if not settings.host or not settings.user:
        raise BadInputError("No mail server with a user is set up.", "Set mail.host and mail.user first.")
    given = "" if forget else typer.prompt(f"Password of {settings.user}", hide_input=True, err=True)
    keep_password(settings, given)
    say("The keyring has forgotten it." if forget else "The keyring keeps it.")


def _wanted(
    day: dt.date | None,
    week: dt.date | None,
    people: Sequence[str] | None,
    requests: Sequence[str] | None,
    parties: Sequence[str] | None,
) -> Wanted:
    first, last = day, day
    if week is not None:
        first = week - dt.timedelta(days=week.weekday())
        last = first + dt.timedelta(days=6)
    return Wanted(
        first, last, frozenset(people or ()), frozenset(requests or ()), frozenset(map(_party, parties or ()))
    )


def _party(name: str) -> Party:
    if name not in get_args(Party):
        raise BadInputError(f'Nobody is called "{name}".', f"There are {', '.join(get_args(Party))}.")
    return cast(Party, name)


def _addressee(request: str, person: str, party: str | None) -> Addressee:
    if party is not None and _party(party) != "inspector":
        return Addressee(request, _party(party))
    if not person:
        raise BadInputError("It is not said who.", "Give --person INSPECTOR, --to factory or --to client.")
    return Addressee(request, "inspector", person)


def _language(wanted: str | None) -> Language | None:
    if wanted is not None and wanted not in get_args(Language):
        raise BadInputError(f'There are no messages in "{wanted}".', f"There are {', '.join(get_args(Language))}.")
    return cast("Language | None", wanted)


def _changes(row: DueNotice) -> str:
    return "; ".join(
        f"{change.label}: {change.before or 'nothing'} -> {change.now or 'nothing'}" for change in row.changes
    )


def _due_values(row: DueNotice) -> dict[str, Any]:
    return _plain(asdict(row))


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Times as ISO text."""
    return {key: value.isoformat() if isinstance(value, dt.datetime) else value for key, value in values.items()}
