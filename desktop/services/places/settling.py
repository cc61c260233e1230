"""A factory without coordinates: placed where its address leaves no doubt, else told apart from what it may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.services.places.located import Candidate, Level, Located
from desktop.services.places.resolver import locate

LEVEL_WORDS: Mapping[Level, str] = {
    "address": "to the address",
    "town": "to the town",
    "district": "to the district",
    "city": "to the city",
    "province": "to the province only",
}
"""How near a place is known."""

MOST_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a factory's place.

    Attributes:
        place: the candidate to take; None: somebody has to be asked.
        said: a sentence for whoever stores the factory; "" where its address says nothing.
    """

    place: Candidate | None
    said: str


def settle(values: Mapping[str, Any]) -> Settled:
    """Find a place for a factory that has none.

    Args:
        values: its `address`, `area`, `country`, `name` and `local_name`.
    """
    if not values["address"].strip():
        return Settled(None, "")
    located = locate_factory(values)
    if located.is_sure and located.best is not None:
        return Settled(located.best, f"placed in {described(located.best)}. {located.why}")
    return Settled(None, " ".join(part for part in (located.why, _offered(located)) if part))


def locate_factory(values: Mapping[str, Any]) -> Located:
    """The places that a factory's address may mean, held against its area and its names."""
    return locate(values["address"], values["country"], values["name"], values["local_name"], values["area"])


def described(candidate: Candidate) -> str:
    """A candidate in a few words: its name and how near it is known."""
    return f"{candidate.title}, known {LEVEL_WORDS[candidate.level]}"


def _offered(located: Located) -> str:
    """The likeliest places in a sentence; "" where there are none, or the reason names them."""
    titles = [found.title for found in located.candidates[:MOST_OFFERED] if found.title not in located.why]
    return f"Candidates: {'; '.join(titles)}." if titles else ""
