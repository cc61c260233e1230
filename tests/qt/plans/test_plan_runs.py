"""Runs of the solver beside a window that goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.clock import FixedClock
from desktop.errors import BadInputError, DomainError, RefusedError, SolverError
from desktop.jobs.db_runner import DbRunner
from desktop.jobs.plan_run import PlanRuns, RunState
from desktop.services.bus import Desk
from desktop.services.planning.proposals import Proposal, cost_of
from desktop.services.settings import PlanSettings
from desktop.store.engine import Store
from scheduler.evaluate import evaluate_plan
from scheduler.params import Params
from tests.helpers.office import MONDAY, NOW
from tests.helpers.solvers import solvers

WEEK = PlanSettings(MONDAY)
SHORT, LONG = Params(seed=1, time_limit=1.0), Params(seed=1, time_limit=120.0)


@pytest.fixture
def runner(company_store: Store) -> Iterator[DbRunner]:
    made = DbRunner(Desk(company_store, FixedClock(NOW), "lan"))
    yield made
    assert made.close(10)
    made.deleteLater()


@pytest.fixture
def runs(runner: DbRunner) -> Iterator[PlanRuns]:
    made = PlanRuns(runner, FixedClock(NOW))
    yield made
    assert made.close(20)
    made.deleteLater()


def working(runs: PlanRuns, qtbot: QtBot) -> RunState:
    """Wait until a run has a first plan."""
    qtbot.waitUntil(lambda: runs.state is not None and runs.state.cost is not None, timeout=30_000)
    assert runs.state is not None
    return runs.state


def test_a_run_reports_and_ends_with_a_proposal(runs: PlanRuns, qtbot: QtBot) -> None:
    seen: list[RunState] = []
    begun_and_ended: list[object] = []
    runs.progressed.connect(seen.append)
    runs.running_changed.connect(begun_and_ended.append)
    with qtbot.waitSignal(runs.finished, timeout=30_000) as told:
        runs.start(WEEK, SHORT)
        assert runs.is_running
    proposal = told.args[0]
    assert isinstance(proposal, Proposal)
    assert evaluate_plan(proposal.prepared.built.problem, proposal.plan).broken == ()
    stages = list(dict.fromkeys(state.stage for state in seen))
    assert stages == ["prepare", "search", "finish"]
    assert len(seen) < 20, "about five a second"
    last = runs.state
    assert last is not None
    assert last.history[-1].cost == proposal.plan.cost.total
    assert last.base_cost == cost_of(proposal.prepared)
    assert proposal.plan.cost.total <= (last.base_cost or 0), "it begins from the plan now"
    assert begun_and_ended[-1] is None
    assert not runs.is_running


def test_a_second_run_at_once_is_a_fault_of_the_caller(runs: PlanRuns, qtbot: QtBot) -> None:
    runs.start(WEEK, LONG)
    with pytest.raises(ValueError, match="in hand"):
        runs.start(WEEK, LONG)
    working(runs, qtbot)
    runs.discard()


def test_stop_keeps_the_best_plan(runs: PlanRuns, qtbot: QtBot) -> None:
    runs.start(WEEK, LONG)
    working(runs, qtbot)
    with qtbot.waitSignal(runs.finished, timeout=30_000) as told:
        runs.stop_and_keep()
        assert runs.state is not None
        assert runs.state.is_stopping
    assert told.args[0].plan.status == "stopped"


def test_discard_ends_it_without_a_word(runs: PlanRuns, qtbot: QtBot) -> None:
    told: list[object] = []
    runs.finished.connect(told.append)
    runs.failed.connect(told.append)
    runs.start(WEEK, LONG)
    working(runs, qtbot)
    runs.discard()
    assert not runs.is_running
    qtbot.waitUntil(lambda: len(solvers()) <= 1, timeout=60_000)  # the one that waits for the next run
    assert told == []
    with qtbot.waitSignal(runs.finished, timeout=60_000):
        runs.start(WEEK, SHORT)


def test_a_solver_that_is_killed_is_told_and_the_next_run_works(runs: PlanRuns, qtbot: QtBot) -> None:
    runs.start(WEEK, LONG)
    working(runs, qtbot)
    with qtbot.waitSignal(runs.failed, timeout=60_000) as told:
        for process in solvers():
            process.kill()
    error = told.args[0]
    assert isinstance(error, SolverError)
    assert "signal 9" in error.text
    assert not runs.is_running
    with qtbot.waitSignal(runs.finished, timeout=60_000):
        runs.start(WEEK, SHORT)


def test_a_warm_solver_takes_the_run_and_another_waits_then(runs: PlanRuns, qtbot: QtBot) -> None:
    runs.warm_up()
    qtbot.waitUntil(lambda: len(solvers()) == 1, timeout=10_000)
    (waiting,) = solvers()
    runs.start(WEEK, LONG)
    working(runs, qtbot)
    assert solvers() == [waiting]
    with qtbot.waitSignal(runs.finished, timeout=60_000):
        runs.stop_and_keep()
    qtbot.waitUntil(lambda: len(solvers()) == 1 and solvers() != [waiting], timeout=10_000)


def test_days_without_anything_to_plan_are_told(runs: PlanRuns, qtbot: QtBot) -> None:
    with qtbot.waitSignal(runs.failed, timeout=30_000) as told:
        runs.start(replace(WEEK, areas=("nowhere",)), SHORT)
    assert isinstance(told.args[0], RefusedError | BadInputError)


def test_closing_ends_a_run_and_every_process(runner: DbRunner, qtbot: QtBot) -> None:
    runs = PlanRuns(runner, FixedClock(NOW))
    runs.start(WEEK, LONG)
    working(runs, qtbot)
    assert runs.close(20)
    assert solvers() == []
    runs.deleteLater()


def test_a_program_that_cannot_be_started_is_told(runner: DbRunner, qtbot: QtBot) -> None:
    runs = PlanRuns(runner, FixedClock(NOW), command=("no-such-program-as-this",))
    with qtbot.waitSignal(runs.failed, timeout=30_000) as told:
        runs.start(WEEK, SHORT)
    assert isinstance(told.args[0], DomainError)
    assert "cannot be started" in told.args[0].text
    assert runs.close(10)
    runs.deleteLater()


def test_what_is_gone_is_not_told(runner: DbRunner, qtbot: QtBot) -> None:
    parent = QObject()
    runs = PlanRuns(runner, FixedClock(NOW), parent)
    runs.start(WEEK, LONG)
    working(runs, qtbot)
    assert runs.close(20)
    parent.deleteLater()
