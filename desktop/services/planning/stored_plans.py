"""Stored plans for those who choose among them: who made each, what it leaves out and why, what publishing would do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from desktop.models import Announcement, Change, ChangedRow, Factory, Plan, Unassigned, Visit
from desktop.services.lookup import plan_by_code
from desktop.services.planning.reading import Source, list_plans, plan_view, reading
from desktop.services.planning.views import PlanHeader, UnassignedView
from desktop.services.planning.week import settings_for
from desktop.services.settings import PlanSettings


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan in a list; `made_by` is "" where the history does not go back so far."""

    header: PlanHeader
    made_by: str

    @property
    def code(self) -> str:
        """The plan's code."""
        return self.header.code


@dataclass(frozen=True, slots=True)
class PlanDetail:
    """A plan looked at by itself.

    Attributes:
        late: visits that begin after they are due.
        people: how many inspectors have visits.
        pinned: visits that the planner has fixed.
    """

    header: PlanHeader
    settings: PlanSettings
    late: int
    people: int
    pinned: int
    unassigned: tuple[UnassignedView, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing a draft would announce, in visits.

    Attributes:
        first: announced for the first time.
        otherwise: announced otherwise than before: another day, half-day or person.
        same: announced as before.
        withdrawn: announced before, and left out by the draft.
    """

    plan: str
    first: int
    otherwise: int
    same: int
    withdrawn: int

    @property
    def visits(self) -> int:
        """All visits of the draft."""
        return self.first + self.otherwise + self.same

    @property
    def news(self) -> int:
        """What somebody has to be told."""
        return self.first + self.otherwise + self.withdrawn


@dataclass(frozen=True, slots=True)
class Scope:
    """What plans can be limited to, the countries and areas of the factories; and how the house plans by default."""

    countries: tuple[str, ...]
    areas: tuple[str, ...]
    days: int
    freeze_days: int


def scope(source: Source) -> Scope:
    """Where there are factories, and the house's own length of a plan and of its freeze."""
    with reading(source) as session:
        rows = session.execute(select(Factory.country, Factory.area).distinct()).all()
        house = settings_for(session, dt.date.min)
    countries, areas = {country for country, _ in rows}, {area for _, area in rows if area}
    return Scope(tuple(sorted(countries)), tuple(sorted(areas)), house.days, house.freeze_days)


def plan_rows(source: Source) -> tuple[PlanRow, ...]:
    """All plans with who made them, the latest horizon and the latest made first."""
    with reading(source) as session:
        makers = _makers(session)
        return tuple(PlanRow(header, makers.get(header.code, "")) for header in list_plans(session))


def _makers(session: Session) -> Mapping[str, str]:
    query = (
        select(Plan.code, Change.actor)
        .join(ChangedRow, (ChangedRow.table_name == "plan") & (ChangedRow.row_id == Plan.id))
        .join(Change, ChangedRow.change_id == Change.id)
        .where(ChangedRow.operation == "insert")
        .order_by(Change.id)
    )
    makers: dict[str, str] = {}
    for code, actor in session.execute(query):
        makers.setdefault(code, actor)
    return makers


def plan_detail(source: Source, code: str) -> PlanDetail:
    """A plan by itself. Raises NotFoundError."""
    view = plan_view(source, code)
    return PlanDetail(
        header=view.header,
        settings=view.settings,
        late=sum(visit.late_days > 0 for visit in view.visits),
        people=len({member.code for visit in view.visits for member in visit.inspectors}),
        pinned=sum(visit.pinned for visit in view.visits),
        unassigned=view.unassigned,
    )


def publication(source: Source, code: str) -> Publication:
    """What publishing a plan would announce. Raises NotFoundError."""
    with reading(source) as session:
        plan = plan_by_code(session, code)
        crews = selectinload(Visit.assignments)
        visits = session.scalars(
            select(Visit).where(Visit.plan_id == plan.id, Visit.status != "cancelled").options(crews)
        ).all()
        concerned = select(Visit.request_id).where(Visit.plan_id == plan.id)
        left = select(Unassigned.request_id).where(Unassigned.plan_id == plan.id)
        query = select(Announcement).where(Announcement.request_id.in_(concerned.union(left)))
        told = {
            row.request_id: (row.first_slot, frozenset(entry.inspector_id for entry in row.inspectors))
            for row in session.scalars(query.options(selectinload(Announcement.inspectors)))
        }
        wanted = {
            visit.request_id: (visit.first_slot, frozenset(entry.inspector_id for entry in visit.assignments))
            for visit in visits
        }
    same = sum(told.get(request) == place for request, place in wanted.items())
    first = sum(request not in told for request in wanted)
    return Publication(code, first, len(wanted) - same - first, same, len(told.keys() - wanted.keys()))
