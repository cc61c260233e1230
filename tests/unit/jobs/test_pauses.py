"""Reading much does not make Python look through everything again and again."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from desktop.jobs.pauses import collect_rarely, take_turns_quickly

READ = 400_000


@pytest.fixture(autouse=True)
def _usual_numbers() -> Iterator[None]:
    before, turn = gc.get_threshold(), sys.getswitchinterval()
    yield
    gc.set_threshold(*before)
    sys.setswitchinterval(turn)


@contextmanager
def counted() -> Iterator[list[int]]:
    """The generations that are looked through inside the block."""
    seen: list[int] = []

    def note(phase: str, about: dict[str, int]) -> None:
        if phase == "stop":
            seen.append(about["generation"])

    gc.callbacks.append(note)
    try:
        yield seen
    finally:
        gc.callbacks.remove(note)


def test_rows_that_are_kept_are_not_looked_through_again_and_again() -> None:
    collect_rarely()
    gc.collect()
    with counted() as seen:
        rows = [(number, [number]) for number in range(READ)]
    assert len(rows) == READ
    assert len(seen) < 40
    assert 2 not in seen


def test_dead_rings_are_still_found() -> None:
    collect_rarely()
    assert gc.isenabled()
    with counted() as seen:
        for _ in range(READ):
            ring: list[object] = []
            ring.append(ring)
    assert seen


def test_turns_are_shorter_than_a_frame_of_the_screen() -> None:
    take_turns_quickly()
    assert sys.getswitchinterval() <= 0.002
