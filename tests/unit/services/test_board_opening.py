"""Which plan a board opens."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from desktop.clock import FixedClock
from desktop.errors import RefusedError
from desktop.services.board_opening import NewDraft, Wish, open_board
from desktop.services.bus import Desk
from desktop.services.commands import MoveVisit, PublishPlan
from desktop.services.planning.blank import blank_draft
from desktop.services.planning.week import settings_for
from desktop.services.slots import slot_of
from desktop.store.engine import Store
from tests.helpers.office import MONDAY, NOW, PlannedCompany
from tests.helpers.stores import SqliteTemplate

TODAY = NOW.date()
WEEK = dt.timedelta(days=7)


@pytest.fixture(scope="module")
def company(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> PlannedCompany:
    return PlannedCompany.make(sqlite_template, tmp_path_factory.mktemp("opening"), inspectors=6, requests=12)


@pytest.fixture
def store(company: PlannedCompany, tmp_path: Path) -> Store:
    return company.copied(tmp_path)


def desk_on(store: Store, hours: int = 1) -> Desk:
    return Desk(store, FixedClock(NOW + dt.timedelta(hours=hours)), "planner")


def test_a_plan_is_opened_by_its_code_or_any_of_its_days(store: Store) -> None:
    with store:
        code = open_board(store, Wish(), TODAY).plan.code
        assert code
        assert open_board(store, Wish(code), TODAY).plan.code == code
        assert open_board(store, Wish(day=MONDAY + dt.timedelta(days=6)), TODAY).plan.code == code
        assert open_board(store, Wish("gone", MONDAY), TODAY).plan.code == code
        assert [plan.code for plan in open_board(store, Wish(), TODAY).plans] == [code]


def test_days_without_a_plan_are_opened_from_their_monday(store: Store) -> None:
    with store:
        plan = open_board(store, Wish(day=MONDAY + WEEK + dt.timedelta(days=3)), TODAY).plan
        assert (plan.code, plan.board.first_day, plan.board.days) == ("", MONDAY + WEEK, 7)


def test_the_plan_made_last_answers_for_a_day(store: Store) -> None:
    with store:
        first = open_board(store, Wish(), TODAY).plan.code
        desk = desk_on(store)
        second = blank_draft(desk, settings_for(store, MONDAY))
        assert open_board(store, Wish(day=MONDAY), TODAY).plan.code == second != first
        desk.handle(PublishPlan(second))
        assert open_board(store, Wish(day=MONDAY), TODAY).plan.code == second
        assert open_board(store, Wish(first), TODAY).plan.code == first


def test_the_first_move_in_days_without_a_plan_begins_a_draft(store: Store) -> None:
    with store:
        plan = open_board(store, Wish(day=MONDAY + WEEK), TODAY).plan
        request, offer = next((e.request, o) for e in plan.board.unassigned for o in plan.offers(e.request)[:1])
        first = slot_of(plan.board.first_day) + offer.first_slot
        move = MoveVisit("", request, offer.inspectors, first, offer.mode)
        code, outcome = NewDraft(plan.board.first_day, plan.board.days).carry_out(desk_on(store), move)
        assert request in outcome.label
        place = open_board(store, Wish(code), TODAY).plan.card(request).place
        assert place is not None
        assert (place.inspectors, place.first_slot) == (offer.inspectors, offer.first_slot)


def test_a_first_move_that_is_refused_leaves_an_empty_draft(store: Store) -> None:
    with store:
        plan = open_board(store, Wish(day=MONDAY + WEEK), TODAY).plan
        request = plan.board.unassigned[0].request
        sunday = slot_of(MONDAY + WEEK) + 12
        people = (plan.board.rows[0].inspector, plan.board.rows[1].inspector, plan.board.rows[2].inspector)
        move = MoveVisit("", request, people, sunday, 0)
        with pytest.raises(RefusedError):
            NewDraft(MONDAY + WEEK, 7).carry_out(desk_on(store), move)
        assert open_board(store, Wish(day=MONDAY + WEEK), TODAY).plan.code != ""
