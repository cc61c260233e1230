"""A plan held open: what it shows, what it says of a change before it is made, and the plan after it."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.errors import ConflictError, NotFoundError, RefusedError
from desktop.models import Factory
from desktop.services.board import BoardRow, WeekBoard
from desktop.services.commands import (
    CancelRequest,
    EditRecord,
    MoveVisit,
    PublishPlan,
    RecordAbsence,
    UnassignVisit,
    UnpinRequest,
)
from desktop.services.planning.open_plan import OpenPlan, open_plan, open_week
from desktop.services.planning.pairs import ARRIVED_AFTER
from desktop.services.settings import PlanSettings
from desktop.services.verdicts import VerdictLine
from desktop.store.engine import Store
from desktop.store.unit_of_work import UnitOfWork
from scheduler.plan import Assignment
from scheduler.problem import Mode
from tests.helpers.planning_firm import FAR, MONDAY, NEAR, WEEK, Firm, adopted, day, desk_of, slot

R1, R2 = Assignment("R1", 0, 0, ("I1",)), Assignment("R2", 0, 2, ("I2",))


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """Four people near F1; R1 and R2 of one day, R3 far away for one or two, R4 asks for what nobody has."""
    with sqlite_store.session(write=True) as session:
        firm = Firm(session)
        for code in ("I1", "I2", "I3"):
            firm.inspector(code, certificates={"gb-textile": day(40)})
        firm.inspector("I4", skills={"toys": 1})
        near, far = firm.factory("F1", at=NEAR), firm.factory("F2", at=FAR, closed_weekdays=(6,))
        order = firm.order("O1", near, production_start=day(-2), daily_rate=100.0)
        firm.request("R1", near, languages=("zh",), certificates=("gb-textile",), order_id=order.id, note="gate 3")
        firm.request("R2", near, latest=day(2), due=day(1))
        firm.request("R3", far, modes=(Mode(1, 4), Mode(2, 2)))
        firm.request("R4", near, skill="shoes")
        session.commit()
    return sqlite_store


@pytest.fixture
def opened(store: Store) -> OpenPlan:
    return open_plan(store, adopted(store, R1, R2))


def row(board: WeekBoard, inspector: str) -> BoardRow:
    return next(row for row in board.rows if row.inspector == inspector)


def lines(opened: OpenPlan, request: str, crew: tuple[str, ...], first_slot: int) -> dict[str, VerdictLine]:
    return {line.title: line for line in opened.verdict(request, crew, first_slot).lines}


# -- what it shows -----------------------------------------------------------------------------------------------------


def test_a_row_tells_days_run_rate_and_cost(opened: OpenPlan) -> None:
    one = row(opened.board, "I1")
    assert (one.days, one.run, one.rate, one.languages) == (1, 1, 5000, ("zh",))
    assert one.cost == opened.standing.of_person(0).cost.total > 5000
    assert row(opened.board, "I3").cost == 0
    assert opened.board.parts.total == opened.board.cost
    assert opened.status == "draft"


def test_what_is_broken_by_now_is_said_on_the_bar(store: Store, opened: OpenPlan) -> None:
    assert not any(bar.broken for one in opened.board.rows for bar in one.bars)
    desk_of(store).handle(RecordAbsence("I1", slot(0), slot(0, afternoon=True)))
    board = open_plan(store, opened.code).board
    (bar,) = row(board, "I1").bars
    assert bar.broken == "I1 is not available on 2026-11-30 morning for R1."
    assert row(board, "I2").bars[0].broken == ""
    card = open_plan(store, opened.code).card("R1")
    assert card.broken == (bar.broken,)


def test_what_came_later_stands_in_the_tray(store: Store, opened: OpenPlan) -> None:
    with store.session(write=True) as session:
        Firm(session).request("R9", session.get_one(Factory, 1))
        session.commit()
    desk_of(store).handle(RecordAbsence("I4", slot(0), slot(0)))  # what is written past the bus has no history
    board = open_plan(store, opened.code).board
    (late,) = (entry for entry in board.unassigned if entry.arrived)
    assert (late.request, late.reason) == ("R9", ARRIVED_AFTER.text)


def test_a_card_tells_what_is_known_of_a_request(opened: OpenPlan) -> None:
    card = opened.card("R1")
    assert (card.client_name, card.factory_name, card.product, card.quantity) == (
        "Meadow Trading",
        "Factory F1",
        "jackets",
        1000,
    )
    assert (card.note, card.price_cents, card.price_entered) == ("gate 3", 28000, True)
    assert card.clock.target == dt.datetime(2026, 12, 4, 16, tzinfo=dt.UTC), "the end of the day due, at the factory"
    assert card.made[:3] == (20.0, 30.0, 40.0), "it began two days before at a tenth of the order a day"
    assert card.place is not None
    assert (card.place.inspectors, card.place.names, card.place.first_slot, card.place.last_slot) == (
        ("I1",),
        ("Inspector I1",),
        0,
        1,
    )
    assert card.place.version == 1
    left = opened.card("R4")
    assert left.place is None
    assert "nobody can serve it" in left.reason


# -- before a change ---------------------------------------------------------------------------------------------------


def test_what_is_kept_is_said_with_its_numbers(opened: OpenPlan) -> None:
    verdict = opened.verdict("R1", ("I3",), 2)
    assert verdict.state == "ok"
    assert {line.state for line in verdict.lines} == {"ok"}
    said = {line.title: line.text for line in verdict.lines}
    assert said == {
        "Skill": "garment 3, needs 2",
        "Languages": "speaks zh",
        "Certificates": "gb-textile until Sat 9 Jan",
        "Permit": "广东省",
        "Window": "Mon 30 Nov to Fri 4 Dec; 30 % made on Tue 1 Dec",
        "Target": "in time: due Fri 4 Dec",
        "Factory": "open on Tue 1 Dec",
        "Calendar": "free on Tue 1 Dec",
        "Load": "1 of 5 days, run of 1",
        "Rotation": "1 visit here in 90 days, limit 3",
        "Travel": "car 10 km, 22 min, $3, no hotel",
    }


def test_a_rule_that_can_be_waived_asks_for_a_reason(opened: OpenPlan) -> None:
    verdict = opened.verdict("R1", ("I4",), 0)
    assert (verdict.state, verdict.waive) == ("warn", ("eligibility",))
    said = {line.title: line for line in verdict.lines}
    assert said["Skill"] == VerdictLine(
        "warn", "Skill", "I4 may not serve R1: does not have the skill: garment at level 2 is needed."
    )
    assert said["Certificates"].state == "warn"
    assert said["Window"].state == "ok"
    assert verdict.cost is not None


def test_a_way_that_cannot_be_travelled_is_forbidden_and_has_no_price(store: Store) -> None:
    code = adopted(store, R1, Assignment("R3", 1, 2, ("I2", "I3")))
    opened = open_plan(store, code)
    verdict = opened.verdict("R3", ("I1", "I3"), 0, 1)  # the day before is a Sunday: no travel day
    assert (verdict.state, verdict.waive, verdict.cost) == ("bad", (), None)
    assert next(line.state for line in verdict.lines if line.title == "Travel") == "bad"


def test_being_late_is_said_and_not_forbidden(opened: OpenPlan) -> None:
    verdict = opened.verdict("R2", ("I3",), 4)
    assert verdict.state == "ok"
    assert lines(opened, "R2", ("I3",), 4)["Target"] == VerdictLine("warn", "Target", "1 day late: due Tue 1 Dec")
    assert verdict.cost is not None
    assert verdict.cost.late == WEEK.late_cost_cents


def test_the_mode_follows_from_the_crew(opened: OpenPlan) -> None:
    one, two = opened.verdict("R3", ("I1",), 4), opened.verdict("R3", ("I2", "I3"), 4)
    assert (one.mode, one.last_slot) == (0, 7)
    assert (two.mode, two.last_slot) == (1, 5)


def test_nothing_is_moved_in_what_is_published(store: Store, opened: OpenPlan) -> None:
    desk_of(store).handle(PublishPlan(opened.code))
    published = open_plan(store, opened.code)
    assert published.verdict("R1", ("I3",), 2).state == "bad"
    assert published.offers("R1") == ()
    assert all(bar.published for one in published.board.rows for bar in one.bars)


def test_a_request_that_was_cancelled_is_not_placed(store: Store, opened: OpenPlan) -> None:
    desk_of(store).handle(CancelRequest("R1"))
    after = open_plan(store, opened.code)
    assert after.verdict("R1", ("I3",), 2).state == "bad"
    assert "R1" not in after.standing.placed


# -- offers ------------------------------------------------------------------------------------------------------------


def test_offers_are_all_legal_places_by_cost(opened: OpenPlan) -> None:
    offers = opened.offers("R1")
    assert [offer.cost_cents for offer in offers] == sorted(offer.cost_cents for offer in offers)
    expected = {
        (person, first)
        for person in ("I1", "I2", "I3", "I4")
        for first in range(14)
        if opened.verdict("R1", (person,), first).state == "ok"
    }
    assert {(offer.inspector, offer.first_slot) for offer in offers} == expected - {("I1", 0)}
    assert len(offers) == 13, "three people on five days, but where it is and where I2 has another visit"


def test_a_visit_of_two_is_offered_with_the_cheapest_companion(opened: OpenPlan) -> None:
    offers = [offer for offer in opened.offers("R3") if offer.mode == 1 and offer.first_slot == 6]
    assert {offer.inspector for offer in offers} == {"I1", "I2", "I3"}
    for offer in offers:
        assert offer.inspector in offer.inspectors
        others = [(offer.inspector, other) for other in ("I1", "I2", "I3") if other != offer.inspector]
        costs = [opened.verdict("R3", tuple(sorted(pair)), 6, 1).cost for pair in others]
        assert offer.cost_cents == min(cost.total for cost in costs if cost is not None)


def test_a_search_for_offers_can_be_stopped(opened: OpenPlan) -> None:
    assert opened.offers("R1", lambda: True) == ()
    assert opened.offers("R4") == ()


# -- the plan after a change -------------------------------------------------------------------------------------------


def test_only_the_rows_touched_are_drawn_anew(opened: OpenPlan) -> None:
    after = opened.moved("R1", ("I3",), 2)
    changed = {new.inspector for old, new in zip(opened.board.rows, after.board.rows, strict=True) if old is not new}
    assert changed == {"I1", "I3"}
    (bar,) = row(after.board, "I3").bars
    assert (bar.request, bar.first_slot, bar.pinned, bar.version) == ("R1", 2, True, None)
    assert opened.board.rows[0].bars, "the plan before is as it was"
    cost = opened.verdict("R1", ("I3",), 2).cost
    assert cost is not None
    assert after.board.cost - opened.board.cost == cost.total


def test_what_is_taken_out_goes_to_the_tray_and_comes_back(opened: OpenPlan) -> None:
    out = opened.unassigned("R1")
    assert "R1" in {entry.request for entry in out.board.unassigned}
    assert out.board.assigned == 1
    back = out.moved("R1", ("I1",), 0)
    assert back.board.cost == opened.board.cost
    assert back.board.unassigned == opened.board.unassigned


def test_a_move_is_what_was_shown_ahead(store: Store, opened: OpenPlan) -> None:
    ahead = opened.moved("R1", ("I3",), 2)
    desk_of(store).handle(MoveVisit(opened.code, "R1", ("I3",), slot(1)))
    after = open_plan(store, opened.code)
    assert after.board.cost == ahead.board.cost
    assert after.digest == ahead.digest
    assert row(after.board, "I3").bars[0].version == 2


# -- days without a plan -----------------------------------------------------------------------------------------------


def test_days_without_a_plan_have_everything_in_the_tray(store: Store) -> None:
    week = open_week(store, MONDAY, 7)
    assert (week.code, week.status, week.board.assigned) == ("", "", 0)
    assert [entry.request for entry in week.board.unassigned] == ["R1", "R2", "R3", "R4"]
    assert len(week.board.rows) == 4
    assert week.verdict("R1", ("I1",), 0).state == "ok"
    assert week.verdict("R4", ("I1",), 0).waive == ("eligibility",)
    assert week.offers("R2")


def test_what_is_announced_stands_in_days_planned_anew(store: Store, opened: OpenPlan) -> None:
    desk_of(store).handle(PublishPlan(opened.code))
    week = open_week(store, MONDAY, 5)
    (bar,) = row(week.board, "I1").bars
    assert (bar.request, bar.published, bar.elsewhere) == ("R1", True, False)
    assert week.board.published_until == day(1)
    later = open_week(store, day(1), 5)
    assert [bar.elsewhere for one in later.board.rows for bar in one.bars] == [False]


def test_a_visit_that_has_begun_stands_and_is_nobodys_to_move(store: Store) -> None:
    with store.session(write=True) as session:
        firm = Firm(session)
        request = firm.request("R7", firm.factory("F7"), status="published")
        firm.visit(request, [firm.inspector("I7")], slot(0), status="started")
        session.commit()
    board = open_week(store, MONDAY, 7).board
    (bar,) = row(board, "I7").bars
    assert (bar.request, bar.elsewhere, bar.started) == ("R7", True, True)
    assert row(board, "I7").worked == 0
    assert "R7" not in {entry.request for entry in board.unassigned}


def test_an_unknown_plan_is_named(store: Store) -> None:
    with pytest.raises(NotFoundError, match="2026-W01-9"):
        open_plan(store, "2026-W01-9")


def test_frozen_days_are_told(store: Store) -> None:
    settings = PlanSettings(first_day=MONDAY, freeze_days=2)
    code = adopted(store, R1, settings=settings)
    assert open_plan(store, code).board.frozen_until == day(1)


def test_what_a_refused_step_read_is_not_what_others_see(store: Store) -> None:
    code = adopted(store, R1, R2)
    step = (UnassignVisit(code, "R2"), EditRecord("request", "R1", {"note": "gate 9"}, 1), UnpinRequest("R1"))
    with pytest.raises(RefusedError):
        desk_of(store).handle_all(step, "Several")
    assert open_plan(store, code).card("R1").note == "gate 3"


def test_what_a_step_read_that_collided_can_still_be_looked_at(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    code = adopted(store, R1, R2)

    def collide(unit: UnitOfWork) -> None:
        unit.rollback()
        msg = "somebody was quicker"
        raise ConflictError(msg)

    with monkeypatch.context() as patch:
        patch.setattr(UnitOfWork, "commit", collide)
        with pytest.raises(ConflictError):
            desk_of(store).handle(UnassignVisit(code, "R2"))
    assert open_plan(store, code).card("R1").note == "gate 3"
