"""Whether a window can be shown is known before Qt is loaded, which would abort."""

from __future__ import annotations

import sys

import pytest

from desktop import display
from desktop.__main__ import main
from desktop.display import has_display, obstacle


@pytest.fixture(autouse=True)
def _on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_a_display_is_one_that_somebody_may_look_at(environment: dict[str, str], found: bool) -> None:
    assert has_display(environment) is found


def test_windows_and_macs_have_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert has_display({})
    assert obstacle({}) == ""


def test_without_one_it_says_what_to_do() -> None:
    assert "--help" in obstacle({})
    assert obstacle({"QT_QPA_PLATFORM": "offscreen"}) == ""


def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "XCB_LIBRARIES", (("libnothing-of-this-name.so.9", "libnothing9"),))
    assert "apt-get install libnothing9" in obstacle({"DISPLAY": ":0"})
    assert obstacle({"WAYLAND_DISPLAY": "wayland-0"}) == ""


def test_without_arguments_and_display_the_commands_are_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert main([]) == 0
    assert "open" in capsys.readouterr().out
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    assert main(["open"]) == 1
    assert "no display" in capsys.readouterr().err
