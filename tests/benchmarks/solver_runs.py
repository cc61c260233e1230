"""Rows of the solver's table measured: whole processes, judged plans, figures kept row by row in `out/bench`.

A row keeps its runs in `solver-ROW.json`; a run made again takes the place of the one before, so a table can be
measured piece by piece. Memory is the sum of what the process and its children hold, looked at twenty times a second.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil

from tests.benchmarks.instances import keeps_all_rules, made
from tests.benchmarks.machine import describe, today
from tests.benchmarks.peers.__main__ import is_installed
from tests.benchmarks.solver_rows import ROWS, Row

LOOK_SECONDS = 0.05
ANNOUNCED_SECONDS = 120  # of the run whose plan is announced
LONG_SECONDS, NEAR = 900, 0.0005  # of the run whose bound the repair is held against; gap at which it has shown enough
SICK, URGENT = 10, 15
ASKED = 20  # requests ranked
REPEATS = 5  # of each
Run = dict[str, Any]


def measure_rows(rows: Sequence[Row], kept: Path, seeds: Sequence[int] = ()) -> None:
    """Measure some rows, all seeds or those given, and keep the figures."""
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        _warm_up()
        for row in rows:
            for seed in row.seeds:
                if not seeds or seed in seeds:
                    for run in _runs(row, seed, kept, Path(folder)):
                        _keep(kept, row, run)


def read_rows(kept: Path) -> list[dict[str, Any]]:
    """What is kept of each row that has been measured, in the table's order."""
    paths = [_path_of(kept, row) for row in ROWS]
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths if path.exists()]


def _path_of(kept: Path, row: Row) -> Path:
    return kept / f"solver-{row.name}.json"


def _keep(kept: Path, row: Row, run: Run) -> None:
    """Put a run among those of its row, in place of one by the same planner with the same seed and limit."""
    path = _path_of(kept, row)
    runs = json.loads(path.read_text(encoding="utf-8"))["runs"] if path.exists() else []
    key = ("planner", "seed", "limit_seconds")
    runs = [entry for entry in runs if any(entry[name] != run[name] for name in key)]
    machine = describe()
    run |= {"date": today(), "commit": machine["commit"], "load": machine["load"]}
    path.write_text(json.dumps({"row": row.name, "runs": [*runs, run]}, indent=1), encoding="utf-8")


def _warm_up() -> None:
    _announce("nothing yet: the code is compiled")
    _timed(("-c", "from scheduler.warm import warm; warm()"))


def _runs(row: Row, seed: int, kept: Path, folder: Path) -> Iterator[Run]:
    _announce(f"solver {row.name}, seed {seed}")
    if row.kind == "disruption":
        yield from _repair(row, seed, kept, folder)
        return
    problem = _problem(row, seed, folder / f"{row.name}-{seed}.json")
    if row.kind == "rank":
        yield _ranked(row, seed, problem, folder)
        return
    yield _solved(row.seconds, seed, problem, folder / "plan.json")
    for peer in row.peers if seed == row.seeds[0] else ():
        _announce(f"solver {row.name}, {peer}")
        yield _by_peer(peer, row.seconds, seed, problem, folder / "peer.json")


def _problem(row: Row, seed: int, path: Path, *more: str) -> Path:
    made(*row.problem, "--seed", str(seed), *more)(path)
    if not row.crews:
        problem = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps(without_crews(problem)), encoding="utf-8")
    return path


def without_crews(problem: dict[str, Any]) -> dict[str, Any]:
    """A problem less its modes of several people, and less the requests that have no other, or a pin."""
    requests = []
    for request in problem["requests"]:
        modes = [mode for mode in request["modes"] if mode["crew"] == 1]
        if modes and (request["pin"] is None or len(modes) == len(request["modes"])):
            requests.append(request | {"modes": modes})
    names = {request["id"] for request in requests}
    published = {name: entry for name, entry in problem["published"].items() if name in names}
    return problem | {"requests": requests, "published": published}


def _solver(problem: Path, out: Path, seconds: float, seed: int, *more: str) -> list[str]:
    found = ["-m", "scheduler", "solve", str(problem), "--out", str(out)]
    return [*found, "--time-limit", f"{seconds:g}", "--seed", str(seed), *more]


def _timed(arguments: Sequence[str]) -> tuple[float, int]:
    """Seconds that a Python process took from start to end, and the most MB that it and its children held.

    Raises:
        subprocess.CalledProcessError: where it failed.
    """
    begun, most = time.monotonic(), 0
    process = subprocess.Popen((sys.executable, *arguments), stdout=subprocess.DEVNULL)
    watched = psutil.Process(process.pid)
    while True:
        try:
            code = process.wait(LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            most = max(most, _held(watched))
            continue
        if code:
            raise subprocess.CalledProcessError(code, process.args)
        return time.monotonic() - begun, round(most / 2**20)


def _held(process: psutil.Process) -> int:
    held = 0
    try:
        for one in (process, *process.children(recursive=True)):
            held += one.memory_info().rss
    except psutil.NoSuchProcess:
        return held
    return held


def _solved(seconds: float, seed: int, problem: Path, out: Path, *more: str, planner: str = "solver") -> Run:
    used = _timed(_solver(problem, out, seconds, seed, *more))
    return _figures(used, problem, out, planner=planner, seed=seed, limit_seconds=seconds)


def _by_peer(peer: str, seconds: float, seed: int, problem: Path, out: Path) -> Run:
    nothing: Run = {"planner": peer, "seed": seed, "limit_seconds": seconds, "cost": None}
    if not is_installed(peer):
        return nothing | {"why": "not installed"}
    module = ("-m", "tests.benchmarks.peers", peer)
    try:
        used = _timed((*module, str(problem), "--out", str(out), "--time-limit", f"{seconds:g}", "--seed", str(seed)))
    except subprocess.CalledProcessError:
        return nothing | {"why": "broke down"}
    return _figures(used, problem, out, planner=peer, seed=seed, limit_seconds=seconds)


def _figures(used: tuple[float, int], problem: Path, out: Path, **who: str | float) -> Run:
    plan = json.loads(out.read_text(encoding="utf-8"))
    return {
        **who,
        "seconds": round(used[0], 1),
        "peak_mb": used[1],
        "cost": plan["cost"]["total"],
        "bound": plan["bound"],
        "gap": plan["gap"],
        "status": plan["status"],
        "assigned": len(plan["assignments"]),
        "unassigned": len(plan["unassigned"]),
        "keeps_all_rules": keeps_all_rules(problem, out),
    }


def _repair(row: Row, seed: int, kept: Path, folder: Path) -> list[Run]:
    """A repair in the row's seconds after a plan was announced; and a long run of the same, for its bound.

    The long run ends once its own plan is near its bound: more time could only raise the bound, and so show the repair
    to be nearer. The announced plan is kept.
    """
    before = _problem(row, seed, folder / "before.json")
    announced = kept / f"announced-{seed}.json"
    if not announced.exists():
        _solved(ANNOUNCED_SECONDS, seed, before, announced)
    loss = ("--published", str(announced), "--sick", str(SICK), "--urgent", str(URGENT))
    after = _problem(row, seed, folder / "after.json", *loss)
    out = folder / "repair.json"
    repair = _solved(row.seconds, seed, after, out)
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in (before, after, out)]
    long = _solved(LONG_SECONDS, seed, after, folder / "long.json", "--gap", f"{NEAR:g}", planner="long run")
    proven = long["bound"]
    gap = None if proven is None else (repair["cost"] - proven) / max(1, abs(repair["cost"]))
    return [repair | {"bound": proven, "gap": gap, "kept_share": kept_share(*documents)}, long]


def kept_share(before: dict[str, Any], after: dict[str, Any], plan: dict[str, Any]) -> float:
    """The share of announced visits without anybody who fell ill that stay with the same people at the same time."""
    free = {person["id"]: person["available"] for person in before["inspectors"]}
    sick = {person["id"] for person in after["inspectors"] if person["available"] != free[person["id"]]}
    now = {entry["request"]: (sorted(entry["inspectors"]), entry["start_slot"]) for entry in plan["assignments"]}
    stays = [
        now.get(request) == (sorted(entry["inspectors"]), entry["start_slot"])
        for request, entry in after["published"].items()
        if sick.isdisjoint(entry["inspectors"])
    ]
    return sum(stays) / max(1, len(stays))


def _ranked(row: Row, seed: int, problem: Path, folder: Path) -> Run:
    """The slowest repeats in a hundred of ranking, over requests from all parts of the list."""
    out = folder / "plan.json"
    run = _solved(row.seconds, seed, problem, out)
    names = [request["id"] for request in json.loads(problem.read_text(encoding="utf-8"))["requests"]]
    direct, moving = [], []
    for name in names[:: max(1, len(names) // ASKED)][:ASKED]:
        command = ("-m", "scheduler", "rank", str(problem), str(out), name, "--repeat", str(REPEATS))
        told = subprocess.run((sys.executable, *command), check=True, capture_output=True, encoding="utf-8").stdout
        answer = json.loads(told)
        direct.append(answer["milliseconds"]["p95"])
        moving.append(answer["moves_milliseconds"]["p95"])
    return run | {"rank_ms": _high(direct), "moves_ms": _high(moving)}


def _high(times: Sequence[float]) -> float:
    return round(statistics.quantiles(times, n=20, method="inclusive")[-1], 1)


def _announce(text: str) -> None:
    sys.stderr.write(f"measuring {text}\n")
