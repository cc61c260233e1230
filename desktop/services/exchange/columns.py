"""What a column and a sheet of an import file are. The tables themselves: see `sheets`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from desktop.models import Base
from desktop.services.exchange.kinds import Kind

Values = Mapping[str, Any]
"""A record as people enter it: values by field, references as codes."""

Faults = dict[str, tuple[str, str]]
"""Reason and remedy, by field."""

NEEDED: Any = object()
"""Stands for the default of a field that a new record must have."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        header: its name on the sheet.
        field: the field that it fills.
        kind: how its cells are read and written.
        help: one sentence for people.
        example: the cell of the example row.
        default: the field of a new record where the cell is blank; NEEDED: it may not be.
        refers_to: the kind of sheet whose codes it names; None: it names none.
        aliases: other headers that mean the same.
    """

    header: str
    field: str
    kind: Kind
    help: str
    example: str = ""
    default: Any = ""
    refers_to: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def is_needed(self) -> bool:
        """Whether a new record must have it."""
        return self.default is NEEDED


@dataclass(frozen=True)
class Sheet:
    """One kind of record.

    Attributes:
        kind: its name in code and commands: "request".
        title: the sheet's name: "Bookings".
        one: what one row is called in a sentence: "booking".
        columns: in their order on the sheet.
        key: the fields that tell whether a record is known.
        model: the record.
        help: what the sheet is for.
        aliases: other names of the sheet.
        repeats: whether several records may have the same key: the second row of a key is the second record.
        check: faults of a whole row, by field: takes the values that the record would have.
    """

    kind: str
    title: str
    one: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    model: type[Base]
    help: str
    aliases: tuple[str, ...] = ()
    repeats: bool = False
    check: Callable[[Values], Faults] | None = None

    @cached_property
    def by_field(self) -> Mapping[str, Column]:
        """The columns by field."""
        return {column.field: column for column in self.columns}

    @cached_property
    def defaults(self) -> Values:
        """The fields of a new record that need not be given."""
        return {column.field: column.default for column in self.columns if not column.is_needed}

    def key_of(self, values: Values) -> tuple[Any, ...]:
        """The key of a row."""
        return tuple(values[field] for field in self.key)
