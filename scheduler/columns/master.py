"""The master: which columns together serve the requests at least cost, in fractions, and what its rows are worth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.columns.duals import Duals
from scheduler.compiled import Ints
from scheduler.tables import Tables

DEAR = 1e8  # cents of a share of a pinned request that the columns known do not serve
VIOLATED = 0.01  # share of a visit by which a member may exceed it before a cut is added
MOST_COLUMNS = 30  # columns for each inspector and request above which half of them are forgotten


class Column(NamedTuple):
    """A horizon of an inspector: his pairs in order of time, and its cents beyond doing nothing."""

    person: int
    pairs: tuple[int, ...]
    cents: int


class Master:
    """The linear program over the columns known. Rows and prices are those of `Duals`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        options = tables.options
        self._crew = options.crew.tolist()
        self._option = tables.pairs.option
        self._leads = tables.pairs.leads
        self._request = options.request.tolist()
        self._model: Any = mathopt.Model()
        self._model.minimize(0)
        self._objective = self._model.objective
        self._serves = [self._row(1.0, 1.0) for _ in range(len(options.unserved))]
        self._one = [self._row(-np.inf, 1.0) for _ in range(len(tables.idle))]
        joint = np.flatnonzero(options.crew > 1).tolist()
        self._parts = {option: self._row(0.0, 0.0) for option in joint}
        self._led = {option: self._row(0.0, np.inf) for option in joint if options.wants_lead[option]}
        self._whole = {option: self._whole_visit(option) for option in joint}
        for request, row in enumerate(self._serves):
            left = DEAR if options.pinned[request] else float(options.unserved[request])
            row.set_coefficient(self._variable(left), 1.0)
        self.columns: dict[tuple[int, tuple[int, ...]], tuple[Column, Any]] = {}
        self._using: dict[int, list[Any]] = defaultdict(list)  # by pair with a crew: its columns' variables
        self._cuts: dict[int, Any] = {}
        self.cut_pairs: Ints = np.zeros(0, dtype=np.int32)
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
        self._interrupter = SolveInterrupter()
        self._result: Any = None

    def add(self, columns: Iterable[Column]) -> int:
        """Add columns; gives how many were new."""
        before = len(self.columns)
        for column in columns:
            key = (column.person, column.pairs)
            if key not in self.columns:
                self.columns[key] = (column, self._add(column))
        return len(self.columns) - before

    def solve(self) -> bool:
        """Solve; False where it was interrupted."""
        self._result = self._solver.solve(interrupter=self._interrupter)
        return bool(self._result.termination.reason == mathopt.TerminationReason.OPTIMAL)

    def interrupt(self) -> None:
        """End the solution in hand; another thread may call this. None follows."""
        self._interrupter.interrupt()

    @property
    def cost(self) -> float:
        """Cents of the fractional plan."""
        return float(self._result.objective_value()) + float(self._tables.idle.sum())

    def duals(self) -> Duals:
        """The prices of the rows."""
        value = self._result.dual_values()
        part, lead = np.zeros(len(self._crew)), np.zeros(len(self._crew))
        for option, row in self._parts.items():
            part[option] = value[row]
        for option, row in self._led.items():
            lead[option] = max(0.0, value[row])
        return Duals(
            np.array([value[row] for row in self._serves], dtype=np.float64),
            part,
            lead,
            np.array([max(0.0, -value[row]) for row in self._cuts.values()], dtype=np.float64),
            np.array([min(0.0, value[row]) for row in self._one], dtype=np.float64),
        )

    def shares(self) -> list[tuple[Column, float]]:
        """The columns in use with their shares."""
        value = self._result.variable_values()
        return [(column, value[variable]) for column, variable in self.columns.values() if value[variable] > 1e-9]

    def cut(self) -> int:
        """Forbid that somebody takes a larger share in a visit than there is of the visit; gives how many cuts."""
        share: dict[int, float] = defaultdict(float)
        for column, value in self.shares():
            for pair in column.pairs:
                if self._crew[self._option[pair]] > 1:
                    share[pair] += value
        value_of = self._result.variable_values()
        found = 0
        for pair, value in share.items():
            whole = self._whole[int(self._option[pair])]
            if pair not in self._cuts and value > value_of[whole] + VIOLATED:
                row = self._cuts[pair] = self._row(-np.inf, 0.0)
                row.set_coefficient(whole, -1.0)
                for variable in self._using[pair]:
                    row.set_coefficient(variable, 1.0)
                found += 1
        if found:
            self.cut_pairs = np.array(list(self._cuts), dtype=np.int32)
        return found

    def thin(self) -> None:
        """Forget the columns of the highest reduced cost, where there are many: they slow every solution down."""
        most = MOST_COLUMNS * (len(self._one) + len(self._serves))
        if len(self.columns) <= most:
            return
        reduced = self._result.reduced_costs()
        order = sorted((reduced.get(variable, 0.0), key) for key, (_, variable) in self.columns.items())
        gone = {id(self.columns[key][1]) for _, key in order[most // 2 :]}
        for _, key in order[most // 2 :]:
            self._model.delete_variable(self.columns.pop(key)[1])
        for pair, variables in self._using.items():
            self._using[pair] = [variable for variable in variables if id(variable) not in gone]

    def _row(self, low: float, high: float) -> Any:  # noqa: ANN401 -- OR-Tools ships no types
        return self._model.add_linear_constraint(lb=low, ub=high)

    def _variable(self, cents: float) -> Any:  # noqa: ANN401
        variable = self._model.add_variable(lb=0.0)
        self._objective.set_linear_coefficient(variable, cents)
        return variable

    def _whole_visit(self, option: int) -> Any:  # noqa: ANN401
        """How much of a visit with a crew there is."""
        variable = self._variable(float(self._tables.options.fixed[option]))
        self._serves[self._request[option]].set_coefficient(variable, 1.0)
        self._parts[option].set_coefficient(variable, -float(self._crew[option]))
        if option in self._led:
            self._led[option].set_coefficient(variable, -1.0)
        return variable

    def _add(self, column: Column) -> Any:  # noqa: ANN401
        fixed = self._tables.options.fixed
        options = [int(self._option[pair]) for pair in column.pairs]
        alone = sum(int(fixed[option]) for option in options if self._crew[option] == 1)
        variable = self._variable(float(column.cents + alone))
        self._one[column.person].set_coefficient(variable, 1.0)
        for pair, option in zip(column.pairs, options, strict=True):
            if self._crew[option] == 1:
                self._serves[self._request[option]].set_coefficient(variable, 1.0)
                continue
            self._parts[option].set_coefficient(variable, 1.0)
            self._using[pair].append(variable)
            if option in self._led and self._leads[pair]:
                self._led[option].set_coefficient(variable, 1.0)
            if pair in self._cuts:
                self._cuts[pair].set_coefficient(variable, 1.0)
        return variable
