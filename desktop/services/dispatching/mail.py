"""The house's mail server: its settings, its password, and how an e-mail is made for it.

Host, port and the like are house settings (`mail`). The password is kept by the system's keyring, under the server's
and the user's names; it is in no database, log or history.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.services.planning.reading import Source

Security = Literal["starttls", "ssl", "none"]
SECURITIES: tuple[Security, ...] = ("starttls", "ssl", "none")


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How the house sends e-mail. Part of the trade settings, as `mail`.

    Attributes:
        host: name of the server; "": none is set up.
        security: "starttls", "ssl", or "none" for a server in the house's own net.
        sender: address that messages come from; replies go there.
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


NO_MAIL = MailSettings()


@dataclass(frozen=True, slots=True)
class MailAccount:
    """The settings with their password, for as long as something is sent; not shown by repr."""

    settings: MailSettings
    password: str = ""

    def __repr__(self) -> str:
        """Without the password."""
        return f"MailAccount({self.settings.user}@{self.settings.host}:{self.settings.port})"


def read_mail(source: Source) -> MailSettings:
    """The settings as they are now. Changed by `ChangeSetting("mail", {...})`."""
    raise NotImplementedError


def account_of(settings: MailSettings) -> MailAccount:
    """The settings with the password that the keyring has.

    Raises:
        RefusedError: no server is set up; or a user is, and the keyring has no password or cannot be asked.
    """
    raise NotImplementedError


def keep_password(settings: MailSettings, password: str) -> None:
    """Have the keyring keep the password; "" has it forget.

    Raises:
        RefusedError: this computer has no keyring, or it refused.
    """
    raise NotImplementedError


def has_password(settings: MailSettings) -> bool:
    """Whether the keyring has a password for the server and user; False where there is no keyring."""
    raise NotImplementedError


def send_test(account: MailAccount, to: str) -> str:
    """Send a short message over the network; gives "" where the server took it, else why it did not."""
    raise NotImplementedError
