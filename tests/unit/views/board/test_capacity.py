"""What people could give, what a plan takes, what is left out by day."""

from __future__ import annotations

import datetime as dt

from desktop.views.board.capacity import capacity_of, unassigned_by_day
from tests.unit.views.board.boards import MONDAY, bar, board, left_out, person


def test_half_days_are_counted_by_day() -> None:
    rows = (
        person("I1", "A", bar("R1", 0, 1), bar("R2", 3, 4)),
        person("I2", "A", cells=("leave",) * 2 + ("make-up",) * 2 + ("holiday",) * 10),
    )
    capacity = capacity_of(rows, 7)
    assert capacity.taken == (2, 1, 1, 0, 0, 0, 0)
    assert capacity.open == (2, 4, 2, 2, 2, 0, 0)
    assert (capacity.all_taken, capacity.all_open) == (4, 12)
    assert capacity.short(0) == 0


def test_more_taken_than_there_is_is_short() -> None:
    row = person("I1", "A", bar("R1", 0, 1), cells=("leave",) * 14)
    assert capacity_of((row,), 7).short(0) == 2


def test_what_reaches_beyond_the_board_counts_inside_only() -> None:
    row = person("I1", "A", bar("R1", -2, 0), bar("R2", 13, 15))
    assert capacity_of((row,), 7).taken == (1, 0, 0, 0, 0, 0, 1)


def test_left_out_stands_on_the_first_day_of_its_window_in_view() -> None:
    entries = (
        left_out("R1", 1.5, MONDAY - dt.timedelta(days=3)),
        left_out("R2", 2.0, MONDAY + dt.timedelta(days=2)),
        left_out("R3", 1.0, MONDAY + dt.timedelta(days=30)),
        left_out("R4", 0.5, None),
    )
    assert unassigned_by_day(board(unassigned=entries)) == (2.0, 0, 2.0, 0, 0, 0, 1.0)
