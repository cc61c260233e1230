"""An urgent booking from the telephone to the draft, and places that are kept for a while."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from threading import Thread
from typing import cast

import pytest
from sqlalchemy import select

from desktop.clock import FixedClock
from desktop.errors import BadInputError, ConflictError, NotFoundError, RefusedError
from desktop.models import Change, Order, Plan, Request, SlotHold, Visit
from desktop.models.halfday import morning
from desktop.services.bus import Desk
from desktop.services.commands import (
    BookUrgent,
    ChangeSetting,
    Command,
    ConfirmHold,
    DiscardPlan,
    HoldSlot,
    MoveVisit,
    OfferHold,
    PinRequest,
    PublishPlan,
    PublishVisits,
    RecordAbsence,
    ReleaseExpiredHolds,
    ReleaseHold,
    RevisePlan,
)
from desktop.services.lookup import plan_by_code
from desktop.services.planning.open_plan import open_plan
from desktop.services.planning.opening import read_plan
from desktop.services.planning.problems import problems_of, stamp_of
from desktop.services.planning.reading import latest_draft
from desktop.services.urgent.answer import MayMove, UrgentAnswer, UrgentCandidate, UrgentForm
from desktop.services.urgent.drafting import in_draft
from desktop.services.urgent.expiry import HOUSE, release_expired
from desktop.services.urgent.holding import holds
from desktop.services.urgent.opening import UrgentCase, open_urgent
from desktop.services.urgent.sorting import in_order
from desktop.services.words import spell_time
from desktop.store.engine import Store, open_store
from tests.helpers.company import MONDAY, desk_of
from tests.helpers.odd_commands import TEST_HANDLERS, AdoptSome

NOW = dt.datetime(2026, 11, 30, 8, 40, tzinfo=dt.UTC)  # 16:40 in China
FORM = UrgentForm(
    factory="F2", product="towels", quantity=2000, percent=20.0, daily_rate=100.0, skill="textile", level=2
)


def clerk(store: Store, actor: str = "Mei", now: dt.datetime = NOW) -> Desk:
    return Desk(store, FixedClock(now), actor)


def case_of(store: Store, form: UrgentForm = FORM) -> UrgentCase:
    return open_urgent(store, NOW).case(store, form, NOW)


def whole(store: Store, form: UrgentForm = FORM) -> UrgentAnswer:
    *_, last = case_of(store, form).stream(form, NOW)
    assert last.whole
    return last


def best_booking(store: Store, form: UrgentForm = FORM) -> tuple[UrgentCandidate, BookUrgent]:
    case = case_of(store, form)
    best = case.rank(form, NOW).candidates[0]
    return best, case.booking(form, NOW, best)


def away(person: str) -> RecordAbsence:
    return RecordAbsence(person, morning(MONDAY), morning(MONDAY) + 13, "leave")


def status_of(store: Store, code: str) -> str:
    with store.session() as session:
        return session.scalars(select(Request.status).where(Request.code == code)).one()


def test_everything_else_follows_from_records_and_rules(company: Store) -> None:
    need = case_of(company).rank(FORM, NOW).need
    assert (need.code, need.client, need.skill, need.level) == ("R9", "C2", "textile", 2)
    assert need.clock.begins == NOW, "nothing is missing: the clock begins with the call"
    assert need.earliest == MONDAY + dt.timedelta(days=1), "nobody is sent on the same day any more"
    assert need.share == (10.0, 50.0)
    assert need.made[1:4] == pytest.approx((20.0, 25.0, 30.0))
    assert need.modes[0].man_days == need.man_days > 0
    assert need.sample is not None
    assert not need.fault
    other = replace(FORM, quantity=100_000, daily_rate=5000.0)
    assert case_of(company).rank(other, NOW).need.sample > need.sample  # type: ignore[operator]


def test_candidates_come_in_time_first_and_are_told_whole(company: Store) -> None:
    answer = case_of(company).rank(FORM, NOW)
    assert answer.plan == "P1"
    assert answer.candidates
    assert [c.in_time for c in answer.candidates] == sorted((c.in_time for c in answer.candidates), reverse=True)
    in_time = [c.cost.total for c in answer.candidates if c.in_time]
    assert in_time == sorted(in_time)
    best = answer.candidates[0]
    assert best.begins > NOW
    assert best.hours == pytest.approx((best.begins - NOW).total_seconds() / 3600)
    (way,) = best.arrivals
    assert way.leaves + dt.timedelta(minutes=way.minutes) <= way.at == best.begins
    assert way.km > 0
    assert best.percent == pytest.approx(answer.need.made[best.to.start_slot // 2])
    assert 0.9 < (best.chance or 0) <= 1.0
    assert best.cost.total == best.cost.money + best.cost.penalties
    assert best.express_cents
    assert best.price_cents == 30_000 + best.express_cents
    assert best.margin_cents == best.price_cents - best.cost.money
    assert "20 % made" in best.message or "25 % made" in best.message
    assert all(name not in best.message for name in (best.crew[0].name, best.crew[0].code))
    assert {line.title for line in best.lines} >= {"Skill", "Window", "Rotation", "Load", "Travel", "Calendar"}


def test_nobody_is_asked_to_leave_without_notice(company: Store) -> None:
    early = dt.datetime(2026, 11, 29, 22, 50, tzinfo=dt.UTC)  # 6:50 in China: at eight only who lives next door

    def places() -> set[tuple[tuple[str, ...], bool]]:
        *_, answer = open_urgent(company, early).case(company, FORM, early).stream(FORM, early)
        ways = [way for candidate in answer.candidates for way in candidate.arrivals]
        assert all(way.leaves >= early + dt.timedelta(minutes=notice) for way in ways)
        assert all(way.leaves + dt.timedelta(minutes=way.minutes) <= way.at for way in ways)
        moved = [line for candidate in answer.candidates for line in candidate.moves]
        assert not notice or all(line.after.start_slot > 1 for line in moved), "nor for somebody else's visit"
        return {(candidate.to.inspectors, candidate.to.start_slot == 0) for candidate in answer.candidates}

    notice = 60
    later = places()
    notice = 0
    clerk(company).handle(ChangeSetting("urgent", {"notice_minutes": 0}))
    today = {crew for crew, is_today in places() if is_today}
    assert today
    assert all(not is_today for _, is_today in later)
    assert today <= {crew for crew, _ in later}, "who would come today comes on another day"


def test_places_of_one_price_come_first_where_nothing_moves(company: Store) -> None:
    direct = case_of(company).rank(FORM, NOW).candidates[0]
    moving = next(candidate for candidate in whole(company).candidates if candidate.moves)
    same = replace(moving, cost=direct.cost, begins=direct.begins - dt.timedelta(hours=1), in_time=direct.in_time)
    assert in_order([same, direct]) == in_order([same, direct], "cost") == [direct, same]
    assert in_order([same, direct], "soonest") == [same, direct]
    assert in_order([replace(same, begins=direct.begins), direct], "soonest") == [
        direct,
        replace(same, begins=direct.begins),
    ]


def test_what_is_told_is_what_the_plan_costs_more_once_it_is_booked(company: Store) -> None:
    before = open_plan(company, "P1")
    best, booking = best_booking(company)
    outcome = clerk(company).handle(booking)
    after = open_plan(company, "P1")
    assert after.cost.total - before.cost.total == best.cost.total
    assert after.standing.placed["R9"] == best.to
    assert open_plan(company, "P1").broken == ()
    with company.session() as session:
        stored = session.scalars(select(Request).where(Request.code == "R9")).one()
        order = session.get_one(Order, stored.order_id)
        assert (order.code, order.quantity, order.product) == ("O-R9", 2000, "towels")
        assert [(report.reported_on, report.percent_made) for report in order.progress] == [(MONDAY, 20.0)]
        assert stored.pin is not None
        assert stored.complete_at == NOW
    assert outcome.label.startswith("Book R9 with")
    assert not any("no window" in said for said in outcome.messages), "it follows from what was told of the goods"
    clerk(company).undo()
    assert open_plan(company, "P1").cost == before.cost


def test_a_plan_held_open_follows_bookings_and_holds(company: Store) -> None:
    def is_followed() -> bool:
        with company.session() as session:
            plan = plan_by_code(session, "P1")
            fresh = read_plan(session, plan)
            if problems_of(company).known(plan.id, stamp_of(session)) is None:
                return False
        followed = open_plan(company, "P1")
        return (followed.board, followed.digest) == (fresh.board, fresh.digest)

    open_plan(company, "P1")
    held(company)
    assert is_followed()
    clerk(company).handle(OfferHold("R9"))
    assert is_followed()
    clerk(company).handle(ReleaseHold("R9"))
    assert is_followed()
    clerk(company).handle(best_booking(company, UrgentForm(factory="", request="R9"))[1])
    assert is_followed()


def test_an_existing_request_is_placed_as_well(company: Store) -> None:
    form = UrgentForm(factory="", request="R6")
    case = case_of(company, form)
    answer = case.rank(form, NOW)
    assert answer.need.code == "R6"
    booking = case.booking(form, NOW, answer.candidates[0])
    assert booking.request == "R6"
    clerk(company).handle(booking)
    assert open_plan(company, "P1").standing.placed["R6"] == answer.candidates[0].to


def test_others_move_only_where_they_may(company: Store) -> None:
    desk = clerk(company)
    for number in (2, 3, 5):  # those who could come are off, but for one who is busy
        desk.handle(away(f"I{number}"))
    form = replace(FORM, by=MONDAY + dt.timedelta(days=1))
    assert [line for c in whole(company, form).candidates for line in c.moves if line.announced] == []
    moving = [c for c in whole(company, form).candidates if c.moves]
    pinned = {c.moves[0].request for c in moving}
    for code in pinned:
        desk.handle(PinRequest("P1", code))
    assert not [c for c in whole(company, form).candidates if pinned & {m.request for m in c.moves}]
    still = replace(form, may_move=MayMove(proposed=False))
    assert not [c for c in whole(company, still).candidates if c.moves]
    loose = replace(form, may_move=MayMove(locked=True))
    assert {m.request for c in whole(company, loose).candidates for m in c.moves} >= pinned


def test_a_booking_moves_what_has_to_move(company: Store) -> None:
    answer = whole(company)
    case = case_of(company)
    candidate = next((c for c in answer.candidates if c.moves), None)
    assert candidate is not None
    rows = case.rows(FORM, NOW, candidate)
    assert {row.before.inspector for row in rows} >= set(candidate.to.inspectors)
    assert any(bar.request == "R9" for row in rows for bar in row.after.bars)
    assert not any(bar.request == "R9" for row in rows for bar in row.before.bars)
    before = open_plan(company, "P1").cost.total
    clerk(company).handle(case.booking(FORM, NOW, candidate))
    after = open_plan(company, "P1")
    for move in candidate.moves:
        assert after.standing.placed[move.request] == move.after
    assert after.cost.total - before == candidate.cost.total
    assert not after.broken


def test_a_place_that_is_gone_is_refused_with_the_cause(company: Store) -> None:
    best, booking = best_booking(company)
    clerk(company, "Another").handle(
        MoveVisit("P1", "R6", best.to.inspectors, best.to.start_slot + morning(MONDAY), None)
    )
    with pytest.raises(RefusedError) as refused:
        clerk(company).handle(booking)
    assert f"{best.to.inspectors[0]} is in another visit" in str(refused.value)
    assert status_of(company, "R1") == "ready"
    with company.session() as session:
        assert session.scalars(select(Request).where(Request.code == "R9")).first() is None, "nothing is left of it"


def test_a_visit_that_somebody_else_has_changed_is_not_moved(company: Store) -> None:
    case = case_of(company)
    candidate = next(c for c in whole(company).candidates if c.moves)
    booking = case.booking(FORM, NOW, candidate)
    stale = replace(booking, moves=tuple(replace(move, version=99) for move in booking.moves))
    with pytest.raises(ConflictError):
        clerk(company).handle(stale)


def test_the_code_that_another_took_meanwhile_is_replaced(company: Store) -> None:
    _, booking = best_booking(company)
    second = replace(FORM, factory="F3")
    case = case_of(company, second)
    free = next(c for c in case.rank(second, NOW).candidates if not set(c.to.inspectors) & set(booking.inspectors))
    clerk(company).handle(booking)
    clerk(company).handle(case.booking(second, NOW, free))
    assert {status_of(company, "R9"), status_of(company, "R10")} == {"ready"}


def test_unknown_codes_and_forms_without_a_place_are_answered_in_words(company: Store) -> None:
    with pytest.raises(NotFoundError):
        case_of(company, UrgentForm(factory="F77"))
    with pytest.raises(BadInputError):
        case_of(company, UrgentForm(factory=""))
    over = replace(FORM, percent=80.0)
    answer = case_of(company).rank(over, NOW)
    assert answer.need.fault == "80 % are made by now, and a DUPRO looks at 10-50 %. Book a PSI instead."
    assert answer.candidates == ()
    assert answer.whole


def test_whoever_cannot_is_counted_with_the_cause(company: Store) -> None:
    clerk(company).handle(away("I1"))
    answer = whole(company)
    assert answer.can + sum(count.number for count in answer.cannot) == answer.checked == 6
    causes = {count.cause: count.number for count in answer.cannot}
    assert causes["permit"] == 1
    assert causes["leave"] == 1
    why = {entry.person: entry for entry in case_of(company).why_not(FORM, NOW)}
    assert why["I6"].cause == "permit"
    assert why["I1"].cause == "leave"
    assert why["I1"].text.endswith(".")


def test_where_nobody_can_it_is_said_what_would_have_to_give(company: Store) -> None:
    form = replace(FORM, skill="garment", level=5)
    clerk(company).handle(away("I4"))
    answer = whole(company, form)
    assert answer.candidates == ()
    assert answer.can == 0
    assert answer.next_days
    assert {day.number for day in answer.next_days} == {0}
    ways = case_of(company, form).ways_out(form, NOW)
    assert any(way.kind == "level" for way in ways)
    assert all(way.crew and way.text for way in ways)


# -- held places -------------------------------------------------------------------------------------------------------

UNTIL = NOW + dt.timedelta(minutes=30)


def held(store: Store) -> UrgentCandidate:
    best, booking = best_booking(store)
    clerk(store).handle(HoldSlot(booking, UNTIL, "asks her buyer"))
    return best


def test_a_held_place_is_seen_by_everybody_and_moves_for_nobody(company: Store) -> None:
    best = held(company)
    (view,) = holds(company, NOW)
    assert (view.request, view.inspectors, view.state, view.by) == ("R9", best.to.inspectors, "held", "Mei")
    assert view.minutes_left(NOW) == 30
    assert view.client_name == "Client 2"
    loose = replace(FORM, factory="F3", may_move=MayMove(locked=True))
    assert "R9" not in {m.request for c in whole(company, loose).candidates for m in c.moves}


def test_a_held_place_is_offered_and_confirmed(company: Store) -> None:
    held(company)
    later = UNTIL + dt.timedelta(hours=1)
    clerk(company).handle(OfferHold("R9", later))
    (view,) = holds(company, NOW)
    assert (view.state, view.until) == ("offered", later)
    clerk(company).handle(ConfirmHold("R9"))
    assert holds(company, NOW) == ()
    assert release_expired(company, FixedClock(later)) == ()
    assert "R9" in open_plan(company, "P1").standing.placed


def test_a_released_place_is_free_and_the_request_in_the_inbox(company: Store) -> None:
    before = open_plan(company, "P1").cost
    held(company)
    clerk(company).handle(ReleaseHold("R9"))
    assert status_of(company, "R9") == "new"
    after = open_plan(company, "P1")
    assert after.cost == before
    assert "R9" not in after.standing.placed
    with pytest.raises(RefusedError):
        clerk(company).handle(ReleaseHold("R9"))


def test_what_has_run_out_is_freed_by_whoever_looks_and_nobody_undoes_it(company: Store) -> None:
    held(company)
    assert release_expired(company, FixedClock(NOW)) == ()
    after = clerk(company, now=UNTIL)
    assert holds(company, UNTIL) == ()
    with pytest.raises(RefusedError):
        after.handle(ConfirmHold("R9"))
    (said,) = release_expired(company, after.clock)
    assert said.startswith("R9 is in the inbox again")
    assert release_expired(company, after.clock) == ()
    assert status_of(company, "R9") == "new"
    assert open_plan(company, "P1").broken == ()
    assert after.undo_label() != ""
    with pytest.raises(ConflictError):
        after.undo()
    assert Desk(company, after.clock, HOUSE).undo_label() is not None
    with company.session() as session:
        assert session.scalars(select(SlotHold.state)).one() == "expired"
        assert session.scalars(select(Visit.id).join(Request).where(Request.code == "R9")).first() is None


def test_a_time_that_is_over_holds_nothing(company: Store) -> None:
    _, booking = best_booking(company)
    with pytest.raises(BadInputError):
        clerk(company).handle(HoldSlot(booking, NOW))
    assert latest_draft(company) == "P1"


def test_a_place_that_another_program_holds_is_refused_with_who_and_until_when(company: Store) -> None:
    _, booking = best_booking(company)
    with open_store(str(company.path)) as other:
        held(other)
        with pytest.raises(RefusedError, match=f"is kept for R9 then, by Mei until {spell_time(UNTIL)}"):
            clerk(company, "Lan").handle(booking)
        with company.session() as session:
            assert session.scalars(select(Request.id).where(Request.code == "R10")).first() is None
        release_expired(other, FixedClock(UNTIL))
    clerk(company, "Lan").handle(booking)


def test_two_programs_without_a_draft_begin_one_and_hold_no_place_twice(company: Store) -> None:
    clerk(company).handle(PublishPlan("P1"))
    case = case_of(company)
    answer = case.rank(FORM, NOW)
    assert not answer.plan
    booking = case.booking(FORM, NOW, answer.candidates[0])
    with open_store(str(company.path)) as other:
        mine = clerk(other)
        mine.handle(HoldSlot(in_draft(mine, booking, answer.first_day, answer.days), UNTIL))
    theirs = clerk(company, "Lan")
    with pytest.raises(RefusedError, match="is kept for R9"):
        theirs.handle(in_draft(theirs, booking, answer.first_day, answer.days))
    theirs.handle(RevisePlan(answer.first_day, answer.days))
    fresh = case_of(company)
    mine_is = booking.inspectors, answer.candidates[0].to.start_slot
    found = {(c.to.inspectors, c.to.start_slot) for c in fresh.rank(FORM, NOW).candidates}
    assert found
    assert mine_is not in found, "another draft keeps it too"


def test_what_is_only_held_is_not_announced(company: Store) -> None:
    held(company)
    for command in (PublishPlan("P1"), PublishVisits("P1", ("R1", "R9"))):
        with pytest.raises(RefusedError, match="the client has not decided") as refused:
            clerk(company, "Lan").handle(command)
        assert "R9 is kept by Mei until" in str(refused.value.broken)
    clerk(company, "Lan").handle(PublishVisits("P1", ("R1",)))
    clerk(company).handle(ConfirmHold("R9"))
    clerk(company, "Lan").handle(PublishPlan("P1"))


def test_a_held_place_is_freed_in_every_draft_that_has_it(company: Store) -> None:
    held(company)
    Desk(company, FixedClock(NOW), "Mei", handlers=TEST_HANDLERS).handle(cast("Command", AdoptSome("P1")))
    with company.session() as session:
        visits = select(Visit.plan_id).join(Request).where(Request.code == "R9")
        assert len(session.scalars(visits).all()) == 2
    (said,) = release_expired(company, FixedClock(UNTIL))
    with company.session() as session:
        assert session.scalars(visits).all() == []
        codes = session.scalars(select(Plan.code)).all()
    for code in codes:
        assert "R9" not in open_plan(company, code).standing.placed
        assert code in said


def test_a_draft_in_which_a_place_is_held_may_be_discarded(company: Store) -> None:
    held(company)
    clerk(company, "Lan").handle(DiscardPlan("P1"))
    release_expired(company, FixedClock(UNTIL))
    assert status_of(company, "R9") == "new"
    assert holds(company, NOW) == ()


def test_what_has_a_place_is_not_held_at_another(company: Store) -> None:
    form = UrgentForm(factory="", request="R1")
    _, booking = best_booking(company, form)
    with pytest.raises(RefusedError, match="R1 has a place already"):
        clerk(company).handle(HoldSlot(booking, UNTIL))
    assert "R1" in open_plan(company, "P1").standing.placed


def test_two_programs_may_free_the_same_place(any_company: Store) -> None:
    held(any_company)
    desks = [clerk(any_company, HOUSE, UNTIL) for _ in range(2)]
    faults: list[Exception] = []

    def free(desk: Desk) -> None:
        try:
            desk.handle(ReleaseExpiredHolds())
        except Exception as fault:  # noqa: BLE001 -- whatever it is, it is told
            faults.append(fault)

    threads = [Thread(target=free, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert status_of(any_company, "R9") == "new"
    with any_company.session() as session:
        freed = session.scalars(select(Change.id).where(Change.command == "ReleaseExpiredHolds")).all()
    assert len(freed) == 1


def test_booking_and_holding_on_each_engine(any_company: Store) -> None:
    best = held(any_company)
    assert [view.inspectors for view in holds(any_company, NOW)] == [best.to.inspectors]
    release_expired(any_company, FixedClock(UNTIL))
    _, booking = best_booking(any_company, UrgentForm(factory="", request="R9"))
    clerk(any_company).handle(booking)
    assert open_plan(any_company, "P1").standing.placed["R9"].inspectors == booking.inspectors
    assert desk_of(any_company).undo_label() is None
