"""The master in whole numbers: the cheapest plan that some columns make together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ortools.linear_solver import pywraplp

from scheduler.columns.master import Column, Master
from scheduler.tables import Tables

MOST_NODES = 50  # of branch and bound: parts of a plan need a few, and what needs more is left as it is
HALF = 0.5


class WholeMaster(Master):
    """The master with whole shares only."""

    SOLVER = "SCIP"

    def plan(self, present: Sequence[Column], seconds: float | None) -> list[Column]:
        """The columns of the cheapest plan found, at most as dear as that of `present`, which must have been added."""
        self._hint(present)
        self._solver.SetSolverSpecificParametersAsString(f"limits/nodes = {MOST_NODES}\n")
        if seconds is not None:
            self._solver.SetTimeLimit(max(1, round(1000 * seconds)))
        status = self._solver.Solve()
        if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
            return list(present)
        return [column for column, share in self.shares() if share > HALF]

    def cut_all(self) -> None:
        """Add the cuts of all pairs with a crew that are in use: they make the fractions tight."""
        self.cut([pair for pair in self._using if pair not in self._cuts])

    def _variable(self, cents: float) -> Any:  # noqa: ANN401
        variable = self._solver.BoolVar("")
        self._objective.SetCoefficient(variable, cents)
        return variable

    def _hint(self, present: Iterable[Column]) -> None:
        """Begin from a plan: every variable has a value, else it is of no use as a first solution."""
        used = {(column.person, column.pairs) for column in present}
        options = {int(self._option[pair]) for column in present for pair in column.pairs}
        served = {self._request[option] for option in options}
        values = {variable: key in used for key, (_, variable) in self.columns.items()}
        values |= {variable: option in options for option, variable in self._whole.items()}
        values |= {variable: request not in served for request, variable in enumerate(self._leave)}
        self._solver.SetHint(list(values), [float(value) for value in values.values()])


def cheapest(
    tables: Tables, columns: Iterable[Column], present: Sequence[Column], seconds: float | None = None
) -> list[Column]:
    """The columns of the cheapest plan found among some and those `present`, which are a plan.

    With `seconds` it ends after so many; without, equal calls give equal plans.
    """
    master = WholeMaster(tables)
    master.add(columns)
    master.add(present)
    master.cut_all()
    return master.plan(present, seconds)
