"""Every visit that could be planned, numbered: what windows, sites, pins and modes leave possible."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from scheduler.compiled import Flags, Ints, Longs
from scheduler.instance import Instance, Visit
from scheduler.pins import PinSearch
from scheduler.weeks import Weeks, request_cost, unserved_cost


class Options(NamedTuple):
    """The options, by request and within it by mode and start; `of[r] ... of[r + 1]` are those of request `r`.

    Attributes:
        first, last: the first and the last slot taken.
        fixed: cents that hang on request and day alone: late, and another day than announced.
        wants_lead: whether one of the crew must be able to lead.
        rotates: whether rotation counts the visit.
        unserved, pinned: by request: cents of leaving it, and whether it must be served.
    """

    request: Ints
    mode: Ints
    first: Ints
    last: Ints
    site: Ints
    crew: Ints
    fixed: Longs
    wants_lead: Flags
    rotates: Flags
    of: Longs
    unserved: Longs
    pinned: Flags


def options_of(weeks: Weeks) -> Options:
    """The options of an instance."""
    instance = weeks.instance
    search = PinSearch(weeks)
    visits: list[Visit] = []
    of = [0]
    for number, request in enumerate(instance.requests):
        visits += search.allowed_visits(number) if request.pin is not None else _open_visits(instance, number)
        of.append(len(visits))
    requests = np.array([visit.request for visit in visits], dtype=np.int32)
    wants_lead = np.array(
        [
            entry.lead is not None and "eligibility" not in instance.waived[n]
            for n, entry in enumerate(instance.requests)
        ],
        dtype=np.bool_,
    )
    rotates = np.array(["rotation" not in waived for waived in instance.waived], dtype=np.bool_)
    return Options(
        requests,
        np.array([visit.mode for visit in visits], dtype=np.int32),
        np.array([visit.first for visit in visits], dtype=np.int32),
        np.array([visit.last for visit in visits], dtype=np.int32),
        np.array(instance.site_of, dtype=np.int32)[requests],
        np.array([instance.requests[visit.request].modes[visit.mode].crew for visit in visits], dtype=np.int32),
        np.array([request_cost(instance, visit).total for visit in visits], dtype=np.int64),
        wants_lead[requests],
        rotates[requests],
        np.array(of, dtype=np.int64),
        np.array([unserved_cost(instance, number).total for number in range(len(wants_lead))], dtype=np.int64),
        np.array([entry.pin is not None for entry in instance.requests], dtype=np.bool_),
    )


def _open_visits(instance: Instance, number: int) -> Iterator[Visit]:
    """The visits of a request without a pin inside window and horizon, on days on which the site is open."""
    closed = instance.closed[instance.site_of[number]]
    low, high = max(0, instance.earliest[number]), min(instance.days - 1, instance.latest[number])
    for mode, shape in enumerate(instance.requests[number].modes):
        step = 2 if shape.half_days >= 2 else 1
        for first in range(2 * low, 2 * high + 2, step):
            visit = instance.visit(number, mode, first)
            if visit.last // 2 <= high and closed.isdisjoint(visit.days):
                yield visit
