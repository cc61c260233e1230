"""The lines of time on a board: now, what has been announced, what stays as announced."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from desktop.services.board import WeekBoard
from desktop.views.board.marks import Marks


def with_times(marks: Marks, board: WeekBoard, now: dt.datetime) -> Marks:
    """Marks with the lines of a board; `now` is local."""
    slot = 2 * ((now.date() - board.first_day).days + (now.hour + now.minute / 60) / 24)
    return replace(
        marks,
        now_slot=slot if 0 <= slot <= 2 * board.days else None,
        now_text=f"{now:%H:%M}",
        published_slot=_end_of(board, board.published_until),
        frozen_slot=_end_of(board, board.frozen_until),
    )


def _end_of(board: WeekBoard, day: dt.date | None) -> float | None:
    """Where a day ends on a board; None where it ends before the board begins, or there is none."""
    if day is None or day < board.first_day:
        return None
    return min(2 * ((day - board.first_day).days + 1), 2 * board.days)
