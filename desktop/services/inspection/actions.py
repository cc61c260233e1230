"""Corrective actions: which a result calls for, which are open, and which are late."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterable
from typing import cast

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.models import Client, CorrectiveAction, Defect, Factory, Request, Visit, VisitResult
from desktop.models.halfday import date_of
from desktop.services.commands.inspection import ActionEntry, ActionStep, OwnerParty, Severity
from desktop.services.inspection.rows import ActionProposal, ActionRow, StepRow
from desktop.services.inspection.visited import announced_visit
from desktop.services.lookup import request_by_code
from desktop.services.planning.reading import Source, reading
from desktop.services.trade.house import read_trade_settings
from desktop.services.trade.results import STEPS, ResultSettings, step_due
from desktop.services.words import spell_list

DONE_AT = ("communicated_at", "root_cause_at", "solution_at", "verified_at")
"""Where the time of each step is kept, in their order."""

_SOLUTION = STEPS.index("solution")
_WORST_FIRST = {"critical": 0, "major": 1, "minor": 2}


def open_actions(
    source: Source,
    now: dt.datetime,
    *,
    overdue_only: bool = False,
    request: str | None = None,
    with_done: bool = False,
) -> tuple[ActionRow, ...]:
    """Corrective actions, the one that is due first at the top.

    Args:
        source: where to read.
        now: tells which are late, by the date at the factory.
        overdue_only: only those whose present step is late.
        request: only those of the visit of this request.
        with_done: also those that are verified; they come last.

    Raises:
        NotFoundError: there is no such request.
    """
    with reading(source) as session:
        query = _QUERY
        if not with_done:
            query = query.where(CorrectiveAction.verified_at.is_(None))
        if request is not None:
            query = query.where(Request.id == request_by_code(session, request).id)
        found = [row for row in _rows(session, query, now) if row.is_overdue or not overdue_only]
    return tuple(sorted(found, key=_by_due))


def client_actions(source: Source, now: dt.datetime, client: str) -> tuple[ActionRow, ...]:
    """All corrective actions of visits for the client of a code, the one due first at the top, done ones last."""
    with reading(source) as session:
        return tuple(sorted(_rows(session, _QUERY.where(Client.code == client), now), key=_by_due))


def propose_actions(source: Source, now: dt.datetime, request: str) -> tuple[ActionProposal, ...]:
    """The corrective actions that a visit calls for and that are not open yet, one for each defect, the worst first.

    None where it passed, is not decided, or was aborted. Defects within what is accepted are among them where another
    has failed the goods: they are there to be mended too.

    Raises:
        NotFoundError: there is no such request.
    """
    with reading(source) as session:
        record = request_by_code(session, request)
        visit = announced_visit(session, record)
        if visit is None or visit.result is None or not calls_for_action(visit.result):
            return ()
        factory = session.get_one(Factory, record.factory_id)
        today = now.astimezone(zoneinfo.ZoneInfo(factory.time_zone)).date()
        settings = read_trade_settings(session).results
        known = set(
            session.scalars(select(CorrectiveAction.defect_id).where(CorrectiveAction.visit_id == visit.id)).all()
        )
        owner = factory.contact or factory.name
        wanted = [defect for defect in visit.result.defects if defect.id not in known]
        wanted.sort(key=lambda defect: (_WORST_FIRST[defect.severity], defect.position))
        return tuple(_proposal(defect, owner, today, settings) for defect in wanted)


def calls_for_action(result: VisitResult) -> bool:
    """Whether a result is one that something has to be done about."""
    return result.decided_at is not None and result.outcome in ("fail", "pending")


def done_steps(row: CorrectiveAction) -> int:
    """How many steps of an action are done."""
    return sum(getattr(row, column) is not None for column in DONE_AT)


def due_of(row: CorrectiveAction, zone: dt.tzinfo, settings: ResultSettings) -> dt.date:
    """The day on which the present step of an action is due; of one that is done, its last."""
    step = min(done_steps(row), len(STEPS) - 1)
    since = row.opened_at if step == 0 else getattr(row, DONE_AT[step - 1])
    return step_due(row.severity, step, since.astimezone(zone).date(), settings)


def fix_due(row: CorrectiveAction, zone: dt.tzinfo, settings: ResultSettings) -> dt.date:
    """The day by which the goods are mended: on which the solution is due, or was made."""
    if row.solution_at is not None:
        return row.solution_at.astimezone(zone).date()
    left = settings.days_of(row.severity)[done_steps(row) + 1 : _SOLUTION + 1]
    return row.due + dt.timedelta(days=sum(left))


def _by_due(row: ActionRow) -> tuple[bool, dt.date, int, int]:
    return row.next_step is None, row.due, _WORST_FIRST[row.severity], row.id


def action_words(texts: Iterable[str]) -> str:
    """Some actions in a sentence."""
    return spell_list(list(texts), 3)


def _proposal(defect: Defect, owner: str, today: dt.date, settings: ResultSettings) -> ActionProposal:
    severity = cast(Severity, defect.severity)
    days = settings.days_of(severity)
    due = step_due(severity, 0, today, settings)
    return ActionProposal(ActionEntry(severity, defect.text, owner, "factory", due, defect.position), days)


_QUERY = (
    select(
        CorrectiveAction,
        Request.code,
        Client.code,
        Client.name,
        Factory.code,
        Factory.name,
        Factory.time_zone,
        Visit.first_slot,
        Defect.position,
    )
    .join(Visit, Visit.id == CorrectiveAction.visit_id)
    .join(Request, Request.id == Visit.request_id)
    .join(Client, Client.id == Request.client_id)
    .join(Factory, Factory.id == Request.factory_id)
    .outerjoin(Defect, Defect.id == CorrectiveAction.defect_id)
)


def _rows(
    session: Session,
    query: Select[CorrectiveAction, str, str, str, str, str, str, int, int],
    now: dt.datetime,
) -> Iterable[ActionRow]:
    for row, code, client, client_name, factory, name, zone_name, first_slot, position in session.execute(query):
        zone = zoneinfo.ZoneInfo(zone_name)
        today = now.astimezone(zone).date()
        done = done_steps(row)
        is_done = done == len(STEPS)
        yield ActionRow(
            id=row.id,
            version=row.version,
            request=code,
            client=client,
            client_name=client_name,
            factory=factory,
            factory_name=name,
            zone=zone,
            visit_day=date_of(first_slot),
            defect=position,
            severity=cast(Severity, row.severity),
            text=row.text,
            owner=row.owner,
            owner_party=cast(OwnerParty, row.owner_party),
            opened_at=row.opened_at,
            due=row.due,
            steps=(
                StepRow("communicated", row.communicated_at, row.communicated_to),
                StepRow("root cause", row.root_cause_at, row.root_cause),
                StepRow("solution", row.solution_at, row.for_made, row.for_coming),
                StepRow("verified", row.verified_at, row.verification, row.verified_by),
            ),
            next_step=None if is_done else cast(ActionStep, STEPS[done]),
            days_late=0 if is_done else max(0, (today - row.due).days),
        )
