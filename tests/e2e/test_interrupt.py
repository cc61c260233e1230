"""Ctrl+C while the real program plans: once keeps the best plan so far, twice gives it up."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
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


def planning(program: Program) -> tuple[subprocess.Popen[str], psutil.Process]:
    """The program planning for much longer than anybody waits, and its solver, once that runs."""
    process = subprocess.Popen(
        program.command("plan", "--from", MONDAY, "--time-limit", "600"),
        cwd=program.folder,
        env=program.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    watched = psutil.Process(process.pid)
    while not (children := watched.children()):
        assert process.poll() is None
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.02)
    return process, children[0]


def test_once_keeps_the_best_plan_so_far(program: Program) -> None:
    process, solver = planning(program)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert "Stopping" in err
    assert "Stored as change 2." in out
    assert len(json.loads(within(program, "plans", "--json").out)) == 1
    assert not solver.is_running()


def test_twice_gives_it_up(program: Program) -> None:
    process, solver = planning(program)
    solver.suspend()  # it will not be done before the second one comes
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    assert "Stopping" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130, err
    assert "Stored" not in out
    assert json.loads(within(program, "plans", "--json").out) == []
    assert not solver.is_running()
