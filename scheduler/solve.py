"""Solving a planning problem: the best plan found within the limits of a run."""

from __future__ import annotations

import time
from collections.abc import Sequence

from scheduler.columns.proof import Proof
from scheduler.errors import BadProblemError, SchedulerError
from scheduler.evaluate import OPTIMAL_GAP, evaluate
from scheduler.instance import Instance
from scheduler.params import Params
from scheduler.pins import PinSearch
from scheduler.plan import Assignment, Plan, Status, Unassigned, gap_of
from scheduler.problem import Problem
from scheduler.reasons import Reasons
from scheduler.result import OnProgress, Progress, ignore
from scheduler.search.anneal import Anneal, Clock
from scheduler.search.begin import announced, assignments_of, begin, whole
from scheduler.search.search import Search
from scheduler.standing import Standing
from scheduler.stop import Stop, never
from scheduler.tables import tables_of
from scheduler.validate import check_problem
from scheduler.weeks import Weeks

REPORT_SECONDS = 0.2  # least time between two reports of progress
FINISH_SHARE = 0.03  # share of the time limit kept for the last check and the reasons
WARM_SHARE, WARM_SECONDS = 0.1, 2.0  # how much of a run the search works alone, before the proof begins with its finds
STEPS_A_ROUND = 100  # of the search to each round of the proof, where steps are limited and no time
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
        stop: asked about twenty times a second; once it says yes the run ends with its best plan, its status "stopped".
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
        self._weeks = Weeks(self._instance)
        tables = tables_of(self._weeks)
        self._search = Search(tables, params.seed)
        self._proof = Proof(tables)
        self._warm = WARM_SECONDS if limit is None else min(WARM_SECONDS, WARM_SHARE * limit)
        self._begun = 0  # steps taken for the first plan

    def plan(self, initial: Plan | None) -> Plan:
        """Construct, improve, check and explain."""
        given = announced(self._instance) if initial is None else initial.assignments
        kept = whole(self._instance, given) or PinSearch(self._weeks).keep_all()
        begin(self._search, self._instance, kept, given)
        self._report("construct")
        self._search.fill()
        self._report("construct")
        self._begun = self._search.steps
        self._improve()
        self._search.restart()
        self._search.fill()
        return self._finished(self._checked(assignments_of(self._instance, self._search)))

    def _improve(self) -> None:
        """Search, with the proof beside it; after it where equal runs must be equal."""
        anneal = Anneal(self._search, self._params, self._clock)
        if self._params.iteration_limit is not None:
            anneal.improve(self._stop, self._on_chunk)
            self._proof.feed(self._search.harvest())
            if not self._stop() and not self._clock.is_over:
                self._proof.prove(self._params.iteration_limit // STEPS_A_ROUND)
            return
        self._proof.start()
        try:
            anneal.improve(lambda: self._stop() or self._is_proven(), self._on_chunk)
        finally:
            self._proof.stop()

    def _is_proven(self) -> bool:
        """Whether the best plan is as near to the bound as an optimal one must be."""
        gap = gap_of(self._search.best_cost, self._proof.bound)
        return gap is not None and gap <= max(OPTIMAL_GAP, self._params.gap_limit or 0.0)

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

    def _finished(self, assignments: tuple[Assignment, ...]) -> Plan:
        served = {entry.request for entry in assignments}
        left = [number for number, request in enumerate(self._instance.requests) if request.id not in served]
        reasons = Reasons(Standing.of(self._instance, assignments))
        cost = evaluate(self._problem, assignments, self._instance).cost
        bound = self._proof.bound
        gap = gap_of(cost.total, bound)
        status: Status = "stopped" if self._stop() else "feasible"
        if gap is not None and gap <= OPTIMAL_GAP:
            status = "optimal"
        self._report("done")
        return Plan(
            assignments=assignments,
            unassigned=tuple(Unassigned(self._instance.requests[n].id, reasons.of(n)) for n in left),
            status=status,
            cost=cost,
            bound=bound,
            seconds=round(self._clock.seconds, 3),
            seed=self._params.seed,
            log={
                "iterations": self._search.steps - self._begun,
                "requests": len(self._instance.requests),
                "inspectors": len(self._instance.inspectors),
                "unassigned": len(left),
                "columns": self._proof.columns,
            },
        )

    def _on_chunk(self) -> None:
        if self._proof.is_hungry and self._clock.seconds >= self._warm:
            self._proof.feed(self._search.harvest())
        if time.perf_counter() - self._clock.began - self._last_report >= REPORT_SECONDS:
            self._report("improve")

    def _report(self, phase: str) -> None:
        self._last_report = self._clock.seconds
        search = self._search
        steps = search.steps - self._begun
        self._on_progress(
            Progress(phase, self._last_report, steps, search.best_cost, self._proof.bound, len(search.best_left))
        )
