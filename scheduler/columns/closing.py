"""Closing the gap: the best plan of all, once a plan and the bound are near enough to list every horizon between them.

At the prices of the bound no horizon of a plan costs more beyond the cheapest than the plan does beyond the bound. So a
cheaper plan than the one known is made of horizons that cost less than that (`every`), and the cheapest of those
plans is found in whole numbers by CP-SAT, which computes in integers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import NamedTuple

from ortools.sat.python import cp_model

from scheduler.columns.chosen import services_of
from scheduler.columns.duals import Duals, Worth
from scheduler.columns.every import every
from scheduler.columns.labels import pool_of
from scheduler.columns.master import Column
from scheduler.columns.memory import memory_of
from scheduler.compiled import Floats, Ints
from scheduler.search.search import Service
from scheduler.stop import Stop
from scheduler.tables import Tables

LABELS = 100_000  # of one inspector at most
MOST_OF_ONE, MOST_OF_ALL = 3_000, 10_000  # horizons listed
EFFORT = 10.0  # of CP-SAT in its own deterministic time, about seconds
LOOK_SECONDS = 0.05  # between two looks at whether to stop
SAFETY = 0.01  # cents by which sums of floats may be wrong


class Closed(NamedTuple):
    """What closing gave.

    Attributes:
        bound: cents that no plan costs less than.
        services: a plan of that cost, or a cheaper one than that known; None where there is none cheaper.
    """

    bound: int
    services: list[Service | None] | None


def close(
    tables: Tables, prices: tuple[Duals, Ints], least: Floats, bound: int, cost: int, stop: Stop
) -> Closed | None:
    """Look for a plan of less than `cost` cents among all that the prices of the bound allow.

    Args:
        tables: the problem.
        prices: those that prove the bound, and the pairs of their tolls.
        least: by inspector: no horizon costs less at these prices.
        bound: cents that no plan costs less than.
        cost: cents of the best plan known.
        stop: asked often.

    Returns:
        None where there are too many horizons or plans of them, or where it was told to stop.
    """
    columns = _columns(tables, prices, least, cost - bound, stop)
    if columns is None:
        return None
    return _cheapest(tables, columns, bound, cost, stop)


def _columns(tables: Tables, prices: tuple[Duals, Ints], least: Floats, room: float, stop: Stop) -> list[Column] | None:
    """Every horizon that costs less than so many cents beyond its inspector's cheapest; None for too many."""
    worth = Worth(tables)
    gain = worth.gains(prices[0], worth.clipped(*prices), prices[1])
    memory, pool = memory_of(tables), pool_of(LABELS)
    total = gain + tables.pairs.node
    found: list[Column] = []
    for person, floor in enumerate(least.tolist()):
        if stop():
            return None
        listed = every(tables, gain, person, floor + room + SAFETY, memory, pool, MOST_OF_ONE)
        if not listed.is_whole or len(found) > MOST_OF_ALL:
            return None
        idle = int(tables.idle[person])
        cheapest: dict[frozenset[int], Column] = {}
        for at, cents in enumerate(listed.cents.tolist()):
            pairs = listed.pairs[listed.of[at] : listed.of[at + 1]]
            column = Column(person, tuple(pairs.tolist()), round(cents + float(total[pairs].sum())) - idle)
            served = _served(tables, column)
            if served not in cheapest or _alone(tables, column) < _alone(tables, cheapest[served]):
                cheapest[served] = column
        found += cheapest.values()
    return found


def _served(tables: Tables, column: Column) -> frozenset[int]:
    """What a horizon serves: its requests, where there is a crew its visits."""
    options = tables.options
    own = [int(tables.pairs.option[pair]) for pair in column.pairs]
    return frozenset(int(options.request[option]) if options.crew[option] == 1 else -1 - option for option in own)


def _alone(tables: Tables, column: Column) -> int:
    """Cents of a horizon with what hangs on the visits that its inspector makes alone."""
    options = tables.options
    own = [int(tables.pairs.option[pair]) for pair in column.pairs]
    return column.cents + sum(int(options.fixed[option]) for option in own if options.crew[option] == 1)


def _cheapest(tables: Tables, columns: Sequence[Column], bound: int, cost: int, stop: Stop) -> Closed | None:
    """The cheapest plan that the columns make, if it costs less than `cost`, and what none costs less than."""
    options, pairs = tables.options, tables.pairs
    model = cp_model.CpModel()
    terms: list[tuple[cp_model.IntVar, int]] = []
    serves: dict[int, list[cp_model.IntVar]] = defaultdict(list)
    parts: dict[int, list[tuple[cp_model.IntVar, int]]] = defaultdict(list)
    of_person: dict[int, list[cp_model.IntVar]] = defaultdict(list)
    chosen = []
    for column in columns:
        used = model.new_bool_var("")
        chosen.append(used)
        of_person[column.person].append(used)
        terms.append((used, _alone(tables, column)))
        for pair in column.pairs:
            option = int(pairs.option[pair])
            if options.crew[option] == 1:
                serves[int(options.request[option])].append(used)
            else:
                parts[option].append((used, pair))
    for option, members in parts.items():
        planned = model.new_bool_var("")
        serves[int(options.request[option])].append(planned)
        terms.append((planned, int(options.fixed[option])))
        model.add(sum(used for used, _ in members) == int(options.crew[option]) * planned)
        together: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for used, pair in members:
            together[pair].append(used)
        for own in together.values():  # they follow from the rest, but not in fractions
            model.add(sum(own) <= planned)
        if options.wants_lead[option]:
            model.add(sum(used for used, pair in members if pairs.leads[pair]) >= planned)
    for request, unserved in enumerate(options.unserved.tolist()):
        left = model.new_bool_var("")
        terms.append((left, unserved))
        model.add_exactly_one([*serves[request], left])
        if options.pinned[request]:
            model.add(left == 0)
    for own in of_person.values():
        model.add_at_most_one(own)
    idle = int(tables.idle.sum())
    total = sum(used * cents for used, cents in terms)
    model.add(total <= cost - 1 - idle)
    model.add(total >= bound - idle)
    model.minimize(total)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = EFFORT
    status = _solved(solver, model, stop)
    if status == cp_model.INFEASIBLE:
        return Closed(cost, None)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    used_columns = [column for column, used in zip(columns, chosen, strict=True) if solver.boolean_value(used)]
    proven = round(solver.objective_value) + idle if status == cp_model.OPTIMAL else bound
    return Closed(proven, services_of(tables, used_columns))


def _solved(solver: cp_model.CpSolver, model: cp_model.CpModel, stop: Stop) -> cp_model.CpSolverStatus:
    """Solve in a thread of its own, so that it can be stopped."""
    with ThreadPoolExecutor(1) as thread:
        solving = thread.submit(solver.solve, model)
        while not solving.done():
            wait([solving], LOOK_SECONDS)
            if stop():
                solver.stop_search()
        return solving.result()
