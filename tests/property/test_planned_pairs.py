"""Whatever is done to a plan by hand, the pair that is exported for it stands before the independent judge."""

from __future__ import annotations

import random
from collections import Counter

from desktop.errors import DomainError, RefusedError
from desktop.services.bus import Desk
from desktop.services.commands import (
    AdoptPlan,
    Command,
    ImportProblem,
    MoveVisit,
    PinRequest,
    PublishPlan,
    UnassignVisit,
    UnpinRequest,
)
from desktop.services.planning import PlanView, plan_pair, plan_view, ready_problem, settings_of
from desktop.services.settings import PlanSettings
from desktop.store.engine import Store
from scheduler.params import Params
from scheduler.problem import WAIVERS, Problem
from scheduler.solve import solve
from scheduler.wire import plan_to_json, problem_to_json, read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.judge import verdict
from tests.helpers.planning_firm import desk_of
from tests.helpers.shared import needs_shared
from tests.helpers.soak import scaled
from tests.helpers.stores import wipe

SEED = 40_000
STEPS = 12


def planned(desk: Desk, settings: PlanSettings, seed: int) -> str:
    """The code of a new draft, made with few steps."""
    built = ready_problem(desk.store, settings)
    plan = solve(built.problem, Params(seed=seed, time_limit=None, iteration_limit=30))
    outcome = desk.handle(AdoptPlan(plan, settings.to_json(), built.digest))
    return outcome.messages[0].split()[1].rstrip(":")


def judged_sound(store: Store, code: str) -> None:
    problem, plan = plan_pair(store, code)
    found = verdict(problem_to_json(problem), plan_to_json(plan))
    assert found.texts == ()


def some_step(rng: random.Random, problem: Problem, view: PlanView) -> Command:
    """A change by hand, as often forbidden as not."""
    code = view.header.code
    request = rng.choice(problem.requests)
    kind = rng.random()
    if kind < 0.7:
        mode = rng.randrange(len(request.modes))
        crew = rng.sample([person.id for person in problem.inspectors], request.modes[mode].crew)
        begin = 2 * view.header.first_day.toordinal()
        slot = begin + 2 * rng.randrange(problem.horizon.days)
        waive = tuple(sorted(rng.sample(WAIVERS, rng.choice((0, 0, 1, 5)))))
        return MoveVisit(code, request.id, tuple(crew), slot, mode, waive, "to try")
    if kind < 0.8:
        return UnassignVisit(code, request.id)
    if kind < 0.9:
        return PinRequest(code, request.id, people=rng.random() < 0.7, start=rng.random() < 0.7)
    return UnpinRequest(request.id)


def live_through(store: Store, seed: int, outcomes: Counter[str]) -> None:
    """Import, plan, change by hand with undo, publish, plan again, publish again; judged at every turn."""
    rng = random.Random(seed)
    desk = desk_of(store)
    problem = read_problem(draw_problem(seed, inspectors=rng.randint(3, 6), requests=rng.randint(4, 10)))
    desk.handle(ImportProblem(problem, ""))
    settings = settings_of(problem)
    code = planned(desk, settings, seed)
    judged_sound(store, code)
    for _ in range(STEPS):
        step = some_step(rng, problem, plan_view(store, code))
        try:
            outcome = desk.handle(step)
        except DomainError:
            outcomes[f"{type(step).__name__} refused"] += 1
            continue
        outcomes[type(step).__name__] += 1
        if outcome.inverse is not None and (isinstance(step, UnpinRequest) or rng.random() < 0.15):
            desk.undo()  # without its waiver a visit may stand where it must not
        judged_sound(store, code)
    for _ in range(2):
        desk.handle(PublishPlan(code))
        judged_sound(store, code)
        try:
            code = planned(desk, settings, seed + 1)
        except RefusedError:
            outcomes["pinned apart"] += 1
            break
        judged_sound(store, code)


@needs_shared
def test_pairs_stand_before_the_judge_whatever_was_done(sqlite_store: Store) -> None:
    outcomes: Counter[str] = Counter()
    for seed in range(SEED, SEED + scaled(100)):
        live_through(sqlite_store, seed, outcomes)
        wipe(sqlite_store)
    assert all(outcomes[kind] for kind in ("MoveVisit", "UnassignVisit", "PinRequest", "MoveVisit refused"))
