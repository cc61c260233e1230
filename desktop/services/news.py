"""What others have changed in the same database since one looked last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models import Change, ChangedRow, Request
from desktop.services.changes import ChangeSet
from desktop.services.lookup import KIND_OF_TABLE
from desktop.store.engine import Store

LOOKED_BACK = 200
"""A server gives numbers out before it commits: a change may appear below one that was seen before."""
MOST_NAMED = 200


@dataclass(frozen=True, slots=True)
class News:
    """One change that somebody else made.

    Attributes:
        codes: of the requests, people, plans and so on that it touched; of a big one the first MOST_NAMED.
    """

    change_id: int
    actor: str
    label: str
    changes: ChangeSet
    codes: frozenset[str]


class Follower:
    """Follows the history of one database. Used by one thread.

    The first look sees nothing: it marks where the history is.
    """

    def __init__(self, own: Set[int]) -> None:
        """Follow what others do; `own` is filled by whoever makes changes, with their numbers."""
        self._own = own
        self._seen: set[int] | None = None

    def look(self, store: Store) -> tuple[News, ...]:
        """What others have changed since the last look, in the order of their numbers.

        Raises:
            StoreError: the database cannot be reached.
        """
        store.check_presence()
        with store.session() as session:
            last = session.scalar(select(func.max(Change.id))) or 0
            ids = set(session.scalars(select(Change.id).where(Change.id > last - LOOKED_BACK)))
            fresh = sorted(ids - self._seen - self._own) if self._seen is not None else []
            found = tuple(_news(session, change_id) for change_id in fresh)
        self._seen = ids
        return found


def _news(session: Session, change_id: int) -> News:
    change = session.get_one(Change, change_id)
    rows: dict[str, set[int]] = defaultdict(set)
    keys = select(ChangedRow.table_name, ChangedRow.row_id).where(ChangedRow.change_id == change_id)
    for table, key in session.execute(keys):
        rows[table].add(key)
    changes = ChangeSet({table: frozenset(keys) for table, keys in rows.items()})
    return News(change_id, change.actor, change.label, changes, frozenset(_codes(session, change_id)))


def _codes(session: Session, change_id: int) -> Iterable[str]:
    requests: set[int] = set()
    images = session.execute(
        select(ChangedRow.table_name, ChangedRow.before, ChangedRow.after)
        .where(ChangedRow.change_id == change_id)
        .order_by(ChangedRow.id)
        .limit(MOST_NAMED)
    )
    for table, before, after in images:
        image = after or before or {}
        if table in KIND_OF_TABLE and "code" in image:
            yield str(image["code"])
        if "request_id" in image:
            requests.add(int(image["request_id"]))
    yield from session.scalars(select(Request.code).where(Request.id.in_(sorted(requests))))
