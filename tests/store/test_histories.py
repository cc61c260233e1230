"""Random histories of commands with undo and redo at random, on both engines: every state comes back whole.

A state is every row of every table but history, without version counters. The same commands are given to both engines,
which must say and hold the same.
"""

from __future__ import annotations

from random import Random
from sqlite3 import Connection
from typing import cast

import pytest
from sqlalchemy import event

from desktop.clock import FixedClock
from desktop.errors import DomainError
from desktop.services.bus import Desk
from desktop.services.changes import Outcome
from desktop.services.commands import Command
from desktop.store.engine import Store
from tests.helpers.company import NOW, found_company
from tests.helpers.odd_commands import TEST_HANDLERS, OddCommand
from tests.helpers.random_commands import Draw
from tests.helpers.snapshots import Snapshot, relabelled, snapshot
from tests.helpers.soak import scaled
from tests.helpers.stores import wipe

HISTORIES = scaled(1000)
PARTS = 8
MOST_STEPS = 10


class Walk:
    """One history on one database: what it was after each step, and where undo and redo have led."""

    def __init__(self, store: Store, actor: str) -> None:
        self.store = store
        self.desk = Desk(store, FixedClock(NOW), actor, handlers=TEST_HANDLERS)
        self.now = snapshot(store)
        self.states = [self.now]
        self.labels: list[str] = []
        self.at = 0
        self.said: list[str] = []
        self.is_published = False

    def do(self, commands: list[Command | OddCommand]) -> None:
        """Carry out one command, or several as one step; a refusal changes nothing."""
        try:
            if len(commands) == 1:
                outcome = self.desk.handle(cast("Command", commands[0]))
            else:
                outcome = self.desk.handle_all([cast("Command", command) for command in commands], "Several")
        except DomainError as error:
            self.said.append(type(error).__name__)
            return
        self.said.append(outcome.label)
        if outcome.change_id is None:
            return
        self._see(outcome)
        if outcome.inverse is None:
            self.states, self.labels, self.at = [self.now], [], 0
            self.is_published = True
            return
        del self.states[self.at + 1 :], self.labels[self.at :]
        self.states.append(self.now)
        self.labels.append(outcome.label)
        self.at += 1

    def undo(self) -> None:
        outcome = self.desk.undo()
        self.at -= 1
        assert outcome.label == self.labels[self.at]
        self._see(outcome)
        self._check_state()

    def redo(self) -> None:
        outcome = self.desk.redo()
        assert outcome.label == self.labels[self.at]
        self.at += 1
        self._see(outcome)
        self._check_state()

    def undo_all(self) -> None:
        while self.at:
            self.undo()
        assert self.desk.undo_label() is None
        self.check_whole()

    def redo_all(self) -> None:
        while self.at < len(self.labels):
            self.redo()
        assert self.desk.redo_label() is None
        self.check_whole()

    def check_whole(self) -> None:
        """Nothing has changed but what the outcomes said."""
        assert snapshot(self.store) == self.now

    def check_labels(self) -> None:
        """The menu names what would be undone and redone."""
        assert self.desk.undo_label() == (self.labels[self.at - 1] if self.at else None)
        assert self.desk.redo_label() == (self.labels[self.at] if self.at < len(self.labels) else None)

    def _see(self, outcome: Outcome) -> None:
        self.now = self.now | snapshot(self.store, outcome.changes.rows)

    def _check_state(self) -> None:
        assert self.now == self.states[self.at]


def walk(store: Store, seed: int) -> tuple[list[str], Snapshot]:
    """One history; leaves the database as it was. What was said on the way, and the state at the end of it.

    A publication cannot be taken back: the company is founded anew then.
    """
    random = Random(seed)
    draw = Draw(random)
    history = Walk(store, f"planner {seed}")
    for _ in range(random.randint(4, MOST_STEPS)):
        turn = random.random()
        if turn < 0.2 and history.at:
            history.undo()
        elif turn < 0.35 and history.at < len(history.labels):
            history.redo()
        elif turn < 0.42:
            history.do([draw.command() for _ in range(random.randint(2, 4))])
        else:
            history.do([draw.command()])
        if random.random() < 0.05:
            history.check_whole()
            history.check_labels()
    history.undo_all()
    history.redo_all()
    end = history.now
    history.undo_all()
    if history.is_published:
        wipe(store)
        found_company(store)
    return history.said, relabelled(end)


@pytest.fixture
def both(sqlite_store: Store, pg_store: Store) -> tuple[Store, Store]:
    """The same company on both engines, without waiting for the disk."""
    sqlite_store.engine.dispose()
    event.listen(sqlite_store.engine, "connect", _do_not_wait)
    for store in (sqlite_store, pg_store):
        found_company(store)
    return (sqlite_store, pg_store)


def _do_not_wait(connection: Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF").close()


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_every_history_comes_back_on_both_engines(both: tuple[Store, Store], part: int) -> None:
    for seed in range(part, HISTORIES, PARTS):
        (said, end), (said_too, end_too) = (walk(store, seed) for store in both)
        assert said == said_too, f"seed {seed}"
        assert end == end_too, f"seed {seed}"
