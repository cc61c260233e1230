"""Bookings by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from desktop.errors import BadInputError, ConflictError, NotFoundError, RefusedError
from desktop.models import Announcement, Assignment, Pin, PinInspector, Plan, Request, Unassigned, Visit
from desktop.services.commands import AddRequest, CancelRequest, EditRecord, ExcludeInspector, SetAffinity
from desktop.store.engine import Store
from scheduler.problem import Mode
from tests.helpers.company import MONDAY, NOW, desk_of, found_company, request

FRIDAY = MONDAY + dt.timedelta(days=4)


def stored(store: Store, code: str) -> Request:
    with store.session() as session:
        record = session.scalars(select(Request).where(Request.code == code)).one()
        _ = (record.exclusions, record.affinities, record.pin)
        return record


def visit_of(store: Store, code: str) -> Visit | None:
    with store.session() as session:
        visit = session.scalars(select(Visit).join(Request).where(Request.code == code)).one_or_none()
        if visit is not None:
            _ = visit.assignments
        return visit


def edit(store: Store, record: str, **values: Any) -> tuple[str, ...]:  # noqa: ANN401
    return desk_of(store).handle(EditRecord("request", record, values)).messages


def pin(store: Store, code: str, *, mode: int | None = None, inspector: int | None = None, waive: str = "") -> None:
    with store.session(write=True) as session:
        record = session.scalars(select(Request).where(Request.code == code)).one()
        crew = [] if inspector is None else [PinInspector(inspector_id=inspector)]
        record.pin = Pin(mode=mode, waive=(waive,) if waive else (), inspectors=crew)
        session.commit()


def publish(store: Store) -> None:
    """Publish the draft by hand."""
    with store.session(write=True) as session:
        plan = session.scalars(select(Plan)).one()
        plan.status = "published"
        for visit in plan.visits:
            visit.published = True
            for assignment in visit.assignments:
                assignment.published = True
            session.add(
                Announcement(
                    request_id=visit.request_id,
                    first_slot=visit.first_slot,
                    inspector_cost_cents=1,
                    day_cost_cents=1,
                    drop_cost_cents=1,
                )
            )
        for record in session.scalars(select(Request)):
            record.status = "published"
        session.commit()


# -- adding ------------------------------------------------------------------------------------------------------------


def test_adds_a_booking_with_all_that_it_says(any_store: Store) -> None:
    found_company(any_store)
    command = replace(
        request(9),
        languages=("vi",),
        lead_level=4,
        lead_certificates=("gb-textile",),
        unserved_cost_cents=5000,
        note="gate 3",
    )
    outcome = desk_of(any_store).handle(command)
    assert outcome.label == "Add request R9"
    record = stored(any_store, "R9")
    assert (record.service, record.modes, record.languages) == ("DUPRO", (Mode(1, 4), Mode(2, 2)), ("vi",))
    assert (record.lead_level, record.lead_certificates) == (4, ("gb-textile",))
    assert (record.unserved_cost_cents, record.note, record.status) == (5000, "gate 3", "ready")
    assert record.requested_at == NOW


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"earliest": FRIDAY, "latest": MONDAY}, "latest is Mon 30 Nov 2026, before earliest, Fri 4 Dec 2026"),
        ({"latest": None}, "latest is missing while earliest is given: give both, or neither"),
        ({"earliest": None}, "earliest is missing while latest is given"),
        ({"due": MONDAY - dt.timedelta(days=1)}, "due is Sun 29 Nov 2026, before earliest, Mon 30 Nov 2026"),
        ({"lead_languages": ("vi",)}, "lead_languages is vi while lead_level is empty"),
        ({"order": "O2"}, "order O2 has another client"),
        ({"order": "O2", "client": "C2"}, "order O2 has another factory"),
    ],
)
def test_refuses_what_contradicts_itself(company: Store, values: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        desk_of(company).handle(replace(request(9), **values))


def test_refuses_a_code_that_is_taken(company: Store) -> None:
    with pytest.raises(RefusedError, match="There is a request R1 already"):
        desk_of(company).handle(request(1))


def test_names_the_client_that_was_meant(company: Store) -> None:
    with pytest.raises(NotFoundError, match=r'There is no client "C01"\.\nMaybe C1'):
        desk_of(company).handle(replace(request(9), client="C01"))


def test_a_status_that_only_publishing_gives(company: Store) -> None:
    with pytest.raises(RefusedError, match='cannot be given the status "published" by hand; new or ready can'):
        desk_of(company).handle(replace(request(9), status="published"))


def test_tells_what_nobody_can_and_when_there_is_no_window(company: Store) -> None:
    outcome = desk_of(company).handle(AddRequest("R9", "C1", "F1", "DUPRO", "toys", 3, (Mode(1, 2),), requested_at=NOW))
    assert outcome.messages == (
        "No active inspector has the skill toys at level 3.",
        "R9 has no window yet: give earliest and latest, or an order with its production start.",
        "R9 is not complete; its on-site clock does not run. Missing: the order with its product and quantity.",
    )
    windowed = replace(request(9), code="R10", order="O1", earliest=None, latest=None, due=None)
    assert desk_of(company).handle(windowed).messages == ()


# -- editing -----------------------------------------------------------------------------------------------------------


def test_edits_several_fields_and_names_the_plan_that_it_touches(company: Store) -> None:
    messages = edit(company, "R1", level="3", due=FRIDAY.isoformat(), certificates=["gb-textile"])
    assert messages == ("R1 is planned in P1: check that its visit still fits.",)
    record = stored(company, "R1")
    assert (record.level, record.due, record.certificates) == (3, FRIDAY, ("gb-textile",))


def test_a_note_touches_no_plan(company: Store) -> None:
    assert edit(company, "R1", note="gate 3") == ()


def test_renames(company: Store) -> None:
    edit(company, "R1", code="R100")
    assert stored(company, "R100").service == "DUPRO"
    with pytest.raises(RefusedError, match="There is a request R2 already"):
        edit(company, "R100", code="R2")


def test_an_edit_is_checked_against_what_stands(company: Store) -> None:
    with pytest.raises(BadInputError, match="latest is Sun 29 Nov 2026, before earliest, Mon 30 Nov 2026"):
        edit(company, "R1", latest="2026-11-29")
    edit(company, "R1", earliest=None, latest=None)
    assert stored(company, "R1").earliest is None


def test_an_older_version_is_refused(company: Store) -> None:
    edit(company, "R1", note="one")
    with pytest.raises(ConflictError, match="Request R1 has been changed by Lan"):
        desk_of(company).handle(EditRecord("request", "R1", {"note": "two"}, version=1))


def test_a_done_request_keeps_all_but_its_note(company: Store) -> None:
    with company.session(write=True) as session:
        session.scalars(select(Request).where(Request.code == "R7")).one().status = "done"
        session.commit()
    edit(company, "R7", note="report sent")
    with pytest.raises(RefusedError, match="R7 is done: only its note can still be changed, not due and level"):
        edit(company, "R7", level=3, due=None)
    with pytest.raises(RefusedError, match="is done already"):
        desk_of(company).handle(CancelRequest("R7"))


def test_modes_keep_their_meaning_when_they_are_reordered(company: Store) -> None:
    pin(company, "R3", mode=1)
    edit(company, "R3", modes=[[2, 2], [4, 1], [1, 4]])
    visit, record = visit_of(company, "R3"), stored(company, "R3")
    assert visit is not None
    assert record.pin is not None
    assert record.modes[visit.mode] == Mode(1, 4)
    assert record.modes[record.pin.mode or 0] == Mode(2, 2)


def test_a_mode_that_is_planned_or_pinned_cannot_go(company: Store) -> None:
    with pytest.raises(RefusedError, match=r"R3 is planned in P1 with 1 inspector for 2 d, which the new modes do not"):
        edit(company, "R3", modes=[[2, 2]])
    pin(company, "R6", mode=1)
    with pytest.raises(RefusedError, match=r"R6 is pinned with 2 inspectors for 1 d.*\nUnpin R6 first"):
        edit(company, "R6", modes=[[1, 4]])


def test_a_mode_of_a_plan_that_is_over_can_go(company: Store) -> None:
    with company.session(write=True) as session:
        session.scalars(select(Plan)).one().status = "discarded"
        session.commit()
    edit(company, "R3", modes=[[2, 2]])
    visit = visit_of(company, "R3")
    assert visit is not None
    assert visit.mode == 0


# -- cancelling --------------------------------------------------------------------------------------------------------


def test_cancelling_takes_the_visit_out_of_the_draft_and_the_pin_away(any_store: Store) -> None:
    found_company(any_store)
    pin(any_store, "R1", inspector=1)
    outcome = desk_of(any_store).handle(CancelRequest("R1"))
    assert outcome.messages == ("Its visit in the draft P1 is gone.",)
    assert visit_of(any_store, "R1") is None
    assert stored(any_store, "R1").pin is None
    assert stored(any_store, "R1").status == "cancelled"


def test_cancelling_takes_an_unassigned_request_off_the_list(company: Store) -> None:
    desk_of(company).handle(CancelRequest("R6"))
    with company.session() as session:
        assert session.scalars(select(Unassigned)).all() == []


def test_cancelling_a_published_visit_frees_its_people(any_store: Store) -> None:
    found_company(any_store)
    publish(any_store)
    desk = desk_of(any_store)
    outcome = desk.handle(CancelRequest("R1"))
    assert outcome.messages == ("Its published visit on Tue 1 Dec 2026 is cancelled.",)
    visit = visit_of(any_store, "R1")
    assert visit is not None
    assert (visit.status, visit.published) == ("cancelled", False)
    assert [assignment.published for assignment in visit.assignments] == [False]
    with any_store.session() as session:
        assert len(session.scalars(select(Announcement)).all()) == 4
        assert len(session.scalars(select(Assignment).where(Assignment.published)).all()) == 4
    desk.undo()
    visit = visit_of(any_store, "R1")
    assert visit is not None
    assert (visit.status, visit.published) == ("planned", True)


def test_a_visit_that_has_begun_is_not_cancelled(company: Store) -> None:
    publish(company)
    with company.session(write=True) as session:
        session.scalars(select(Visit).join(Request).where(Request.code == "R1")).one().status = "started"
        session.commit()
    with pytest.raises(RefusedError, match="R1 cannot be cancelled: its visit on Tue 1 Dec 2026 is started"):
        desk_of(company).handle(CancelRequest("R1"))


def test_a_cancelled_request_can_be_wanted_again(company: Store) -> None:
    desk = desk_of(company)
    desk.handle(CancelRequest("R7"))
    with pytest.raises(RefusedError, match="R7 is cancelled: level cannot be changed"):
        edit(company, "R7", level=3)
    edit(company, "R7", status="ready", level=3)
    assert stored(company, "R7").status == "ready"


# -- who may serve -----------------------------------------------------------------------------------------------------


def test_excludes_and_allows_again(any_store: Store) -> None:
    found_company(any_store)
    desk = desk_of(any_store)
    assert desk.handle(ExcludeInspector("R1", "I1")).messages == ("I1 still serves R1 in the draft P1: plan it again.",)
    assert len(stored(any_store, "R1").exclusions) == 1
    assert desk.handle(ExcludeInspector("R1", "I1")).change_id is None
    desk.handle(ExcludeInspector("R1", "I1", excluded=False))
    assert stored(any_store, "R1").exclusions == []
    assert desk.handle(ExcludeInspector("R1", "I1", excluded=False)).change_id is None


def test_whoever_is_pinned_is_not_excluded(company: Store) -> None:
    pin(company, "R1", inspector=1)
    with pytest.raises(RefusedError, match=r"I1 is pinned to R1 and cannot be excluded from it\.\nUnpin R1 first"):
        desk_of(company).handle(ExcludeInspector("R1", "I1"))
    pin(company, "R2", inspector=1, waive="eligibility")
    desk_of(company).handle(ExcludeInspector("R2", "I1"))


def test_preferences_are_set_changed_and_removed(any_store: Store) -> None:
    found_company(any_store)
    desk = desk_of(any_store)
    for cents in (-500, 900):
        desk.handle(SetAffinity("R1", "I1", cents))
        assert [row.cents for row in stored(any_store, "R1").affinities] == [cents]
    desk.handle(SetAffinity("R1", "I1", None))
    assert stored(any_store, "R1").affinities == []
