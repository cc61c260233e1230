"""Rules of the house that the import contracts cannot say: which part of Qt a room may use."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import desktop

DESKTOP = Path(desktop.__file__).parent


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize(
    ("room", "allowed"),
    [("jobs", {"PySide6.QtCore"}), ("itemmodels", {"PySide6.QtCore", "PySide6.QtGui"})],
)
def test_a_room_below_the_views_uses_no_widgets(room: str, allowed: set[str]) -> None:
    files = sorted((DESKTOP / room).rglob("*.py"))
    assert files
    for path in files:
        used = {".".join(name.split(".")[:2]) for name in imported(path) if name.startswith("PySide6.")}
        assert used <= allowed, f"{path.name} uses {sorted(used - allowed)}"


def test_no_slot_is_a_lambda() -> None:
    """A lambda keeps what it names alive as long as the sender lives."""
    for path in sorted(DESKTOP.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "connect":
                assert not any(isinstance(argument, ast.Lambda) for argument in node.args), f"{path}:{node.lineno}"


def test_painters_are_ended_whatever_happens() -> None:
    """A painter that outlives its widget's paint event, as an error makes it, takes the program down."""
    for path in sorted(DESKTOP.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "QPainter":
                assert path.name == "bar_painting.py", f"{path}:{node.lineno}: use painting()"
