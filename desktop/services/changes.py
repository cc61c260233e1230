"""What a command did: which rows, under which name, and how to take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from desktop.services.commands import RevertChange


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Keys of the rows that a transaction touched, by table name: what views need to fetch again."""

    rows: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def touches(self, table: str) -> bool:
        """Whether any row of a table changed."""
        return bool(self.rows.get(table))

    @property
    def count(self) -> int:
        """Rows changed in all."""
        return sum(len(keys) for keys in self.rows.values())


@dataclass(frozen=True, slots=True)
class Reversal:
    """What a step takes back: a step or a redo (then it is an undo), or an undo (then it is a redo)."""

    change_id: int
    kind: Literal["undo", "redo"]


@dataclass(frozen=True, slots=True)
class Step:
    """What a handler says of what it did.

    Attributes:
        label: the step's name in the undo menu and the history: "Move R00012 to I0003, Tue 1 Dec".
        messages: sentences for the user.
        barrier: nothing up to and including this step can be undone any more.
        reverts: key of the change that this step takes back, and whether that is an undo or a redo.
    """

    label: str
    messages: tuple[str, ...] = ()
    barrier: bool = False
    reverts: Reversal | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a command that was carried out and committed.

    Attributes:
        change_id: key of the history entry; None where nothing changed.
        inverse: the command that takes it back; None after a barrier or where nothing changed.
    """

    change_id: int | None
    label: str
    changes: ChangeSet
    inverse: RevertChange | None
    messages: tuple[str, ...] = ()
