"""The announced visit of a request while something is recorded of it."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RefusedError
from desktop.models import Factory, Inspector, Order, Request, Visit, VisitResult
from desktop.services.editing.fields import refuse_faults
from desktop.services.inspection.spent import NOTHING, Spent, spent_on
from desktop.services.lookup import request_by_code
from desktop.services.trade.clock import wall_time
from desktop.services.trade.results import out_of_order
from desktop.services.words import spell_day
from desktop.services.work import Work

COLUMNS = {
    "travelling": "travelling_at",
    "arrived": "arrived_at",
    "finished": "finished_at",
    "report": "report_in_at",
    "reviewed": "reviewed_at",
    "released": "report_sent_at",
}
"""Where each time of a visit is kept, by its name."""

SAID = {
    "travelling": "the departure",
    "arrived": "the arrival",
    "finished": "the end of work",
    "report": "the receipt of the report",
    "reviewed": "the review",
    "released": "the release",
}


class Visited:
    """One visit at hand.

    Attributes:
        session, now, actor: of the command.
        request, visit, factory: its records.
        zone: of the factory, by whose clocks its day is told.
    """

    def __init__(self, work: Work, code: str, happened: str) -> None:
        """Find it. `happened` says what nobody can have done without one: "have arrived".

        Raises:
            NotFoundError: no such request.
            RefusedError: nothing is announced for it.
        """
        self.work = work
        self.session = work.session
        self.now = work.now
        self.actor = work.actor
        self.request = request_by_code(work.session, code)
        self.visit = _announced(work.session, self.request, happened)
        self.factory = work.session.get_one(Factory, self.request.factory_id)
        self.zone = zoneinfo.ZoneInfo(self.factory.time_zone)

    @property
    def code(self) -> str:
        """Of the request."""
        return self.request.code

    @property
    def result(self) -> VisitResult:
        """What is on record of it; from the first time on."""
        if self.visit.result is None:
            self.visit.result = VisitResult(outcome="pending", abort_reason="")
        return self.visit.result

    @property
    def order(self) -> Order | None:
        """The order whose goods are looked at."""
        return None if self.request.order_id is None else self.session.get_one(Order, self.request.order_id)

    @property
    def man_days(self) -> float:
        """Of the work that is planned."""
        modes = self.request.modes
        return modes[min(self.visit.mode, len(modes) - 1)].man_days if modes else 1.0

    def crew(self) -> list[Inspector]:
        """Whoever makes it, by code."""
        keys = [assignment.inspector_id for assignment in self.visit.assignments]
        return list(self.session.scalars(select(Inspector).where(Inspector.id.in_(keys)).order_by(Inspector.code)))

    def there(self, when: dt.datetime) -> str:
        """A moment by the clocks of the factory: "Tue 1 Dec 2026 09:10"."""
        day, time = wall_time(when, self.zone, is_end=False)
        return f"{spell_day(day)} {time}"

    def day(self, when: dt.datetime) -> dt.date:
        """The date of a moment there."""
        return when.astimezone(self.zone).date()

    def set_time(self, name: str, at: dt.datetime | None) -> dt.datetime:
        """Record one of the visit's times and give it in UTC; None: now.

        Raises:
            BadInputError: it lies ahead, before the booking, or the wrong way round with another time.
        """
        at = at or self.now
        at = (at if at.tzinfo is not None else at.replace(tzinfo=self.zone)).astimezone(dt.UTC)
        said = SAID[name]
        faults = []
        if at > self.now:
            faults.append(f"{said} is at {self.there(at)}; it is {self.there(self.now)} at the factory now")
        if at < self.request.requested_at:
            faults.append(f"{said} is at {self.there(at)}, before the booking, {self.there(self.request.requested_at)}")
        known = self.times() | {name: at}
        for earlier, later in out_of_order(known):
            if name in (earlier, later):
                times = [self.there(known[one]) for one in (later, earlier)]
                faults.append(f"{SAID[later]}, {times[0]}, is before {SAID[earlier]}, {times[1]}")
        refuse_faults(f"Request {self.code}", faults)
        setattr(self.result, COLUMNS[name], at)
        return at

    def _note_cost(self, spent: Spent) -> None:
        result = self.result
        result.work_cents, result.premium_cents, result.travel_cents = spent.work, spent.premium, spent.travel
        result.nights, result.night_cents = spent.nights, spent.night

    def times(self) -> dict[str, dt.datetime]:
        """The times on record, by name."""
        return {} if self.visit.result is None else times_of(self.visit.result)

    def refuse_after_release(self) -> None:
        """Refuse a change of what the client has been told.

        Raises:
            RefusedError: the report is out.
        """
        released = self.times().get("released")
        if released is not None:
            raise RefusedError(
                f"The report of {self.code} was released on {self.there(released)}: what it says stays.",
                "Take the release back first, then correct it and release it again.",
            )

    def settle_status(self) -> None:
        """Bring visit and request to where the times say that they are; a visit that is done now has its cost noted."""
        result = self.result
        is_done = result.finished_at is not None or result.decided_at is not None
        if is_done != (self.visit.status == "done"):
            self._note_cost(spent_on(self.session, self.visit) if is_done else NOTHING)
        if is_done:
            self.visit.status, self.request.status = "done", "done"
            return
        begun = result.arrived_at is not None or result.travelling_at is not None
        self.visit.status = "started" if begun else "planned"  # begun, so that the next plan leaves it alone
        self.request.status = "published"


def times_of(result: VisitResult) -> dict[str, dt.datetime]:
    """The times on record of a visit, by name."""
    found = {name: getattr(result, column) for name, column in COLUMNS.items()}
    return {name: time for name, time in found.items() if time is not None}


def announced_visit(session: Session, request: Request) -> Visit | None:
    """The visit of a request that people act on; None where nothing is announced."""
    return session.scalars(
        select(Visit).where(Visit.request_id == request.id, Visit.published, Visit.status != "cancelled")
    ).one_or_none()


def _announced(session: Session, request: Request, happened: str) -> Visit:
    visit = announced_visit(session, request)
    if visit is None:
        raise RefusedError(
            f"Request {request.code} has no visit that is announced: nobody can {happened} for it.",
            "Publish the plan that has its visit first.",
        )
    return visit
