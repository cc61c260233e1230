"""What the house has set for telling people of visits: who is told, when they are asked again, and the mail server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

NamesToFactories = Literal["never", "day before", "always"]
Security = Literal["starttls", "ssl", "none"]
NAMES_TO_FACTORIES: tuple[NamesToFactories, ...] = get_args(NamesToFactories)
SECURITIES: tuple[Security, ...] = get_args(Security)


@dataclass(frozen=True, slots=True)
class DispatchSettings:
    """Who is told, and when they are asked again.

    Attributes:
        tell_factories, tell_clients: whether visits are announced to them at all.
        names_to_factories: when a factory may learn who comes; before that it learns how many.
        remind_after_hours: a message without an answer is asked for again after so many hours.
        remind_before_hours: and at the latest so many hours before the visit begins.
        alarm_hours: the calendar rings so many hours before a visit; 0: not at all.
    """

    tell_factories: bool = True
    tell_clients: bool = True
    names_to_factories: NamesToFactories = "never"
    remind_after_hours: int = 24
    remind_before_hours: int = 24
    alarm_hours: int = 14


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How the house sends e-mail. The password is none of them: the system's keyring has it.

    Attributes:
        host: name of the server; "": none is set up.
        security: "starttls", "ssl", or "none" for a server in the house's own net that asks for no password.
        sender: address that messages come from; answers go there.
        sender_name: beside it.
        user: to log in as; "": without.
        timeout_seconds: for each answer of the server.
    """

    host: str = ""
    port: int = 587
    security: Security = "starttls"
    sender: str = ""
    sender_name: str = ""
    user: str = ""
    timeout_seconds: int = 20


def mail_faults(mail: MailSettings) -> list[str]:
    """What of the mail settings cannot be, in words."""
    faults = []
    name, _, domain = mail.sender.partition("@")
    if mail.sender and (not name or "." not in domain or not mail.sender.isascii() or not _is_one_word(mail.sender)):
        faults.append(f"mail.sender is {mail.sender!r}, and it should be an address such as dispatch@example.com")
    if mail.host and not _is_one_word(mail.host):
        faults.append(f"mail.host is {mail.host!r}, and it should be a name such as smtp.example.com")
    if mail.security == "none" and mail.user:
        faults.append(
            "without encryption the password would go over the net for all to read:"
            " set mail.security to starttls or ssl, or leave mail.user empty"
        )
    return faults


def _is_one_word(text: str) -> bool:
    return text.isprintable() and len(text.split()) == 1


HOUSE_DISPATCH = DispatchSettings()
NO_MAIL = MailSettings()
