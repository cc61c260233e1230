"""A bad morning at a large firm: how quickly the plan in force is repaired, and how much of it stays.

Ten inspectors are ill and fifteen urgent bookings come in at 06:50 on the plan's Monday. The desktop's repair is beside
a full re-solve of the same problem, at the real prices of taking back what was announced, and a greedy repair: direct
insertions one by one, cheapest first, nothing else moved.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from desktop.clock import FixedClock
from desktop.models import Assignment as Booked
from desktop.models import Client, Factory, Inspector, Request
from desktop.models.halfday import morning
from desktop.services.bus import Desk
from desktop.services.commands import AddRequest, Command, PublishPlan, RecordAbsence
from desktop.services.demo.sample import make_sample
from desktop.services.planning.week import plan_week, settings_for
from desktop.services.repair.partial import PartialReview
from desktop.services.repair.proposing import PreparedRepair, prepare_repair, run_repair, steadiness_of
from desktop.services.solver_process import SolverRun
from desktop.store.engine import Store, open_store
from scheduler.evaluate import evaluate
from scheduler.instance import Instance
from scheduler.params import Params
from scheduler.plan import Assignment, CostParts, Plan
from scheduler.rank import Ranking
from scheduler.standing import Standing
from tests.benchmarks.cells import dollars
from tests.benchmarks.company import INSPECTORS, KEPT, REQUESTS, SEED, copy_of
from tests.benchmarks.operations import CLOCK, MONDAY

SEEDS = (1, 2, 3)
ABSENCES, URGENT = 10, 15
AT = dt.datetime(2026, 11, 29, 22, 50, tzinfo=dt.UTC)  # 06:50 at the factories
PLANNED_SECONDS = 60
RESOLVE_SECONDS = (10.0, 60.0)
HEADS = (
    "seed",
    "planner",
    "seconds",
    "cost",
    "untouched visits changed",
    "told otherwise",
    "hits without a place",
    "urgent placed",
    "rules",
)
AIMS = ("aim", "", "under 10", "", "5 % at most", "", "", "", "all")
Row = dict[str, Any]


def measure_repairs(seeds: Sequence[int] = SEEDS) -> list[Row]:
    """Rows of every seed and planner, each seed in a process of its own."""
    path = _announced_company()
    rows: list[Row] = []
    for seed in seeds:
        sys.stderr.write(f"measuring repair, seed {seed}\n")
        done = subprocess.run(
            (sys.executable, "-m", __name__, str(path), str(seed)), stdout=subprocess.PIPE, check=True
        )
        rows += json.loads(done.stdout)
    return rows


def repair_rows(results: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """A line of cells for every seed and planner, and the heads."""
    lines = [
        (
            str(row["seed"]),
            row["planner"],
            f"{row['seconds']:.1f}",
            dollars(row["cost"]),
            f"{row['changed']} of {row['announced']:,} ({100 * row['changed'] / row['announced']:.2f} %)",
            str(row["told"]),
            f"{row['hits_left']} of {row['hits']}",
            f"{row['urgent']} of {URGENT}",
            "all" if row["keeps_all_rules"] else "NO",
        )
        for row in results
    ]
    return [HEADS, AIMS, *lines]


def _announced_company() -> Path:
    """The database of a firm whose week has been planned and published; made once."""
    path = KEPT / f"announced-{INSPECTORS}-{REQUESTS}-{SEED}.db"
    if not path.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name("unpublished.db")
        for stale in KEPT.glob("unpublished.db*"):
            stale.unlink()
        sys.stderr.write(f"making {path.name}, kept for the next time\n")
        with open_store(str(fresh), backups=KEPT / "backups") as store:
            make_sample(store, inspectors=INSPECTORS, requests=REQUESTS, seed=SEED, first_day=MONDAY, clock=CLOCK)
            desk = Desk(store, CLOCK, "bench")
            made = plan_week(desk, settings_for(store, MONDAY), Params(seed=SEED, time_limit=PLANNED_SECONDS))
            desk.handle(PublishPlan(made.code))
        fresh.replace(path)
    return path


def _bad_morning(store: Store, seed: int) -> list[Command]:
    """Who is ill, and what comes in."""
    rng = random.Random(seed)
    begin = morning(MONDAY)
    with store.session() as session:
        busy = select(Booked.inspector_id).where(Booked.published, Booked.first_slot >= begin)
        people = session.scalars(select(Inspector.code).where(Inspector.id.in_(busy)).order_by(Inspector.code)).all()
        announced = session.scalars(select(Request).where(Request.status == "published").order_by(Request.code)).all()
        factories = {key: code for key, code in session.execute(select(Factory.id, Factory.code))}
        clients = {key: code for key, code in session.execute(select(Client.id, Client.code))}
        ill: list[Command] = [
            RecordAbsence(code, begin, begin + 2 * rng.choice((1, 1, 2, 3, 5)) - 1, "sick")
            for code in rng.sample(people, ABSENCES)
        ]
        urgent = [
            AddRequest(
                f"URGENT{number:02}",
                clients[like.client_id],
                factories[like.factory_id],
                like.service,
                like.skill,
                like.level,
                like.modes,
                earliest=MONDAY + dt.timedelta(days=rng.randint(0, 1)),
                latest=MONDAY + dt.timedelta(days=rng.randint(2, 3)),
                price_cents=40_000,
                languages=like.languages,
                certificates=like.certificates,
                requested_at=AT,
            )
            for number, like in enumerate(rng.sample(announced, URGENT))
        ]
    return [*ill, *urgent]


def _measured(path: Path, seed: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder, open_store(str(copy_of(path, Path(folder)))) as store:
        desk = Desk(store, FixedClock(AT), "bench")
        desk.handle_all(_bad_morning(store, seed), "A bad morning")
        begun = time.monotonic()
        prepared = prepare_repair(store, AT)
        found = run_repair(prepared, AT)
        review = PartialReview(found)
        review.sum(review.all)
        review.calls(review.all)
        yield _row(prepared, found.plan.assignments, seed, "repair", time.monotonic() - begun)
    begun = time.monotonic()
    greedy = _greedy(prepared)
    yield _row(prepared, greedy, seed, "greedy repair", time.monotonic() - begun)
    nothing = Plan((), (), "feasible", CostParts(), None, 0.0, 0)
    for seconds in RESOLVE_SECONDS:
        begun = time.monotonic()
        params = Params(seed=seed, time_limit=seconds)
        plan = SolverRun(prepared.problem, params, initial=nothing).run()
        took = time.monotonic() - begun
        yield _row(prepared, plan.assignments, seed, f"full re-solve, {seconds:g} s", took)


def _row(prepared: PreparedRepair, plan: Sequence[Assignment], seed: int, planner: str, seconds: float) -> Row:
    problem = prepared.problem
    judged = evaluate(problem, plan)
    after = Standing.of(Instance(problem), plan)
    steady = steadiness_of(prepared, after)
    hits = [hit.request for hit in prepared.hits]
    told = {entry.request: entry for entry in prepared.toll.told}
    same = sum(
        (at := after.placed.get(code)) is not None
        and (at.start_slot, set(at.inspectors)) == (entry.start_slot, set(entry.inspectors))
        for code, entry in told.items()
    )
    return {
        "seed": seed,
        "planner": planner,
        "seconds": seconds,
        "cost": judged.cost.total,
        "changed": steady.changed,
        "announced": steady.announced,
        "told": len(told) - same,
        "hits": len(hits),
        "hits_left": sum(code not in after.placed for code in hits),
        "urgent": sum(code.startswith("URGENT") for code in after.placed),
        "keeps_all_rules": not judged.broken,
    }


def _greedy(prepared: PreparedRepair) -> tuple[Assignment, ...]:
    """What is in force with everything open put in one by one, each time what adds least compared with leaving it."""
    ranking = Ranking(Standing.of(Instance(prepared.problem), prepared.base))
    waiting = {r.id: None for r in prepared.problem.requests if r.id not in ranking.standing.placed}
    best = {code: _cheapest(ranking, code) for code in waiting}
    while options := {code: found for code, found in best.items() if found is not None and found[0] < 0}:
        code = min(options, key=lambda code: (options[code][0], code))
        to = options[code][1]
        standing = ranking.standing.moved_all({code: to})
        ranking = Ranking(standing)
        del best[code]
        for other, found in list(best.items()):
            if found is not None and set(found[1].inspectors) & set(to.inspectors):
                best[other] = _cheapest(ranking, other)
    return ranking.standing.assignments


def _cheapest(ranking: Ranking, code: str) -> tuple[int, Assignment] | None:
    found = ranking.direct(code, 1)
    return (found[0].cost.total, found[0].to) if found else None


if __name__ == "__main__":
    json.dump(list(_measured(Path(sys.argv[1]), int(sys.argv[2]))), sys.stdout)
