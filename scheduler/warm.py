"""Compile the kernels before they are needed: half a minute the first time on a machine, a moment afterwards."""

from __future__ import annotations

import datetime as dt

from scheduler.columns.approximate import ApproximateMaster
from scheduler.columns.closing import close
from scheduler.columns.generate import Generation
from scheduler.params import Params
from scheduler.problem import Horizon, Inspector, Limits, Mode, Problem, Request, Rotation, Site, Travel, TravelMode
from scheduler.solve import solve
from scheduler.stop import never
from scheduler.tables import tables_of
from scheduler.validate import accept

MONDAY = dt.date(2026, 11, 23)
STEPS = 200
ROOM = 5  # cents


def warm() -> None:
    """Solve a problem of one inspector and two requests, look for a better plan still, and do what large ones need."""
    problem = _smallest()
    solve(problem, Params(time_limit=None, iteration_limit=STEPS))
    tables = tables_of(accept(problem))
    generation = Generation(tables)
    while not generation.is_done:
        generation.round()
    if generation.outlook is not None:
        master = ApproximateMaster(tables)
        master.add(column for column, _ in generation.outlook.shares)
        master.solve()
    if generation.prices is not None and generation.least is not None and generation.bound is not None:
        bound = generation.bound
        close(tables, generation.prices, generation.least, bound, bound + ROOM, never)


def _smallest() -> Problem:
    inspector = Inspector(
        id="I",
        lat=0.0,
        lon=0.0,
        country="",
        works_in={"": None},
        services=("",),
        skills={"": 1},
        languages=(),
        certificates={},
        available=(True,) * 4,
        may_travel=(True,) * 4,
        day_costs=(1, 1),
        day_premiums=(0, 0),
        night_cost=0,
        travel_day_cost=0,
        max_consecutive_days=2,
    )
    request = Request(
        id="R",
        site="S",
        service="",
        skill="",
        level=1,
        modes=(Mode(1, 2),),
        earliest=MONDAY,
        latest=MONDAY + dt.timedelta(days=1),
        due=MONDAY,
        late_cost=1,
        unserved_cost=9,
    )
    return Problem(
        horizon=Horizon(MONDAY, 2),
        travel=Travel(1.0, 1.0, (TravelMode("", None, 0.0, None, 0.0, 1.0, 0.0, 0.0),)),
        limits=Limits(1, 1, 1, 1, 1, 0),
        rotation=Rotation(9, 1),
        sites=(Site("S", 0.0, 0.0, "", ""),),
        inspectors=(inspector,),
        requests=(request,),
    )
