"""What lies under a point of the board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.services.board import BoardBar

Part = Literal["column", "header", "team", "name", "cell", "foot", "nothing"]


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under a point.

    Attributes:
        line: number of the line, -1 beside all.
        inspector: whose line it is, or "".
        slot: the half-day, -1 beside all.
        bar: the visit there.
        team: of a team's head.
        column: of a frozen column's head.
        is_end: it is the bar's right edge.
    """

    part: Part
    line: int = -1
    inspector: str = ""
    slot: int = -1
    bar: BoardBar | None = None
    team: str = ""
    column: str = ""
    is_end: bool = False
