"""How the days of people who can do several things are shared among what is asked for: nobody's day counts twice.

A person's days of a week go where they are needed most. First as much is covered as can be, by a maximum flow from the
people of a region to what is asked of it; then days are moved, covering no less, until they lie evenly over what is
asked. So what is short is short whatever way is taken, and what is on hand for each thing adds up to the people's days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.graph.python import max_flow

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

SWEEPS = 3  # in which all groups are laid evenly, one after the other: the last changes next to nothing
NOTHING = 1e-6  # less than this is what the arithmetic of fractions leaves


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """How days were shared: weeks (w), regions (r), people (p), things that can be asked for (v).

    Attributes:
        on_hand: (w, r, v), the days that were given to each thing.
        short: (w, r, v), what is asked for beyond that.
        free: (w, p), what is left of a person's days after all that is asked at home.
    """

    on_hand: Floats
    short: Floats
    free: Floats


def share_out(supply: Ints, home: Ints, can: Flags, asked: Ints) -> Shared:
    """Share people's days among what is asked for in their region, week by week.

    Args:
        supply: (w, p), units that each person has.
        home: (p,), the region where each lives.
        can: (p, v), what each can do; whoever can do nothing gives nothing.
        asked: (w, r, v), units asked for.
    """
    groups, of_person = _groups(home, can)
    region, able = groups[:, 0], groups[:, 1:].astype(bool)
    given = np.zeros((len(supply), len(groups)), dtype=np.int64)
    np.add.at(given.T, of_person, supply.T)
    parts = _covered(given, region, able, asked)
    parts = _evened(given, region, able, parts, asked)
    on_hand = _by_region(parts, region, asked.shape)
    short = np.maximum(asked - on_hand, 0)
    short[short < NOTHING] = 0
    spare = np.divide(np.maximum(on_hand - asked, 0), on_hand, out=np.zeros_like(on_hand), where=on_hand > 0)
    left = (parts * spare[:, region]).sum(axis=2)
    share = np.divide(left, given, out=np.zeros_like(left), where=given > 0)
    return Shared(on_hand, short, supply * share[:, of_person])


def brought(free: Ints, short: Ints, can: Flags, may: Flags) -> Ints:
    """What people of other regions could cover of what is short: (w, r, v).

    Args:
        free: (w, p), units that people have left.
        short: (w, r, v), units that their own region's people cannot cover.
        can: (p, v), what each can do.
        may: (w, p, r), whether each may be sent to a region in a week; not to his own.
    """
    covered = np.zeros(short.shape, dtype=np.int64)
    cells = np.argwhere(short > 0)
    if not len(cells):
        return covered
    week, region, thing = cells.T
    fits = can[:, thing].T & may[week, :, region] & (free[week] > 0)
    cell, person = np.nonzero(fits)
    people = free.shape[1]
    flows = _flows(week[cell] * people + person, cell, free.ravel(), short[week, region, thing])
    np.add.at(covered, (week[cell], region[cell], thing[cell]), flows)
    return covered


def _groups(home: Ints, can: Flags) -> tuple[Ints, Ints]:
    """People of one region who can do the same: a row a group (region, what they can), and the group of each."""
    rows = np.column_stack([home, can.astype(np.int64)])
    groups, of_person = np.unique(rows, axis=0, return_inverse=True)
    return groups, of_person.reshape(-1)


def _covered(given: Ints, region: Ints, able: Flags, asked: Ints) -> Floats:
    """Units by week, group and thing that cover as much as can be covered."""
    weeks, groups = given.shape
    things = able.shape[1]
    parts = np.zeros((weeks, groups, things))
    week, group, thing = np.nonzero(
        able[None] & (given[:, :, None] > 0) & (asked[:, region] > 0) if groups else np.zeros((weeks, 0, things), bool)
    )
    places = asked.shape[1] * things
    parts[week, group, thing] = _flows(
        week * groups + group, week * places + region[group] * things + thing, given.ravel(), asked.ravel()
    )
    return parts


def _flows(source: Ints, sink: Ints, supply: Ints, demand: Ints) -> Ints:
    """A largest flow along arcs from sources to sinks: the units of each arc."""
    if not len(source):
        return np.zeros(0, dtype=np.int64)
    network = max_flow.SimpleMaxFlow()
    start, end = 0, 1
    sources, first = np.unique(source, return_inverse=True)
    sinks, last = np.unique(sink, return_inverse=True)
    first, last = 2 + first.reshape(-1), 2 + len(sources) + last.reshape(-1)
    arcs = network.add_arcs_with_capacity(first, last, supply[source])
    network.add_arcs_with_capacity(
        np.full(len(sources), start), 2 + np.arange(len(sources), dtype=np.int64), supply[sources]
    )
    network.add_arcs_with_capacity(
        2 + len(sources) + np.arange(len(sinks), dtype=np.int64), np.full(len(sinks), end), demand[sinks]
    )
    if network.solve(start, end) != network.OPTIMAL:
        msg = "no largest flow was found"
        raise RuntimeError(msg)
    found: Ints = network.flows(arcs)
    return found


def _evened(given: Ints, region: Ints, able: Flags, parts: Floats, asked: Ints) -> Floats:
    """The same days laid evenly over what is asked in each region, `parts` being what covers most: (w, g, v).

    No step covers less than before. Every region's first groups are laid at once, then their second ones, and so on:
    regions know nothing of one another.
    """
    parts = parts.copy()
    single = able.sum(axis=1) == 1
    parts[:, single] = given[:, single, None] * able[single]
    total = _by_region(parts, region, asked.shape)
    turns = _turns(region, able.sum(axis=1) > 1)
    wanted = asked.astype(float)
    for _ in range(SWEEPS):
        for groups in turns:
            places = region[groups]
            others = total[:, places] - parts[:, groups]
            own = _filled(others, wanted[:, places], able[groups], given[:, groups])
            parts[:, groups] = own
            total[:, places] = others + own
    return parts


def _by_region(parts: Floats, region: Ints, shape: tuple[int, ...]) -> Floats:
    """What the groups of each region give together: (w, r, v)."""
    total = np.zeros((shape[1], shape[0], shape[2]))
    np.add.at(total, region, parts.swapaxes(0, 1))
    return total.swapaxes(0, 1)


def _turns(region: Ints, several: Flags) -> list[Ints]:
    """The groups who can do several things, one of each region at a time."""
    groups = np.flatnonzero(several)
    places = region[groups]
    rank = np.arange(len(groups)) - np.searchsorted(places, places)  # groups are sorted by region
    return [groups[rank == turn] for turn in range(rank.max() + 1 if len(rank) else 0)]


def _filled(others: Floats, asked: Floats, able: Flags, units: Ints) -> Floats:
    """Units laid on top of what others give, so that the least covered share rises as far as it can: (w, g, v).

    Nothing goes where nothing is asked, unless nothing is asked at all: then everything that they can do gets the same.
    """
    need = asked * able
    covered = np.divide(others, need, out=np.full(others.shape, np.inf), where=need > 0)
    order = np.argsort(covered, axis=2, kind="stable")
    base, sums = np.take_along_axis(others * able, order, 2), np.take_along_axis(need, order, 2).cumsum(axis=2)
    level = np.divide(units[..., None] + base.cumsum(axis=2), sums, out=np.zeros_like(base), where=sums > 0)
    reached = level >= np.take_along_axis(covered, order, 2)
    last = np.maximum(reached.sum(axis=2) - 1, 0)
    height = np.take_along_axis(level, last[..., None], 2)
    own = np.maximum(height * need - others, 0) * able
    total = own.sum(axis=2, keepdims=True)
    scaled = np.divide(own * units[..., None], total, out=np.zeros_like(own), where=total > 0)
    even = able * (units[..., None] / able.sum(axis=1)[:, None])
    filled: Floats = np.where(need.any(axis=2, keepdims=True), scaled, even)
    return filled
