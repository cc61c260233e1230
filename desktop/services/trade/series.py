"""Monitoring that is longer than a week: a request a week, so that each can be planned, moved and paid for by itself.

A plan covers a week or two, and nobody is promised for longer; the buyer still wants one face, so the weeks are kept
with the same inspector where that does not cost too much.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from scheduler.problem import Mode

WEEK = 7  # days
SAME_INSPECTOR_CENTS = 12_000
"""What it is worth to send the inspector who has begun: as much as a day past the promised one costs by default."""
DAY = dt.timedelta(days=1)


def weeks_between(earliest: dt.date, latest: dt.date) -> tuple[tuple[dt.date, dt.date], ...]:
    """The days of each part of a window: as few parts as there can be of a week at most, alike in length."""
    days = (latest - earliest).days + 1
    parts = max(1, -(-days // WEEK))
    edges = [earliest + n * days // parts * DAY for n in range(parts + 1)]
    return tuple((begin, end - DAY) for begin, end in pairwise(edges))


def modes_of_parts(modes: Sequence[Mode], parts: int) -> tuple[tuple[Mode, ...], ...]:
    """The modes of each part: the man-days of all are those asked for, but a half-day at least each.

    The crew stays as it is; the half-days are shared, the first parts having the odd ones.
    """
    return tuple(
        tuple(dict.fromkeys(Mode(mode.crew, max(1, (mode.half_days + parts - 1 - n) // parts)) for mode in modes))
        for n in range(parts)
    )
