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
from desktop.services.solver_process import COMMAND, RunGivenUpError, SolverRun, WarmSolver
from scheduler.evaluate import OPTIMAL_GAP, evaluate_plan
from scheduler.params import Params
from scheduler.plan import Plan
from scheduler.result import Progress
from scheduler.wire import problem_to_json, save_json
from tests.helpers.small import inspector, problem, request

PROBLEM = problem(tuple(request(f"R{n}") for n in range(8)), (inspector("I1"), inspector("I2", 10.0)))
LONG = Params(time_limit=120)
STEPS = Params(seed=2, time_limit=None, iteration_limit=200)


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


@pytest.fixture(scope="module")
def solved() -> tuple[Plan, list[Progress]]:
    """The plan of a child that was started for it, and what it told meanwhile."""
    seen: list[Progress] = []
    return SolverRun(PROBLEM, STEPS).run(seen.append), seen


def test_a_run_reports_progress_and_gives_the_plan(solved: tuple[Plan, list[Progress]]) -> None:
    plan, seen = solved
    assert evaluate_plan(PROBLEM, plan).broken == ()
    assert plan.seed == STEPS.seed
    assert plan.status == ("feasible" if plan.gap is None or plan.gap > OPTIMAL_GAP else "optimal")
    assert seen[-1].incumbent == plan.cost.total


def test_the_same_seed_and_steps_give_the_same_plan(solved: tuple[Plan, list[Progress]]) -> None:
    one, other = solved[0], SolverRun(PROBLEM, STEPS).run()
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


def test_a_child_that_does_not_stop_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.services.solver_process.KILL_GRACE_SECONDS", 0.2)
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


# -- a solver that waits -----------------------------------------------------------------------------------------------


@pytest.fixture
def warm() -> Iterator[WarmSolver]:
    made = WarmSolver()
    yield made
    made.close()


def test_a_waiting_solver_takes_the_next_run(warm: WarmSolver, solved: tuple[Plan, list[Progress]]) -> None:
    warm.warm_up()
    waiting = warm.process_id
    assert waiting is not None
    started: list[set[int]] = []
    plan = SolverRun(PROBLEM, STEPS, warm=warm).run(lambda _: started.append(children()))
    assert started[0] == {waiting}, "no other process"
    assert evaluate_plan(PROBLEM, plan).broken == ()
    assert plan.assignments == solved[0].assignments, "and solves as a cold one does"
    assert warm.process_id is None
    assert not psutil.pid_exists(waiting)


def test_only_one_waits(warm: WarmSolver) -> None:
    before = children()
    warm.warm_up()
    waiting = warm.process_id
    warm.warm_up()
    assert warm.process_id == waiting
    assert children() - before == {waiting}
    warm.close()
    assert children() <= before
    warm.warm_up()
    assert warm.process_id is None, "closed is closed"


def test_a_waiting_solver_that_was_killed_is_replaced(warm: WarmSolver) -> None:
    warm.warm_up()
    killed = psutil.Process(warm.process_id)
    killed.kill()
    killed.wait()
    plan = SolverRun(PROBLEM, STEPS, warm=warm).run()
    assert evaluate_plan(PROBLEM, plan).broken == ()
    warm.warm_up()
    assert warm.process_id not in (None, killed.pid)


def test_a_warm_run_that_is_killed_is_an_error_and_the_next_one_works(warm: WarmSolver) -> None:
    warm.warm_up()
    process = psutil.Process(warm.process_id)
    with pytest.raises(SolverError, match="ended by signal 9"):
        SolverRun(PROBLEM, LONG, warm=warm).run(lambda _: process.kill())
    warm.warm_up()
    assert SolverRun(PROBLEM, STEPS, warm=warm).run().assignments


def test_a_warm_run_obeys_stop(warm: WarmSolver) -> None:
    warm.warm_up()
    seen: list[Progress] = []
    plan = SolverRun(PROBLEM, LONG, warm=warm).run(seen.append, lambda: bool(seen))
    assert plan.status == "stopped"


def test_the_end_of_the_input_ends_a_waiting_solver_at_once() -> None:
    with subprocess.Popen([*COMMAND, "wait"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        said, _ = process.communicate(timeout=30)
    assert (process.returncode, said) == (0, b"")


def test_a_line_that_is_no_job_is_refused() -> None:
    lines = ["solve", '{"problem": 1}', "[1]"]
    waits = child("""
        from scheduler.cli import main
        for _ in range(3):
            print(main(["wait"]), flush=True)
    """)
    done = subprocess.run(waits, input="\n".join(lines) + "\n", capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["2", "2", "2"]
    assert [("JSON list" in said) for said in done.stderr.splitlines()] == [True, True, True]


def test_a_waiting_solver_does_not_outlive_a_parent_that_is_killed() -> None:
    parent = """
        import signal
        from desktop.services.solver_process import WarmSolver
        warm = WarmSolver()
        warm.warm_up()
        print(warm.process_id, flush=True)
        signal.pause()
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(parent)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        waiting = psutil.Process(int(process.stdout.readline()))
        process.kill()
    assert psutil.wait_procs([waiting], timeout=30)[1] == []


def test_a_run_begins_from_a_plan_that_is_given(solved: tuple[Plan, list[Progress]]) -> None:
    first, _ = solved
    none = Params(seed=9, time_limit=None, iteration_limit=0)
    again = SolverRun(PROBLEM, none, initial=first).run()
    assert again.cost.total <= first.cost.total


def test_a_disk_without_room_is_an_error_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(SolverError, match="cannot be handed to the solver: No such file"):
        SolverRun(PROBLEM, STEPS).run()
