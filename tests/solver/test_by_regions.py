"""Solving region by region: by processes, by a Dask cluster, with workers lost half way, stopped and killed."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import distributed
import psutil
import pytest

from scheduler.errors import SchedulerError
from scheduler.evaluate import evaluate_plan
from scheduler.instance import Instance
from scheduler.params import Params
from scheduler.plan import Plan
from scheduler.regions import solve_by_regions
from scheduler.regions.gather import TRIES, Gathering
from scheduler.regions.part import part
from scheduler.regions.split import Splitter
from scheduler.regions.work import Improved, Task, improve
from scheduler.regions.workers import open_workers
from scheduler.result import Progress
from scheduler.solve import solve
from scheduler.stop import Stop, StopFlag, never
from scheduler.wire import plan_to_json
from tests.helpers.dying import DiesElsewhere, DiesOnce
from tests.helpers.long_land import long_land

STEPS = Params(seed=3, time_limit=None, iteration_limit=400)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The name of a cluster of two worker processes on this machine."""
    local: Any = distributed.LocalCluster
    with local(n_workers=2, threads_per_worker=1, silence_logs=logging.CRITICAL, dashboard_address=None) as made:
        yield made.scheduler_address.replace("tcp://", "dask://")


def tasks(stop: Stop = never) -> list[Task]:
    instance = Instance(long_land())
    regions = Splitter(instance).split((), 3)
    return [Task(part(instance, region, ()), (), n, 2000.0, 10.0, 100, None, stop) for n, region in enumerate(regions)]


def gathered(executor: str, given: list[Task]) -> tuple[list[Improved | None], int]:
    workers = open_workers(executor)
    try:
        gathering = Gathering(workers, given, never)
        return gathering.results(), gathering.again
    finally:
        workers.close()


def is_worker(child: psutil.Process) -> bool:
    """Whether a child is a new interpreter for tasks; one that has ended meanwhile is not."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return "spawn_main" in " ".join(child.cmdline())
    return False


def without_time(plan: Plan) -> dict[str, Any]:
    return {key: value for key, value in plan_to_json(plan).items() if key != "seconds"}


def test_equal_runs_give_equal_plans_whoever_works(cluster: str) -> None:
    made, before = long_land(), psutil.Process().children()
    plan = solve_by_regions(made, STEPS, "processes:1")
    own = [child for child in psutil.Process().children() if child not in before and is_worker(child)]
    assert psutil.wait_procs(own, timeout=30)[1] == []
    assert evaluate_plan(made, plan).broken == ()
    assert plan.log["iterations"] == STEPS.iteration_limit
    assert plan.log["regions"]["turns"] > 1
    assert without_time(solve_by_regions(made, STEPS, cluster)) == without_time(plan)


def test_a_plan_given_is_not_made_dearer() -> None:
    made = long_land()
    given = solve(made, dataclasses.replace(STEPS, iteration_limit=0))
    plan = solve_by_regions(made, dataclasses.replace(STEPS, iteration_limit=50), "processes:1", initial=given)
    assert plan.cost.total <= given.cost.total


def test_a_process_killed_half_way_costs_nothing_but_time(tmp_path: Path) -> None:
    found, again = gathered("processes:2", tasks(DiesOnce(tmp_path / "mark")))
    assert (tmp_path / "mark").exists()
    assert again > 0
    assert found == [improve(task) for task in tasks()]


def test_a_worker_of_a_cluster_killed_half_way_costs_nothing_but_time(tmp_path: Path, cluster: str) -> None:
    found, _ = gathered(cluster, tasks(DiesOnce(tmp_path / "mark")))
    assert (tmp_path / "mark").exists()
    assert found == [improve(task) for task in tasks()]


def test_what_kills_every_worker_is_done_here() -> None:
    (task,) = tasks(DiesElsewhere(os.getpid()))[:1]
    found, again = gathered("processes:1", [task])
    assert again == TRIES
    assert found == [improve(task)]


@pytest.mark.parametrize("executor", ["processes:2", "cluster"])
def test_tasks_end_with_what_they_have_once_told(executor: str, request: pytest.FixtureRequest) -> None:
    flag, reported = StopFlag(), []

    def listen(progress: Progress) -> None:
        reported.append(progress)
        if progress.iterations > 0:
            flag.set()

    made = long_land()
    name = request.getfixturevalue("cluster") if executor == "cluster" else executor
    plan = solve_by_regions(made, Params(seed=1, time_limit=60.0), name, flag, listen)
    assert plan.status == "stopped"
    assert evaluate_plan(made, plan).broken == ()
    assert plan.seconds < 60
    assert reported[-1].phase == "done"


@pytest.mark.parametrize(
    ("executor", "said"),
    [
        ("threads", "executor threads: is none of none, processes, processes:N"),
        ("processes:0", "executor processes:0: is none of"),
        ("processes:", "executor processes:: is none of"),
        ("dask://127.0.0.1:1", "no Dask scheduler answers there within 1 s"),
        ("dask://", "no Dask scheduler answers"),
    ],
)
def test_an_executor_that_cannot_be_used_is_refused(executor: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.regions.cluster.ANSWER_SECONDS", 1)
    with pytest.raises(SchedulerError, match=said):
        open_workers(executor)
