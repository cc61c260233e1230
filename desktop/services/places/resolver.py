"""Addresses to places of the gazetteer."""

from __future__ import annotations

from desktop.services.gazetteer import find_places
from desktop.services.places.located import Candidate, Located


def locate(address: str, country: str = "", name: str = "", local_name: str = "") -> Located:
    """The places that an address may mean.

    Args:
        address: as somebody wrote it, in any script and spelling.
        country: "CN" or "VN" where it is known.
        name: of the firm there: it often names a place, and decides where the address leaves it open.
        local_name: the same in characters or in Vietnamese.
    """
    found = find_places(f"{address} {local_name or name}", country)
    candidates = tuple(Candidate(place, place.kind, 0.5, "the address names it") for place in found)  # type: ignore[arg-type]
    return Located(address, candidates, False, "The places are not told apart yet.")
