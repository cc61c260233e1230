"""Contents of files: kept once by hash, and dropped when nobody can want them back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.models import Attachment, Change, ChangedRow, FileContent
from desktop.services.words import count
from desktop.services.work import Work

KEPT_DAYS = 30
"""For so long the content of a file that was removed stays: until then the removal can be undone."""


def keep_content(session: Session, sha256: str, data: bytes) -> None:
    """Keep some bytes, unless they are kept already.

    What is kept already is locked, so that nobody drops it before this transaction refers to it.
    """
    known = select(FileContent.id).where(FileContent.sha256 == sha256).with_for_update()
    if session.scalars(known).first() is None:
        session.add(FileContent(sha256=sha256, data=data))


def drop_contents_of_removed(work: Work) -> tuple[str, ...]:
    """Drop what no visit refers to and nobody removed lately; says how much.

    Contents are not noted in the history: a removal taken back later than `KEPT_DAYS` finds its file's name, not the
    file.
    """
    session = work.session
    session.flush()
    unused = select(FileContent.sha256).where(FileContent.sha256.not_in(select(Attachment.sha256)))
    found = set(session.scalars(unused.with_for_update()))
    if not found:
        return ()
    # looked at once more under the lock: somebody may have referred to one meanwhile
    away = found - set(session.scalars(select(Attachment.sha256).where(Attachment.sha256.in_(found))))
    away -= _removed_lately(session, away, work.now - dt.timedelta(days=KEPT_DAYS))
    away -= {row.before["sha256"] for row in work.recorder.images() if row.table == "attachment" and row.before}
    if not away:
        return ()
    session.execute(
        delete(FileContent).where(FileContent.sha256.in_(away)), execution_options={"synchronize_session": False}
    )
    return (f"The content of {count(len(away), 'file')} removed more than {KEPT_DAYS} days ago is gone.",)


def _removed_lately(session: Session, hashes: Collection[str], since: dt.datetime) -> set[str]:
    """Hashes that the history of the last days names with a file that is gone."""
    query = (
        select(ChangedRow.before["sha256"].as_string())
        .join(Change, Change.id == ChangedRow.change_id)
        .where(ChangedRow.table_name == "attachment", ChangedRow.operation == "delete", Change.at >= since)
    )
    return set(hashes) & set(session.scalars(query))
