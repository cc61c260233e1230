"""The exact optimum of a tiny problem, found by trying everything; prices and rules are the independent judge's.

Every inspector's every allowed set of visits is enumerated (with the cuts that more visits can never mend), priced, and
reduced to what the others can see of it: which requests it serves alone, and which crew visits it takes part in. These
reductions are then combined person by person. Meant for at most 3 people, 5 requests and 4 days.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from tests.helpers.drawn import draw_problem
from tests.helpers.judge import Judge, quick_judge_of, rules_in

Json = dict[str, Any]
# a visit more never mends these for a person; travel it can mend
FOR_GOOD = frozenset({"availability.free", "availability.once", "window.start", "rotation", "week", "consecutive"})
# what a visit of one person out of a crew may look like: the crew is judged when it is complete
OF_THE_CREW = frozenset({"plan.crew", "eligibility.lead", "pin.inspectors"})


@dataclass(frozen=True, slots=True)
class Visit:
    """A mode and start of a request (by its number in the problem)."""

    request: int
    mode: int
    start: int


# what the others see of a person's week: requests served alone, and visits shared with others
Seen = tuple[frozenset[Visit], frozenset[Visit]]
# per request: not begun, or the visit, how many of its crew are there, and whether one of them can lead
Crews = tuple[tuple[Visit, int, bool] | None, ...]


def tiny_problem(seed: int) -> Json:
    """At most 3 people, 5 requests and 4 days; every other one asks for little, so that much can be served."""
    rng = random.Random(f"tiny {seed}")
    return draw_problem(
        seed,
        days=rng.choice((1, 2, 3, 4)),
        inspectors=rng.choice((2, 3, 3)),
        requests=rng.choice((3, 4, 5)),
        demands=None if seed % 2 else 0.0,
    )


class Oracle:
    """Everything that can be done in one tiny problem."""

    def __init__(self, problem: Json) -> None:
        self.problem = problem
        self.judge: Judge = quick_judge_of(problem)
        self.requests = problem["requests"]

    def optimum(self) -> int | None:
        """Cents of the cheapest plan that keeps every rule; None where the pins cannot all be kept."""
        reached: dict[Crews, int] = {tuple(None for _ in self.requests): 0}
        for person in self.problem["inspectors"]:
            weeks = self._weeks(person)
            following: dict[Crews, int] = {}
            for crews, cents in reached.items():
                for visits, price in weeks.items():
                    joined = self._join(crews, visits, person)
                    if joined is not None and cents + price < following.get(joined, cents + price + 1):
                        following[joined] = cents + price
            reached = following
        totals = [cents + rest for crews, cents in reached.items() if (rest := self._closing(crews)) is not None]
        return min(totals, default=None)

    def _weeks(self, person: Json) -> dict[frozenset[Visit], int]:
        """Every allowed set of visits of a person with its price: days, travel, nights, affinity."""
        options = [self._visits(number, person) for number in range(len(self.requests))]
        found: dict[frozenset[Visit], int] = {}

        def extend(number: int, chosen: tuple[Visit, ...]) -> None:
            rules, price = self._price(person, chosen)
            if rules & FOR_GOOD:
                return
            if number == len(options):
                if not rules:
                    found[frozenset(chosen)] = price
                return
            extend(number + 1, chosen)
            for visit in options[number]:
                extend(number + 1, (*chosen, visit))

        extend(0, ())
        return found

    def _visits(self, number: int, person: Json) -> list[Visit]:
        """The visits of a request that a person can be in, as far as request and person alone can tell."""
        request = self.requests[number]
        pinned = request["pin"]["inspectors"] if request["pin"] else None
        if pinned is not None and person["id"] not in pinned:
            return []
        visits = []
        for index, mode in enumerate(request["modes"]):
            for start in range(2 * self.judge.days - mode["half_days"] + 1):
                assignment = {
                    "request": request["id"],
                    "mode": index,
                    "start_slot": start,
                    "inspectors": [person["id"]],
                }
                texts: list[str] = []
                self.judge.check_visit(request, mode, assignment, start, start + mode["half_days"] - 1, texts)
                if rules_in(texts) <= OF_THE_CREW:
                    visits.append(Visit(number, index, start))
        return visits

    def _price(self, person: Json, visits: tuple[Visit, ...]) -> tuple[frozenset[str], int]:
        """The rules that a person's visits break, and their price."""
        texts: list[str] = []
        cost = dict.fromkeys(("work", "premium", "travel", "nights"), 0)
        placed = sorted(
            (
                (visit.start, visit.start + self._mode(visit)["half_days"] - 1, self.requests[visit.request])
                for visit in visits
            ),
            key=lambda entry: entry[:2],
        )
        if placed or person["start"]:
            self.judge.check_inspector(person, placed, texts, cost)
        affinity = sum(self.requests[visit.request]["affinity"].get(person["id"], 0) for visit in visits)
        return rules_in(texts), sum(cost.values()) + affinity + sum(self._taken_back(visit, person) for visit in visits)

    def _mode(self, visit: Visit) -> Json:
        mode: Json = self.requests[visit.request]["modes"][visit.mode]
        return mode

    def _taken_back(self, visit: Visit, person: Json) -> int:
        """The price of sending someone who was not announced."""
        announced = self.problem["published"].get(self.requests[visit.request]["id"])
        return announced["inspector_cost"] if announced and person["id"] not in announced["inspectors"] else 0

    def _join(self, crews: Crews, visits: frozenset[Visit], person: Json) -> Crews | None:
        """The crews with a person's visits added; None where one is full or goes otherwise."""
        joined = list(crews)
        for visit in visits:
            begun = joined[visit.request]
            if begun is None:
                joined[visit.request] = (visit, 1, self._leads(visit, person))
            elif begun[0] == visit and begun[1] < self._mode(visit)["crew"]:
                joined[visit.request] = (visit, begun[1] + 1, begun[2] or self._leads(visit, person))
            else:
                return None
        return tuple(joined)

    def _leads(self, visit: Visit, person: Json) -> bool:
        """Whether a crew of this person alone would have its lead."""
        request, mode = self.requests[visit.request], self._mode(visit)
        assignment = {
            "request": request["id"],
            "mode": visit.mode,
            "start_slot": visit.start,
            "inspectors": [person["id"]],
        }
        texts: list[str] = []
        self.judge.check_visit(request, mode, assignment, visit.start, visit.start + mode["half_days"] - 1, texts)
        return "eligibility.lead" not in rules_in(texts)

    def _closing(self, crews: Crews) -> int | None:
        """What the visits and the requests left out cost beside the weeks; None where a crew is not whole."""
        cents = 0
        for request, crew in zip(self.requests, crews, strict=True):
            announced = self.problem["published"].get(request["id"])
            if crew is None:
                if request["pin"]:
                    return None
                cents += request["unserved_cost"] + (announced["drop_cost"] if announced else 0)
                continue
            visit, count, led = crew
            pinned = request["pin"]["inspectors"] if request["pin"] else None
            if count != self._mode(visit)["crew"] or not led or (pinned is not None and len(pinned) != count):
                return None
            cents += request["late_cost"] * max(0, visit.start // 2 - self.judge.day_of(request["due"]))
            if announced and announced["start_slot"] // 2 != visit.start // 2:
                cents += announced["day_cost"]
        return cents
