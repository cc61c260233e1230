"""What a dispatcher has to look at: each kind of thing where it is one, and nowhere else."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from sqlalchemy.orm import Session

from desktop.cli.main import main
from desktop.clock import FixedClock
from desktop.models import (
    Absence,
    Announcement,
    AnnouncementInspector,
    Assignment,
    CorrectiveAction,
    Inspector,
    Notice,
    Plan,
    Request,
    SlotHold,
    Visit,
    VisitResult,
)
from desktop.services.bus import Desk
from desktop.services.commands import RecordAbsence
from desktop.services.today.foreseen import announced_of, hit_by_absence, hit_by_overrun, people_for
from desktop.services.today.horizon import days_ahead
from desktop.services.today.judged import read_judged
from desktop.services.today.reading import read_today
from desktop.services.today.rows import Stake, Today, TodayRow
from desktop.store.engine import Store
from tests.helpers.planning_firm import WEEK, Firm, day, slot

NOW = dt.datetime(2026, 11, 29, 22, 50, tzinfo=dt.UTC)  # ten to seven on Monday at the factories
HOUR = dt.timedelta(hours=1)


def of_kind(today: Today, kind: str) -> dict[str, TodayRow]:
    return {row.request: row for row in today.rows if row.kind == kind}


def told(request: Request, person: Inspector | None, first: int, answer: str = "") -> Notice:
    party = "factory" if person is None else "inspector"
    key = None if person is None else person.id
    uid = f"{request.code}-{party}"
    return Notice(
        request_id=request.id, party=party, inspector_id=key, uid=uid, first_slot=first, last_slot=first + 1,
        digest="", answer=answer, state="sent",
    )  # fmt: skip


@pytest.fixture
def firm(sqlite_store: Store) -> Firm:
    """Visits of today and tomorrow, each with something about it; R9 waits, R8 has been made."""
    with sqlite_store.session(write=True) as session:
        firm = Firm(session)
        people = [firm.inspector(f"I{n}", phone=f"+86 138 0000 000{n}") for n in range(1, 6)]
        site = firm.factory("F1", phone="+86 20 1234")
        asked = [firm.request(f"R{n}", site, status="published") for n in range(1, 6)]
        week = Plan(code="P1", status="published", first_day=day(0), days=7, settings=WEEK.to_json(), created_at=NOW)
        session.add(week)
        for number, (request, person) in enumerate(zip(asked, people, strict=True)):
            firm.visit(request, [person], slot(number % 2), code="P1")
        crew = [AnnouncementInspector(inspector_id=people[0].id)]
        prices = {"inspector_cost_cents": 1, "day_cost_cents": 1, "drop_cost_cents": 1}
        session.add(Announcement(request_id=asked[0].id, first_slot=slot(0), inspectors=crew, **prices))
        session.add_all(
            (
                told(asked[1], people[1], slot(1), "confirmed"),
                told(asked[1], None, slot(1), "confirmed"),
                told(asked[2], people[2], slot(0)),
                told(asked[2], None, slot(0), "declined"),
                told(asked[3], people[3], slot(0), "confirmed"),
                told(asked[3], None, slot(1)),
            )
        )
        firm.request("R9", site, requested_at=NOW - 40 * HOUR, complete_at=NOW - 40 * HOUR, due=None, earliest=day(-5))
        made = firm.request("R8", site, status="done")
        visit = firm.visit(made, [people[0]], slot(-4), status="done")
        result = VisitResult(visit_id=visit.id, outcome="fail", finished_at=NOW - 30 * HOUR, decided_at=NOW)
        action = CorrectiveAction(
            visit_id=visit.id, severity="major", text="Loose seams", opened_at=NOW, due=day(-2), owner="Ms Wang"
        )
        draft = Plan(code="D1", first_day=day(0), days=7, settings={}, created_at=NOW)
        session.add_all((result, action, draft))
        session.flush()
        held = firm.request("R7", site, complete_at=None)
        firm.visit(held, [people[4]], slot(3), code="D1", published=False)
        session.add(SlotHold(request_id=held.id, plan_id=draft.id, held_at=NOW, held_by="Lan", until=NOW + HOUR))
        session.commit()
    return firm


@pytest.fixture
def today(firm: Firm, sqlite_store: Store) -> Today:
    del firm
    return read_today(sqlite_store, NOW, "Lan")


def test_what_starts_says_who_knows_of_it_by_the_clocks_of_the_factory(today: Today) -> None:
    starts = of_kind(today, "starts")
    assert today.starts == (3, 2)
    assert set(starts) == {"R1", "R2", "R3", "R4", "R5"}
    assert [starts[code].people[0].answer for code in ("R1", "R2", "R3", "R4")] == [
        "untold",
        "confirmed",
        "told",
        "told",
    ]
    assert [starts[code].factory_answer for code in ("R1", "R2", "R3", "R4")] == [
        "untold",
        "confirmed",
        "declined",
        "told",
    ]
    assert not any(row.is_to_do for row in starts.values())


def test_each_thing_to_do_stands_once_with_its_way_out(today: Today) -> None:
    unsent = [row for row in today.rows if row.kind == "unsent"]
    assert [row.requests for row in unsent] == [("R1", "R5")]
    assert "2 inspectors and 2 factories" in unsent[0].cause
    assert unsent[0].ways[0] == "send"
    assert set(of_kind(today, "stale")) == {"R4"}
    assert set(of_kind(today, "declined")) == {"R3"}
    assert "Inspector I3" in of_kind(today, "unconfirmed")["R3"].cause
    assert "R2" not in {row.request for row in today.rows if row.is_to_do}


def test_what_is_owed_or_runs_out_is_told_by_its_own_clock(today: Today) -> None:
    report, action = of_kind(today, "report")["R8"], of_kind(today, "action")["R8"]
    assert report.until == NOW - 6 * HOUR
    assert report.cause == "Its report is not in. It was due 6 h ago."
    assert action.cause == '"Loose seams": communicated was due on Sat 28 Nov (Ms Wang and major).'
    assert of_kind(today, "hold")["R7"].hours_left(NOW) == 1
    assert 0 < of_kind(today, "unplaced")["R9"].hours_left(NOW) <= 48


def test_what_can_still_be_saved_comes_before_what_is_owed(firm: Firm, sqlite_store: Store) -> None:
    del firm
    Desk(sqlite_store, FixedClock(NOW), "Ngoc").handle(RecordAbsence("I1", slot(0), slot(0) + 1, "sickness"))
    found = read_today(sqlite_store, NOW, "Lan").with_judged(read_judged(sqlite_store, NOW))
    kinds = [(row.kind, row.request) for row in found.rows if row.is_to_do]
    # today, tomorrow, what waits for a place, and only then what is owed: however long it has been owed
    assert kinds == [
        ("absent", "R1"), ("declined", "R3"), ("unconfirmed", "R3"), ("unsent", ""), ("stale", "R4"),
        ("hold", "R7"), ("unplaced", "R9"), ("report", "R8"), ("action", "R8"),
    ]  # fmt: skip
    assert found.rows[7].stake(NOW) is Stake.REPORT_LATE
    assert found.for_today == 8, "the action is owed since Saturday; the report is since one in the morning"


def test_a_target_of_an_earlier_day_comes_after_those_that_can_be_met(firm: Firm, sqlite_store: Store) -> None:
    del firm
    later = read_today(sqlite_store, NOW + 100 * HOUR)
    missed = of_kind(later, "unplaced")["R9"]
    assert missed.stake(later.now) is Stake.MISSED
    assert not missed.is_for_today(later.now)


def test_a_visit_without_word_is_told_an_hour_after_it_was_to_begin(firm: Firm, sqlite_store: Store) -> None:
    del firm
    later = read_today(sqlite_store, NOW + 3 * HOUR)
    assert set(of_kind(later, "unheard")) == {"R1", "R3", "R5"}
    assert not of_kind(read_today(sqlite_store, NOW), "unheard")


def test_an_absence_overnight_is_news_and_hits_what_was_announced(firm: Firm, sqlite_store: Store) -> None:
    del firm
    night = Desk(sqlite_store, FixedClock(NOW - 2 * HOUR), "Ngoc")
    assert [entry.request for entry in hit_by_absence(sqlite_store, "I1", slot(0), slot(0) + 1)] == ["R1"]
    night.handle(RecordAbsence("I1", slot(0), slot(1) + 1, "sickness"))
    judged = read_judged(sqlite_store, NOW)
    found = read_today(sqlite_store, NOW, "Lan").with_judged(judged)
    away = of_kind(found, "absent")["R1"]
    assert away.cause == "Inspector I1 cannot come on Mon 30 Nov."
    assert away.ways[0] == "repair"
    assert [(row.who, row.until) for row in found.rows if row.kind == "news"] == [("Ngoc", NOW - 2 * HOUR)]
    assert not [row for row in read_today(sqlite_store, NOW, "Ngoc").rows if row.kind == "news"]
    # judged anew, what was judged before is not kept beside it
    assert len(found.with_judged(judged).rows) == len(found.rows)


def test_what_would_be_hit_is_known_before_it_is_stored(firm: Firm, sqlite_store: Store) -> None:
    del firm
    with sqlite_store.session() as session:
        before = session.query(Absence).count()
    visit = announced_of(sqlite_store, "R1")
    assert visit is not None
    assert visit.crew == (("I1", "Inspector I1"),)
    assert announced_of(sqlite_store, "R9") is None
    assert hit_by_overrun(sqlite_store, "R1", 2) == ()
    assert [code for code, _ in people_for(sqlite_store, "R3", "I5")][:2] == ["I5", "I3"]
    with sqlite_store.session() as session:
        assert session.query(Absence).count() == before


def test_an_overrun_hits_what_its_people_do_next(firm: Firm, sqlite_store: Store) -> None:
    del firm
    with sqlite_store.session(write=True) as session:
        _add_next(session)
        session.commit()
    assert [entry.request for entry in hit_by_overrun(sqlite_store, "R1", 2)] == ["R6"]


def _add_next(session: Session) -> None:
    """The day after R1 its inspector goes on to R6."""
    first = session.query(Request).filter_by(code="R1").one()
    columns = {"client_id": first.client_id, "factory_id": first.factory_id, "requested_at": NOW}
    request = Request(code="R6", service="PSI", skill="garment", level=2, modes=(), **columns)
    session.add(request)
    person = session.query(Inspector).filter_by(code="I1").one()
    plan = session.query(Visit).join(Request).filter(Request.code == "R1").one().plan_id
    session.flush()
    visit = Visit(plan_id=plan, request_id=request.id, mode=0, first_slot=slot(1), last_slot=slot(1), published=True)
    session.add(visit)
    session.flush()
    place = {"plan_id": plan, "first_slot": slot(1), "last_slot": slot(1), "published": True}
    session.add(Assignment(visit_id=visit.id, inspector_id=person.id, **place))


def test_the_command_tells_all_of_it(
    firm: Firm, sqlite_store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    del firm
    monkeypatch.setenv("DUPRO_DATABASE", str(sqlite_store.path))
    assert main(["today", "--starts", "--news"]) == 0
    assert "to do, 0 of them today." in capsys.readouterr().out
    with sqlite_store.session(write=True) as session:
        session.query(SlotHold).one().until = NOW - 10_000 * HOUR  # over by every clock
        session.commit()
    assert main(["today", "--json"]) == 0
    held = [row for row in json.loads(capsys.readouterr().out) if row["kind"] == "hold"]
    assert [(row["requests"], row["ways"][0]) for row in held] == [(["R7"], "place")]


@pytest.mark.usefixtures("firm")
def test_the_days_looked_at_end_with_a_week_or_with_the_plans(sqlite_store: Store) -> None:
    tuesday = NOW + HOUR * 26
    to_the_end = days_ahead(sqlite_store, tuesday)
    with sqlite_store.session(write=True) as session:
        session.query(Plan).filter_by(code="P1").one().days = 28
        session.commit()
    to_sunday = days_ahead(sqlite_store, tuesday)
    assert to_the_end is not None
    assert to_sunday is not None
    assert to_the_end.first_day + dt.timedelta(days=to_the_end.days) == day(7)
    assert to_sunday.first_day + dt.timedelta(days=to_sunday.days) == day(14)
