"""Addresses to places of the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.services.gazetteer import Place
from desktop.services.places.index import Index, Site, index, km_between
from desktop.services.places.located import Candidate, Located
from desktop.services.places.mentions import Mention, Read, read
from desktop.services.places.weighing import NEAR_TOWN_KM, Weighed, certainty, weigh
from desktop.services.places.words import has_han, without_marks

MOST_CANDIDATES = 6
SURE = 0.75
"""The confidence from which a place may be taken unasked."""

NAME_SHARE = 0.45
"""What a place in the name of a firm counts beside one in its address: firms keep their names when they move."""


def locate(address: str, country: str = "", name: str = "", local_name: str = "") -> Located:
    """The places that an address may mean.

    Args:
        address: as somebody wrote it, in any script and spelling.
        country: "CN" or "VN" where it is known.
        name: of the firm there: it often names a place, and decides where the address leaves it open.
        local_name: the same in characters or in Vietnamese.
    """
    known = index()
    country = country.strip().upper() or _country_of(address)
    said = read(address, known, country)
    named = [mention for text in (name, local_name) for mention in read(text, known, country, NAME_SHARE).mentions]
    mentions = _together(said, named)
    weighed = _weighed(mentions, known)
    if not weighed:
        return Located(address, (), False, "The address names no place that the gazetteer knows.")
    best = weighed[0]
    confidence = certainty(best, weighed[1:])
    found = [Candidate(best.site.place, best.site.level, confidence, "")]
    for other in weighed[1:MOST_CANDIDATES]:
        found.append(Candidate(other.site.place, other.site.level, certainty(other, weighed), ""))
    sure = best.site.level != "province" and confidence >= SURE
    return Located(address, tuple(found), sure, "")


def _together(said: Read, named: Sequence[Mention]) -> list[Mention]:
    """The names of an address, and those of the firm's name that it does not have already."""
    texts = {mention.text for mention in said.mentions}
    return [*said.mentions, *(mention for mention in named if mention.text not in texts)]


def _weighed(mentions: Sequence[Mention], known: Index) -> list[Weighed]:
    numbers: set[int] = set()
    for mention in mentions:
        for site in (*mention.sites, *mention.parks):
            numbers |= site.within
    found = [weigh(known.sites[number], mentions, known) for number in numbers]
    # of equals the nearer one: it explains as much, and says more
    order = ("town", "district", "city", "province")
    found.sort(key=lambda one: (-round(one.points, 6), order.index(one.site.level), one.site.number))
    return found


def _country_of(address: str) -> str:
    plain = without_marks(address).lower()
    if has_han(address) or re.search(r"\b(china|prc|p\.?r\.?c)\b", plain):
        return "CN"
    return "VN" if re.search(r"\bviet ?nam\b|\bvn\b", plain) else ""
