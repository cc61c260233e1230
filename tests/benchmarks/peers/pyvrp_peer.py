"""PyVRP: one vehicle an inspector, for the whole horizon; the starts of a request are a group of optional clients.

The places in crews are required clients that only one vehicle may visit. The search begins with the draft's plan.
"""

from __future__ import annotations

import time

import numpy as np
import pyvrp
from pyvrp.stop import MaxRuntime

from scheduler.tables import Tables
from tests.benchmarks.peers.arcs import FORBIDDEN, Nodes, arcs_of, loads_of

Found = list[tuple[int, int]]  # inspector and option


def solve_with_pyvrp(tables: Tables, nodes: Nodes, begun: list[list[int]], end: float, seed: int) -> Found:
    """What PyVRP lets each inspector do alone by a point in time, begun with routes of nodes."""
    data = _data(tables, nodes)
    routes = [
        pyvrp.Route(data, [pyvrp.Activity(pyvrp.ActivityType.CLIENT, node) for node in route], row)
        for row, route in enumerate(begun)
        if route
    ]
    start = pyvrp.Solution(data, routes)
    result = pyvrp.solve(
        data, MaxRuntime(max(0.1, end - time.monotonic())), seed, collect_stats=False, initial_solution=start
    )
    found = []
    for route in result.best.routes():
        taken = [activity.idx for activity in route if activity.is_client()]
        person = nodes.people[route.vehicle_type()]
        found += [(person, int(nodes.option[node])) for node in taken if nodes.owner[node] < 0]
    return found


def _data(tables: Tables, nodes: Nodes) -> pyvrp.ProblemData:
    home, loads = len(nodes.option), loads_of(tables, nodes)
    vehicles = [pyvrp.VehicleType(1, most, profile=row) for row, most in enumerate(loads.most.tolist())]
    places = [pyvrp.Location(int(site), 0) for site in tables.options.site[nodes.option]]
    still = np.zeros((home + 1, home + 1), dtype=np.int64)
    return pyvrp.ProblemData(
        [*places, pyvrp.Location(0, 0)],
        _clients(tables, nodes, loads.taken.tolist()),
        [pyvrp.Depot(home)],
        vehicles,
        [arcs_of(tables, nodes, row) for row in range(len(nodes.people))],
        [still] * len(nodes.people),
        [pyvrp.ClientGroup(list(own), required=_is_pinned(tables, nodes, own)) for own in nodes.group],
    )


def _is_pinned(tables: Tables, nodes: Nodes, group: range) -> bool:
    return bool(tables.options.pinned[tables.options.request[nodes.option[group.start]]])


def _clients(tables: Tables, nodes: Nodes, taken: list[list[int]]) -> list[pyvrp.Client]:
    options = tables.options
    group_of = {node: number for number, own in enumerate(nodes.group) for node in own}
    clients = []
    for node, option in enumerate(nodes.option.tolist()):
        first, last = int(options.first[option]), int(options.last[option])
        worth = FORBIDDEN if options.pinned[options.request[option]] else options.unserved[options.request[option]]
        clients.append(
            pyvrp.Client(
                location=node,
                delivery=taken[node],
                service_duration=last - first + 1,
                tw_early=first,
                tw_late=first,
                prize=max(0, int(worth - options.fixed[option])),
                required=node not in group_of,
                group=group_of.get(node),
            )
        )
    return clients
