"""Ceilings on what one more can save: the plan's cost less a proven bound of the problem with one more."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from scheduler.columns.duals import SAFETY
from scheduler.evaluate import evaluate
from scheduler.instance import Instance
from scheduler.plan import Plan
from scheduler.prices.falls import Basis, Falls, falls_of_hands, falls_of_people, falls_of_windows
from scheduler.prices.more import More
from scheduler.prices.proving import Deadline, proven_prices
from scheduler.prices.sums import Sums
from scheduler.problem import Problem
from scheduler.result import OnProgress, Progress, ignore
from scheduler.stop import Stop, never
from scheduler.tables import tables_of
from scheduler.weeks import Weeks

REPORT_SECONDS = 0.25  # between two reports of progress


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What one more can save at most.

    Attributes:
        more: one more of what.
        cents: no plan of the problem with one more costs less than the plan in hand by more than this.
        beyond: what of it is not the gap: by how much the bound falls.
    """

    more: More
    cents: int
    beyond: int


@dataclass(frozen=True, slots=True)
class Ceilings:
    """Ceilings of everything looked at.

    Attributes:
        cost: of the plan.
        bound: of the problem as it is, proven here; None where none was proven in time, and then there are no rows.
        rows: what may save more than the gap, the highest ceilings first.
        nothing: how many more were looked at, which cannot save more than the gap.
        unproven: for how many the time did not suffice.
    """

    cost: int
    bound: int | None
    rows: tuple[Ceiling, ...]
    nothing: int
    unproven: int

    @property
    def gap(self) -> int | None:
        """Cents that better planning alone might save, with nothing changed; in every ceiling."""
        return None if self.bound is None else self.cost - self.bound


class _Telling:
    """How far it is, told now and then: the number of changes looked at as the number of steps."""

    def __init__(self, on_progress: OnProgress) -> None:
        self._on_progress = on_progress
        self._began = time.perf_counter()
        self._last = -REPORT_SECONDS
        self._looked_at = 0
        self._phase: str = "bound"
        self._cost: int | None = None
        self._bound: int | None = None

    def begin(self, phase: str, cost: int, bound: int) -> None:
        """Go on to a phase."""
        self._phase, self._cost, self._bound = phase, cost, bound

    def tell(self, looked_at: int = 1) -> None:
        """So many changes more have been looked at."""
        self._looked_at += looked_at
        seconds = time.perf_counter() - self._began
        if seconds - self._last >= REPORT_SECONDS:
            self._last = seconds
            self._on_progress(Progress(self._phase, seconds, self._looked_at, self._cost, self._bound, None, 0))

    def also(self, stop: Stop) -> Stop:
        """The same question, at which it is told too."""

        def asked() -> bool:
            self.tell(0)
            return stop()

        return asked


def find_ceilings(  # noqa: PLR0913 -- the first two say what, the others how
    problem: Problem,
    plan: Plan,
    *,
    seconds: float | None = 30.0,
    rounds: int | None = None,
    stop: Stop = never,
    on_progress: OnProgress = ignore,
) -> Ceilings:
    """Find the ceilings of everything that `more` names.

    Args:
        problem: without faults.
        plan: any plan of it; if it breaks rules, the ceilings still hold for its cost.
        seconds: for the bound, and as long again for the ceilings; None: as long as it takes.
        rounds: of column generation at most; None: until no column is missing.
        stop: asked now and then; what is found by then is given.
        on_progress: told of the two phases, "bound" and "ceilings", at most five times a second.
    """
    telling = _Telling(on_progress)
    cost = evaluate(problem, plan.assignments).cost.total
    weeks = Weeks(Instance(problem))
    tables = tables_of(weeks)
    proven = proven_prices(weeks, tables, plan, Deadline(seconds, telling.also(stop)), rounds)
    if proven is None:
        return Ceilings(cost, None, (), 0, 0)
    sums = Sums(tables, *proven)
    least = sums.least(range(len(tables.idle)), stop=stop)
    total = float(sums.value.sum() + least.sum())
    if not math.isfinite(total):
        return Ceilings(cost, None, (), 0, 0)
    basis = Basis(problem, tables, *proven, least, Deadline(seconds, telling.also(stop)))
    bound = math.ceil(total - SAFETY)
    rows, nothing, unproven = [], 0, 0
    telling.begin("ceilings", cost, bound)
    for more, fall in _falls(basis):
        telling.tell()
        if math.isinf(fall):
            unproven += 1
        elif fall <= SAFETY:
            nothing += 1
        else:
            cents = math.floor(cost - total + fall + SAFETY)
            rows.append(Ceiling(more, cents, cents - cost + bound))
    rows.sort(key=lambda row: (-row.cents, row.more.kind, row.more.text))
    return Ceilings(cost, bound, tuple(rows), nothing, unproven)


def _falls(basis: Basis) -> Falls:
    yield from falls_of_hands(basis)
    yield from falls_of_people(basis)
    yield from falls_of_windows(basis)
