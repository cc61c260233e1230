"""A plan that is not kept yet: what it says it changes, and what becomes of it when the records change meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.errors import ConflictError, NotFoundError
from desktop.models import Change
from desktop.services.commands import (
    AddRequest,
    CancelRequest,
    ChangeSetting,
    MoveVisit,
    PublishPlan,
    RecordAbsence,
    SetAffinity,
)
from desktop.services.lookup import request_by_code
from desktop.services.plan_review import Fact
from desktop.services.planning import check_plan, latest_draft, list_plans, plan_view
from desktop.services.planning.blank import blank_draft
from desktop.services.planning.pairs import ARRIVED_AFTER
from desktop.services.planning.proposals import (
    Prepared,
    Proposal,
    check_proposal,
    compare_plans,
    cost_of,
    keep_proposal,
    prepare_run,
    propose,
)
from desktop.store.engine import Store
from scheduler.evaluate import evaluate
from scheduler.plan import Assignment
from scheduler.problem import Mode
from tests.helpers.planning_firm import NEAR, NOW, WEEK, Firm, adopted, day, desk_of, slot, solved
from tests.helpers.snapshots import snapshot

R1, R2, R3 = Assignment("R1", 0, 0, ("I1",)), Assignment("R2", 0, 2, ("I2",)), Assignment("R3", 1, 4, ("I1", "I2"))


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    return founded(sqlite_store)


@pytest.fixture
def each_store(any_store: Store) -> Store:
    return founded(any_store)


def founded(store: Store) -> Store:
    """Three people, three requests that can be served, and R4, which nobody can."""
    with store.session(write=True) as session:
        firm = Firm(session)
        for code in ("I1", "I2", "I3"):
            firm.inspector(code, home_address="广东省江门市")
        near = firm.factory("F1", at=NEAR)
        firm.request("R1", near, due=day(0))
        firm.request("R2", near)
        firm.request("R3", near, modes=(Mode(1, 4), Mode(2, 2)))
        firm.request("R4", near, skill="shoes")
        session.commit()
    return store


def proposed(store: Store, *assignments: Assignment, bound: int | None = None) -> Proposal:
    prepared = prepare_run(store, WEEK)
    return propose(prepared, solved(prepared.built.problem, *assignments, bound=bound), NOW)


def test_a_change_with_a_lower_number_than_the_last_one_known_is_seen(store: Store) -> None:
    """A server gives numbers out before it commits: what was begun first may be stored last."""

    def note(number: int) -> Change:
        return Change(id=number, at=NOW, actor="Hoa", command="Test", label="Test", kind="step", app_version="1")

    with store.session(write=True) as session:
        session.add(note(900))
        session.commit()
    proposal = proposed(store, R1)
    assert check_proposal(store, proposal).is_fresh
    with store.session(write=True) as session:
        session.add(note(899))
        request_by_code(session, "R1").unserved_cost_cents = 123_456
        session.commit()
    check = check_proposal(store, proposal)
    assert (check.is_fresh, check.change_count) == (False, 1)
    assert keep_proposal(desk_of(store), proposal, check).code


# -- what it would change ----------------------------------------------------------------------------------------------


def test_where_nothing_is_planned_everything_is_new(each_store: Store) -> None:
    proposal = proposed(each_store, R1, R3)
    review = proposal.review
    assert (review.now, proposal.prepared.now, cost_of(proposal.prepared)) == (None, None, None)
    assert [entry.code for entry in review.placed] == ["R1", "R3"]
    assert [(entry.code, entry.reasons[0].code) for entry in review.left_out] == [("R2", "test"), ("R4", "no_skill")]
    assert (review.new.assigned, review.new.unassigned, review.new.most_days) == (2, 2, 2)
    assert {row.code: [bar.state for bar in row.new] for row in review.people} == {
        "I1": ["arrives", "arrives"],
        "I2": ["arrives"],
    }
    assert review.people[0].home == "江门市"
    assert list_plans(each_store) == (), "nothing is stored"


def test_a_plan_beside_the_latest_draft(store: Store) -> None:
    adopted(store, R1)
    code = adopted(store, R1, R2)
    moved = replace(R1, start_slot=2)
    proposal = proposed(store, moved, R3)
    review = proposal.review
    assert review.now is not None
    assert (review.now.name, review.now.status, review.now.assigned) == (code, "draft", 2)
    problem = proposal.prepared.built.problem
    assert review.now.cost == evaluate(problem, (R1, R2)).cost
    assert cost_of(proposal.prepared) == review.now.cost.total
    assert [entry.code for entry in review.dropped] == ["R2"]
    assert [entry.code for entry in review.placed] == ["R3"]
    tally = review.tally
    assert (tally.moved_day, tally.placed, tally.dropped, tally.kept, tally.left_out) == (1, 1, 1, 0, 1)
    first = {row.code: row for row in review.people}["I1"]
    assert [(bar.request, bar.state, bar.late_days) for bar in first.now] == [("R1", "leaves", 0)]
    assert [(bar.request, bar.state, bar.late_days) for bar in first.new] == [
        ("R1", "arrives", 1),
        ("R3", "arrives", 0),
    ]
    assert {fact.kind for fact in first.facts} >= {"takes_unserved", "moves", "late", "days"}
    assert first.facts[0].kind == "takes_unserved", "what weighs most first"
    assert Fact("late", "R1", "DUPRO", number=1, cents=WEEK.late_cost_cents) in first.facts
    second = {row.code: row for row in review.people}["I2"]
    assert {(fact.kind, fact.request) for fact in second.facts} >= {("gives_up", "R2"), ("takes_unserved", "R3")}


def test_what_is_announced_goes_before_a_later_draft(each_store: Store) -> None:
    code = adopted(each_store, R1, R2)
    desk_of(each_store).handle(PublishPlan(code))
    adopted(each_store, R3)
    review = proposed(each_store, replace(R1, inspectors=("I3",)), R2, R3).review
    assert review.now is not None
    assert (review.now.name, review.now.status) == (code, "published")
    assert (review.tally.calls, review.tally.kept, review.tally.changed_person) == (1, 1, 1)
    assert review.new.cost.change == WEEK.announced_inspector_cost_cents
    first, *others = review.people
    assert (first.code, first.announced_changes) == ("I1", 1), "announced changes come first"
    assert Fact("calls", number=1) in first.facts
    assert Fact("gives_to", "R1", "DUPRO", person="Inspector I3") in first.facts
    assert [row.announced_changes for row in others] == [0, 0]
    assert Fact("takes_from", "R1", "DUPRO", person="Inspector I1", cents=1000) in others[0].facts + others[1].facts


def test_a_draft_of_other_days_is_no_plan_for_these(store: Store) -> None:
    adopted(store, settings=replace(WEEK, first_day=day(14), every_open_request=True))
    assert prepare_run(store, WEEK).now is None


# -- whether it still holds --------------------------------------------------------------------------------------------


def test_a_fresh_proposal_is_kept_with_its_bound(each_store: Store) -> None:
    proposal = proposed(each_store, R1, R2, bound=100)
    check = check_proposal(each_store, proposal)
    assert (check.is_fresh, check.changes, check.broken, check.plan) == (True, (), (), proposal.plan)
    keep_proposal(desk_of(each_store), proposal, check)
    header = list_plans(each_store)[0]
    assert (header.assigned, header.bound_cents, header.cost_cents) == (2, 100, proposal.plan.cost.total)


def test_a_change_that_does_not_concern_these_days_leaves_it_fresh(store: Store) -> None:
    proposal = proposed(store, R1)
    desk_of(store, "hoa").handle(RecordAbsence("I3", slot(30), slot(31)))
    check = check_proposal(store, proposal)
    assert (check.is_fresh, check.change_count, check.plan) == (True, 1, proposal.plan)


def test_a_stale_proposal_says_who_changed_what_and_can_be_kept_as_judged_now(each_store: Store) -> None:
    proposal = proposed(each_store, R1, R2, bound=100)
    desk_of(each_store, "hoa").handle(SetAffinity("R1", "I1", -700))
    desk_of(each_store, "minh").handle(
        AddRequest("R9", "C1", "F1", "DUPRO", "garment", 2, (Mode(1, 2),), None, day(0), day(4))
    )
    check = check_proposal(each_store, proposal)
    assert not check.is_fresh
    assert [note.actor for note in check.changes] == ["minh", "hoa"]
    assert "R9" in check.changes[0].label
    assert (check.broken, check.arrived, check.gone) == ((), ("R9",), ())
    assert check.cost.affinity == -700
    with pytest.raises(ConflictError, match="have changed"):
        keep_proposal(desk_of(each_store), proposal, replace(check, built=proposal.prepared.built))
    code = keep_proposal(desk_of(each_store), proposal, check).code
    assert latest_draft(each_store) == code
    pair = check_plan(each_store, code)
    assert pair.judged.broken == ()
    header = plan_view(each_store, code).header
    assert (header.cost_cents, header.bound_cents) == (check.cost.total, None), "nothing is proven of it any more"
    reasons = {entry.request: entry.reasons for entry in plan_view(each_store, code).unassigned}
    assert reasons["R9"] == (ARRIVED_AFTER,)


def test_a_proposal_that_breaks_a_rule_by_now_cannot_be_kept(store: Store) -> None:
    proposal = proposed(store, R1, R2)
    desk_of(store).handle(RecordAbsence("I1", slot(0), slot(0, afternoon=True)))
    check = check_proposal(store, proposal)
    assert (check.is_fresh, check.plan) == (False, None)
    assert any("I1" in text for text in check.broken)
    with pytest.raises(ValueError, match="cannot be kept"):
        keep_proposal(desk_of(store), proposal, check)
    before = snapshot(store)
    old = replace(check, plan=proposal.plan, built=proposal.prepared.built)
    with pytest.raises(ConflictError):
        keep_proposal(desk_of(store), proposal, old)
    assert snapshot(store) == before


def test_a_request_that_is_gone_is_named(store: Store) -> None:
    proposal = proposed(store, R1)
    desk_of(store).handle(CancelRequest("R1"))
    check = check_proposal(store, proposal)
    assert (check.gone, check.plan) == (("R1",), None)
    other = proposed(store, R2)
    desk_of(store).handle(CancelRequest("R3"))
    check = check_proposal(store, other)
    assert check.gone == ("R3",)
    assert check.plan is not None, "it was left out anyway"
    keep_proposal(desk_of(store), other, check)


def test_a_change_between_the_check_and_the_keeping_is_not_passed_over(store: Store) -> None:
    proposal = proposed(store, R1, R2)
    desk_of(store).handle(ChangeSetting("late_cost_cents", 1))
    check = check_proposal(store, proposal)
    assert check.is_fresh, "the settings are those that the run began with"
    desk_of(store).handle(SetAffinity("R1", "I1", -700))
    with pytest.raises(ConflictError):
        keep_proposal(desk_of(store), proposal, check)


# -- comparing, beginning by hand --------------------------------------------------------------------------------------


def test_two_stored_plans_are_compared_on_the_records_of_now(each_store: Store) -> None:
    one, other = adopted(each_store, R1, R2), adopted(each_store, R1, R3)
    review = compare_plans(each_store, one, other)
    assert review.now is not None
    assert (review.now.name, review.new.name) == (one, other)
    assert [entry.code for entry in review.placed] == ["R3"]
    assert [entry.code for entry in review.dropped] == ["R2"]
    assert review.new.cost.total == plan_view(each_store, other).header.cost_cents
    assert {entry.code for entry in review.left_out} == {"R2", "R4"}
    with pytest.raises(NotFoundError):
        compare_plans(each_store, one, "none")


def test_a_draft_begun_by_hand_has_nothing_placed(each_store: Store) -> None:
    code = blank_draft(desk_of(each_store), WEEK)
    view = plan_view(each_store, code)
    assert (view.header.status, view.visits) == ("draft", ())
    reasons = {entry.request: entry.reasons[0].code for entry in view.unassigned}
    assert reasons == {"R1": "not_placed", "R2": "not_placed", "R3": "not_placed", "R4": "no_skill"}
    desk = desk_of(each_store)
    assert desk.undo_label() == "Begin Mon 30 Nov 2026 to Sun 6 Dec 2026 by hand"
    desk.handle(MoveVisit(code, "R1", ("I1",), slot(0)))
    assert check_plan(each_store, code).judged.broken == ()


def test_a_draft_begun_by_hand_keeps_what_is_pinned_or_announced(each_store: Store) -> None:
    desk = desk_of(each_store)
    desk.handle(PublishPlan(adopted(each_store, R1, R2)))
    draft = adopted(each_store, R1, R2, R3)
    desk.handle(MoveVisit(draft, "R3", ("I3",), slot(1), 0))
    desk.handle(RecordAbsence("I1", slot(0), slot(0, afternoon=True)))
    code = blank_draft(desk, WEEK)
    view = plan_view(each_store, code)
    assert {(v.request, v.inspectors[0].code, v.first_slot) for v in view.visits} == {
        ("R2", "I2", slot(1)),
        ("R3", "I3", slot(1)),
    }, "R1 is announced with somebody who is absent by now"


def test_what_is_prepared_knows_the_last_change(store: Store) -> None:
    before: Prepared = prepare_run(store, WEEK)
    desk_of(store).handle(ChangeSetting("late_cost_cents", 5))
    assert prepare_run(store, WEEK).mark > before.mark
