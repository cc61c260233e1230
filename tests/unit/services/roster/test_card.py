"""One person whole: card, calendar, history, and what of it is masked."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.errors import NotFoundError
from desktop.models.halfday import morning
from desktop.services.commands import EditRecord, RecordAbsence, SetCalendarDay, SetDayException
from desktop.services.planning.reading import plan_view
from desktop.services.roster.card import (
    DayTerms,
    contact_of,
    inspector_card,
    masked_email,
    masked_phone,
    person_calendar,
)
from desktop.services.roster.history import inspector_history
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, NOW, desk_of

TODAY = NOW.date()


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812341234", "138****1234"),
        ("+86 138 1234 1234", "+86 138****1234"),
        ("+84 912345678", "+84 912****5678"),
        ("+8613812341234", "861****1234"),
        ("0755-2201", "****"),
        ("ext.", ""),
        ("", ""),
    ],
)
def test_phones_are_masked(phone: str, shown: str) -> None:
    assert masked_phone(phone) == shown


@pytest.mark.parametrize(
    ("email", "shown"), [("lan@example.com", "l****@example.com"), ("@x.com", "****@x.com"), ("", "")]
)
def test_addresses_are_masked(email: str, shown: str) -> None:
    assert masked_email(email) == shown


def test_a_card_tells_everything_but_how_to_reach_somebody(any_company: Store) -> None:
    desk = desk_of(any_company)
    desk.handle(EditRecord("inspector", "I1", {"phone": "13812341234", "email": "lan@example.com"}))
    card = inspector_card(any_company, "I1", TODAY)
    assert (card.phone, card.email) == ("138****1234", "l****@example.com")
    assert (card.day_costs_cents[-1], card.max_consecutive_days, card.version) == (6000, 6, 2)
    contact = contact_of(any_company, "I1")
    assert (contact.phone, contact.email) == ("13812341234", "lan@example.com")


def test_history_and_the_names_of_steps_tell_no_phone(any_company: Store) -> None:
    outcome = desk_of(any_company).handle(EditRecord("inspector", "I1", {"phone": "13812341234"}))
    assert outcome.label == "Edit I1: phone"
    entries = inspector_history(any_company, "I1")
    told = [
        field.after
        for entry in entries
        for row in entry.rows
        if row.table == "inspector"
        for field in row.fields
        if field.field == "phone"
    ]
    assert told == ["138****1234"]
    assert entries[-1].label == "Found the company"


def test_nobody_of_that_code(company: Store) -> None:
    for ask in (inspector_card, person_calendar):
        with pytest.raises(NotFoundError, match='no inspector "I9x"'):
            ask(company, "I9x", TODAY)


def test_coming_absences_first_then_the_past(company: Store) -> None:
    desk = desk_of(company)
    for days in (-30, 20, -3, 4):
        slot = morning(TODAY + dt.timedelta(days=days))
        desk.handle(RecordAbsence("I1", slot, slot + 1))
    card = inspector_card(company, "I1", TODAY)
    assert [(span.first_day - TODAY).days for span in card.absences] == [4, 20, -3, -30]


def test_a_calendar_shows_what_planning_sees(any_company: Store) -> None:
    desk = desk_of(any_company)
    desk.handle(RecordAbsence("I1", morning(MONDAY) + 2, morning(MONDAY) + 2))
    desk.handle(SetCalendarDay("CN", MONDAY + dt.timedelta(days=2), "holiday", "Founding day"))
    desk.handle(SetDayException("I1", MONDAY + dt.timedelta(days=3), morning=False, premium_cents=700))
    calendar = person_calendar(any_company, "I1", MONDAY + dt.timedelta(days=3), weeks=1)
    assert (calendar.first_day, calendar.weeks, calendar.plan) == (MONDAY, 1, "P1")
    person = next(person for person in plan_view(any_company, "P1").people if person.code == "I1")
    assert tuple(cell for date in calendar.dates for cell in date.cells) == person.cells
    assert calendar.dates[1].cells == ("leave", "work")
    assert (calendar.dates[2].cells[0], calendar.dates[2].holiday) == ("holiday", "Founding day")
    assert (calendar.dates[3].cells, calendar.dates[3].premium_cents) == (("off", "work"), 700)
    assert [date.own for date in calendar.dates] == [None] * 3 + [DayTerms(False, None, None, 700)] + [None] * 3


def test_visits_of_the_draft_are_in_the_calendar(any_company: Store) -> None:
    calendar = person_calendar(any_company, "I1", MONDAY)
    (visit,) = calendar.visits
    tuesday = morning(MONDAY) + 2
    assert (visit.request, visit.plan, visit.published) == ("R1", "P1", False)
    assert (visit.first_slot, visit.last_slot) == (tuesday, tuesday + 1)
    assert calendar.visits_between(tuesday + 1, tuesday + 9) == (visit,)
    assert calendar.visits_between(tuesday + 2, tuesday + 9) == ()


def test_an_absence_is_found_by_its_half_day(company: Store) -> None:
    slot = morning(MONDAY) + 5
    desk_of(company).handle(RecordAbsence("I1", slot, slot + 3, "training", "forklift"))
    calendar = person_calendar(company, "I1", MONDAY)
    assert calendar.absence_at(slot - 1) is None
    found = calendar.absence_at(slot + 3)
    assert found is not None
    assert (found.kind, found.note, found.last_day) == ("training", "forklift", MONDAY + dt.timedelta(days=4))
