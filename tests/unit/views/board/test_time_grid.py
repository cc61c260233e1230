"""Half-days to pixels and back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.views.board.time_grid import LEAST_DAY, STEPS, TimeGrid, fitting_width, stepped

MONDAY = dt.date(2026, 11, 30)
grids = st.builds(TimeGrid, st.just(MONDAY), st.integers(1, 28), st.integers(8, 200).map(lambda half: 2 * half))


@given(grids, st.data())
def test_the_half_day_under_its_own_pixels_is_itself(grid: TimeGrid, data: st.DataObject) -> None:
    slot = data.draw(st.integers(0, grid.slots - 1))
    for x in (grid.x(slot), grid.x(slot + 1) - 1):
        assert grid.slot_at(x) == slot


@given(grids, st.integers(-5000, 20_000))
def test_beyond_the_edges_the_nearest_half_day_answers(grid: TimeGrid, x: int) -> None:
    slot = grid.slot_at(x)
    assert 0 <= slot < grid.slots
    if 0 <= x < grid.width:
        assert grid.x(slot) <= x < grid.x(slot + 1)


@given(st.integers(0, 4000), st.integers(1, 28))
def test_days_fill_the_room_but_are_never_squeezed(room: int, days: int) -> None:
    width = fitting_width(room, days)
    assert width >= LEAST_DAY
    assert width % 2 == 0
    assert days * width <= room or width == LEAST_DAY


@pytest.mark.parametrize(
    ("width", "steps", "wanted"),
    [(96, 1, 120), (100, -1, 96), (96, -2, 64), (300, 3, 300), (32, -1, 32), (100, 9, 300)],
)
def test_zooming_goes_from_step_to_step(width: int, steps: int, wanted: int) -> None:
    assert stepped(width, steps) == wanted
    assert wanted in STEPS


def test_days_are_counted_from_the_first() -> None:
    assert TimeGrid(MONDAY, 7, 100).date(6) == dt.date(2026, 12, 6)
