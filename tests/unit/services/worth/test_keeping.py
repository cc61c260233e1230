"""Studies on record, on both engines: kept, shown, reported, and no longer valid once the plan is another."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from desktop.errors import NotFoundError, RefusedError
from desktop.models import Plan, Request
from desktop.services.commands import AddClient, DiscardPlan, UnassignVisit
from desktop.services.reports.report import Report
from desktop.services.reports.scope import Scope
from desktop.services.reports.vocabulary import LANGUAGES, words
from desktop.services.reports.worth_report import worth_report
from desktop.services.worth.asking import CeilingsAsked, Hire, PromiseAsked, RulesAsked, StudyAsked, WhatIfAsked
from desktop.services.worth.keeping import Made, plan_to_study, worth_view
from desktop.services.worth.running import keep, prepare_study, study
from desktop.store.engine import Store
from tests.helpers.planning_firm import MONDAY, NOW, WEEK, Firm, day, desk_of, slot
from tests.unit.services.worth.conftest import CODE, Here, found_firm

PROMISE = PromiseAsked((96,))
ALL: tuple[StudyAsked, ...] = (
    PROMISE,
    RulesAsked(("week",)),
    WhatIfAsked((Hire(1, "garment", "广东省"),)),
    CeilingsAsked(exact=1, units=2, seconds=1.0),
)
SCOPE = Scope(dt.date(2026, 9, 7), 13)


def made_of(store: Store, asked: StudyAsked) -> Made:
    return study(prepare_study(store, None, asked), asked, Here(1))


def report(store: Store, scope: Scope = SCOPE) -> Report:
    return worth_report(store, scope, desk_of(store).clock)


def gap_of(told: Report) -> object:
    return next(one.value for one in told.headlines if one.key == "plan_gap")


def test_a_study_is_kept_shown_and_taken_back(any_store: Store) -> None:
    store = found_firm(any_store)
    desk = desk_of(store)
    made = made_of(store, PROMISE)
    outcome = keep(desk, made)
    assert outcome.label == f"Keep a study of {CODE}: the promise at 96 hours"
    view = worth_view(store)
    assert (view.plan, view.status, view.first_day, view.cost) == (CODE, "draft", MONDAY, made.cost)
    assert view.promise is not None
    header, content = view.promise
    assert content == made.content, "as JSON and back"
    assert (header.made_at, header.made_by, header.cost, header.bound) == (NOW, "lan", made.cost, made.bound)
    assert header.holds
    assert (view.ceilings, view.rules, view.whatifs) == (None, None, ())
    desk.undo()
    assert worth_view(store).promise is None


def test_a_study_holds_as_long_as_the_plan_and_its_records_say_the_same(any_store: Store) -> None:
    store = found_firm(any_store)
    desk = desk_of(store)
    keep(desk, made_of(store, PROMISE))
    desk.handle(AddClient("C2", "Other Trading"))
    assert worth_view(store).headers[0].holds, "another client changes nothing"
    desk.handle(UnassignVisit(CODE, "R5"))
    assert not worth_view(store).headers[0].holds
    desk.undo()
    assert worth_view(store).headers[0].holds, "the plan is that one again"


def test_the_latest_study_of_a_kind_is_shown_and_all_what_ifs(sqlite_store: Store) -> None:
    store = found_firm(sqlite_store)
    desk = desk_of(store)
    for seed in (1, 2):
        keep(desk, made_of(store, WhatIfAsked(ill_number=1, seed=seed)))
        keep(desk, made_of(store, PromiseAsked((48 + seed,))))
    view = worth_view(store, CODE)
    assert [shown.content.asked.seed for shown in view.whatifs] == [2, 1]
    assert view.promise is not None
    assert [row.hours for row in view.promise[1].rows] == [48, 50]
    assert view.bound is not None


def test_what_is_studied_where_nothing_is_named(sqlite_store: Store) -> None:
    assert plan_to_study(sqlite_store) is None
    assert worth_view(sqlite_store).plan == ""
    with pytest.raises(NotFoundError, match="no plan yet"):
        prepare_study(sqlite_store, None, PROMISE)
    store = found_firm(sqlite_store)
    assert plan_to_study(store) == CODE, "the draft, as nothing is published"
    with store.session(write=True) as session:
        firm = Firm(session)
        request = firm.request("R9", firm.factory("F9"), status="published")
        person = firm.inspector("I9")
        firm.visit(request, [person], slot(-7), code="P0")
        session.commit()
    assert plan_to_study(store) == CODE, "of later days"
    desk_of(store).handle(DiscardPlan(CODE))
    assert plan_to_study(store) == "P0"
    with pytest.raises(NotFoundError):
        prepare_study(store, "2026-W01-1", PROMISE)


def test_the_report_says_what_the_studies_say_in_every_language(sqlite_store: Store) -> None:
    store = found_firm(sqlite_store)
    assert [note.key for note in report(store).notes] == ["worth_none"]
    for asked in ALL:
        keep(desk_of(store), made_of(store, asked))
    view, told = worth_view(store), report(store)
    assert [table.name for table in told.tables] == [
        "worth_regions", "worth_hands", "worth_more", "worth_promise", "worth_rules", "worth_what_ifs",
    ]  # fmt: skip
    assert view.ceilings is not None
    hands = [row for row in view.ceilings[1].rows if row.kind == "hand"]
    frame = told.table("worth_hands").frame
    assert frame["ceiling"].tolist() == [row.at_most for row in hands]
    assert frame["exact_saving"][0] == hands[0].exact
    assert told.table("worth_regions").frame["ceiling"].tolist() == [max(row.at_most for row in hands)]
    assert told.table("worth_what_ifs").frame["saving"].tolist() == [view.whatifs[0].content.saved]
    headline = {one.key: one.value for one in told.headlines}
    assert headline["best_place"] == hands[0].exact
    assert (told.scope.first_day, told.scope.weeks) == (MONDAY, 1), "the plan's own weeks"
    assert view.promise is not None
    assert headline["promise_price"] == view.promise[1].rows[0].run.cost - view.promise[1].rows[-1].run.cost
    for language in LANGUAGES:
        known = words(language)
        for table in told.tables:
            assert known[f"table.{table.name}"]
            for column in table.columns:
                assert known[f"figure.{column.key}"]
                assert known[f"figure.{column.key}.means"]
                if column.unit == "word":
                    assert all(known[f"value.{value}"] for value in table.frame[column.key])
        for note in (*told.notes, *(one.aside for one in told.headlines if one.aside is not None)):
            assert known[f"note.{note.key}"].format(**note.values)
    assert headline["plan_gap"] == view.cost - (view.bound or 0)
    assert len(report(store, SCOPE.narrowed(region="广东省")).table("worth_hands").frame) == len(frame)
    narrow = report(store, SCOPE.narrowed(region="福建省"))
    assert not len(narrow.table("worth_hands").frame)
    assert not len(narrow.table("worth_regions").frame)

    desk_of(store).handle(UnassignVisit(CODE, "R5"))
    assert gap_of(report(store)) is None, "all that was studied is of the plan as it was"
    again = made_of(store, PROMISE)
    keep(desk_of(store), again)
    assert again.bound is not None
    assert gap_of(report(store)) == again.cost - again.bound


def test_of_a_plan_that_breaks_rules_no_ceiling_is_told(sqlite_store: Store) -> None:
    store = found_firm(sqlite_store)
    with store.session(write=True) as session:
        for request in session.scalars(select(Request).where(Request.code.in_(("R1", "R2")))):
            request.earliest = day(3)
        session.commit()
    with pytest.raises(RefusedError, match="breaks 2 rules") as refused:
        prepare_study(store, None, ALL[-1])
    assert "study another plan" in refused.value.hint
    keep(desk_of(store), made_of(store, PROMISE))
    told = report(store)
    assert [(note.key, note.values.get("number")) for note in told.notes] == [("worth_broken", 2)]
    assert {one.key: one.value for one in told.headlines}["plan_gap"] is None
    assert "2" in words("en")["note.worth_broken"].format(**told.notes[0].values)


def test_a_plan_without_requests_is_refused(sqlite_store: Store) -> None:
    with sqlite_store.session(write=True) as session:
        session.add(
            Plan(code="P0", status="published", first_day=MONDAY, days=7, settings=WEEK.to_json(), created_at=NOW)
        )
        session.commit()
    with pytest.raises(RefusedError, match="no requests"):
        prepare_study(sqlite_store, None, PROMISE)
