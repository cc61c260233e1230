"""A large problem in parts that a routing model can hold: neighbours, and what they serve in the draft."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scheduler.instance import Instance
from tests.benchmarks.peers.arcs import Nodes
from tests.benchmarks.peers.draft import Draft

PEOPLE = 100  # of a region at most, about
ROUNDS = 20  # of moving centres to the middle of their people


class Region(NamedTuple):
    """Inspectors, and the requests that are theirs to serve."""

    people: Sequence[int]
    requests: Sequence[int]


def regions_of(draft: Draft) -> list[Region]:
    """The inspectors by where they live; a request goes to who serves it alone, else to the nearest centre."""
    instance = draft.instance
    count = math.ceil(len(instance.inspectors) / PEOPLE)
    if count <= 1:
        return [Region(range(len(instance.inspectors)), range(len(instance.requests)))]
    centres, own = _centres(instance, count)
    requests: list[list[int]] = [[] for _ in range(count)]
    for number in range(len(instance.requests)):
        crew = draft.served[number][1] if number in draft.served else ()
        if len(crew) > 1:
            for region in {int(own[person]) for person in crew}:
                requests[region].append(number)
        elif crew:
            requests[int(own[crew[0]])].append(number)
        else:
            site = instance.sites[instance.site_of[number]]
            place = np.array([site.lat, site.lon])
            requests[int(((centres - place) ** 2).sum(axis=1).argmin())].append(number)
    return [Region(np.flatnonzero(own == region).tolist(), requests[region]) for region in range(count)]


def _centres(instance: Instance, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Centres that stand in the middle of their people, and the centre of each."""
    homes = np.array([[person.lat, person.lon] for person in instance.inspectors])
    centres = homes[np.linspace(0, len(homes) - 1, count).astype(int)]
    own = np.zeros(len(homes), dtype=np.int64)
    for _ in range(ROUNDS):
        own = ((homes[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
        centres = np.array([homes[own == n].mean(axis=0) if (own == n).any() else centres[n] for n in range(count)])
    return centres, own


def begun_routes(draft: Draft, nodes: Nodes) -> list[list[int]]:
    """The draft's visits as routes of nodes, one for each inspector."""
    node_of = {pair: node for node, pair in enumerate(zip(nodes.option.tolist(), nodes.owner.tolist(), strict=True))}
    routes = []
    for row, person in enumerate(nodes.people):
        route = []
        for visit in draft.visits[person]:
            is_alone = len(draft.served[visit.request][1]) == 1
            route.append(node_of[draft.number_of(visit.request), -1 if is_alone else row])
        routes.append(route)
    return routes
