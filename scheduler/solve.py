"""Solving a planning problem: the best plan found within the limits of a run."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

from scheduler.errors import BadProblemError, SchedulerError
from scheduler.evaluate import evaluate
from scheduler.instance import Instance
from scheduler.params import Params
from scheduler.pins import PinSearch
from scheduler.plan import Assignment, Plan, Unassigned
from scheduler.problem import Problem
from scheduler.reasons import Reasons
from scheduler.result import OnProgress, Progress, ignore
from scheduler.search.anneal import Anneal, Clock
from scheduler.search.begin import announced, begin, whole
from scheduler.search.options import Options
from scheduler.search.recreate import Recreate
from scheduler.search.roster import Roster
from scheduler.search.ruin import Ruin
from scheduler.search.state import State
from scheduler.stop import Stop, never
from scheduler.validate import check_problem
from scheduler.weeks import Weeks

REPORT_SECONDS = 0.2  # least time between two reports of progress
FINISH_SHARE = 0.03  # share of the time limit kept for the last check and the reasons
DEFAULT = Params()


def solve(
    problem: Problem,
    params: Params = DEFAULT,
    stop: Stop = never,
    on_progress: OnProgress = ignore,
    initial: Plan | None = None,
) -> Plan:
    """The best plan found for a problem; it breaks no rule and keeps every pin.

    Args:
        problem: what to plan.
        params: seed and limits. With an iteration limit, and as long as neither `stop` nor the time limit ends the
            run, equal problems and params give equal plans.
        stop: asked after every step; once it says yes the run ends with its best plan, its status "stopped".
        on_progress: told of the phases, and about five times a second of the best plan so far.
        initial: a plan to begin from, as far as it keeps the rules; else what is published.

    Raises:
        BadProblemError: where the problem has faults, or its pins cannot be kept together.
    """
    faults = check_problem(problem)
    if faults:
        raise BadProblemError(faults)
    return _Run(problem, params, stop, on_progress).plan(initial)


class _Run:
    """One run of the solver."""

    def __init__(self, problem: Problem, params: Params, stop: Stop, on_progress: OnProgress) -> None:
        limit = params.time_limit
        self._clock = Clock.start(None if limit is None else limit * (1 - FINISH_SHARE))
        self._problem, self._params, self._stop, self._on_progress = problem, params, stop, on_progress
        self._instance = Instance(problem)
        self._last_report = -REPORT_SECONDS
        self._steps = 0
        self._weeks = Weeks(self._instance)
        self._options = Options(self._weeks)
        self._roster = Roster(self._options, self._weeks.journeys)
        rng = random.Random(params.seed)
        self._recreate = Recreate(self._options, self._roster, rng)
        self._ruin = Ruin(self._options, rng)
        self._anneal = Anneal(self._ruin, self._recreate, rng, self._options)

    def plan(self, initial: Plan | None) -> Plan:
        """Construct, improve, check and explain."""
        given = announced(self._options) if initial is None else initial.assignments
        kept = whole(self._instance, given) or PinSearch(self._weeks).keep_all()
        state = begin(self._options, self._recreate, self._ruin, kept, given)
        self._report("construct", state)
        self._recreate.put_in(state, self._servable(state))
        self._report("construct", state)
        state = self._anneal.improve(state, self._params, self._clock, self._stop, self._on_step)
        self._fill(state)
        assignments = self._checked(state.assignments())
        return self._finished(state, assignments)

    def _servable(self, state: State) -> list[int]:
        return [request for request in state.unserved() if self._options.of[request]]

    def _fill(self, state: State) -> None:
        """Serve what is still left out and costs less to serve; overlooking nothing."""
        for request in self._servable(state):
            cents, option, crew = self._recreate.cheapest(state, request, blink=0.0)
            if cents < self._options.unserved[request]:
                state.insert(option, crew)

    def _checked(self, assignments: Sequence[Assignment]) -> tuple[Assignment, ...]:
        """The assignments without any that break a rule after all; that none does is what the tests see to."""
        kept = list(assignments)
        while broken := evaluate(self._problem, kept, self._instance).broken:
            pinned = {request.id for request in self._problem.requests if request.pin is not None}
            culprits = {fault.request for fault in broken if fault.request is not None}
            people = {fault.inspector for fault in broken if fault.request is None}
            culprits |= {entry.request for entry in kept if people.intersection(entry.inspectors)}
            fewer = [entry for entry in kept if entry.request not in culprits or entry.request in pinned]
            if len(fewer) == len(kept):
                raise SchedulerError(f"the plan breaks a rule that only its pins could mend: {broken[0].text}")
            kept = fewer
        return tuple(kept)

    def _finished(self, state: State, assignments: tuple[Assignment, ...]) -> Plan:
        served = {entry.request for entry in assignments}
        for request, entry in enumerate(self._instance.requests):
            if entry.id not in served:
                state.remove(request)
        reasons = Reasons(self._weeks, self._options, self._recreate, state)
        left = [number for number, request in enumerate(self._instance.requests) if request.id not in served]
        stopped = self._stop()
        self._report("done", state)
        return Plan(
            assignments=assignments,
            unassigned=tuple(Unassigned(self._instance.requests[n].id, reasons.of(n)) for n in left),
            status="stopped" if stopped else "feasible",
            cost=evaluate(self._problem, assignments, self._instance).cost,
            bound=None,
            seconds=round(self._clock.seconds, 3),
            seed=self._params.seed,
            log={
                "iterations": self._anneal.steps,
                "requests": len(self._instance.requests),
                "inspectors": len(self._instance.inspectors),
                "unassigned": len(left),
            },
        )

    def _on_step(self, steps: int, best: State) -> None:
        self._steps = steps
        if time.perf_counter() - self._clock.began - self._last_report >= REPORT_SECONDS:
            self._report("improve", best)

    def _report(self, phase: str, state: State) -> None:
        self._last_report = self._clock.seconds
        unserved = sum(served is None for served in state.served)
        self._on_progress(Progress(phase, self._last_report, self._steps, state.cost, None, unserved))
