"""What each field takes, and that every fault is named with its value."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.errors import BadInputError
from desktop.models import Base
from desktop.services.editing.fields import FIELDS, check_values
from scheduler.problem import Mode

FOLLOWS = {"complete_at", "series", "series_part"}  # set by what happens, not by hand
REFERENCES = {"client", "factory", "order", "skills", "certificates", "permits"}


@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_is_a_column_or_names_other_records(kind: str) -> None:
    columns = {column.name for column in Base.metadata.tables[kind].columns}
    assert set(FIELDS[kind]) - REFERENCES <= columns
    entered = {column.removesuffix("_id") for column in columns - {"id", "version"} - FOLLOWS}
    assert entered <= set(FIELDS[kind]), "a column that nobody can enter"


@pytest.mark.parametrize(
    ("kind", "field", "entered", "stored"),
    [
        ("request", "level", "4", 4),
        ("request", "due", " 2026-12-01 ", dt.date(2026, 12, 1)),
        ("request", "due", dt.date(2026, 12, 1), dt.date(2026, 12, 1)),
        ("request", "due", None, None),
        ("request", "modes", [[1, 4], {"crew": 2, "half_days": 2}], (Mode(1, 4), Mode(2, 2))),
        ("request", "modes", (Mode(1, 2),), (Mode(1, 2),)),
        ("request", "requested_at", "2026-12-01T08:30+08:00", dt.datetime(2026, 12, 1, 0, 30, tzinfo=dt.UTC)),
        ("request", "languages", ["vi", "en"], ("vi", "en")),
        ("client", "name", "  Nordlicht ", "Nordlicht"),
        ("client", "country", "de", "DE"),
        ("client", "country", "", ""),
        ("factory", "closed_weekdays", [6, 0], (0, 6)),
        ("factory", "closes_on_holidays", "no", False),
        ("order", "daily_rate", "12.5", 12.5),
        ("inspector", "skills", {"textile": "3"}, {"textile": 3}),
        (
            "inspector",
            "permits",
            {"广东省": "2027-03-01", "福建省": None},
            {"广东省": dt.date(2027, 3, 1), "福建省": None},
        ),
    ],
)
def test_values_take_the_type_of_their_field(kind: str, field: str, entered: Any, stored: Any) -> None:  # noqa: ANN401
    assert check_values(kind, {field: entered}, "It") == {field: stored}


@pytest.mark.parametrize(
    ("kind", "field", "entered", "said"),
    [
        ("request", "level", 7, "level is 7; it should be less than or equal to 5"),
        ("request", "level", True, "level is True; it should be a number"),
        ("request", "due", 20261201, "due is 20261201; it should be a date such as 2026-12-01"),
        ("request", "due", "1/12/2026", "due is '1/12/2026'; it should be a date such as 2026-12-01"),
        ("request", "modes", [], "modes is []; "),
        ("request", "modes", [[1, 2], [0, 2]], "modes[1] is [0, 2]; it should have a crew of 1 to 20"),
        ("request", "modes", [[1, 2], [1, 2]], "it should name nothing twice"),
        ("request", "requested_at", "2026-12-01T08:30", "it should be a time with its zone"),
        ("request", "requested_at", 5, "it should be a time with its zone"),
        ("request", "status", "open", "status is 'open'; it should be one of new, ready,"),
        ("request", "languages", ["en", "en"], "it should name nothing twice"),
        ("request", "code", " ", "code is ' '; value should have at least one character"),
        ("client", "email", "nobody", "it should be an e-mail address such as"),
        ("client", "country", "Germany", "it should be the two letters of a country"),
        ("client", "name", "a\x07b", "it should have no control characters"),
        ("factory", "time_zone", "Beijing", "time_zone is 'Beijing'; it should be the name of a time zone"),
        ("factory", "time_zone", "../etc", "it should be the name of a time zone"),
        ("factory", "lat", "north", "lat is 'north'; it should be a valid number"),
        ("factory", "lat", float("nan"), "it should be a finite number"),
        ("factory", "precision", "exact", "it should be one of address, town"),
        ("order", "quantity", 0, "quantity is 0; it should be greater than or equal to 1"),
        ("order", "quantity", 2**31, "it should be less than"),
        ("inspector", "weekdays", [1, 7], "weekdays[1] is 7; it should be less than or equal to 6"),
        ("inspector", "skills", {"textile": 9}, "skills[textile] is 9; it should be less than or equal to 5"),
        ("inspector", "certificates", {"gb": None}, "certificates[gb] is None; "),
        ("order", "colour", "red", "colour: an order has no such field"),
    ],
)
def test_a_value_that_cannot_be_kept_is_named(kind: str, field: str, entered: object, said: str) -> None:
    with pytest.raises(BadInputError) as caught:
        check_values(kind, {field: entered}, "Record X")
    assert len(caught.value.faults) == 1
    assert said in caught.value.faults[0]
    assert caught.value.text.startswith("Record X cannot be stored like this:\n")


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(BadInputError) as caught:
        check_values("request", {"level": 9, "due": "soon", "note": "fine", "service": ""}, "Request R1")
    assert len(caught.value.faults) == 3
