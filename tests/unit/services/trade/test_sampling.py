"""Sampling plans: equal to the standard's tables in every cell, and to the trade's classical examples."""

from __future__ import annotations

import csv
import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.trade.sampling import (
    AQLS,
    LETTERS,
    SIZES,
    Level,
    SamplingPlan,
    chance_of_acceptance,
    code_letter,
    critical_plan,
    printed,
    sampling_plan,
)
from tests.helpers.shared import SHARED, needs_shared

LARGEST = 10_000_000
lots = st.integers(1, LARGEST)
levels = st.sampled_from(Level)
aqls = st.sampled_from(AQLS)


def rows(name: str) -> list[dict[str, str]]:
    with (SHARED / "data" / "aql" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lot_of(letter: str) -> int:
    """A lot whose level III (or, for A, II) gives a letter, too large to be inspected whole."""
    return next(
        lot for lot in (2, 9, 16, 26, 51, 91, 151, 281, 501, 1_201, 3_201, 10_001, 35_001, 150_001, 500_001)
        if code_letter(lot, Level.III) == letter
    )  # fmt: skip


@needs_shared
def test_all_256_plans_are_those_of_the_table() -> None:
    cells = rows("single_normal.csv")
    assert len(cells) == 256
    for cell in cells:
        letter, aql = cell["letter"], cell["aql"]
        assert printed(letter, aql) == cell["printed"], cell
        level, lot = (Level.II, 8) if letter == "A" else (Level.III, lot_of(letter))
        plan = sampling_plan(lot, level, aql)
        assert (plan.of_letter, plan.letter) == (letter, cell["use_letter"]), cell
        assert (plan.accept, plan.reject) == (int(cell["ac"]), int(cell["re"])), cell
        size = int(cell["n"])
        assert (plan.size, plan.is_whole) == (min(size, lot), size >= lot), cell


@needs_shared
def test_all_105_code_letters_are_those_of_the_table() -> None:
    checked = 0
    for row in rows("code_letters.csv"):
        for level in Level:
            for lot in (int(row["lot_min"]), int(row["lot_max"] or LARGEST)):
                assert code_letter(lot, level) == row[level], row
            checked += 1
    assert checked == 105


@pytest.mark.parametrize(
    ("lot", "aql", "letter", "size", "accept"),
    [
        (500, "2.5", "H", 50, 3),
        (1_200, "2.5", "J", 80, 5),
        (3_200, "2.5", "K", 125, 7),
        (3_200, "4.0", "K", 125, 10),
        (10_000, "1.5", "L", 200, 7),
        (35_000, "4.0", "M", 315, 21),
        (150_000, "4.0", "M", 315, 21),  # the arrow points up: letter, sample and numbers together
        (100, "1.0", "E", 13, 0),
        (90, "4.0", "E", 13, 1),
        (8, "2.5", "C", 5, 0),
    ],
)
def test_the_trades_examples_at_level_ii(lot: int, aql: str, letter: str, size: int, accept: int) -> None:
    assert sampling_plan(lot, Level.II, aql) == SamplingPlan(letter, size, accept, code_letter(lot, Level.II), False)


def test_a_sample_as_large_as_the_lot_is_the_lot() -> None:
    assert sampling_plan(100, Level.II, "0.10") == SamplingPlan("K", 100, 0, "F", True)
    assert sampling_plan(1, Level.I, "10") == SamplingPlan("C", 1, 1, "A", True)


def test_of_critical_defects_none_is_accepted_in_the_sample_drawn() -> None:
    assert critical_plan(3_200, Level.II) == SamplingPlan("K", 125, 0, "K", False)


def test_what_no_table_has_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one piece, not 0"):
        sampling_plan(0, Level.II, "2.5")
    with pytest.raises(ValueError, match=r"no AQL 3\.0: the standard has 0\.010, "):
        sampling_plan(100, Level.II, "3.0")
    with pytest.raises(ValueError, match=r"not at 1\.5"):
        chance_of_acceptance(critical_plan(100, Level.II), 1.5)


@given(lots, levels, aqls)
def test_a_plan_can_be_drawn_and_can_fail(lot: int, level: Level, aql: str) -> None:
    plan = sampling_plan(lot, level, aql)
    assert 1 <= plan.size <= lot
    assert plan.reject == plan.accept + 1
    assert plan.is_whole == (SIZES[LETTERS.index(plan.letter)] >= lot)


@given(lots, levels, aqls, st.floats(0.0, 1.0))
def test_the_operating_characteristic_is_the_binomial_sum(lot: int, level: Level, aql: str, share: float) -> None:
    plan = dataclasses.replace(sampling_plan(lot, level, aql), is_whole=False)
    expected = math.fsum(
        math.comb(plan.size, k) * share**k * (1 - share) ** (plan.size - k)
        for k in range(min(plan.accept, plan.size) + 1)
    )
    assert chance_of_acceptance(plan, share) == pytest.approx(min(1.0, expected), abs=1e-9)


def test_a_whole_lot_is_accepted_or_not() -> None:
    plan = sampling_plan(100, Level.II, "0.10")
    assert [chance_of_acceptance(plan, share) for share in (0.0, 0.009, 0.01, 0.5)] == [1.0, 1.0, 0.0, 0.0]


@given(lots, levels, aqls, st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_worse_lots_are_accepted_no_more_often(lot: int, level: Level, aql: str, one: float, other: float) -> None:
    plan = sampling_plan(lot, level, aql)
    better, worse = sorted((one, other))
    assert chance_of_acceptance(plan, worse) <= chance_of_acceptance(plan, better) + 1e-9
