"""A person's fields as entered: read, judged, written back."""

from __future__ import annotations

import pytest

from desktop.services.commands import EditRecord
from desktop.services.roster.card import InspectorCard, contact_of, inspector_card
from desktop.services.roster.form import (
    ENTRY_FIELDS,
    Entered,
    EntryFault,
    blank_entry,
    edit_of,
    entered_of,
    fault_of,
    faults_of,
    in_words,
    new_inspector,
    next_code,
    part_command,
)
from desktop.store.engine import Store
from tests.helpers.company import NOW, desk_of

TODAY = NOW.date()


@pytest.mark.parametrize(
    ("name", "entered", "said"),
    [
        ("name", "  ", "This cannot be left empty."),
        ("lat", "north", '"north" is not a number. Write figures, with a point before the fraction.'),
        ("lat", "95", "It is 95, and it should be less than or equal to 90."),
        ("country", "China", "It is China, and it should be the two letters of a country, such as CN or VN."),
        ("email", "lan", "It is lan, and it should be an e-mail address such as lan@example.com, or empty."),
        ("day_costs_cents", "10 10 10 10 10 10 10 10", "it should have one for each day of a week, 1 to 7"),
        ("day_costs_cents", "10 ten", "is not a number"),
        ("night_cost_cents", "-3", "is below 0.00"),
        ("night_cost_cents", "38 EUR", "is not in US dollars"),
        ("max_consecutive_days", "0", "greater than or equal to 1"),
        ("services", ("PSI", "PSI"), "It should name nothing twice."),
    ],
)
def test_says_what_is_wrong_with_an_entry(name: str, entered: Entered, said: str) -> None:
    assert said in fault_of(name, entered)


def test_a_person_written_out_and_read_again_is_the_same(company: Store) -> None:
    card = inspector_card(company, "I1", TODAY)
    entered = entered_of(card, contact_of(company, "I1"))
    assert set(entered) == set(ENTRY_FIELDS)
    assert faults_of(entered) == {}
    assert entered["day_costs_cents"] == "40 40 40 40 60"
    assert edit_of(card, entered, entered) is None
    assert edit_of(card, {}, entered) is not None


def test_only_what_was_changed_is_stored(company: Store) -> None:
    card = inspector_card(company, "I1", TODAY)
    before = entered_of(card)
    command = edit_of(card, before, before | {"night_cost_cents": "$41.50", "team": "North"})
    assert command == EditRecord("inspector", "I1", {"night_cost_cents": 4150, "team": "North"}, card.version)
    desk_of(company).handle(command)
    assert inspector_card(company, "I1", TODAY).night_cost_cents == 4150


def test_a_wrong_entry_makes_no_command(company: Store) -> None:
    card = inspector_card(company, "I1", TODAY)
    before = entered_of(card)
    with pytest.raises(EntryFault, match="no"):
        edit_of(card, before, before | {"lat": "no"})


def test_somebody_new(any_company: Store) -> None:
    blank = blank_entry("I7")
    assert set(faults_of(blank)) == {
        "name",
        "lat",
        "lon",
        "country",
        "day_costs_cents",
        "night_cost_cents",
        "travel_day_cost_cents",
    }
    entered = blank | {
        "name": "Đào Lan",
        "lat": "10.95",
        "lon": "106.8",
        "country": "vn",
        "services": ("PSI",),
        "day_costs_cents": "40 40 40",
        "night_cost_cents": "30",
        "travel_day_cost_cents": "15",
    }
    outcome = desk_of(any_company).handle(new_inspector(entered))
    assert outcome.messages == ("I7 may not work in any area yet: permits are missing.",)
    card = inspector_card(any_company, "I7", TODAY)
    assert (card.country, card.day_costs_cents, card.weekdays) == ("VN", (4000,) * 3, (0, 1, 2, 3, 4))


def test_skills_certificates_and_permits_are_set_and_removed(any_company: Store) -> None:
    desk = desk_of(any_company)

    def card() -> InspectorCard:
        return inspector_card(any_company, "I1", TODAY)

    desk.handle(part_command(card(), "skill", "toys", "5"))
    desk.handle(part_command(card(), "skill", "textile", "", is_removal=True))
    desk.handle(part_command(card(), "certificate", "machine-safety", "30 Jun 2027"))
    desk.handle(part_command(card(), "permit", "福建省", "2027-01-31"))
    desk.handle(part_command(card(), "permit", "浙江省", " "))
    desk.handle(part_command(card(), "permit", "广东省", "", is_removal=True))
    found = card()
    assert {skill.name: skill.level for skill in found.skills} == {"toys": 5, "garment": 2}
    assert {entry.name: str(entry.valid_until) for entry in found.certificates} == {
        "gb-textile": "2027-06-30",
        "machine-safety": "2027-06-30",
    }
    assert {entry.name: str(entry.valid_until) for entry in found.permits} == {
        "浙江省": "None",
        "福建省": "2027-01-31",
    }


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("certificate", "", "Say until which day it is valid"),
        ("certificate", "soon", '"soon" is not a day'),
        ("permit", "2027-02-30", "is a day that no calendar has"),
    ],
)
def test_a_last_day_that_is_none(company: Store, kind: str, value: str, said: str) -> None:
    with pytest.raises(EntryFault, match=said):
        part_command(inspector_card(company, "I1", TODAY), kind, "x", value)


@pytest.mark.parametrize(
    ("entered", "said"),
    [("North", '"North"'), ("", "nothing"), (True, "yes"), (("PSI", "PPI"), "PSI, PPI"), ((), "nothing")],
)
def test_an_entry_in_words(entered: Entered, said: str) -> None:
    assert in_words(entered) == said


@pytest.mark.parametrize(
    ("codes", "code"), [((), "I0001"), (("I0009", "I0700", "X"), "I0701"), (("I9",), "I10"), (("Lan",), "I0001")]
)
def test_the_next_code(codes: tuple[str, ...], code: str) -> None:
    assert next_code(codes) == code
