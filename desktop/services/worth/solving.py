"""The runs of a study, one after another in the solver's own process, and how far they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.services.solver_process import COMMAND, RunGivenUpError, SolverRun
from desktop.services.worth.sums import Found
from scheduler.params import Params
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.result import Progress
from scheduler.stop import Stop, never


@dataclass(frozen=True, slots=True)
class StudyProgress:
    """How far a study is.

    Attributes:
        run, runs: which run it is at, from 1, and how many it will take at most.
        what: of which thing, in words.
        seconds: of this run so far, of `limit`.
        cost, bound: the best plan of this run so far; None where it has none yet.
    """

    run: int
    runs: int
    what: str
    seconds: float
    limit: float
    cost: int | None = None
    bound: int | None = None

    @property
    def share(self) -> float:
        """How much of the whole is done, from 0 to 1."""
        own = min(1.0, self.seconds / self.limit) if self.limit else 0.0
        return min(1.0, (self.run - 1 + own) / max(1, self.runs))


OnStudy = Callable[[StudyProgress], None]


def ignore(_: StudyProgress) -> None:
    """Nobody is told."""


class Solving:
    """Runs of the solver with equal seed, each as long as it is told.

    Attributes:
        runs: how many it will take at most.
    """

    def __init__(
        self, seed: int, on_progress: OnStudy = ignore, stop: Stop = never, command: Sequence[str] = COMMAND
    ) -> None:
        """Prepare; `on_progress` is called in the thread that waits, as `stop` is asked."""
        self.runs = 1
        self._seed = seed
        self._on_progress = on_progress
        self._stop = stop
        self._command = tuple(command)
        self._run = 0

    @property
    def is_stopped(self) -> bool:
        """Whether it is to end."""
        return self._stop()

    def solve(self, problem: Problem, initial: Plan, seconds: float, what: str) -> Found:
        """The best plan found for a problem from some plan on.

        Raises:
            RunGivenUpError: it was told to stop: no run that was cut short is comparable to the others.
            SolverError: the solver failed.
        """
        run = SolverRun(problem, Params(seed=self._seed, time_limit=seconds), self._command, initial=initial)

        def discard_if_stopped() -> bool:
            if self._stop():
                run.discard()
            return False

        try:
            plan = run.run(self._telling(what, seconds), discard_if_stopped)
        except RunGivenUpError as error:
            raise _given_up() from error
        if self._stop():
            raise _given_up()
        return Found(problem, plan.assignments, plan.cost.total, plan.bound)

    def prices(self, problem: Problem, plan: Plan, seconds: float, what: str) -> Mapping[str, Any]:
        """Ceilings of a plan, as the solver says them; once told to stop, those that are proven by then.

        Raises:
            RunGivenUpError: it was told to stop before there was a bound.
            SolverError: the solver failed.
        """
        run = SolverRun(problem, Params(seed=self._seed, time_limit=seconds), self._command, initial=plan)
        found = run.prices(self._telling(what, 2 * seconds), self._stop)
        if found["bound"] is None and self._stop():
            raise _given_up()
        return found

    def _telling(self, what: str, limit: float) -> Callable[[Progress], None]:
        """Pass the progress of the next run on."""
        self._run += 1
        run = self._run
        self._on_progress(StudyProgress(run, self.runs, what, 0.0, limit))

        def tell(state: Progress) -> None:
            self._on_progress(StudyProgress(run, self.runs, what, state.seconds, limit, state.incumbent, state.bound))

        return tell


def _given_up() -> RunGivenUpError:
    return RunGivenUpError("The study was given up: nothing was kept.")
