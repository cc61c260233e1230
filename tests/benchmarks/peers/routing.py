"""OR-Tools routing: one vehicle an inspector, the starts of a request in a disjunction; guided local search.

The places in crews are visits that only one vehicle may make. The search begins with the draft's plan.
"""

from __future__ import annotations

import time

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from scheduler.tables import Tables
from tests.benchmarks.peers.arcs import Nodes, arcs_of, loads_of

Found = list[tuple[int, int]]  # inspector and option


def solve_with_routing(tables: Tables, nodes: Nodes, begun: list[list[int]], end: float, _seed: int) -> Found:
    """What the routing library lets each inspector do alone by a point in time, begun with routes of nodes."""
    home = len(nodes.option)
    index = pywrapcp.RoutingIndexManager(home + 1, len(nodes.people), home)
    routing = pywrapcp.RoutingModel(index)
    late = [*tables.options.fixed[nodes.option].tolist(), 0]
    for row in range(len(nodes.people)):
        arcs = arcs_of(tables, nodes, row) + late
        routing.SetArcCostEvaluatorOfVehicle(routing.RegisterTransitMatrix(arcs.tolist()), row)
    _fix_times(routing, index, tables, nodes)
    _limit_loads(routing, tables, nodes)
    _offer_starts(routing, index, tables, nodes)
    search = pywrapcp.DefaultRoutingSearchParameters()
    search.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    search.time_limit.FromMilliseconds(max(100, int(1000 * (end - time.monotonic()))))
    routing.CloseModelWithParameters(search)
    answer = routing.SolveFromAssignmentWithParameters(routing.ReadAssignmentFromRoutes(begun, True), search)
    found = []
    for row, person in enumerate(nodes.people if answer is not None else ()):
        at = answer.Value(routing.NextVar(routing.Start(row)))
        while not routing.IsEnd(at):
            node = index.IndexToNode(at)
            if nodes.owner[node] < 0:
                found.append((person, int(nodes.option[node])))
            at = answer.Value(routing.NextVar(at))
    return found


def _fix_times(
    routing: pywrapcp.RoutingModel, index: pywrapcp.RoutingIndexManager, tables: Tables, nodes: Nodes
) -> None:
    """Every node has its slots."""
    first, last = tables.options.first[nodes.option].tolist(), tables.options.last[nodes.option].tolist()
    lengths = [b - a + 1 for a, b in zip(first, last, strict=True)]
    slots = 2 * tables.days
    routing.AddDimension(routing.RegisterUnaryTransitVector([*lengths, 0]), slots, slots, True, "time")
    time = routing.GetDimensionOrDie("time")
    for node, slot in enumerate(first):
        time.CumulVar(index.NodeToIndex(node)).SetValue(slot)


def _limit_loads(routing: pywrapcp.RoutingModel, tables: Tables, nodes: Nodes) -> None:
    """Weeks, and runs of days, take so much of each inspector."""
    loads = loads_of(tables, nodes)
    for span, most in enumerate(loads.most.T.tolist()):
        taken = routing.RegisterUnaryTransitVector([*loads.taken[:, span].tolist(), 0])
        routing.AddDimensionWithVehicleCapacity(taken, 0, most, True, f"span {span}")


def _offer_starts(
    routing: pywrapcp.RoutingModel, index: pywrapcp.RoutingIndexManager, tables: Tables, nodes: Nodes
) -> None:
    """One start of a request or none, by somebody who may; a place in a crew by its inspector."""
    for node in range(len(nodes.option)):
        able = (nodes.pairs[:, node] >= 0).nonzero()[0].tolist()
        routing.VehicleVar(index.NodeToIndex(node)).SetValues([-1, *able] if nodes.owner[node] < 0 else able)
    for own in nodes.group:
        request = tables.options.request[nodes.option[own.start]]
        starts = [index.NodeToIndex(node) for node in own]
        if tables.options.pinned[request]:
            routing.AddDisjunction(starts)
        else:
            routing.AddDisjunction(starts, int(tables.options.unserved[request]))
