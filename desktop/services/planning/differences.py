"""Two plans of one problem compared: person by person, request by request, part by part of the cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Client, Factory, Request
from desktop.services.plan_review import (
    BarState,
    PersonReview,
    PlanReview,
    RequestReview,
    ReviewBar,
    Side,
    Spot,
    Tally,
)
from desktop.services.planning.board_rows import home_town
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.reading import holiday_views, people_views
from desktop.services.planning.reasons_of_change import Moved, facts_of
from desktop.services.planning.views import PersonView
from desktop.services.planning.working_days import OPEN
from desktop.services.settings import PlanSettings
from desktop.services.ways import AT_HOME, Ways, ways_of
from scheduler.instance import Instance
from scheduler.plan import Assignment, CostParts, Reason
from scheduler.problem import Problem
from scheduler.rules.weeks import worked_days
from scheduler.standing import NOTHING, Standing, sum_of


@dataclass(frozen=True, slots=True)
class Label:
    """What a plan is called, and what is proven of it."""

    name: str = ""
    status: str = ""
    bound: int | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What the records call requests and people, and the calendars of the days planned."""

    requests: Mapping[str, tuple[str, str, str]]
    people: tuple[PersonView, ...]
    holidays: tuple[tuple[int, str, str], ...]

    @classmethod
    def read(cls, session: Session, settings: PlanSettings, problem: Problem, more: Iterable[str] = ()) -> Names:
        """Those of a problem and of some requests more: service, client and factory by code."""
        codes = {request.id for request in problem.requests} | set(more)
        query = (
            select(Request.code, Request.service, Client.name, Factory.name)
            .join(Client, Request.client_id == Client.id)
            .join(Factory, Request.factory_id == Factory.id)
        )
        rows = session.execute(query.where(Request.code.in_(sorted(codes))))
        first = problem.horizon.start
        return cls(
            {code: (service, client, factory) for code, service, client, factory in rows},
            people_views(session, settings, Daybook(session)),
            tuple(
                ((view.date - first).days, view.country, view.name or view.kind)
                for view in holiday_views(session, problem.horizon)
            ),
        )


def known_to(problem: Problem, assignments: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """Assignments as far as a problem knows them: other requests, modes and people are left out."""
    modes = {request.id: len(request.modes) for request in problem.requests}
    people = {inspector.id for inspector in problem.inspectors}
    found = []
    for entry in assignments:
        crew = tuple(sorted(person for person in entry.inspectors if person in people))
        inside = 0 <= entry.start_slot < 2 * problem.horizon.days
        if inside and crew and 0 <= entry.mode < modes.get(entry.request, 0):
            found.append(replace(entry, inspectors=crew))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two plans of a problem.

    Attributes:
        now: None: nothing is planned.
        reasons: why the new plan leaves requests out; those of them that are not in the problem too.
    """

    problem: Problem
    now: tuple[Assignment, ...] | None
    new: tuple[Assignment, ...]
    now_label: Label
    new_label: Label
    reasons: Mapping[str, tuple[Reason, ...]]


def review_of(pair: Pair, names: Names) -> PlanReview:
    """A plan beside the one that it would replace; both hold only what the problem knows (`known_to`)."""
    return _Comparing(pair, names).review()


class _Plan:
    """One of the two plans, with all that is asked of it."""

    def __init__(self, instance: Instance, assignments: Sequence[Assignment]) -> None:
        self.instance = instance
        self.placed = {entry.request: entry for entry in assignments}
        self.standing = Standing.of(instance, assignments)
        self.ways = ways_of(instance.problem, assignments)
        self.bars: dict[str, list[Assignment]] = defaultdict(list)
        for entry in sorted(assignments, key=lambda entry: entry.start_slot):
            for person in entry.inspectors:
                self.bars[person].append(entry)

    def way(self, person: str) -> Ways:
        return self.ways.get(person, AT_HOME)

    def last_slot(self, entry: Assignment) -> int:
        request = self.instance.requests[self.instance.request_number[entry.request]]
        return entry.start_slot + request.modes[entry.mode].half_days - 1

    def late_days(self, entry: Assignment) -> int:
        return max(0, entry.start_slot // 2 - self.instance.due[self.instance.request_number[entry.request]])

    def week_cost(self, person: str) -> CostParts:
        return self.standing.of_person(self.instance.inspector_number[person]).cost

    def days(self, person: str) -> int:
        number = self.instance.inspector_number.get(person, -1)
        return len(worked_days(self.standing.visits.get(number, ())))

    def side(self, label: Label, impossible: int) -> Side:
        return Side(
            label.name,
            label.status,
            self.standing.cost,
            label.bound,
            len(self.placed),
            len(self.instance.requests) - len(self.placed) + impossible,
            sum(len(way.nights) for way in self.ways.values()),
            sum(self.late_days(entry) > 0 for entry in self.placed.values()),
            sum(
                (self.last_slot(entry) - entry.start_slot + 1) * len(entry.inspectors) for entry in self.placed.values()
            ),
            max((self.days(person) for person in self.bars), default=0),
        )


class _Comparing:
    """One comparison."""

    def __init__(self, pair: Pair, names: Names) -> None:
        instance = Instance(pair.problem)
        self._pair, self._names = pair, names
        self._now, self._new = _Plan(instance, pair.now or ()), _Plan(instance, pair.new)
        self._published = pair.problem.published
        self._people = {person.code: person.name for person in names.people}
        self._costs = self._costs_by_person()

    def review(self) -> PlanReview:
        pair = self._pair
        impossible = set(pair.reasons) - set(self._now.instance.request_number)
        rows = [self._person(view) for view in self._names.people]
        changed = [row for row in rows if row.changes]
        return PlanReview(
            first_day=pair.problem.horizon.start,
            days=pair.problem.horizon.days,
            now=None if pair.now is None else self._now.side(pair.now_label, len(impossible)),
            new=self._new.side(pair.new_label, len(impossible)),
            available=sum(cell in OPEN for person in self._names.people for cell in person.cells),
            holidays=self._names.holidays,
            people=tuple(sorted(changed, key=_worst_first)),
            unchanged=tuple(sorted((row for row in rows if not row.changes and row.new), key=lambda row: row.name)),
            placed=self._requests(set(self._new.placed) - set(self._now.placed)),
            left_out=self._requests((set(self._now.instance.request_number) | impossible) - set(self._new.placed)),
            dropped=self._requests(set(self._now.placed) - set(self._new.placed)),
            tally=self._tally(),
        )

    # -- requests --------------------------------------------------------------------------------------------------

    def _requests(self, codes: Iterable[str]) -> tuple[RequestReview, ...]:
        return tuple(self._request(code) for code in sorted(codes))

    def _request(self, code: str) -> RequestReview:
        service, client, factory = self._names.requests.get(code, ("", "", ""))
        known = code in self._now.instance.request_number
        return RequestReview(
            code,
            service,
            client,
            factory,
            self._spot(self._now, code),
            self._spot(self._new, code),
            code in self._published,
            self._pair.reasons.get(code, ()),
            self._request_cost(code).total if known else 0,
        )

    def _spot(self, plan: _Plan, code: str) -> Spot | None:
        entry = plan.placed.get(code)
        if entry is None:
            return None
        people = tuple(self._people.get(person, person) for person in entry.inspectors)
        return Spot(people, entry.start_slot, plan.last_slot(entry), plan.late_days(entry))

    def _request_cost(self, code: str) -> CostParts:
        return self._new.standing.of_request(code).cost - self._now.standing.of_request(code).cost

    def _tally(self) -> Tally:
        now, new = self._now.placed, self._new.placed
        kept = moved_day = changed_person = split = 0
        for code in now.keys() & new.keys():
            one, other = now[code], new[code]
            if _same(one, other):
                kept += 1
            elif one.start_slot // 2 != other.start_slot // 2:
                moved_day += 1
            elif set(one.inspectors) != set(other.inspectors):
                changed_person += 1
            else:
                split += 1
        return Tally(
            kept,
            moved_day,
            changed_person,
            split,
            placed=len(new.keys() - now.keys()),
            dropped=len(now.keys() - new.keys()),
            left_out=len(self._pair.reasons.keys() - now.keys()),
            calls=sum(self._is_told_otherwise(code) for code in self._published),
        )

    def _is_told_otherwise(self, code: str) -> bool:
        """Whether the new plan does otherwise than announced, where the plan now does as announced."""
        return self._is_as_announced(self._now.placed.get(code), code) and not self._is_as_announced(
            self._new.placed.get(code), code
        )

    def _is_as_announced(self, entry: Assignment | None, code: str) -> bool:
        told = self._published.get(code)
        if told is None or entry is None:
            return False
        return told.start_slot == entry.start_slot and set(told.inspectors) == set(entry.inspectors)

    # -- people ----------------------------------------------------------------------------------------------------

    def _person(self, view: PersonView) -> PersonReview:
        before, after = self._now.bars.get(view.code, []), self._new.bars.get(view.code, [])
        now_keys, new_keys = {_key(entry) for entry in before}, {_key(entry) for entry in after}
        changed = {key[0] for key in now_keys ^ new_keys}
        now = tuple(self._bar(self._now, e, "stays" if _key(e) in new_keys else "leaves") for e in before)
        new = tuple(self._bar(self._new, e, "stays" if _key(e) in now_keys else "arrives") for e in after)
        row = PersonReview(
            view.code,
            view.name,
            view.local_name,
            home_town(view.home),
            view.cells,
            now,
            new,
            self._now.way(view.code).nights,
            self._new.way(view.code).nights,
        )
        if not changed:
            return row
        calls = sum(
            self._is_told_otherwise(code) and view.code in self._published[code].inspectors
            for code in changed & self._published.keys()
        )
        return replace(
            row,
            changes=len(changed),
            announced_changes=calls,
            cost=self._costs.get(view.code, NOTHING),
            facts=facts_of(self._moves(view.code, sorted(changed)), self._weeks(view.code), calls),
        )

    def _bar(self, plan: _Plan, entry: Assignment, state: BarState) -> ReviewBar:
        service, _, factory = self._names.requests.get(entry.request, ("", "", ""))
        return ReviewBar(
            entry.request,
            service,
            factory,
            entry.start_slot,
            plan.last_slot(entry),
            state,
            self._is_as_announced(entry, entry.request),
            plan.late_days(entry),
        )

    def _moves(self, person: str, codes: Iterable[str]) -> list[Moved]:
        """What happens to a person's requests."""
        found = []
        for code in codes:
            before, after = self._now.placed.get(code), self._new.placed.get(code)
            others = set[str]()
            if before is not None and after is not None:
                has, had = person in after.inspectors, person in before.inspectors
                others = set(before.inspectors) - set(after.inspectors) if has and not had else others
                others = set(after.inspectors) - set(before.inspectors) if had and not has else others
            found.append(
                Moved(
                    code,
                    self._names.requests.get(code, ("", "", ""))[0],
                    None if before is None else before.start_slot,
                    None if after is None else after.start_slot,
                    before is not None and person in before.inspectors,
                    after is not None and person in after.inspectors,
                    ", ".join(sorted(self._people.get(other, other) for other in others)),
                    0 if before is None else self._now.late_days(before),
                    0 if after is None else self._new.late_days(after),
                    self._request_cost(code),
                )
            )
        return found

    def _weeks(self, person: str) -> tuple[CostParts, int, int]:
        """What a person's week costs more, and how many more nights and days it has."""
        if person not in self._now.instance.inspector_number:
            return NOTHING, 0, 0
        nights = len(self._new.way(person).nights) - len(self._now.way(person).nights)
        cost = self._new.week_cost(person) - self._now.week_cost(person)
        return cost, nights, self._new.days(person) - self._now.days(person)

    def _costs_by_person(self) -> Mapping[str, CostParts]:
        """The difference of the plans' costs by whose change makes it."""
        parts: dict[str, list[CostParts]] = defaultdict(list)
        now, new = self._now.placed, self._new.placed
        for code in now.keys() | new.keys():
            before, after = now.get(code), new.get(code)
            if before is not None and after is not None and _same(before, after):
                continue
            had = set(before.inspectors) if before else set()
            has = set(after.inspectors) if after else set()
            moved = before is None or after is None or _key(before) != _key(after)
            takers = (has if moved else has - had) or has or had
            for person, share in zip(sorted(takers), _shares(self._request_cost(code), len(takers)), strict=True):
                parts[person].append(share)
        for person in self._now.bars.keys() | self._new.bars.keys():
            parts[person].append(self._new.week_cost(person) - self._now.week_cost(person))
        return {person: sum_of(costs) for person, costs in parts.items()}


def _same(one: Assignment, other: Assignment) -> bool:
    return _key(one) == _key(other) and set(one.inspectors) == set(other.inspectors)


def _key(entry: Assignment) -> tuple[str, int, int]:
    return entry.request, entry.mode, entry.start_slot


def _shares(cost: CostParts, people: int) -> list[CostParts]:
    """A cost split evenly; the cents that are over go to the first."""
    even = CostParts(*(getattr(cost, name) // people for name in CostParts.__dataclass_fields__))
    first = cost
    for _ in range(people - 1):
        first -= even
    return [first, *[even] * (people - 1)]


def _worst_first(row: PersonReview) -> tuple[int, int, int, str]:
    """Announced changes, then extra nights, then gain."""
    nights = max(0, len(row.new_nights) - len(row.now_nights))
    return -row.announced_changes, -nights, row.cost.total, row.code
