"""The solver's real process: progress, limits, equal files, and every way to end it."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scheduler.evaluate import evaluate_plan
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.wire import load_plan, plan_to_json, read_problem, save_json
from tests.helpers.drawn import draw_problem
from tests.helpers.soak import scaled

DATA = draw_problem(3, days=14, inspectors=30, requests=120, judged=False)  # not proven within a minute
LONG: Problem = read_problem(DATA)
COMMAND = (sys.executable, "-m", "scheduler", "solve", "problem.json", "--out", "plan.json")
PROGRESS = {"event", "phase", "seconds", "iterations", "incumbent", "bound", "unassigned", "columns"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_json(tmp_path / "problem.json", DATA)
    return tmp_path


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the problem's first plan."""
    made = tmp_path_factory.mktemp("first")
    save_json(made / "problem.json", DATA)
    finished(made, "--iterations", "0")
    return made / "plan.json"


@pytest.fixture
def planned(folder: Path, first: Path) -> Path:
    """A folder with the problem and its first plan."""
    shutil.copy(first, folder / "plan.json")
    return folder


@contextlib.contextmanager
def started(folder: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """The solver at work on the problem in a folder; whatever happens it is gone afterwards."""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*COMMAND, *more], cwd=folder, text=True, **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


def lines_of(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    assert process.stdout is not None
    for line in process.stdout:
        yield json.loads(line)


def finished(folder: Path, *more: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *more],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=os.environ | environment,
    )


def test_progress_tells_all_and_at_most_five_times_a_second(folder: Path) -> None:
    told = []
    with started(folder, "--time-limit", "250", "--progress", "jsonl") as process:
        assert process.stdin is not None
        for line in lines_of(process):
            if line["event"] == "progress":
                told.append(line)
            if len(told) == 8:
                process.stdin.write("stop\n")
                process.stdin.flush()
    assert all(set(line) == PROGRESS for line in told)
    assert (told[0]["phase"], told[-1]["phase"]) == ("construct", "done")
    seconds = [line["seconds"] for line in told]
    assert all(later - earlier > 1.0 for earlier, later in zip(seconds, seconds[5:], strict=False))


def test_a_run_ends_at_the_gap_asked_for(folder: Path) -> None:
    save_json(folder / "problem.json", draw_problem(5, inspectors=8, requests=30, days=7, judged=False))
    finished(folder, "--time-limit", "250", "--gap", "0.2")
    plan = load_plan(folder / "plan.json")
    assert plan.gap is not None
    assert plan.gap <= 0.2
    assert plan.status != "stopped"


def test_equal_runs_of_different_processes_write_equal_files(folder: Path) -> None:
    save_json(folder / "problem.json", draw_problem(5, inspectors=8, requests=15, days=7, judged=False))
    texts = []
    for hash_seed in ("1", "2"):
        finished(folder, "--iterations", "600", "--seed", "4", PYTHONHASHSEED=hash_seed)
        texts.append((folder / "plan.json").read_text(encoding="utf-8"))
    assert load_plan(folder / "plan.json").bound is not None
    one, other = (re.sub(r'"seconds":[0-9.]+', "", text) for text in texts)
    assert one == other


def test_what_is_mended_of_a_start_is_said_line_by_line(folder: Path, first: Path) -> None:
    start = load_plan(first)
    sick = start.assignments[0].inspectors[0]
    data = dict(DATA)
    data["inspectors"] = [
        person | {"available": [False] * 28} if person["id"] == sick else person for person in DATA["inspectors"]
    ]
    data["requests"] = [request | {"pin": None} for request in DATA["requests"]]
    save_json(folder / "problem.json", data)
    save_json(folder / "start.json", plan_to_json(start))
    said = finished(folder, "--iterations", "0", "--start", "start.json").stderr.splitlines()
    plan = load_plan(folder / "plan.json")
    hit = {entry.request for entry in start.assignments if sick in entry.inspectors}
    assert {entry["request"] for entry in plan.log["mended"]} == hit
    assert said == [f"mended: {entry['text']}" for entry in plan.log["mended"]]
    assert evaluate_plan(read_problem(data), plan).broken == ()


def test_a_start_that_is_no_plan_is_refused(folder: Path) -> None:
    save_json(folder / "start.json", {"format": "inspection-plan/1"})
    with started(folder, "--start", "start.json") as process:
        _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "assignments" in said
    assert not (folder / "plan.json").exists()


# -- the end -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", ["construct", "improve"])
def test_who_is_terminated_leaves_a_whole_plan_or_none(folder: Path, phase: str) -> None:
    with started(folder, "--time-limit", "250", "--progress", "jsonl") as process:
        next(line for line in lines_of(process) if line["phase"] == phase)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode in {0, 143}
    assert (folder / "plan.json").exists() == (process.returncode == 0)
    if process.returncode == 0:
        plan = load_plan(folder / "plan.json")
        assert plan.status == "stopped"
        assert evaluate_plan(LONG, plan).broken == ()


def test_who_does_not_come_to_an_end_when_terminated_is_ended() -> None:
    stuck = """
        import itertools
        from scheduler.cli.solving import stopped_by_signals
        from scheduler.stop import StopFlag
        with stopped_by_signals(StopFlag()):
            print("at work", flush=True)
            for _ in itertools.count():
                pass
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(stuck)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.terminate()
        assert process.wait(60) == 143


@pytest.mark.soak
def test_a_kill_at_any_moment_leaves_the_old_plan_or_the_new_one(planned: Path) -> None:
    old = load_plan(planned / "plan.json")
    dice = random.Random(1)
    for _ in range(scaled(30)):
        with (
            started(planned, "--iterations", "200", "--seed", "9") as process,
            contextlib.suppress(subprocess.TimeoutExpired),
        ):
            process.wait(dice.uniform(0.0, 3.0))
        assert_whole(planned, old)


@pytest.mark.soak
def test_a_kill_while_the_plan_is_written_leaves_the_old_one_or_the_new_one(planned: Path) -> None:
    old = load_plan(planned / "plan.json")
    caught = 0
    for _ in range(scaled(30)):
        with started(planned, "--iterations", "20", "--seed", "9", "--progress", "jsonl") as process:
            next(lines_of(process))  # it has begun to solve
            while process.poll() is None and not any(planned.glob(".plan.json.*")):
                pass  # it writes to another file first, for some milliseconds
            caught += process.poll() is None
        assert_whole(planned, old)
        for left in planned.glob(".plan.json.*"):
            left.unlink()
    assert caught


def assert_whole(folder: Path, old: Plan) -> None:
    found = load_plan(folder / "plan.json")
    assert found == old or evaluate_plan(LONG, found).broken == ()
