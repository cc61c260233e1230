"""A plan in force that is revised, and announced again in parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.clock import FixedClock
from desktop.errors import BadInputError, NotFoundError, RefusedError
from desktop.models import Plan, Request, Visit
from desktop.services.bus import Desk
from desktop.services.commands import (
    CancelRequest,
    MoveVisit,
    PinRequest,
    PublishPlan,
    PublishVisits,
    RecordAbsence,
    RevisePlan,
    UnassignVisit,
    UnpinRequest,
)
from desktop.services.planning import check_plan, plan_view
from desktop.services.planning.open_plan import open_plan
from desktop.services.planning.stored_plans import publication
from desktop.store.engine import Store
from scheduler.evaluate import evaluate_plan
from scheduler.plan import Assignment as Given
from tests.helpers.planning_firm import NEAR, NOW, Firm, adopted, day, slot
from tests.helpers.stores import SqliteTemplate

MON_I1, TUE_I2 = Given("R1", 0, 0, ("I1",)), Given("R2", 0, 2, ("I2",))
MORNING = NOW.replace(day=30, hour=0)
Places = dict[str, tuple[str, int, tuple[str, ...]]]


def desk_of(store: Store) -> Desk:
    """Somebody at work on the first day of the plan."""
    return Desk(store, FixedClock(MORNING), "lan")


@pytest.fixture
def store(any_store: Store) -> Store:
    return published(any_store)


@pytest.fixture(scope="module")
def announced(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> SqliteTemplate:
    with sqlite_template.new_store(tmp_path_factory.mktemp("announced")) as store:
        published(store)
        assert store.path is not None
        return SqliteTemplate(store.path)


@pytest.fixture
def quick(announced: SqliteTemplate, tmp_path: Path) -> Iterator[Store]:
    with announced.new_store(tmp_path) as store:
        yield store


def published(store: Store) -> Store:
    """Three people, four requests; R1 and R2 are announced, R3 and R4 are open."""
    with store.session(write=True) as session:
        firm = Firm(session)
        for code in ("I1", "I2", "I3"):
            firm.inspector(code)
        near = firm.factory("F1", at=NEAR)
        for code in ("R1", "R2", "R3", "R4"):
            firm.request(code, near)
        session.commit()
    desk_of(store).handle(PublishPlan(adopted(store, MON_I1, TUE_I2)))
    return store


def in_force(store: Store) -> Places:
    """Published visits: plan, first slot of the week and crew, by request."""
    with store.session() as session:
        visits = session.scalars(select(Visit).where(Visit.published)).all()
        names = {key: code for key, code in session.execute(select(Request.id, Request.code))}
        plans = {key: code for key, code in session.execute(select(Plan.id, Plan.code))}
        return {
            names[visit.request_id]: (
                plans[visit.plan_id],
                visit.first_slot - slot(0),
                tuple(f"I{entry.inspector_id}" for entry in visit.assignments),
            )
            for visit in visits
        }


def revised(store: Store) -> str:
    desk_of(store).handle(RevisePlan())
    with store.session() as session:
        return session.scalars(select(Plan.code).where(Plan.status == "draft").order_by(Plan.id.desc())).first() or ""


def statuses(store: Store) -> dict[str, str]:
    with store.session() as session:
        return {code: status for code, status in session.execute(select(Request.code, Request.status))}


def refused(act: Callable[[], object]) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        act()
    return caught.value


# -- a copy of what is in force ----------------------------------------------------------------------------------------


def test_a_revision_is_a_copy_of_what_is_in_force_which_stays(quick: Store) -> None:
    before = in_force(quick)
    code = revised(quick)
    view = plan_view(quick, code)
    assert (view.header.status, view.header.first_day, view.header.days) == ("draft", day(0), 7)
    places = {visit.request: (visit.first_slot, [m.code for m in visit.inspectors]) for visit in view.visits}
    assert places == {"R1": (slot(0), ["I1"]), "R2": (slot(1), ["I2"])}
    assert {entry.request for entry in view.unassigned} == {"R3", "R4"}
    assert in_force(quick) == before
    pair = check_plan(quick, code)
    assert evaluate_plan(pair.problem, pair.plan).broken == ()
    assert publication(quick, code).news == 0
    desk_of(quick).undo()
    assert plan_view(quick, before["R1"][0]).header.status == "published"


def test_a_revision_leaves_out_what_breaks_a_rule_by_now_and_unpins_what_cannot_be_kept(quick: Store) -> None:
    desk = desk_of(quick)
    draft = revised(quick)
    desk.handle(PinRequest(draft, "R1"))
    desk.handle(RecordAbsence("I1", slot(0), slot(1), "sick"))
    outcome = desk.handle(RevisePlan())
    assert "Unpinned, as nobody can be there as pinned any more: R1." in outcome.messages
    assert "Left out, as a rule would be broken by now: R1." in outcome.messages
    with quick.session() as session:
        newest = session.scalars(select(Plan.code).order_by(Plan.id.desc())).first() or ""
    view = plan_view(quick, newest)
    assert [visit.request for visit in view.visits] == ["R2"]
    reasons = {entry.request: entry.reasons[0] for entry in view.unassigned}
    assert "I1" in reasons["R1"].text
    assert reasons["R1"].code == "hit"
    with pytest.raises(RefusedError, match="R1 is not pinned"):
        desk.handle(UnpinRequest("R1"))


def test_where_nothing_is_announced_there_is_nothing_to_revise(sqlite_store: Store) -> None:
    assert "Nothing is announced" in str(refused(lambda: desk_of(sqlite_store).handle(RevisePlan())))


def test_a_revision_may_be_of_days_that_are_said(quick: Store) -> None:
    desk_of(quick).handle(RevisePlan(day(1), 3))
    with quick.session() as session:
        plan = session.scalars(select(Plan).where(Plan.status == "draft")).one()
        assert (plan.first_day, plan.days) == (day(1), 3)
        assert [visit.request_id for visit in plan.visits] == [2]  # R1's day is not among them


# -- announced in parts ------------------------------------------------------------------------------------------------


def test_a_part_is_announced_and_the_draft_goes_on(store: Store) -> None:
    desk = desk_of(store)
    first = in_force(store)["R1"][0]
    draft = revised(store)
    desk.handle(MoveVisit(draft, "R1", ("I3",), slot(2)))
    desk.handle(MoveVisit(draft, "R3", ("I1",), slot(0)))
    desk.handle(MoveVisit(draft, "R4", ("I2",), slot(3)))
    outcome = desk.handle(PublishVisits(draft, ("R1", "R3", "R2")))
    assert (outcome.messages, outcome.inverse) == (("2 visits published.",), None)
    # in the plan that is in force for these days, whoever announced it first
    assert in_force(store) == {"R1": (first, 4, ("I3",)), "R2": (first, 2, ("I2",)), "R3": (first, 0, ("I1",))}
    assert statuses(store) == {"R1": "published", "R2": "published", "R3": "published", "R4": "ready"}
    view = plan_view(store, draft)
    assert view.header.status == "draft"
    assert len(view.visits) == 4
    assert view.header.cost_cents == check_plan(store, draft).judged.cost.total
    bars = {bar.request: bar.published for row in open_plan(store, draft).board.rows for bar in row.bars}
    assert bars == {"R1": True, "R2": True, "R3": True, "R4": False}
    desk.handle(PublishPlan(draft))  # what is left of it, with the rest
    assert {place[0] for place in in_force(store).values()} == {draft}
    assert plan_view(store, first).header.status == "superseded"


def test_people_who_change_places_are_announced_together_or_not_at_all(quick: Store) -> None:
    desk = desk_of(quick)
    draft = revised(quick)
    desk.handle(MoveVisit(draft, "R3", ("I3",), slot(1)))
    desk.handle(MoveVisit(draft, "R2", ("I1",), slot(3)))
    desk.handle(MoveVisit(draft, "R1", ("I2",), slot(1)))
    error = refused(lambda: desk.handle(PublishVisits(draft, ("R1",))))
    assert "I2" in error.broken[0]
    assert error.hint.startswith("Publish along with it: R2.")
    before = in_force(quick)
    assert before["R1"][1:] == (0, ("I1",))
    desk.handle(PublishVisits(draft, ("R1", "R2")))
    assert {code: place[1:] for code, place in in_force(quick).items()} == {"R1": (2, ("I2",)), "R2": (6, ("I1",))}


def test_two_who_swap_in_one_half_day_are_never_booked_twice(store: Store) -> None:
    desk = desk_of(store)
    draft = revised(store)
    desk.handle(MoveVisit(draft, "R2", ("I2",), slot(0)))
    desk.handle(PublishVisits(draft, ("R2",)))
    desk.handle(MoveVisit(draft, "R2", ("I3",), slot(0)))
    desk.handle(MoveVisit(draft, "R1", ("I2",), slot(0)))
    desk.handle(MoveVisit(draft, "R2", ("I1",), slot(0)))
    desk.handle(PublishVisits(draft, ("R1", "R2")))
    assert {code: place[1:] for code, place in in_force(store).items()} == {"R1": (0, ("I2",)), "R2": (0, ("I1",))}


def test_what_the_draft_leaves_out_is_taken_out_of_force_and_can_come_back(store: Store) -> None:
    desk = desk_of(store)
    draft = revised(store)
    desk.handle(UnassignVisit(draft, "R1"))
    assert desk.handle(PublishVisits(draft, ("R1",))).messages == ("Taken out of force: R1.",)
    assert list(in_force(store)) == ["R2"]
    assert statuses(store)["R1"] == "ready"
    desk.handle(MoveVisit(draft, "R3", ("I1",), slot(0)))  # where R1 was
    desk.handle(PublishVisits(draft, ("R3",)))
    desk.handle(MoveVisit(draft, "R1", ("I1",), slot(2)))
    desk.handle(PublishVisits(draft, ("R1",)))
    assert {code: place[1:] for code, place in in_force(store).items()} == {
        "R1": (4, ("I1",)),
        "R2": (2, ("I2",)),
        "R3": (0, ("I1",)),
    }


def test_a_shorter_revision_has_a_record_of_its_own_in_force(quick: Store) -> None:
    desk = desk_of(quick)
    first = in_force(quick)["R1"][0]
    desk.handle(RevisePlan(day(1), 4))
    with quick.session() as session:
        draft = session.scalars(select(Plan.code).where(Plan.status == "draft")).one()
    desk.handle(MoveVisit(draft, "R2", ("I3",), slot(2)))
    desk.handle(PublishVisits(draft, ("R2",)))
    places = in_force(quick)
    assert places["R1"] == (first, 0, ("I1",))
    record = places["R2"][0]
    assert record not in (first, draft)
    header = plan_view(quick, record).header
    assert (header.status, header.first_day, header.days) == ("published", day(1), 4)
    desk.handle(CancelRequest("R2"))
    assert list(in_force(quick)) == ["R1"]


def test_what_breaks_a_rule_by_now_is_not_announced(quick: Store) -> None:
    desk = desk_of(quick)
    draft = revised(quick)
    desk.handle(MoveVisit(draft, "R3", ("I3",), slot(3)))
    desk.handle(RecordAbsence("I3", slot(3), slot(3) + 1))
    error = refused(lambda: desk.handle(PublishVisits(draft, ("R3",))))
    assert "I3" in error.broken[0]
    assert error.hint == "Move what is named in the draft, or publish without it."


def test_what_is_no_news_or_unknown_is_not_announced(quick: Store) -> None:
    desk = desk_of(quick)
    draft = revised(quick)
    assert "Nothing of R1 is news" in str(refused(lambda: desk.handle(PublishVisits(draft, ("R1",)))))
    with pytest.raises(BadInputError, match="No request is named"):
        desk.handle(PublishVisits(draft, ()))
    with pytest.raises(NotFoundError):
        desk.handle(PublishVisits(draft, ("R9",)))
    published_plan = in_force(quick)["R1"][0]
    assert "only a draft" in str(refused(lambda: desk.handle(PublishVisits(published_plan, ("R1",)))))


def test_a_held_draft_is_right_after_a_part_of_it_was_announced(quick: Store) -> None:
    desk = desk_of(quick)
    draft = revised(quick)
    desk.handle(MoveVisit(draft, "R1", ("I3",), slot(2)))
    held = open_plan(quick, draft)
    assert held.cost.change > 0
    desk.handle(PublishVisits(draft, ("R1",)))
    after = open_plan(quick, draft)
    assert after.cost == replace(held.cost, change=0)
    assert after.cost == check_plan(quick, draft).judged.cost
    moved = desk.handle(MoveVisit(draft, "R2", ("I2",), slot(2)))
    assert moved.messages
    assert open_plan(quick, draft).cost == check_plan(quick, draft).judged.cost
