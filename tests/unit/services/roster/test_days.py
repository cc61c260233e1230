"""Half-days of a person's calendar: made worked or free, and what stands in the way."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.models.halfday import morning
from desktop.services.commands import RecordAbsence, SetCalendarDay, SetDayException
from desktop.services.roster.card import BookedVisit, PersonCalendar, person_calendar
from desktop.services.roster.days import half_day_words, set_half_days, visits_in_the_way, work_days_between
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, desk_of

SLOT = morning(MONDAY)
TUESDAY = MONDAY + dt.timedelta(days=1)


def calendar(store: Store) -> PersonCalendar:
    return person_calendar(store, "I1", MONDAY, weeks=2)


def test_half_a_day_off_leaves_the_other_half_as_it_was(company: Store) -> None:
    desk = desk_of(company)
    desk.handle(SetDayException("I1", TUESDAY, morning=False, premium_cents=700))
    commands = set_half_days(calendar(company), SLOT + 1, SLOT + 3, works=True)
    assert commands == (
        SetDayException("I1", MONDAY, None, True),
        SetDayException("I1", TUESDAY, True, True, None, 700),
    )
    desk.handle_all(commands, "Work")
    assert calendar(company).dates[1].cells == ("work", "work")


def test_as_usual_again(company: Store) -> None:
    desk = desk_of(company)
    desk.handle(SetDayException("I1", TUESDAY, morning=False, afternoon=False, premium_cents=700))
    half = set_half_days(calendar(company), SLOT, SLOT + 2, works=None)
    assert half == (SetDayException("I1", TUESDAY, None, False, None, 700),)
    whole = set_half_days(calendar(company), SLOT, SLOT + 3, works=None)
    assert whole == (SetDayException("I1", TUESDAY),)


@pytest.mark.parametrize(("first", "last", "days"), [(0, 13, 5.0), (1, 2, 1.0), (10, 13, 0.0), (-4, 0, 0.5)])
def test_days_of_work_that_an_absence_takes(company: Store, first: int, last: int, days: float) -> None:
    assert work_days_between(calendar(company), SLOT + first, SLOT + last) == days


def test_what_stands_in_the_way() -> None:
    draft = [BookedVisit(f"R{n}", "PSI", "Factory", "P1", 0, 1, published=False) for n in (1, 2)]
    announced = BookedVisit("R9", "PSI", "Factory", "P0", 0, 1, published=True)
    assert visits_in_the_way(()) == ""
    assert visits_in_the_way(draft) == "2 visits in draft P1: R1 and R2"
    assert visits_in_the_way([*draft, announced]) == "1 visit published: R9; 2 visits in draft P1: R1 and R2"


def test_a_half_day_in_words(company: Store) -> None:
    desk = desk_of(company)
    desk.handle(RecordAbsence("I1", SLOT, SLOT, "training", "forklift"))
    desk.handle(SetCalendarDay("CN", MONDAY + dt.timedelta(days=2), "holiday", "Founding day"))
    desk.handle(SetDayException("I1", MONDAY + dt.timedelta(days=5), morning=True))
    found = calendar(company)
    assert half_day_words(found, SLOT) == "Mon 30 Nov 2026 morning; absent, training (forklift)"
    assert half_day_words(found, SLOT + 2) == "Tue 1 Dec 2026 morning; works; R1, DUPRO, Factory 1"
    assert half_day_words(found, SLOT + 4) == "Wed 2 Dec 2026 morning; holiday; Founding day"
    assert half_day_words(found, SLOT + 10) == "Sat 5 Dec 2026 morning; works; set for this day"
    assert half_day_words(found, SLOT + 12) == "Sun 6 Dec 2026 morning; off"
