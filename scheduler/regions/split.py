"""A problem in regions: requests by where they are, inspectors by where they are of most use.

Regions share nobody and no request, so that their plans add up to a plan of the whole. Where several inspectors serve a
request together and the split parts them, each region keeps its own members' part of the visit as it is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from scheduler.compiled import Flags, Floats, Ints
from scheduler.instance import NEVER, Instance
from scheduler.pins import PinSearch
from scheduler.plan import Assignment
from scheduler.skills import Skills
from scheduler.travel import EARTH_RADIUS_KM
from scheduler.weeks import Weeks

NEAR_KM = 20.0  # below it nearness does not count any more
HELD = 4.0  # how much more a visit that is planned binds an inspector than one that he could make
TURN = math.radians(35)  # by how much the directions of the cuts differ from turn to turn
ROUNDS, LEAN = 6, 0.5  # of drawing inspectors to where they are short, and how strongly they are drawn


class Region(NamedTuple):
    """Inspectors and requests by number, each in ascending order.

    Attributes:
        people: the inspectors.
        requests: the requests that are wholly the region's.
        parted: requests that stay as they are planned, as some of the crew are in other regions.
    """

    people: tuple[int, ...]
    requests: tuple[int, ...]
    parted: tuple[int, ...] = ()


class Splitter:
    """Splits a problem again and again. Holds a byte for each inspector and request."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._work = np.array([min(mode.man_days for mode in request.modes) for request in instance.requests])
        self._fits = _fits(instance)

    def split(self, planned: Sequence[Assignment], count: int, turn: int = 0) -> list[Region]:
        """The problem in so many regions with about equal work; equal calls give equal regions.

        Args:
            planned: visits that keep the rules; an inspector's go with him.
            count: regions, at most: one without inspectors and requests is none.
            turn: which way the borders run; other turns cut elsewhere.
        """
        instance = self._instance
        if count <= 1 or not instance.requests:
            return [Region(tuple(range(len(instance.inspectors))), tuple(range(len(instance.requests))))]
        number_of, person_of = instance.request_number, instance.inspector_number
        crews = {number_of[entry.request]: [person_of[name] for name in entry.inspectors] for entry in planned}
        cell = _cells(instance, self._work, count, turn)
        use = _use(instance, self._work, self._fits, cell) + _held(instance, self._work, cell, crews)
        home = _people(use, self._work, cell)
        return _regions(home, _where_crews_are(instance, self._fits, cell, home), crews)


def _regions(home: Ints, cell: Ints, crews: Mapping[int, Sequence[int]]) -> list[Region]:
    """The regions of inspectors and requests; visits that are planned go with their people."""
    count = int(max(home.max(initial=0), cell.max())) + 1
    people: list[list[int]] = [np.flatnonzero(home == number).tolist() for number in range(count)]
    requests: list[list[int]] = [[] for _ in range(count)]
    parted: list[list[int]] = [[] for _ in range(count)]
    for number, own in enumerate(cell.tolist()):
        regions = sorted({int(home[person]) for person in crews[number]}) if number in crews else [own]
        for region in regions:
            (requests if len(regions) == 1 else parted)[region].append(number)
    found = (Region(*map(tuple, parts)) for parts in zip(people, requests, parted, strict=True))
    return [region for region in found if region.people or region.requests]


def _fits(instance: Instance) -> Flags:
    """`[request, inspector]`: whether he may serve it on some day."""
    skills = Skills(instance, PinSearch(Weeks(instance)))
    fits = np.empty((len(instance.requests), len(instance.inspectors)), dtype=np.bool_)
    for number in range(len(instance.requests)):
        fits[number] = skills.until(number) > NEVER
    return fits


def _cells(instance: Instance, work: Floats, count: int, turn: int) -> Ints:
    """The requests in compact cells of about equal work: cut in two, across the longer way, again and again."""
    sites = [instance.sites[site] for site in instance.site_of]
    lat, lon = np.array([site.lat for site in sites]), np.array([site.lon for site in sites])
    east, north = lon * np.cos(np.radians(lat.mean())), lat
    angle = turn * TURN
    across = np.array(
        [
            east * math.cos(angle) + north * math.sin(angle),
            north * math.cos(angle) - east * math.sin(angle),
        ]
    )
    cell = np.zeros(len(sites), dtype=np.int32)
    todo = [(np.arange(len(sites)), 0, count)]
    while todo:
        members, first, parts = todo.pop()
        cell[members] = first
        if parts == 1:
            continue
        way = across[:, members]
        longer = way[int(np.argmax(way.std(axis=1)))] if len(members) else way[0]
        order = np.lexsort((members, longer))
        done = np.cumsum(work[members][order])
        left = parts // 2
        at = int(np.searchsorted(done, done[-1] * left / parts)) if len(members) else 0
        todo += [(members[order[:at]], first, left), (members[order[at:]], first + left, parts - left)]
    return cell


def _use(instance: Instance, work: Floats, fits: Flags, cell: Ints) -> Floats:
    """`[inspector, cell]`: work of the cell that is his, if each request goes to all who could, the near first."""
    use = np.zeros((len(instance.inspectors), int(cell.max()) + 1))
    people = instance.inspectors
    lat, lon = np.radians([person.lat for person in people]), np.radians([person.lon for person in people])
    by_site: dict[int, Floats] = {}
    for number, site in enumerate(instance.site_of):
        if site not in by_site:
            place = instance.sites[site]
            by_site[site] = _nearness(math.radians(place.lat), math.radians(place.lon), lat, lon)
        near = np.where(fits[number], by_site[site], 0.0)
        total = near.sum()
        if total > 0:
            use[:, cell[number]] += work[number] * near / total
    return use


def _held(instance: Instance, work: Floats, cell: Ints, crews: Mapping[int, Sequence[int]]) -> Floats:
    """`[inspector, cell]`: what the visits that he has planned count on top."""
    held = np.zeros((len(instance.inspectors), int(cell.max()) + 1))
    for number, crew in crews.items():
        for person in crew:
            held[person, cell[number]] += HELD * work[number]
    return held


def _nearness(lat: float, lon: float, lats: Floats, lons: Floats) -> Floats:
    """How near places are to one, as what falls with the square of the distance."""
    h = np.sin((lats - lat) / 2) ** 2 + math.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(h)))
    near: Floats = 1.0 / (NEAR_KM + km) ** 2
    return near


def _people(use: Floats, work: Floats, cell: Ints) -> Ints:
    """The cell of each inspector: where most of his work is, and rather where inspectors are short."""
    count = use.shape[1]
    wanted = np.bincount(cell, weights=work, minlength=count)
    price = np.ones(count)
    home = np.argmax(use, axis=1)
    for _ in range(ROUNDS):
        there = np.bincount(home, minlength=count) * wanted.sum() / max(1, len(use))
        price *= ((wanted + 1.0) / (there + 1.0)) ** LEAN
        home = np.argmax(use * price, axis=1)
    found: Ints = home.astype(np.int32)
    return found


def _where_crews_are(instance: Instance, fits: Flags, cell: Ints, home: Ints) -> Ints:
    """The cells of the requests, other ones where a cell has too few inspectors who may serve the request."""
    cell = cell.copy()
    for number, request in enumerate(instance.requests):
        there = np.bincount(home[fits[number]], minlength=int(cell.max()) + 1)
        needed = min(mode.crew for mode in request.modes)
        if there[cell[number]] < needed and there.max() >= needed:
            cell[number] = int(np.argmax(there))
    return cell
