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
                self._refuse("request", f"there is no request {entry.request}", entry.request)
            elif seen[number]:
                self._refuse("twice", f"{entry.request} is assigned twice", entry.request)
            else:
                seen[number] = True
                self._assigned(number, entry)
        for number, request in enumerate(instance.requests):
            if not seen[number]:
                self._cost += unserved_cost(instance, number)
                if request.pin is not None:
                    text = f"{request.id} is pinned but not assigned"
                    self._broken.append(Broken("pin", "unassigned", text, request.id))
        journeys = Journeys(instance)
        for number, inspector in enumerate(instance.inspectors):
            if self._visits[number] or inspector.start is not None:
                visits = sorted(self._visits[number], key=lambda visit: (visit.first, visit.last))
                cost, broken = judge_week(instance, journeys, number, visits)
                self._cost += cost
                self._broken += broken
        return Evaluation(self._cost, tuple(self._broken))

    def _refuse(self, code: str, text: str, request: str) -> None:
        self._broken.append(Broken("plan", code, text, request))

    def _assigned(self, number: int, entry: Assignment) -> None:
        instance = self._instance
        modes = instance.requests[number].modes
        if not 0 <= entry.mode < len(modes):
            self._refuse("mode", f"{entry.request} has no mode {entry.mode}, only {len(modes)}", entry.request)
            return
        visit = instance.visit(number, entry.mode, entry.start_slot)
        self._broken += visit_rules(instance, visit, entry.inspectors)
        self._cost += request_cost(instance, visit)
        change_paid: set[str] = set()
        for person in entry.inspectors:
            inspector = instance.inspector_number.get(person)
            if inspector is None:
                self._cost += _stranger_cost(instance, number, person, change_paid)
            else:
                self._visits[inspector].append(visit)
                own = person_cost(instance, inspector, number)
                self._cost += CostParts(affinity=own.affinity) if person in change_paid else own
            change_paid.add(person)


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
