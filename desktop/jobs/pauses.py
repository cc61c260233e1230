"""Shorter pauses of the window: Python's own ways to share and to clean up are made for other programs."""

from __future__ import annotations

import gc
import sys

NEW_OBJECTS = 50_000
YOUNG_ROUNDS = 20
MIDDLE_ROUNDS = 50
TURN_SECONDS = 0.001


def collect_rarely() -> None:
    """Look for rings of dead objects seldom, as a program may that makes hundred thousands of rows and keeps them.

    No thread runs while that is done. With Python's own numbers, made for small heaps, reading the past of a large firm
    goes over all that has been read every few hundred milliseconds, for a tenth of a second each time.
    """
    gc.set_threshold(NEW_OBJECTS, YOUNG_ROUNDS, MIDDLE_ROUNDS)


def take_turns_quickly() -> None:
    """Let the window have its turn after a millisecond where another thread computes.

    Python's own five milliseconds are waited for again after every call of Qt that lets other threads run: painting a
    page beside a busy worker takes half as long with one.
    """
    sys.setswitchinterval(TURN_SECONDS)
