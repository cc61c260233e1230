"""What the board says of places and windows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from desktop.services.board import BoardBar, BoardRow
from desktop.services.trade.clock import Booked, Counting, on_site_clock
from desktop.services.trade.completeness import ORDER, PHONE
from desktop.services.verdicts import Offer, RequestCard
from desktop.views.board.gestures import price
from desktop.views.board.wording import bar_card, lane_of, offer_marks, when_in_words
from scheduler.problem import Mode
from tests.unit.views.board.boards import MONDAY, board

BOOKED = dt.datetime(2026, 11, 30, 2, tzinfo=dt.UTC)  # ten in the morning in Shanghai


def card(hours: int = 48, earliest: dt.date | None = MONDAY, latest: dt.date | None = None) -> RequestCard:
    return RequestCard(
        code="R1",
        status="ready",
        service="PSI",
        client="C1",
        client_name="A client",
        factory="F1",
        factory_name="A factory",
        factory_local_name="",
        address="",
        area="",
        country="CN",
        order="",
        product="",
        quantity=None,
        skill="garment",
        level=2,
        languages=(),
        certificates=(),
        lead="",
        earliest=earliest,
        latest=latest,
        no_window="",
        due=None,
        requested_at=BOOKED,
        clock=on_site_clock(Booked(BOOKED), Counting(dt.UTC), hours),
        missing=(),
        time_zone="Asia/Shanghai",
        man_days=1.0,
        modes=(Mode(1, 2), Mode(1, 4)),
        price_cents=30_000,
        price_entered=False,
        note="",
        pinned=False,
        waived=(),
        made=(12.4, 20.0),
        place=None,
        broken=(),
        reason="",
    )


def test_the_lane_ends_with_the_last_day_and_says_what_is_made() -> None:
    lane = lane_of(board(), card(latest=MONDAY + dt.timedelta(days=3)))
    assert lane is not None
    assert (lane.first_slot, lane.last_slot, lane.label) == (0, 8, "R1 · 12 % made")


def test_the_target_is_counted_on_the_factorys_clock() -> None:
    lane = lane_of(board(), card())
    assert lane is not None
    assert lane.target_first == pytest.approx(2 * (2 + 10 / 24))
    assert lane.target_last == pytest.approx(2 * (3 + 10 / 24))
    assert lane.target_label == "48 \N{EN DASH} 72 h target"


def test_a_later_target_is_the_day_that_it_ends() -> None:
    lane = lane_of(board(), card(hours=100))
    assert lane is not None
    assert (lane.target_last or 0) - (lane.target_first or 0) == pytest.approx(2)
    assert lane.target_label == "target"


def test_without_a_window_there_is_no_lane() -> None:
    assert lane_of(board(), card(earliest=None)) is None


def test_a_target_long_past_is_not_drawn() -> None:
    later = replace(board(), first_day=MONDAY + dt.timedelta(days=14))
    lane = lane_of(later, card())
    assert lane is not None
    assert (lane.first_slot, lane.target_first) == (-28, None)


@pytest.mark.parametrize(
    ("cents", "text"), [(9_249, "+$92"), (-1_400, "\N{MINUS SIGN}$14"), (0, "$0"), (40, "$0"), (123_400, "+$1,234")]
)
def test_a_price_has_its_sign(cents: int, text: str) -> None:
    assert price(cents) == text


def test_days_are_said_shortly_and_single_halves_by_name() -> None:
    shown = board()
    assert when_in_words(shown, 0, 1) == "Mon 30 Nov"
    assert when_in_words(shown, 3, 3) == "Tue 1 Dec afternoon"
    assert when_in_words(shown, 0, 3) == "Mon 30 Nov \N{EN DASH} Tue 1 Dec"


def test_of_two_offers_at_one_start_the_cheaper_is_marked() -> None:
    offers = (Offer("I1", 2, 0, 900, 0), Offer("I1", 2, 1, 1_900, 0), Offer("I1", 6, 1, 2_900, 1))
    marks = offer_marks(card(), offers)["I1"]
    assert [(mark.first_slot, mark.last_slot, mark.text, mark.is_late) for mark in marks] == [
        (2, 3, "+$9", False),
        (6, 7, "+$29 late", True),
    ]


def test_a_bar_tells_until_when_or_what_its_clock_waits_for() -> None:
    bar = BoardBar("R1", "PSI", "Factory", 0, 1)
    row = BoardRow("I1", "One", "", "", "", (), 1, 5, ())
    said = bar_card(board(), row, bar, card(), "")
    assert [line.text for line in said.lines if line.title == "On site by"] == ["Wed 2 Dec 10:00"]
    stopped = replace(card(), clock=on_site_clock(Booked(None), Counting(dt.UTC), 48), missing=(PHONE, ORDER))
    texts = [line.text for line in bar_card(board(), row, bar, stopped, "").lines]
    assert "clock stopped: phone, order missing" in texts
