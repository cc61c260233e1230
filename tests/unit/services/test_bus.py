"""One command is one transaction with one entry of history, or nothing at all."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import cast

import pytest
from sqlalchemy import select

from desktop.config import APP_VERSION
from desktop.errors import BadInputError, ConflictError, DomainError, RefusedError
from desktop.models import Change, ChangedRow, Client
from desktop.services.bus import ATTEMPTS, Desk
from desktop.services.changes import Outcome, Step
from desktop.services.commands import AddClient, Command, EditRecord, GrantPermit, RevertChange
from desktop.services.handlers import HANDLERS
from desktop.services.work import Work
from desktop.store.engine import Store
from desktop.store.faults import CollisionError
from tests.helpers.company import NOW, desk_of, found_company


def clients(store: Store) -> list[str]:
    with store.session() as session:
        return list(session.scalars(select(Client.code).order_by(Client.code)))


def entries(store: Store) -> int:
    with store.session() as session:
        return len(session.scalars(select(Change.id)).all())


def test_every_command_has_a_handler() -> None:
    missing = {command.__name__ for command in Command.__args__ if command not in HANDLERS}
    assert missing == set()


def test_writes_who_did_what_and_every_row(any_store: Store) -> None:
    outcome = desk_of(any_store).handle(AddClient("C1", "Northlight"))
    assert outcome.label == "Add client C1"
    assert outcome.changes.rows == {"client": frozenset({1})}
    assert outcome.inverse == RevertChange(cast("int", outcome.change_id))
    with any_store.session() as session:
        change = session.get_one(Change, outcome.change_id)
        assert (change.actor, change.at, change.command) == ("Lan", NOW, "AddClient")
        assert (change.label, change.kind, change.app_version) == ("Add client C1", "step", APP_VERSION)
        row = session.scalars(select(ChangedRow)).one()
        assert (row.table_name, row.row_id, row.operation, row.before) == ("client", 1, "insert", None)
        assert row.after is not None
        assert row.after["name"] == "Northlight"


def test_a_command_that_changes_nothing_leaves_no_history(any_store: Store) -> None:
    desk = desk_of(any_store)
    desk.handle(AddClient("C1", "Northlight"))
    outcome = desk.handle(EditRecord("client", "C1", {"name": "Northlight"}))
    assert outcome == Outcome(None, "Edit C1: name Northlight", outcome.changes, None)
    assert outcome.changes.count == 0
    assert entries(any_store) == 1


def test_a_refusal_leaves_nothing(any_store: Store) -> None:
    desk = desk_of(any_store)
    with pytest.raises(BadInputError):
        desk.handle(AddClient("", "Northlight"))
    with pytest.raises(RefusedError):
        desk.handle_all([AddClient("C1", "One"), AddClient("C2", "Two"), AddClient("C1", "Again")], "Three")
    assert clients(any_store) == []
    assert entries(any_store) == 0


def test_several_commands_are_one_step(any_store: Store) -> None:
    desk = desk_of(any_store)
    outcome = desk.handle_all([AddClient("C1", "One"), AddClient("C2", "Two")], "Two clients")
    assert outcome.label == "Two clients"
    assert outcome.changes.count == 2
    assert desk.undo_label() == "Two clients"
    desk.undo()
    assert clients(any_store) == []


def test_several_commands_without_a_name_are_named_by_their_steps(sqlite_store: Store) -> None:
    outcome = desk_of(sqlite_store).handle_all([AddClient("C1", "One"), AddClient("C2", "Two")], "")
    assert outcome.label == "Add client C1; Add client C2"


def test_taking_back_is_never_part_of_another_step(sqlite_store: Store) -> None:
    desk = desk_of(sqlite_store)
    outcome = desk.handle(AddClient("C1", "One"))
    assert outcome.inverse is not None
    with pytest.raises(ValueError, match="cannot be part"):
        desk.handle_all([outcome.inverse], "Both")


def test_a_collision_is_tried_again_from_the_start(sqlite_store: Store) -> None:
    tries: list[int] = []

    def add(work: Work, _command: AddClient) -> Step:
        tries.append(len(work.session.scalars(select(Client)).all()))
        work.session.add(Client(code=f"C{len(tries)}", name="One"))
        if len(tries) < ATTEMPTS:
            raise CollisionError("Another change was being saved.")
        return Step("Add")

    Desk(sqlite_store, desk_of(sqlite_store).clock, "Lan", handlers={AddClient: add}).handle(AddClient("C1", "One"))
    assert tries == [0] * ATTEMPTS
    assert clients(sqlite_store) == [f"C{ATTEMPTS}"]


def test_a_collision_that_does_not_end_is_reported(sqlite_store: Store) -> None:
    def fail(_work: Work, _command: AddClient) -> Step:
        raise CollisionError("Another change was being saved.")

    desk = Desk(sqlite_store, desk_of(sqlite_store).clock, "Lan", handlers={AddClient: fail})
    with pytest.raises(CollisionError):
        desk.handle(AddClient("C1", "One"))


def test_the_second_editor_of_a_version_is_refused(any_store: Store) -> None:
    found_company(any_store)
    desk_of(any_store, "Minh").handle(EditRecord("client", "C1", {"name": "First"}, version=1))
    with pytest.raises(ConflictError, match="has been changed by Minh"):
        desk_of(any_store).handle(EditRecord("client", "C1", {"name": "Second"}, version=1))


def test_what_another_did_meanwhile_is_met_by_trying_again(pg_store: Store) -> None:
    """The database finds the code taken; the second attempt says so in words."""
    tries: list[int] = []

    def add(work: Work, command: AddClient) -> Step:
        if not tries:
            tries.append(1)
            step = HANDLERS[AddClient](work, command)
            desk_of(pg_store, "Minh").handle(command)
            return step
        return HANDLERS[AddClient](work, command)

    desk = Desk(pg_store, desk_of(pg_store).clock, "Lan", handlers={AddClient: add})
    with pytest.raises(RefusedError, match="There is a client C1 already"):
        desk.handle(AddClient("C1", "One"))
    assert entries(pg_store) == 1


def test_an_edit_is_made_on_what_another_has_left(pg_store: Store) -> None:
    """Without a version the sender asks for a value, whatever was there: it is not lost, and no error either."""
    found_company(pg_store)
    tries: list[int] = []

    def edit(work: Work, command: EditRecord) -> Step:
        step = HANDLERS[EditRecord](work, command)
        if not tries:
            tries.append(1)
            desk_of(pg_store, "Minh").handle(EditRecord("client", "C1", {"contact": "Minh"}))
        return step

    Desk(pg_store, desk_of(pg_store).clock, "Lan", handlers={EditRecord: edit}).handle(
        EditRecord("client", "C1", {"name": "Two"})
    )
    with pg_store.session() as session:
        client = session.scalars(select(Client).where(Client.code == "C1")).one()
    assert (client.name, client.contact) == ("Two", "Minh")


def test_of_two_who_write_at_once_both_are_kept_or_one_is_told(any_store: Store) -> None:
    """Neither update is lost without a word."""
    found_company(any_store)
    start = Barrier(4)
    said: list[str] = []

    def grant(actor: str) -> None:
        desk = desk_of(any_store, actor)
        start.wait()
        for number in range(5):
            try:
                desk.handle(GrantPermit("I1", f"{actor} {number}"))
            except DomainError:
                continue
            said.append(f"{actor} {number}")

    threads = [Thread(target=grant, args=(f"planner {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with any_store.session() as session:
        rows = session.scalars(select(ChangedRow).join(Change).where(Change.command == "GrantPermit")).all()
        assert sorted(row.after["area"] for row in rows if row.after) == sorted(said)
    assert said
