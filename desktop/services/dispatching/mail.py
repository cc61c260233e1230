"""The house's mail server: its password, how an e-mail is made for it, and how it is sent.

Host, port and the like are house settings (`mail`). The password is kept by the system's keyring, under the server's
and the user's names; it is in no database, log or history. Who has no keyring gives it anew each time.
"""

from __future__ import annotations

import datetime as dt
import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from desktop.config import APP_NAME
from desktop.errors import BadInputError, RefusedError
from desktop.services.dispatching.house import MailSettings
from desktop.services.dispatching.invitation import NOBODY
from desktop.services.dispatching.wording import one_line, plain
from desktop.services.planning.reading import Source, reading
from desktop.services.trade.house import read_trade_settings

KEYRING_NAME = "DUPRO Desk mail"
NO_SERVER = "Set host and sender of the mail server in the settings (Dispatch), or write .eml files instead."
HEAD_LENGTH = 250
QUOTED_LENGTH = 40
"""Names up to here stay on one line. Where the library folds a longer one it drops the quotes, and a comma in it
would begin another address."""
OK = 250  # a server's answer
_REFUSALS = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError)
"""Faults after which it is known that the server has not taken the message."""
_SPECIAL = re.compile(r'[(),:;<>@\[\]"\\]+')


@dataclass(frozen=True, slots=True)
class MailAccount:
    """The settings with their password, for as long as something is sent; not shown by repr."""

    settings: MailSettings
    password: str = ""

    def __repr__(self) -> str:
        """Without the password."""
        return f"MailAccount({self.settings.user}@{self.settings.host}:{self.settings.port})"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along."""

    name: str
    content: bytes
    maintype: str
    subtype: str


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail before it is made.

    Attributes:
        key: names the message for good: the same message made again has the same Message-ID.
        calendar: an .ics file that mail programs offer to accept, or None; `method` is that of the file.
    """

    to: str
    to_name: str
    subject: str
    text: str
    key: str = ""
    calendar: bytes | None = None
    method: str = "REQUEST"
    attachments: tuple[Attachment, ...] = ()


# -- settings and password ---------------------------------------------------------------------------------------------


def read_mail(source: Source) -> MailSettings:
    """The settings as they are now. Changed by `ChangeSetting("mail", {...})`."""
    with reading(source) as session:
        return read_trade_settings(session).mail


def account_of(settings: MailSettings, password: str = "") -> MailAccount:
    """The settings with a password given, or with the one that the keyring has.

    Raises:
        RefusedError: no server is set up; or a user is, and the keyring has no password or cannot be asked, or it is
            one that cannot be sent.
    """
    if not settings.host or not settings.sender:
        lacks = "server" if not settings.host else "sender"
        raise RefusedError(f"No mail {lacks} is set up.", NO_SERVER)
    if not settings.user:
        return MailAccount(settings)
    password = password or _asked(settings)
    if not password:
        raise RefusedError(
            f"The keyring has no password of {settings.user} for {settings.host}.",
            "Enter it in the mail settings, or at `dupro-desk dispatch send --smtp --ask-password`.",
        )
    if not (settings.user + password).isascii():
        raise RefusedError(
            f"User or password for {settings.host} has letters that mail servers do not take.",
            "Choose ones of plain letters, digits and signs.",
        )
    return MailAccount(settings, password)


def keep_password(settings: MailSettings, password: str) -> None:
    """Have the keyring keep the password; "" has it forget.

    Raises:
        RefusedError: this computer has no keyring, or it refused.
    """
    import keyring  # noqa: PLC0415 -- looks for the system's keyrings: much to load
    import keyring.errors  # noqa: PLC0415

    name = _keyring_name(settings)
    try:
        if password:
            keyring.set_password(name, settings.user, password)
        elif keyring.get_password(name, settings.user) is not None:
            keyring.delete_password(name, settings.user)
    except keyring.errors.KeyringError as error:
        raise _no_keyring(error) from None


def has_password(settings: MailSettings) -> bool:
    """Whether the keyring has a password for the server and user; False where there is no keyring."""
    try:
        return bool(_asked(settings))
    except RefusedError:
        return False


def _asked(settings: MailSettings) -> str:
    import keyring  # noqa: PLC0415 -- as above
    import keyring.errors  # noqa: PLC0415

    try:
        return keyring.get_password(_keyring_name(settings), settings.user) or ""
    except keyring.errors.KeyringError as error:
        raise _no_keyring(error) from None


def _keyring_name(settings: MailSettings) -> str:
    return f"{KEYRING_NAME} {settings.host}"


def _no_keyring(error: Exception) -> RefusedError:
    return RefusedError(
        f"The keyring of this computer cannot be used ({type(error).__name__}).",
        "Unlock or install one; until then the password is asked for each time and kept nowhere.",
    )


# -- making ------------------------------------------------------------------------------------------------------------


def make_email(mail: Mail, settings: MailSettings, now: dt.datetime) -> EmailMessage:
    """An e-mail with the calendar file and the attachments in it. No name or text gets out of its header's line.

    Raises:
        BadInputError: the address of the addressee or of the sender is none.
    """
    email = EmailMessage(SMTP)
    sender = settings.sender or NOBODY
    email["From"] = _address(sender, settings.sender_name or APP_NAME)
    if mail.to:
        email["To"] = _address(mail.to, mail.to_name)
    email["Subject"] = _head(mail.subject)[:HEAD_LENGTH]
    email["Date"] = format_datetime(now)
    domain = sender.rpartition("@")[2]
    email["Message-ID"] = f"<{mail.key}@{domain}>" if mail.key else make_msgid(domain=domain)
    email.set_content(plain(mail.text), cte="base64")
    if mail.calendar is not None:
        params = {"method": mail.method}
        text = mail.calendar.decode("utf-8")
        email.add_alternative(text, subtype="calendar", params=params, cte="base64")
        email.add_attachment(mail.calendar, "text", "calendar", filename="invite.ics", params=params)
    for entry in mail.attachments:
        email.add_attachment(entry.content, entry.maintype, entry.subtype, filename=entry.name)
    return email


def _address(address: str, name: str) -> Address:
    text = address.strip()
    fault = BadInputError(f'"{one_line(text)}" is no e-mail address.', "Write it as name@example.com.")
    if text != one_line(text) or not text.isascii() or " " in text:
        raise fault
    try:
        found = Address(_name(name), addr_spec=text)
    except (ValueError, IndexError):
        raise fault from None
    if not found.username or ("." not in found.domain and found.domain != "localhost"):
        raise fault
    return found


def _head(text: str) -> str:
    """A text as a head has it. What looks like an encoded word would be decoded, line ends and heads of its own too."""
    return one_line(text).replace("=?", "= ?")


def _name(text: str) -> str:
    """A name beside an address, of which no part can be taken for an address."""
    name = _head(text)[:HEAD_LENGTH]
    is_quoted_whole = name.isascii() and len(name) <= QUOTED_LENGTH
    return name if is_quoted_whole else " ".join(_SPECIAL.sub(" ", name).split())


# -- sending -----------------------------------------------------------------------------------------------------------


class MailServer:
    """A connection to the house's mail server, opened when the first message goes out.

    Attributes:
        is_known: whether it is known what became of the last message: where the server breaks off in the middle of
            one, it may have taken it all the same.
    """

    def __init__(self, account: MailAccount) -> None:
        self._account = account
        self._connection: smtplib.SMTP | None = None
        self._fault = ""
        self.is_known = True

    def send(self, email: EmailMessage) -> str:
        """Send a message; gives "" where the server took it, else why it did not, in a sentence.

        Where the server cannot be reached or refuses the password, it is not asked again.
        """
        self.is_known = True
        if self._fault:
            return self._fault
        try:
            if self._connection is None or not self._is_there(self._connection):
                self._connection = self._connected()
        except (OSError, smtplib.SMTPException, ssl.SSLError) as error:
            self._fault = self._said(error)
            return self._fault
        try:
            self._connection.send_message(email)
        except _REFUSALS as error:
            fault = self._said(error)
            self._recover()
            return fault
        except (OSError, smtplib.SMTPException) as error:
            self.is_known = False
            self._connection.close()
            self._connection = None  # the next message connects anew
            return self._said(error)
        return ""

    @staticmethod
    def _is_there(connection: smtplib.SMTP) -> bool:
        """Whether the server still listens: many hang up after a while, or after a number of messages."""
        try:
            return connection.noop()[0] == OK
        except (OSError, smtplib.SMTPException):
            connection.close()
            return False

    def close(self) -> None:
        """Take leave of the server."""
        if self._connection is not None:
            try:
                self._connection.quit()
            except (OSError, smtplib.SMTPException):
                self._connection.close()
            self._connection = None

    def _connected(self) -> smtplib.SMTP:
        settings = self._account.settings
        if settings.security == "none" and settings.user:
            raise smtplib.SMTPNotSupportedError("the password would go over the net for all to read")
        timeout, context = settings.timeout_seconds, ssl.create_default_context()
        connection: smtplib.SMTP
        if settings.security == "ssl":
            connection = smtplib.SMTP_SSL(settings.host, settings.port, timeout=timeout, context=context)
        else:
            connection = smtplib.SMTP(settings.host, settings.port, timeout=timeout)
        try:
            if settings.security == "starttls":
                connection.starttls(context=context)
            if settings.user:
                connection.login(settings.user, self._account.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _recover(self) -> None:
        """Ready for the next message after one was refused."""
        if self._connection is not None:
            try:
                self._connection.rset()
            except (OSError, smtplib.SMTPException):
                self._connection.close()
                self._connection = None

    def _said(self, error: Exception) -> str:
        """A fault in a sentence, with the server's own words."""
        settings = self._account.settings
        server = f"{settings.host}:{settings.port}"
        match error:
            case smtplib.SMTPAuthenticationError():
                said = f"{server} does not accept user and password of {settings.user}."
            case smtplib.SMTPRecipientsRefused():
                refused = "; ".join(f"{to}: {_words(reply)}" for to, (_, reply) in error.recipients.items())
                said = f"{server} refuses the address. {refused}"
            case smtplib.SMTPNotSupportedError():
                said = f"{server} is not used: {error}. Choose STARTTLS or SSL, or leave the user empty."
            case smtplib.SMTPResponseException():
                said = f"{server} refuses it: {error.smtp_code} {_words(error.smtp_error)}"
            case ssl.SSLCertVerificationError():
                said = f"The certificate of {server} is not for this name, or nobody known has signed it."
            case socket.gaierror():
                said = f"There is no server named {settings.host}, or no network."
            case TimeoutError():
                said = f"{server} did not answer within {settings.timeout_seconds} s."
            case _:
                said = f"{server} cannot be reached, or broke off: {type(error).__name__}."
        return said


def _words(reply: bytes | str) -> str:
    return one_line(reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply)[:200]


@contextmanager
def mail_server(account: MailAccount) -> Iterator[MailServer]:
    """A connection, closed at the end."""
    server = MailServer(account)
    try:
        yield server
    finally:
        server.close()


def send_test(account: MailAccount, to: str, now: dt.datetime) -> str:
    """Send a short message over the network; gives "" where the server took it, else why it did not."""
    try:
        email = make_email(Mail(to, "", f"{APP_NAME}: a test", "The mail settings work.\n"), account.settings, now)
    except BadInputError as error:
        return error.text
    with mail_server(account) as server:
        return server.send(email)
