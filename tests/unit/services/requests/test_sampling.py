"""Man-days that follow from an order's goods: what is drawn of them, and what becomes of bookings that name none."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event, select

from desktop.models import Request
from desktop.services.commands import AddOrder, AddRequest, ChangeSetting, EditRecord, ReportProgress
from desktop.services.exchange import import_file
from desktop.services.requests.reading import read_open
from desktop.services.requests.rows import Sample
from desktop.services.requests.sampling import SampleSheet, parts_of, read_sample, samples_of
from desktop.services.trade.work import monitoring
from desktop.store.engine import Store
from scheduler.problem import Mode
from tests.helpers.company import MONDAY, NOW, desk_of, request


def booked(store: Store, service: str) -> tuple[SampleSheet, tuple[str, ...]]:
    """A booking R9 of 8,600 jackets at F1 that names no man-days."""
    order = AddOrder("O9", "C1", "F1", 8600, product="jacket", production_start=dt.date(2026, 11, 16), daily_rate=430.0)
    wanted = replace(request(9), order="O9", factory="F1", client="C1", modes=(), service=service)
    desk = desk_of(store)
    desk.handle(order)
    messages = desk.handle(wanted).messages
    return read_sample(store, NOW, "R9"), messages


def test_a_final_inspection_takes_the_whole_order(company: Store) -> None:
    sheet, messages = booked(company, "PSI")
    assert sheet.finished is not None
    assert (sheet.lot, sheet.group, sheet.finished.drawn, sheet.finished.major.letter) == (8600, "garment", 200, "L")
    assert (sheet.finished.major.accept, sheet.finished.minor.reject, sheet.finished.critical.accept) == (10, 15, 0)
    assert sheet.modes == (Mode(1, 4), Mode(2, 2))
    assert messages[0] == "R9: 2 man-days by the rules: 200 pieces drawn, 125 of garment fit in a day."
    assert sum(part.days for part in parts_of(sheet.work or monitoring(1))) == pytest.approx(2.0)


def test_a_dupro_takes_what_is_made_on_the_morning_of_the_visit(company: Store) -> None:
    sheet, _ = booked(company, "DUPRO")
    # 12 working days with Saturdays from 16 to 28 November, 430 pieces each
    assert (sheet.lot, sheet.day) == (5160, MONDAY)
    assert "60 % of 8,600 made on Mon 30 Nov 2026, the first day that its window leaves" in sheet.lot_words
    assert sheet.in_work is not None
    assert (sheet.in_work.lot, sheet.in_work.drawn) == (430, 50)
    desk_of(company).handle(ReportProgress("O9", dt.date(2026, 11, 20), 5.0))
    later = read_sample(company, NOW, "R9")
    assert later.finished is not None
    listed = next(row for row in read_open(company, NOW) if row.code == "R9")
    assert listed.sample == Sample(later.finished.critical.letter, later.finished.drawn)
    assert later.lot is not None
    assert 430 < later.lot <= 3200  # slower than was planned
    assert later.work is not None
    assert (later.work.days, later.man_days, later.may_apply) == (1.0, 2.0, True)


def test_a_fast_dupro_takes_the_share_at_which_it_may_come(company: Store) -> None:
    # made in a day and a third: the window opens on the day in whose course the first tenth is made
    desk = desk_of(company)
    desk.handle(AddOrder("O9", "C1", "F1", 8000, product="jacket", production_start=MONDAY, daily_rate=6000.0))
    wanted = replace(request(9), order="O9", factory="F1", client="C1", modes=(), earliest=None, latest=None, due=None)
    told = desk.handle(wanted).messages
    sheet = read_sample(company, NOW, "R9")
    assert (sheet.lot, sheet.day) == (800, MONDAY)
    assert told[0].startswith("R9: 1 man-day by the rules: 80 pieces drawn")
    listed = next(row for row in read_open(company, NOW) if row.code == "R9")
    assert listed.sample == Sample("J", 80)


def test_the_rules_are_offered_where_the_facts_change_and_never_applied_by_themselves(company: Store) -> None:
    booked(company, "PSI")
    desk = desk_of(company)
    assert desk.handle(EditRecord("order", "O9", {"variants": 25, "product_group": "hardware"})).messages == ()
    sheet = read_sample(company, NOW, "R9")
    assert sheet.work is not None
    assert (sheet.man_days, sheet.work.days, sheet.may_apply) == (2.0, 2.0, False)  # 0.63 and 1 for 20 more variants
    desk.handle(ChangeSetting("pace", {"pieces": {"hardware": 100}}))
    assert read_sample(company, NOW, "R9").may_apply
    told = desk.handle(EditRecord("order", "O9", {"variants": 24})).messages
    assert told[0].startswith("R9 has 2 man-days; 3 man-days by the rules: 200 pieces drawn")
    told = desk.handle(EditRecord("request", "R9", {"modes": [[1, 2]]})).messages
    assert told[0].startswith("R9 has 1 man-day now; 3 man-days by the rules: 200 pieces drawn")
    told = desk.handle(EditRecord("request", "R9", {"modes": [[1, 4]], "man_days_reason": "agreed"})).messages
    assert "by the rules" not in " ".join(told)
    assert not read_sample(company, NOW, "R9").may_apply


def test_where_too_little_is_known_a_man_day_is_assumed_and_said(company: Store) -> None:
    messages = desk_of(company).handle(AddRequest("R9", "C1", "F1", "PSI", "textile", 1)).messages
    assert messages[0] == "R9: 1 man-day is assumed, as it names no order, so that its quantity is not known."
    assert read_sample(company, NOW, "R9").modes == (Mode(1, 2),)


def test_containers_days_and_first_looks(company: Store) -> None:
    desk = desk_of(company)
    sunday = MONDAY + dt.timedelta(days=6)
    desk.handle(AddRequest("L1", "C1", "F1", "LOADING", "textile", 1, containers=5))
    desk.handle(AddRequest("M1", "C1", "F1", "MONITORING", "textile", 1, earliest=MONDAY, latest=sunday))
    desk.handle(AddRequest("P9", "C1", "F1", "PPI", "textile", 1, order="O1"))
    found = {code: read_sample(company, NOW, code) for code in ("L1", "M1", "P9")}
    assert [(sheet.man_days, sheet.differs) for sheet in found.values()] == [(2.5, False), (6.0, False), (1.0, False)]
    assert found["M1"].modes == (Mode(1, 12),)
    assert all(sheet.finished is None for sheet in found.values())


def test_planned_ones_are_left_alone(company: Store) -> None:
    desk_of(company).handle(EditRecord("order", "O2", {"quantity": 500_000}))
    sheet = read_sample(company, NOW, "R2")  # a final inspection, planned in P1
    assert (sheet.fixed, sheet.differs, sheet.may_apply) == ("R2 is planned in P1", True, False)


def test_imported_bookings_without_ways_take_those_of_the_rules(company: Store, tmp_path: Path) -> None:
    path = tmp_path / "bookings.csv"
    heads = ["Code", "Client", "Factory", "Order", "Service", "Skill", "Ways", "Earliest", "Latest"]
    week = ["2026-12-01", "2026-12-04"]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                heads,
                ["N1", "C3", "F3", "O3", "PSI", "textile", "", *week],  # 3,000 jackets: 125 pieces
                ["N2", "C3", "F3", "", "PSI", "textile", "", *week],
                ["N3", "C3", "F3", "O3", "PSI", "textile", "2 people 1 day", *week],
            ]
        )
    outcome = import_file(desk_of(company), path, kind="request")
    assert "N1: 1 man-day by the rules: 125 pieces drawn, 125 of garment fit in a day." in outcome.messages
    assert "N2: 1 man-day is assumed, as it names no order, so that its quantity is not known." in outcome.messages
    assert [read_sample(company, NOW, code).modes for code in ("N1", "N2", "N3")] == [
        (Mode(1, 2),),
        (Mode(1, 2),),
        (Mode(2, 2),),
    ]


def test_many_bookings_are_read_in_as_many_statements_as_one(company: Store) -> None:
    said: list[str] = []
    with company.session() as session:
        keys = session.scalars(select(Request.id)).all()

        @event.listens_for(session.connection(), "before_cursor_execute")
        def note(_one: object, _two: object, statement: str, *_rest: object) -> None:
            said.append(statement)

        samples_of(session, keys[:1], NOW)
        one = len(said)
        session.expire_all()
        said.clear()
        assert len(samples_of(session, keys, NOW)) == len(keys) > 5
        # each skill asked for is one more, with what its people bring
        assert len(said) - one < len(keys)
