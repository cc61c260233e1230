"""What publishing a draft is about: its visits, and what of the earlier announcements they replace."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from desktop.models import Announcement, Plan, Request, Unassigned, Visit


@dataclass(frozen=True, slots=True)
class Publication:
    """A draft, and what of the earlier announcements it replaces.

    Attributes:
        visits: of the draft.
        replaced: published visits of its requests, those that it leaves out among them, that have not begun.
        dropped: requests announced that it leaves out, whose visits have not begun.
    """

    plan: Plan
    visits: Sequence[Visit]
    requests: dict[int, Request]
    replaced: Sequence[Visit]
    dropped: Sequence[Request]

    @classmethod
    def read(cls, session: Session, plan: Plan, only: Collection[int] | None = None) -> Publication:
        """What publishing a draft is about; `only`: keys of the requests that are meant, None: all of them."""
        crews = selectinload(Visit.assignments)
        visits = session.scalars(select(Visit).where(Visit.plan_id == plan.id).order_by(Visit.id).options(crews)).all()
        served = select(Visit.request_id).where(Visit.plan_id == plan.id)
        left = select(Unassigned.request_id).where(Unassigned.plan_id == plan.id)
        requests = session.scalars(select(Request).where(Request.id.in_(served) | Request.id.in_(left))).all()
        by_id = {request.id: request for request in requests}
        old = session.scalars(
            select(Visit)
            .where(Visit.published, Visit.plan_id != plan.id, Visit.request_id.in_(served) | Visit.request_id.in_(left))
            .order_by(Visit.id)
            .options(crews)
        ).all()
        announced = set(session.scalars(select(Announcement.request_id).where(Announcement.request_id.in_(left))))
        gone = announced | {visit.request_id for visit in old}
        kept = {visit.request_id for visit in visits} | {v.request_id for v in old if v.status != "planned"}
        meant = by_id.keys() if only is None else by_id.keys() & only
        return cls(
            plan,
            [visit for visit in visits if visit.request_id in meant],
            {key: request for key, request in by_id.items() if key in meant},
            [visit for visit in old if visit.status == "planned" and visit.request_id in meant],
            [request for request in requests if request.id in (gone - kept) & meant],
        )
