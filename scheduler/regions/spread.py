"""Solving region by region: many workers improve one plan, turn by turn, with other borders each turn.

All turns together are one cooling of the search. Between two of them the regions' plans are put together, and the whole
is split anew, so that what lay on a border before lies inside a region now. At the end the search goes on over the
whole, with the proof beside it, where the whole can be held.
"""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from scheduler.evaluate import evaluate
from scheduler.explain.reasons import Reasons
from scheduler.mend import Mended
from scheduler.params import Params
from scheduler.plan import Assignment, CostParts, Plan, Reason, Unassigned
from scheduler.problem import Problem
from scheduler.rank import Ranking
from scheduler.regions.gather import Gathering
from scheduler.regions.part import join, own_visits, part
from scheduler.regions.split import Region, Splitter
from scheduler.regions.work import Task
from scheduler.regions.workers import Workers, open_workers
from scheduler.result import OnProgress, Progress, ignore
from scheduler.search.anneal import COLD, Clock, first_heat
from scheduler.search.begin import announced, fitting
from scheduler.solve import solve
from scheduler.standing import Standing
from scheduler.stop import Stop, never
from scheduler.validate import accept
from scheduler.weeks import Weeks

MOST_PEOPLE, FEWEST_PEOPLE = 350, 60  # inspectors of a region
EQUAL_PEOPLE = 175  # the same where equal runs must be equal, however many workers there are
TURNS, TURN_SECONDS = 8, 3.0  # turns at most, and the least that one takes
SHARE = 0.6  # of a run's time or steps that regions get; the rest is the whole's
SHARE_ALONE = 0.85  # where the whole is too large: reasons are what follows
REASONS_SECONDS = 0.7  # for reasons after a stop
NOT_ASKED = Reason("not_asked", "the run ended before the reason was looked for")
ENDLESS_SECONDS = 60.0  # that regions get in a run without limits
LEAST_SECONDS = 0.2  # that a task is worth being given
MOST_WHOLE = 2000  # inspectors up to which the whole is searched and its bound proven too


def solve_by_regions(  # noqa: PLR0913 -- as solve, and who works
    problem: Problem,
    params: Params,
    executor: str,
    stop: Stop = never,
    on_progress: OnProgress = ignore,
    *,
    initial: Plan | None = None,
    began: float | None = None,
) -> Plan:
    """As `solve.solve`, with workers that improve regions at the same time.

    With an iteration limit, equal runs give equal plans whoever works, however many they are, and in whatever order
    they are done. A task that is lost with its worker is done again.

    Args:
        problem: what to plan.
        params: seed and limits.
        executor: who works, as `workers.open_workers` names them.
        stop: asked often; once it says yes the run ends with its best plan, its status "stopped".
        on_progress: told of the phases and of the best plan so far.
        initial: a plan to begin from; None: what is published.
        began: when the time limit begins, in seconds of `time.perf_counter`; None: now.

    Raises:
        BadProblemError: where the problem has faults, or its pins cannot be kept together.
        SchedulerError: where the executor cannot be used.
    """
    clock = Clock.start(params.time_limit, began)
    workers = open_workers(executor)
    try:
        spread = _Spread(accept(problem), params, clock, stop, on_progress)
        spread.improve(initial, workers)
    finally:
        workers.close()
    return spread.finished()


class Shape(NamedTuple):
    """What the tasks of a turn have in common: the first seed, temperatures, all their steps, and seconds of each."""

    seed: int
    heats: tuple[float, float]
    steps: int | None
    seconds: float | None


class _Spread:
    """One run."""

    def __init__(self, weeks: Weeks, params: Params, clock: Clock, stop: Stop, on_progress: OnProgress) -> None:
        self._weeks, self._instance = weeks, weeks.instance
        self._params, self._clock, self._stop, self._on_progress = params, clock, stop, on_progress
        self._planned: tuple[Assignment, ...] = ()
        self._mended: tuple[Mended, ...] = ()
        self._cost = CostParts()
        self._steps = self._turns = self._again = 0

    def improve(self, initial: Plan | None, workers: Workers) -> None:
        """Begin with a plan and improve it region by region."""
        instance = self._instance
        given = announced(instance) if initial is None else initial.assignments
        self._planned, self._mended = fitting(self._weeks, given)
        self._cost = evaluate(instance.problem, self._planned, instance).cost
        self._report("regions")
        count = self._count(workers.count)
        if count > 1 and not self._lacks_pins:
            self._take_turns(workers, count, len(self._planned) / max(1, len(instance.requests)))

    def finished(self) -> Plan:
        """The plan, improved over the whole as long as there is time."""
        log = {"regions": {"turns": self._turns, "steps": self._steps, "done_again": self._again}}
        if (self._stop() or self._is_large) and not self._lacks_pins:
            return self._plan(log)
        limit = self._params.iteration_limit
        rest = self._params if limit is None else dataclasses.replace(self._params, iteration_limit=limit - self._steps)
        begun = Plan(self._planned, (), "feasible", self._cost, None, 0.0, 0)
        plan = solve(
            self._instance.problem, rest, self._stop, self._tell_of_whole, initial=begun, began=self._clock.began
        )
        done = plan.log["iterations"] + self._steps
        mended = [dataclasses.asdict(entry) for entry in self._mended]
        return dataclasses.replace(plan, log={**plan.log, "iterations": done, "mended": mended, **log})

    @property
    def _lacks_pins(self) -> bool:
        """Whether a pinned request has no place yet: only the search over the whole may still find it one."""
        served = {entry.request for entry in self._planned}
        return any(request.pin is not None and request.id not in served for request in self._instance.requests)

    @property
    def _is_large(self) -> bool:
        """Whether the whole is more than can be searched."""
        return len(self._instance.inspectors) > MOST_WHOLE

    def _count(self, workers: int) -> int:
        """How many regions: as many as can be improved at once, or some times as many."""
        people = len(self._instance.inspectors)
        if self._params.iteration_limit is not None:
            return math.ceil(people / EQUAL_PEOPLE)
        return min(workers * math.ceil(people / (workers * MOST_PEOPLE)), people // FEWEST_PEOPLE)

    def _take_turns(self, workers: Workers, count: int, given: float) -> None:
        limit, waves = self._params.iteration_limit, math.ceil(count / workers.count)
        ends, turns = None, TURNS
        if limit is None:
            share = SHARE_ALONE if self._is_large else SHARE
            seconds = ENDLESS_SECONDS if self._params.time_limit is None else share * self._params.time_limit
            ends = self._clock.began + seconds
            turns = max(1, min(TURNS, int((ends - time.perf_counter()) / (waves * TURN_SECONDS))))
        heats = self._heats(turns, given)
        splitter = Splitter(self._instance)
        for turn in range(turns):
            left = None if ends is None else (ends - time.perf_counter()) / (turns - turn) / waves
            if self._stop() or self._clock.is_over or (left is not None and left < LEAST_SECONDS):
                return
            regions = splitter.split(self._planned, count, turn)
            shape = Shape(
                seed=(self._params.seed * TURNS + turn) * len(self._instance.inspectors),
                heats=(heats[turn], heats[turn + 1]),
                steps=None if limit is None else int(SHARE * limit / turns),
                seconds=left,
            )
            self._take_turn(
                workers, regions, [self._task(region, n, shape, workers) for n, region in enumerate(regions)]
            )

    def _heats(self, turns: int, given: float) -> list[float]:
        """The temperatures between the turns, in cents: those of the search over the whole; `given`: share served."""
        unserved = [request.unserved_cost for request in self._instance.requests]
        scale = max(1.0, sum(unserved) / len(unserved))
        hot = first_heat(len(unserved), given)
        cold = COLD if self._is_large else first_heat(len(unserved), 1.0)  # where the search over the whole begins
        return [scale * max(hot, cold) * (cold / max(hot, cold)) ** (turn / turns) for turn in range(turns + 1)]

    def _task(self, region: Region, number: int, shape: Shape, workers: Workers) -> Task:
        instance = self._instance
        return Task(
            problem=part(instance, region, self._planned),
            planned=own_visits(instance, region, self._planned),
            seed=shape.seed + number,
            hot=shape.heats[0],
            cold=shape.heats[1],
            steps=None if shape.steps is None else shape.steps * len(region.requests) // len(instance.requests),
            seconds=shape.seconds,
            stop=workers.stop,
        )

    def _take_turn(self, workers: Workers, regions: Sequence[Region], tasks: Sequence[Task]) -> None:
        """Improve all regions, and put their plans together."""
        gathering = Gathering(workers, tasks, self._stop)
        found = gathering.results()
        plans = [task.planned if done is None else done.assignments for task, done in zip(tasks, found, strict=True)]
        planned = join(self._instance, regions, plans, self._planned)
        judged = evaluate(self._instance.problem, planned, self._instance)
        if not judged.broken and judged.cost.total <= self._cost.total:
            self._planned, self._cost = planned, judged.cost
        self._steps += sum(done.steps for done in found if done is not None)
        self._again += gathering.again
        self._turns += 1
        self._report("regions")

    def _plan(self, log: dict[str, Any]) -> Plan:
        """The plan as it is, with its reasons."""
        standing = Standing.of(self._instance, self._planned)
        ends = Clock.start(REASONS_SECONDS) if self._stop() else self._clock
        reasons, requests = Reasons(Ranking(standing), self._stop), self._instance.requests
        left = [number for number, request in enumerate(requests) if request.id not in standing.placed]
        unassigned = tuple(
            Unassigned(requests[number].id, (NOT_ASKED,) if ends.is_over else reasons.of(number)) for number in left
        )
        self._report("done")
        return Plan(
            assignments=self._planned,
            unassigned=unassigned,
            status="stopped" if self._stop() else "feasible",
            cost=self._cost,
            bound=None,
            seconds=round(self._clock.seconds, 3),
            seed=self._params.seed,
            log={
                "iterations": self._steps,
                "requests": len(requests),
                "inspectors": len(self._instance.inspectors),
                "unassigned": len(left),
                "columns": 0,
                "mended": [dataclasses.asdict(entry) for entry in self._mended],
                **log,
            },
        )

    def _tell_of_whole(self, progress: Progress) -> None:
        self._on_progress(dataclasses.replace(progress, iterations=progress.iterations + self._steps))

    def _report(self, phase: str) -> None:
        left = len(self._instance.requests) - len(self._planned)
        cost = self._cost.total
        self._on_progress(Progress(phase, self._clock.seconds, self._steps, cost, None, left, 0))
