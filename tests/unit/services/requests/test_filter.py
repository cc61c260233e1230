"""Filters as JSON and back."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from desktop.errors import BadInputError
from desktop.services.requests.filter import RequestFilter, read_filter

FULL = RequestFilter(
    text="jasan",
    statuses=("ready",),
    services=("PSI",),
    countries=("CN",),
    areas=("广东省",),
    clients=("C1",),
    risks=("late",),
    hours_from=0.0,
    hours_below=24.0,
    reaches_from=dt.date(2026, 11, 30),
    reaches_until=dt.date(2026, 12, 6),
    pinned=False,
)


@pytest.mark.parametrize("wanted", [RequestFilter(), FULL, RequestFilter(pinned=True), RequestFilter(hours_from=0.0)])
def test_a_filter_comes_back_as_it_was(wanted: RequestFilter) -> None:
    assert read_filter(json.loads(json.dumps(wanted.to_json()))) == wanted


def test_only_conditions_are_written() -> None:
    assert RequestFilter().to_json() == {}
    assert RequestFilter(countries=("VN",)).to_json() == {"countries": ["VN"]}


def test_conditions_are_counted_and_taken_away() -> None:
    assert RequestFilter().conditions == 0
    assert FULL.conditions == 12
    assert FULL.without("text", "pinned").conditions == 10
    assert FULL.without("text").clients == ("C1",)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (["late"], "not a set of conditions"),
        ({"colour": "blue"}, "colour"),
        ({"statuses": ["asleep"]}, "cannot be read"),
        ({"reaches_from": "tomorrow"}, "cannot be read"),
    ],
)
def test_what_is_no_filter_is_refused_in_words(data: object, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        read_filter(data)
