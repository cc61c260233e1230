"""What engines report, as sentences for people."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError

from desktop.errors import ConflictError, DomainError, RefusedError, StoreError
from desktop.store.sqlite import DRIVER

DOUBLE_BOOKINGS = ("ex_assignment_plan", "ex_assignment_published")

# what SQLite says, what it means (with the file's name put in), what to do
_SQLITE: tuple[tuple[str, str, str], ...] = (
    (
        "database is locked",
        "The database {name} is locked: another program is using it.",
        "Wait until it is done, or end it, and try again.",
    ),
    (
        "disk is full",
        "The disk that holds {name} is full.",
        "Free some space and try again.",
    ),
    (
        "readonly",
        "The database {name} can only be read.",
        "Allow this account to write to the file and to its folder, or use a copy.",
    ),
    (
        "unable to open",
        "The database {name} cannot be opened.",
        "Check that its folder exists and that this account may write to it.",
    ),
    (
        "not a database",
        "The file {name} is not a database.",
        "Check the name; if it used to be one, restore a backup.",
    ),
    (
        "malformed",
        "The database {name} is damaged.",
        "Restore the latest backup; the damaged file is kept aside.",
    ),
    (
        "decode",
        "The database {name} is damaged: a text in it cannot be read.",
        "Restore the latest backup; the damaged file is kept aside.",
    ),
    (
        "disk i/o error",
        "The disk that holds {name} reports an error.",
        "Check the disk, then restore the latest backup if the database no longer opens.",
    ),
)
_DAMAGE = ("not a database", "malformed", "decode")
# what a server says before there is a connection, in English only
_CONNECTING = (
    ("does not exist", "There is no such database or user: {said}.", "Check the names, or have the database created."),
    ("authentication failed", "The server refuses this user or password: {said}.", "Check the user and the password."),
    (
        "no password",
        "The server asks for a password: {said}.",
        "Name it in the URL, or in a password file of PostgreSQL.",
    ),
    ("pg_hba.conf", "The server does not let this user in from here: {said}.", "Ask whoever runs the server."),
)
# classes of SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL = (
    (
        ("28",),
        "The database {name} refuses this user or password.",
        "Check the user, the password and what the server allows.",
    ),
    (
        ("3D",),
        "There is no database {name}.",
        "Check the name, or have it created.",
    ),
    (
        ("42501",),
        "The user may not do this in the database {name}.",
        "Ask whoever runs the server for the right.",
    ),
    (
        ("53100", "53200", "53"),
        "The server of the database {name} has no disk space, memory or connections left.",
        "Ask whoever runs the server.",
    ),
    (
        ("25006",),
        "The database {name} can only be read.",
        "Check that this is the main server and that the user may write.",
    ),
    (
        ("55P03", "57014"),
        "The database {name} is locked: another program is using it.",
        "Wait until it is done, or end it, and try again.",
    ),
)
_TRANSIENT = ("40001", "40P01")


class DamagedError(StoreError):
    """A file that is not, or no longer, a whole database."""


class CollisionError(ConflictError):
    """Two transactions got in each other's way; the same one may succeed when it is tried again."""


def tell_of_store_errors(engine: Engine, name: str) -> None:
    """Have every error by which a database cannot be used leave its engine as a StoreError, in any session.

    Refusals of a single change stay what they are, for whoever knows the change (`translate`).
    """

    @event.listens_for(engine, "handle_error")
    def on_error(context: ExceptionContext) -> None:
        if context.is_pre_ping:
            return  # a connection that was cut: the pool makes another one, and says it where it cannot
        error = context.sqlalchemy_exception
        if isinstance(context.original_exception, UnicodeDecodeError):
            raise _of_sqlite("decode", name) or context.original_exception from context.original_exception
        if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError):
            try:
                expected = _unusable(error, name)
            except DBAPIError:
                return
            if isinstance(expected, StoreError):
                raise expected from error


def translate(error: SQLAlchemyError, name: str) -> DomainError:
    """The expected error that an engine's error stands for; `name` is that of the database.

    What can only be a fault of this program (a statement that no engine understands) is raised again as it is.
    """
    if isinstance(error, StaleDataError):
        return ConflictError(
            "Somebody else has changed or deleted a record since it was read; nothing was saved.",
            "Look at it as it is now, and try again.",
        )
    if not isinstance(error, DBAPIError):
        raise error
    if isinstance(error, IntegrityError):
        return _refusal(error)
    return _unusable(error, name)


def reason_of(error: Exception) -> str:
    """An error's first line, or the sentence that it stands for, to be put into another sentence."""
    said = error.text if isinstance(error, DomainError) else str(getattr(error, "orig", None) or error)
    return said.partition("\n")[0].rstrip(".")


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Errors of SQLite and of the disk within the block leave as StoreError with the file's name."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise _of_sqlite("decode", str(path)) or _unknown(error, path) from error
    except DRIVER.Error as error:
        raise _of_sqlite(str(error), str(path)) or _unknown(error, path) from error
    except OSError as error:
        words = {errno.ENOSPC: "disk is full", errno.EDQUOT: "disk is full", errno.EROFS: "readonly"}
        words |= {errno.EACCES: "readonly", errno.EPERM: "readonly", errno.EIO: "disk i/o error"}
        raise _of_sqlite(words.get(error.errno or 0, ""), str(path)) or _unknown(error, path) from error


def is_double_booking(error: BaseException | None) -> bool:
    """Whether the database has refused to book an inspector twice."""
    return isinstance(error, IntegrityError) and any(rule in str(error.orig) for rule in DOUBLE_BOOKINGS)


def _refusal(error: IntegrityError) -> RefusedError:
    said = str(error.orig)
    if is_double_booking(error):
        return RefusedError("An inspector is already booked at that time.", "Choose another time or inspector.")
    if "append-only" in said:
        return RefusedError("The history cannot be changed.", "Undo the step instead: that adds to the history.")
    first = said.partition("\n")[0]
    if "foreign key" in said.lower():
        return RefusedError(
            f"A record that others refer to is missing ({first}); nothing was saved.",
            "Somebody may have deleted it: look at it as it is now, and try again.",
        )
    if found := _twice(error):
        table, columns = found
        if (table, columns) == ("visit", "request_id"):
            return RefusedError("A request is published in another plan already.", "Discard its visit in one of them.")
        return RefusedError(f"There is already a {table} with the same {columns}.", "Choose another, or edit that one.")
    return RefusedError(f"The database refuses the change: {first}.", "Correct the value and try again.")


def _twice(error: IntegrityError) -> tuple[str, str] | None:
    """Table and columns of a key that is there already, where that is the fault."""
    said = str(error.orig)
    if match := re.match(r"UNIQUE constraint failed: (\w+)\.(.+)", said):
        return match[1], match[2].replace(f"{match[1]}.", "")
    diagnosis: Any = getattr(error.orig, "diag", None)
    match = re.match(r"Key \((.+?)\)=", getattr(diagnosis, "message_detail", None) or "")
    if getattr(error.orig, "sqlstate", None) == "23505" and match:
        return str(diagnosis.table_name), match[1]
    return None


def _unusable(error: DBAPIError, name: str) -> DomainError:
    state = getattr(error.orig, "sqlstate", None)
    said = str(error.orig)
    if state in _TRANSIENT:
        return CollisionError(
            "Another change was being saved at the same moment; this one was not.", "Try again in a moment."
        )
    if isinstance(error.orig, DRIVER.Error):
        if known := _of_sqlite(said, name):
            return known
        raise error
    for states, text, hint in _POSTGRESQL:
        if state and state.startswith(states):
            return StoreError(text.format(name=name), hint)
    if state and state.startswith("22"):
        return RefusedError(
            f"The database cannot hold a value: {said.partition(chr(10))[0]}.", "Correct it and try again."
        )
    if error.connection_invalidated or (
        isinstance(error, OperationalError) and (state or "08").startswith(("08", "57P"))
    ):
        return _unreachable((said.strip().splitlines() or ["no reason given"])[-1].strip(), name)
    raise error


def _unreachable(said: str, name: str) -> StoreError:
    for words, text, hint in _CONNECTING:
        if words in said:
            return StoreError(text.format(said=said), hint)
    return StoreError(
        f"The database {name} does not answer: {said}.",
        "Check the network and the server; nothing that was not saved is in the database.",
    )


def _of_sqlite(said: str, name: str) -> StoreError | None:
    for words, text, hint in _SQLITE:
        if words in said.lower():
            kind = DamagedError if words in _DAMAGE else StoreError
            return kind(text.format(name=name), hint)
    return None


def _unknown(error: Exception, path: Path) -> StoreError:
    said = getattr(error, "strerror", None) or str(error)
    return StoreError(f"The file {path} cannot be used: {said}.", "Check the name and the disk.")
