"""How likely an order is in its window on a day."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.services.trade.production import Line, Production, Report, chance_between

MONDAY = dt.date(2026, 11, 23)


def always(_day: dt.date) -> bool:
    return True


def order(percent: float) -> Production:
    return Production("O1", 1000, MONDAY - dt.timedelta(days=3), 100.0, None, (Report(MONDAY, percent),))


def on(percent: float, days: int, share: tuple[float, float] = (10.0, 50.0)) -> float:
    found = chance_between(order(percent), always, 0.25, MONDAY + dt.timedelta(days=days), share)
    assert found is not None
    return found


def test_what_is_made_already_does_not_come_undone() -> None:
    assert on(30.0, 1) == pytest.approx(1.0)
    assert on(60.0, 1) == 0.0
    assert on(60.0, 1, (10.0, 100.0)) == 1.0


def test_the_later_the_less_sure_and_half_where_the_line_is_expected_to_end() -> None:
    assert on(30.0, 2) > on(30.0, 3) > on(30.0, 5)
    day = MONDAY + dt.timedelta(days=3)
    made = Line(order(30.0), always).made_by(day)
    assert made is not None
    found = chance_between(order(30.0), always, 0.25, day, (10.0, made))
    assert found == pytest.approx(0.5)


def test_a_slow_line_may_not_be_there_yet() -> None:
    assert 0.0 < on(1.0, 1) < 1.0
    assert on(1.0, 1) < on(1.0, 2)


def test_without_a_line_nothing_is_said() -> None:
    assert chance_between(Production("O1", 10, None, None, None), always, 0.25, MONDAY, (10.0, 50.0)) is None
