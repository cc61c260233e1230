"""What engines report, as sentences for people."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError

from desktop.errors import ConflictError, DomainError, RefusedError, StoreError

DOUBLE_BOOKINGS = ("ex_assignment_plan", "ex_assignment_published")

# what SQLite says, what it means (with the file's name put in), what to do
_SQLITE = (
    (
        "database is locked",
        "The database {name} is locked: another program is writing to it.",
        "Wait until it is done, or end it, and try again.",
    ),
    (
        "database or disk is full",
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
        "disk i/o error",
        "The disk that holds {name} reports an error.",
        "Check the disk, then restore the latest backup if the database no longer opens.",
    ),
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
        "The database {name} is locked: another program is writing to it.",
        "Wait until it is done and try again.",
    ),
)
_TRANSIENT = ("40001", "40P01")


class CollisionError(ConflictError):
    """Two transactions got in each other's way; the same one may succeed when it is tried again."""


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
    return RefusedError(f"The database refuses the change: {first}.", "Correct the value and try again.")


def _unusable(error: DBAPIError, name: str) -> DomainError:
    state = getattr(error.orig, "sqlstate", None)
    said = str(error.orig)
    if state in _TRANSIENT:
        return CollisionError(
            "Another change was being saved at the same moment; this one was not.", "Try again in a moment."
        )
    if state is not None:
        for states, text, hint in _POSTGRESQL:
            if state.startswith(states):
                return StoreError(text.format(name=name), hint)
    for words, text, hint in _SQLITE:
        if words in said.lower():
            return StoreError(text.format(name=name), hint)
    if error.connection_invalidated or (state or "08").startswith(("08", "57P")):
        reason = (said.strip().splitlines() or ["no reason given"])[-1]
        return StoreError(
            f"The database {name} does not answer: {reason}.",
            "Check the network and the server; nothing that was not saved is in the database.",
        )
    raise error
