"""Fewer and shorter pauses: while Python looks for rings of dead objects, no thread runs, the window's neither."""

from __future__ import annotations

import gc

NEW_OBJECTS = 50_000
YOUNG_ROUNDS = 20
MIDDLE_ROUNDS = 50


def collect_rarely() -> None:
    """Look for dead rings seldom, as a program may that makes hundred thousands of rows and keeps them.

    With Python's own numbers, made for small heaps, reading the past of a large firm goes over all that has been read
    every few hundred milliseconds, for a tenth of a second each time.
    """
    gc.set_threshold(NEW_OBJECTS, YOUNG_ROUNDS, MIDDLE_ROUNDS)
