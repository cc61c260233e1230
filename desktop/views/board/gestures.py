"""One gesture, one object: a request taken from the board, the tray or by key, carried about, put down or let go.

Nothing is changed before it is put down. What it needs of the page is a `Stage`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from PySide6.QtCore import QPoint

from desktop.services.verdicts import Verdict
from desktop.views.board.marks import Ghost

Place = Literal["cell", "tray", "nowhere"]


@dataclass(frozen=True, slots=True)
class Grab:
    """What is carried.

    Attributes:
        inspectors: who is to serve it now; () for nobody.
        member: in whose line it was taken; "" from the tray. Put into another line, he is replaced.
        first_slot: where it begins now; None: nowhere.
        mode: None: whichever fits the crew.
        held_slot: which of its half-days was taken hold of.
        half_days: how long it is.
    """

    request: str
    service: str
    factory: str
    inspectors: tuple[str, ...]
    member: str
    first_slot: int | None
    mode: int | None
    held_slot: int
    half_days: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the gesture is: a half-day of a person, the tray, or nowhere that means anything."""

    place: Place
    inspector: str = ""
    slot: int = 0


NOWHERE = Spot("nowhere")


class Stage(Protocol):
    """What a gesture plays on."""

    def spot(self, point: QPoint) -> Spot:
        """What lies under a global point."""

    def crew_for(self, grab: Grab, inspector: str, first_slot: int) -> tuple[str, ...]:
        """Who would serve what is carried, put into this person's line."""

    def judge(self, grab: Grab, inspectors: tuple[str, ...], first_slot: int) -> Verdict | None:
        """What a place means; None where it cannot be judged."""

    def show(self, ghost: Ghost | None, verdict: Verdict | None, point: QPoint | None) -> None:
        """Show where it would be and what that means; `point` is where the mouse is, None: keys carry it."""

    def show_tray(self, grab: Grab) -> None:
        """Show that it would be left out."""

    def place(self, grab: Grab, verdict: Verdict) -> None:
        """It was put down where rules allow it, or can be waived."""

    def refuse(self, grab: Grab, verdict: Verdict) -> None:
        """It was put down where it cannot be."""

    def unassign(self, grab: Grab) -> None:
        """It was put into the tray."""

    def ended(self) -> None:
        """The gesture is over, however it ended: everything that it showed vanishes."""


class MoveGesture:
    """A request being carried.

    Attributes:
        grab: what is carried.
    """

    def __init__(self, stage: Stage, grab: Grab) -> None:
        self.grab = grab
        self._stage = stage
        self._spot: Spot | None = None
        self._verdict: Verdict | None = None
        self._point: QPoint | None = None

    @property
    def spot(self) -> Spot:
        """Where it is now."""
        return self._spot or NOWHERE

    @property
    def verdict(self) -> Verdict | None:
        """What putting it down now would mean; None in the tray, nowhere, and where it stands already."""
        return self._verdict

    def move(self, point: QPoint) -> None:
        """The mouse has come to a global point."""
        self._point = point
        self.put(self._stage.spot(point))

    def put(self, spot: Spot) -> None:
        """Carry it to a spot."""
        is_new = spot != self._spot
        self._spot = spot
        if spot.place == "tray":
            self._verdict = None
            self._stage.show_tray(self.grab)
        elif spot.place == "nowhere":
            self._verdict = None
            self._stage.show(None, None, self._point)
        else:
            if is_new:
                self._verdict = self._judged(spot)
            self._stage.show(self._ghost(), self._verdict, self._point)

    def judge_again(self) -> None:
        """The plan has changed meanwhile."""
        if self._spot is not None and self._spot.place == "cell":
            self._verdict = self._judged(self._spot)
            self._stage.show(self._ghost(), self._verdict, self._point)

    def drop(self) -> None:
        """Put it down where it is."""
        spot, verdict, stage = self.spot, self._verdict, self._stage
        stage.ended()
        if spot.place == "tray":
            if self.grab.first_slot is not None:
                stage.unassign(self.grab)
        elif verdict is not None and not self._stays(verdict):
            (stage.refuse if verdict.state == "bad" else stage.place)(self.grab, verdict)

    def cancel(self) -> None:
        """Let go: nothing has happened."""
        self._stage.ended()

    def _judged(self, spot: Spot) -> Verdict | None:
        first = self.first_slot(spot.slot)
        crew = self._stage.crew_for(self.grab, spot.inspector, first)
        return self._stage.judge(self.grab, crew, first)

    def first_slot(self, slot: int) -> int:
        """Where it begins when held over a half-day: what takes a day or more begins in a morning."""
        first = slot - self.grab.held_slot
        return first if self.grab.half_days < 2 else (slot // 2) * 2 - (self.grab.held_slot // 2) * 2

    def _stays(self, verdict: Verdict) -> bool:
        """Whether it is put down where it was taken."""
        grab = self.grab
        return verdict.first_slot == grab.first_slot and set(verdict.inspectors) == set(grab.inspectors)

    def _ghost(self) -> Ghost | None:
        verdict = self._verdict
        return ghost_of(self.grab, verdict, is_moved=verdict is not None and not self._stays(verdict))


class ResizeGesture:
    """The end of a visit being pulled: of the ways to split its man-days, the one that ends nearest is taken.

    Attributes:
        grab: what is pulled.
    """

    def __init__(self, stage: Stage, grab: Grab, lengths: Mapping[int, int]) -> None:
        """`lengths`: half-days of each mode that its crew can make."""
        self.grab = grab
        self._stage = stage
        self._lengths = lengths
        self._verdict: Verdict | None = None
        self._point: QPoint | None = None
        self._slot = 0

    @property
    def verdict(self) -> Verdict | None:
        """What letting go now would mean."""
        return self._verdict

    def move(self, point: QPoint) -> None:
        """The mouse has come to a global point."""
        self._point = point
        spot = self._stage.spot(point)
        if spot.place == "cell":
            self.put(spot)

    def put(self, spot: Spot) -> None:
        """Pull the end to a half-day, in whoever's line."""
        self._slot = spot.slot
        self.judge_again()

    def judge_again(self) -> None:
        """The end is elsewhere, or the plan has changed meanwhile."""
        grab = self.grab
        assert grab.first_slot is not None
        wanted = self._slot - grab.first_slot + 1
        mode = min(self._lengths, key=lambda number: (abs(self._lengths[number] - wanted), number))
        self._verdict = self._stage.judge(replace(grab, mode=mode), grab.inspectors, grab.first_slot)
        self._stage.show(ghost_of(grab, self._verdict, is_moved=mode != grab.mode), self._verdict, self._point)

    def drop(self) -> None:
        """Let go of the end where it is."""
        verdict, stage = self._verdict, self._stage
        stage.ended()
        if verdict is not None and verdict.mode != self.grab.mode:
            (stage.refuse if verdict.state == "bad" else stage.place)(self.grab, verdict)

    def cancel(self) -> None:
        """Let go: nothing has happened."""
        self._stage.ended()


Gesture = MoveGesture | ResizeGesture


def ghost_of(grab: Grab, verdict: Verdict | None, *, is_moved: bool) -> Ghost | None:
    """The ghost of what is carried, with its price where it is not where it was."""
    if verdict is None:
        return None
    return Ghost(
        grab.request,
        grab.service,
        grab.factory,
        verdict.inspectors,
        verdict.first_slot,
        verdict.last_slot,
        verdict.state,
        price(verdict.cost.total) if verdict.cost is not None and is_moved else "",
    )


def price(cents: int) -> str:
    """A difference of cost with its sign: "+$92", "-$14", "$0"."""
    dollars = round(abs(cents) / 100)
    if not dollars:
        return "$0"
    return f"{'+' if cents > 0 else chr(0x2212)}${dollars:,}"
