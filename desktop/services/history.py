"""What has been changed: who, when, by which step, and every field before and after, in words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.errors import NotFoundError
from desktop.models import Base, Change, ChangedRow
from desktop.services.lookup import KIND_OF_TABLE
from desktop.services.row_words import RowNames, field_words, table_of
from desktop.store.engine import Store

MOST_ROWS = 50
"""Rows of one entry that are told one by one; the adoption of a plan has thousands."""

# what else tells of a record: table and column that point to a row of the table named
_PARTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "request": (
        ("visit", "request_id"),
        ("unassigned", "request_id"),
        ("pin", "request_id"),
        ("request_exclusion", "request_id"),
        ("request_affinity", "request_id"),
        ("announcement", "request_id"),
        ("follow_up", "request_id"),
        ("notice", "request_id"),
    ),
    "visit": (
        ("assignment", "visit_id"),
        ("visit_result", "visit_id"),
        ("attachment", "visit_id"),
        ("corrective_action", "visit_id"),
    ),
    "visit_result": (("defect", "result_id"),),
    "pin": (("pin_inspector", "pin_id"),),
    "notice": (("sending", "notice_id"),),
    "announcement": (("announcement_inspector", "announcement_id"),),
    "inspector": (
        ("inspector_skill", "inspector_id"),
        ("inspector_certificate", "inspector_id"),
        ("permit", "inspector_id"),
        ("absence", "inspector_id"),
        ("day_exception", "inspector_id"),
        ("inspector_position", "inspector_id"),
        ("assignment", "inspector_id"),
        ("request_exclusion", "inspector_id"),
        ("notice", "inspector_id"),
    ),
    "factory": (("factory_closure", "factory_id"), ("factory_alias", "factory_id")),
    "order": (("progress_report", "order_id"),),
    "client": (("production_window", "client_id"),),
}
# fields that say nothing to a reader; messages, with addresses and phones in them, are read where they are listed
_SILENT = frozenset({"id", "version", "uid", "digest", "told", "recipient", "body"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a row in words; `before` is None for a new row, `after` for one that is gone."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that a change touched.

    Attributes:
        table: where it is kept.
        name: what people call it: "visit of R00012".
        operation: "insert", "update" or "delete".
        fields: what differs; of a new row what it holds, of a deleted one what it held.
    """

    table: str
    name: str
    operation: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change.

    Attributes:
        change_id: its number.
        at: when, aware, in UTC.
        actor: who.
        label: the name of the step.
        kind: "step", "undo", "redo" or "barrier".
        rows: the rows it touched, the first MOST_ROWS of them.
        row_count: how many it touched in all.
        reverts_id: the change that it took back.
    """

    change_id: int
    at: dt.datetime
    actor: str
    label: str
    kind: str
    rows: tuple[RowChange, ...]
    row_count: int
    reverts_id: int | None


def history(store: Store, limit: int = 50, record: str | None = None) -> tuple[HistoryEntry, ...]:
    """The latest changes, the newest first.

    Args:
        store: the database.
        limit: the most entries.
        record: only changes of the record of this code (R00012, I0003) and of what belongs to it: visits, pins,
            absences.

    Raises:
        NotFoundError: no record has or had that code.
    """
    with store.session() as session:
        query = select(Change).order_by(Change.id.desc()).limit(limit)
        if record is not None:
            query = query.where(Change.id.in_(_changes_of(session, record)))
        changes = session.scalars(query).all()
        counts = _row_counts(session, [change.id for change in changes])
        names = RowNames(session)
        return tuple(
            HistoryEntry(
                change.id,
                change.at,
                change.actor,
                change.label,
                change.kind,
                _rows_of(session, names, change.id),
                counts.get(change.id, 0),
                change.reverts_id,
            )
            for change in changes
        )


def _row_counts(session: Session, change_ids: Sequence[int]) -> dict[int, int]:
    query = (
        select(ChangedRow.change_id, func.count())
        .where(ChangedRow.change_id.in_(change_ids))
        .group_by(ChangedRow.change_id)
    )
    return {change_id: number for change_id, number in session.execute(query)}


def _rows_of(session: Session, names: RowNames, change_id: int) -> tuple[RowChange, ...]:
    query = select(ChangedRow).where(ChangedRow.change_id == change_id).order_by(ChangedRow.id).limit(MOST_ROWS)
    rows = session.scalars(query).all()
    for row in rows:
        names.remember(row.table_name, row.row_id, row.after or row.before or {})
    return tuple(
        RowChange(
            row.table_name,
            names.of_image(row.table_name, row.after or row.before or {}),
            row.operation,
            _fields_of(names, row),
        )
        for row in rows
    )


def _fields_of(names: RowNames, row: ChangedRow) -> tuple[FieldChange, ...]:
    before, after = row.before, row.after
    told = after or before or {}
    return tuple(
        FieldChange(
            field_words(field),
            None if before is None else names.value(row.table_name, field, before.get(field)),
            None if after is None else names.value(row.table_name, field, after.get(field)),
        )
        for field in told
        if field not in _SILENT and _differs(before, after, field)
    )


def _differs(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, field: str) -> bool:
    if before is None or after is None:
        value = (after or before or {}).get(field)
        return value is not None and value not in ("", [])
    return before.get(field) != after.get(field)


# -- of one record -----------------------------------------------------------------------------------------------------


def _changes_of(session: Session, code: str) -> set[int]:
    """Changes that touched the records of a code or what belongs to them."""
    keys = {table: found for table in KIND_OF_TABLE if (found := _keys_of(session, table, code))}
    if not keys:
        raise NotFoundError(f'No record has, or had, the code "{code}".', "Codes are as the records show them.")
    changes: set[int] = set()
    while keys:
        belonging: dict[str, set[int]] = defaultdict(set)
        for table, ids in keys.items():
            changes.update(_touching(session, table, ids))
            for part, column in _PARTS.get(table, ()):
                belonging[part] |= _parts(session, part, column, ids)
        keys = {table: ids for table, ids in belonging.items() if ids}
    return changes


def _keys_of(session: Session, table: str, code: str) -> set[int]:
    columns = table_of(table)
    present = session.scalars(select(columns.c.id).where(columns.c.code == code))
    past = session.scalars(
        select(ChangedRow.row_id).where(
            ChangedRow.table_name == table,
            or_(ChangedRow.before["code"].as_string() == code, ChangedRow.after["code"].as_string() == code),
        )
    )
    return {*present, *past}


def _parts(session: Session, table: str, column: str, keys: Iterable[int]) -> set[int]:
    """Keys of the rows of a table that point to one of some keys, or did."""
    wanted = sorted(keys)
    columns = Base.metadata.tables[table]
    present = session.scalars(select(columns.c.id).where(columns.c[column].in_(wanted)))
    past = session.scalars(
        select(ChangedRow.row_id).where(
            ChangedRow.table_name == table,
            or_(ChangedRow.before[column].as_integer().in_(wanted), ChangedRow.after[column].as_integer().in_(wanted)),
        )
    )
    return {*present, *past}


def _touching(session: Session, table: str, keys: Iterable[int]) -> Iterable[int]:
    return session.scalars(
        select(ChangedRow.change_id).where(ChangedRow.table_name == table, ChangedRow.row_id.in_(sorted(keys)))
    )
