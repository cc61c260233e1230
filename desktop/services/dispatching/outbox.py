"""Messages on their way out: into a folder, or to a mail server. Nothing here is done inside a transaction.

What is to go out is composed, sent and noted lot by lot: nobody waits for hundreds of messages to be composed, and
what somebody else has told meanwhile is left out.

Sending has two phases. `BeginSendings` notes what is about to go out, in a transaction of its own; then the messages
are sent, for as long as that takes, on any thread but the window's and the database's; `RecordSendings` notes what
became of them. Where the program ends in between, `due_notices` says of these that it is not known whether they went
out; sending them again raises SEQUENCE, so that no calendar shows the visit twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path

from desktop.errors import BadInputError
from desktop.services.bus import Desk
from desktop.services.commands import BeginSendings, RecordSendings
from desktop.services.commands.dispatching import Addressee, Outgoing
from desktop.services.dispatching.mail import (
    Attachment,
    Mail,
    MailAccount,
    MailServer,
    mail_server,
    make_email,
)
from desktop.services.dispatching.messages import Message, compose
from desktop.services.exchange.atomic import replacing
from desktop.services.trade.protocols import Language
from desktop.services.worksheets import WorkSheet
from scheduler.stop import Stop, never

Paint = Callable[[WorkSheet, Language], bytes]
"""Makes the work sheet's PDF (`desktop.views.paper.worksheet.worksheet_pdf`)."""
Done = Callable[[Outgoing], None]
"""Told of every message as it went out, or did not."""
NOTED_AT_ONCE = 50
"""So many messages are noted, sent and noted again before the next: what is unknown after a crash is not more."""
NO_ADDRESS = "No e-mail address is on record. Enter one, or send a text."
STOPPED = "The sending was stopped before this message."


def write_files(
    messages: Sequence[Message], folder: Path, paint: Paint | None, on_done: Done, stop: Stop = never
) -> tuple[Outgoing, ...]:
    """Write of each message an .eml, an .ics and, for inspectors, a .pdf file into a folder; made where it is missing.

    Gives what was written, less than was given where `stop` said so. An address that is none is a `fault`.

    Raises:
        BadInputError: the folder or a file cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInputError(f"{folder} cannot be made: {error.strerror}.", "Choose another folder.") from None
    written = []
    for message in messages:
        if stop():
            break
        done = message.by("eml", _written(message, folder, paint))
        written.append(done)
        on_done(done)
    return tuple(written)


def _written(message: Message, folder: Path, paint: Paint | None) -> str:
    """Write one message; gives why it could not be made, or ""."""
    pdf = _painted(message, paint)
    mail = _mail(message, pdf)
    try:
        email = make_email(mail, message.sender, message.composed_at)
    except BadInputError as error:
        return error.text
    for suffix, content in ((".eml", bytes(email)), (".ics", mail.calendar), (".pdf", pdf)):
        if content:
            with replacing(folder / f"{message.stem}{suffix}") as draft:
                draft.write_bytes(content)
    return ""


def send_mail(
    messages: Sequence[Message], account: MailAccount, paint: Paint | None, on_done: Done, stop: Stop = never
) -> tuple[Outgoing, ...]:
    """Send messages to a mail server over one connection, one after the other.

    What cannot be sent has its `fault`; so have those that were left when `stop` said so. Never raises for one message.
    """
    sent = []
    with mail_server(account) as server:
        for message in messages:
            done = message.by("smtp", STOPPED) if stop() else _sent(server, message, paint)
            sent.append(done)
            on_done(done)
    return tuple(sent)


def _sent(server: MailServer, message: Message, paint: Paint | None) -> Outgoing:
    if not message.recipient:
        return message.by("smtp", NO_ADDRESS)
    try:
        email = make_email(_mail(message, _painted(message, paint)), message.sender, message.composed_at)
    except BadInputError as error:
        return message.by("smtp", error.text)
    fault = server.send(email)
    return message.by("smtp", fault, is_known=server.is_known)


def _painted(message: Message, paint: Paint | None) -> bytes:
    return b"" if message.sheet is None or paint is None else paint(message.sheet, message.language)


def _mail(message: Message, pdf: bytes) -> Mail:
    attachments = (Attachment(f"{message.stem}.pdf", pdf, "application", "pdf"),) if pdf else ()
    return Mail(
        to=message.recipient,
        to_name=message.name,
        subject=message.subject,
        text=message.text,
        key=f"{message.uid}.{message.sequence}",
        calendar=message.calendar,
        method=message.calendar_method,
        attachments=attachments,
    )


def dispatch_to_folder(
    desk: Desk, addressees: Collection[Addressee], folder: Path, paint: Paint | None, on_done: Done
) -> tuple[Outgoing, ...]:
    """Write what is due to some addressees into a folder, and note it, lot by lot."""
    written: list[Outgoing] = []
    for lot in lots_of(addressees):
        done = write_files(compose(desk.store, desk.clock.now(), lot, due_only=True), folder, paint, on_done)
        if done:
            desk.handle(RecordSendings(done))
        written += done
    return tuple(written)


def dispatch_by_mail(
    desk: Desk, addressees: Collection[Addressee], account: MailAccount, paint: Paint | None, on_done: Done
) -> tuple[Outgoing, ...]:
    """Note what is due, send it, and note what became of it; in lots, so that a crash leaves few of unknown fate."""
    sent: list[Outgoing] = []
    for some in lots_of(addressees):
        lot = compose(desk.store, desk.clock.now(), some, due_only=True)
        if not lot:
            continue
        desk.handle(BeginSendings(tuple(message.by("smtp") for message in lot)))
        done: list[Outgoing] = []
        try:
            send_mail(lot, account, paint, partial(_both, done, on_done))
        finally:
            desk.handle(RecordSendings(known_of(lot, done)))
        sent += done
        if is_hopeless(done):
            break
    return tuple(sent)


def lots_of(addressees: Collection[Addressee]) -> Iterator[Sequence[Addressee]]:
    """So many at a time as are composed, sent and noted before the next."""
    everybody = tuple(addressees)
    return (everybody[first : first + NOTED_AT_ONCE] for first in range(0, len(everybody), NOTED_AT_ONCE))


def known_of(messages: Sequence[Message], done: Sequence[Outgoing]) -> tuple[Outgoing, ...]:
    """What to note of messages to a mail server: of an interruption only the one under way is not known."""
    return (*done, *(message.by("smtp", STOPPED) for message in messages[len(done) + 1 :]))


def is_hopeless(done: Sequence[Outgoing]) -> bool:
    """Whether nothing of a lot has gone out for one cause that is no addressee's: the rest would meet it too."""
    faults = {outgoing.fault for outgoing in done}
    return len(done) > 1 and len(faults) == 1 and not faults & {"", NO_ADDRESS}


def _both(known: list[Outgoing], on_done: Done, outgoing: Outgoing) -> None:
    known.append(outgoing)
    on_done(outgoing)
