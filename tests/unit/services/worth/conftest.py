"""A firm that is short of people: I1 alone knows garments, has five days, and seven requests are asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from desktop.services.solver_process import RunGivenUpError
from desktop.services.worth.solving import Solving
from desktop.services.worth.subject import Subject, read_subject
from desktop.services.worth.sums import Found
from desktop.store.engine import Store
from scheduler.cli.command import main
from scheduler.params import Params
from scheduler.plan import Assignment, Plan
from scheduler.problem import Problem
from scheduler.solve import solve
from scheduler.wire import plan_to_json, problem_to_json, save_json
from tests.helpers.planning_firm import NEAR, NOW, Firm, adopted, day
from tests.helpers.stores import SqliteTemplate

CODE = "2026-W49-1"
PLAN = tuple(Assignment(f"R{n}", 0, 2 * (n - 1), ("I1",)) for n in range(1, 6))
HOURS = (48, 60, 96)


class Here(Solving):
    """Runs of the solver in this process and by steps, so that they take no process and no clock.

    Attributes:
        solved: how many problems were; the run after `most` is told to stop.
    """

    def __init__(self, seed: int, most: int = 1_000) -> None:
        """Prepare."""
        super().__init__(seed)
        self.solved = 0
        self._most = most

    def solve(self, problem: Problem, initial: Plan, seconds: float, what: str) -> Found:
        """As in a process of its own; `seconds` and `what` say nothing."""
        assert seconds
        assert what
        if self.solved == self._most:
            raise RunGivenUpError("stopped")
        self.solved += 1
        plan = solve(problem, Params(seed=1, time_limit=None, iteration_limit=300), initial=initial)
        return Found(problem, plan.assignments, plan.cost.total, plan.bound)

    def prices(self, problem: Problem, plan: Plan, seconds: float, what: str) -> Mapping[str, Any]:
        """By the solver's command line."""
        assert what
        with TemporaryDirectory() as name:
            files = [str(Path(name) / own) for own in ("problem.json", "plan.json", "prices.json")]
            save_json(files[0], problem_to_json(problem))
            save_json(files[1], plan_to_json(plan))
            limit = ["--time-limit", str(seconds)]
            assert main(["prices", files[0], files[1], "--out", files[2], "--top", "999", *limit]) == 0
            found: Mapping[str, Any] = json.loads(Path(files[2]).read_bytes())
            return found


def found_firm(store: Store) -> Store:
    """The firm with a draft of its week."""
    with store.session(write=True) as session:
        firm = Firm(session)
        firm.inspector("I1", name="Mai")
        firm.inspector(
            "I2", name="Bo", skills={"toys": 3, "garment": 1}, day_costs_cents=(0,) * 5, certificates={"audit": day(-1)}
        )
        factories = [firm.factory(f"F{n}", at=(NEAR[0] + n / 100, NEAR[1])) for n in range(1, 4)]
        for number in range(1, 8):
            own = factories[(number - 1) // 3]
            due = None if number == 7 else day(4)
            earliest = day(0) if number == 7 else NOW.date()
            firm.request(f"R{number}", own, earliest=earliest, latest=day(4), due=due)
        session.commit()
    adopted(store, *PLAN)
    return store


@pytest.fixture(scope="module")
def firm(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The firm, for tests that only read."""
    with sqlite_template.new_store(tmp_path_factory.mktemp("worth")) as store:
        yield found_firm(store)


@pytest.fixture(scope="module")
def subject(firm: Store) -> Subject:
    """Its draft, read for a study."""
    return read_subject(firm, CODE, HOURS)


@pytest.fixture
def here() -> Here:
    """The solver in this process."""
    return Here(1)
