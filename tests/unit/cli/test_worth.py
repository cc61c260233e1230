"""What the commands of worth read from their options, and say of what they cannot."""

from __future__ import annotations

import pytest

from desktop.cli.worth import read_hire, read_training
from desktop.errors import BadInputError
from desktop.services.worth.asking import Hire, Train


@pytest.mark.parametrize(
    ("text", "hire"),
    [
        ("3 garment in 福建省", Hire(3, "garment", "福建省", "freelancer")),
        ("1 textile in Thành phố Hà Nội staff", Hire(1, "textile", "Thành phố Hà Nội", "staff")),
        ("2 toys in 广东省 freelancer", Hire(2, "toys", "广东省", "freelancer")),
    ],
)
def test_people_to_hire_are_read(text: str, hire: Hire) -> None:
    assert read_hire(text) == hire


@pytest.mark.parametrize("text", ["", "garment in 福建省", "3 in 福建省", "3 garment", "-1 garment in 福建省"])
def test_nobody_to_hire_is_said(text: str) -> None:
    with pytest.raises(BadInputError, match="names nobody"):
        read_hire(text)


def test_what_is_learned_is_read() -> None:
    assert read_training("I0003:garment:4") == Train("I0003", "garment", 4)
    assert read_training("I0003:vi") == Train("I0003", "vi")
    for text in ("I0003", "I0003:", ":garment:4", "I0003:garment:high", "I0003:a:1:2"):
        with pytest.raises(BadInputError, match="not what is learned"):
            read_training(text)
