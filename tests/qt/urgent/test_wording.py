"""The short words of cards: names, prices."""

from __future__ import annotations

import pytest

from desktop.views.urgent.wording import short_name, signed


@pytest.mark.parametrize(
    ("name", "local_name", "short"),
    [
        ("Zheng Haifeng", "郑海峰", "Zheng"),
        ("Nguyen Thi Phuong Thao", "Nguyễn Thị Phương Thảo", "Thao"),
        ("Madonna", "", "Madonna"),
        ("", "", ""),
    ],
)
def test_people_are_called_as_their_language_has_it(name: str, local_name: str, short: str) -> None:
    assert short_name(name, local_name) == short


@pytest.mark.parametrize(
    ("cents", "text"), [(11_100, "+$111"), (-1_400, "\N{MINUS SIGN}$14"), (40, "$0"), (123_456_00, "+$123,456")]
)
def test_a_difference_has_its_sign(cents: int, text: str) -> None:
    assert signed(cents) == text
