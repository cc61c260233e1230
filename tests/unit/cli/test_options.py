"""What the options of all commands share."""

from __future__ import annotations

import datetime as dt

import pytest
import typer

from desktop.cli.options import read_date
from desktop.clock import FixedClock
from desktop.services.planning.week import coming_monday


def test_a_date_is_read_as_iso() -> None:
    assert read_date("2026-11-30") == dt.date(2026, 11, 30)


@pytest.mark.parametrize("text", ["2026-02-30", "30.11.2026", "tomorrow", ""])
def test_what_is_no_date_is_named(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="is not a date like"):
        read_date(text)


@pytest.mark.parametrize(("day", "monday"), [(22, 23), (23, 30), (24, 30), (29, 30)])
def test_the_week_to_plan_begins_on_the_monday_after_today(day: int, monday: int) -> None:
    noon = FixedClock(dt.datetime(2026, 11, day, 12).astimezone())
    assert coming_monday(noon) == dt.date(2026, 11, monday)
