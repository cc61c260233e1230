"""Messages on their way out: into a folder, or to a mail server. Nothing here is done inside a transaction.

Sending has two phases. `BeginSendings` notes what is about to go out, in a transaction of its own; then the messages
are sent, for as long as that takes, on any thread but the window's and the database's; `RecordSendings` notes what
became of them. Where the program ends in between, `due_notices` says of these that it is not known whether they went
out; sending them again raises SEQUENCE, so that no calendar shows the visit twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from desktop.services.bus import Desk
from desktop.services.commands.dispatching import Addressee, Outgoing
from desktop.services.dispatching.mail import MailAccount
from desktop.services.dispatching.messages import Message
from desktop.services.trade.protocols import Language
from desktop.services.worksheets import WorkSheet
from scheduler.stop import Stop, never

Paint = Callable[[WorkSheet, Language], bytes]
"""Makes the work sheet's PDF (`desktop.views.paper.worksheet.worksheet_pdf`)."""
Done = Callable[[Outgoing], None]
"""Told of every message as it went out, or did not."""


def write_files(messages: Sequence[Message], folder: Path, paint: Paint | None, on_done: Done) -> tuple[Outgoing, ...]:
    """Write of each message an .eml, an .ics and, for inspectors, a .pdf file into a folder.

    Raises:
        BadInputError: the folder cannot be written to.
    """
    raise NotImplementedError


def send_mail(
    messages: Sequence[Message],
    account: MailAccount,
    paint: Paint | None,
    on_done: Done,
    stop: Stop = never,
) -> tuple[Outgoing, ...]:
    """Send messages to a mail server over one connection, one after the other.

    What cannot be sent has its `fault`; so have those that were left when `stop` said so. Never raises for one message.
    """
    raise NotImplementedError


def dispatch_to_folder(desk: Desk, addressees: Collection[Addressee], folder: Path, paint: Paint | None) -> int:
    """Write what goes to some addressees into a folder, and note it; gives how many messages."""
    raise NotImplementedError


def dispatch_by_mail(
    desk: Desk, addressees: Collection[Addressee], account: MailAccount, paint: Paint | None
) -> tuple[Outgoing, ...]:
    """Note, send, and note what became of it."""
    raise NotImplementedError
