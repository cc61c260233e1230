"""What is to come: told from what was on record, and no wiser than that."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.services.calendars import lunar_new_year
from desktop.services.reports.forecast.calendar import HORIZONS
from desktop.services.reports.forecast.demand import BY, Part
from desktop.services.reports.forecast.ledger import NEVER, Ledger
from desktop.services.reports.forecast.outlook import Outlook, look_ahead
from tests.helpers.ledgers import CURRENT, GARMENT, SHOES, TODAY, TOYS, Row, daily, ledger_of

NEXT = dt.date.fromordinal(CURRENT + 7)
PLAIN = tuple(replace(cell, country="BD") for cell in (GARMENT, TOYS))  # no new year is known of the country


def told(ledger: Ledger) -> np.ndarray:
    """The forecast of the twelve weeks after the current one."""
    return np.asarray(Part(look_ahead(ledger, TODAY)).frame(NEXT, HORIZONS)["forecast"])


def test_constant_demand_is_forecast_as_it_is() -> None:
    forecast = told(ledger_of(daily(130, lambda _: 4.0, PLAIN)))
    assert forecast == pytest.approx(np.full(HORIZONS, 40.0), rel=1e-6)


def test_holidays_to_come_lower_the_forecast() -> None:
    # the first Monday of every month is a holiday on which nothing is done
    free = {
        day: 0
        for day in range(CURRENT - 7 * 130, CURRENT + 100)
        if dt.date.fromordinal(day).day <= 7 and dt.date.fromordinal(day).weekday() == 0
    }
    rows = daily(130, lambda day: 0.0 if day in free else 4.0, PLAIN[:1])
    forecast = told(ledger_of(rows, special={"BD": free}))
    holidays = [NEXT + dt.timedelta(days=7 * week) for week in range(HORIZONS)]
    is_short = np.array([monday.toordinal() in free for monday in holidays])
    assert is_short.any()
    assert not is_short.all()
    assert forecast[is_short] == pytest.approx(16.0, abs=0.8)
    assert forecast[~is_short] == pytest.approx(20.0, abs=0.8)


def test_the_lunar_new_year_is_where_it_is_this_year() -> None:
    def closed(day: int) -> bool:
        year = dt.date.fromordinal(day).year
        return any(-3 <= day - lunar_new_year(one).toordinal() <= 8 for one in (year, year + 1))

    forecast = told(ledger_of(daily(156, lambda day: 0.0 if closed(day) else 4.0, (GARMENT,))))
    worked = [sum(not closed(CURRENT + 7 * week + day) for day in range(5)) for week in range(1, HORIZONS + 1)]
    assert {0, 5} < set(worked)
    assert forecast == pytest.approx(4.0 * np.array(worked), abs=1.5)


def test_growth_and_season_are_seen_where_last_year_is_not_enough() -> None:
    rng = np.random.default_rng(3)

    def size(day: int) -> float:
        wave = 1 + 0.2 * np.sin(2 * np.pi * day / 365.25)
        return float(4 * wave * 1.15 ** ((day - CURRENT) / 365.25) * rng.uniform(0.95, 1.05))

    part = Part(look_ahead(ledger_of(daily(156, size)), TODAY))
    errors = part.errors()
    assert [one.weeks for one in errors] == [26] * HORIZONS
    assert all(one.ours < one.naive / 2 for one in errors)
    assert all(one.naive_bias == pytest.approx(1 / 1.15 - 1, abs=0.02) for one in errors)
    assert np.mean([one.covered for one in errors]) > 0.6


def test_the_naive_error_is_that_of_the_week_a_year_before() -> None:
    rng = np.random.default_rng(5)
    part = Part(look_ahead(ledger_of(daily(140, lambda _: float(rng.integers(1, 9)))), TODAY))
    frame = part.frame(NEXT - dt.timedelta(days=7 * 27), 26)
    missed = (frame["last_year"] - frame["forecast"]).abs().sum() / frame["forecast"].sum()
    assert part.errors()[7].naive == pytest.approx(missed)


def test_orders_in_production_are_expected_when_they_are_ready() -> None:
    # every DUPRO's order is ready three weeks later; its final inspection follows, booked two days before
    rows, ready = [], []
    for back in range(120, 0, -1):
        monday = CURRENT - 7 * back
        ready.append(monday + 21)
        rows.append(Row(GARMENT, 2.0, monday - 2, monday, order=len(ready) - 1))
        if monday + 22 < CURRENT:
            rows.append(Row(replace(GARMENT, service="PSI"), 3.0, monday + 20, monday + 22, order=len(ready) - 1))
    frame = Part(look_ahead(ledger_of(rows, ready), TODAY)).frame(NEXT, HORIZONS, ("service",))
    finals = frame[frame["service"] == "PSI"].set_index("week")["pipeline"]
    assert finals[NEXT] == pytest.approx(3.0, rel=0.05)
    assert finals[NEXT + dt.timedelta(days=7 * 1)] == pytest.approx(3.0, rel=0.05)
    assert finals[NEXT + dt.timedelta(days=7 * 4)] == 0.0


def test_what_is_booked_is_the_least_that_is_forecast() -> None:
    rows = daily(100, lambda _: 4.0)
    rows += [Row(TOYS, 500.0, CURRENT, NEVER, wanted=CURRENT + 16), Row(TOYS, 6.0, CURRENT, CURRENT + 8)]
    rows += [Row(TOYS, 1.5, CURRENT, NEVER, wanted=CURRENT - 30)]
    frame = Part(look_ahead(ledger_of(rows), TODAY)).frame(NEXT - dt.timedelta(days=7), 3)
    assert frame["booked"].tolist() == [1.5, 6.0, 500.0]
    assert (frame["forecast"] >= frame["booked"]).all()
    assert (frame["low"] >= frame["booked"]).all()


@pytest.mark.parametrize(("weeks", "is_told"), [(7, False), (8, True), (59, True)])
def test_a_short_past_tells_its_level_or_nothing(weeks: int, is_told: bool) -> None:
    part = Part(look_ahead(ledger_of(daily(weeks, lambda _: 4.0, PLAIN)), TODAY))
    frame = part.frame(NEXT, HORIZONS)
    assert part.errors() == ()
    assert frame["low"].isna().all()
    if is_told:
        assert frame["forecast"].to_numpy() == pytest.approx(np.full(HORIZONS, 40.0), rel=0.02)
    else:
        assert frame["forecast"].isna().all()


def test_no_past_at_all_is_no_failure() -> None:
    frame = Part(look_ahead(ledger_of([]), TODAY)).frame(NEXT, HORIZONS)
    assert frame["booked"].tolist() == [0.0] * HORIZONS


def drawn_ledger(seed: int) -> Ledger:
    """Some years of demand of three cells, some of it by orders, some not visited."""
    rng = np.random.default_rng(seed)
    rows: list[Row] = []
    ready: list[int] = []
    for day in range(CURRENT - 7 * 110, CURRENT + 20):
        for cell in (GARMENT, TOYS, SHOES):
            if day % 7 == 0 or rng.random() < 0.4:
                continue
            lead = int(rng.integers(0, 40))
            order = -1
            if rng.random() < 0.3:
                order = len(ready)
                ready.append(day + int(rng.integers(0, 30)))
            elif ready and rng.random() < 0.3:
                order = int(rng.integers(max(0, len(ready) - 30), len(ready)))
            is_visited = rng.random() < 0.95 and day < CURRENT + 7
            wanted = day + int(rng.integers(-2, 3))
            rows.append(
                Row(cell, float(rng.integers(1, 6)) / 2, day - lead, day if is_visited else NEVER, order, wanted)
            )
    ledger = ledger_of(rows, ready)
    return replace(ledger, wanted=np.maximum(ledger.wanted, ledger.requested))


@given(seed=st.integers(0, 1000), back=st.integers(1, 20))
@settings(max_examples=3)
def test_a_forecast_looks_at_nothing_that_was_booked_after_it(seed: int, back: int) -> None:
    ledger = drawn_ledger(seed)
    outlook = look_ahead(ledger, TODAY)
    origin = outlook.weeks.now - back
    later = ledger.requested > TODAY.toordinal() - 7 * back
    assert later.any()
    rng = np.random.default_rng(seed + 1)
    moved = ledger.requested + rng.integers(0, 60, later.size)
    changed = replace(
        ledger,
        man_days=np.where(later, 9.0, ledger.man_days),
        visited=np.where(later & (ledger.visited != NEVER), np.maximum(moved, ledger.requested), ledger.visited),
        wanted=np.where(later, moved, ledger.wanted),
        cell=np.where(later, 0, ledger.cell),
    )
    again = look_ahead(changed, TODAY)
    np.testing.assert_allclose(again.blend.forecast[origin], outlook.blend.forecast[origin], rtol=1e-6, atol=1e-9)
    assert not np.allclose(again.blend.forecast[again.weeks.now], outlook.blend.forecast[again.weeks.now])


@given(seed=st.integers(0, 1000), by=st.lists(st.sampled_from(BY), unique=True, min_size=1))
@settings(max_examples=3)
def test_parts_add_up_to_the_whole(seed: int, by: list[str]) -> None:
    part = Part(look_ahead(drawn_ledger(seed), TODAY))
    whole = part.frame(NEXT - dt.timedelta(days=70), 10 + HORIZONS).set_index("week")
    parts = part.frame(NEXT - dt.timedelta(days=70), 10 + HORIZONS, by).groupby("week")
    for name in ("booked", "pipeline", "forecast"):
        np.testing.assert_allclose(parts[name].sum().reindex(whole.index, fill_value=0.0), whole[name], atol=1e-6)


def test_a_filter_keeps_its_part_of_the_same_forecast(drawn: Outlook) -> None:
    rows = Part(drawn).frame(NEXT, HORIZONS, ("country",))
    only = Part(drawn, (("country", frozenset({"VN"})), ("client", frozenset({"C1"})))).frame(NEXT, HORIZONS)
    kept = rows[rows["country"] == "VN"]
    np.testing.assert_allclose(kept["forecast"].to_numpy(), only["forecast"].to_numpy())


def test_no_forecast_reaches_further_than_it_can(drawn: Outlook) -> None:
    frame = Part(drawn).frame(NEXT, HORIZONS + 2)
    assert frame["forecast"].isna().tolist() == [False] * HORIZONS + [True] * 2
    assert frame["low"].head(HORIZONS).notna().all()


@pytest.fixture(scope="module")
def drawn() -> Outlook:
    return look_ahead(drawn_ledger(1), TODAY)
