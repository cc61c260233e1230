"""What steers a run, apart from the problem: no clock and no machine in here, so equal params give equal plans."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Params:
    """Parameters of a run.

    Attributes:
        seed: seed of every random choice.
        time_limit: seconds of wall time; None: none.
        iteration_limit: improvement steps; None: none. The same problem, seed and iteration limit give the same plan.
        gap_limit: the run ends once no larger share of the cost is unproven (0.01 is 1 %); None: at 0.01 %.
        workers: processes or threads that may be used.
    """

    seed: int = 0
    time_limit: float | None = 60.0
    iteration_limit: int | None = None
    gap_limit: float | None = None
    workers: int = 1
