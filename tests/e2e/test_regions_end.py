"""The scheduler with processes of its own: told to terminate or killed, it leaves none behind."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from scheduler.wire import problem_to_json, save_json
from tests.helpers.long_land import long_land

WORKERS = 2
TERMINATED = 143


@contextlib.contextmanager
def solving(folder: Path) -> Iterator[tuple[subprocess.Popen[str], list[psutil.Process]]]:
    """The scheduler at work for longer than it takes to end it, and all processes that it has started."""
    save_json(folder / "problem.json", problem_to_json(long_land()))
    solve = ["solve", "problem.json", "--out", "plan.json", "--time-limit", "60", "--executor", f"processes:{WORKERS}"]
    command = [sys.executable, "-m", "scheduler", *solve, "--progress", "jsonl"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if '"regions"' in line and '"iterations": 0,' not in line:  # all have worked
                    break
            yield process, psutil.Process(process.pid).children(recursive=True)
        finally:
            process.kill()


def test_killed_it_leaves_no_process(tmp_path: Path) -> None:
    with solving(tmp_path) as (process, children):
        assert len(children) >= WORKERS
        process.kill()
        _, alive = psutil.wait_procs(children, timeout=30)
    assert alive == []
    assert not (tmp_path / "plan.json").exists()


@pytest.mark.parametrize("how", ["terminate", "stop"])
def test_ended_it_leaves_no_process_and_most_often_a_plan(how: str, tmp_path: Path) -> None:
    with solving(tmp_path) as (process, children):
        assert process.stdin is not None
        if how == "terminate":
            process.send_signal(signal.SIGTERM)
        else:
            process.stdin.write("stop\n")
            process.stdin.flush()
        process.communicate(timeout=30)
        _, alive = psutil.wait_procs(children, timeout=30)
    assert alive == []
    # whoever is told to terminate may end without a plan where the machine is too busy to make one soon
    assert process.returncode in ({0, TERMINATED} if how == "terminate" else {0})
    assert (tmp_path / "plan.json").exists() == (process.returncode == 0)
