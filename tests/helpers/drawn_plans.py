"""Plans drawn for a drawn problem: from wild, which break many rules, to near-legal with a few mutations.

Every plan has all the keys of `inspection-plan/1`; what it says of itself is right, or wrong in a telling way.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from tests.helpers.drawn_fit import Fit
from tests.helpers.judge import PARTS, judge_of

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

Json = dict[str, Any]
REASON = {"code": "full", "text": "Everyone who may do it is busy on every day of its window."}


def draw_plan(problem: Json, rng: random.Random) -> Json:
    """Draw one plan: a third each wild, near-legal, and near-legal with one to three mutations."""
    return rng.choice((wild_plan, legal_plan, mutated_plan))(problem, rng)


def wild_plan(problem: Json, rng: random.Random) -> Json:
    """Any mode, slot and crew, without regard to rules; the crew's size is right most of the time."""
    names = [person["id"] for person in problem["inspectors"]]
    slots = 2 * problem["horizon"]["days"]
    assignments = []
    for request in problem["requests"]:
        if rng.random() < 0.3:
            continue
        index = rng.randrange(len(request["modes"]))
        size = request["modes"][index]["crew"] + rng.choice((0, 0, 0, 0, 0, 0, 0, -1, 1))
        crew = rng.sample(names, max(1, min(len(names), size)))
        slot = rng.randrange(slots) if rng.random() < 0.9 else rng.choice((-2, -1, slots, slots + 1))
        assignments.append({"request": request["id"], "mode": index, "start_slot": slot, "inspectors": crew})
    return _stated(problem, rng, assignments)


def legal_plan(problem: Json, rng: random.Random) -> Json:
    """The witness of the pins, and as many other requests as fit at random; breaks no rule."""
    return _stated(problem, rng, _fitted(problem, rng))


def mutated_plan(problem: Json, rng: random.Random) -> Json:
    """A legal plan changed in one to three places, in its visits, its lists or its statements."""
    assignments = _fitted(problem, rng)
    for _ in range(rng.choice((1, 1, 2, 3))):
        rng.choice(MUTATIONS)(problem, rng, assignments)
    plan = _stated(problem, rng, assignments)
    if rng.random() < 0.3:
        rng.choice(MISTAKES)(rng, plan)
    return plan


def _fitted(problem: Json, rng: random.Random) -> list[Json]:
    fit = Fit(problem)
    for visit in problem["info"]["witness"]:
        fit.add(copy.deepcopy(visit))
    tries = rng.choice((1, 4, 12))
    for request in rng.sample(problem["requests"], len(problem["requests"])):
        fit.insert(rng, request, tries)
    assignments = list(fit.assignments.values())
    rng.shuffle(assignments)
    return assignments


def _stated(problem: Json, rng: random.Random, assignments: list[Json]) -> Json:
    """The plan of these visits with right statements; the bound is absent, low, or tight."""
    served = {visit["request"] for visit in assignments}
    plan: Json = {
        "format": "inspection-plan/1",
        "assignments": assignments,
        "unassigned": [
            {
                "request": request["id"],
                "reasons": [REASON | ({"lift": "One more inspector."} if rng.random() < 0.3 else {})],
            }
            for request in problem["requests"]
            if request["id"] not in served
        ],
        "seconds": round(rng.random() * 60, 3),
        "seed": rng.randrange(100),
        "log": {"steps": rng.randrange(1000)},
    }
    state(plan, judge_of(problem).judge(plan)[1])
    total = plan["cost"]["total"]
    bound = rng.choice((None, total - abs(total) // 10, total))
    tight = bound is not None and total - bound <= 1e-4 * max(1, abs(total))
    plan["status"] = rng.choice(("feasible", "stopped", "optimal" if tight else "feasible"))
    plan["bound"], plan["gap"] = bound, None if bound is None else (total - bound) / max(1, abs(total))
    return plan


def state(plan: Json, parts: dict[str, int]) -> None:
    """Let a plan state a cost."""
    plan["cost"] = {"total": sum(parts.values()), "parts": dict(parts)}


def _shift(problem: Json, rng: random.Random, assignments: list[Json]) -> None:
    if assignments:
        rng.choice(assignments)["start_slot"] += rng.choice((-4, -2, -2, -1, 1, 2, 2, 4, 100))


def _swap_person(problem: Json, rng: random.Random, assignments: list[Json]) -> None:
    if assignments:
        crew = rng.choice(assignments)["inspectors"]
        crew[rng.randrange(len(crew))] = rng.choice(problem["inspectors"])["id"]


def _crew_size(problem: Json, rng: random.Random, assignments: list[Json]) -> None:
    if assignments:
        crew = rng.choice(assignments)["inspectors"]
        if len(crew) > 1 and rng.random() < 0.5:
            crew.pop()
        else:
            crew.append(rng.choice([*(person["id"] for person in problem["inspectors"]), crew[0]]))


def _mode(problem: Json, rng: random.Random, assignments: list[Json]) -> None:
    if assignments:
        rng.choice(assignments)["mode"] = rng.choice((-1, 0, 1, 2, 3))


def _drop(problem: Json, rng: random.Random, assignments: list[Json]) -> None:
    if assignments:
        assignments.pop(rng.randrange(len(assignments)))


def _twice(problem: Json, rng: random.Random, assignments: list[Json]) -> None:
    if assignments:
        again = copy.deepcopy(rng.choice(assignments))
        again["start_slot"] = 2 * rng.randrange(problem["horizon"]["days"])
        assignments.append(again)


def _stranger(problem: Json, rng: random.Random, assignments: list[Json]) -> None:
    if assignments:
        visit = rng.choice(assignments)
        if rng.random() < 0.5:
            visit["inspectors"][0] = "I99"
        else:
            assignments.append({**copy.deepcopy(visit), "request": "R99"})


def _cram(problem: Json, rng: random.Random, assignments: list[Json]) -> None:
    """Give a person several of the visits: weeks, runs, rotation and journeys break."""
    name = rng.choice(problem["inspectors"])["id"]
    for visit in rng.sample(assignments, min(len(assignments), rng.choice((2, 4, 15)))):
        if name not in visit["inspectors"]:
            visit["inspectors"][0] = name


def _misstate_part(rng: random.Random, plan: Json) -> None:
    slack = 2 * len(plan["assignments"]) + 2
    part = rng.choice(PARTS)
    change = rng.choice((-1, 1)) * rng.choice((slack, slack + 1, 5000))
    plan["cost"]["parts"][part] += change
    if rng.random() < 0.7:
        plan["cost"]["total"] += change


def _misstate_bound(rng: random.Random, plan: Json) -> None:
    plan["bound"] = plan["cost"]["total"] + rng.choice((2 * len(plan["assignments"]) + 2, 5000))
    plan["gap"] = (plan["cost"]["total"] - plan["bound"]) / max(1, abs(plan["cost"]["total"]))


def _misstate_gap(rng: random.Random, plan: Json) -> None:
    plan["gap"] = 0.5 if plan["gap"] is None else rng.choice((None, plan["gap"] + 0.25))


def _misstate_status(rng: random.Random, plan: Json) -> None:
    plan["status"] = "optimal"


def _unreasoned(rng: random.Random, plan: Json) -> None:
    for entry in plan["unassigned"]:
        entry["reasons"] = rng.choice(([], [{"code": "", "text": "No start."}], [{"code": "window", "text": ""}]))


def _mislisted(rng: random.Random, plan: Json) -> None:
    if plan["unassigned"] and rng.random() < 0.6:
        entry = rng.choice(plan["unassigned"])
        plan["unassigned"].remove(entry) if rng.random() < 0.5 else plan["unassigned"].append(copy.deepcopy(entry))
    elif plan["assignments"]:
        plan["unassigned"].append({"request": plan["assignments"][0]["request"], "reasons": [dict(REASON)]})


MUTATIONS: tuple[Callable[[Json, random.Random, list[Json]], None], ...] = (
    _shift, _shift, _swap_person, _swap_person, _crew_size, _mode, _drop, _twice, _stranger, _cram,
)  # fmt: skip
MISTAKES: tuple[Callable[[random.Random, Json], None], ...] = (
    _misstate_part, _misstate_bound, _misstate_gap, _misstate_status, _unreasoned, _mislisted,
)  # fmt: skip
