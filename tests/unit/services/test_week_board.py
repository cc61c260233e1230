"""A stored plan as a board: everything of it, in its place."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from desktop.clock import FixedClock
from desktop.services.board import WeekBoard
from desktop.services.bus import Desk
from desktop.services.commands import PinRequest, PublishPlan
from desktop.services.demo.sample import make_sample
from desktop.services.planning.reading import plan_view
from desktop.services.planning.views import PlanView
from desktop.services.planning.week import plan_week, settings_for
from desktop.services.week_board import home_town, week_board
from desktop.store.engine import Store
from scheduler.params import Params

MONDAY = dt.date(2026, 11, 30)
CLOCK = FixedClock(dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC))


@pytest.fixture
def desk(sqlite_store: Store) -> Desk:
    make_sample(sqlite_store, inspectors=12, requests=30, seed=4, first_day=MONDAY, clock=CLOCK)
    return Desk(sqlite_store, CLOCK, "mei")


@pytest.fixture
def plan(desk: Desk) -> str:
    params = Params(time_limit=None, iteration_limit=100)
    return plan_week(desk, settings_for(desk.store, MONDAY), params).code


def both(desk: Desk, plan: str) -> tuple[PlanView, WeekBoard]:
    return plan_view(desk.store, plan), week_board(desk.store, plan)


def test_every_visit_stands_with_each_of_its_crew(desk: Desk, plan: str) -> None:
    view, board = both(desk, plan)
    expected = Counter((visit.request, member.code) for visit in view.visits for member in visit.inspectors)
    assert Counter((bar.request, row.inspector) for row in board.rows for bar in row.bars) == expected
    assert expected
    assert board.assigned == len(view.visits)
    assert [entry.request for entry in board.unassigned] == [entry.request for entry in view.unassigned]


def test_bars_lie_within_the_days_in_order_and_load_counts_their_half_days(desk: Desk, plan: str) -> None:
    _, board = both(desk, plan)
    for row in board.rows:
        assert len(row.cells) == 2 * board.days
        slots = [slot for bar in row.bars for slot in range(bar.first_slot, bar.last_slot + 1)]
        assert slots == sorted(set(slots))
        assert all(0 <= slot < 2 * board.days for slot in slots)
        assert row.worked == len(slots)
        assert row.available == sum(kind in ("work", "make-up") for kind in row.cells)


def test_rows_of_a_team_stand_together(desk: Desk, plan: str) -> None:
    _, board = both(desk, plan)
    teams = [row.team for row in board.rows]
    assert teams == sorted(teams)


def test_a_draft_turns_published_and_a_pin_is_seen(desk: Desk, plan: str) -> None:
    _, board = both(desk, plan)
    assert board.status == "draft"
    assert board.badge == "Sample company"
    request = next(bar.request for row in board.rows for bar in row.bars if not bar.pinned)
    assert not any(bar.published for row in board.rows for bar in row.bars)
    desk.handle(PinRequest(plan, request))
    desk.handle(PublishPlan(plan))
    _, board = both(desk, plan)
    bars = [bar for row in board.rows for bar in row.bars]
    assert board.status == "published"
    assert all(bar.published for bar in bars)
    assert request in {bar.request for bar in bars if bar.pinned}


def test_the_gap_is_told_only_with_a_bound(desk: Desk, plan: str) -> None:
    _, board = both(desk, plan)
    assert (board.gap is None) == (board.bound is None)
    assert board.date(6) == dt.date(2026, 12, 6)


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("广东省东莞市长安镇", "东莞市长安镇"),
        ("广西壮族自治区南宁市", "南宁市"),
        ("Quận Bình Thạnh, Thành phố Hồ Chí Minh", "Quận Bình Thạnh"),
        ("广东省", "广东省"),
        ("", ""),
    ],
)
def test_of_an_address_the_town_is_shown(address: str, town: str) -> None:
    assert home_town(address) == town
