"""Questions that are answered by solving: what one more is worth, and what stability costs. Loads compiled code."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from scheduler.cli.inputs import problem_and_plan, refuse
from scheduler.cli.output import OK, as_json, cost_to_json, say
from scheduler.cli.solving import DEFAULT_SECONDS, obey_input, stopped_by_signals, tell_progress
from scheduler.errors import Fault
from scheduler.params import Params
from scheduler.plan import gap_of
from scheduler.prices import Ceiling, Exact, More, find_ceilings, solve_exactly
from scheduler.result import ignore
from scheduler.stability import Point, find_curve
from scheduler.stop import StopFlag
from scheduler.validate import check_problem
from scheduler.wire import load_problem, save_json


def prices(args: argparse.Namespace) -> int:
    """Give ceilings on what one more can save, and for the first few what it does save."""
    problem, plan = problem_and_plan(args)
    stop = StopFlag()
    with stopped_by_signals(stop):
        if args.progress:
            obey_input(stop)
        tell = tell_progress if args.progress else ignore
        found = find_ceilings(problem, plan, seconds=args.time_limit, stop=stop, on_progress=tell)
        rows = found.rows[: args.top]
        limits = Params(seed=args.seed, time_limit=args.time_limit)
        tried = list(solve_exactly(problem, plan, [row.more for row in rows[: args.exact]], limits, stop))
    if found.bound is None:
        say(sys.stderr, "no bound was proven in the time there was, so there is no ceiling: give a longer --time-limit")
    result = {
        "cost": found.cost,
        "bound": found.bound,
        "gap": found.gap,
        "ceilings": [_row(row, tried[n] if n < len(tried) else None) for n, row in enumerate(rows)],
        "rows": len(found.rows),
        "nothing": found.nothing,
        "unproven": found.unproven,
    }
    if args.out is None:
        say(sys.stdout, as_json(result))
    else:
        save_json(args.out, result)
    return OK


def _row(row: Ceiling, exact: Exact | None) -> dict[str, Any]:
    tried = None if exact is None else {"saving": exact.saving, "without": exact.without, "bound": exact.plan.bound}
    return {**_more(row.more), "ceiling": row.cents, "beyond_gap": row.beyond, "exact": tried}


def _more(more: More) -> dict[str, Any]:
    hired = more.kind == "hand"
    return {
        "kind": more.kind,
        "text": more.text,
        "inspector": None if more.inspector is None or hired else more.inspector.id,
        "request": None if more.request is None else more.request.id,
        "date": None if more.date is None else more.date.isoformat(),
        "area": more.area,
        "skill": more.skill,
        "language": more.language,
        "certificate": more.certificate,
    }


def stability(args: argparse.Namespace) -> int:
    """Give the curve of what is kept and what that costs."""
    problem = load_problem(args.problem)
    refuse(check_problem(problem))
    if not problem.published:
        text = "is empty: nothing was announced that could be kept or taken back"
        refuse([Fault("problem", "published", "", text)])
    stop = StopFlag()
    time_limit = args.time_limit if args.iterations is not None else args.time_limit or DEFAULT_SECONDS
    params = Params(seed=args.seed, time_limit=time_limit, iteration_limit=args.iterations)
    with stopped_by_signals(stop):
        points = find_curve(problem, args.prices, params, stop)
    say(sys.stdout, as_json({"announced": len(problem.published), "points": [_point(point) for point in points]}))
    return OK


def _point(point: Point) -> dict[str, Any]:
    return {
        "price": point.factor,
        "kept": point.kept,
        "share": round(point.share, 4),
        "assigned": len(point.plan.assignments),
        "without_changes": point.without_changes,
        "changes": point.changes,
        "cost": cost_to_json(point.cost),
        "bound": point.bound,
        "gap": gap_of(point.cost.total, point.bound),
    }
