"""Orders in production of which an inspection is not booked yet, and how many of such were inspected, and when."""

from __future__ import annotations

import numpy as np

from desktop.services.reports.forecast.calendar import HORIZONS, Weeks
from desktop.services.reports.forecast.ledger import NEVER, Cell, Floats, Ints, Ledger

AGES = np.arange(-20, 9)  # weeks from an order's ready date to the moment of looking
OFFSETS = np.arange(-12, 7)  # weeks from an order's ready date to its inspection
LEARNED_WEEKS = 52  # how long ago orders may have been ready whose share counts


class Pipeline:
    """One inspection, such as the final one, of orders that are known by another request.

    An order is known from its first request on. It waits until the inspection is booked. How many man-days of it come
    in which week after the ready date is learned by the service of the first request and by how old an order is.

    Attributes:
        cells: the cells of the inspection, one a country, region and skill.
    """

    def __init__(self, ledger: Ledger, weeks: Weeks, service: str) -> None:
        number = {cell: place for place, cell in enumerate(ledger.cells)}
        parts = sorted({(cell.country, cell.region, cell.skill) for cell in ledger.cells})
        place = {part: at for at, part in enumerate(parts)}
        services = sorted({cell.service for cell in ledger.cells})
        part_of = np.array([place[cell.country, cell.region, cell.skill] for cell in ledger.cells], dtype=np.int64)
        service_of = np.array([services.index(cell.service) for cell in ledger.cells], dtype=np.int64)
        self.cells = np.array([number[Cell(*part, service)] for part in parts], dtype=np.int64)
        self._weeks, self._parts, self._kinds = weeks, len(parts), len(services)

        of_order = ledger.order >= 0
        first = _first(ledger, of_order)
        found = _first(ledger, of_order & (service_of[ledger.cell] == services.index(service))) if services else first
        ready = weeks.of_day(ledger.ready)
        use = (first >= 0) & (ready >= AGES[0]) & (ready < weeks.count - AGES[0])
        use &= first != found
        first, found, self._ready = first[use], found[use], ready[use]
        self._part = part_of[ledger.cell[first]]
        self._kind = service_of[ledger.cell[first]]
        self._known = weeks.known_from(ledger.requested[first])
        self._taken = np.where(found >= 0, weeks.known_from(ledger.requested[found]), NEVER)
        visit = np.where(found >= 0, weeks.of_day(ledger.visited[found]), NEVER)
        self._learn(visit, np.where(found >= 0, ledger.man_days[found], 0.0))
        by_ready = np.argsort(self._ready, kind="stable")
        for name in ("_part", "_kind", "_known", "_taken", "_ready"):
            setattr(self, name, getattr(self, name)[by_ready])

    def expected(self, week: int) -> Floats:
        """Man-days that the orders waiting in a week let expect, by `cells` and horizon less 1."""
        start, end = np.searchsorted(self._ready, (week - AGES[-1], week - AGES[0] + 1))
        one = slice(start, end)
        waits = (self._known[one] <= week) & (self._taken[one] > week)
        age = week - self._ready[one][waits] - AGES[0]
        row = (self._part[one][waits] * self._kinds + self._kind[one][waits]) * AGES.size + age
        waiting = np.bincount(row, minlength=self._parts * self._kinds * AGES.size)
        return np.asarray(
            waiting.reshape(self._parts, self._kinds * AGES.size) @ self._shares(week).reshape(-1, HORIZONS)
        )

    def _shares(self, week: int) -> Floats:
        """Man-days of an order waiting, by kind, age and horizon less 1, as orders ready long ago have shown."""
        last = max(0, min(week - int(OFFSETS[-1]) - 1, self._waited.shape[0] - 1))
        since = max(0, last - LEARNED_WEEKS)
        waited = self._waited[last] - self._waited[since]
        came = self._came[last] - self._came[since]
        share = came / np.maximum(waited, 1.0)[:, :, None]
        found = np.zeros((self._kinds, AGES.size, HORIZONS))
        for horizon in range(1, HORIZONS + 1):
            offset = AGES + horizon - OFFSETS[0]
            inside = np.flatnonzero((offset >= 0) & (offset < OFFSETS.size))
            found[:, inside, horizon - 1] = share[:, inside, offset[inside]]
        return found

    def _learn(self, visit: Ints, man_days: Floats) -> None:
        """Orders that waited, and man-days that came of them, summed over the weeks in which they were ready."""
        count = self._weeks.count
        inside = (self._ready >= 0) & (self._ready < count)
        kind, ready = self._kind[inside], self._ready[inside]
        begun = np.maximum(self._known[inside] - ready - AGES[0], 0)
        ended = np.clip(self._taken[inside] - ready - AGES[0], 0, AGES.size)
        offset = np.clip(visit[inside] - ready - OFFSETS[0], -1, OFFSETS.size)
        waits = begun < ended
        comes = waits & (offset >= 0) & (offset < OFFSETS.size)
        waited = np.zeros((count + 1, self._kinds, AGES.size + 1))
        came = np.zeros((count + 1, self._kinds, AGES.size + 1, OFFSETS.size))
        for age, sign in ((begun, 1.0), (ended, -1.0)):
            np.add.at(waited, (ready[waits] + 1, kind[waits], age[waits]), sign)
            at = ready[comes] + 1, kind[comes], age[comes], offset[comes]
            np.add.at(came, at, sign * man_days[inside][comes])
        self._waited = np.cumsum(np.cumsum(waited, axis=2), axis=0)[:, :, :-1]
        self._came = np.cumsum(np.cumsum(came, axis=2), axis=0)[:, :, :-1]


def _first(ledger: Ledger, which: np.ndarray) -> Ints:
    """By order the place of the first of some requests, -1 for none."""
    found = np.full(ledger.ready.size, -1, dtype=np.int64)
    rows = np.flatnonzero(which)
    # the last one written stands
    rows = rows[np.argsort(-ledger.requested[rows], kind="stable")]
    found[ledger.order[rows]] = rows
    return found
