"""What breaks a plan in force, what is hit by it, and its repair, accepted whole or in part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.clock import FixedClock
from desktop.errors import BadInputError, ConflictError, RefusedError
from desktop.models import Absence, Plan, Request, Visit
from desktop.services.bus import Desk
from desktop.services.commands import (
    AddRequest,
    CancelRequest,
    CloseFactory,
    MoveVisit,
    PinRequest,
    PublishPlan,
    PublishVisits,
    RecordAbsence,
    ReportNotReady,
    ReportOverrun,
    ReportProgress,
    RevisePlan,
    StoreChecklist,
    UnpinRequest,
)
from desktop.services.planning import check_plan, plan_view
from desktop.services.planning.news import news_of
from desktop.services.planning.problems import ON_PAPER, problem_of
from desktop.services.repair.hits import hits
from desktop.services.repair.partial import PartialReview, accept_part, check_repair
from desktop.services.repair.proposing import (
    PreparedRepair,
    Repair,
    RepairSettings,
    finish_repair,
    prepare_repair,
    solver_of,
)
from desktop.services.trade.protocols import ClientItem, Text
from desktop.store.engine import Store
from scheduler.evaluate import evaluate
from scheduler.params import Params
from scheduler.plan import Assignment as Given
from scheduler.plan import CostParts
from scheduler.plan import Plan as Solved
from scheduler.problem import Mode
from scheduler.solve import solve
from tests.helpers.planning_firm import NEAR, Firm, adopted, day, slot
from tests.helpers.stores import SqliteTemplate

MORNING = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)  # eight o'clock at the factories
PLANNED = (
    Given("R1", 0, 2, ("I1",)),
    Given("R2", 0, 4, ("I1",)),
    Given("R3", 0, 2, ("I2",)),
    Given("R4", 0, 6, ("I3",)),
    Given("R5", 0, 0, ("I3",)),
)


def desk_of(store: Store) -> Desk:
    return Desk(store, FixedClock(MORNING), "lan")


@pytest.fixture(scope="module")
def announced(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> SqliteTemplate:
    """Four people, five announced requests of a day each; R4 follows from its order."""
    with sqlite_template.new_store(tmp_path_factory.mktemp("announced")) as store:
        _found(store)
        assert store.path is not None
        return SqliteTemplate(store.path)


@pytest.fixture
def store(announced: SqliteTemplate, tmp_path: Path) -> Iterator[Store]:
    with announced.new_store(tmp_path) as store:
        yield store


def _found(store: Store) -> None:
    with store.session(write=True) as session:
        firm = Firm(session)
        for code in ("I1", "I2", "I3", "I4"):
            firm.inspector(code, phone=f"+86 {code}")
        near, other = firm.factory("F1", at=NEAR, phone="+86 20"), firm.factory("F2", at=NEAR)
        for code in ("R1", "R2", "R3", "R5"):
            firm.request(code, near if code in ("R1", "R5") else other)
        order = firm.order("O1", other, production_start=day(0), daily_rate=50)
        firm.request("R4", other, order_id=order.id, earliest=None, latest=None)
        session.commit()
    desk_of(store).handle(PublishPlan(adopted(store, *PLANNED)))


def caused(store: Store) -> dict[str, str]:
    return {hit.request: hit.cause for hit in hits(store, MORNING)}


def revised(store: Store) -> str:
    desk_of(store).handle(RevisePlan())
    with store.session() as session:
        return session.scalars(select(Plan.code).where(Plan.status == "draft").order_by(Plan.id.desc())).first() or ""


def served(store: Store, plan: str) -> set[str]:
    return {visit.request for visit in plan_view(store, plan).visits}


# -- what is hit -------------------------------------------------------------------------------------------------------


def test_a_plan_that_nothing_has_hit_has_no_hits(store: Store, sqlite_store: Store) -> None:
    assert hits(store, MORNING) == ()
    assert hits(sqlite_store, MORNING) == ()  # where nothing was ever announced


def test_hits_say_who_is_concerned_and_how_much_time_is_left(store: Store) -> None:
    outcome = desk_of(store).handle(RecordAbsence("I1", slot(1), slot(1) + 1, "sick"))
    assert outcome.messages[-1] == "Announced, so that somebody has to be told: R1 (Factory F1, for Meadow Trading)."
    (hit,) = hits(store, MORNING)
    assert (hit.request, hit.cause, hit.inspectors, hit.culprits) == ("R1", "absent", ("I1",), ("I1",))
    assert (hit.client_name, hit.factory, hit.factory_phone) == ("Meadow Trading", "F1", "+86 20")
    assert (hit.first_slot, hit.last_slot, hit.hours_left) == (slot(1), slot(1) + 1, 24.0)
    assert "I1 is not available" in hit.text


def test_each_cause_is_told_apart(store: Store) -> None:
    desk = desk_of(store)
    desk.handle(CloseFactory("F1", day(1), day(1)))
    desk.handle(ReportNotReady("R2", day(3)))
    desk.handle(ReportOverrun("R5", 7))
    assert caused(store) == {"R1": "closed", "R2": "window", "R4": "overran"}


def test_what_was_moved_in_a_draft_is_no_hit_in_force(store: Store) -> None:
    draft = revised(store)
    desk_of(store).handle(MoveVisit(draft, "R1", ("I4",), slot(3)))
    assert hits(store, MORNING) == ()


# -- what breaks it ----------------------------------------------------------------------------------------------------


def test_an_absence_frees_what_it_hits_in_the_draft_and_nothing_else(store: Store) -> None:
    draft = revised(store)
    desk = desk_of(store)
    desk.handle(PinRequest(draft, "R1"))
    outcome = desk.handle(RecordAbsence("I1", slot(1), slot(1) + 1, "sick", frees=True))
    assert outcome.messages[-1] == f"Taken out of the draft {draft}: R1."
    assert outcome.messages[0] == f"I1 is planned then for R1 on Tue 1 Dec 2026 (2026-W49-1, {draft}): plan again."
    view = plan_view(store, draft)
    assert served(store, draft) == {"R2", "R3", "R4", "R5"}
    assert view.header.cost_cents == check_plan(store, draft).judged.cost.total
    (left,) = view.unassigned
    assert left.reasons[0].code == "hit"
    assert news_of(store, draft) == news_of(store, draft, people=["I1"]) == ("R1",)
    assert news_of(store, draft, days=[day(2)]) == ()
    desk.undo()
    assert served(store, draft) == {"R1", "R2", "R3", "R4", "R5"}


def test_goods_that_are_not_ready_slide_the_window_of_request_or_order(store: Store) -> None:
    desk = desk_of(store)
    outcome = desk.handle(ReportNotReady("R1", day(3), "the dyeing is late"))
    assert outcome.messages[0].startswith("Window of R1 moves from Mon 30 Nov 2026")
    desk.handle(ReportNotReady("R4", day(7)))
    with store.session() as session:
        rows = {row.code: row for row in session.scalars(select(Request))}
        assert (rows["R1"].earliest, rows["R1"].latest, rows["R1"].note) == (day(3), day(7), "the dyeing is late")
        assert rows["R4"].earliest is None  # its order was moved
    assert caused(store) == {"R1": "window", "R4": "window"}
    with pytest.raises(BadInputError, match="today"):
        desk.handle(ReportNotReady("R1", day(-3)))


def test_what_is_not_ready_and_taken_out_of_the_draft_is_not_said_to_lie_there(store: Store) -> None:
    draft = revised(store)
    outcome = desk_of(store).handle(ReportNotReady("R1", day(3)))
    assert outcome.messages[-1] == f"Taken out of the draft {draft}: R1."
    misfits = [text for text in outcome.messages if "lies outside its window" in text]
    assert misfits == ["The visit of R1 on Tue 1 Dec 2026 (published) lies outside its window: move it."]


def test_without_a_day_the_request_waits_in_the_inbox(store: Store) -> None:
    desk = desk_of(store)
    draft = revised(store)
    outcome = desk.handle(ReportNotReady("R1", None))
    assert outcome.messages[-1] == "R1 waits in the inbox until the factory names a day."
    assert "R1" not in served(store, draft)
    with store.session() as session:
        row = session.scalars(select(Request).where(Request.code == "R1")).one()
        assert row.status == "new"
        assert not session.scalars(select(Visit).where(Visit.request_id == row.id, Visit.published)).all()
    assert hits(store, MORNING) == ()
    desk.undo()
    assert "R1" in served(store, draft)
    desk.handle(CancelRequest("R1"))
    with pytest.raises(RefusedError, match="is cancelled"):
        desk.handle(ReportNotReady("R1", None))


def test_a_visit_that_takes_longer_keeps_its_people_from_the_next(store: Store) -> None:
    desk = desk_of(store)
    draft = revised(store)
    outcome = desk.handle(ReportOverrun("R1", 2))
    assert outcome.label == "R1 takes 2 half-days more, Wed 2 Dec 2026"
    assert outcome.messages[-1] == f"Taken out of the draft {draft}: R2."
    with store.session() as session:
        (absence,) = session.scalars(select(Absence))
        assert (absence.first_slot, absence.last_slot, absence.kind) == (slot(2), slot(2) + 1, "overrun")
    desk.handle(AddRequest("N1", "C1", "F1", "DUPRO", "garment", 1, (Mode(1, 2),)))
    with pytest.raises(RefusedError, match="none can take longer"):
        desk.handle(ReportOverrun("N1"))
    with pytest.raises(BadInputError, match="half_days is 0"):
        desk.handle(ReportOverrun("R1", 0))


def test_news_of_an_order_that_move_a_window_free_the_visit(store: Store) -> None:
    desk = Desk(store, FixedClock(MORNING + dt.timedelta(days=2)), "lan")
    draft = revised(store)
    outcome = desk.handle(ReportProgress("O1", day(2), 90.0, frees=True))
    assert outcome.messages[-1] == f"Taken out of the draft {draft}: R4."


# -- the repair --------------------------------------------------------------------------------------------------------


def prepared(store: Store, **settings: object) -> PreparedRepair:
    return prepare_repair(store, MORNING, RepairSettings(**settings))  # type: ignore[arg-type]


def repaired(store: Store, *moved: Given) -> Repair:
    """A repair for which the solver has found these places."""
    ready = prepared(store)
    places = {entry.request: entry for entry in ready.base}
    places |= {entry.request: entry for entry in moved}
    return finish_repair(ready, Solved(tuple(places.values()), (), "feasible", CostParts(), None, 1.0, 0), MORNING)


def test_what_is_hit_is_freed_and_what_begins_soon_stays(store: Store) -> None:
    desk_of(store).handle(RecordAbsence("I1", slot(1), slot(2) + 1, "sick"))
    ready = prepared(store)
    assert [hit.request for hit in ready.hits] == ["R1", "R2"]
    assert {entry.request for entry in ready.base} == {"R3", "R4", "R5"}
    pinned = {request.id for request in ready.near.problem.requests if request.pin is not None}
    assert pinned == {"R3", "R5"}  # today's, and tomorrow morning's that is not hit
    prices = {code: entry.day_cost for code, entry in ready.near.problem.published.items()}
    assert set(prices.values()) == {7500}
    assert solver_of(ready) is not None


def test_half_days_that_are_over_are_nobodys(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    afternoon = MORNING.replace(hour=23)  # past two o'clock wherever the test runs but far in the east
    ready = prepare_repair(store, afternoon, RepairSettings(first_day=day(-1), days=7))
    people = {person.id: person.available for person in ready.near.problem.inspectors}
    assert not any(people["I1"][:3])


def test_a_visit_of_this_morning_that_is_pinned_stays_pinned(store: Store) -> None:
    desk_of(store).handle(PinRequest(revised(store), "R5"))
    noon = prepare_repair(store, MORNING.replace(hour=12), RepairSettings(first_day=day(0), days=7))
    assert (noon.unpinned, noon.over > 0) == ((), True)
    assert "R5" in {entry.request for entry in noon.base}


def test_a_real_run_finds_other_places_and_leaves_the_rest(store: Store) -> None:
    desk_of(store).handle(RecordAbsence("I1", slot(1), slot(2) + 1, "sick"))
    ready = prepared(store)
    initial = Solved(ready.base, (), "feasible", CostParts(), None, 0.0, 0)
    solved = solve(ready.near.problem, Params(time_limit=None, iteration_limit=400), initial=initial)
    found = finish_repair(ready, solved, MORNING)
    assert evaluate(ready.problem, found.plan.assignments).broken == ()
    assert found.plan.cost == evaluate(ready.problem, found.plan.assignments).cost
    assert {entry.request for entry in found.plan.assignments} == {"R1", "R2", "R3", "R4", "R5"}
    assert found.steadiness.changed == 0
    review = PartialReview(found)
    assert review.sum(review.all).hits_left == 0
    assert found.proposal.review.tally.changed_person + found.proposal.review.tally.moved_day == 2


def test_changes_that_do_not_pay_are_put_back(store: Store) -> None:
    desk_of(store).handle(RecordAbsence("I1", slot(1), slot(1) + 1, "sick"))
    found = repaired(store, Given("R1", 0, 2, ("I4",)), Given("R4", 0, 6, ("I2",)))
    assert (found.put_back, found.groups) == (1, (("R1",),))
    assert found.steadiness.changed == 0


def test_what_the_solver_had_no_time_for_is_put_in_where_it_fits(store: Store) -> None:
    desk_of(store).handle(RecordAbsence("I1", slot(1), slot(2) + 1, "sick"))
    found = repaired(store)
    assert {entry.request for entry in found.plan.assignments} == {"R1", "R2", "R3", "R4", "R5"}
    assert evaluate(found.prepared.problem, found.plan.assignments).broken == ()
    assert (found.steadiness.changed, len(found.groups)) == (0, 2)


def test_groups_hang_together_where_people_meet_and_sum_up(store: Store) -> None:
    desk_of(store).handle(RecordAbsence("I1", slot(1), slot(2) + 1, "sick"))
    # R1 takes the place of R3, which goes to I4; R2 goes to I4 on another day, and is its own affair
    found = repaired(store, Given("R1", 0, 2, ("I2",)), Given("R3", 0, 2, ("I4",)), Given("R2", 0, 6, ("I4",)))
    review = PartialReview(found)
    assert {group.requests for group in review.groups} == {("R1", "R3"), ("R2",)}
    assert review.group_of("R1") == review.group_of("R3") != review.group_of("R2")
    whole = review.sum(review.all)
    assert whole.cost == found.plan.cost
    assert (whole.changes, whole.told, whole.hits_left) == (3, 3, 0)
    one = review.sum({group.number for group in review.groups if group.requests == ("R2",)})
    assert (one.groups, one.changes, one.told, one.hits_left) == (1, 1, 2, 1)
    assert review.sum(()).difference == CostParts()
    calls = {(call.party, call.code): call for call in review.calls(review.all)}
    assert set(calls) == {
        *(("inspector", code) for code in ("I1", "I2", "I4")),
        ("factory", "F1"),
        ("factory", "F2"),
        ("client", "C1"),
    }
    assert (calls["factory", "F1"].phone, calls["inspector", "I4"].phone) == ("+86 20", "+86 I4")
    (item,) = calls["factory", "F1"].items
    assert item.told is not None
    assert item.new is not None
    assert (item.told.inspectors, item.new.inspectors) == (("I1",), ("I2",))


def test_a_part_is_kept_and_published_and_the_rest_stays(store: Store) -> None:
    desk = desk_of(store)
    desk.handle(RecordAbsence("I1", slot(1), slot(2) + 1, "sick"))
    review = PartialReview(repaired(store, Given("R1", 0, 2, ("I4",)), Given("R2", 0, 4, ("I4",))))
    number = review.group_of("R1")
    assert number is not None
    kept = accept_part(desk, review, {number})
    assert kept.requests == ("R1",)
    assert served(store, kept.code) == {"R1", "R3", "R4", "R5"}
    assert check_plan(store, kept.code).judged.broken == ()
    desk.handle(PublishVisits(kept.code, kept.requests))
    assert caused(store) == {"R2": "absent"}
    with pytest.raises(RefusedError, match="Nothing of the repair is ticked"):
        accept_part(desk, review, ())


def test_a_hit_without_another_place_is_taken_out_of_force_with_the_rest(store: Store) -> None:
    desk = desk_of(store)
    desk.handle(ReportNotReady("R4", day(7)))
    desk.handle(RecordAbsence("I1", slot(1), slot(1) + 1, "sick"))
    # R1 takes I3 at the time of R4, which is still in force
    review = PartialReview(repaired(store, Given("R1", 0, 6, ("I3",))))
    (lost,) = [solved for solved in review.solved(review.all) if solved.new is None]
    assert (lost.hit.request, bool(lost.reasons)) == ("R4", True)
    kept = accept_part(desk, review, review.all)
    with pytest.raises(RefusedError) as caught:
        desk.handle(PublishVisits(kept.code, ("R1",)))
    assert caught.value.hint.startswith("Publish along with it: R4.")
    desk.handle(PublishVisits(kept.code, kept.requests))
    assert hits(store, MORNING) == ()


def test_a_hit_that_was_pinned_is_unpinned_with_the_repair(store: Store) -> None:
    desk = desk_of(store)
    desk.handle(PinRequest(revised(store), "R1"))
    desk.handle(RecordAbsence("I1", slot(1), slot(1) + 1, "sick"))
    found = repaired(store, Given("R1", 0, 2, ("I4",)))
    assert found.prepared.unpinned == ("R1",)
    assert check_repair(store, found).is_fresh
    kept = accept_part(desk, PartialReview(found), {0})
    assert served(store, kept.code) == {"R1", "R2", "R3", "R4", "R5"}
    desk.undo()
    with store.session() as session:
        assert session.scalars(select(Request).where(Request.code == "R1")).one().pin is not None


def test_what_was_edited_since_is_listed_and_what_cannot_be_any_more_is_refused(store: Store) -> None:
    desk = desk_of(store)
    draft = revised(store)
    desk.handle(RecordAbsence("I1", slot(1), slot(1) + 1, "sick"))
    found = repaired(store, Given("R1", 0, 2, ("I4",)))
    desk.handle(MoveVisit(draft, "R4", ("I3",), slot(3)))
    check = check_repair(store, found)
    assert (check.is_fresh, check.edited, check.broken, check.change_count) == (False, ("R4",), (), 1)
    desk.handle(RecordAbsence("I4", slot(1), slot(1) + 1))
    assert check_repair(store, found).broken
    with pytest.raises(ConflictError, match="I4 is not available"):
        accept_part(desk, PartialReview(found), {0})


def test_what_is_only_on_paper_lets_the_problem_stand(store: Store) -> None:
    settings = prepared(store).prepared.settings
    before = problem_of(store, settings)
    outcome = desk_of(store).handle(StoreChecklist("C1", (ClientItem("packing", Text("Tag")),)))
    assert outcome.changes.rows.keys() <= ON_PAPER
    assert problem_of(store, settings) is before
    desk_of(store).handle(RecordAbsence("I1", slot(1), slot(1) + 1, "sick"))
    assert problem_of(store, settings) is not before
    assert [hit.request for hit in hits(store, MORNING)] == ["R1"]


# -- what others do while it is looked at ------------------------------------------------------------------------------


def test_what_was_announced_meanwhile_stays_as_it_is_announced(store: Store) -> None:
    desk = desk_of(store)
    draft = revised(store)
    desk.handle(RecordAbsence("I1", slot(1), slot(1) + 1, "sick"))
    review = PartialReview(repaired(store, Given("R1", 0, 2, ("I4",))))
    desk.handle(MoveVisit(draft, "R3", ("I2",), slot(2)))
    desk.handle(PublishVisits(draft, ("R3",)))
    kept = accept_part(desk, review, review.all)
    assert news_of(store, kept.code) == ("R1",)
    desk.handle(PublishPlan(kept.code))
    assert {visit.first_slot for visit in plan_view(store, kept.code).visits if visit.request == "R3"} == {slot(2)}


def test_what_was_announced_otherwise_meanwhile_is_not_announced_over(store: Store) -> None:
    desk = desk_of(store)
    draft = revised(store)
    desk.handle(RecordAbsence("I1", slot(1), slot(1) + 1, "sick"))
    review = PartialReview(repaired(store, Given("R1", 0, 2, ("I4",))))
    desk.handle(MoveVisit(draft, "R1", ("I2",), slot(2)))
    desk.handle(PublishVisits(draft, ("R1",)))
    desk.handle(UnpinRequest("R1"))
    with pytest.raises(ConflictError, match="R1 has been announced otherwise"):
        accept_part(desk, review, review.all)


def test_a_booking_cancelled_meanwhile_is_not_published(store: Store) -> None:
    desk = desk_of(store)
    desk.handle(RecordAbsence("I1", slot(1), slot(2) + 1, "sick"))
    review = PartialReview(repaired(store, Given("R1", 0, 2, ("I4",)), Given("R2", 0, 4, ("I4",))))
    desk.handle(CancelRequest("R2"))
    kept = accept_part(desk, review, review.all)
    assert kept.requests == ("R1",)
    desk.handle(PublishVisits(kept.code, kept.requests))


def test_a_hit_that_nobody_can_serve_is_all_that_a_repair_may_be_about(store: Store) -> None:
    desk = desk_of(store)
    desk.handle(ReportNotReady("R4", day(7)))
    review = PartialReview(repaired(store))
    assert review.groups == ()
    kept = accept_part(desk, review, review.all)
    assert kept.requests == ("R4",)
    desk.handle(PublishVisits(kept.code, kept.requests))
    assert hits(store, MORNING) == ()


def test_a_visit_moved_by_hand_stays_where_it_was_moved_whatever_is_ticked(store: Store) -> None:
    desk = desk_of(store)
    desk.handle(MoveVisit(revised(store), "R3", ("I4",), slot(3)))
    desk.handle(RecordAbsence("I1", slot(1), slot(1) + 1, "sick"))
    review = PartialReview(repaired(store, Given("R1", 0, 2, ("I2",))))
    number = review.group_of("R1")
    assert number is not None
    assert review.group_of("R3") is None
    kept = plan_view(store, accept_part(desk, review, {number}).code)
    places = {visit.request: (visit.inspectors[0].code, visit.first_slot) for visit in kept.visits}
    assert places["R3"] == ("I4", slot(3))


def test_the_search_begins_with_what_fits_with_nothing_moved(store: Store) -> None:
    desk_of(store).handle(RecordAbsence("I1", slot(1), slot(1) + 1, "sick"))
    ready = prepared(store)
    assert "R1" not in {entry.request for entry in ready.base}
    begun = {entry.request: entry for entry in ready.near.begun}
    assert begun["R1"].inspectors != ("I1",)
    assert evaluate(ready.near.problem, tuple(begun.values())).broken == ()
    assert {entry.request: entry for entry in ready.base}.items() <= begun.items()
