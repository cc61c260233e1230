"""Puts the rows of a change back as they were before it, in bulk: 10,000 rows take about a second.

Keys stay, so that what refers to a row refers to the same one again. Version counters go on counting: whoever saw the
row in between is refused as after any other change. A change noted when a table had fewer columns leaves the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Table, UniqueConstraint, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from desktop.errors import ConflictError
from desktop.models import Base, Change, ChangedRow
from desktop.services.lookup import last_change
from desktop.services.row_words import RowNames, field_words, table_of
from desktop.services.words import with_article
from desktop.services.work import Work
from desktop.store.recorder import NOT_NOTED, Image, completed, values_from_image

CHUNK = 1000
"""Keys in one IN list."""

_HINT = "Undo that change first, or make the change by hand."


@dataclass(frozen=True, slots=True)
class _Restored:
    """A row to put back: `current` is what is stored now, `wanted` what shall be; None: no row."""

    row_id: int
    current: Image | None
    wanted: Image | None


def put_back(work: Work, change: Change) -> None:
    """Take every row of a change back to what it was before, and note that.

    Raises:
        ConflictError: a row is not as the change left it, or another now stands in the way; names it, who and when.
    """
    session = work.session
    session.flush()
    for table, rows in _read(session, change).items():
        _restore(session, table_of(table), rows)
        for row in rows:
            work.recorder.note(table, row.row_id, row.current, row.wanted)
    session.expire_all()
    _check_references(work)


# -- reading -----------------------------------------------------------------------------------------------------------


def _read(session: Session, change: Change) -> dict[str, list[_Restored]]:
    """The rows to put back by table, each found to be as the change left it."""
    noted: dict[str, dict[int, tuple[Image | None, Image | None]]] = defaultdict(dict)
    query = select(ChangedRow.table_name, ChangedRow.row_id, ChangedRow.before, ChangedRow.after)
    for table, row_id, before, after in session.execute(query.where(ChangedRow.change_id == change.id)):
        noted[table][row_id] = (before, after)
    return {table: _checked(session, change, table, noted[table]) for table in sorted(noted)}


def _checked(
    session: Session, change: Change, table: str, noted: Mapping[int, tuple[Image | None, Image | None]]
) -> list[_Restored]:
    columns = table_of(table)
    stored: dict[int, Mapping[str, Any]] = {}
    for keys in _chunks(sorted(noted)):
        query = select(columns).where(columns.c.id.in_(keys)).with_for_update()
        stored.update({row["id"]: dict(row) for row in session.execute(query).mappings()})
    rows = []
    for row_id, (before, after) in noted.items():
        now = stored.get(row_id)
        differing = _difference(table, now, after)
        if differing is not None:
            name = RowNames(session).of_image(table, before or after or {})
            what = f"{field_words(differing)} of {name}" if differing else name
            raise ConflictError(
                f'"{change.label}" cannot be taken back: {what} has been changed since,'
                f" {last_change(session, table, row_id)}.",
                _HINT,
            )
        old, new = (None if image is None else completed(table, image, now) for image in (before, after))
        rows.append(_restored(row_id, old, new, None if now is None else now.get("version")))
    return rows


def _restored(row_id: int, before: Image | None, after: Image | None, version: int | None) -> _Restored:
    current, wanted = after, before
    if version is not None and current is not None:
        current = current | {"version": version}
    if wanted is not None and "version" in wanted:
        wanted = wanted | {"version": 1 + max(version or 0, wanted["version"])}
    return _Restored(row_id, current, wanted)


def _difference(table: str, now: Mapping[str, Any] | None, after: Image | None) -> str | None:
    """What differs between a row and its image: None for nothing, "" for the row as such, else a field's name."""
    if now is None or after is None:
        return None if now is None and after is None else ""
    for field, value in values_from_image(table, after).items():
        if field != "version" and now[field] != value:
            return field
    return None


# -- writing -----------------------------------------------------------------------------------------------------------


def _restore(session: Session, table: Table, rows: Sequence[_Restored]) -> None:
    """Deletes, then updates, then inserts.

    A row whose change could collide with another row's (a code that two have swapped, a booking) is deleted and
    inserted again instead of updated: between two updates both would claim the same. Foreign keys are checked at
    commit.
    """
    removed, updated, added = [], [], []
    for row in rows:
        if row.wanted is None:
            removed.append(row.row_id)
        elif row.current is None:
            added.append(row.wanted)
        elif _claims_change(table, row.current, row.wanted):
            removed.append(row.row_id)
            added.append(row.wanted)
        else:
            updated.append(row.wanted)
    for keys in _chunks(removed):
        session.execute(delete(table).where(table.c.id.in_(keys)), execution_options={"synchronize_session": False})
    try:
        if updated:
            _update(session, table, [values_from_image(table.name, image) for image in updated])
        if added:
            session.connection().execute(insert(table), [values_from_image(table.name, image) for image in added])
    except IntegrityError as error:
        raise ConflictError(
            f"Another {table.name.replace('_', ' ')} has taken the place of one that would have to be put back.",
            _HINT,
        ) from error


def _update(session: Session, table: Table, values: list[dict[str, Any]]) -> None:
    columns: dict[str, Any] = {name: bindparam(f"new_{name}") for name in values[0] if name != "id"}
    statement = update(table).where(table.c.id == bindparam("row_id")).values(columns)
    session.connection().execute(
        statement,
        [{("row_id" if name == "id" else f"new_{name}"): value for name, value in row.items()} for row in values],
    )


def _claims_change(table: Table, current: Image, wanted: Image) -> bool:
    claims = _claims(table)
    return claims is None or any(current.get(name) != wanted.get(name) for name in claims)


@cache
def _claims(table: Table) -> frozenset[str] | None:
    """The columns by which rows of a table exclude one another; None: any.

    Any for what is unique only under a condition, and for assignments, which must not overlap.
    """
    partial = any(index.unique and index.dialect_kwargs for index in table.indexes)
    if partial or table.name == "assignment":
        return None
    groups = [constraint.columns for constraint in table.constraints if isinstance(constraint, UniqueConstraint)]
    groups += [index.columns for index in table.indexes if index.unique]
    return frozenset(column.name for group in groups if "id" not in group for column in group)


# -- what would be left pointing at nothing ----------------------------------------------------------------------------


def _check_references(work: Work) -> None:
    """Refuse where a row that is gone now is still referred to, or one put back refers to one that is gone."""
    gone: dict[str, list[int]] = defaultdict(list)
    back: dict[str, list[Image]] = defaultdict(list)
    names = RowNames(work.session)
    for image in work.recorder.images():
        names.remember(image.table, image.row_id, image.after or image.before or {})
        if image.after is None:
            gone[image.table].append(image.row_id)
        else:
            back[image.table].append(image.after)
    for child, column, target in _pointers():
        for keys in _chunks(gone[target]):
            query = select(child.c.id, child.c[column]).where(child.c[column].in_(keys)).limit(1)
            if found := work.session.execute(query).first():
                row_id, key = found
                raise ConflictError(
                    f"{names.of(target, key)} cannot be taken away: {names.of(child.name, row_id)} belongs to it,"
                    f" stored {last_change(work.session, child.name, row_id)}.",
                    _HINT,
                )
        wanted = {image[column] for image in back[child.name] if image.get(column) is not None}
        if wanted:
            _check_present(work.session, names, child.name, target, wanted)


def _check_present(session: Session, names: RowNames, child: str, target: str, wanted: set[int]) -> None:
    parent = table_of(target)
    for chunk in _chunks(sorted(wanted)):
        wanted -= set(session.scalars(select(parent.c.id).where(parent.c.id.in_(chunk))))
    if wanted:
        key = min(wanted)
        raise ConflictError(
            f"{with_article(child).capitalize()} cannot be put back: it belongs to {names.of(target, key)},"
            f" which was deleted {last_change(session, target, key)}.",
            _HINT,
        )


@cache
def _pointers() -> tuple[tuple[Table, str, str], ...]:
    """Every table and column of it that points to the key of another, with that table's name."""
    return tuple(
        (table, element.parent.name, element.column.table.name)
        for table in Base.metadata.sorted_tables
        if table.name not in NOT_NOTED
        for constraint in sorted(table.foreign_key_constraints, key=lambda constraint: str(constraint.name))
        for element in constraint.elements
        if element.column.name == "id"
    )


def _chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]
