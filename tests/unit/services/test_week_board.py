"""A stored plan as a board: everything of it, in its place."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

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
from desktop.store.backup import back_up
from desktop.store.engine import Store, open_store
from scheduler.params import Params
from tests.helpers.stores import SqliteTemplate, sqlite_url

MONDAY = dt.date(2026, 11, 30)
CLOCK = FixedClock(dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC))


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> Iterator[tuple[Store, str]]:
    """A company and its plan's code; tests only read it."""
    with sqlite_template.new_store(tmp_path_factory.mktemp("planned")) as store:
        make_sample(store, inspectors=12, requests=30, seed=4, first_day=MONDAY, clock=CLOCK)
        params = Params(time_limit=None, iteration_limit=100)
        yield store, plan_week(Desk(store, CLOCK, "mei"), settings_for(store, MONDAY), params).code


@pytest.fixture
def desk(planned: tuple[Store, str], tmp_path: Path) -> Iterator[Desk]:
    """A copy of it to work on."""
    store, _ = planned
    back_up(store, tmp_path / "copy.db")
    with open_store(sqlite_url(tmp_path / "copy.db")) as copy:
        yield Desk(copy, CLOCK, "mei")


def both(planned: tuple[Store, str]) -> tuple[PlanView, WeekBoard]:
    store, plan = planned
    return plan_view(store, plan), week_board(store, plan)


def test_every_visit_stands_with_each_of_its_crew(planned: tuple[Store, str]) -> None:
    view, board = both(planned)
    expected = Counter((visit.request, member.code) for visit in view.visits for member in visit.inspectors)
    assert Counter((bar.request, row.inspector) for row in board.rows for bar in row.bars) == expected
    assert expected
    assert board.assigned == len(view.visits)
    assert [entry.request for entry in board.unassigned] == [entry.request for entry in view.unassigned]


def test_bars_lie_within_the_days_in_order_and_load_counts_their_half_days(planned: tuple[Store, str]) -> None:
    _, board = both(planned)
    for row in board.rows:
        assert len(row.cells) == 2 * board.days
        slots = [slot for bar in row.bars for slot in range(bar.first_slot, bar.last_slot + 1)]
        assert slots == sorted(set(slots))
        assert all(0 <= slot < 2 * board.days for slot in slots)
        assert row.worked == len(slots)
        assert row.available == sum(kind in ("work", "make-up") for kind in row.cells)


def test_rows_of_a_team_stand_together(planned: tuple[Store, str]) -> None:
    _, board = both(planned)
    teams = [row.team for row in board.rows]
    assert teams == sorted(teams)


def test_a_draft_turns_published_and_a_pin_is_seen(planned: tuple[Store, str], desk: Desk) -> None:
    _, plan = planned
    _, board = both((desk.store, plan))
    assert board.status == "draft"
    assert board.badge == "Sample company"
    request = next(bar.request for row in board.rows for bar in row.bars if not bar.pinned)
    assert not any(bar.published for row in board.rows for bar in row.bars)
    desk.handle(PinRequest(plan, request))
    desk.handle(PublishPlan(plan))
    _, board = both((desk.store, plan))
    bars = [bar for row in board.rows for bar in row.bars]
    assert board.status == "published"
    assert all(bar.published for bar in bars)
    assert request in {bar.request for bar in bars if bar.pinned}


def test_the_gap_is_told_only_with_a_bound(planned: tuple[Store, str]) -> None:
    _, board = both(planned)
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
