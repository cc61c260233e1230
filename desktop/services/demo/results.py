"""What came of a visit: sample by ISO 2859-1, defects, outcome, when the report went out."""

from __future__ import annotations

import bisect
import datetime as dt
import random

from desktop.services.trade.clock import STARTS, Booked, Counting, on_site_clock

# General level II, single, normal: largest lot, then, with the arrows followed, the sample for AQL 2.5 and the defects
# accepted at AQL 2.5 (major) and 4.0 (minor).
SAMPLING = (
    (25, 5, 0, 0),
    (50, 5, 0, 1),
    (90, 20, 1, 1),
    (150, 20, 1, 2),
    (280, 32, 2, 3),
    (500, 50, 3, 5),
    (1_200, 80, 5, 7),
    (3_200, 125, 7, 10),
    (10_000, 200, 10, 14),
    (35_000, 315, 14, 21),
)
LARGEST = (500, 21, 21)
LOTS = tuple(row[0] for row in SAMPLING)
REPORT_HOURS = 10.0  # the middle report is out so long after the day's end; three in a hundred take longer than 24


def sampling_of(lot: int) -> tuple[int, int, int]:
    """Sample size of a lot, and how many major and minor defects are accepted."""
    at = bisect.bisect_left(LOTS, lot)
    size, major, minor = SAMPLING[at][1:] if at < len(SAMPLING) else LARGEST
    return min(size, lot), major, minor


def draw_result(rng: random.Random, lot: int, *, sampled: bool, fails: float) -> dict[str, object]:
    """Outcome and findings as columns of a result. `fails` is how often goods of this factory do."""
    size, major, minor = sampling_of(max(2, lot))
    what = rng.random()
    if what < 0.012:
        return _columns("aborted", None, 0, 0, 0)
    if not sampled:
        return _columns("pass" if what > fails * 0.3 else "pending", None, 0, 0, 0)
    if what < 0.012 + fails:
        critical = 1 if rng.random() < 0.1 else 0
        return _columns("fail", size, critical, major + rng.randint(1, 2 + major), rng.randint(0, 2 * minor + 1))
    if what < 0.07 + fails:
        return _columns("pending", size, 0, major, rng.randint(0, minor + 1))
    return _columns("pass", size, 0, rng.randint(0, major), rng.randint(0, minor))


def _columns(outcome: str, size: int | None, critical: int, major: int, minor: int) -> dict[str, object]:
    return {
        "outcome": outcome,
        "sample_size": size,
        "critical_found": critical,
        "major_found": major,
        "minor_found": minor,
    }


def draw_arrival(visit: int, first_slot: int, hours_east: int) -> dt.datetime:
    """When the first inspector of a visit was on site: some minutes after the start, one in fifty hours late.

    Drawn from the visit's own number, so that it shifts nothing else.
    """
    rng = random.Random(visit)
    minutes = rng.randrange(150, 330) if rng.random() < 0.02 else rng.randrange(45)
    starts = dt.datetime.combine(dt.date.fromordinal(first_slot // 2), dt.time(STARTS[first_slot % 2]), dt.UTC)
    return starts + dt.timedelta(minutes=minutes - 60 * hours_east)


def promise_of(
    requested_at: dt.datetime, earliest: dt.date, due: dt.date, zone: dt.tzinfo, target_hours: float
) -> dict[str, object]:
    """What was promised for a visit that was made, as columns of a result: by the day that was agreed for it."""
    clock = on_site_clock(Booked(requested_at, earliest, due), Counting(zone), target_hours)
    return {"clock_began_at": clock.begins, "target_at": clock.target, "limit_at": clock.limit}


def draw_report_time(rng: random.Random, ends: dt.datetime) -> dt.datetime:
    """When the report of a visit that ends then was sent."""
    hours = REPORT_HOURS * rng.lognormvariate(0.0, 0.45)
    return ends + dt.timedelta(minutes=int(60 * min(hours, 96.0)))
