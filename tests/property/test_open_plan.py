"""What a plan held open says of a change is what becomes of it: the verdict before the drop and the move after it."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace

import pytest

from desktop.errors import DomainError, RefusedError
from desktop.services.board import WeekBoard
from desktop.services.bus import Desk
from desktop.services.changes import Outcome
from desktop.services.commands import (
    AdoptPlan,
    CancelRequest,
    ImportProblem,
    MoveVisit,
    RecordAbsence,
    UnassignVisit,
)
from desktop.services.planning import check_plan, ready_problem, settings_of
from desktop.services.planning.open_plan import OpenPlan, open_plan
from desktop.services.words import sentence
from desktop.store.engine import Store
from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.solve import solve
from scheduler.wire import read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.planning_firm import desk_of
from tests.helpers.soak import scaled
from tests.helpers.stores import wipe

SEED = 51_000
STEPS = 10
DIFFERENCE = re.compile(r"The plan costs (the same|USD ([\d,.]+) (more|less))")


def told(outcome: Outcome) -> int:
    """The difference that a message tells, in cents."""
    found = DIFFERENCE.match(outcome.messages[0])
    assert found is not None, outcome.messages
    if found[2] is None:
        return 0
    cents = round(100 * float(found[2].replace(",", "")))
    return cents if found[3] == "more" else -cents


def planned(desk: Desk, problem: Problem, seed: int) -> str:
    settings = settings_of(problem)
    desk.handle(ImportProblem(problem, ""))
    built = ready_problem(desk.store, settings)
    plan = solve(built.problem, Params(seed=seed, time_limit=None, iteration_limit=30))
    outcome = desk.handle(AdoptPlan(plan, settings.to_json(), built.digest))
    return outcome.messages[0].split()[1].rstrip(":")


def plain(board: WeekBoard) -> object:
    """What of a board a plan held open can know: versions, bounds and who took something out are of the database."""
    rows = [replace(row, bars=tuple(replace(bar, version=None) for bar in row.bars)) for row in board.rows]
    return board.cost, board.parts, board.assigned, board.late, rows, [entry.request for entry in board.unassigned]


def some_place(rng: random.Random, problem: Problem) -> tuple[str, tuple[str, ...], int, int]:
    request = rng.choice(problem.requests)
    mode = rng.randrange(len(request.modes))
    crew = rng.sample([person.id for person in problem.inspectors], request.modes[mode].crew)
    return request.id, tuple(crew), rng.randrange(-1, 2 * problem.horizon.days), mode


def refusal(desk: Desk, command: MoveVisit) -> RefusedError | None:
    """Why a command is refused; None where it is not. It is taken back."""
    try:
        desk.handle(command)
    except RefusedError as error:
        return error
    desk.undo()
    return None


def try_place(desk: Desk, opened: OpenPlan, rng: random.Random, problem: Problem, seen: Counter[str]) -> None:
    """Hold a verdict against what becomes of the move."""
    request, crew, slot, mode = some_place(rng, problem)
    if rng.random() < 0.5 and (offers := opened.offers(request)):
        offer = rng.choice(offers)
        crew, slot, mode = offer.inspectors, offer.first_slot, offer.mode
        verdict = opened.verdict(request, crew, slot, mode)
        assert verdict.state == "ok", "whatever is offered is allowed"
        assert verdict.cost is not None
        assert verdict.cost.total == offer.cost_cents
    verdict = opened.verdict(request, crew, slot, mode)
    seen[verdict.state] += 1
    begin = 2 * opened.board.first_day.toordinal()
    command = MoveVisit(opened.code, request, crew, begin + slot, mode)
    if verdict.state != "ok":
        error = refusal(desk, command)
        assert error is not None, verdict
        if error.broken:
            assert set(error.broken) == {sentence(entry.text) for entry in verdict.broken}
        worst = {line.state for line in verdict.lines}
        assert verdict.state in worst
    if verdict.state == "warn":
        command = MoveVisit(opened.code, request, crew, begin + slot, mode, verdict.waive, "asked for")
    if verdict.state != "bad":
        outcome = desk.handle(command)
        assert verdict.cost is not None
        assert told(outcome) == verdict.cost.total
        there = opened.moved(request, crew, slot, mode, verdict.waive)
        assert plain(open_plan(desk.store, opened.code).board) == plain(there.board)
        if rng.random() < 0.3:
            desk.undo()
            assert plain(open_plan(desk.store, opened.code).board) == plain(opened.board)


def shake(desk: Desk, rng: random.Random, opened: OpenPlan, seen: Counter[str]) -> None:
    """Take something out, or change the records under the plan."""
    kind = rng.random()
    begin = 2 * opened.board.first_day.toordinal()
    if kind < 0.6:
        placed = sorted(opened.standing.placed)
        if placed:
            request = rng.choice(placed)
            after = opened.unassigned(request)
            try:
                desk.handle(UnassignVisit(opened.code, request))
            except DomainError:
                seen["cannot be taken out"] += 1
                return
            assert plain(open_plan(desk.store, opened.code).board) == plain(after.board)
    elif kind < 0.85:
        row = rng.choice(opened.board.rows)
        slot = begin + rng.randrange(2 * opened.board.days)
        desk.handle(RecordAbsence(row.inspector, slot, slot + rng.randrange(4)))
    elif opened.board.unassigned:
        desk.handle(CancelRequest(rng.choice(opened.board.unassigned).request))


def assert_is_whole(store: Store, opened: OpenPlan) -> None:
    """A plan held open costs and breaks what the whole plan does on the problem as it is."""
    pair = check_plan(store, opened.code)
    assert opened.board.parts == pair.judged.cost
    aside = {entry.id for entry in opened.standing.instance.requests} - {entry.id for entry in pair.problem.requests}
    broken = [entry for entry in opened.standing.broken if entry.request not in aside]
    assert set(broken) == set(pair.judged.broken)


@pytest.mark.soak
def test_a_verdict_is_what_becomes_of_the_move(sqlite_store: Store) -> None:
    seen: Counter[str] = Counter()
    desk = desk_of(sqlite_store)
    for seed in range(SEED, SEED + scaled(100)):
        rng = random.Random(seed)
        problem = read(seed, rng)
        code = planned(desk, problem, seed)
        for _ in range(STEPS):
            opened = open_plan(sqlite_store, code)
            assert_is_whole(sqlite_store, opened)
            if rng.random() < 0.25:
                shake(desk, rng, opened, seen)
            else:
                try_place(desk, opened, rng, problem, seen)
        wipe(sqlite_store)
    assert all(seen[state] for state in ("ok", "warn", "bad")), seen


def read(seed: int, rng: random.Random) -> Problem:
    return read_problem(draw_problem(seed, inspectors=rng.randint(3, 6), requests=rng.randint(4, 10)))
