"""Figures in cells: units, currencies and both decimal signs; what can be read in two ways is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.exchange import numbers
from desktop.services.exchange.cells import Cell, CellFault


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (10400.0, 10400),
        (7, 7),
        ("10400", 10400),
        (" 10,400 pcs", 10400),
        ("10 400", 10400),
        ("1,234,567", 1234567),
        ("\uff11\uff12\uff13", 123),
        ("10400 件", 10400),
        ("800 pcs / day", 800),
        ("+5", 5),
        ("\u22125", -5),
        ("1e3", 1000),
    ],
)
def test_whole_numbers(cell: Cell, value: int) -> None:
    assert numbers.read_whole(cell) == value


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("many", "is not a number"),
        ("", "is not a number"),
        ("1_000", "is not a number"),
        ("nan", "is not a number"),
        ("1.234", "can be read in two ways"),
        (2.5, "is not a whole number"),
        (True, "is not a number"),
        (float("inf"), "is not a number"),
        (2.0**31, "is larger than any number kept"),
        ("1e400", "is larger than any number kept"),
        ("9" * 400, "is larger than any number kept"),
    ],
)
def test_what_is_no_whole_number(cell: Cell, reason: str) -> None:
    with pytest.raises(CellFault) as caught:
        numbers.read_whole(cell)
    assert reason in caught.value.reason


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("23,13", 23.13),
        ("23.13", 23.13),
        ("1.234", 1.234),
        ("0,125", 0.125),
        ("1.234,5", 1234.5),
        (5, 5.0),
        ("-3", -3.0),
    ],
)
def test_measures(cell: Cell, value: float) -> None:
    assert numbers.read_number(cell) == value


def test_a_measure_with_a_comma_before_three_figures_is_refused() -> None:
    with pytest.raises(CellFault, match="two ways"):
        numbers.read_number("1,234")


@pytest.mark.parametrize(
    ("least", "most", "said"), [(1, 5, "from 1 to 5"), (6, None, "6 or more"), (None, -1, "-1 or less")]
)
def test_bounds_are_named(least: float | None, most: float | None, said: str) -> None:
    with pytest.raises(CellFault) as caught:
        numbers.read_number(0.5, least, most)
    assert said in caught.value.reason


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        (280, 28000),
        (280.1, 28010),
        ("280", 28000),
        ("$280.50", 28050),
        ("USD 1,280.50", 128050),
        ("1.280,50 USD", 128050),
        ("12,5", 1250),
        ("1,234", 123400),
        ("US$ 3", 300),
        (0.1 + 0.2, 30),
        ("-5.00", -500),
    ],
)
def test_money(cell: Cell, cents: int) -> None:
    assert numbers.read_cents(cell) == cents


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("RMB 600", "is not in US dollars"),
        ("600 元", "is not in US dollars"),
        ("€5", "is not in US dollars"),
        ("1.005", "can be read in two ways"),
        (1.005, "has parts of a cent"),
        ("free", "is not a number"),
        (3e7, "is more money than any amount kept"),
    ],
)
def test_what_is_no_money(cell: Cell, reason: str) -> None:
    with pytest.raises(CellFault) as caught:
        numbers.read_cents(cell)
    assert reason in caught.value.reason


def test_money_below_its_bound_is_refused() -> None:
    with pytest.raises(CellFault, match=r"is below 0\.00"):
        numbers.read_cents("-1", least=0)


@pytest.mark.parametrize(("cell", "value"), [("35 %", 35.0), (35, 35.0), ("0.5 %", 0.5), (0, 0.0), ("100", 100.0)])
def test_percentages(cell: Cell, value: float) -> None:
    assert numbers.read_percent(cell) == value


@pytest.mark.parametrize("cell", [0.35, 1, 1.0])
def test_a_number_that_a_percentage_cell_would_hold_is_refused(cell: float) -> None:
    with pytest.raises(CellFault, match="may mean"):
        numbers.read_percent(cell)


@given(st.floats(min_value=-1e9, max_value=1e9))
def test_a_written_measure_reads_as_it_was(number: float) -> None:
    assert numbers.read_number(numbers.write_number(number)) == number


@given(st.floats(min_value=0, max_value=100))
def test_a_written_percentage_reads_as_it_was(percent: float) -> None:
    assert numbers.read_percent(numbers.write_percent(percent)) == percent


@given(st.integers(min_value=-(2**31) + 1, max_value=2**31 - 1))
def test_written_money_reads_as_it_was(cents: int) -> None:
    assert numbers.read_cents(numbers.write_cents(cents)) == cents
    assert numbers.read_cents(numbers.dollars(cents)) == cents
