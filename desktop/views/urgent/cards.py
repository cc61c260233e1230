"""What a candidate's card says, in words and bars that are ready to be painted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.services.board import CellKind
from desktop.services.verdicts import LineState


@dataclass(frozen=True, slots=True)
class CardVerdict:
    """A rule in a word or two: "Skill", "Rotation 2/2"; the whole sentence is for the tip."""

    state: LineState
    text: str
    whole: str = ""


@dataclass(frozen=True, slots=True)
class CardMove:
    """A visit that moves: "D 4908" in its service's letter, and whereto.

    Attributes:
        announced: client and factory have been told otherwise: it takes a call.
        whole: all of it, for the tip.
    """

    service: str
    request: str
    text: str
    announced: bool = False
    whole: str = ""


@dataclass(frozen=True, slots=True)
class WeekBar:
    """A visit in a row of days. Slots count from the first morning shown; `is_new` has the frame of a selection."""

    request: str
    service: str
    factory: str
    first_slot: int
    last_slot: int
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A person before and after."""

    name: str
    cells: tuple[CellKind, ...]
    before: tuple[WeekBar, ...]
    after: tuple[WeekBar, ...]


@dataclass(frozen=True, slots=True)
class Weeks:
    """The rows of a card that is open: people, in the days that the change touches."""

    first_day: dt.date
    days: int
    rows: tuple[WeekRow, ...]


@dataclass(frozen=True, slots=True)
class CandidateCard:
    """One candidate.

    Attributes:
        rank: from 1.
        under: local name, home and level.
        when: day and hour of the beginning.
        way: how he comes: "38 km, car".
        hours: to on site, from the booking: "21.2 h".
        is_late: after the target.
        price: what it adds, signed.
        moves: what else moves; empty: nothing.
        parts: what the price is made of, each with its amount.
        total: their sum, written at the end of the line.
        spoken: all of it for those who hear it.
    """

    rank: int
    name: str
    under: str
    when: str
    way: str
    hours: str
    is_late: bool
    price: str
    moves: tuple[CardMove, ...]
    verdicts: tuple[CardVerdict, ...]
    parts: tuple[tuple[str, str], ...]
    total: str
    spoken: str
