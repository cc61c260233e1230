"""Errors that a caller of the solver can expect."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input: which record, which field, what value, what is wrong and what to do."""

    record: str
    field: str
    value: str
    text: str

    def __str__(self) -> str:
        """One line: record, field, what is wrong."""
        where = f"{self.record}: {self.field}" if self.field else self.record
        return f"{where}: {self.text}" + (f" (is {self.value})" if self.value else "")


class SchedulerError(Exception):
    """The root of what this package raises on purpose."""


class BadProblemError(SchedulerError):
    """A problem or plan that cannot be used; carries every fault found, not only the first."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))
