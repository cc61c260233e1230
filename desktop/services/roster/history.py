"""What has been changed about a person, with how to reach them masked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from desktop.services.history import FieldChange, HistoryEntry, history
from desktop.services.roster.card import masked_email, masked_phone
from desktop.services.row_words import field_words
from desktop.store.engine import Store

MOST_ENTRIES = 60
_MASKS: Mapping[str, Callable[[str], str]] = {
    field_words("phone"): masked_phone,
    field_words("email"): masked_email,
}


def inspector_history(store: Store, code: str, limit: int = MOST_ENTRIES) -> tuple[HistoryEntry, ...]:
    """The latest changes of a person and of what belongs to them, the newest first.

    Raises:
        NotFoundError: nobody has or had that code.
    """
    return tuple(_masked(entry) for entry in history(store, limit, code))


def _masked(entry: HistoryEntry) -> HistoryEntry:
    rows = tuple(
        replace(row, fields=tuple(_masked_field(field) for field in row.fields)) if row.table == "inspector" else row
        for row in entry.rows
    )
    return replace(entry, rows=rows)


def _masked_field(field: FieldChange) -> FieldChange:
    mask = _MASKS.get(field.field)
    if mask is None:
        return field
    before, after = (None if text is None else mask(text) for text in (field.before, field.after))
    return FieldChange(field.field, before, after)
