"""How many pieces an inspector draws and with how many defects a lot is accepted.

Single sampling, normal inspection, by ISO 2859-1:1999, which for these tables says what MIL-STD-105E, ANSI/ASQ Z1.4 and
GB/T 2828.1 say.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum

LETTERS = "ABCDEFGHJKLMNPQR"
SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1_250, 2_000)  # of the sample, by letter
AQLS = (
    "0.010", "0.015", "0.025", "0.040", "0.065", "0.10", "0.15", "0.25", "0.40", "0.65", "1.0", "1.5", "2.5", "4.0",
    "6.5", "10",
)  # fmt: skip
LOTS = (8, 15, 25, 50, 90, 150, 280, 500, 1_200, 3_200, 10_000, 35_000, 150_000, 500_000)  # largest of each range
FROM_ONE = 3  # diagonals from the one that accepts with 0 to the one that accepts with 1
ACCEPT = (1, 2, 3, 5, 7, 10, 14, 21)  # from there on, diagonal by diagonal


class Level(StrEnum):
    """How thoroughly: the general levels I to III, the special ones S-1 to S-4 for tests that destroy or take long."""

    S1 = "S-1"
    S2 = "S-2"
    S3 = "S-3"
    S4 = "S-4"
    I = "I"  # noqa: E741 -- the standard's name
    II = "II"
    III = "III"


CODES = {
    Level.S1: "AAAABBBBCCCCDDD",
    Level.S2: "AAABBBCCCDDDEEE",
    Level.S3: "AABBCCDDEEFFGGH",
    Level.S4: "AABCCDEEFGGHJJK",
    Level.I: "AABCCDEFGHJKLMN",
    Level.II: "ABCDEFGHJKLMNPQ",
    Level.III: "BCDEFGHJKLMNPQR",
}  # by range of lots


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """What is drawn of a lot, and when it is accepted.

    Attributes:
        letter: the code letter whose row holds, after the arrow where there is one.
        size: pieces drawn; the whole lot where that is smaller.
        accept: most defects with which the lot is accepted.
        of_letter: the code letter that the lot's size gives.
        is_whole: every piece is inspected.
    """

    letter: str
    size: int
    accept: int
    of_letter: str
    is_whole: bool

    @property
    def reject(self) -> int:
        """Fewest defects with which the lot is rejected."""
        return self.accept + 1


def code_letter(lot: int, level: Level) -> str:
    """The code letter of a lot of so many pieces (table 1 of the standard).

    Raises:
        ValueError: where there is no piece.
    """
    if lot < 1:
        raise ValueError(f"a lot has at least one piece, not {lot}")
    return CODES[level][bisect_left(LOTS, lot)]


def sampling_plan(lot: int, level: Level, aql: str) -> SamplingPlan:
    """What is drawn of a lot of so many pieces, and when it is accepted (tables 1 and 2-A).

    An arrow in the table leads to another letter: its sample size holds as well as its numbers. A sample as large as
    the lot is the whole lot.

    Args:
        lot: pieces; for a DUPRO those that are made when the inspector comes.
        level: of inspection.
        aql: acceptance quality limit in per cent, as `AQLS` writes it.

    Raises:
        ValueError: where there is no piece, or no such limit.
    """
    if aql not in AQLS:
        raise ValueError(f"there is no AQL {aql}: the standard has {', '.join(AQLS)}")
    own = code_letter(lot, level)
    return _drawn(lot, own, *_resolved(LETTERS.index(own), AQLS.index(aql)))


def critical_plan(lot: int, level: Level) -> SamplingPlan:
    """For critical defects: not one in the sample that the lot's size gives."""
    own = code_letter(lot, level)
    return _drawn(lot, own, LETTERS.index(own), 0)


def _drawn(lot: int, own: str, row: int, accept: int) -> SamplingPlan:
    """The plan of a row of table 2-A for a lot of so many pieces, whose own letter may be another."""
    return SamplingPlan(LETTERS[row], min(SIZES[row], lot), accept, own, SIZES[row] >= lot)


def printed(letter: str, aql: str) -> str:
    """What table 2-A has in a cell: "2/3", or where an arrow points, "down" or "up"."""
    row, column = LETTERS.index(letter), AQLS.index(aql)
    at, accept = _resolved(row, column)
    if at == row:
        return f"{accept}/{accept + 1}"
    return "down" if at > row else "up"


def _resolved(row: int, column: int) -> tuple[int, int]:
    """The row whose plan holds in a cell, and its acceptance number.

    Along a diagonal of the table, where sample size times AQL is about the same, everything is the same. One diagonal
    accepts with 0; of the two between it and the one that accepts with 1, the first points up to the former, the second
    down to the latter, except in the corners, where only one of them is there.
    """
    step = row + column - (len(LETTERS) - 2)
    if step <= 0:
        return row - step, 0
    if step < FROM_ONE:
        points_up = row > 0 and (step == 1 or row == len(LETTERS) - 1)
        return (row - step, 0) if points_up else (row + FROM_ONE - step, ACCEPT[0])
    at = min(step - FROM_ONE, len(ACCEPT) - 1)
    return row - (step - FROM_ONE - at), ACCEPT[at]


def chance_of_acceptance(plan: SamplingPlan, defective: float) -> float:
    """The operating characteristic: how likely a lot is accepted if such a share of its pieces is defective.

    Binomial, as the standard's own curves for a long series of lots; where every piece is inspected nothing is left to
    chance.

    Raises:
        ValueError: where the share is not between 0 and 1.
    """
    if not 0.0 <= defective <= 1.0:
        raise ValueError(f"a share of pieces lies between 0 and 1, not at {defective:g}")
    if plan.is_whole or defective in (0.0, 1.0):
        return float(defective * plan.size < plan.reject)
    good = math.log1p(-defective)
    bad = math.log(defective)
    total = 0.0
    for defects in range(min(plan.accept, plan.size) + 1):
        ways = math.lgamma(plan.size + 1) - math.lgamma(defects + 1) - math.lgamma(plan.size - defects + 1)
        total += math.exp(ways + defects * bad + (plan.size - defects) * good)
    return min(1.0, total)
