"""Monitoring of several weeks: a request a week, one step, for the same inspector, together in the list."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.errors import RefusedError
from desktop.models import Inspector, Request
from desktop.models.halfday import morning
from desktop.services.commands import AddOrder, AddRequest, EditRecord, SplitMonitoring
from desktop.services.exchange import import_file
from desktop.services.planning.building import build_problem
from desktop.services.requests.listing import RequestIndex, Sort
from desktop.services.requests.reading import read_open
from desktop.services.requests.rows import Week
from desktop.services.settings import PlanSettings
from desktop.services.trade.series import SAME_INSPECTOR_CENTS, modes_of_parts, weeks_between
from desktop.store.engine import Store
from scheduler.problem import Mode
from tests.helpers.company import MONDAY, NOW, desk_of
from tests.helpers.planning_firm import Firm

DAY = dt.timedelta(days=1)
THREE_WEEKS = AddRequest(
    "M1", "C1", "F1", "MONITORING", "textile", 2, (Mode(1, 7),), order="O1",
    earliest=MONDAY, latest=MONDAY + 19 * DAY, due=MONDAY + 2 * DAY, price_cents=100_000,
)  # fmt: skip


@pytest.mark.parametrize("days", [1, 7, 8, 14, 15, 20, 31])
def test_weeks_follow_one_another_without_a_gap(days: int) -> None:
    weeks = weeks_between(MONDAY, MONDAY + (days - 1) * DAY, bool)
    assert weeks[0][0] == MONDAY
    assert weeks[-1][1] == MONDAY + (days - 1) * DAY
    assert all(after[0] == before[1] + DAY for before, after in pairwise(weeks))
    assert all((last - first).days < 7 for first, last in weeks)
    assert len(weeks) == -(-days // 7)


def test_man_days_are_shared_out_by_working_days() -> None:
    # a holiday in the second of three weeks: Monday to Saturday are left, nothing, and the third
    holiday = range(7, 13)
    weeks = weeks_between(
        MONDAY - DAY, MONDAY + 19 * DAY, lambda day: _works(day) and (day - MONDAY).days not in holiday
    )
    assert weeks == ((MONDAY, MONDAY + 5 * DAY), (MONDAY + 13 * DAY, MONDAY + 19 * DAY))
    assert modes_of_parts(
        (Mode(1, 9), Mode(2, 1)), ((MONDAY, MONDAY + DAY), (MONDAY + 2 * DAY, MONDAY + 5 * DAY)), _works
    ) == (
        (Mode(1, 3), Mode(2, 1)),
        (Mode(1, 6), Mode(2, 1)),
    )
    assert weeks_between(MONDAY, MONDAY + 10 * DAY, lambda _: False) == ()


def _works(day: dt.date) -> bool:
    return day.weekday() != 6


def test_monitoring_without_man_days_is_split_before_the_rules_are_asked(company: Store, tmp_path: Path) -> None:
    desk = desk_of(company)
    desk.handle(replace(THREE_WEEKS, modes=(), latest=MONDAY + 20 * DAY))
    path = tmp_path / "bookings.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                ["Code", "Client", "Factory", "Service", "Skill", "Earliest", "Latest"],
                ["M2", "C1", "F1", "MONITORING", "textile", "2026-11-30", "2026-12-20"],
            ]
        )
    import_file(desk, path, kind="request")
    with company.session() as session:
        stored = select(Request).where(Request.series != "").order_by(Request.series, Request.series_part)
        found = [(row.code, [mode.man_days for mode in row.modes]) for row in session.scalars(stored)]
    # Monday to Saturday, three times; the last Sunday is not asked for
    assert found == [(code, [6.0]) for code in ("M1", "M1-2", "M1-3", "M2", "M2-2", "M2-3")]


def test_a_long_monitoring_is_booked_as_a_request_a_week(company: Store) -> None:
    desk = desk_of(company)
    outcome = desk.handle(THREE_WEEKS)
    assert any("it is 3 requests" in text and "M1 to M1-3" in text for text in outcome.messages)
    with company.session() as session:
        parts = session.scalars(select(Request).where(Request.series == "M1").order_by(Request.series_part)).all()
        assert [(row.code, row.series_part, sum(mode.half_days for mode in row.modes)) for row in parts] == [
            ("M1", 1, 3),
            ("M1-2", 2, 2),
            ("M1-3", 3, 2),
        ]
        assert sum(row.price_cents or 0 for row in parts) == 100_000
        assert [row.due for row in parts] == [MONDAY + 2 * DAY, None, None]
        assert (parts[0].earliest, parts[2].latest) == (MONDAY, MONDAY + 19 * DAY)
    rows = read_open(company, NOW)
    index = RequestIndex.of(rows, NOW)
    for sort in (Sort("target"), Sort("window", descending=True), Sort("price")):
        ordered = [index.rows[place].code for place in index._order(sort)]
        at = ordered.index("M1")
        assert ordered[at : at + 3] == ["M1", "M1-2", "M1-3"], sort
    assert next(row for row in rows if row.code == "M1-2").week == Week("M1", 2, 3)
    assert outcome.inverse is not None
    desk.handle(outcome.inverse)
    assert not [row for row in read_open(company, NOW) if row.code.startswith("M1")], "one step, undone as one"


def test_weeks_whose_order_moves_stay_and_it_is_said(company: Store) -> None:
    desk = desk_of(company)
    # ten days of 300 of 3,000 pieces: Monday to Saturday, and Monday to Thursday
    desk.handle(AddOrder("O9", "C1", "F1", 3000, product="jacket", production_start=MONDAY, daily_rate=300.0))
    desk.handle(replace(THREE_WEEKS, order="O9", modes=(), earliest=None, latest=None, due=None))
    said = desk.handle(EditRecord("order", "O9", {"production_start": MONDAY + 7 * DAY})).messages
    assert said == (
        "M1 to M1-2 stay on Mon 30 Nov 2026 - Thu 10 Dec 2026, and production runs on Mon 7 Dec 2026 -"
        " Thu 17 Dec 2026 now: move their days, or cancel them and book anew, which splits them anew.",
    )
    assert desk.handle(EditRecord("order", "O9", {"production_start": MONDAY})).messages == ()


def test_the_weeks_are_kept_with_whoever_has_begun(company: Store) -> None:
    desk = desk_of(company)
    desk.handle(EditRecord("inspector", "I2", {"services": ("DUPRO", "PSI", "MONITORING")}))
    desk.handle(THREE_WEEKS)
    later = PlanSettings(first_day=MONDAY + 7 * DAY)
    with company.session(write=True) as session:
        first = session.scalars(select(Request).where(Request.code == "M1")).one()
        person = session.scalars(select(Inspector).where(Inspector.code == "I2")).one()
        before = build_problem(session, later).problem
        Firm(session).visit(first, [person], morning(MONDAY), code="P9")
        session.commit()
    with company.session() as session:
        after = build_problem(session, later).problem
    liked = {entry.id: dict(entry.affinity) for entry in after.requests if entry.id.startswith("M1")}
    assert liked["M1-2"] == {"I2": -SAME_INSPECTOR_CENTS}
    assert {entry.id: dict(entry.affinity) for entry in before.requests}["M1-2"] == {}


def test_what_cannot_be_split_says_why(company: Store) -> None:
    desk = desk_of(company)
    with pytest.raises(RefusedError, match="only monitoring is split"):
        desk.handle(SplitMonitoring("R1"))
    desk.handle(THREE_WEEKS)
    with pytest.raises(RefusedError, match="part 2 of M1 already"):
        desk.handle(SplitMonitoring("M1-2"))
