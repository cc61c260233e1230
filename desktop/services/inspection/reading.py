"""Announced visits with how far they are: in a list, one whole, and those whose report is due."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from desktop.errors import RefusedError
from desktop.models import (
    Assignment,
    Attachment,
    Client,
    CorrectiveAction,
    Factory,
    FollowUp,
    Inspector,
    Order,
    Request,
    Visit,
    VisitResult,
)
from desktop.models.halfday import date_of, morning
from desktop.services.inspection.actions import open_actions, propose_actions
from desktop.services.inspection.due import ReportClock
from desktop.services.inspection.files import list_files
from desktop.services.inspection.follow_ups import linked_requests, propose_follow_ups
from desktop.services.inspection.possible import possible_commands
from desktop.services.inspection.rows import Outcome, Person, Stage, VisitCard, VisitRow
from desktop.services.inspection.sheet import result_sheet
from desktop.services.inspection.visited import COLUMNS, announced_visit, times_of
from desktop.services.lookup import request_by_code
from desktop.services.planning.commitments import LONGEST_VISIT
from desktop.services.planning.reading import Source, reading

_PORTION = 500
_ANNOUNCED = (Visit.published, Visit.status != "cancelled")
_OWED = select(VisitResult.visit_id).where(VisitResult.finished_at.is_not(None), VisitResult.report_sent_at.is_(None))
"""Visits that have ended and whose report is not released."""


def visit_rows(
    source: Source, now: dt.datetime, first_day: dt.date, last_day: dt.date, *, owed_since: dt.date | None = None
) -> tuple[VisitRow, ...]:
    """The announced visits that lie on some days, in the order of their start, then by factory.

    With `owed_since` those before too, from that day on, whose report is owed.
    """
    with reading(source) as session:
        rows = _Rows(session, now)
        begins = Visit.first_slot.between(morning(first_day) - LONGEST_VISIT, morning(last_day) + 1)
        found = rows.read(begins, Visit.last_slot >= morning(first_day))
        if owed_since is None or owed_since >= first_day:
            return found
        before = Visit.first_slot.between(morning(owed_since), morning(first_day))
        owed = rows.read(before, Visit.last_slot < morning(first_day), Visit.id.in_(_OWED))
    return (*owed, *found)


def visit_rows_of(source: Source, now: dt.datetime, keys: Collection[int]) -> tuple[VisitRow, ...]:
    """The announced visits among those of some keys."""
    wanted = sorted(keys)
    with reading(source) as session:
        rows = _Rows(session, now)
        found = [
            row
            for start in range(0, len(wanted), _PORTION)
            for row in rows.read(Visit.id.in_(wanted[start : start + _PORTION]))
        ]
    return tuple(sorted(found, key=_by_start))


def reports_due(source: Source, now: dt.datetime) -> tuple[VisitRow, ...]:
    """Visits that have ended and whose report is not released, the one due first at the top."""
    with reading(source) as session:
        found = _Rows(session, now).read(Visit.id.in_(_OWED))
    return tuple(sorted(found, key=lambda row: (row.report_due or now, row.request)))


def visit_card(source: Source, now: dt.datetime, request: str) -> VisitCard:
    """One visit whole.

    Raises:
        NotFoundError: there is no such request.
        RefusedError: it has no announced visit.
    """
    with reading(source) as session:
        record = request_by_code(session, request)
        visit = announced_visit(session, record)
        if visit is None:
            raise RefusedError(
                f"Request {request} has no visit that is announced.", "Publish the plan that has it first."
            )
        row = _Rows(session, now).read(Visit.id == visit.id)[0]
        factory = session.get_one(Factory, record.factory_id)
        order = None if record.order_id is None else session.get_one(Order, record.order_id)
        result = visit.result
        follows, follow_ups = linked_requests(session, record)
        actions = open_actions(session, now, request=request, with_done=True)
        return VisitCard(
            row=row,
            address=factory.address,
            contact=factory.contact,
            phone=factory.phone,
            times={} if result is None else times_of(result),
            reviewed_by="" if result is None else result.reviewed_by,
            charged_cents=0 if result is None else result.charged_cents,
            possible=possible_commands(result),
            result=result_sheet(record, order, result),
            files=list_files(session, visit.id, request),
            actions=actions,
            proposed_actions=propose_actions(session, now, request),
            follows=follows,
            follow_ups=follow_ups,
            proposed_follow_ups=propose_follow_ups(session, now, request),
        )


def stage_of(result: VisitResult | None) -> Stage:
    """How far a visit is. One of before times were kept, with an outcome and a report that went out, is released."""
    if result is None:
        return "planned"
    passed: tuple[tuple[bool, Stage], ...] = (
        (result.report_sent_at is not None, "released"),
        (result.reviewed_at is not None, "reviewed"),
        (result.report_in_at is not None, "report in"),
        (result.outcome == "aborted" and result.decided_at is not None, "aborted"),
        (result.finished_at is not None or result.decided_at is not None, "finished"),
        (result.arrived_at is not None, "on site"),
        (result.travelling_at is not None, "travelling"),
    )
    return next((stage for is_so, stage in passed if is_so), "planned")


def outcome_of(result: VisitResult | None) -> Outcome:
    """The outcome where it is known, else ""."""
    return "" if result is None or result.decided_at is None else cast(Outcome, result.outcome)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What belongs to visits, by the visit's key; follow-ups by the request's. Of results what a list tells."""

    results: Mapping[int, Any]
    crews: Mapping[int, list[Person]]
    files: Mapping[int, int]
    actions: Mapping[int, tuple[int, int]]
    follow_ups: Mapping[int, str]


class _Rows:
    """Visits being read at one moment."""

    def __init__(self, session: Session, now: dt.datetime) -> None:
        self._session = session
        self._now = now
        self._clock = ReportClock(session)

    def read(self, *where: ColumnElement[bool]) -> tuple[VisitRow, ...]:
        """Those of some conditions on visits."""
        ids = select(Visit.id).where(*_ANNOUNCED, *where)
        rows = self._session.execute(_ROWS.where(Visit.id.in_(ids))).all()
        beside = self._beside(ids)
        return tuple(sorted((self._row(row, beside) for row in rows), key=_by_start))

    def _row(self, row: Sequence[Any], beside: _Beside) -> VisitRow:
        visit, version, first_slot, last_slot, request, code, service, *of_firms, time_zone, country = row
        client, client_name, factory, factory_name, factory_local_name, area, order, product = of_firms
        result = beside.results.get(visit)
        zone, due, last_at = zoneinfo.ZoneInfo(time_zone), None, None
        if result is not None:
            last_at = max(times_of(result).values(), default=None)
            if result.finished_at is not None and result.report_sent_at is None:
                due = self._clock.due(result.finished_at, zone, country)
        actions, late = beside.actions.get(visit, (0, 0))
        return VisitRow(
            id=visit,
            request_id=request,
            version=version,
            request=code,
            service=service,
            client=client,
            client_name=client_name,
            factory=factory,
            factory_name=factory_name,
            factory_local_name=factory_local_name,
            area=area,
            zone=zone,
            order=order or "",
            product=product or "",
            crew=tuple(beside.crews[visit]),
            first_slot=first_slot,
            last_slot=last_slot,
            first_day=date_of(first_slot),
            last_day=date_of(last_slot),
            stage=stage_of(result),
            last_at=last_at,
            outcome=outcome_of(result),
            report_due=due,
            is_overdue=due is not None and due < self._now,
            files=beside.files.get(visit, 0),
            actions=actions,
            actions_overdue=late,
            follow_up=beside.follow_ups.get(request, ""),
            abort_reason="" if result is None else result.abort_reason,
            client_decision="" if result is None else result.client_decision,
        )

    def _beside(self, ids: Select[int]) -> _Beside:
        session = self._session
        crews: dict[int, list[Person]] = defaultdict(list)
        people = (
            select(Assignment.visit_id, Inspector.code, Inspector.name, Inspector.local_name)
            .join(Inspector, Inspector.id == Assignment.inspector_id)
            .where(Assignment.visit_id.in_(ids))
            .order_by(Inspector.code)
        )
        for visit, *person in session.execute(people):
            crews[visit].append(Person(*person))
        results: dict[int, Any] = {
            row.visit_id: row for row in session.execute(_RESULTS.where(VisitResult.visit_id.in_(ids)))
        }
        files = session.execute(
            select(Attachment.visit_id, func.count()).where(Attachment.visit_id.in_(ids)).group_by(Attachment.visit_id)
        )
        actions: dict[int, tuple[int, int]] = {}
        standing = (
            select(CorrectiveAction.visit_id, CorrectiveAction.due, Factory.time_zone)
            .join(Visit, Visit.id == CorrectiveAction.visit_id)
            .join(Request, Request.id == Visit.request_id)
            .join(Factory, Factory.id == Request.factory_id)
            .where(CorrectiveAction.visit_id.in_(ids), CorrectiveAction.verified_at.is_(None))
        )
        for visit, due, zone in session.execute(standing):
            number, late = actions.get(visit, (0, 0))
            is_late = due < self._now.astimezone(zoneinfo.ZoneInfo(zone)).date()
            actions[visit] = number + 1, late + is_late
        after = (
            select(FollowUp.follows_id, Request.code)
            .join(Request, Request.id == FollowUp.request_id)
            .where(FollowUp.follows_id.in_(select(Visit.request_id).where(Visit.id.in_(ids))))
            .where(Request.status != "cancelled")
            .order_by(FollowUp.id.desc())
        )
        return _Beside(
            results,
            crews,
            {visit: number for visit, number in files},
            actions,
            {request: code for request, code in session.execute(after)},
        )


# columns, not records: ten thousand rows are read in a fraction of the time
_ROWS = (
    select(
        Visit.id,
        Visit.version,
        Visit.first_slot,
        Visit.last_slot,
        Request.id,
        Request.code,
        Request.service,
        Client.code,
        Client.name,
        Factory.code,
        Factory.name,
        Factory.local_name,
        Factory.area,
        Order.code,
        Order.product,
        Factory.time_zone,
        Factory.country,
    )
    .join(Request, Request.id == Visit.request_id)
    .join(Client, Client.id == Request.client_id)
    .join(Factory, Factory.id == Request.factory_id)
    .outerjoin(Order, Order.id == Request.order_id)
)
_RESULTS = select(
    VisitResult.visit_id,
    *(getattr(VisitResult, column) for column in COLUMNS.values()),
    VisitResult.outcome,
    VisitResult.decided_at,
    VisitResult.abort_reason,
    VisitResult.client_decision,
)


def _by_start(row: VisitRow) -> tuple[int, str, str]:
    return row.first_slot, row.factory, row.request
