"""Taking out of the draft in hand what cannot be there any more."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Plan, Request, Unassigned, Visit
from desktop.services.planning.costing import store_cost
from desktop.services.planning.plan_sheet import Change
from desktop.services.planning.revising import HIT
from desktop.services.words import spell_list
from desktop.services.work import Work
from scheduler.mend import Mended, mend

LIFT = "another place by hand, or a repair"


def free_hits(work: Work, *, requests: Collection[str] = (), people: Collection[str] = ()) -> tuple[str, ...]:
    """Take visits that break a rule by now out of the draft made last, as few as possible, and let go of their pins.

    Args:
        work: in which the records have been changed.
        requests: codes of the requests that may be concerned.
        people: codes of inspectors whose visits may be.

    Returns:
        What was done, in sentences.
    """
    session = work.session
    plan = session.scalars(select(Plan).where(Plan.status == "draft").order_by(Plan.id.desc()).limit(1)).first()
    if plan is None:
        return ()
    opened = work.opened(plan)
    given = opened.standing.assignments
    concerned = {e.request for e in given if e.request in requests or not set(people).isdisjoint(e.inspectors)}
    if not concerned:
        return ()
    _, mended = mend(opened.standing.instance, given)
    freed = [entry for entry in mended if entry.request in concerned]
    if not freed:
        return ()
    for entry in freed:
        _take_out(session, plan, entry)
    session.flush()
    after = opened.after([Change(entry.request, None, None, reason=entry.text) for entry in freed])
    store_cost(plan, after.cost, after.digest, bound_holds=False)
    codes = spell_list(sorted(entry.request for entry in freed))
    return (f"Taken out of the draft {plan.code}: {codes}.",)


def _take_out(session: Session, plan: Plan, freed: Mended) -> None:
    request = session.scalars(select(Request).where(Request.code == freed.request)).one()
    visit = session.scalars(select(Visit).where(Visit.plan_id == plan.id, Visit.request_id == request.id)).one()
    session.delete(visit)
    request.pin = None
    reason = {"code": HIT, "text": freed.text, "lift": LIFT}
    session.add(Unassigned(plan_id=plan.id, request_id=request.id, reasons=[reason]))
