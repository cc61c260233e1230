"""What stands in the way of undo: nothing is changed then, and the refusal says who, what and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Barrier, Thread
from typing import cast

import pytest
from sqlalchemy import select

from desktop.errors import ConflictError, RefusedError
from desktop.models import Change, Inspector, Visit
from desktop.services.bus import Desk
from desktop.services.changes import Step
from desktop.services.commands import (
    AddClient,
    AddOrder,
    Command,
    EditRecord,
    RecordAbsence,
    RemoveAbsence,
)
from desktop.services.handlers import HANDLERS
from desktop.services.work import Work
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, desk_of
from tests.helpers.snapshots import snapshot


@dataclass(frozen=True)
class SwapDays:
    """Let two visits of one inspector change days by updates, over a day that is free."""


def _swap_days(work: Work, _command: SwapDays) -> Step:
    one, other = work.session.scalars(select(Visit).where(Visit.mode == 0).order_by(Visit.id)).all()[:2]
    first, second = one.first_slot, other.first_slot
    for visit, slot in ((one, first + 20), (other, first), (one, second)):
        visit.first_slot, visit.last_slot = slot, slot + 1
        for assignment in visit.assignments:
            assignment.first_slot, assignment.last_slot = slot, slot + 1
        work.session.flush()
    return Step("Swap days")


def refused(store: Store, desk: Desk, *, redo: bool = False) -> str:
    """The refusal to undo, which leaves everything as it was."""
    before = snapshot(store, None), len(_changes(store))
    with pytest.raises(ConflictError) as caught:
        desk.redo() if redo else desk.undo()
    assert (snapshot(store, None), len(_changes(store))) == before
    return caught.value.text


def _changes(store: Store) -> Sequence[int]:
    with store.session() as session:
        return session.scalars(select(Change.id)).all()


def test_a_field_that_a_colleague_has_changed_since(any_company: Store) -> None:
    desk = desk_of(any_company)
    desk.handle(EditRecord("request", "R1", {"level": 3}))
    desk_of(any_company, "Minh").handle(EditRecord("request", "R1", {"level": 4}))
    assert refused(any_company, desk) == (
        '"Edit R1: level 3" cannot be taken back: level of R1 has been changed since,'
        ' by Minh on Mon 23 Nov 2026 at 02:00 UTC ("Edit R1: level 4").'
    )


def test_another_field_of_the_row_counts_too(any_company: Store) -> None:
    desk = desk_of(any_company)
    desk.handle(EditRecord("request", "R1", {"level": 3}))
    desk_of(any_company, "Minh").handle(EditRecord("request", "R1", {"note": "gate 3"}))
    assert "note of R1 has been changed since, by Minh" in refused(any_company, desk)


def test_a_change_that_was_taken_back_itself_is_not_in_the_way(any_company: Store) -> None:
    desk, minh = desk_of(any_company), desk_of(any_company, "Minh")
    desk.handle(EditRecord("request", "R1", {"level": 3}))
    minh.handle(EditRecord("request", "R1", {"level": 4}))
    minh.undo()
    assert desk.undo().label == "Edit R1: level 3"


def test_a_row_that_a_colleague_has_deleted(any_company: Store) -> None:
    desk = desk_of(any_company)
    desk.handle(RecordAbsence("I1", 2 * MONDAY.toordinal(), 2 * MONDAY.toordinal() + 1))
    with any_company.session() as session:
        inspector = session.scalars(select(Inspector).where(Inspector.code == "I1")).one()
        number = inspector.absences[0].id
    minh = desk_of(any_company, "Minh")
    minh.handle(RemoveAbsence(number))
    assert "absence of I1 has been changed since, by Minh" in refused(any_company, desk)


def test_a_record_that_others_belong_to_by_now(any_company: Store) -> None:
    desk = desk_of(any_company)
    desk.handle(AddClient("C9", "Ninth"))
    desk_of(any_company, "Minh").handle(AddOrder("O9", "C9", "F1", 10))
    assert refused(any_company, desk) == (
        'C9 cannot be taken away: O9 belongs to it, stored by Minh on Mon 23 Nov 2026 at 02:00 UTC ("Add order O9").'
    )


def test_a_record_whose_owner_is_gone_by_now(any_company: Store) -> None:
    lan, minh = desk_of(any_company), desk_of(any_company, "Minh")
    minh.handle(AddClient("C9", "Ninth"))
    lan.handle(AddOrder("O9", "C9", "F1", 10))
    lan.undo()
    minh.undo()
    assert refused(any_company, lan, redo=True) == (
        "An order cannot be put back: it belongs to C9, which was deleted"
        ' by Minh on Mon 23 Nov 2026 at 02:00 UTC ("Add client C9").'
    )


def test_a_code_that_a_colleague_has_taken(any_company: Store) -> None:
    lan, minh = desk_of(any_company), desk_of(any_company, "Minh")
    lan.handle(EditRecord("client", "C1", {"code": "C9"}))
    minh.handle(AddClient("C1", "Another"))
    assert "Another client has taken the place" in refused(any_company, lan)


def test_days_that_two_visits_of_one_inspector_have_swapped(any_company: Store) -> None:
    with any_company.session(write=True) as session:
        one, other = session.scalars(select(Visit).order_by(Visit.id)).all()[:2]
        other.assignments[0].inspector_id = one.assignments[0].inspector_id
        session.commit()
    before = snapshot(any_company)
    desk = Desk(any_company, desk_of(any_company).clock, "Lan", handlers={**HANDLERS, SwapDays: _swap_days})
    desk.handle(cast("Command", SwapDays()))
    after = snapshot(any_company)
    assert after != before
    desk.undo()
    assert snapshot(any_company) == before
    desk.redo()
    assert snapshot(any_company) == after


@pytest.mark.parametrize("step", ["insert", "update", "delete"])
def test_of_several_who_undo_the_same_step_at_once_one_does(any_company: Store, step: str) -> None:
    slot = 2 * MONDAY.toordinal()
    desk = desk_of(any_company)
    absent = desk.handle(RecordAbsence("I1", slot, slot + 1))
    (number,) = absent.changes.rows["absence"]
    inverse = {
        "insert": lambda: absent,
        "update": lambda: desk.handle(EditRecord("request", "R1", {"level": 3})),
        "delete": lambda: desk.handle(RemoveAbsence(number)),
    }[step]().inverse
    assert inverse is not None
    start = Barrier(3)
    said: list[str] = []

    def undo() -> None:
        start.wait()
        try:
            desk_of(any_company).handle(inverse)
            said.append("done")
        except (ConflictError, RefusedError):
            said.append("refused")

    threads = [Thread(target=undo) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["done", "refused", "refused"]
    with any_company.session() as session:
        assert len(session.scalars(select(Change).where(Change.kind == "undo")).all()) == 1
