"""Reading much does not make Python look through everything again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from desktop.jobs.pauses import collect_rarely

READ = 400_000


@pytest.fixture(autouse=True)
def _usual_numbers() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


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
