"""What the visits made so far say of suppliers, and who was where how often."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models import Assignment, Factory, Inspector, PastVisit, Request, Visit, VisitResult
from desktop.models.halfday import date_of, morning
from desktop.services.editing.settings import present_settings
from desktop.services.inspection.rows import RotationCount, SupplierRecord
from desktop.services.lookup import factory_by_code, inspector_by_code
from desktop.services.planning.commitments import NOT_IN_VAIN
from desktop.services.planning.reading import Source, reading
from desktop.services.trade.house import read_trade_settings


def supplier_record(source: Source, now: dt.datetime, factory: str) -> SupplierRecord:
    """What the visits to a factory came to, of the days that the risk of orders looks back.

    Raises:
        NotFoundError: there is no such factory.
    """
    with reading(source) as session:
        record = factory_by_code(session, factory)
        since = now.date() - dt.timedelta(days=read_trade_settings(session).risk.look_back_days)
        query = (
            select(VisitResult.outcome, VisitResult.decided_at.is_not(None), func.count())
            .select_from(Visit)
            .join(Request, Request.id == Visit.request_id)
            .outerjoin(VisitResult, VisitResult.visit_id == Visit.id)
            .where(Visit.published, Visit.status == "done", Visit.first_slot >= morning(since))
            .where(Request.factory_id == record.id)
            .group_by(VisitResult.outcome, VisitResult.decided_at.is_not(None))
        )
        counts = dict.fromkeys(("pass", "fail", "pending", "aborted", ""), 0)
        for outcome, is_decided, number in session.execute(query):
            counts[outcome if is_decided else ""] += number
    return SupplierRecord(
        record.code, since, counts["pass"], counts["fail"], counts["pending"], counts["aborted"], counts[""]
    )


def rotation_counts(
    source: Source, now: dt.datetime, *, factory: str | None = None, inspector: str | None = None
) -> tuple[RotationCount, ...]:
    """How often inspectors were at factories, or are announced to be, within the days that rotation looks back.

    As planning counts them: announced visits but for aborted ones, and those that older records tell of. The most
    often first.

    Raises:
        NotFoundError: there is no such factory or inspector.
    """
    with reading(source) as session:
        settings = present_settings(session).rotation
        since = now.date() - dt.timedelta(days=settings.within_days - 1)
        site = None if factory is None else factory_by_code(session, factory).id
        person = None if inspector is None else inspector_by_code(session, inspector).id
        visits: dict[tuple[int, int], list[dt.date]] = {}
        for who, where, day in _visits(session, since, site, person):
            visits.setdefault((who, where), []).append(day)
        people = {key: (code, name) for key, code, name in session.execute(_PEOPLE)}
        sites = {key: code for key, code in session.execute(select(Factory.id, Factory.code))}
    found = [
        RotationCount(*people[who], sites[where], len(days), settings.max_visits, max(days))
        for (who, where), days in visits.items()
    ]
    return tuple(sorted(found, key=lambda row: (-row.visits, row.factory, row.inspector)))


_PEOPLE = select(Inspector.id, Inspector.code, Inspector.name)


def _visits(session: Session, since: dt.date, site: int | None, person: int | None) -> list[tuple[int, int, dt.date]]:
    """Keys of inspector and factory, and the day, of every visit that counts."""
    query = (
        select(Assignment.inspector_id, Request.factory_id, Visit.first_slot)
        .join(Visit, Visit.id == Assignment.visit_id)
        .join(Request, Request.id == Visit.request_id)
        .outerjoin(VisitResult, VisitResult.visit_id == Visit.id)
        .where(Visit.published, Visit.status != "cancelled", Visit.first_slot >= morning(since), NOT_IN_VAIN)
    )
    older = select(PastVisit.inspector_id, PastVisit.factory_id, PastVisit.visited_on).where(
        PastVisit.visited_on >= since
    )
    if site is not None:
        query, older = query.where(Request.factory_id == site), older.where(PastVisit.factory_id == site)
    if person is not None:
        query, older = query.where(Assignment.inspector_id == person), older.where(PastVisit.inspector_id == person)
    found = [(who, where, date_of(slot)) for who, where, slot in session.execute(query)]
    return [*found, *((who, where, day) for who, where, day in session.execute(older))]
