"""The watch that every test of the window stands under finds what is left, and says what it is."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers import leaks
from tests.helpers.leaks import LeakWatch


@pytest.fixture
def watch(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[LeakWatch]:
    monkeypatch.setattr(leaks, "PATIENCE_SECONDS", 0.01)
    made = LeakWatch(qapp)
    yield made
    made.close()


def test_nothing_is_found_where_all_has_ended(watch: LeakWatch) -> None:
    owner = QWidget()
    QTimer(owner).start(10_000)
    QLabel("inside", owner)
    owner.deleteLater()
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    assert watch.left() == []


def test_a_window_is_named(watch: LeakWatch) -> None:
    window = QWidget()
    window.setWindowTitle("Forgotten")
    assert watch.left() == ["window QWidget '' 'Forgotten'"]
    window.deleteLater()


@pytest.mark.parametrize("owned", [False, True])
def test_an_active_timer_is_named_with_the_line_that_started_it(
    watch: LeakWatch, qapp: QApplication, *, owned: bool
) -> None:
    timer = QTimer(qapp if owned else None)
    timer.start(10_000)
    found = watch.left()
    timer.stop()
    timer.deleteLater()
    assert len(found) == 1
    assert "every 10000 ms" in found[0]
    assert "test_leaks.py" in found[0]
    assert watch.left() == []


def test_threads_are_named(watch: LeakWatch, qtbot: QtBot) -> None:
    may_end = threading.Event()
    thread = threading.Thread(target=may_end.wait, name="waits for nobody")
    thread.start()
    other = QThread()
    other.setObjectName("spins")
    with qtbot.waitSignal(other.started):
        other.start()
    found = watch.left()
    may_end.set()
    thread.join()
    other.quit()
    other.wait()
    assert [line.split(",")[0] for line in found] == ["QThread 'spins'", "thread 'waits for nobody'"]
    assert watch.left() == []


def test_a_child_process_is_named(watch: LeakWatch) -> None:
    with subprocess.Popen((sys.executable, "-c", "input()"), stdin=subprocess.PIPE) as child:
        found = watch.left()
        child.communicate(b"\n")
    assert len(found) == 1
    assert f"process {child.pid}: {sys.executable} -c input()" in found[0]
