"""Undo and redo: whose step is next, what stands in the way, and that keys and versions stay sound."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import pytest
from sqlalchemy import select, text, update

from desktop.errors import ConflictError, NotFoundError, RefusedError
from desktop.models import Assignment, Change, ChangedRow, Client, Request
from desktop.services.bus import Desk
from desktop.services.changes import Outcome, Step
from desktop.services.commands import (
    AddClient,
    CancelRequest,
    Command,
    EditRecord,
    RevertChange,
)
from desktop.services.handlers import HANDLERS
from desktop.services.restore_rows import CHUNK
from desktop.services.work import Work
from desktop.store.engine import Store
from tests.helpers.company import NOW, desk_of, request
from tests.helpers.snapshots import snapshot


@dataclass(frozen=True)
class Announce:
    """Stands for a publication."""


def _announce(work: Work, _command: Announce) -> Step:
    client = work.session.scalars(select(Client).where(Client.code == "C1")).one()
    client.contact += "!"
    return Step("Publish P1", barrier=True)


def desk_with(store: Store, actor: str = "Lan") -> Desk:
    return Desk(store, desk_of(store).clock, actor, handlers={**HANDLERS, Announce: _announce})


def handle(desk: Desk, command: Command | Announce) -> Outcome:
    return desk.handle(cast("Command", command))


def client_names(store: Store) -> list[str]:
    with store.session() as session:
        return list(session.scalars(select(Client.name).order_by(Client.code)))


# -- whose step is next ------------------------------------------------------------------------------------------------


def test_nothing_to_undo_or_redo_at_first(sqlite_store: Store) -> None:
    desk = desk_of(sqlite_store)
    assert desk.undo_label() is None
    assert desk.redo_label() is None
    with pytest.raises(RefusedError, match="no step of Lan is in force"):
        desk.undo()
    with pytest.raises(RefusedError, match="nothing to redo"):
        desk.redo()


def test_steps_are_undone_and_redone_in_order(any_store: Store) -> None:
    desk = desk_of(any_store)
    for number in (1, 2, 3):
        desk.handle(AddClient(f"C{number}", f"{number}"))
    assert [desk.undo().label for _ in range(2)] == ["Add client C3", "Add client C2"]
    assert client_names(any_store) == ["1"]
    assert (desk.undo_label(), desk.redo_label()) == ("Add client C1", "Add client C2")
    assert desk.redo().label == "Add client C2"
    assert (desk.undo_label(), desk.redo_label()) == ("Add client C2", "Add client C3")
    assert client_names(any_store) == ["1", "2"]


def test_a_new_step_clears_what_could_be_redone(sqlite_store: Store) -> None:
    desk = desk_of(sqlite_store)
    for number in (1, 2):
        desk.handle(AddClient(f"C{number}", f"{number}"))
    desk.undo()
    desk.handle(AddClient("C3", "3"))
    assert desk.redo_label() is None
    assert [desk.undo().label for _ in range(2)] == ["Add client C3", "Add client C1"]
    assert [desk.redo().label for _ in range(2)] == ["Add client C1", "Add client C3"]
    assert client_names(sqlite_store) == ["1", "3"]


def test_the_stack_outlives_the_program(sqlite_store: Store) -> None:
    desk_of(sqlite_store).handle(AddClient("C1", "1"))
    assert desk_of(sqlite_store).undo_label() == "Add client C1"
    desk_of(sqlite_store).undo()
    assert desk_of(sqlite_store).redo_label() == "Add client C1"


def test_everybody_undoes_their_own_steps(sqlite_store: Store) -> None:
    lan, minh = desk_of(sqlite_store), desk_of(sqlite_store, "Minh")
    lan.handle(AddClient("C1", "1"))
    minh.handle(AddClient("C2", "2"))
    assert lan.undo_label() == "Add client C1"
    lan.undo()
    assert client_names(sqlite_store) == ["2"]
    assert minh.redo_label() is None


def test_who_undoes_the_step_of_another_can_redo_it(sqlite_store: Store) -> None:
    lan, minh = desk_of(sqlite_store), desk_of(sqlite_store, "Minh")
    lan.handle(AddClient("C1", "1"))
    lan.handle(AddClient("C2", "2"))
    assert minh.undo("Lan").label == "Add client C2"
    assert lan.undo_label() == "Add client C1"
    assert minh.redo_label() == "Add client C2"
    minh.redo()
    assert minh.undo_label() == lan.undo_label() == "Add client C2"
    lan.undo()
    assert (minh.undo_label(), lan.undo_label()) == (None, "Add client C1")
    assert minh.redo_label() == lan.redo_label() == "Add client C2"
    minh.redo()
    assert client_names(sqlite_store) == ["1", "2"]


def test_more_changes_of_others_than_a_page_are_looked_past(sqlite_store: Store) -> None:
    lan, minh = desk_of(sqlite_store), desk_of(sqlite_store, "Minh")
    lan.handle(AddClient("C1", "1"))
    for number in range(40):
        minh.handle(AddClient(f"D{number}", "D"))
        minh.undo()
    assert lan.undo_label() == "Add client C1"
    assert minh.undo_label() is None


def _stacks(events: Sequence[tuple[str, int]]) -> tuple[list[int], list[int]]:
    """The stacks by the book: a step pushes and clears, undo and redo pop from one and push on the other."""
    undo: list[int] = []
    redo: list[int] = []
    for kind, number in events:
        if kind == "step":
            undo.append(number)
            redo.clear()
        elif kind == "undo":
            redo.append(undo.pop())
        else:
            undo.append(redo.pop())
    return undo, redo


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_two_stacks_kept_by_the_book(sqlite_store: Store, seed: int) -> None:
    desk = desk_of(sqlite_store)
    events: list[tuple[str, int]] = []
    for turn in range(40):
        undo, redo = _stacks(events)
        kind = ("step", "undo", "redo", "undo", "redo")[(seed * 31 + turn * turn * 7 + turn // 3) % 5]
        if kind == "undo" and undo:
            desk.undo()
        elif kind == "redo" and redo:
            desk.redo()
        else:
            kind = "step"
            desk.handle(AddClient(f"C{turn}", "x"))
        events.append((kind, turn))
        undo, redo = _stacks(events)
        assert desk.undo_label() == (f"Add client C{undo[-1]}" if undo else None)
        assert desk.redo_label() == (f"Add client C{redo[-1]}" if redo else None)


# -- barriers ----------------------------------------------------------------------------------------------------------


def test_nothing_before_a_publication_can_be_undone_by_anybody(any_store: Store) -> None:
    desk = desk_with(any_store)
    made = desk.handle(AddClient("C1", "1"))
    desk.handle(AddClient("C2", "2"))
    desk.undo()
    published = handle(desk_with(any_store, "Minh"), Announce())
    assert published.inverse is None
    assert (desk.undo_label(), desk.redo_label()) == (None, None)
    with pytest.raises(RefusedError) as caught:
        desk.undo()
    assert caught.value.text == (
        'There is nothing to undo: Lan has changed nothing since "Publish P1" (Minh, Mon 23 Nov 2026 at 02:00 UTC).'
    )
    with pytest.raises(RefusedError, match='"Add client C1" cannot be undone any more: "Publish P1" came after it'):
        desk.handle(made.inverse or RevertChange(0))
    with pytest.raises(RefusedError, match='"Publish P1" cannot be undone: people act on it'):
        desk.handle(RevertChange(published.change_id or 0))


def test_after_a_publication_undo_begins_anew(sqlite_store: Store) -> None:
    desk = desk_with(sqlite_store)
    desk.handle(AddClient("C1", "1"))
    handle(desk, Announce())
    desk.handle(AddClient("C2", "2"))
    desk.undo()
    assert client_names(sqlite_store) == ["1"]
    assert desk.undo_label() is None


# -- taking back one change by its number ------------------------------------------------------------------------------


def test_an_unknown_change(sqlite_store: Store) -> None:
    with pytest.raises(NotFoundError, match="no change 12 in the history"):
        desk_of(sqlite_store).handle(RevertChange(12))


def test_a_step_is_undone_once(sqlite_store: Store) -> None:
    desk = desk_of(sqlite_store)
    inverse = desk.handle(AddClient("C1", "1")).inverse
    assert inverse is not None
    again = desk.handle(inverse).inverse
    with pytest.raises(RefusedError, match='"Add client C1" has been undone already, by Lan on Mon 23 Nov 2026'):
        desk.handle(inverse)
    assert again is not None
    desk.handle(again)
    assert client_names(sqlite_store) == ["1"]
    with pytest.raises(RefusedError, match="has been redone already"):
        desk.handle(again)
    desk.handle(inverse)
    assert client_names(sqlite_store) == []
    assert desk.undo_label() is None


def test_a_step_below_the_top_can_be_taken_back_alone(sqlite_store: Store) -> None:
    desk = desk_of(sqlite_store)
    inverse = desk.handle(AddClient("C1", "1")).inverse
    desk.handle(AddClient("C2", "2"))
    assert inverse is not None
    desk.handle(inverse)
    assert client_names(sqlite_store) == ["2"]
    assert (desk.undo_label(), desk.redo_label()) == ("Add client C2", "Add client C1")


def test_history_tells_what_was_taken_back(any_store: Store) -> None:
    desk = desk_of(any_store)
    desk.handle(AddClient("C1", "1"))
    desk.undo()
    desk.redo()
    with any_store.session() as session:
        rows = session.execute(select(Change.kind, Change.reverts_id, Change.label).order_by(Change.id)).all()
        assert [tuple(row) for row in rows] == [
            ("step", None, "Add client C1"),
            ("undo", 1, "Add client C1"),
            ("redo", 2, "Add client C1"),
        ]
        operations = session.scalars(select(ChangedRow.operation).order_by(ChangedRow.id)).all()
        assert operations == ["insert", "delete", "insert"]


# -- versions and keys -------------------------------------------------------------------------------------------------


def version_of(store: Store, code: str) -> int:
    with store.session() as session:
        return session.scalars(select(Client.version).where(Client.code == code)).one()


def test_versions_go_on_counting(any_store: Store) -> None:
    desk = desk_of(any_store)
    desk.handle(AddClient("C1", "1"))
    desk.handle(EditRecord("client", "C1", {"name": "2"}))
    seen = version_of(any_store, "C1")
    desk.undo()
    desk.redo()
    assert version_of(any_store, "C1") > seen
    with pytest.raises(ConflictError, match="since you looked at it"):
        desk.handle(EditRecord("client", "C1", {"name": "3"}, version=seen))
    desk.undo()
    desk.undo()
    desk.redo()
    assert version_of(any_store, "C1") > 1


def test_a_key_is_never_given_to_another_record(any_store: Store) -> None:
    desk = desk_of(any_store)
    first = desk.handle(AddClient("C1", "1")).changes.rows["client"]
    desk.undo()
    second = desk.handle(AddClient("C2", "2")).changes.rows["client"]
    assert not first & second


def test_a_great_step_comes_back_whole(any_store: Store) -> None:
    """More rows than one statement takes."""
    desk = desk_of(any_store)
    before = snapshot(any_store)
    desk.handle_all([AddClient(f"X{n}", "x") for n in range(CHUNK + 50)], "Many clients")
    after = snapshot(any_store)
    assert desk.undo().changes.count == CHUNK + 50
    assert snapshot(any_store) == before
    assert desk.redo().changes.count == CHUNK + 50
    assert snapshot(any_store) == after


def test_a_cancelled_request_gets_its_visit_and_people_back(any_company: Store) -> None:
    before = snapshot(any_company)
    desk = desk_of(any_company)
    desk.handle(CancelRequest("R1"))
    with any_company.session() as session:
        assert len(session.scalars(select(Assignment)).all()) == 4
    desk.undo()
    assert snapshot(any_company) == before


def test_a_change_of_before_some_columns_were_there_leaves_them(company: Store) -> None:
    added = ("containers", "test_minutes", "aql_major", "complete_at")
    desk = desk_of(company)
    desk.handle(replace(request(9), code="OLD", order="O1"))
    desk.handle(EditRecord("request", "R1", {"code": "R1X"}))
    with company.session(write=True) as session:
        session.execute(text("DROP TRIGGER tr_changed_row_update"))
        for row in session.scalars(select(ChangedRow).where(ChangedRow.table_name == "request")):
            for side in ("before", "after"):
                image = getattr(row, side)
                setattr(row, side, image and {name: value for name, value in image.items() if name not in added})
        session.execute(
            update(Request).values(containers=3, test_minutes=40, aql_major="1.5", complete_at=NOW - dt.timedelta(1))
        )
        session.commit()

    def standing(code: str) -> tuple[object, ...]:
        with company.session() as session:
            return tuple(
                session.execute(select(*(getattr(Request, name) for name in added)).filter_by(code=code)).one()
            )

    kept = (3, 40, "1.5", NOW - dt.timedelta(1))
    desk.undo()
    assert standing("R1") == kept
    desk.undo()
    desk.redo()
    assert standing("OLD") == kept
    old = desk.undo().change_id
    with company.session(write=True) as session:
        row = session.scalars(select(ChangedRow).where(ChangedRow.change_id == old)).one()
        assert row.before is not None
        row.before = {name: value for name, value in row.before.items() if name not in added}
        session.commit()
    desk.redo()
    assert standing("OLD") == (None, 0, "2.5", NOW)


def test_changes_of_the_clock_do_not_matter(sqlite_store: Store) -> None:
    """The order of history is that of its keys, whatever the clock says."""
    desk = desk_of(sqlite_store)
    clock = desk.clock
    desk.handle(AddClient("C1", "1"))
    clock.time = NOW - dt.timedelta(days=2)  # type: ignore[attr-defined]
    desk.handle(AddClient("C2", "2"))
    assert desk.undo_label() == "Add client C2"
