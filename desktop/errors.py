"""Errors that a user can meet. Each says what is wrong with which value, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar


class DomainError(Exception):
    """An expected error.

    Attributes:
        code: stable name, for tests and translations.
        exit_code: what the command line ends with.
        text: one sentence that names the values.
        hint: what to do, or "".
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, text: str, hint: str = "") -> None:
        self.text = text
        self.hint = hint
        super().__init__(f"{text}\n{hint}" if hint else text)


class NotFoundError(DomainError):
    """A record that does not exist (any more)."""

    code = "not-found"


class ConflictError(DomainError):
    """Somebody else has changed the record since it was read."""

    code = "conflict"


class RefusedError(DomainError):
    """A change that a rule forbids; `broken` holds a sentence for every rule."""

    code = "refused"

    def __init__(self, text: str, hint: str = "", broken: Sequence[str] = ()) -> None:
        self.broken = tuple(broken)
        super().__init__("\n".join((text, *(f"  {line}" for line in self.broken))), hint)


class BadInputError(DomainError):
    """A file or value that cannot be read; `faults` holds a sentence for each."""

    code = "bad-input"
    exit_code = 2

    def __init__(self, text: str, hint: str = "", faults: Sequence[str] = ()) -> None:
        self.faults = tuple(faults)
        super().__init__(text, hint)


class StoreError(DomainError):
    """The database cannot be used: missing, locked, full, read-only, damaged, of a newer version."""

    code = "store"
    exit_code = 3


class SolverError(DomainError):
    """The solver's process ended without a plan."""

    code = "solver"
    exit_code = 4


class FaultError(DomainError):
    """A fault of the program kept something from being done; it has been reported where faults are."""

    code = "fault"
