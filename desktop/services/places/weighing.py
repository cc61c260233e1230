"""What speaks for a place: the names of an address that it explains, and those that it leaves unexplained."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from desktop.services.places.index import Index, Site, SiteLevel, km_between
from desktop.services.places.mentions import Mention, Source
from desktop.services.places.words import Kind

WEIGHT: dict[SiteLevel, float] = {"province": 1.0, "city": 1.1, "district": 1.0, "town": 0.6}
"""What a name counts that means a place of this level: one that is rarer as something else counts more."""

_FITS: dict[Kind, tuple[float, float, float, float]] = {
    # what a name of this kind is worth as a province, city, district and town
    "": (1.0, 1.0, 0.95, 0.5),
    "province": (1.0, 0.2, 0.0, 0.0),
    "city": (0.8, 1.0, 0.6, 0.3),
    "district": (0.3, 0.45, 1.0, 0.5),
    "county": (0.2, 0.4, 0.9, 0.4),
    "town": (0.1, 0.4, 0.6, 1.0),
    "zone": (0.5, 0.7, 0.7, 0.5),
    "road": (0.0, 0.0, 0.0, 0.0),
    "spot": (0.0, 0.0, 0.0, 0.0),
}
_COLUMN: dict[SiteLevel, int] = {"province": 0, "city": 1, "district": 2, "town": 3}

UNEXPLAINED = 0.5
"""What a name takes from a place that does not explain it, as a share of what it gives to one that does."""

NEAR_TOWN_KM: dict[SiteLevel, float] = {"province": 0.0, "city": 70.0, "district": 40.0, "town": 0.0}
"""How far from the middle of a place its towns lie."""

TOWN_NEAR = 0.35
"""What a name counts that means a town near a place: towns share names, and lists of them have gaps."""

TOWN_ALONE = 0.8
"""How well a name without a word of kind suits a town, where nothing tells it from a district of that name."""

MERGED = 0.85
"""What a Vietnamese province is worth that a place has belonged to only since July 2025."""

A_TOWN = -2
"""Stands for a town without a number of its own."""

RIVAL_KM = 15.0
"""Nearer ones are no rivals: whoever takes one for the other is not lost."""

STEEPNESS = 4.0
"""How quickly a difference in points makes certainty."""

NOTHING_KNOWN = 0.55
"""Points of the chance that the place is one that no list has."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A place, the points that it has, and the names that gave them.

    `own` are the sources of the names that mean the place itself, not only what it lies in.
    """

    site: Site
    points: float
    own: frozenset[Source]
    explained: tuple[Mention, ...]
    unexplained: tuple[Mention, ...]


def weigh(site: Site, mentions: Sequence[Mention], index: Index, backed: Set[str] = frozenset()) -> Weighed:
    """Count what the names of an address say for and against a place; `backed` as from `backed_names`."""
    points = 0.0
    own: set[Source] = set()
    explained, unexplained = [], []
    for same in _by_text(mentions):
        rest = list(same)
        taken: set[int] = set()
        # a name that stands twice may mean a province and its city; each of them is meant once
        while rest:
            worth, meant, mention = max(
                ((*_worth(one, site, index, taken), one) for one in rest), key=lambda found: found[0] * found[2].share
            )
            if worth <= 0:
                break
            rest.remove(mention)
            taken.add(meant)
            points += worth * mention.share
            explained.append(mention)
            if meant in {site.number, A_TOWN}:
                own.add(mention.source)
        if not taken:
            points -= UNEXPLAINED * max(_claim(mention, mention.text in backed) * mention.share for mention in same)
            unexplained.append(same[0])
    return Weighed(site, points, frozenset(own), tuple(explained), tuple(unexplained))


def backed_names(mentions: Sequence[Mention]) -> frozenset[str]:
    """The names that mean something in a province that another name of the address is, or has a city of."""
    areas: dict[str, set[str]] = {}
    for mention in mentions:
        for site in mention.sites:
            if site.level in {"province", "city"}:
                areas.setdefault(site.place.area, set()).add(mention.text)
    return frozenset(
        mention.text
        for mention in mentions
        if any(areas.get(site.place.area, set()) - {mention.text} for site in mention.sites)
    )


def certainty(best: Weighed, others: Iterable[Weighed]) -> float:
    """How likely the best is right: its share among those that lie elsewhere, and that none of them is."""
    rivals = [NOTHING_KNOWN]
    for other in others:
        related = other.site.number in best.site.within or best.site.number in other.site.within
        if not related and km_between(best.site.place, other.site.place) > RIVAL_KM:
            rivals.append(other.points)
    rivals += towns_of_that_name(best)
    return 1 / (1 + sum(math.exp(STEEPNESS * (points - best.points)) for points in rivals))


def towns_of_that_name(best: Weighed) -> Iterable[float]:
    """The points of towns elsewhere that the name of a district may mean, where its city is not named too."""
    site = best.site
    for mention in best.explained if site.level == "district" else ():
        if not mention.towns or mention.kind not in {"", "zone"} or site not in mention.sites:
            continue
        others = [other for other in best.explained if other.text != mention.text]
        areas = [any(found.place.local_name == site.place.area for found in other.sites) for other in others]
        if not all(areas):
            continue
        points = best.points - WEIGHT[site.level] * fit(mention, site) * mention.share + WEIGHT["town"] * TOWN_ALONE
        for town in mention.towns:
            if (not areas or town.area == site.place.area) and km_between(town, site.place) > NEAR_TOWN_KM["district"]:
                yield points


def fit(mention: Mention, site: Site) -> float:
    """How well the words beside a name suit a place, 0 to 1."""
    worth = _FITS[mention.kind][_COLUMN[site.level]]
    if site.level == "district":
        worth = max(worth, _district_fit(mention.kind, site))
    return worth


def _district_fit(kind: Kind, site: Site) -> float:
    name = site.place.local_name
    if kind == "city":
        # many a district was a city of its own, and keeps the name in addresses
        return 1.0 if site.is_county_city else 0.85 if name.endswith("区") else 0.6
    if kind == "town" and name.startswith("Thị xã"):
        return 1.0
    if kind == "county":
        return 1.0 if name.endswith("县") else 0.85
    if kind == "district":
        return 1.0 if not name.endswith(("县", "市")) else 0.85
    return 0.0


def _by_text(mentions: Sequence[Mention]) -> Iterable[list[Mention]]:
    """The mentions of each name, in the order in which the names are first said."""
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.text, []).append(mention)
    return found.values()


def _worth(mention: Mention, site: Site, index: Index, taken: set[int]) -> tuple[float, int]:
    """What a name is worth to a place, and the number of what it means there: the place, or one it lies in."""
    best, meant = 0.0, -1
    for meaning in mention.sites:
        if meaning.number in taken:
            continue
        if meaning.number in site.within:
            worth = WEIGHT[meaning.level] * fit(mention, meaning)
        elif not site.within.isdisjoint(index.merged.get(meaning.number, ())):
            worth = MERGED * WEIGHT[meaning.level] * fit(mention, meaning)
        else:
            continue
        if worth > best:
            best, meant = worth, meaning.number
    for meaning in mention.parks:
        if meaning.number in site.within and meaning.number not in taken:
            worth = WEIGHT[meaning.level] * (0.9 if mention.kind == "zone" else 0.4)
            if worth > best:
                best, meant = worth, meaning.number
    if best == 0 and mention.towns and not taken and (mention.kind in {"town", "zone"} or not mention.sites):
        reach = NEAR_TOWN_KM[site.level]
        if any(town.area == site.place.area and km_between(town, site.place) < reach for town in mention.towns):
            return TOWN_NEAR * _FITS[mention.kind][3], A_TOWN
    return best, meant


def _claim(mention: Mention, is_backed: bool) -> float:
    """How strongly a name says that the address lies in what it names, and not elsewhere."""
    if mention.kind in {"town", "zone"} or not mention.sites:
        return 0.2
    most = max(WEIGHT[meaning.level] * fit(mention, meaning) for meaning in mention.sites)
    is_small = all(meaning.level in {"district", "town"} for meaning in mention.sites)
    # a village may be called like a district, but hardly like one of the very province that the address is in
    return 0.4 * most if mention.kind == "" and is_small and not is_backed else most
