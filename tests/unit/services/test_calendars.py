"""Calendars against the recorded tables, and how they get into a database."""

from __future__ import annotations

import csv
import datetime as dt

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from desktop.errors import BadInputError
from desktop.models import Base, CalendarDay
from desktop.services.calendars import calendar_days, lunar_new_year, seed_calendars
from tests.helpers.shared import SHARED, needs_shared


@pytest.fixture
def session() -> Session:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    return Session(engine)


@needs_shared
@pytest.mark.parametrize(("country", "year"), [("CN", 2026), ("CN", 2027), ("VN", 2026), ("VN", 2027)])
def test_days_are_those_of_the_recorded_table(country: str, year: int) -> None:
    path = SHARED / "data" / "calendars" / "cn_vn_2026_2027.csv"
    column = "chinesecalendar" if (country, year) == ("CN", 2026) else "holidays"
    expected = set()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["country"] != country or not row["date"].startswith(str(year)):
                continue
            if column == "chinesecalendar":
                name, make_up = row["chinesecalendar_1.11"], row["chinesecalendar_makeup_workday"]
            else:
                name, make_up = row["holidays_0.109"], row["holidays_makeup_workday"]
            if name:
                expected.add((row["date"], "holiday"))
            if make_up == "1":
                expected.add((row["date"], "make-up"))
    assert expected
    told = {(entry.date.isoformat(), entry.kind) for entry in calendar_days(country, year)}
    reported = {("2026-01-02", "holiday"), ("2026-01-10", "make-up")} if (country, year) == ("VN", 2026) else set()
    assert told == expected | reported, "the swap that was reported after the table was made, and nothing else"


def test_a_year_without_a_notice_is_provisional() -> None:
    assert not any(entry.provisional for entry in calendar_days("CN", 2026))
    assert [entry.date for entry in calendar_days("VN", 2026) if entry.provisional] == [
        dt.date(2026, 1, 2),
        dt.date(2026, 1, 10),
    ], "reported for the state sector only"
    assert all(entry.provisional for country in ("CN", "VN") for entry in calendar_days(country, 2028))
    assert not any(entry.provisional for entry in calendar_days("VN", 2024))


def test_days_off_at_weekends_are_there_for_those_who_work_six_days() -> None:
    days = {entry.date: entry.kind for entry in calendar_days("CN", 2026)}
    assert days[dt.date(2026, 2, 21)] == "holiday"
    assert days[dt.date(2026, 10, 10)] == "make-up"


def test_an_unknown_country_is_named() -> None:
    with pytest.raises(BadInputError, match="'TH'"):
        calendar_days("TH", 2026)


@pytest.mark.parametrize(("year", "date"), [(2024, dt.date(2024, 2, 10)), (2026, dt.date(2026, 2, 17))])
def test_lunar_new_year(year: int, date: dt.date) -> None:
    assert lunar_new_year(year) == date


def test_seeding_fills_a_year_once(session: Session) -> None:
    added = seed_calendars(session, [2026, 2027])
    assert added == len(session.scalars(select(CalendarDay)).all())
    assert seed_calendars(session, [2027, 2026]) == 0


def test_seeding_keeps_what_was_entered_before(session: Session) -> None:
    session.add(CalendarDay(country="CN", date=dt.date(2027, 10, 1), kind="holiday", name="entered", provisional=False))
    session.flush()
    seed_calendars(session, [2027])
    rows = session.execute(select(CalendarDay.date, CalendarDay.name).where(CalendarDay.country == "CN"))
    names = {row.date: row.name for row in rows}
    assert names[dt.date(2027, 10, 1)] == "entered"
    assert dt.date(2027, 5, 1) in names
