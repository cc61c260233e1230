"""What the history tells of a visit: who recorded what, and where it was planned and announced before."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.models import Change as ChangeRecord
from desktop.models import ChangedRow

Image = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the history: its key, when, and who."""

    id: int
    at: dt.datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a change put a visit: absolute half-days, keys of its crew; in a draft, or announced.

    `is_new`: the plan had no visit of the request before.
    """

    change: Change
    first_slot: int
    last_slot: int
    crew: tuple[int, ...]
    is_announced: bool
    is_new: bool

    def same_as(self, other: Placed) -> bool:
        """Whether both are the same half-days and people."""
        mine, theirs = (self.first_slot, self.last_slot), (other.first_slot, other.last_slot)
        return mine == theirs and set(self.crew) == set(other.crew)


class Changes:
    """The history of some rows."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._of_rows: dict[tuple[str, int], list[tuple[Change, Image | None, Image | None]]] = {}

    def first(self, table: str, row_id: int) -> Change | None:
        """The change that made a row."""
        rows = self._rows(table, row_id)
        return rows[0][0] if rows and rows[0][1] is None else None

    def last(self, table: str, row_id: int, column: str) -> Change | None:
        """The last change of a column of a row."""
        changed = [
            change
            for change, before, after in self._rows(table, row_id)
            if (before or {}).get(column) != (after or {}).get(column)
        ]
        return changed[-1] if changed else None

    def set_to(self, table: str, row_id: int, column: str, value: object) -> Change | None:
        """The last change that gave a column of a row a value."""
        changed = [
            change
            for change, before, after in self._rows(table, row_id)
            if after is not None and after.get(column) == value and (before or {}).get(column) != value
        ]
        return changed[-1] if changed else None

    def placed(self, request_id: int) -> list[Placed]:
        """Where the visit of a request has been planned and announced, in order; what was deleted again is among it."""
        query = (
            select(ChangedRow.row_id, ChangedRow.before, ChangedRow.after, *_CHANGE)
            .join(ChangeRecord, ChangeRecord.id == ChangedRow.change_id)
            .where(ChangedRow.table_name == "visit")
            .where(
                or_(
                    ChangedRow.after["request_id"].as_integer() == request_id,
                    ChangedRow.before["request_id"].as_integer() == request_id,
                )
            )
            .order_by(ChangedRow.id)
        )
        rows = self._session.execute(query).all()
        crews = self._crews([row_id for row_id, *_ in rows])
        found: list[Placed] = []
        planned: set[int] = set()
        for row_id, before, after, *change in rows:
            if after is None or after["status"] == "cancelled" or not _tells_of_place(before, after):
                continue
            told = Change(*change)
            crew = _crew_at(crews[row_id], told.id)
            is_new = before is None and after["plan_id"] not in planned
            planned.add(after["plan_id"])
            found.append(Placed(told, after["first_slot"], after["last_slot"], crew, after["published"], is_new))
        return found

    def _crews(self, visits: Sequence[int]) -> dict[int, list[tuple[int, Image | None, Image | None]]]:
        """What became of the assignments of some visits: the change, before and after, in order."""
        wanted = sorted(set(visits))
        query = (
            select(ChangedRow.change_id, ChangedRow.before, ChangedRow.after)
            .where(ChangedRow.table_name == "assignment")
            .where(
                or_(
                    ChangedRow.after["visit_id"].as_integer().in_(wanted),
                    ChangedRow.before["visit_id"].as_integer().in_(wanted),
                )
            )
            .order_by(ChangedRow.id)
        )
        found: dict[int, list[tuple[int, Image | None, Image | None]]] = defaultdict(list)
        if wanted:
            for change, before, after in self._session.execute(query):
                found[(after or before)["visit_id"]].append((change, before, after))
        return found

    def _rows(self, table: str, row_id: int) -> list[tuple[Change, Image | None, Image | None]]:
        key = (table, row_id)
        if key not in self._of_rows:
            query = (
                select(ChangedRow.before, ChangedRow.after, *_CHANGE)
                .join(ChangeRecord, ChangeRecord.id == ChangedRow.change_id)
                .where(ChangedRow.table_name == table, ChangedRow.row_id == row_id)
                .order_by(ChangedRow.id)
            )
            self._of_rows[key] = [
                (Change(*change), before, after) for before, after, *change in self._session.execute(query)
            ]
        return self._of_rows[key]


_CHANGE = (ChangeRecord.id, ChangeRecord.at, ChangeRecord.actor)


def _tells_of_place(before: Image | None, after: Image) -> bool:
    """Whether a change put a visit somewhere, or announced it; one that has begun is where it was."""
    if before is None:
        return True
    if after["published"] and not before["published"]:
        return True
    return any(before[name] != after[name] for name in ("first_slot", "last_slot"))


def _crew_at(changes: Sequence[tuple[int, Image | None, Image | None]], change: int) -> tuple[int, ...]:
    """Who was in a crew after a change. A row deleted and inserted within one change is told in that order or not."""
    crew: dict[int, None] = {}
    for number, before, after in changes:
        if number > change:
            break
        if after is None and before is not None:
            crew.pop(before["inspector_id"], None)
    for number, _, after in changes:
        if number > change:
            break
        if after is not None:
            crew[after["inspector_id"]] = None
    return tuple(sorted(crew))
