"""Solving a planning problem: the best plan found within the limits of a run."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Sequence

from scheduler.columns.parts import Parts
from scheduler.columns.proof import Proof
from scheduler.errors import SchedulerError
from scheduler.evaluate import OPTIMAL_GAP, evaluate
from scheduler.explain.reasons import Reasons
from scheduler.instance import Visit
from scheduler.mend import Mended
from scheduler.params import Params
from scheduler.plan import Assignment, CostParts, Plan, Status, Unassigned, gap_of
from scheduler.problem import Problem
from scheduler.rank import Ranking
from scheduler.result import OnProgress, Progress, ignore
from scheduler.rules import Broken
from scheduler.search.anneal import Anneal, Clock
from scheduler.search.begin import announced, assignments_of, begin
from scheduler.search.search import Search, Week
from scheduler.standing import Standing
from scheduler.stop import Stop, never
from scheduler.tables import tables_of
from scheduler.validate import accept
from scheduler.weeks import Weeks

REPORT_SECONDS = 0.25  # between two reports of progress: with the last one at most five in any second
FINISH_SHARE = 0.3  # share of the time limit kept at most for the last check and the reasons
FINISH_SECONDS = 0.1  # after a stop, in which reasons are given whole; then in short
CHECKS = 3.0  # times that checking a plan takes: all of finishing but the reasons
CHECKS_A_REASON = 0.2  # times that checking one request takes: a reason, for each inspector
WARM_SHARE, WARM_SECONDS = 0.1, 2.0  # how much of a run the search works alone, before the proof begins with its finds
SEARCH_SHARE = 0.35  # of the time, for the search at most; from then on the plan is improved part by part
SHORT_SECONDS = 0.01  # of the time, for each request, below which it is all the search's
STEPS_A_PART = 5_000  # of the search to each part, where steps are limited: it takes about as long
STEPS_A_ROUND = 100  # of the search to each round of the proof, where steps are limited and no time
DEFAULT = Params()


def solve(  # noqa: PLR0913 -- the first two say what, the others how
    problem: Problem,
    params: Params = DEFAULT,
    stop: Stop = never,
    on_progress: OnProgress = ignore,
    *,
    initial: Plan | None = None,
    began: float | None = None,
) -> Plan:
    """The best plan found for a problem; it breaks no rule and keeps every pin.

    Args:
        problem: what to plan.
        params: seed and limits. With an iteration limit, and as long as neither `stop` nor the time limit ends the
            run, equal problems and params give equal plans.
        stop: asked about twenty times a second; once it says yes the run ends with its best plan, its status "stopped",
            or "optimal" if that is proven.
        on_progress: told of the phases and of the best plan so far, at most five times a second.
        initial: a plan to begin from; None: what is published. What of it breaks a rule is taken out, and named in the
            plan's `log["mended"]`; of the rest no more is changed than pays. If it keeps the rules and the pins, the
            plan is not dearer.
        began: when the time limit begins, in seconds of `time.perf_counter`; None: now.

    Raises:
        BadProblemError: where the problem has faults, or its pins cannot be kept together.
    """
    clock = Clock.start(params.time_limit, began)
    return _Run(accept(problem), params, clock, stop, on_progress).plan(initial)


class _Run:
    """One run of the solver."""

    def __init__(self, weeks: Weeks, params: Params, clock: Clock, stop: Stop, on_progress: OnProgress) -> None:
        self._clock = clock
        self._weeks, self._instance, self._problem = weeks, weeks.instance, weeks.instance.problem
        self._params, self._stop, self._on_progress = params, stop, on_progress
        self._last_report = -REPORT_SECONDS
        tables = tables_of(weeks)
        self._search = Search(tables, params.seed)
        self._proof = Proof(tables)
        limit = params.time_limit
        self._warm = WARM_SECONDS if limit is None else min(WARM_SECONDS, WARM_SHARE * limit)
        self._mended: tuple[Mended, ...] = ()
        self._begun = 0  # steps taken for the first plan

    def plan(self, initial: Plan | None) -> Plan:
        """Construct, improve, check and explain."""
        given = announced(self._instance) if initial is None else initial.assignments
        self._mended = begin(self._search, self._weeks, given)
        self._report("construct")
        anneal = Anneal(self._search, self._params)
        self._search.fill()
        self._report("construct")
        self._begun = self._search.steps
        self._improve(anneal)
        self._search.restart()
        self._search.fill()
        return self._finished(*self._checked(assignments_of(self._instance, self._search)))

    def _improve(self, anneal: Anneal) -> None:
        """Search, then part by part, with the proof beside it; after it where equal runs must be equal."""
        limit = self._params.iteration_limit
        if limit is not None:
            anneal.improve(self._clock, self._stop, self._on_chunk)
            weeks = self._search.harvest()
            self._proof.feed(weeks)
            self._proof.prove(limit // STEPS_A_ROUND, self._is_over)
            self._improve_parts(weeks, lambda: self._is_over() or self._is_proven(), None, limit // STEPS_A_PART)
            return
        self._proof.start()
        clock = self._clock.less(self._finish_seconds())
        try:
            is_short = clock.left < SHORT_SECONDS * len(self._instance.requests)
            searching = clock if is_short else clock.part(SEARCH_SHARE)
            ends = self._is_proven if is_short else lambda: self._is_proven() or self._proof.is_ripe
            anneal.improve(searching, lambda: self._stop() or ends(), self._on_chunk)
            self._improve_parts(
                self._search.harvest(), lambda: self._stop() or clock.is_over or self._is_proven(), clock
            )
        finally:
            self._proof.halt()

    def _improve_parts(self, weeks: Sequence[Week], stop: Stop, clock: Clock | None, steps: int | None = None) -> None:
        """Improve the best plan part by part, so many times (None: until stopped, and by two in the end)."""
        if stop():
            return
        left = None if clock is None else lambda: clock.left
        parts = Parts(self._search.tables, self._cents_of, self._params.seed, left)
        parts.begin(self._search.best, weeks)
        try:
            while not stop():
                best = self._proof.close(self._search.best_cost, stop)
                if best is not None:
                    parts.begin(best, ())
                elif steps is not None and parts.steps >= steps:
                    break
                else:
                    if steps is None and self._proof.is_over:
                        parts.get_help(stop)
                    parts.step(stop, self._proof.outlook)
                self._take_over(parts)
                self._report("improve")
        finally:
            parts.end()
        self._take_over(parts)

    def _take_over(self, parts: Parts) -> None:
        """Make the plan of the parts the search's."""
        services = parts.services
        if services != self._search.best:
            self._search.load(service for service in services if service is not None)

    def _cents_of(self, person: int, options: tuple[int, ...]) -> int:
        """What hangs on an inspector with visits that keep the rules."""
        tables = self._search.tables
        if not options:
            return int(tables.idle[person])
        of = tables.options
        visits = [Visit(int(of.request[n]), int(of.mode[n]), int(of.first[n]), int(of.last[n])) for n in options]
        cost = self._weeks.price(person, tuple(visits))
        if isinstance(cost, Broken):
            raise SchedulerError(f"the plan breaks a rule: {cost.text}")
        return cost.total

    def _is_over(self) -> bool:
        return self._stop() or self._clock.is_over

    def _finish_seconds(self) -> float:
        """How long the last check and the reasons will take, from the time that checking the first plan takes."""
        limit = self._params.time_limit
        if limit is None:
            return 0.0
        began = time.perf_counter()
        standing, _ = self._checked(assignments_of(self._instance, self._search))
        check = time.perf_counter() - began
        requests, people = len(self._instance.requests), len(self._instance.inspectors)
        left = requests - len(standing.placed)
        return min(FINISH_SHARE * limit, check * (CHECKS + CHECKS_A_REASON * people * left / max(1, requests)))

    def _is_proven(self) -> bool:
        """Whether the best plan is as near to the bound as an optimal one must be."""
        gap = gap_of(self._search.best_cost, self._proof.bound)
        return gap is not None and gap <= max(OPTIMAL_GAP, self._params.gap_limit or 0.0)

    def _checked(self, assignments: Sequence[Assignment]) -> tuple[Standing, CostParts]:
        """The plan without what breaks a rule after all (that nothing does is what the tests see to), and its cost."""
        kept = list(assignments)
        while broken := (judged := evaluate(self._problem, kept, self._instance)).broken:
            pinned = {request.id for request in self._problem.requests if request.pin is not None}
            culprits = {fault.request for fault in broken if fault.request is not None}
            people = {fault.inspector for fault in broken if fault.request is None}
            culprits |= {entry.request for entry in kept if people.intersection(entry.inspectors)}
            fewer = [entry for entry in kept if entry.request not in culprits or entry.request in pinned]
            if len(fewer) == len(kept):
                raise SchedulerError(f"the plan breaks a rule that only its pins could mend: {broken[0].text}")
            kept = fewer
        return Standing.of(self._instance, kept), judged.cost

    def _finished(self, standing: Standing, cost: CostParts) -> Plan:
        requests = self._instance.requests
        left = [number for number, request in enumerate(requests) if request.id not in standing.placed]
        hurried = Clock.start(FINISH_SECONDS) if self._stop() else self._clock
        reasons = Reasons(Ranking(standing), lambda: hurried.is_over)
        unassigned = tuple(Unassigned(requests[n].id, reasons.of(n)) for n in left)
        self._proof.stop()
        bound = self._proof.bound
        gap = gap_of(cost.total, bound)
        status: Status = "stopped" if self._stop() else "feasible"
        if gap is not None and gap <= OPTIMAL_GAP:
            status = "optimal"
        self._report("done")
        return Plan(
            assignments=tuple(standing.placed.values()),
            unassigned=unassigned,
            status=status,
            cost=cost,
            bound=bound,
            seconds=round(self._clock.seconds, 3),
            seed=self._params.seed,
            log={
                "iterations": self._search.steps - self._begun,
                "requests": len(requests),
                "inspectors": len(self._instance.inspectors),
                "unassigned": len(left),
                "columns": self._proof.columns,
                "mended": [dataclasses.asdict(entry) for entry in self._mended],
            },
        )

    def _on_chunk(self) -> None:
        by_steps = self._params.iteration_limit is not None  # then nothing may hang on the clock
        if not by_steps and self._proof.is_hungry and self._clock.seconds >= self._warm:
            self._proof.feed(self._search.harvest())
        self._report("improve")

    def _report(self, phase: str) -> None:
        """Tell of the run; what is not the last word only some time after the word before."""
        search, seconds = self._search, self._clock.seconds
        if phase != "done" and seconds - self._last_report < REPORT_SECONDS:
            return
        self._last_report = seconds
        steps, left = search.steps - self._begun, len(search.best_left)
        self._on_progress(
            Progress(phase, seconds, steps, search.best_cost, self._proof.bound, left, self._proof.columns)
        )
