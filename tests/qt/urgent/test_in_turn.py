"""Of work that follows the keyboard only the last is answered."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.clock import FixedClock
from desktop.errors import DomainError, RefusedError
from desktop.jobs.db_runner import DbRunner, Fault
from desktop.jobs.in_turn import InTurn, Say
from desktop.services.bus import Desk
from desktop.store.engine import Store
from scheduler.stop import Stop
from tests.helpers.office import NOW

WAIT_MS = 5_000


@pytest.fixture
def line(company_store: Store, qtbot: QtBot) -> Iterator[InTurn]:
    owner = QObject()
    runner = DbRunner(Desk(company_store, FixedClock(NOW), "planner"), owner)
    yield InTurn("answers", runner, owner)
    assert runner.close(5.0)
    owner.deleteLater()


def test_a_new_question_stops_the_one_in_hand_and_is_answered_alone(line: InTurn, qtbot: QtBot) -> None:
    begun = threading.Event()
    heard: list[object] = []

    def slow(stop: Stop, say: Say) -> None:
        begun.set()
        while not stop():
            pass
        say("too late")

    def quick(_stop: Stop, say: Say) -> None:
        say("first")
        say("second")

    line.ask(slow, heard.append, heard.append)
    assert begun.wait(5)
    line.ask(slow, heard.append, heard.append)
    line.ask(quick, heard.append, heard.append)
    qtbot.waitUntil(lambda: not line.is_busy, timeout=WAIT_MS)
    assert heard == ["first", "second"]


def test_an_error_is_told_once_and_a_fault_as_one(line: InTurn, qtbot: QtBot) -> None:
    errors: list[DomainError] = []
    heard: list[object] = []
    faults: list[Fault] = []
    line._runner.faulted.connect(faults.append)

    def refused(_stop: Stop, _say: Say) -> None:
        raise RefusedError("It cannot be.", "Ask otherwise.")

    def broken(_stop: Stop, _say: Say) -> None:
        raise ZeroDivisionError

    line.ask(refused, heard.append, errors.append)
    qtbot.waitUntil(lambda: not line.is_busy, timeout=WAIT_MS)
    line.ask(broken, heard.append, errors.append)
    qtbot.waitUntil(lambda: not line.is_busy, timeout=WAIT_MS)
    assert [error.text for error in errors] == [
        "It cannot be.",
        "This could not be answered: the program has a fault.",
    ]
    assert [type(fault.error) for fault in faults] == [ZeroDivisionError]
