"""The master: which columns together serve the requests at least cost, in fractions, and what its rows are worth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from ortools.linear_solver import pywraplp

from scheduler.columns.duals import Duals
from scheduler.compiled import Ints
from scheduler.stop import Stop, never
from scheduler.tables import Tables

DEAR = 1e8  # cents of a share of a pinned request that the columns known do not serve
LEAST_SHARE = 1e-9  # of a column, below which it counts as not in use
VIOLATED = 0.01  # share of a visit by which a member may exceed it before a cut is added
MOST_COLUMNS = 30  # columns for each inspector and request above which half of them are forgotten


class Column(NamedTuple):
    """A horizon of an inspector: his pairs in order of time, and its cents beyond doing nothing."""

    person: int
    pairs: tuple[int, ...]
    cents: int


class Master:
    """The linear program over the columns known. Rows and prices are those of `Duals`."""

    SOLVER = "GLOP"

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        options = tables.options
        self._crew = options.crew.tolist()
        self._option = tables.pairs.option
        self._leads = tables.pairs.leads
        self._request = options.request.tolist()
        self._joint = np.flatnonzero(options.crew > 1).tolist()
        self.columns: dict[tuple[int, tuple[int, ...]], tuple[Column, Any]] = {}
        self._cuts: dict[int, Any] = {}
        self.cut_pairs: Ints = np.zeros(0, dtype=np.int32)
        self._interrupted = False
        self._build()

    @property
    def known(self) -> list[Column]:
        """All columns."""
        return [column for column, _ in self.columns.values()]

    def add(self, columns: Iterable[Column]) -> int:
        """Add columns; gives how many were new."""
        before = len(self.columns)
        for column in columns:
            key = (column.person, column.pairs)
            if key not in self.columns:
                self.columns[key] = (column, self._add(column))
        return len(self.columns) - before

    def solve(self, stop: Stop = never) -> bool:
        """Solve; False where it was interrupted or told to stop: asked once, as few rows take no time."""
        return not (self._interrupted or stop()) and bool(self._solver.Solve() == pywraplp.Solver.OPTIMAL)

    def begin(self, prices: Duals) -> None:
        """Begin from given prices: what is solved exactly has no use for them."""

    def refine(self) -> bool:
        """Solve better from now on; False where that cannot be."""
        return False

    def interrupt(self) -> None:
        """End the solution in hand; another thread may call this. None follows."""
        self._interrupted = True
        self._solver.InterruptSolve()

    @property
    def cost(self) -> float:
        """Cents of the fractional plan."""
        return float(self._objective.Value()) + float(self._tables.idle.sum())

    def duals(self) -> Duals:
        """The prices of the rows."""
        part, lead = np.zeros(len(self._crew)), np.zeros(len(self._crew))
        for option, row in self._parts.items():
            part[option] = row.dual_value()
        for option, row in self._led.items():
            lead[option] = max(0.0, row.dual_value())
        return Duals(
            np.array([row.dual_value() for row in self._serves], dtype=np.float64),
            part,
            lead,
            np.array([max(0.0, -row.dual_value()) for row in self._cuts.values()], dtype=np.float64),
            np.array([min(0.0, row.dual_value()) for row in self._one], dtype=np.float64),
        )

    def shares(self) -> list[tuple[Column, float]]:
        """The columns in use with their shares."""
        return [
            (column, share)
            for column, variable in self.columns.values()
            if (share := variable.solution_value()) > LEAST_SHARE
        ]

    def violated(self, shares: Iterable[tuple[Column, float]]) -> list[int]:
        """In a fractional plan: the pairs whose inspector takes a larger share in a visit than there is of it."""
        share: dict[int, float] = defaultdict(float)
        for column, value in shares:
            for pair in column.pairs:
                if self._crew[self._option[pair]] > 1:
                    share[pair] += value
        return [
            pair
            for pair, value in share.items()
            if pair not in self._cuts and value > self._whole[int(self._option[pair])].solution_value() + VIOLATED
        ]

    def cut(self, pairs: Iterable[int]) -> None:
        """Forbid that the inspectors of these pairs take a larger share in the visits than there is of them."""
        for pair in pairs:
            self._add_cut(pair)
        self.cut_pairs = np.array(list(self._cuts), dtype=np.int32)

    def thin(self) -> None:
        """Forget the columns of the highest reduced cost, where there are many: they slow every solution down.

        To be called while the solution is that of the model: before anything is added to it.
        """
        most = MOST_COLUMNS * (len(self._one) + len(self._serves))
        if len(self.columns) <= most:
            return
        kept = sorted(self.columns.values(), key=lambda entry: (entry[1].reduced_cost(), entry[0]))[: most // 2]
        self.columns = {}
        self._build()
        self.add(column for column, _ in kept)

    def _build(self) -> None:
        """The rows, without any columns of inspectors."""
        options = self._tables.options
        self._solver: Any = pywraplp.Solver.CreateSolver(self.SOLVER)
        self._objective: Any = self._solver.Objective()
        self._serves = [self._row(1.0, 1.0) for _ in range(len(options.unserved))]
        self._one = [self._row(-np.inf, 1.0) for _ in range(len(self._tables.idle))]
        self._parts = {option: self._row(0.0, 0.0) for option in self._joint}
        self._led = {option: self._row(0.0, np.inf) for option in self._joint if options.wants_lead[option]}
        self._whole = {option: self._whole_visit(option) for option in self._joint}
        self._leave: list[Any] = []
        for request, row in enumerate(self._serves):
            left = DEAR if options.pinned[request] else float(options.unserved[request])
            self._leave.append(self._variable(left))
            row.SetCoefficient(self._leave[-1], 1.0)
        self._using: dict[int, list[Any]] = defaultdict(list)  # by pair with a crew: its columns' variables
        for pair in self._cuts:
            self._add_cut(pair)

    def _add_cut(self, pair: int) -> None:
        row = self._cuts[pair] = self._row(-np.inf, 0.0)
        row.SetCoefficient(self._whole[int(self._option[pair])], -1.0)
        for variable in self._using[pair]:
            row.SetCoefficient(variable, 1.0)

    def _row(self, low: float, high: float) -> Any:  # noqa: ANN401 -- OR-Tools ships no types
        return self._solver.Constraint(low, high)

    def _variable(self, cents: float) -> Any:  # noqa: ANN401
        variable = self._solver.NumVar(0.0, np.inf, "")
        self._objective.SetCoefficient(variable, cents)
        return variable

    def _whole_visit(self, option: int) -> Any:  # noqa: ANN401
        """How much of a visit with a crew there is."""
        variable = self._variable(float(self._tables.options.fixed[option]))
        self._serves[self._request[option]].SetCoefficient(variable, 1.0)
        self._parts[option].SetCoefficient(variable, -float(self._crew[option]))
        if option in self._led:
            self._led[option].SetCoefficient(variable, -1.0)
        return variable

    def _add(self, column: Column) -> Any:  # noqa: ANN401
        fixed = self._tables.options.fixed
        options = [int(self._option[pair]) for pair in column.pairs]
        alone = sum(int(fixed[option]) for option in options if self._crew[option] == 1)
        variable = self._variable(float(column.cents + alone))
        self._one[column.person].SetCoefficient(variable, 1.0)
        for pair, option in zip(column.pairs, options, strict=True):
            if self._crew[option] == 1:
                self._serves[self._request[option]].SetCoefficient(variable, 1.0)
                continue
            self._parts[option].SetCoefficient(variable, 1.0)
            self._using[pair].append(variable)
            if option in self._led and self._leads[pair]:
                self._led[option].SetCoefficient(variable, 1.0)
            if pair in self._cuts:
                self._cuts[pair].SetCoefficient(variable, 1.0)
        return variable
