"""Published visits round a horizon: which of them the plan may decide anew, and which stand as facts.

A visit stands where it has begun, where it lies before the horizon, after it or across its ends, and where its request
is not among those planned. A visit that stands takes its inspector's time and is not planned again.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Container, Iterable
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.models import Assignment, Plan, Request, Visit, VisitResult
from desktop.models.halfday import date_of, morning
from scheduler.problem import Horizon

LONGEST_VISIT = 56  # half-days: visits lie within their horizons, of 28 days at most
LOOK_BACK = 35  # days: a calendar week, and a longer run of worked days than any contract allows
NOT_IN_VAIN = or_(VisitResult.outcome.is_(None), VisitResult.outcome != "aborted")
"""Of a visit joined with its result, if it has one: it is no visit that came in vain, which no rotation counts."""


def earliest_known(first_day: dt.date, history_days: int) -> int:
    """The first slot from which on visits before a horizon are looked at."""
    return morning(first_day) - 2 * max(history_days, LOOK_BACK)


class Commitment(NamedTuple):
    """One inspector's part of a published visit (absolute slots, inclusive). `outcome` None: nothing is recorded."""

    inspector: int
    request: int
    factory: int
    plan: int
    first_slot: int
    last_slot: int
    status: str
    outcome: str | None = None

    @property
    def days(self) -> Iterable[int]:
        """Ordinals of the days that the visit touches."""
        return range(self.first_slot // 2, self.last_slot // 2 + 1)


class Commitments:
    """The visits that stand, by inspector in order of time; visits of `plan` never do.

    `decided` are the keys of the requests that the plan decides on.

    Attributes:
        standing: commitments by the key of their inspector.
        settled: keys of the requests that they serve.
        coming: what somebody (by key) is announced for on the first day, first of all, of what may still be changed.
    """

    def __init__(
        self,
        session: Session,
        horizon: Horizon,
        history_days: int,
        decided: Collection[int],
        plan: Plan | None,
    ) -> None:
        self.horizon = horizon
        self.standing: dict[int, list[Commitment]] = defaultdict(list)
        self.settled: set[int] = set()
        self.coming: dict[int, Commitment] = {}
        first = earliest_known(horizon.start, history_days)
        after = morning(horizon.end) + 4  # the day after the horizon has a say in who may travel then
        query = (
            select(
                Assignment.inspector_id,
                Visit.request_id,
                Request.factory_id,
                Visit.plan_id,
                Visit.first_slot,
                Visit.last_slot,
                Visit.status,
                VisitResult.outcome,
            )
            .join(Visit, Assignment.visit_id == Visit.id)
            .join(Request, Visit.request_id == Request.id)
            .outerjoin(VisitResult, VisitResult.visit_id == Visit.id)
            .where(Visit.published, Visit.status != "cancelled", Request.status != "cancelled")
            .where(Visit.first_slot >= first - LONGEST_VISIT, Visit.last_slot >= first)
            .where(Visit.first_slot < after)
            .order_by(Visit.first_slot, Visit.id)
        )
        if plan is not None:
            query = query.where(Visit.plan_id != plan.id)
        alone = plan is not None and plan.status == "published"
        begin, end = morning(horizon.start), morning(horizon.start) + 2 * horizon.days
        for row in session.execute(query):
            found = Commitment(*row)
            inside = begin <= found.first_slot and found.last_slot < end
            is_begun = found.status in ("started", "done")
            if alone or not inside or is_begun or found.request not in decided:
                self.standing[found.inspector].append(found)
                self.settled.add(found.request)
            elif found.first_slot < begin + 2:
                self.coming.setdefault(found.inspector, found)
        self.settled.update(self._served_later(session, after, plan))

    def _served_later(self, session: Session, after: int, plan: Plan | None) -> Iterable[int]:
        """Requests with a published visit well after the horizon."""
        later = select(Visit.request_id).where(Visit.published, Visit.status != "cancelled", Visit.first_slot >= after)
        if plan is not None:
            later = later.where(Visit.plan_id != plan.id)
        return session.scalars(later)

    def past_visits(self, inspector: int, factories: Container[int]) -> list[tuple[int, dt.date]]:
        """Which of some factories were visited and when, for rotation.

        A visit that was aborted does not count: nobody has looked at goods with the factory's people. A visit that
        stands within the horizon counts as if it had been made on its eve: the count of rotation does not
        slide, and the format has no later day for what is not planned.
        """
        eve = self.horizon.date(-1)
        end = morning(self.horizon.start) + 2 * self.horizon.days
        return [
            (visit.factory, min(date_of(visit.first_slot), eve))
            for visit in self.standing.get(inspector, ())
            if visit.factory in factories and visit.first_slot < end and visit.outcome != "aborted"
        ]
