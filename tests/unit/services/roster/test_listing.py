"""The roster as a list: what is told of each person, what filters let through, and in what order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.halfday import morning
from desktop.services.commands import ChangeSetting, DiscardPlan, EditRecord, GrantPermit, RecordAbsence
from desktop.services.roster.filter import (
    COLUMNS,
    RosterFilter,
    RosterIndex,
    choices_of,
    counts_of,
    passes,
    plain_text,
    roster_view,
    sorted_rows,
)
from desktop.services.roster.listing import Credential, InspectorRow, Skill, roster_list
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, NOW, desk_of, factory

TODAY = NOW.date()


def rows(store: Store, plan: str | None = None) -> dict[str, InspectorRow]:
    return {row.code: row for row in roster_list(store, TODAY, plan).rows}


def row(**values: object) -> InspectorRow:
    plain: dict[str, object] = {
        "code": "I1",
        "name": "Lan",
        "local_name": "",
        "team": "",
        "home_town": "",
        "home_address": "",
        "country": "CN",
        "services": (),
        "skills": (),
        "languages": (),
        "certificates": (),
        "permits": (),
        "worked": 0,
        "available": 10,
        "absences": (),
        "absent_today": None,
        "active": True,
        "version": 1,
    }
    return InspectorRow(**(plain | values))  # type: ignore[arg-type]


def test_everybody_is_told_with_what_they_have(any_company: Store) -> None:
    listed = roster_list(any_company, TODAY)
    assert (listed.plan, listed.first_day, listed.days) == ("P1", MONDAY, 7)
    found = rows(any_company)["I1"]
    assert found.skills == (Skill("textile", 3), Skill("garment", 2))
    assert found.certificates == (Credential("gb-textile", dt.date(2027, 6, 30), 219),)
    assert [permit.name for permit in found.permits] == ["广东省"]
    assert (found.worked, found.available, found.load) == (2, 10, 0.2)


def test_without_a_draft_the_week_of_today_counts_what_is_published(company: Store) -> None:
    desk_of(company).handle(DiscardPlan("P1"))
    listed = roster_list(company, TODAY)
    assert (listed.plan, listed.first_day) == ("", TODAY - dt.timedelta(days=TODAY.weekday()))
    assert {row.worked for row in listed.rows} == {0}


def test_absences_of_the_week_and_of_today(any_company: Store) -> None:
    desk = desk_of(any_company)
    desk.handle(RecordAbsence("I2", morning(MONDAY), morning(MONDAY) + 1))
    desk.handle(RecordAbsence("I3", morning(TODAY) + 1, morning(TODAY) + 1, "training"))
    desk.handle(RecordAbsence("I4", morning(TODAY) - 4, morning(TODAY) - 1))
    found = rows(any_company)
    assert [len(found[code].absences) for code in ("I2", "I3", "I4")] == [1, 0, 0]
    assert found["I2"].available == 8
    today = found["I3"].absent_today
    assert today is not None
    assert today.kind == "training"
    assert found["I2"].absent_today is None
    assert found["I4"].absent_today is None


def test_who_has_left_gives_no_days(company: Store) -> None:
    desk_of(company).handle(EditRecord("inspector", "I1", {"active": False}))
    assert (rows(company)["I1"].available, rows(company)["I1"].load) == (0, None)


def test_what_ends_is_counted_from_today(company: Store) -> None:
    desk_of(company).handle(GrantPermit("I2", "福建省", TODAY + dt.timedelta(days=29)))
    desk_of(company).handle(EditRecord("inspector", "I1", {"certificates": {"gb-textile": TODAY - dt.timedelta(1)}}))
    found = rows(company)
    assert [permit.ends_soon for permit in found["I2"].permits] == [False, True]
    assert found["I1"].certificates[0].has_ended
    counts = counts_of(tuple(found.values()))
    assert (counts.people, counts.ended, counts.ends_soon) == (6, 1, 1)
    assert Credential("a", TODAY, 30).ends_soon is False
    assert Credential("a", TODAY, 0).ends_soon is True


# -- filters -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (RosterFilter(), "ABC"),
        (RosterFilter(inactive=True), "ABCD"),
        (RosterFilter(text="nguyen"), "B"),
        (RosterFilter(text="LAN shenzhen"), "A"),
        (RosterFilter(text="东莞"), "C"),
        (RosterFilter(text="dong nai"), "B"),
        (RosterFilter(teams=frozenset({"South", "North"})), "AB"),
        (RosterFilter(skills=frozenset({"toys", "garment"})), "AC"),
        (RosterFilter(languages=frozenset({"en", "zh"})), "A"),
        (RosterFilter(countries=frozenset({"VN"})), "B"),
        (RosterFilter(expiring=True), "C"),
        (RosterFilter(text="nobody"), ""),
    ],
)
def test_filters(wanted: RosterFilter, codes: str) -> None:
    index = RosterIndex(
        (
            row(code="A", home_address="Shenzhen", team="South", skills=(Skill("toys", 3),), languages=("zh", "en")),
            row(code="B", name="Nguyễn Thị", team="North", country="VN", home_address="Đồng Nai", languages=("en",)),
            row(
                code="C",
                name="Wu",
                home_address="东莞市",
                skills=(Skill("garment", 2),),
                certificates=(Credential("gb", TODAY, -3),),
            ),
            row(code="D", active=False),
        )
    )
    assert "".join(found.code for found in index.matching(wanted)) == codes


WORDS = st.frozensets(st.sampled_from(["a", "b", "c"]), max_size=2)
FILTERS = st.builds(
    RosterFilter,
    text=st.sampled_from(["", "a", "b c", "Đ"]),
    teams=WORDS,
    countries=WORDS,
    skills=WORDS,
    languages=WORDS,
    expiring=st.booleans(),
    absent=st.booleans(),
    inactive=st.booleans(),
)


@given(FILTERS)
def test_a_filter_survives_its_json(wanted: RosterFilter) -> None:
    assert RosterFilter.from_json(wanted.to_json()) == wanted


@pytest.mark.parametrize("data", [None, 3, [], {"text": 4, "teams": "x", "absent": "yes", "countries": [1, "CN"]}])
def test_what_is_no_filter_is_passed_over(data: object) -> None:
    wanted = RosterFilter.from_json(data)
    assert wanted in (RosterFilter(), RosterFilter(countries=frozenset({"CN"})))


PEOPLE = st.lists(
    st.builds(
        row,
        code=st.uuids().map(str),
        name=st.sampled_from(["Đào", "dao", "Wu", "王"]),
        team=st.sampled_from(["", "a", "b"]),
        country=st.sampled_from(["a", "b"]),
        languages=st.lists(st.sampled_from("abc"), unique=True).map(tuple),
        worked=st.integers(0, 10),
        available=st.sampled_from([0, 10]),
        active=st.booleans(),
    ),
    max_size=12,
)


@given(PEOPLE, st.sampled_from(COLUMNS), st.booleans())
def test_sorting_loses_nobody_and_turns_round(people: list[InspectorRow], column: str, descending: bool) -> None:
    found = sorted_rows(people, column, descending=descending)
    assert sorted(entry.code for entry in found) == sorted(entry.code for entry in people)
    assert found == sorted_rows(list(reversed(people)), column, descending=descending)


@given(PEOPLE, FILTERS)
def test_the_index_lets_through_what_the_filter_says(people: list[InspectorRow], wanted: RosterFilter) -> None:
    found = RosterIndex(people).matching(wanted)
    words = plain_text(wanted.text).split()
    told = {e.code: plain_text(f"{e.code} {e.name} {e.local_name} {e.team} {e.home_address}") for e in people}
    assert list(found) == [e for e in people if passes(e, wanted) and all(word in told[e.code] for word in words)]


def test_by_load_the_fullest_first_and_who_gives_nothing_last() -> None:
    people = (row(code="A", worked=3), row(code="B", available=0), row(code="C", worked=9))
    assert [entry.code for entry in sorted_rows(people, "load", descending=True)] == ["C", "A", "B"]


def test_choices_are_those_that_people_have(company: Store) -> None:
    found = choices_of(tuple(rows(company).values()))
    assert dict(found.countries) == {"CN": 5, "VN": 1}
    assert list(found.skills) == ["garment", "textile"]
    assert dict(found.certificates) == {"gb-textile": 3}


def test_areas_to_choose_are_those_of_factories_too(any_company: Store) -> None:
    desk_of(any_company).handle(replace(factory(9), area="湖北省"))
    areas = roster_view(any_company, TODAY).choices.areas
    assert dict(areas) == {"广东省": 5, "Đồng Nai": 1, "湖北省": 0}


def test_a_setting_of_the_house_changes_nothing_of_the_roster(company: Store) -> None:
    before = rows(company)
    desk_of(company).handle(ChangeSetting("days", 14))
    assert rows(company) == before
