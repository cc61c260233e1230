"""What was on record at which time: bookings by the weeks they asked for, and orders whose inspection was to come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop.services.reports.forecast.calendar import HORIZONS, Weeks
from desktop.services.reports.forecast.ledger import FOLLOWING, NEVER, Floats, Ints, Ledger
from desktop.services.reports.forecast.pipeline import Pipeline

Singles = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Man-days by week and cell.

    Attributes:
        made: of the visits of each week; a row a week, a column a cell.
        booked: what was on record for a week so many weeks before it: by week, horizon (0 is not used) and cell.
        expected: what orders in production let expect: by week looked from, horizon less 1, and cell; NaN of weeks
            that were not looked from.
    """

    made: Floats
    booked: Singles
    expected: Singles


def read_known(ledger: Ledger, weeks: Weeks, since: int) -> Known:
    """Everything as it was known; what orders let expect in the weeks from `since` up to the current one."""
    size = len(ledger.cells)
    visit = weeks.of_day(ledger.visited)
    there = (visit >= 0) & (visit < weeks.count)
    made = np.zeros((weeks.count, size))
    np.add.at(made, (visit[there], ledger.cell[there]), ledger.man_days[there])
    expected: Singles = np.full((weeks.count, HORIZONS, size), np.nan, dtype=np.float32)
    expected[max(0, since) : weeks.now + 1] = 0.0
    for service in FOLLOWING:
        pipeline = Pipeline(ledger, weeks, service)
        for week in range(max(0, since), weeks.now + 1):
            expected[week][:, pipeline.cells] += pipeline.expected(week).T
    return Known(made, _booked(ledger, weeks, visit), expected)


def _booked(ledger: Ledger, weeks: Weeks, visit: Ints) -> Singles:
    """Until a visit is announced a request counts in the week that it wants, from then on in that of its visit."""
    wanted = weeks.of_day(ledger.wanted)
    asked = weeks.known_from(ledger.requested)
    told = np.maximum(asked, weeks.known_from(np.minimum(ledger.announced, ledger.visited)))
    told = np.where(ledger.visited == NEVER, NEVER, told)
    steps = np.zeros((weeks.count, HORIZONS + 1, len(ledger.cells)))
    for week, horizon, sign in ((wanted, wanted - asked, 1), (wanted, wanted - told, -1), (visit, visit - told, 1)):
        counts = (horizon >= 1) & (week >= 0) & (week < weeks.count)
        at = week[counts], np.minimum(horizon[counts], HORIZONS), ledger.cell[counts]
        np.add.at(steps, at, sign * ledger.man_days[counts])
    return np.cumsum(steps[:, ::-1], axis=1)[:, ::-1].astype(np.float32)
