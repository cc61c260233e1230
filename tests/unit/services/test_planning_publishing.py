"""From a draft to what people act on, and what becomes of it when the week is planned again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from desktop.errors import RefusedError
from desktop.models import Announcement, Assignment, Plan, Request, Visit
from desktop.services.commands import CancelRequest, MoveVisit, PublishPlan, RecordAbsence
from desktop.services.planning import build_problem, check_plan, plan_view
from desktop.store.engine import Store
from scheduler import problem as given
from scheduler.evaluate import evaluate, evaluate_plan
from scheduler.plan import Assignment as Given
from tests.helpers.planning_firm import NEAR, WEEK, Firm, adopted, desk_of, slot

MON_I1, TUE_I2 = Given("R1", 0, 0, ("I1",)), Given("R2", 0, 2, ("I2",))


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    return founded(sqlite_store)


@pytest.fixture
def each_store(any_store: Store) -> Store:
    return founded(any_store)


def founded(store: Store) -> Store:
    """Two factories of two areas, three people, and three requests."""
    with store.session(write=True) as session:
        firm = Firm(session)
        for code in ("I1", "I2", "I3"):
            firm.inspector(code, permits={"广东省": None, "福建省": None})
        near, other = firm.factory("F1", at=NEAR), firm.factory("F2", at=NEAR, area="福建省")
        firm.request("R1", near)
        firm.request("R2", near)
        firm.request("R3", other)
        session.commit()
    return store


def in_force(store: Store) -> dict[str, tuple[str, int]]:
    """Published visits: plan and first slot of the week by request."""
    with store.session() as session:
        rows = session.execute(
            select(Request.code, Plan.code, Visit.first_slot)
            .join(Visit, Visit.request_id == Request.id)
            .join(Plan, Visit.plan_id == Plan.id)
            .where(Visit.published)
        )
        return {request: (plan, first - slot(0)) for request, plan, first in rows}


def announced(store: Store) -> dict[str, given.Announcement]:
    with store.session() as session:
        return dict(build_problem(session, WEEK).problem.published)


def statuses(store: Store) -> dict[str, str]:
    with store.session() as session:
        return {code: status for code, status in session.execute(select(Request.code, Request.status))}


def mark(store: Store, request: str, status: str) -> None:
    """Say of a published visit how far it is."""
    with store.session(write=True) as session:
        key = session.scalars(select(Request.id).where(Request.code == request)).one()
        session.scalars(select(Visit).where(Visit.request_id == key, Visit.published)).one().status = status
        session.commit()


def sound(store: Store, code: str) -> None:
    pair = check_plan(store, code)
    assert evaluate_plan(pair.problem, pair.plan).broken == ()


def test_publishing_announces_every_visit_and_ends_undo(each_store: Store) -> None:
    store = each_store
    code = adopted(store, MON_I1, TUE_I2)
    desk = desk_of(store)
    outcome = desk.handle(PublishPlan(code))
    assert (outcome.inverse, outcome.messages) == (None, ("2 visits published.",))
    assert in_force(store) == {"R1": (code, 0), "R2": (code, 2)}
    assert statuses(store) == {"R1": "published", "R2": "published", "R3": "ready"}
    assert announced(store) == {
        "R1": given.Announcement(("I1",), 0, 1000, 2500, 6000),
        "R2": given.Announcement(("I2",), 2, 1000, 2500, 6000),
    }
    with store.session() as session:
        assert all(session.scalars(select(Assignment.published)))
    header = plan_view(store, code).header
    assert (header.status, header.published_at) == ("published", desk.clock.now())
    sound(store, code)
    with pytest.raises(RefusedError, match="publi"):
        desk.undo()
    with pytest.raises(RefusedError, match="is published: only a draft"):
        desk.handle(PublishPlan(code))
    with pytest.raises(RefusedError, match="is published: only a draft"):
        desk.handle(MoveVisit(code, "R1", ("I3",)))


def test_a_week_planned_again_pays_for_what_it_changes_and_replaces_it(each_store: Store) -> None:
    store = each_store
    first = adopted(store, MON_I1, TUE_I2)
    desk_of(store).handle(PublishPlan(first))
    # R1 to another day and person, R2 as announced, R3 new
    second = adopted(store, Given("R1", 0, 4, ("I3",)), TUE_I2, Given("R3", 0, 0, ("I1",)))
    assert plan_view(store, second).header.cost_parts["change"] == 1000 + 2500
    outcome = desk_of(store).handle(PublishPlan(second))
    assert outcome.messages == ("3 visits published.", f"Nothing is left in force of {first}.")
    assert in_force(store) == {"R1": (second, 4), "R2": (second, 2), "R3": (second, 0)}
    assert plan_view(store, first).header.status == "superseded"
    assert announced(store)["R1"] == given.Announcement(("I3",), 4, 1000, 2500, 6000)
    sound(store, second)


def test_people_who_change_places_are_never_booked_twice(each_store: Store) -> None:
    store = each_store
    first = adopted(store, MON_I1, replace(TUE_I2, start_slot=0))
    desk_of(store).handle(PublishPlan(first))
    second = adopted(store, replace(MON_I1, inspectors=("I2",)), Given("R2", 0, 0, ("I1",)))
    desk_of(store).handle(PublishPlan(second))
    assert {code: entry.inspectors for code, entry in announced(store).items()} == {"R1": ("I2",), "R2": ("I1",)}


def test_what_is_announced_as_before_keeps_what_it_costs_to_take_back(store: Store) -> None:
    desk_of(store).handle(PublishPlan(adopted(store, MON_I1, TUE_I2)))
    with store.session(write=True) as session:
        for row in session.scalars(select(Announcement)):
            row.day_cost_cents = 9000  # the factory has confirmed
        session.commit()
    desk_of(store).handle(PublishPlan(adopted(store, MON_I1, replace(TUE_I2, start_slot=4))))
    assert {code: entry.day_cost for code, entry in announced(store).items()} == {"R1": 9000, "R2": 2500}


def test_what_a_later_plan_leaves_out_is_dropped_by_name(store: Store) -> None:
    first = adopted(store, MON_I1, TUE_I2)
    desk_of(store).handle(PublishPlan(first))
    second = adopted(store, TUE_I2)
    assert plan_view(store, second).header.cost_parts["change"] == 6000
    outcome = desk_of(store).handle(PublishPlan(second))
    assert "Announced before and now left out: R1." in outcome.messages
    assert in_force(store) == {"R2": (second, 2)}
    assert statuses(store)["R1"] == "ready"
    assert list(announced(store)) == ["R2"]


def test_visits_that_have_begun_stay_under_their_plan(store: Store) -> None:
    first = adopted(store, MON_I1, TUE_I2)
    desk_of(store).handle(PublishPlan(first))
    mark(store, "R1", "started")
    with store.session() as session:
        problem = build_problem(session, WEEK).problem
    assert [request.id for request in problem.requests] == ["R2", "R3"]
    second = adopted(store, replace(TUE_I2, start_slot=6))
    outcome = desk_of(store).handle(PublishPlan(second))
    assert outcome.messages == ("1 visit published.",)
    assert in_force(store) == {"R1": (first, 0), "R2": (second, 6)}
    assert plan_view(store, first).header.status == "published"


def test_a_visit_begun_since_the_draft_refuses_its_publication(store: Store) -> None:
    desk_of(store).handle(PublishPlan(adopted(store, MON_I1)))
    second = adopted(store, replace(MON_I1, start_slot=4), TUE_I2)
    mark(store, "R1", "started")
    with pytest.raises(RefusedError) as refused:
        desk_of(store).handle(PublishPlan(second))
    assert "R1 is started already, by an earlier visit on Mon 30 Nov 2026." in refused.value.broken


def test_records_that_changed_so_that_a_rule_breaks_refuse_and_name_it(store: Store) -> None:
    code = adopted(store, MON_I1, TUE_I2)
    desk_of(store).handle(RecordAbsence("I1", slot(0), slot(1)))
    with pytest.raises(RefusedError, match="cannot be published: 1 rule") as refused:
        desk_of(store).handle(PublishPlan(code))
    assert refused.value.broken == ("I1 is not available on 2026-11-30 morning for R1.",)
    assert in_force(store) == {}
    desk_of(store).handle(MoveVisit(code, "R1", ("I3",)))
    desk_of(store).handle(PublishPlan(code))
    sound(store, code)


def test_a_cancelled_request_is_out_of_the_draft_and_the_rest_is_published(store: Store) -> None:
    code = adopted(store, MON_I1, TUE_I2)
    desk_of(store).handle(CancelRequest("R1"))
    desk_of(store).handle(PublishPlan(code))
    assert in_force(store) == {"R2": (code, 2)}
    sound(store, code)


def test_a_waived_move_is_published_with_its_waiver(store: Store) -> None:
    code = adopted(store, MON_I1)
    desk_of(store).handle(RecordAbsence("I2", slot(1), slot(1)))
    desk_of(store).handle(MoveVisit(code, "R1", ("I2",), slot(1), waive=("availability",), reason="he offered"))
    desk_of(store).handle(PublishPlan(code))
    sound(store, code)


def test_plans_of_two_areas_stand_side_by_side(store: Store) -> None:
    north = replace(WEEK, areas=("福建省",))
    desk_of(store).handle(PublishPlan(adopted(store, Given("R3", 0, 0, ("I1",)), settings=north)))
    south = replace(WEEK, areas=("广东省",))
    with store.session() as session:
        problem = build_problem(session, south).problem
    taken = evaluate(problem, (MON_I1,)).broken
    assert [entry.rule for entry in taken] == ["availability"], "I1 is in the other area on Monday"
    code = adopted(store, TUE_I2, Given("R1", 0, 4, ("I1",)), settings=south)
    outcome = desk_of(store).handle(PublishPlan(code))
    assert outcome.messages == ("2 visits published.",)
    assert len(in_force(store)) == 3
    sound(store, code)
    sound(store, "2026-W49-1")


def test_a_draft_against_which_another_was_published_is_refused(store: Store) -> None:
    whole = adopted(store, Given("R3", 0, 0, ("I1",)))
    south = adopted(store, MON_I1, settings=replace(WEEK, areas=("广东省",)))
    desk_of(store).handle(PublishPlan(whole))
    with pytest.raises(RefusedError, match="I1 is not available on 2026-11-30 morning for R1"):
        desk_of(store).handle(PublishPlan(south))
    assert in_force(store) == {"R3": (whole, 0)}


def test_what_an_older_draft_does_not_know_of_stands_against_it(store: Store) -> None:
    older = adopted(store, MON_I1)
    with store.session(write=True) as session:
        firm = Firm(session)
        firm.request("R4", firm.factory("F4"))
        session.commit()
    newer = adopted(store, Given("R4", 0, 0, ("I1",)))
    desk_of(store).handle(PublishPlan(newer))
    with pytest.raises(RefusedError, match="I1 is not available on 2026-11-30 morning for R1"):
        desk_of(store).handle(PublishPlan(older))
    desk_of(store).handle(MoveVisit(older, "R1", ("I2",)))
    desk_of(store).handle(PublishPlan(older))
    assert in_force(store) == {"R1": (older, 0), "R4": (newer, 0)}
    sound(store, older)
