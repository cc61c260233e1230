"""What a problem says, the records hold: stored and built again it is the same problem."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterable

import pytest

from desktop.clock import FixedClock
from desktop.services.bus import Desk
from desktop.services.commands import ImportProblem
from desktop.services.planning.building import build_problem
from desktop.services.planning.storing import settings_of, store_problem
from desktop.services.settings import PlanSettings
from desktop.store.engine import Store
from desktop.store.unit_of_work import UnitOfWork
from scheduler.problem import Problem
from scheduler.wire import canonical, digest, problem_to_json, read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.shared import SHARED, needs_shared
from tests.helpers.soak import scaled

NOW = dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)
SEED = 71_000


def differences(problem: Problem, again: Problem) -> list[str]:
    """Top-level keys of the problem file in which two problems differ."""
    one, other = problem_to_json(canonical(problem)), problem_to_json(canonical(again))
    return [key for key in one if one[key] != other[key]]


def held(store: Store, problem: Problem) -> Problem:
    """The problem after a way through the records of a database, which is left empty."""
    with UnitOfWork(store) as unit:
        store_problem(unit.session, problem, NOW)
        unit.session.flush()
        unit.session.expunge_all()
        settings = PlanSettings.from_json(json.loads(json.dumps(settings_of(problem).to_json())))
        built = build_problem(unit.session, settings, everything=True)
        unit.rollback()
    assert built.impossible == ()
    assert built.digest == digest(built.problem)
    return built.problem


def check(store: Store, seeds: Iterable[int]) -> None:
    for seed in seeds:
        problem = read_problem(draw_problem(seed))
        again = held(store, problem)
        assert differences(problem, again) == [], f"seed {seed}"
        assert digest(again) == digest(problem)


@needs_shared
def test_drawn_problems_come_back_the_same_from_sqlite(sqlite_store: Store) -> None:
    check(sqlite_store, range(SEED, SEED + scaled(500)))


@needs_shared
def test_drawn_problems_come_back_the_same_from_postgresql(pg_store: Store) -> None:
    check(pg_store, range(SEED, SEED + scaled(100)))


@needs_shared
@pytest.mark.parametrize(
    "arguments",
    [
        ("--inspectors", "60", "--requests", "200", "--seed", "5"),
        ("--inspectors", "20", "--requests", "60", "--country", "VN", "--seed", "3", "--days", "14"),
    ],
)
def test_problems_of_the_trade_come_back_the_same(sqlite_store: Store, arguments: tuple[str, ...]) -> None:
    made = subprocess.run(
        [sys.executable, SHARED / "tools" / "make_problem.py", *arguments], check=True, capture_output=True
    )
    problem = read_problem(json.loads(made.stdout))
    assert differences(problem, held(sqlite_store, problem)) == []


@needs_shared
def test_an_imported_problem_is_one_step_and_can_be_undone(any_store: Store) -> None:
    problem = read_problem(draw_problem(SEED))
    desk = Desk(any_store, FixedClock(NOW), "li")
    desk.handle(ImportProblem(problem, ""))
    with any_store.session() as session:
        assert build_problem(session, settings_of(problem), everything=True).digest == digest(problem)
    desk.undo()
    with any_store.session() as session:
        empty = build_problem(session, settings_of(problem), everything=True).problem
    assert (empty.sites, empty.inspectors, empty.requests, empty.history, empty.published) == ((), (), (), (), {})
    desk.redo()
    with any_store.session() as session:
        assert build_problem(session, settings_of(problem), everything=True).digest == digest(problem)
