"""What belongs to a visit that has begun, and to no other: files and corrective actions."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.errors import RefusedError
from desktop.models import Attachment, CorrectiveAction, Request, Visit
from desktop.services.words import count
from desktop.services.work import Work


def refuse_to_leave_alone(session: Session, visits: Collection[int]) -> None:
    """Refuse where one of some visits has not begun and has files or corrective actions.

    Another visit may take the place of one that has not begun: what belongs to it would be found no more.

    Raises:
        RefusedError: says how many, and of which request.
    """
    session.flush()
    files = select(func.count()).where(Attachment.visit_id == Visit.id).scalar_subquery()
    actions = select(func.count()).where(CorrectiveAction.visit_id == Visit.id).scalar_subquery()
    query = (
        select(Request.code, files, actions)
        .join(Visit, Visit.request_id == Request.id)
        .where(Visit.id.in_(visits), Visit.status == "planned", or_(files > 0, actions > 0))
        .order_by(Request.code)
        .limit(1)
    )
    found = session.execute(query).first() if visits else None
    if found is not None:
        code, number, acts = found
        what = count(number, "file") if number else count(acts, "corrective action")
        raise RefusedError(
            f"{what} of {code} would belong to a visit that has not begun.",
            "Remove them first, or correct the time instead." if number else "Correct the time instead.",
        )


def refuse_to_take_back(work: Work) -> None:
    """The same of the visits that a change taken back has touched: those not begun any more, those of files put back.

    Raises:
        RefusedError: as `refuse_to_leave_alone`.
    """
    visits = set()
    for row in work.recorder.images():
        if row.after is None:
            continue
        if row.table == "visit" and row.before is not None and row.after["status"] != row.before["status"]:
            visits.add(row.row_id)
        elif row.table in ("attachment", "corrective_action") and row.before is None:
            visits.add(row.after["visit_id"])
    refuse_to_leave_alone(work.session, visits)
