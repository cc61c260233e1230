"""Monitoring that is longer than a week: a request a week, so that each can be planned, moved and paid for by itself.

A plan covers a week or two, and nobody is promised for longer; the buyer still wants one face, so the weeks are kept
with the same inspector where that does not cost too much.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import accumulate, pairwise

from desktop.services.trade.production import DAY, IsOpen, worked
from scheduler.problem import Mode

WEEK = 7  # days
SAME_INSPECTOR_CENTS = 12_000
"""What it is worth to send the inspector who has begun: as much as a day past the promised one costs by default."""


def weeks_between(earliest: dt.date, latest: dt.date, is_open: IsOpen) -> tuple[tuple[dt.date, dt.date], ...]:
    """The days of each part of a window: as few parts as there can be of a week at most, alike in length.

    Days on which the factory is closed are left out at both ends, and so is a part without a working day. Nothing where
    there is no working day at all.
    """
    while earliest <= latest and not is_open(earliest):
        earliest += DAY
    while earliest <= latest and not is_open(latest):
        latest -= DAY
    days = (latest - earliest).days + 1
    if days < 1:
        return ()
    parts = -(-days // WEEK)
    edges = [earliest + n * days // parts * DAY for n in range(parts + 1)]
    weeks = ((begin, end - DAY) for begin, end in pairwise(edges))
    return tuple(week for week in weeks if _working_days(week, is_open))


def modes_of_parts(
    modes: Sequence[Mode], weeks: Sequence[tuple[dt.date, dt.date]], is_open: IsOpen
) -> tuple[tuple[Mode, ...], ...]:
    """The modes of each part: the man-days of all are those asked for, but a half-day at least each.

    The crew stays as it is; the half-days are shared by working days, the first parts having the odd ones.
    """
    edges = [0, *accumulate(_working_days(week, is_open) for week in weeks)]
    return tuple(
        tuple(
            dict.fromkeys(
                Mode(
                    mode.crew, max(1, _up_to(mode.half_days, end, edges[-1]) - _up_to(mode.half_days, begin, edges[-1]))
                )
                for mode in modes
            )
        )
        for begin, end in pairwise(edges)
    )


def _working_days(week: tuple[dt.date, dt.date], is_open: IsOpen) -> int:
    return worked(week[0], week[1] + DAY, is_open)


def _up_to(half_days: int, days: int, of: int) -> int:
    """The share of half-days that some of the working days have, rounded up."""
    return -(-half_days * days // of)
