"""Every field of the two formats, missing, of another kind or beside an unknown key: refused by record and field."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from scheduler.errors import BadProblemError, Fault
from scheduler.validate import check_problem
from scheduler.wire import read_plan, read_problem
from tests.helpers.whole_problem import whole_plan, whole_problem

Json = dict[str, Any]

NAN, INFINITY = float("nan"), float("inf")
NOT_A_DATE = ("2026-13-01", "2026-11-31", "20261130", "2026-11-30T00:00", "2026-W49-1", "tomorrow", "", 20261130, True)
# what a field of a kind must not take
WRONG: dict[str, tuple[object, ...]] = {
    "name": (None, "", 7, True, ["a"], {}),
    "text": (None, 7, True, ["a"], {}),
    "format": (None, "", 7, "inspection-planning/2", "inspection-plan/2"),
    "status": (None, "", 7, "done"),
    "date": (None, *NOT_A_DATE),
    "whole": (None, "12", 1.5, 2.0, True, [1], {}, NAN, INFINITY),
    "whole or null": ("12", 1.5, 2.0, False, [1], {}, NAN, INFINITY),
    "number": (None, "12", True, [1], {}, NAN, INFINITY, -INFINITY),
    "number or null": ("12", False, [1], {}, NAN, INFINITY),
    "names": (None, "a", 7, {}, [7], [None], [""], [["a"]]),
    "names or null": ("a", 7, {}, [7], [None], [""]),
    "dates": (None, "2026-11-30", {}, [None], *([wrong] for wrong in NOT_A_DATE)),
    "flags": (None, True, "a", {}, [1], ["true"], [None]),
    "wholes": (None, 1, "a", {}, [1.5], ["1"], [True], [None], [NAN]),
    "waivers": (None, "window", {}, ["week"], [7], [None]),
    "map to date or null": (None, "a", 7, [], *({"a": wrong} for wrong in NOT_A_DATE)),
    "map to date": (None, "a", 7, [], {"a": None}, *({"a": wrong} for wrong in NOT_A_DATE)),
    "map to whole": (None, "a", 7, [], {"a": None}, {"a": "1"}, {"a": 1.5}, {"a": True}),
    "objects": (None, "a", 7, {}, [7], [None], ["a"], [[]]),
    "object": (None, "a", 7, []),
    "object or null": ("a", 7, []),
    "map to objects": (None, "a", 7, [], {"a": 7}, {"a": None}, {"a": []}),
}


class Place(NamedTuple):
    """One object of a file: how to get to it, and how faults name its record and the way within the record."""

    path: tuple[str | int, ...]
    record: str
    prefix: str
    fields: dict[str, str]

    def of(self, data: Json) -> Json:
        """The object in a file."""
        found: Any = data
        for step in self.path:
            found = found[step]
        assert isinstance(found, dict)
        return found


def kinds(**groups: str) -> dict[str, str]:
    """Field to kind, from kind (with underscores) to fields."""
    return {field: kind.replace("_", " ") for kind, fields in groups.items() for field in fields.split()}


PROBLEM = (
    Place((), "problem", "", kinds(
        format="format", object="horizon travel limits rotation", objects="sites inspectors requests history",
        map_to_objects="published",
    )),
    Place(("horizon",), "horizon", "", kinds(date="start", whole="days")),
    Place(("travel",), "travel", "", kinds(number="detour time_cost_per_hour", objects="modes")),
    Place(("travel", "modes", 0), "travel", "modes[0].", kinds(
        name="name", names_or_null="countries", number="min_km fixed_minutes kmh fixed_cost cost_per_km",
        number_or_null="max_km",
    )),
    Place(("limits",), "limits", "", kinds(whole="midday morning evening relocate free_day away_nights")),
    Place(("rotation",), "rotation", "", kinds(whole="max_visits within_days")),
    Place(("sites", 1), "site S2", "", kinds(number="lat lon", text="country area", dates="closed")),
    Place(("inspectors", 1), "inspector I2", "", kinds(
        number="lat lon", text="country", map_to_date_or_null="works_in", names="services languages",
        map_to_whole="skills", map_to_date="certificates", flags="available may_travel",
        wholes="day_costs day_premiums", whole="night_cost travel_day_cost max_consecutive_days",
        object="worked_before", object_or_null="start",
    )),
    Place(("inspectors", 1, "worked_before"), "inspector I2", "worked_before.", kinds(
        whole="days_this_week consecutive_days",
    )),
    Place(("inspectors", 1, "start"), "inspector I2", "start.", kinds(
        whole="slot", number="lat lon", text="country", wholes="worked_days",
    )),
    Place(("requests", 0), "request R1", "", kinds(
        name="site", text="service skill", whole="level late_cost unserved_cost", objects="modes",
        date="earliest latest due", names="languages certificates excluded", object_or_null="lead pin",
        map_to_whole="affinity",
    )),
    Place(("requests", 0, "modes", 1), "request R1", "modes[1].", kinds(whole="crew half_days")),
    Place(("requests", 0, "lead"), "request R1", "lead.", kinds(whole="level", names="languages certificates")),
    Place(("requests", 1, "pin"), "request R2", "pin.", kinds(
        names_or_null="inspectors", whole_or_null="start_slot mode", waivers="waive",
    )),
    Place(("history", 0), "history[0]", "", kinds(name="inspector site", date="date")),
    Place(("published", "R3"), "published R3", "", kinds(
        names="inspectors", whole="start_slot inspector_cost day_cost drop_cost",
    )),
)  # fmt: skip
# a record without its id is named by its place
NAMELESS = (
    Place(("sites", 1), "sites[1]", "", {"id": "name"}),
    Place(("inspectors", 1), "inspectors[1]", "", {"id": "name"}),
    Place(("requests", 0), "requests[0]", "", {"id": "name"}),
)
PLAN = (
    Place((), "plan", "", kinds(
        format="format", objects="assignments unassigned", status="status", object="cost", whole_or_null="bound",
        number_or_null="gap", number="seconds", whole="seed", anything="log",
    )),
    Place(("cost",), "plan", "cost.", kinds(whole="total", object="parts")),
    Place(("cost", "parts"), "plan", "cost.parts.", kinds(
        whole="work premium travel nights late affinity change unserved",
    )),
    Place(("assignments", 0), "assignment R2", "", kinds(whole="mode start_slot", names="inspectors")),
    Place(("unassigned", 0), "unassigned R1", "", kinds(objects="reasons")),
    Place(("unassigned", 0, "reasons", 0), "unassigned R1", "reasons[0].", kinds(text="code text")),
)  # fmt: skip
PLAN_NAMELESS = (
    Place(("assignments", 0), "assignment[0]", "", {"request": "name"}),
    Place(("unassigned", 0), "unassigned[0]", "", {"request": "name"}),
)


def fields_of(places: tuple[Place, ...]) -> list[Any]:
    """Parameters (place, key, kind) of every field."""
    return [
        pytest.param(place, key, kind, id=f"{place.record} {place.prefix}{key}")
        for place in places
        for key, kind in place.fields.items()
    ]


def faults_of(data: Json) -> tuple[Fault, ...]:
    """What is refused on reading a problem or plan; none where it is read."""
    try:
        read_plan(data) if "assignments" in data or "unassigned" in data else read_problem(data)
    except BadProblemError as refused:
        return refused.faults
    return ()


def test_the_whole_problem_is_sound_and_its_fields_are_all_tried() -> None:
    data = whole_problem()

    assert check_problem(read_problem(data)) == ()
    for place in PROBLEM:
        assert set(place.of(data)) - {"id"} == set(place.fields)


def test_the_whole_plan_can_be_read_and_its_fields_are_all_tried() -> None:
    data = whole_plan()

    assert faults_of(data) == ()
    for place in PLAN:
        assert set(place.of(data)) - {"request", "lift"} == set(place.fields)


@pytest.mark.parametrize(("place", "key", "kind"), fields_of((*PROBLEM, *NAMELESS, *PLAN, *PLAN_NAMELESS)))
def test_a_missing_field_is_named_and_nothing_else_is(place: Place, key: str, kind: str) -> None:
    data = whole_plan() if place in PLAN or place in PLAN_NAMELESS else whole_problem()
    del place.of(data)[key]

    faults = faults_of(data)

    assert [(fault.record, fault.field, fault.text) for fault in faults] == [
        (place.record, place.prefix + key, "is missing")
    ], kind


@pytest.mark.parametrize(("place", "key", "kind"), fields_of((*PROBLEM, *NAMELESS, *PLAN[1:], *PLAN_NAMELESS)))
def test_a_value_of_another_kind_is_named_with_its_record_and_field(place: Place, key: str, kind: str) -> None:
    for wrong in WRONG[kind]:
        data = whole_plan() if place in PLAN or place in PLAN_NAMELESS else whole_problem()
        place.of(data)[key] = wrong

        faults = faults_of(data)

        assert faults, f"{wrong!r} was taken"
        for fault in faults:
            # an entry that is no object has a name of its own: its list and place
            assert f"{place.record}: {place.prefix}{key}" in str(fault) or key in fault.record, f"{wrong!r}: {fault}"
            assert fault.text


@pytest.mark.parametrize("place", [*PROBLEM, *PLAN], ids=lambda place: f"{place.record} {place.prefix}")
def test_an_unknown_key_is_named_and_info_is_ignored(place: Place) -> None:
    data = whole_plan() if place in PLAN else whole_problem()
    place.of(data)["info"] = {"anything": [1, None]}
    assert faults_of(data) == ()

    place.of(data)["colour"] = "red"

    (fault,) = faults_of(data)
    assert (fault.record, fault.field, fault.value) == (place.record, f"{place.prefix}colour", '"red"')


def test_every_fault_of_a_file_is_reported_at_once() -> None:
    data = whole_problem()
    for place in PROBLEM[1:]:
        place.of(data)["colour"] = "red"

    assert len(faults_of(data)) == len(PROBLEM) - 1


@pytest.mark.parametrize("data", [None, [], "a problem", 7, {}, {"format": "inspection-plan/1"}])
def test_what_is_not_a_problem_at_all_is_refused(data: object) -> None:
    with pytest.raises(BadProblemError):
        read_problem(data)


@pytest.mark.parametrize("data", [None, [], "a plan", 7, {}, {"format": "inspection-planning/1"}])
def test_what_is_not_a_plan_at_all_is_refused(data: object) -> None:
    with pytest.raises(BadProblemError):
        read_plan(data)
