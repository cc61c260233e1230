"""The list of requests kept up to date: open ones first, closed ones slice by slice, then only what has changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.clock import Clock
from desktop.models import Assignment, Pin, ProgressReport, Request, Unassigned, Visit
from desktop.services.changes import ChangeSet
from desktop.services.requests.archive import Slice, read_closed
from desktop.services.requests.listing import RequestIndex
from desktop.services.requests.reading import read_open, read_some
from desktop.services.requests.references import draft_in_hand, portions
from desktop.services.requests.rows import RequestRow
from desktop.store.engine import Store

MERGED_TOGETHER = 12_000  # closed requests: each merge copies the columns of all
MANY = 1500  # changed rows beyond which all open requests are read again

# how a changed row leads to the requests whose rows in the list say something of it
_LEADS: Mapping[str, Callable[[Collection[int]], Select[int]]] = {
    "request": lambda keys: select(Request.id).where(Request.id.in_(keys)),
    "visit": lambda keys: select(Visit.request_id).where(Visit.id.in_(keys)),
    "assignment": lambda keys: (
        select(Visit.request_id).join(Assignment, Assignment.visit_id == Visit.id).where(Assignment.id.in_(keys))
    ),
    "unassigned": lambda keys: select(Unassigned.request_id).where(Unassigned.id.in_(keys)),
    "pin": lambda keys: select(Pin.request_id).where(Pin.id.in_(keys)),
    "order": lambda keys: select(Request.id).where(Request.order_id.in_(keys)),
    "progress_report": lambda keys: (
        select(Request.id)
        .join(ProgressReport, ProgressReport.order_id == Request.order_id)
        .where(ProgressReport.id.in_(keys))
    ),
    "factory": lambda keys: select(Request.id).where(Request.factory_id.in_(keys)),
    "client": lambda keys: select(Request.id).where(Request.client_id.in_(keys)),
}
# what the list says nothing of
_SILENT = frozenset(
    {
        "absence",
        "announcement",
        "announcement_inspector",
        "day_exception",
        "factory_alias",
        "inspector",
        "inspector_certificate",
        "inspector_position",
        "inspector_skill",
        "past_visit",
        "permit",
        "pin_inspector",
        "request_affinity",
        "request_exclusion",
        "visit_result",
    }
)


class RequestBook:
    """The requests of one database, for one thread at a time; every index it gives may be read by all.

    Attributes:
        index: the requests as known so far.
        complete: every request is in it.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._slice: Slice | None = None
        self._waiting: list[RequestRow] = []
        self._draft: int | None = None
        self.index = RequestIndex()
        self.complete = False

    def load(self, store: Store, *statuses: str) -> RequestIndex:
        """Read the open requests whose records have some of the statuses."""
        now = self._clock.now()
        with store.session() as session:
            self._draft = draft_in_hand(session)
        self.index = self.index.with_rows(read_open(store, now, statuses), now=now).prepare()
        return self.index

    def load_more(self, store: Store) -> RequestIndex:
        """Read some closed requests, the newest first, until `complete`. The index grows every few slices."""
        self._slice = read_closed(store, self._clock.now(), self._slice)
        self._waiting.extend(self._slice.rows)
        self.complete = self._slice.below is None
        if self.complete or len(self._waiting) >= MERGED_TOGETHER:
            known = [row for row in self._waiting if self.index.position_of(row.id) is None]
            self.index = self.index.with_rows(known)
            self._waiting = []
        if self.complete:
            self.index.prepare()
        return self.index

    def refresh(self, store: Store, changes: ChangeSet) -> RequestIndex:
        """Read again what a change concerns."""
        now = self._clock.now()
        with store.session() as session:
            keys = None if changes.count > MANY else self._concerned(session, changes)
            self._draft = draft_in_hand(session)
        if keys is None:
            touched = set(changes.rows.get("request", ()))
            open_now = read_open(store, now)
            was_open = {row.id for row in self.index.open_ones()}
            rest = (touched | was_open) - {row.id for row in open_now}
            closed = read_some(store, now, sorted(rest)) if rest else ()
            rows: tuple[RequestRow, ...] = (*open_now, *closed)
            gone = rest - {row.id for row in closed}
        elif keys:
            rows = read_some(store, now, sorted(keys))
            gone = keys - {row.id for row in rows}
        else:
            return self.index
        self.index = self.index.with_rows(rows, gone, now).prepare()
        return self.index

    def _concerned(self, session: Session, changes: ChangeSet) -> set[int] | None:
        """Keys of the requests that a change may show in; None: too many to follow up, or unknown which."""
        found = set(changes.rows.get("request", ()))
        for table, keys in changes.rows.items():
            if table in _SILENT:
                continue
            lead = _LEADS.get(table)
            if table == "plan" and draft_in_hand(session) == self._draft:
                continue
            if lead is None:
                return None
            for portion in portions(sorted(keys)):
                found.update(session.scalars(lead(portion)))
            found.update(self._shown_with(table, keys))
        return found

    def _shown_with(self, table: str, keys: Collection[int]) -> set[int]:
        """Requests whose rows show a visit, pin or omission that may be gone."""
        shown: Mapping[str, Callable[[RequestRow], Any]] = {
            "visit": lambda row: row.place and row.place.visit_id,
            "pin": lambda row: row.pin_id,
            "unassigned": lambda row: row.unassigned_id,
        }
        key_of = shown.get(table)
        if key_of is None:
            return set()
        return {row.id for row in self.index.open_ones() if key_of(row) in keys}
