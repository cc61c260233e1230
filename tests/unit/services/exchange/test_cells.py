"""Text in cells: what a spreadsheet program may do to it, and what is done against it."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.exchange.cells import (
    CLEAR,
    CellFault,
    marked,
    marked_for_csv,
    text_of,
    unmarked,
    without_formula,
)

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff20")
TEXTS = st.text() | st.builds(
    lambda head, tail: head + tail, st.text("'=+-@# \t\r\n-", max_size=4), st.text(max_size=5)
)


@pytest.mark.parametrize("start", DANGEROUS)
def test_text_like_a_formula_gets_an_apostrophe_in_csv(start: str) -> None:
    assert without_formula(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", [" =1+1", "'=1+1", "' @x"])
def test_neither_spaces_nor_apostrophes_hide_a_formula(text: str) -> None:
    assert without_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Foshan", "a=b", "3-4 days", "'t Harde"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert without_formula(text) == marked_for_csv(text) == marked(text) == text


@given(TEXTS)
def test_marked_text_reads_as_it_was(text: str) -> None:
    assert unmarked(marked(text)) == text
    assert unmarked(marked_for_csv(text)) == text


@given(TEXTS)
def test_marked_text_is_neither_remark_nor_clearing(text: str) -> None:
    assert not marked(text).startswith("#")
    assert marked(text) != CLEAR


@given(TEXTS)
def test_csv_text_never_begins_like_a_formula(text: str) -> None:
    for written in (without_formula(text), marked_for_csv(text)):
        assert not written.startswith(DANGEROUS)
        assert not written.lstrip(" ").startswith(("=", "+", "-", "@"))


def test_text_is_composed_and_trimmed() -> None:
    decomposed = unicodedata.normalize("NFD", " Tỉnh Đồng Nai\r\n")
    assert decomposed != "Tỉnh Đồng Nai"
    assert text_of(decomposed) == "Tỉnh Đồng Nai"


@pytest.mark.parametrize(
    ("cell", "text"), [(13800138000.0, "13800138000"), (7, "7"), (2.5, "2.5"), (True, "yes"), (None, "")]
)
def test_a_number_in_a_text_column_is_its_figures(cell: float | None, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (6212345678901234567.0, "has lost some of them"),
        (dt.date(2026, 12, 1), "is a date or time (2026-12-01) where text belongs"),
        (dt.timedelta(hours=30), "is a date or time"),
        ("a\x07b", "U+0007"),
        ("a\ud800b", "U+D800"),
    ],
)
def test_what_is_no_text_any_more_is_refused(cell: float | dt.date | str, reason: str) -> None:
    with pytest.raises(CellFault) as caught:
        text_of(cell)
    assert reason in caught.value.reason
    assert "type" in caught.value.remedy.lower()
