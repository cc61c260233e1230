"""The running program in a test: its own folder, preferences that go with it, a watch that looks often."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.app import Surroundings
from desktop.clock import FixedClock
from desktop.preferences import Preferences
from desktop.program import Program
from desktop.views.look import Look
from tests.helpers.office import ACTOR, NOW


@pytest.fixture
def around(qapp: QApplication, look: Look, tmp_path: Path) -> Surroundings:
    """What windows are built in; preferences are kept in a file."""
    preferences = Preferences(tmp_path / "preferences.json")
    return Surroundings(qapp, look, preferences, FixedClock(NOW), ACTOR, watch_ms=30)


@pytest.fixture
def program(around: Surroundings, tmp_path: Path) -> Iterator[Program]:
    """The program, which has not shown anything yet. Its pages are those of the product."""
    made = Program(around, folder=tmp_path / "data")
    yield made
    assert made.close(10.0), "a thread of the program did not end"
    made.deleteLater()
