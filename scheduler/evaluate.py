"""What any plan costs and which rules it breaks, however bad it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from scheduler.instance import Instance, Visit
from scheduler.journeys import Journeys
from scheduler.plan import Assignment, CostParts, Plan, gap_of
from scheduler.problem import Problem
from scheduler.rules.catalogue import Broken
from scheduler.rules.visits import visit_rules
from scheduler.weeks import judge_week, person_cost, request_cost, unserved_cost
from scheduler.wire.plans import slack_cents

OPTIMAL_GAP = 1e-4


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A plan judged: its cost by part, and every rule it breaks."""

    cost: CostParts
    broken: tuple[Broken, ...]


def evaluate(problem: Problem, assignments: Sequence[Assignment], instance: Instance | None = None) -> Evaluation:
    """Judge assignments; a request that none of them names is unassigned.

    Args:
        problem: a problem without faults (`validate.check_problem`).
        assignments: any, of any requests and inspectors, in any order.
        instance: the problem compiled, where the caller has it already.
    """
    return _Evaluating(instance or Instance(problem)).judge(assignments)


def evaluate_plan(problem: Problem, plan: Plan, instance: Instance | None = None) -> Evaluation:
    """Judge a plan: its assignments, and whether what it says of itself is true."""
    instance = instance or Instance(problem)
    judged = evaluate(problem, plan.assignments, instance)
    said = [*_unassigned_rules(instance, plan), *_statements(plan, judged.cost)]
    return Evaluation(judged.cost, (*judged.broken, *said))


def judge_request(instance: Instance, number: int, entry: Assignment | None) -> tuple[CostParts, list[Broken]]:
    """What hangs on one request, served as `entry` says or (None) left out: its cost, and the rules it breaks.

    The weeks of its people are apart (`weeks.judge_week`): both together are all of a plan.
    """
    request = instance.requests[number]
    if entry is None:
        pinned = request.pin is not None
        text = f"{request.id} is pinned but not assigned"
        return unserved_cost(instance, number), [Broken("pin", "unassigned", text, request.id)] if pinned else []
    if not 0 <= entry.mode < len(request.modes):
        text = f"{request.id} has no mode {entry.mode}, only {len(request.modes)}"
        return CostParts(), [Broken("plan", "mode", text, request.id)]
    visit = instance.visit(number, entry.mode, entry.start_slot)
    cost = request_cost(instance, visit)
    change_paid: set[str] = set()
    for person in entry.inspectors:
        inspector = instance.inspector_number.get(person)
        if inspector is None:
            cost += _stranger_cost(instance, number, person, change_paid)
        else:
            own = person_cost(instance, inspector, number)
            cost += CostParts(affinity=own.affinity) if person in change_paid else own
        change_paid.add(person)
    return cost, list(visit_rules(instance, visit, entry.inspectors))


class _Evaluating:
    """One evaluation: adds up costs and broken rules assignment by assignment."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._visits: dict[int, list[Visit]] = defaultdict(list)
        self._broken: list[Broken] = []
        self._cost = CostParts()

    def judge(self, assignments: Sequence[Assignment]) -> Evaluation:
        instance = self._instance
        seen = [False] * len(instance.requests)
        for entry in assignments:
            number = instance.request_number.get(entry.request)
            if number is None:
                self._broken.append(no_such_request(entry.request))
            elif seen[number]:
                self._broken.append(Broken("plan", "twice", f"{entry.request} is assigned twice", entry.request))
            else:
                seen[number] = True
                self._add(judge_request(instance, number, entry))
                self._book(number, entry)
        for number, is_seen in enumerate(seen):
            if not is_seen:
                self._add(judge_request(instance, number, None))
        journeys = Journeys(instance)
        for number, inspector in enumerate(instance.inspectors):
            if self._visits[number] or inspector.start is not None:
                visits = sorted(self._visits[number], key=lambda visit: (visit.first, visit.last))
                self._add(judge_week(instance, journeys, number, visits))
        return Evaluation(self._cost, tuple(self._broken))

    def _add(self, judged: tuple[CostParts, list[Broken]]) -> None:
        self._cost += judged[0]
        self._broken += judged[1]

    def _book(self, number: int, entry: Assignment) -> None:
        """Put a visit into the weeks of its people, where it is one."""
        instance = self._instance
        if not 0 <= entry.mode < len(instance.requests[number].modes):
            return
        visit = instance.visit(number, entry.mode, entry.start_slot)
        for person in entry.inspectors:
            inspector = instance.inspector_number.get(person)
            if inspector is not None:
                self._visits[inspector].append(visit)


def no_such_request(name: str) -> Broken:
    """What an assignment breaks whose request the problem does not have."""
    return Broken("plan", "request", f"there is no request {name}", name)


def _stranger_cost(instance: Instance, request: int, person: str, change_paid: set[str]) -> CostParts:
    """An inspector whom the problem does not know is at least not the one announced."""
    announced = instance.problem.published.get(instance.requests[request].id)
    if announced is None or person in announced.inspectors or person in change_paid:
        return CostParts()
    return CostParts(change=announced.inspector_cost)


def _unassigned_rules(instance: Instance, plan: Plan) -> Iterator[Broken]:
    """Left out are exactly the requests without an assignment, each once and with a reason that says something."""
    served = {entry.request for entry in plan.assignments}
    listed = [entry.request for entry in plan.unassigned]
    left = {request.id for request in instance.requests} - served
    if sorted(listed) != sorted(left):
        wrong = _few(set(listed) ^ left | {name for name, times in Counter(listed).items() if times > 1})
        text = f"what is listed as unassigned is not what has no assignment: {wrong}"
        yield Broken("plan", "unassigned", text)
    for entry in plan.unassigned:
        if not entry.reasons:
            text = f"{entry.request} is left out without a reason"
            yield Broken("plan", "reason", text, entry.request)
        elif any(not reason.code or not reason.text for reason in entry.reasons):
            text = f"{entry.request} is left out with a reason that lacks its code or text"
            yield Broken("plan", "reason_text", text, entry.request)


def _few(names: Iterable[str]) -> str:
    found = sorted(names)
    return ", ".join(found[:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")


def _statements(plan: Plan, cost: CostParts) -> Iterator[Broken]:
    """The cost, the bound and the status that a plan states are true, within the rounding allowed."""
    slack = slack_cents(len(plan.assignments))
    pairs = [("total", plan.cost.total, cost.total)]
    pairs += [(part.name, getattr(plan.cost, part.name), getattr(cost, part.name)) for part in fields(CostParts)]
    for name, said, true in pairs:
        if abs(said - true) > slack:
            yield Broken("plan", "cost", f"the plan states {name} {said} cents, it is {true}")
    if plan.bound is not None and plan.bound > cost.total + slack:
        text = f"the plan states the bound {plan.bound} cents, above its own cost {cost.total}"
        yield Broken("plan", "bound", text)
    if plan.status == "optimal":
        gap = gap_of(cost.total, plan.bound)
        if gap is None or gap > OPTIMAL_GAP + slack / max(1, abs(cost.total)):
            shown = "no bound" if gap is None else f"a gap of {100 * gap:.3f} %"
            yield Broken("plan", "optimal", f"the plan calls itself optimal with {shown}")
