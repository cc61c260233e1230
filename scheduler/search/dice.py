"""Random numbers whose state is an array of the caller's, so that equal runs draw equal numbers (xorshift64*)."""

from __future__ import annotations

import numpy as np

from scheduler.compiled import Masks, lean

_A, _B, _C, _KEPT = np.uint64(12), np.uint64(25), np.uint64(27), np.uint64(11)
_FACTOR = np.uint64(2685821657736338717)
_UNIT = 1.0 / (1 << 53)


def dice_of(seed: int) -> Masks:
    """The state that a seed gives; never zero."""
    return np.array([(seed * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D) % (2**64 - 1) + 1], dtype=np.uint64)


@lean
def draw(dice: Masks) -> float:
    """The next number, 0 up to but not 1."""
    state = dice[0]
    state ^= state >> _A
    state ^= state << _B
    state ^= state >> _C
    dice[0] = state
    return float((state * _FACTOR) >> _KEPT) * _UNIT


@lean
def draw_below(dice: Masks, count: int) -> int:
    """One of 0 ... count - 1."""
    return int(draw(dice) * count)
