"""Notes every row that a session inserts, updates or deletes, as it was before and as it is after.

Statements that bypass the session's flush (bulk INSERT, UPDATE or DELETE) are not seen, and do not move version
counters: whoever uses one notes its rows himself (`Recorder.note`).
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, Connection, Date, event, select
from sqlalchemy.orm import Mapper, Session, object_session
from sqlalchemy.orm.base import NO_VALUE, instance_state

from desktop.models import Base
from desktop.models.types import Modes, TupleOf, UtcTime
from scheduler.problem import Mode

Image = dict[str, Any]

NOT_NOTED = frozenset({"change", "changed_row", "file_content"})
"""Tables that are not noted: the notes themselves, and contents of files, which never change."""

_INFO = "recorder"


@dataclass(frozen=True, slots=True)
class RowImage:
    """What became of one row: its values by column as JSON, before (None: new) and after (None: deleted).

    `operation` is "insert", "update" or "delete".
    """

    table: str
    row_id: int
    operation: str
    before: Image | None
    after: Image | None


class Recorder:
    """The rows touched so far. Several touches of one row are one image from the first before to the last after."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, int], list[Image | None]] = {}
        self._news: dict[tuple[str, int], None] = {}

    def attach(self, session: Session) -> None:
        """Note what a session flushes from now on."""
        session.info[_INFO] = self

    def note(self, table: str, row_id: int, before: Image | None, after: Image | None) -> None:
        """Note one row that was changed, by whatever means."""
        self._news[table, row_id] = None
        if known := self._rows.get((table, row_id)):
            known[1] = after
        else:
            self._rows[table, row_id] = [before, after]

    def images(self) -> tuple[RowImage, ...]:
        """The rows that differ from what they were, in the order of their first touch.

        A row that was inserted and deleted again is not among them, nor one that only counted its version up.
        """
        return tuple(
            RowImage(table, row_id, _operation(before, after), before, after)
            for (table, row_id), (before, after) in self._rows.items()
            if not same_content(before, after)
        )

    def news(self) -> tuple[RowImage, ...]:
        """The rows touched since it was last asked that differ from what they were at the beginning."""
        found = tuple(
            RowImage(table, row_id, _operation(before, after), before, after)
            for table, row_id in self._news
            for before, after in (self._rows[table, row_id],)
            if not same_content(before, after)
        )
        self._news.clear()
        return found

    def deleted(self, table: str) -> frozenset[int]:
        """Keys of the rows of a table that were deleted."""
        return frozenset(row for (name, row), (_, after) in self._rows.items() if name == table and after is None)

    def clear(self) -> None:
        """Forget all rows."""
        self._rows.clear()
        self._news.clear()


def same_content(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> bool:
    """Whether two images say the same, whatever their versions."""
    if one is None or other is None:
        return one is other
    return one == other or {**one, "version": 0} == {**other, "version": 0}


def image_of(record: Base) -> Image:
    """The values of a record by column, as JSON. Loads what is not loaded."""
    return {name: encode(getattr(record, key)) for name, key, encode in _columns_of(type(record).__mapper__)}


def values_from_image(table: str, image: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an image as the columns of its table take them; columns that the table has no more are left out."""
    decoders = _decoders(table)
    return {name: decoders[name](value) for name, value in image.items() if name in decoders}


def completed(table: str, image: Image, stored: Mapping[str, Any] | None) -> Image:
    """An image of before its table had all its columns, with those that it lacks.

    They are as in the row that is stored, or, where there is none (None), as in a row that does not say them.
    """
    columns = Base.metadata.tables[table].columns
    lacking = [column for column in columns if column.name not in image]
    if not lacking:
        return image
    return image | {
        column.name: _encoder(column)(_default(column) if stored is None else stored[column.name]) for column in lacking
    }


def _default(column: Column[Any]) -> object:
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


def _operation(before: Image | None, after: Image | None) -> str:
    if before is None:
        return "insert"
    return "delete" if after is None else "update"


# -- values as JSON ----------------------------------------------------------------------------------------------------

Codec = Callable[[Any], Any]


@cache
def _columns_of(mapper: Mapper[Any]) -> tuple[tuple[str, str, Codec], ...]:
    """Column, attribute and encoder of every column of a record's table."""
    return tuple(
        (column.name, mapper.get_property_by_column(column).key, _encoder(column)) for column in mapper.columns
    )


@cache
def _decoders(table: str) -> dict[str, Codec]:
    return {column.name: _decoder(column) for column in Base.metadata.tables[table].columns}


def _encoder(column: Column[Any]) -> Codec:
    match column.type:
        case UtcTime():
            return _optional(lambda value: value.astimezone(dt.UTC).isoformat())
        case Date():
            return _optional(dt.date.isoformat)
        case Modes():
            return _optional(lambda value: [[mode.crew, mode.half_days] for mode in value])
        case TupleOf():
            return _optional(list)
        case JSON():
            return copy.deepcopy
    return _same


def _decoder(column: Column[Any]) -> Codec:
    match column.type:
        case UtcTime():
            return _optional(dt.datetime.fromisoformat)
        case Date():
            return _optional(dt.date.fromisoformat)
        case Modes():
            return _optional(lambda value: tuple(Mode(*pair) for pair in value))
        case TupleOf():
            return _optional(tuple)
        case JSON():
            return copy.deepcopy
    return _same


def _optional(codec: Codec) -> Codec:
    return lambda value: None if value is None else codec(value)


def _same(value: object) -> object:
    return value


# -- what the session flushes ------------------------------------------------------------------------------------------


def _recorder_of(record: Base) -> Recorder | None:
    session = object_session(record)
    found = None if session is None or record.__tablename__ in NOT_NOTED else session.info.get(_INFO)
    return found if isinstance(found, Recorder) else None


@event.listens_for(Base, "after_insert", propagate=True)
def _inserted(_mapper: Mapper[Any], _connection: Connection, record: Base) -> None:
    if recorder := _recorder_of(record):
        recorder.note(record.__tablename__, record.id, None, image_of(record))


@event.listens_for(Base, "before_update", propagate=True)
def _to_update(mapper: Mapper[Any], connection: Connection, record: Base) -> None:
    if recorder := _recorder_of(record):
        before = _image_before(mapper, connection, record)
        recorder.note(record.__tablename__, record.id, before, before)


@event.listens_for(Base, "after_update", propagate=True)
def _updated(_mapper: Mapper[Any], _connection: Connection, record: Base) -> None:
    if recorder := _recorder_of(record):
        after = image_of(record)
        recorder.note(record.__tablename__, record.id, after, after)


@event.listens_for(Base, "before_delete", propagate=True)
def _to_delete(mapper: Mapper[Any], connection: Connection, record: Base) -> None:
    if recorder := _recorder_of(record):
        before = _image_before(mapper, connection, record)
        recorder.note(record.__tablename__, record.id, before, None)


def _image_before(mapper: Mapper[Any], connection: Connection, record: Base) -> Image:
    """The image of a record as the database has it, from what the session remembers; read where it does not."""
    state = instance_state(record)
    old = state.committed_state
    image: Image = {}
    for name, key, encode in _columns_of(mapper):
        value = old.get(key, state.dict.get(key, NO_VALUE))
        if value is NO_VALUE:
            return _image_stored(mapper, connection, record.id)
        image[name] = encode(value)
    return image


def _image_stored(mapper: Mapper[Any], connection: Connection, row_id: int) -> Image:
    table = mapper.local_table
    row = connection.execute(select(table).where(table.c.id == row_id)).mappings().one()
    return {name: encode(row[name]) for name, _, encode in _columns_of(mapper)}


def rows_touched(images: Iterable[RowImage]) -> dict[str, frozenset[int]]:
    """Keys of the rows of some images, by table."""
    keys: dict[str, set[int]] = {}
    for image in images:
        keys.setdefault(image.table, set()).add(image.row_id)
    return {table: frozenset(rows) for table, rows in keys.items()}
