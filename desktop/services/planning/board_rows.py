"""A plan as rows of a board: one inspector's week, and one request that is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.services.board import BoardBar, BoardRow
from desktop.services.planning.views import BookingView, PersonView
from desktop.services.planning.working_days import OPEN
from desktop.services.ways import AT_HOME, Ways, way_of
from desktop.services.words import sentence
from scheduler.instance import Instance, Visit
from scheduler.plan import Assignment
from scheduler.rules import Broken
from scheduler.rules.weeks import worked_days
from scheduler.standing import Standing

SKILLS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """What the records say of a visit beside its place; `version` None: it is not stored (yet)."""

    version: int | None = None
    published: bool = False
    started: bool = False


NOT_STORED = VisitFacts()


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that rows are drawn from.

    Attributes:
        facts: what the records say of visits, by request.
        pins: the rules waived, by request that is pinned.
        elsewhere: bars that stand beside those of the plan, by inspector.
    """

    standing: Standing
    bookings: Mapping[str, BookingView]
    facts: Mapping[str, VisitFacts]
    pins: Mapping[str, tuple[str, ...]]
    elsewhere: Mapping[str, tuple[BoardBar, ...]]

    def row(self, person: PersonView) -> BoardRow:
        """One inspector's row."""
        standing, instance = self.standing, self.standing.instance
        number = instance.inspector_number[person.code]
        visits = standing.visits.get(number, ())
        ways = self._ways(number)
        judged = standing.of_person(number)
        bars = tuple(self._bar(visit, judged.broken, person.code, ways) for visit in visits)
        own = instance.inspectors[number]
        days = worked_days(visits)
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
            bars=_by_time((*bars, *self.elsewhere.get(person.code, ()))),
            travel_days=ways.travel_days,
            nights=ways.nights,
            languages=own.languages,
            rate=own.day_costs[0] if own.day_costs else 0,
            cost=judged.cost.total,
            days=len(days),
            run=longest_run(instance, number, days),
            broken=_in_words(entry for entry in judged.broken if entry.request is None),
        )

    def _ways(self, number: int) -> Ways:
        visits = self.standing.visits.get(number, ())
        return way_of(self.standing.instance, self.standing.journeys, number, visits) if visits else AT_HOME

    def _bar(self, visit: Visit, of_person: tuple[Broken, ...], person: str, ways: Ways) -> BoardBar:
        standing, instance = self.standing, self.standing.instance
        code = instance.requests[visit.request].id
        entry, facts, booking = standing.placed[code], self.facts.get(code, NOT_STORED), self.bookings[code]
        late = visit.first // 2 - instance.due[visit.request]
        own = [b for b in standing.of_request(code).broken if b.inspector is None or b.inspector == person]
        return BoardBar(
            request=code,
            service=booking.service,
            factory=booking.factory_name,
            first_slot=visit.first,
            last_slot=visit.last,
            crew=entry.inspectors,
            mode=visit.mode,
            version=facts.version,
            broken=_in_words((*own, *(b for b in of_person if b.request == code))),
            comes_from_afar=code in ways.from_afar,
            late_days=max(0, late),
            pinned=code in self.pins,
            published=facts.published or self._is_as_announced(entry),
            started=facts.started,
        )

    def _is_as_announced(self, entry: Assignment) -> bool:
        """Whether a draft has a request as it was announced: people act on it, in the copy that is in force."""
        told = self.standing.instance.problem.published.get(entry.request)
        return (
            told is not None and told.start_slot == entry.start_slot and set(told.inspectors) == set(entry.inspectors)
        )


def _by_time(bars: Iterable[BoardBar]) -> tuple[BoardBar, ...]:
    return tuple(sorted(bars, key=lambda bar: (bar.first_slot, bar.last_slot)))


def longest_run(instance: Instance, inspector: int, days: list[int]) -> int:
    """The most days in a row that an inspector works in the horizon, those that end on its eve counted."""
    run, longest, previous = instance.inspectors[inspector].worked_before.consecutive_days, 0, -1
    for day in sorted({*days, *instance.sunk[inspector]}):
        run = run + 1 if day == previous + 1 else 1
        longest, previous = max(longest, run), day
    return longest


def home_town(address: str) -> str:
    """What of an address fits into a narrow column: the place without its province."""
    first = address.split(",", maxsplit=1)[0].strip()
    for end in ("省", "自治区"):
        _, found, rest = first.partition(end)
        if found and rest:
            return rest
    return first


def _in_words(broken: Iterable[Broken]) -> str:
    return " ".join(dict.fromkeys(sentence(entry.text) for entry in broken))
