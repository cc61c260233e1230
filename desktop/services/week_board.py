"""A stored plan as a board: its people by days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from desktop.models.halfday import morning
from desktop.services.board import BoardBar, BoardRow, BoardUnassigned, WeekBoard
from desktop.services.planning.pairs import check_plan
from desktop.services.planning.reading import Source, plan_view, reading
from desktop.services.planning.views import PersonView, PlanView, UnassignedView, VisitView
from desktop.services.ways import AT_HOME, Ways, ways_of

SKILLS_SHOWN = 3
OPEN = ("work", "make-up")


def week_board(source: Source, code: str) -> WeekBoard:
    """The board of a plan; its ways are those of the records as they are now.

    Raises:
        NotFoundError: there is no plan of that code.
    """
    with reading(source) as session:
        view = plan_view(session, code)
        pair = check_plan(session, code)
    return board_of(view, ways_of(pair.problem, pair.plan.assignments))


def board_of(view: PlanView, ways: Mapping[str, Ways]) -> WeekBoard:
    """A plan that was read, with the ways of its people, as a board."""
    header = view.header
    bars: dict[str, list[BoardBar]] = defaultdict(list)
    for visit in view.visits:
        for member in visit.inspectors:
            way = ways.get(member.code, AT_HOME)
            bars[member.code].append(_bar(visit, morning(header.first_day), visit.request in way.from_afar))
    return WeekBoard(
        plan=header.code,
        status=header.status,
        first_day=header.first_day,
        days=header.days,
        cost=header.cost_cents,
        bound=header.bound_cents,
        assigned=header.assigned,
        late=sum(visit.late_days > 0 for visit in view.visits),
        rows=tuple(_row(person, bars[person.code], ways.get(person.code, AT_HOME)) for person in view.people),
        unassigned=tuple(_left_out(entry) for entry in view.unassigned),
        holidays=tuple(
            ((day.date - header.first_day).days, day.country, day.name or day.kind) for day in view.holidays
        ),
        badge=view.badge,
    )


def _bar(visit: VisitView, begin: int, comes_from_afar: bool) -> BoardBar:
    return BoardBar(
        request=visit.request,
        service=visit.booking.service,
        factory=visit.booking.factory_name,
        first_slot=visit.first_slot - begin,
        last_slot=visit.last_slot - begin,
        crew=tuple(member.code for member in visit.inspectors),
        mode=visit.mode,
        version=visit.version,
        comes_from_afar=comes_from_afar,
        late_days=visit.late_days,
        pinned=visit.pinned,
        published=visit.published,
        started=visit.status in ("started", "done"),
    )


def _row(person: PersonView, bars: list[BoardBar], ways: Ways) -> BoardRow:
    return BoardRow(
        inspector=person.code,
        name=person.name,
        local_name=person.local_name,
        team=person.team,
        home=home_town(person.home),
        skills=person.skills[:SKILLS_SHOWN],
        worked=sum(bar.last_slot - bar.first_slot + 1 for bar in bars),
        available=sum(kind in OPEN for kind in person.cells),
        cells=person.cells,
        bars=tuple(sorted(bars, key=lambda bar: bar.first_slot)),
        travel_days=ways.travel_days,
        nights=ways.nights,
    )


def _left_out(entry: UnassignedView) -> BoardUnassigned:
    booking = entry.booking
    return BoardUnassigned(
        request=entry.request,
        service=booking.service,
        factory=booking.factory_name,
        client=booking.client_name,
        man_days=booking.man_days,
        earliest=booking.earliest,
        latest=booking.latest,
        reason=entry.reasons[0].text if entry.reasons else "",
    )


def home_town(address: str) -> str:
    """What of an address fits into a narrow column: the place without its province."""
    first = address.split(",", maxsplit=1)[0].strip()
    for end in ("省", "自治区"):
        _, found, rest = first.partition(end)
        if found and rest:
            return rest
    return first
