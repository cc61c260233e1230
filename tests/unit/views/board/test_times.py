"""The lines of time on a board."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from desktop.views.board.marks import Marks
from desktop.views.board.times import with_times
from tests.unit.views.board.boards import MONDAY, board


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC), 3.0),
        (dt.datetime(2026, 11, 30, 0, tzinfo=dt.UTC), 0.0),
        (dt.datetime(2026, 11, 29, 23, tzinfo=dt.UTC), None),
        (dt.datetime(2026, 12, 7, 1, tzinfo=dt.UTC), None),
    ],
)
def test_now_is_drawn_while_it_is_on_the_board(now: dt.datetime, slot: float | None) -> None:
    marks = with_times(Marks(selected="R1"), board(), now)
    assert marks.now_slot == slot
    assert marks.selected == "R1"
    assert marks.now_text == f"{now:%H:%M}"


@pytest.mark.parametrize(("until", "slot"), [(None, None), (-1, None), (0, 2), (6, 14), (30, 14)])
def test_what_is_announced_ends_with_its_last_day(until: int | None, slot: int | None) -> None:
    day = None if until is None else MONDAY + dt.timedelta(days=until)
    shown = replace(board(), published_until=day, frozen_until=day)
    marks = with_times(Marks(), shown, dt.datetime(2026, 12, 1, tzinfo=dt.UTC))
    assert (marks.published_slot, marks.frozen_slot) == (slot, slot)
