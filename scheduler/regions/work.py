"""What a worker does with a region: improve its plan for some steps or seconds."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.instance import Instance
from scheduler.plan import Assignment
from scheduler.problem import Problem
from scheduler.search.anneal import CHUNK, CHUNK_SECONDS, MOST_STEPS
from scheduler.search.begin import assignments_of, begin
from scheduler.search.search import Search
from scheduler.stop import Stop
from scheduler.tables import tables_of
from scheduler.weeks import Weeks


@dataclass(frozen=True, slots=True)
class Task:
    """A region's plan to improve. All of it can be sent to another process.

    Attributes:
        problem: the region as a problem without faults.
        planned: visits to begin from, which keep the rules.
        seed: of every random choice.
        hot, cold: first and last temperature of the search, in cents.
        steps: how many; None: as many as fit into the seconds.
        seconds: how long, all that comes before the first step included; None: no limit.
        stop: asked often by the worker.
    """

    problem: Problem
    planned: Sequence[Assignment]
    seed: int
    hot: float
    cold: float
    steps: int | None
    seconds: float | None
    stop: Stop


@dataclass(frozen=True, slots=True)
class Improved:
    """A region's plan, no dearer than the one that it began from, and the steps that were taken."""

    assignments: tuple[Assignment, ...]
    steps: int


def improve(task: Task) -> Improved:
    """Do a task; equal ones with steps and no seconds give equal plans unless they are stopped.

    Raises:
        BadProblemError: where no plan with all pins is found.
    """
    ends = None if task.seconds is None else time.perf_counter() + task.seconds
    weeks = Weeks(Instance(task.problem))
    search = Search(tables_of(weeks), task.seed)
    begin(search, weeks, task.planned)
    search.fill()
    begun = search.steps
    if len(search.servable):
        _cool(search, task, ends)
    search.restart()
    search.fill()
    return Improved(assignments_of(weeks.instance, search), search.steps - begun)


def _cool(search: Search, task: Task, ends: float | None) -> None:
    """Run the search in chunks while its temperature falls: with the steps, else with time."""
    began, first, chunk = time.perf_counter(), search.steps, CHUNK
    while not task.stop():
        now, done = time.perf_counter(), search.steps - first
        if ends is not None and now >= ends:
            return
        if task.steps is not None:
            chunk = min(CHUNK, task.steps - done)
            if chunk <= 0:
                return
            search.run(chunk, _heat(task, done / task.steps), _heat(task, (done + chunk) / task.steps))
            continue
        heat = _heat(task, 0.0 if ends is None else (now - began) / (ends - began))
        search.run(chunk, heat, heat)
        took = time.perf_counter() - now
        chunk = max(10, min(MOST_STEPS, 2 * chunk, int(chunk * CHUNK_SECONDS / max(1e-6, took))))


def _heat(task: Task, share: float) -> float:
    """The temperature after a share of the task."""
    heat: float = task.hot * (task.cold / task.hot) ** share
    return heat
