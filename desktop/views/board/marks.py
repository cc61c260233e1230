"""What lies over the board for a while: the cursor, what is selected and where it may go, a ghost, lines of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.services.verdicts import LineState


@dataclass(frozen=True, slots=True)
class Cell:
    """A half-day of an inspector."""

    inspector: str
    slot: int


@dataclass(frozen=True, slots=True)
class Ghost:
    """Where a request would be if it were dropped now.

    Attributes:
        inspectors: whose lines it lies in.
        state: ok, warn or bad, by the rules.
        price: what the place would cost, in a word: "+$92"; "" where it has no price.
    """

    request: str
    service: str
    factory: str
    inspectors: tuple[str, ...]
    first_slot: int
    last_slot: int
    state: LineState
    price: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """When the selected request may be visited. Slots may be fractions, and lie outside the board.

    Attributes:
        label: written at the lane's beginning.
        target_first: where the promised time on site begins; None: nothing is promised.
        target_label: written on that part.
    """

    first_slot: float
    last_slot: float
    label: str
    target_first: float | None = None
    target_last: float | None = None
    target_label: str = ""


@dataclass(frozen=True, slots=True)
class OfferMark:
    """A place where the selected request could go, and its price."""

    first_slot: int
    last_slot: int
    text: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything that lies over the board.

    Attributes:
        cursor: the cell that keys work on.
        selected: code of the request that is selected.
        lane: its window.
        offers: where it could go, by inspector.
        ghost: of a move that is under way.
        now_slot: the present, in half-days from the first morning; None: it is not on the board.
        now_text: the time, for the tag.
        published_slot: where what has been announced ends.
        frozen_slot: where what stays as announced ends.
        held: requests whose places are kept for a client, each with the words for it.
    """

    cursor: Cell | None = None
    selected: str | None = None
    lane: Lane | None = None
    offers: Mapping[str, tuple[OfferMark, ...]] = field(default_factory=dict)
    ghost: Ghost | None = None
    now_slot: float | None = None
    now_text: str = ""
    published_slot: float | None = None
    frozen_slot: float | None = None
    held: Mapping[str, str] = field(default_factory=dict)
