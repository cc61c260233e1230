"""Ctrl+C while the real program plans: once keeps the best plan so far, twice gives it up."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.helpers.program import Program, within

MONDAY = "2026-11-30"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    made = Program(tmp_path, str(tmp_path / "plans.db"))
    within(made, "demo", "--inspectors", "12", "--requests", "30", "--from", MONDAY)
    return made


@contextlib.contextmanager
def planning(program: Program) -> Iterator[tuple[subprocess.Popen[str], psutil.Process]]:
    """The program planning for much longer than anybody waits, and its solver, once that runs."""
    command = program.command("plan", "--from", MONDAY, "--time-limit", "600")
    with subprocess.Popen(
        command,
        cwd=program.folder,
        env=program.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            yield process, solver_of(process)
        finally:
            process.kill()


def solver_of(process: subprocess.Popen[str]) -> psutil.Process:
    """The solver that a program has started. Until it has become itself it is a copy of its parent, which waits."""
    while True:
        for child in psutil.Process(process.pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):
                if "scheduler" in child.cmdline():
                    return child
        assert process.poll() is None
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.02)


def has_ended(solver: psutil.Process) -> bool:
    """Whether a solver that has lost its parent is gone too, once it can run and notice."""
    with contextlib.suppress(psutil.NoSuchProcess):
        solver.resume()
    _, alive = psutil.wait_procs([solver], timeout=30)
    return not alive


def test_once_keeps_the_best_plan_so_far(program: Program) -> None:
    with planning(program) as (process, solver):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert "Stopping" in err
    assert "Stored as change 2." in out
    assert len(json.loads(within(program, "plans", "--json").out)) == 1
    assert has_ended(solver)


def test_twice_gives_it_up(program: Program) -> None:
    with planning(program) as (process, solver):
        solver.suspend()  # it will not be done before the second one comes
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert "Stopping" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 130, err
    assert "Stored" not in out
    assert "nothing more was stored" in err
    assert json.loads(within(program, "plans", "--json").out) == []
    assert has_ended(solver)
