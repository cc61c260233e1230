"""The visits of a plan and the bookings that it leaves out as tables: for the workbook and for CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from desktop.services.exchange.cells import Cell
from desktop.services.exchange.kinds import way_text
from desktop.services.planning.views import BookingView, CrewMember, PlanView, UnassignedView, VisitView
from scheduler.problem import Mode

V = TypeVar("V")
Row_contra = TypeVar("Row_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Field(Generic[Row_contra]):
    """A column of a table for people to read.

    Attributes:
        header: its name.
        get: the cell of a row.
        form: what the cells are.
        width: in characters.
    """

    header: str
    get: Callable[[Row_contra], Cell]
    form: Literal["text", "lines", "number", "date"] = "text"
    width: int = 14


Half = tuple[VisitView, CrewMember]
"""An inspector's part of a visit: a row of the CSV file."""


def _of_booking(get: Callable[[BookingView], Cell]) -> Callable[[VisitView | UnassignedView], Cell]:
    return lambda row: get(row.booking)


_BOOKED: tuple[Field[VisitView | UnassignedView], ...] = (
    Field("Request", lambda row: row.request, width=12),
    Field("Service", _of_booking(lambda booking: booking.service), width=13),
    Field("Client", _of_booking(lambda booking: booking.client), width=9),
    Field("Client name", _of_booking(lambda booking: booking.client_name), width=26),
    Field("Order", _of_booking(lambda booking: booking.order), width=12),
    Field("Product", _of_booking(lambda booking: booking.product), width=18),
    Field("Skill", _of_booking(lambda booking: booking.skill), width=16),
    Field("Level", _of_booking(lambda booking: booking.level), "number", 7),
    Field("Factory", _of_booking(lambda booking: booking.factory), width=9),
    Field("Factory name", _of_booking(lambda booking: booking.factory_name), width=30),
    Field("Local name", _of_booking(lambda booking: booking.factory_local_name), width=24),
    Field("Address", _of_booking(lambda booking: booking.factory_address), width=36),
    Field("Area", _of_booking(lambda booking: booking.area), width=14),
    Field("Country", _of_booking(lambda booking: booking.country), width=9),
)
_WINDOW: tuple[Field[VisitView | UnassignedView], ...] = (
    Field("Earliest", _of_booking(lambda booking: booking.earliest), "date", 12),
    Field("Latest", _of_booking(lambda booking: booking.latest), "date", 12),
    Field("Due", _of_booking(lambda booking: booking.due), "date", 12),
)
_TIMES: tuple[Field[VisitView], ...] = (
    Field("First day", lambda visit: visit.first_day, "date", 12),
    Field("From", lambda visit: half_of(visit.first_slot), width=11),
    Field("Last day", lambda visit: visit.last_day, "date", 12),
    Field("Until", lambda visit: half_of(visit.last_slot), width=11),
    Field("Way", lambda visit: way_text(way_of(visit)), width=18),
    Field("Man-days", lambda visit: way_of(visit).man_days, "number", 10),
    Field("Days late", lambda visit: visit.late_days or None, "number", 10),
)
_STATE: tuple[Field[VisitView], ...] = (
    Field("Status", lambda visit: visit.status, width=11),
    Field("Published", lambda visit: _yes(visit.published), width=11),
    Field("Pinned", lambda visit: _yes(visit.pinned), width=9),
    Field("Waived rules", lambda visit: ", ".join(visit.waived), width=16),
)

VISITS: tuple[Field[VisitView], ...] = (
    *_BOOKED[:2],
    *_TIMES,
    Field("Inspectors", lambda visit: "; ".join(member.code for member in visit.inspectors), width=14),
    Field("Names", lambda visit: "; ".join(named(member) for member in visit.inspectors), width=30),
    *_BOOKED[2:],
    *_WINDOW,
    *_STATE,
)
"""A row for each visit."""

UNASSIGNED: tuple[Field[UnassignedView], ...] = (
    *_BOOKED[:2],
    Field("Reason", lambda left: "\n".join(reason.text for reason in left.reasons), "lines", 70),
    Field("What would let it in", lambda left: "\n".join(reason.lift or "" for reason in left.reasons), "lines", 44),
    Field("Man-days", lambda left: left.booking.man_days, "number", 10),
    *_WINDOW,
    *_BOOKED[2:],
)
"""A row for each booking that is left out."""


def _of_visit(field: Field[VisitView]) -> Field[Half]:
    return Field(field.header, lambda row: field.get(row[0]), field.form, field.width)


_SHOWN: tuple[Field[VisitView], ...] = (*_BOOKED, *_TIMES, *_WINDOW, *_STATE)
HALVES: tuple[Field[Half], ...] = (
    Field("Inspector", lambda row: row[1].code),
    Field("Name", lambda row: row[1].name),
    Field("Local name of inspector", lambda row: row[1].local_name),
    Field("Crew", lambda row: len(row[0].inspectors), "number"),
    *map(_of_visit, _SHOWN),
)
"""A row for each inspector of each visit."""


def halves(view: PlanView) -> Iterable[Half]:
    """Every inspector's part of every visit, by inspector and time."""
    rows = [(visit, member) for visit in view.visits for member in visit.inspectors]
    return sorted(rows, key=lambda row: (row[1].code, row[0].first_slot))


def way_of(visit: VisitView) -> Mode:
    """The mode in which a visit is planned."""
    return Mode(len(visit.inspectors), visit.last_slot - visit.first_slot + 1)


def half_of(slot: int) -> str:
    """Which half of its day a slot is."""
    return "afternoon" if slot % 2 else "morning"


def named(member: CrewMember) -> str:
    """Somebody's name, with that in his own script behind it."""
    return f"{member.name} {member.local_name}".strip()


def row_cells(fields: Sequence[Field[V]], row: V) -> list[Cell]:
    """The cells of one row."""
    return [field.get(row) for field in fields]


def as_csv(cell: Cell) -> str:
    """A cell of ours in a CSV file: days as ISO, numbers plain, nothing as nothing."""
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"
