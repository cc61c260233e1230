"""What is known of where an address lies: places it may mean, best first, and whether one may be taken unasked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.services.gazetteer import Place

Level = Literal["address", "town", "district", "city", "province"]
"""How near a candidate is known, the nearest first: the words that a factory's precision has.

`address` comes from a map service only; the gazetteer knows the centres of towns, districts, cities and provinces.
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that an address may mean.

    Attributes:
        place: the place; its `title` is how an address of its country says it, its `area` the name of permits.
        level: how near that is.
        confidence: 0 to 1, how likely it is that the address lies in this place.
        why: what speaks for it, and against it, in words.
    """

    place: Place
    level: Level
    confidence: float
    why: str

    @property
    def lat(self) -> float:
        """Degrees north."""
        return self.place.lat

    @property
    def lon(self) -> float:
        """Degrees east."""
        return self.place.lon

    @property
    def title(self) -> str:
        """The place within what it lies in."""
        return self.place.title


@dataclass(frozen=True, slots=True)
class Located:
    """What an address was found to mean.

    Attributes:
        address: as it was given.
        candidates: best first; () where the address names no place that is known.
        is_sure: whether the first may be taken without asking somebody.
        why: why it may, or why not, in words.
    """

    address: str
    candidates: tuple[Candidate, ...]
    is_sure: bool
    why: str

    @property
    def best(self) -> Candidate | None:
        """The likeliest place."""
        return self.candidates[0] if self.candidates else None
