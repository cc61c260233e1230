"""The solver as a child process: its progress, its plan, every way in which it can end."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from desktop.errors import SolverError
from desktop.services.solver_process import RunGivenUpError, SolverRun
from scheduler.evaluate import evaluate_plan
from scheduler.params import Params
from scheduler.result import Progress
from scheduler.wire import problem_to_json, save_json
from tests.helpers.small import inspector, problem, request

PROBLEM = problem(tuple(request(f"R{n}") for n in range(8)), (inspector("I1"), inspector("I2", 10.0)))
LONG = Params(time_limit=120)


def child(code: str) -> tuple[str, ...]:
    """A program in place of the solver: it is given the solver's arguments."""
    return sys.executable, "-c", textwrap.dedent(code)


def children() -> set[int]:
    return {process.pid for process in psutil.Process().children(recursive=True)}


@pytest.fixture(autouse=True)
def _no_orphans() -> Iterator[None]:
    before = children()
    yield
    assert children() <= before


def test_a_run_reports_progress_and_gives_the_plan() -> None:
    seen: list[Progress] = []
    plan = SolverRun(PROBLEM, Params(seed=3, time_limit=None, iteration_limit=200)).run(seen.append)
    assert evaluate_plan(PROBLEM, plan).broken == ()
    assert (plan.seed, plan.status) == (3, "feasible")
    assert seen[-1].cost == plan.cost.total


def test_the_same_seed_and_steps_give_the_same_plan() -> None:
    params = Params(seed=1, time_limit=None, iteration_limit=100)
    one, other = (SolverRun(PROBLEM, params).run() for _ in range(2))
    assert (one.assignments, one.cost) == (other.assignments, other.cost)


def test_a_stop_ends_with_the_best_plan() -> None:
    seen: list[Progress] = []
    plan = SolverRun(PROBLEM, LONG).run(seen.append, lambda: bool(seen))
    assert plan.status == "stopped"
    assert evaluate_plan(PROBLEM, plan).broken == ()


def test_a_stop_from_another_thread() -> None:
    run = SolverRun(PROBLEM, LONG)
    plan = run.run(lambda _: threading.Thread(target=run.stop).start())
    assert plan.status == "stopped"


def test_a_run_given_up_gives_no_plan() -> None:
    run = SolverRun(PROBLEM, LONG)
    with pytest.raises(RunGivenUpError, match="given up"):
        run.run(lambda _: run.discard())


def test_an_error_of_the_listener_ends_the_child() -> None:
    def interrupted(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SolverRun(PROBLEM, LONG).run(interrupted)


def test_a_crash_tells_the_last_words() -> None:
    crash = child("""
        import sys
        print("line " * 3, file=sys.stderr)
        raise MemoryError("no room for columns")
    """)
    with pytest.raises(SolverError, match="ended with status 1") as error:
        SolverRun(PROBLEM, LONG, crash).run()
    assert "MemoryError: no room for columns" in error.value.text
    assert error.value.exit_code == 4


def test_a_child_that_is_killed_is_an_error_too() -> None:
    killed = child("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(SolverError, match="ended by signal 9"):
        SolverRun(PROBLEM, LONG, killed).run()


def test_a_child_that_ends_well_without_a_plan() -> None:
    with pytest.raises(SolverError, match="left no plan"):
        SolverRun(PROBLEM, LONG, child("pass")).run()


def test_a_plan_that_cannot_be_read() -> None:
    scribble = child("""
        import sys
        open(sys.argv[sys.argv.index("--out") + 1], "w").write("{}")
    """)
    with pytest.raises(SolverError, match="cannot be read") as error:
        SolverRun(PROBLEM, LONG, scribble).run()
    assert "format" in error.value.hint


def test_a_program_that_is_not_there() -> None:
    with pytest.raises(SolverError, match="cannot be started"):
        SolverRun(PROBLEM, LONG, ("no-such-program-as-this",)).run()


def test_a_child_that_does_not_stop_is_ended() -> None:
    deaf = child("""
        import signal, sys
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        print('{"event": "hello"}', flush=True)
        signal.pause()
    """)
    with pytest.raises(SolverError, match="did not end when it was told to"):
        SolverRun(PROBLEM, LONG, deaf, grace=0.2).run(stop=lambda: True)


def test_lines_that_are_no_progress_are_passed_over() -> None:
    chatty = child("""
        import json, runpy, sys
        print("not json")
        print(json.dumps({"event": "progress", "phase": "odd"}))
        print(json.dumps(["event"]), flush=True)
        sys.argv[0] = "scheduler"
        runpy.run_module("scheduler", run_name="__main__")
    """)
    plan = SolverRun(PROBLEM, Params(time_limit=None, iteration_limit=20), chatty).run()
    assert evaluate_plan(PROBLEM, plan).broken == ()


def test_the_child_does_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    save_json(tmp_path / "problem.json", problem_to_json(PROBLEM))
    parent = """
        import sys
        from desktop.services.solver_process import SolverRun
        from scheduler.params import Params
        from scheduler.wire import load_problem
        SolverRun(load_problem(sys.argv[1]), Params(time_limit=120)).run(lambda _: print("working", flush=True))
    """
    arguments = [sys.executable, "-c", textwrap.dedent(parent), str(tmp_path / "problem.json")]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, env={**os.environ, "TMPDIR": str(tmp_path)}) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"working\n"
        solvers = psutil.Process(process.pid).children()
        assert len(solvers) == 1
        process.kill()
    _, alive = psutil.wait_procs(solvers, timeout=30)
    assert alive == []
