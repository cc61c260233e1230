"""What a client's page says, asked from the client's own rows."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, selectinload

from desktop.errors import BadInputError
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
from desktop.models.halfday import morning
from desktop.services.attainment import read_kept
from desktop.services.client_page.figures import figures_of
from desktop.services.client_page.rows import (
    ActionLine,
    BookingLine,
    ClientPage,
    Figures,
    Finding,
    Goods,
    Photo,
    Place,
    Promises,
    State,
    VisitLine,
)
from desktop.services.editing.settings import present_settings
from desktop.services.inspection.actions import client_actions
from desktop.services.inspection.due import ReportClock
from desktop.services.inspection.reading import outcome_of, stage_of
from desktop.services.inspection.rows import Stage
from desktop.services.inspection.sheet import result_sheet
from desktop.services.lookup import client_by_code
from desktop.services.planning.reading import Source, badge_of, reading
from desktop.services.trade.house import read_trade_settings
from desktop.services.words import spell_days

OPEN = ("new", "ready", "published")
"""Of records of bookings that are still to be visited."""

_STATES: Mapping[Stage, State] = {
    "planned": "announced",
    "travelling": "on the way",
    "on site": "on site",
    "finished": "report in work",
    "aborted": "aborted",
    "report in": "report in work",
    "reviewed": "report in work",
    "released": "reported",
}
_DAY = dt.timedelta(days=1)


def read_client_page(
    source: Source, now: dt.datetime, client: str, first_day: dt.date, last_day: dt.date
) -> ClientPage:
    """The page of one client, with what was visited, booked or open from a first to a last day.

    Raises:
        NotFoundError: there is no such client.
        BadInputError: the last day is before the first.
    """
    if last_day < first_day:
        raise BadInputError(
            f"The last day of {spell_days(first_day, last_day)} is before the first.", "Exchange the two days."
        )
    with reading(source) as session:
        record = client_by_code(session, client)
        settings = read_trade_settings(session)
        pages = _Reading(session, record, now, names=settings.results.names_to_clients)
        visits = pages.visits(first_day, last_day)
        length = last_day - first_day + _DAY
        return ClientPage(
            client=record.code,
            name=record.name,
            first_day=first_day,
            last_day=last_day,
            made_at=now.astimezone(dt.UTC),
            badge=badge_of(session),
            promises=Promises(
                present_settings(session).target_hours, settings.clock.limit_hours, settings.results.report_hours
            ),
            figures=pages.figures(visits, first_day, last_day),
            before=pages.figures(
                pages.visits(first_day - length, first_day - _DAY), first_day - length, first_day - _DAY
            ),
            bookings=pages.bookings(first_day, last_day),
            visits=visits,
            actions=pages.actions(first_day, last_day),
        )


@dataclass(frozen=True, slots=True)
class _Own:
    """A booking of the client with its records; the order only where it is the client's too."""

    request: Request
    factory: Factory
    order: Order | None

    @property
    def place(self) -> Place:
        """Its factory."""
        site = self.factory
        return Place(site.code, site.name, site.local_name, site.area, zoneinfo.ZoneInfo(site.time_zone))

    @property
    def goods(self) -> Goods | None:
        """Its order."""
        order = self.order
        return None if order is None else Goods(order.code, order.product, order.quantity)


class _Reading:
    """One client's rows at one moment."""

    def __init__(self, session: Session, client: Client, now: dt.datetime, *, names: bool) -> None:
        self._session = session
        self._client = client
        self._now = now
        self._names = names
        self._clock = ReportClock(session)
        self._keys = select(Request.id).where(Request.client_id == client.id)

    def _own(self, *where: ColumnElement[bool]) -> list[_Own]:
        """Bookings of the client that meet some conditions, with their factories and orders."""
        order_too = and_(Order.id == Request.order_id, Order.client_id == self._client.id)
        query = (
            select(Request, Factory, Order)
            .join(Factory, Factory.id == Request.factory_id)
            .outerjoin(Order, order_too)
            .where(Request.client_id == self._client.id, *where)
        )
        return [_Own(request, factory, order) for request, factory, order in self._session.execute(query)]

    def _announced(self, *where: ColumnElement[bool]) -> list[Visit]:
        """Visits of the client that have been announced, and stand."""
        query = (
            select(Visit)
            .where(Visit.request_id.in_(self._keys), Visit.published, Visit.status != "cancelled", *where)
            .options(selectinload(Visit.result).selectinload(VisitResult.defects))
        )
        return list(self._session.scalars(query))

    # -- bookings ------------------------------------------------------------------------------------------------------

    def bookings(self, first_day: dt.date, last_day: dt.date) -> tuple[BookingLine, ...]:
        """Those visited in a period, made in it, or open at its end."""
        in_period = (Visit.last_slot >= morning(first_day), Visit.first_slot <= morning(last_day) + 1)
        visits = {visit.request_id: visit for visit in self._announced(*in_period)}
        start, end = (dt.datetime.combine(day, dt.time(), dt.UTC) for day in (first_day, last_day + _DAY))
        others = and_(
            Request.id.not_in(select(Visit.request_id).where(Visit.published, Visit.status != "cancelled")),
            Request.requested_at < end,
            or_(Request.requested_at >= start, Request.status.in_(OPEN)),
        )
        found = [*self._own(others), *(own for part in _portions(visits) for own in self._own(Request.id.in_(part)))]
        follows = self._follows()
        lines = [
            self._booking(own, visits.get(own.request.id), *follows.get(own.request.id, ("", ""))) for own in found
        ]
        return tuple(sorted(lines, key=lambda line: (line.requested_on, line.request), reverse=True))

    def _booking(self, own: _Own, visit: Visit | None, follows: str, payer: str) -> BookingLine:
        request = own.request
        return BookingLine(
            request=request.code,
            service=request.service,
            place=own.place,
            goods=own.goods,
            requested_on=request.requested_at.astimezone(own.place.zone).date(),
            state=_state(request, visit),
            earliest=request.earliest,
            latest=request.latest,
            first_slot=None if visit is None else visit.first_slot,
            last_slot=None if visit is None else visit.last_slot,
            follows=follows,
            price_cents=request.price_cents if payer in ("", "client") else None,
        )

    def _follows(self) -> dict[int, tuple[str, str]]:
        """Of bookings that follow from another, by key: code of that one where it is the client's too, and who pays."""
        mine = and_(Request.id == FollowUp.follows_id, Request.client_id == self._client.id)
        query = (
            select(FollowUp.request_id, Request.code, FollowUp.charged_to)
            .outerjoin(Request, mine)
            .where(FollowUp.request_id.in_(self._keys))
        )
        return {key: (code or "", payer) for key, code, payer in self._session.execute(query)}

    # -- visits --------------------------------------------------------------------------------------------------------

    def visits(self, first_day: dt.date, last_day: dt.date) -> tuple[VisitLine, ...]:
        """Announced ones that begin in a period, the latest first."""
        visits = self._announced(Visit.first_slot.between(morning(first_day), morning(last_day) + 1))
        by_key = {
            own.request.id: own
            for part in _portions([visit.request_id for visit in visits])
            for own in self._own(Request.id.in_(part))
        }
        keys = [visit.id for visit in visits]
        crews, files = self._crews(keys), self._files(keys)
        lines = [self._visit(visit, by_key[visit.request_id], crews[visit.id], files[visit.id]) for visit in visits]
        return tuple(sorted(lines, key=lambda line: (line.first_slot, line.request), reverse=True))

    def _visit(self, visit: Visit, own: _Own, crew: Sequence[str], files: Sequence[Attachment]) -> VisitLine:
        result = visit.result
        finished = None if result is None else result.finished_at
        released = None if result is None else result.report_sent_at
        due = None if finished is None else self._clock.due(finished, own.place.zone, own.factory.country)
        state = _state(own.request, visit)
        if state == "aborted":
            due = None
        return VisitLine(
            request=own.request.code,
            service=own.request.service,
            place=own.place,
            goods=own.goods,
            first_slot=visit.first_slot,
            last_slot=visit.last_slot,
            state=state,
            inspectors=len(crew),
            names=tuple(crew) if self._names else (),
            arrived_at=None if result is None else result.arrived_at,
            finished_at=finished,
            report_due=due,
            released_at=released,
            is_late=due is not None and (released or self._now) > due,
            finding=None if result is None else _finding(own, result, files, state),
        )

    def _crews(self, visits: Sequence[int]) -> Mapping[int, list[str]]:
        crews: dict[int, list[str]] = defaultdict(list)
        for part in _portions(visits):
            query = (
                select(Assignment.visit_id, Inspector.name)
                .join(Inspector, Inspector.id == Assignment.inspector_id)
                .where(Assignment.visit_id.in_(part))
                .order_by(Inspector.code)
            )
            for visit, name in self._session.execute(query):
                crews[visit].append(name)
        return crews

    def _files(self, visits: Sequence[int]) -> Mapping[int, list[Attachment]]:
        files: dict[int, list[Attachment]] = defaultdict(list)
        for part in _portions(visits):
            query = select(Attachment).where(Attachment.visit_id.in_(part)).order_by(Attachment.id)
            for file in self._session.scalars(query):
                files[file.visit_id].append(file)
        return files

    # -- what comes after ----------------------------------------------------------------------------------------------

    def actions(self, first_day: dt.date, last_day: dt.date) -> tuple[ActionLine, ...]:
        """Those about visits of a period, and open ones about visits before it; only of what has been reported."""
        acted_on = self._announced(Visit.id.in_(select(CorrectiveAction.visit_id)))
        told = [visit.request_id for visit in acted_on if _is_told(visit.result)]
        by_code = {own.request.code: own for part in _portions(told) for own in self._own(Request.id.in_(part))}
        rows = client_actions(self._session, self._now, self._client.code)
        return tuple(
            ActionLine(row, by_code[row.request].place)
            for row in rows
            if row.request in by_code
            and row.visit_day <= last_day
            and (row.visit_day >= first_day or row.next_step is not None)
        )

    def figures(self, visits: Sequence[VisitLine], first_day: dt.date, last_day: dt.date) -> Figures:
        """A period in figures."""
        return figures_of(visits, read_kept(self._session, first_day, last_day, self._client.code), self._now)


def _portions(keys: Collection[int], size: int = 500) -> list[list[int]]:
    """Keys in parts that a question may name at once."""
    wanted = sorted(set(keys))
    return [wanted[start : start + size] for start in range(0, len(wanted), size)]


def _state(request: Request, visit: Visit | None) -> State:
    """How far a booking is, as its client is told: what is planned and not announced is "being planned"."""
    if request.status == "cancelled":
        return "cancelled"
    if visit is not None:
        return _STATES[stage_of(visit.result)]
    if request.status == "done":
        return "done"
    return "received" if request.status == "new" else "being planned"


def _is_told(result: VisitResult | None) -> bool:
    """Whether the client may know what came of a visit: the report is out, or nothing was inspected."""
    if result is None:
        return False
    return result.report_sent_at is not None or (result.outcome == "aborted" and result.decided_at is not None)


def _finding(own: _Own, result: VisitResult, files: Sequence[Attachment], state: State) -> Finding | None:
    if not _is_told(result) or state == "cancelled":
        return None
    sheet = result_sheet(own.request, own.order, result)
    pictures = [file for file in files if file.kind == "photo" and file.media_type.startswith("image/")]
    return Finding(
        outcome=outcome_of(result),
        lot=sheet.lot,
        sample_size=sheet.sample_size,
        percent_made=sheet.percent_made,
        classes=(sheet.critical, sheet.major, sheet.minor),
        defects=sheet.defects,
        missing=sheet.missing,
        abort_reason=result.abort_reason,
        charged_cents=result.charged_cents,
        decision=sheet.client_decision,
        decision_note=sheet.client_note,
        reports=tuple(file.name for file in files if file.kind == "report"),
        photos=tuple(Photo(file.id, file.name, file.caption, file.size) for file in pictures),
    )
