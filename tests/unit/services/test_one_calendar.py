"""One calendar for all: window, clock, board and solver agree on every day of the long holidays of 2026."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from desktop.models import CalendarDay, Request
from desktop.services.closings import closing_commands, closings, proposed_closings
from desktop.services.commands import CloseFactory, SetCalendarDay
from desktop.services.planning.bookings import Bookings
from desktop.services.planning.building import build_problem
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.open_plan import open_week
from desktop.services.settings import PlanSettings
from desktop.store.engine import Store
from scheduler.problem import Horizon
from tests.helpers.planning_firm import Firm, desk_of

DAY = dt.timedelta(days=1)
WEEKS = 28
CHINA_OFF = (
    ("2026-01-01", "2026-01-03"), ("2026-02-15", "2026-02-23"), ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"), ("2026-06-19", "2026-06-21"), ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
)  # fmt: skip
"""As the State Council's notice of November 2025 has them; the days worked instead below."""
CHINA_MAKE_UP = ("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")
VIETNAM_OFF = (
    ("2026-01-01", "2026-01-02"), ("2026-02-16", "2026-02-20"), ("2026-04-26", "2026-04-27"),
    ("2026-04-30", "2026-05-01"), ("2026-08-31", "2026-09-02"), ("2026-11-24", "2026-11-24"),
)  # fmt: skip
VIETNAM_MAKE_UP = ("2026-01-10", "2026-08-22")
MONDAYS = (
    "2025-12-29",
    "2026-02-09",
    "2026-04-06",
    "2026-05-04",
    "2026-06-15",
    "2026-08-17",
    "2026-09-14",
    "2026-11-02",
)


def works_by_notice(country: str, day: dt.date) -> bool:
    off, made_up = (CHINA_OFF, CHINA_MAKE_UP) if country == "CN" else (VIETNAM_OFF, VIETNAM_MAKE_UP)
    is_off = any(first <= day.isoformat() <= last for first, last in off)
    return day.isoformat() in made_up or (day.weekday() < 5 and not is_off)


class Eyes:
    """What four parts of the program take for a working day, four weeks from a Monday."""

    def __init__(self, store: Store, monday: dt.date) -> None:
        self.days = [monday + n * DAY for n in range(WEEKS)]
        settings = PlanSettings(first_day=monday, days=WEEKS)
        with store.session() as session:
            wanted = select(Request.id)
            factories = Factories(session, Daybook(session), select(Request.factory_id))
            bookings = Bookings(session, settings, Horizon(monday, WEEKS), factories, wanted)
            row = bookings.rows[0]
            line, counting = bookings.line(row), bookings.counting(row)
            assert line is not None
            problem = build_problem(session, settings).problem
            made = line.made_by_each([*self.days, self.days[-1] + DAY])
        self.window = {day: after > before for day, before, after in zip(self.days, made, made[1:], strict=False)}
        self.clock = {
            day: counting.between(counting.midnight(day), counting.midnight(day + DAY)) > 0 for day in self.days
        }
        cells = open_week(store, monday, WEEKS).board.rows[0].cells
        self.board = {day: cells[2 * n] in ("work", "make-up") for n, day in enumerate(self.days)}
        person, site = problem.inspectors[0], problem.sites[0]
        self.solver = {day: person.available[2 * n] and day not in site.closed for n, day in enumerate(self.days)}


def write_firm(store: Store, country: str, monday: dt.date) -> None:
    with store.session(write=True) as session:
        firm = Firm(session)
        firm.client.clock_in_working_hours = True
        zone = "Asia/Shanghai" if country == "CN" else "Asia/Ho_Chi_Minh"
        factory = firm.factory("F1", country=country, time_zone=zone, closed_weekdays=(5, 6))
        firm.inspector("I1", country=country)
        order = firm.order("O1", factory, quantity=400, daily_rate=1.0, production_start=monday)
        firm.request("R1", factory, order_id=order.id, earliest=monday, latest=monday + 27 * DAY, due=None)
        session.commit()


@pytest.mark.parametrize("country", ["CN", "VN"])
def test_every_part_takes_the_same_days_for_working_days(sqlite_store: Store, country: str) -> None:
    seen = 0
    write_firm(sqlite_store, country, dt.date.fromisoformat(MONDAYS[0]))
    for text in MONDAYS:
        monday = dt.date.fromisoformat(text)
        with sqlite_store.session(write=True) as session:
            request = session.scalars(select(Request)).one()
            request.earliest, request.latest = monday, monday + 27 * DAY
            session.commit()
        eyes = Eyes(sqlite_store, monday)
        expected = {day: works_by_notice(country, day) for day in eyes.days}
        for part in ("window", "clock", "board", "solver"):
            told = getattr(eyes, part)
            assert [day for day in eyes.days if told[day] != expected[day]] == [], part
        seen += sum(works and day.weekday() >= 5 for day, works in expected.items())
    assert seen == len(CHINA_MAKE_UP if country == "CN" else VIETNAM_MAKE_UP), "every make-up day was looked at"


def test_a_day_changed_by_hand_is_changed_for_all(sqlite_store: Store) -> None:
    monday = dt.date(2026, 9, 14)
    write_firm(sqlite_store, "CN", monday)
    sunday, feast = dt.date(2026, 9, 20), dt.date(2026, 10, 8)
    desk = desk_of(sqlite_store)
    desk.handle(SetCalendarDay("CN", sunday, None))
    desk.handle(SetCalendarDay("CN", feast, "holiday", "Typhoon"))
    desk.handle(CloseFactory("F1", dt.date(2026, 9, 28), dt.date(2026, 9, 29), "Moving"))
    eyes = Eyes(sqlite_store, monday)
    for part in (eyes.window, eyes.clock, eyes.board, eyes.solver):
        assert not part[sunday]
        assert not part[feast]
        assert part[dt.date(2026, 10, 10)], "the rest of the year stays as published"
    moving = dt.date(2026, 9, 28)
    assert (eyes.window[moving], eyes.solver[moving]) == (False, False)
    assert (eyes.clock[moving], eyes.board[moving]) == (True, True), "the factory's own days are nobody else's"
    with sqlite_store.session() as session:
        assert session.scalars(select(CalendarDay).where(CalendarDay.date == sunday)).all() == []


def test_long_stops_are_proposed_and_stored_only_when_asked(sqlite_store: Store) -> None:
    write_firm(sqlite_store, "CN", dt.date(2026, 1, 5))
    desk = desk_of(sqlite_store)
    proposal = proposed_closings(sqlite_store, 2027)[0]
    # the new year's day is Saturday 6 February 2027
    assert (proposal.stop.first, proposal.stop.last) == (dt.date(2027, 1, 28), dt.date(2027, 2, 20))
    assert proposal.why == "usual length, ask the factory"
    assert closings(sqlite_store, 2027) == ()
    desk.handle(CloseFactory("F1", dt.date(2026, 2, 10), dt.date(2026, 3, 1), "Spring Festival"))
    alike = proposed_closings(sqlite_store, 2027)[0]
    # in 2026 from seven days before the 17th of February to twelve days after
    assert (alike.stop.first, alike.stop.last, alike.why) == (dt.date(2027, 1, 30), dt.date(2027, 2, 18), "as in 2026")
    desk.handle_all(closing_commands([alike]), "Close for the new year")
    assert proposed_closings(sqlite_store, 2027) == ()
    assert [entry.reason for entry in closings(sqlite_store, 2027)] == ["Spring Festival, as in 2026"]
