"""Plan a problem with something that could stand in the solver's place.

    python -m tests.benchmarks.peers {greedy,pyvrp,routing} PROBLEM --out PLAN [--time-limit S] [--seed N]

All begin with the greedy coordinator's plan, crews and pins included. The routing libraries then plan anew, around the
crews, who goes alone and when, as far as they can say it; what breaks a rule is taken out and what is left is inserted
greedily. The better of the two plans is written.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor

from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.tables import Tables
from scheduler.wire import load_problem, plan_to_json, save_json
from tests.benchmarks.peers.arcs import Nodes, nodes_of
from tests.benchmarks.peers.draft import Draft
from tests.benchmarks.peers.greedy import Greedy
from tests.benchmarks.peers.regions import Region, begun_routes, regions_of

PEERS = ("greedy", "pyvrp", "routing")
CORES = 2
FINISH_SHARE = 0.05  # of the time, kept for mending and inserting
Found = list[tuple[int, int]]  # inspector and option
Routes = list[list[int]]


def is_installed(peer: str) -> bool:
    """Whether a peer can run here."""
    return peer != "pyvrp" or importlib.util.find_spec("pyvrp") is not None


def plan_with(peer: str, problem: Problem, seconds: float, seed: int) -> Plan:
    """A plan that keeps every rule, by a peer, in about some seconds; the coordinator takes what time it needs."""
    begun = time.monotonic()
    draft, tables = Draft.empty(problem)
    draft.keep_pins()
    Greedy(draft).fill()
    plan = draft.plan(time.monotonic() - begun, seed)
    if peer == "greedy":
        return plan
    regions = [region for region in regions_of(draft) if region.people and region.requests]
    left = seconds * (1 - FINISH_SHARE) - (time.monotonic() - begun)
    if left <= 0 or not regions:
        return plan
    found = _route(_Routing(peer, draft, tables, left / -(-len(regions) // CORES), seed), regions)
    draft.complete(found)
    Greedy(draft).fill()
    routed = draft.plan(time.monotonic() - begun, seed)
    return min(plan, routed, key=lambda one: one.cost.total)


class _Routing:
    """Regions planned by a routing library, each for some seconds; modelling is part of them."""

    def __init__(self, peer: str, draft: Draft, tables: Tables, seconds: float, seed: int) -> None:
        self._peer, self._draft, self._tables, self._seconds, self._seed = peer, draft, tables, seconds, seed

    def __call__(self, region: Region) -> Found:
        """Who goes alone to which visit."""
        end = time.monotonic() + self._seconds
        nodes = nodes_of(self._draft, self._tables, region.people, region.requests)
        if not len(nodes.option):
            return []
        return self._library()(self._tables, nodes, begun_routes(self._draft, nodes), end, self._seed)

    def _library(self) -> Callable[[Tables, Nodes, Routes, float, int], Found]:
        if self._peer == "pyvrp":
            from tests.benchmarks.peers.pyvrp_peer import solve_with_pyvrp  # noqa: PLC0415 - it may not be installed

            return solve_with_pyvrp
        from tests.benchmarks.peers.routing import solve_with_routing  # noqa: PLC0415 - slow to load

        return solve_with_routing


_routing: _Routing | None = None  # what the processes of a pool inherit


def _route(routing: _Routing, regions: Sequence[Region]) -> Found:
    if len(regions) == 1:
        return routing(regions[0])
    global _routing  # noqa: PLW0603 - inherited by the processes, which could not be sent the draft
    _routing = routing
    with ProcessPoolExecutor(CORES, mp_context=multiprocessing.get_context("fork")) as pool:
        return [pair for found in pool.map(_route_one, regions) for pair in found]


def _route_one(region: Region) -> Found:
    return [] if _routing is None else _routing(region)


def main(arguments: Sequence[str] | None = None) -> int:
    """Plan as asked; gives the exit code: 3 where the peer is not installed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.peers")
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("problem")
    parser.add_argument("--out", required=True)
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    if not is_installed(asked.peer):
        sys.stderr.write(f"{asked.peer} is not installed: it comes with the extra `peers`\n")
        return 3
    plan = plan_with(asked.peer, load_problem(asked.problem), asked.time_limit, asked.seed)
    save_json(asked.out, plan_to_json(plan))
    sys.stdout.write(f"{asked.peer}: {plan.cost.total / 100:,.2f}, {len(plan.unassigned)} left, {plan.seconds} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
