"""A draft from the solver's plan to the last move by hand, on both engines."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from desktop.errors import BadInputError, ConflictError, NotFoundError, RefusedError
from desktop.models import Plan
from desktop.services.commands import (
    AdoptPlan,
    DiscardPlan,
    MoveVisit,
    PinRequest,
    PublishPlan,
    RecordAbsence,
    UnassignVisit,
    UnpinRequest,
)
from desktop.services.planning import build_problem, check_plan, latest_draft, list_plans, plan_pair, plan_view
from desktop.services.planning.pairs import ARRIVED_AFTER
from desktop.store.engine import Store
from scheduler.evaluate import evaluate_plan
from scheduler.plan import Assignment, CostParts
from scheduler.problem import Mode, Pin
from scheduler.wire import digest
from tests.helpers.planning_firm import FAR, MONDAY, NEAR, WEEK, Firm, adopted, day, desk_of, slot, solved
from tests.helpers.snapshots import snapshot

R1, R2 = Assignment("R1", 0, 0, ("I1",)), Assignment("R2", 0, 2, ("I2",))


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """A firm on SQLite."""
    return founded(sqlite_store)


@pytest.fixture
def each_store(any_store: Store) -> Store:
    """The same firm once on each engine."""
    return founded(any_store)


def founded(store: Store) -> Store:
    """Two factories, four people, and four requests: R3 takes two of them, R4 asks for what nobody has."""
    with store.session(write=True) as session:
        firm = Firm(session)
        for code in ("I1", "I2", "I3"):
            firm.inspector(code)
        firm.inspector("I4", skills={"toys": 1})
        near, far = firm.factory("F1", at=NEAR), firm.factory("F2", at=FAR)
        firm.request("R1", near)
        firm.request("R2", near, latest=day(2))
        firm.request("R3", far, modes=(Mode(1, 4), Mode(2, 2)))
        firm.request("R4", near, skill="shoes")
        session.commit()
    return store


def cost(store: Store, code: str) -> int:
    return plan_view(store, code).header.cost_cents


def places(store: Store, code: str) -> dict[str, tuple[tuple[str, ...], int, int]]:
    """Crew, first slot of the week and mode by request."""
    return {
        visit.request: (tuple(m.code for m in visit.inspectors), visit.first_slot - slot(0), visit.mode)
        for visit in plan_view(store, code).visits
    }


def holds_together(store: Store, code: str) -> None:
    """What is stored is what the rule engine says of the pair, and no rule is broken."""
    problem, plan = plan_pair(store, code)
    assert evaluate_plan(problem, plan).broken == ()
    header = plan_view(store, code).header
    assert (header.cost_cents, dict(header.cost_parts)) == (plan.cost.total, _parts(plan.cost))


def _parts(parts: CostParts) -> dict[str, int]:
    return {name: getattr(parts, name) for name in CostParts.__dataclass_fields__}


# -- adopting ----------------------------------------------------------------------------------------------------------


def test_a_plan_becomes_a_draft_with_all_that_belongs_to_it(each_store: Store) -> None:
    store = each_store
    code = adopted(store, R1, R2)
    view = plan_view(store, code)
    assert (code, view.header.status, view.header.assigned, view.header.left_out) == ("2026-W49-1", "draft", 2, 2)
    assert places(store, code) == {"R1": (("I1",), 0, 0), "R2": (("I2",), 2, 0)}
    reasons = {entry.request: entry.reasons[0].code for entry in view.unassigned}
    assert reasons == {"R3": "test", "R4": "no_skill"}, "what nobody can serve is listed with the rest"
    assert not any(visit.published for visit in view.visits)
    assert latest_draft(store) == code
    holds_together(store, code)


def test_a_second_plan_of_the_week_counts_on(store: Store) -> None:
    codes = [adopted(store, R1), adopted(store, R2)]
    assert codes == ["2026-W49-1", "2026-W49-2"]
    assert [header.code for header in list_plans(store)] == codes[::-1]


def test_a_plan_of_records_that_have_changed_is_not_kept(store: Store) -> None:
    with store.session() as session:
        built = build_problem(session, WEEK)
    plan = solved(built.problem, R1)
    desk_of(store, "hoa").handle(RecordAbsence("I3", slot(0), slot(1)))
    with pytest.raises(ConflictError, match=r"have changed .*last by hoa"):
        desk_of(store).handle(AdoptPlan(plan, WEEK.to_json(), built.digest))
    assert list_plans(store) == ()


def test_a_plan_that_breaks_a_rule_is_not_kept(store: Store) -> None:
    with store.session() as session:
        built = build_problem(session, WEEK)
    plan = solved(built.problem, replace(R1, inspectors=("I4",)))
    with pytest.raises(RefusedError, match="I4 may not serve R1: does not have the skill"):
        desk_of(store).handle(AdoptPlan(plan, WEEK.to_json(), built.digest))


def test_adopting_is_one_step_that_can_be_undone_and_done_again(each_store: Store) -> None:
    store = each_store
    before = snapshot(store)
    code = adopted(store, R1, R2)
    after = snapshot(store)
    desk = desk_of(store)
    assert desk.undo_label() == f"Plan {code}, Mon 30 Nov 2026 to Sun 6 Dec 2026"
    desk.undo()
    assert snapshot(store) == before
    desk.redo()
    assert snapshot(store) == after


def test_a_discarded_draft_can_be_looked_at_and_not_changed(store: Store) -> None:
    code = adopted(store, R1)
    desk = desk_of(store)
    desk.handle(DiscardPlan(code))
    assert plan_view(store, code).header.status == "discarded"
    assert latest_draft(store) is None
    with pytest.raises(RefusedError, match="is discarded: only a draft"):
        desk.handle(MoveVisit(code, "R1", ("I2",)))
    desk.undo()
    assert latest_draft(store) == code


# -- moving ------------------------------------------------------------------------------------------------------------


def test_a_move_changes_the_visit_pins_it_and_prices_the_plan(store: Store) -> None:
    code = adopted(store, R1, R2)
    before = cost(store, code)
    outcome = desk_of(store).handle(MoveVisit(code, "R1", ("I2",), slot(2)))
    assert outcome.label == "Move R1 to I2, Wed 2 Dec 2026"
    # the same way as before; 52 dollars for a second day of I2 instead of 50 for a first one of I1
    assert cost(store, code) == before + 200
    assert outcome.messages[0].startswith("The plan costs USD 2.00 more")
    assert places(store, code) == {"R1": (("I2",), 4, 0), "R2": (("I2",), 2, 0)}
    assert plan_pair(store, code)[0].requests[0].pin == Pin(("I2",), 4, 0)
    holds_together(store, code)


def test_a_move_of_the_day_alone_keeps_the_people(store: Store) -> None:
    code = adopted(store, R1, R2)
    desk_of(store).handle(MoveVisit(code, "R1", first_slot=slot(3)))
    assert places(store, code)["R1"] == (("I1",), 6, 0)


def test_two_people_change_places_in_two_moves(each_store: Store) -> None:
    store = each_store
    code = adopted(store, R1, replace(R2, start_slot=0))
    desk = desk_of(store)
    with pytest.raises(RefusedError, match="I2 is in another visit"):
        desk.handle(MoveVisit(code, "R1", ("I2",)))
    desk.handle_all(
        [MoveVisit(code, "R1", ("I3",)), MoveVisit(code, "R2", ("I1",)), MoveVisit(code, "R1", ("I2",))], "Swap"
    )
    assert places(store, code) == {"R1": (("I2",), 0, 0), "R2": (("I1",), 0, 0)}
    desk.undo()
    assert places(store, code) == {"R1": (("I1",), 0, 0), "R2": (("I2",), 0, 0)}
    holds_together(store, code)


def test_a_request_that_was_left_out_is_placed_by_a_move(store: Store) -> None:
    code = adopted(store, R1)
    desk_of(store).handle(MoveVisit(code, "R3", ("I1", "I2"), slot(3)))
    assert places(store, code)["R3"] == (("I1", "I2"), 6, 1), "the mode for two people"
    assert {entry.request for entry in plan_view(store, code).unassigned} == {"R2", "R4"}
    holds_together(store, code)
    desk_of(store).handle(MoveVisit(code, "R3", ("I3",), slot(1)))
    assert places(store, code)["R3"] == (("I3",), 2, 0), "the mode for one"
    holds_together(store, code)


def test_a_move_that_breaks_rules_names_each_with_its_numbers(store: Store) -> None:
    code = adopted(store, R1, R2)
    before = snapshot(store)
    with pytest.raises(RefusedError) as refused:
        desk_of(store).handle(MoveVisit(code, "R2", ("I4",), slot(5)))
    assert refused.value.broken == (
        "R2 would end on 2026-12-05, after its window closes on 2026-12-02.",
        "I4 may not serve R2: does not have the skill: garment at level 2 is needed.",
        "I4 is not available on 2026-12-05 morning for R2.",
    )
    assert snapshot(store) == before


def test_a_rule_that_is_waived_with_a_reason_does_not_refuse(store: Store) -> None:
    code = adopted(store, R1, R2)
    desk = desk_of(store)
    move = MoveVisit(code, "R2", ("I4",), slot(3), waive=("window", "eligibility"))
    with pytest.raises(BadInputError, match="takes a reason"):
        desk.handle(move)
    with pytest.raises(BadInputError, match="no rule luck"):
        desk.handle(replace(move, waive=("luck",)))
    with pytest.raises(RefusedError, match="I4 may not serve R2"):
        desk.handle(replace(move, waive=("window",), reason="the client agreed"))
    desk.handle(replace(move, reason="the client agreed"))
    view = next(visit for visit in plan_view(store, code).visits if visit.request == "R2")
    assert (view.pinned, set(view.waived), view.late_days) == (True, {"window", "eligibility"}, 0)
    holds_together(store, code)
    with pytest.raises(RefusedError, match="I4 may not serve R2"):
        desk.handle(MoveVisit(code, "R2", first_slot=slot(1)))


def test_what_nobody_can_serve_can_be_placed_with_a_waiver(store: Store) -> None:
    code = adopted(store, R1)
    desk_of(store).handle(
        MoveVisit(code, "R4", ("I4",), slot(0), waive=("eligibility",), reason="he has done it elsewhere")
    )
    assert places(store, code)["R4"] == (("I4",), 0, 0)
    holds_together(store, code)


def test_what_was_broken_before_does_not_refuse_another_move(store: Store) -> None:
    code = adopted(store, R1, R2)
    desk = desk_of(store)
    desk.handle(RecordAbsence("I2", slot(1), slot(1)))
    desk.handle(MoveVisit(code, "R1", ("I3",)))
    assert [entry.rule for entry in check_plan(store, code).judged.broken] == ["availability"]
    desk.handle(MoveVisit(code, "R2", ("I1",)))
    holds_together(store, code)


def test_moves_that_do_not_say_enough_or_name_nobody(store: Store) -> None:
    code = adopted(store, R1)
    desk = desk_of(store)
    with pytest.raises(BadInputError, match="R2 has no place in plan"):
        desk.handle(MoveVisit(code, "R2", ("I2",)))
    with pytest.raises(BadInputError, match="R1 has no mode 3"):
        desk.handle(MoveVisit(code, "R1", mode=3))
    with pytest.raises(NotFoundError, match='no inspector "I7"'):
        desk.handle(MoveVisit(code, "R1", ("I7",)))
    with pytest.raises(NotFoundError, match='no plan "2026-W50-1"'):
        desk.handle(MoveVisit("2026-W50-1", "R1", ("I2",)))
    with pytest.raises(RefusedError, match="R1 needs 1 different inspector, has I1, I2"):
        desk.handle(MoveVisit(code, "R1", ("I1", "I2")))


def test_a_move_from_an_older_state_of_the_visit_is_refused(each_store: Store) -> None:
    store = each_store
    code = adopted(store, R1)
    seen = plan_view(store, code).visits[0].version
    desk_of(store, "hoa").handle(MoveVisit(code, "R1", ("I2",)))
    with pytest.raises(ConflictError, match="by hoa"):
        desk_of(store).handle(MoveVisit(code, "R1", ("I3",), version=seen))


def test_every_move_can_be_undone_and_done_again(each_store: Store) -> None:
    store = each_store
    code = adopted(store, R1, R2)
    desk = desk_of(store)
    states = [snapshot(store)]
    for step in (
        MoveVisit(code, "R1", ("I3",), slot(1)),
        MoveVisit(code, "R3", ("I1", "I2"), slot(3)),
        UnassignVisit(code, "R2"),
        PinRequest(code, "R3", start=False),
        UnassignVisit(code, "R3"),
        UnpinRequest("R1"),
    ):
        desk.handle(step)
        states.append(snapshot(store))
    for state in states[-2::-1]:
        desk.undo()
        assert snapshot(store) == state
    for state in states[1:]:
        desk.redo()
        assert snapshot(store) == state


def test_taking_a_request_out_takes_its_pin_too(store: Store) -> None:
    code = adopted(store, R1, R2)
    desk = desk_of(store)
    desk.handle(PinRequest(code, "R1"))
    before = cost(store, code)
    outcome = desk.handle(UnassignVisit(code, "R1"))
    # 380 dollars for what is not served; 50 for the day and 6.56 for the way are saved
    assert cost(store, code) == before + 38000 - 5656
    assert "R1 is not pinned any more." in outcome.messages
    left = {entry.request: entry.reasons[0] for entry in plan_view(store, code).unassigned}
    assert (left["R1"].code, left["R1"].text) == ("by_hand", "taken out by lan")
    holds_together(store, code)
    with pytest.raises(RefusedError, match="R1 is not assigned in plan"):
        desk.handle(UnassignVisit(code, "R1"))


# -- pins --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "start", "pin", "label"),
    [
        (True, True, Pin(("I1",), 0, 0), "Pin R1 to I1, Mon 30 Nov 2026"),
        (True, False, Pin(("I1",)), "Pin R1 to I1"),
        (False, True, Pin(None, 0, 0), "Pin R1 to Mon 30 Nov 2026"),
    ],
)
def test_a_pin_says_what_the_draft_says(store: Store, people: bool, start: bool, pin: Pin, label: str) -> None:
    code = adopted(store, R1)
    outcome = desk_of(store).handle(PinRequest(code, "R1", people, start))
    assert outcome.label == label
    with store.session() as session:
        assert build_problem(session, WEEK).problem.requests[0].pin == pin


def test_a_request_that_is_let_go_is_the_planners_again(store: Store) -> None:
    code = adopted(store, R1)
    desk = desk_of(store)
    desk.handle(PinRequest(code, "R1"))
    desk.handle(UnpinRequest("R1"))
    with store.session() as session:
        assert build_problem(session, WEEK).problem.requests[0].pin is None
    with pytest.raises(RefusedError, match="R1 is not pinned"):
        desk.handle(UnpinRequest("R1"))


def test_a_waiver_is_kept_by_a_whole_pin_and_forbids_half_a_one(store: Store) -> None:
    code = adopted(store, R1)
    desk = desk_of(store)
    desk.handle(MoveVisit(code, "R1", ("I4",), waive=("eligibility",), reason="in training"))
    with pytest.raises(RefusedError, match=r"by a waiver \(eligibility\)"):
        desk.handle(PinRequest(code, "R1", start=False))
    desk.handle(PinRequest(code, "R1"))
    holds_together(store, code)
    outcome = desk.handle(UnpinRequest("R1"))
    assert code in outcome.messages[0]
    assert [entry.rule for entry in check_plan(store, code).judged.broken] == ["eligibility"]


def test_nothing_to_pin(store: Store) -> None:
    code = adopted(store, R1)
    with pytest.raises(BadInputError, match="Nothing of R1"):
        desk_of(store).handle(PinRequest(code, "R1", people=False, start=False))
    with pytest.raises(RefusedError, match="R2 is not assigned"):
        desk_of(store).handle(PinRequest(code, "R2"))


# -- the bound ---------------------------------------------------------------------------------------------------------


def bound(store: Store, code: str) -> int | None:
    """What the exported pair states."""
    return plan_pair(store, code)[1].bound


def test_a_bound_outlives_what_only_narrows_its_problem(store: Store) -> None:
    code = adopted(store, R1, R2, bound=100)
    desk = desk_of(store)
    assert bound(store, code) == 100
    desk.handle(PinRequest(code, "R2"))
    assert bound(store, code) == 100
    desk.handle(MoveVisit(code, "R1", ("I3",)))
    assert bound(store, code) == 100
    desk.handle(MoveVisit(code, "R3", ("I1", "I2"), slot(3)))
    assert bound(store, code) == 100
    desk.handle(PublishPlan(code))
    assert bound(store, code) == 100, "announcements only add to what other plans cost"


@pytest.mark.parametrize("how", ["waiver", "unpinned", "moved again", "absence"])
def test_a_bound_says_nothing_of_another_problem(store: Store, how: str) -> None:
    code = adopted(store, R1, R2, bound=100)
    desk = desk_of(store)
    if how == "waiver":
        desk.handle(MoveVisit(code, "R1", ("I4",), waive=("eligibility",), reason="in training"))
    elif how == "absence":
        desk.handle(RecordAbsence("I3", slot(0), slot(1)))
    else:
        desk.handle(MoveVisit(code, "R1", ("I3",)))
        desk.handle(UnpinRequest("R1") if how == "unpinned" else MoveVisit(code, "R1", ("I1",)))
    assert bound(store, code) is None
    assert plan_pair(store, code)[1].gap is None


# -- what comes later --------------------------------------------------------------------------------------------------


def test_what_arrives_after_the_plan_is_left_out_with_that_reason(store: Store) -> None:
    code = adopted(store, R1, R2)
    with store.session(write=True) as session:
        add_late_request(session)
        session.commit()
    pair = check_plan(store, code)
    left = {entry.request: entry.reasons for entry in pair.plan.unassigned}
    assert left["R9"] == (ARRIVED_AFTER,)
    assert evaluate_plan(pair.problem, pair.plan).broken == ()
    assert any("have changed since" in note for note in pair.notes)


def add_late_request(session: Session) -> None:
    firm = Firm(session)
    firm.request("R9", firm.factory("F9"))


def test_a_view_says_what_there_is_to_see(store: Store) -> None:
    code = adopted(store, R1, R2)
    view = plan_view(store, code)
    first = view.visits[0]
    assert (first.booking.client_name, first.booking.factory, first.booking.service) == (
        "Meadow Trading",
        "F1",
        "DUPRO",
    )
    assert (first.first_day, first.last_day, first.booking.due) == (MONDAY, MONDAY, day(4))
    assert [person.code for person in view.people] == ["I1", "I2", "I3", "I4"]
    assert view.people[0].cells == ("work",) * 10 + ("off",) * 4
    assert view.people[0].skills == ("garment 3",)
    assert view.header.last_day == dt.date(2026, 12, 6)


def test_an_unknown_plan_names_near_ones(store: Store) -> None:
    code = adopted(store, R1)
    with pytest.raises(NotFoundError) as missing:
        plan_view(store, "2026-W49-2")
    assert code in missing.value.hint


def test_the_digest_of_a_draft_is_that_of_its_problem(store: Store) -> None:
    code = adopted(store, R1)
    desk_of(store).handle(MoveVisit(code, "R1", ("I2",)))
    problem, _ = plan_pair(store, code)
    with store.session() as session:
        assert session.query(Plan).one().problem_digest == digest(problem)
