"""Addresses to places of the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from desktop.services.gazetteer import Place
from desktop.services.places.index import Index, Site, index, km_between
from desktop.services.places.located import Candidate, Located
from desktop.services.places.mentions import Mention, read
from desktop.services.places.misspelt import misspelt
from desktop.services.places.postcodes import province_of_postcode
from desktop.services.places.telling import why_a_place, why_unsure
from desktop.services.places.weighing import NEAR_TOWN_KM, Weighed, backed_names, certainty, towns_of_that_name, weigh
from desktop.services.places.words import has_han, without_marks

MOST_CANDIDATES = 6
SURE = 0.75
"""The confidence from which a place may be taken unasked."""

NAME_SHARE = 0.45
"""What a place in the name of a firm counts beside one in its address: firms keep their names when they move."""

POSTCODE_SHARE = 0.4
"""What a postal code counts: many an address has a neighbour's."""

LEAST_CONFIDENCE = 0.02
"""What is less likely is no candidate."""

BEHIND = 0.3
"""A place with so many points less is not named as the other that it may be."""

ONE_TOWN_KM = 20.0
"""Namesakes further apart than this leave it open which town is meant."""

VAST = frozenset({"province", "city"})
"""Levels below which no name is looked for any more among words that are none."""

TURNS = 2
"""A misspelt city is found first, then the misspelt district in it."""

COUNTRIES = frozenset({"CN", "VN"})


def locate(address: str, country: str = "", name: str = "", local_name: str = "", area: str = "") -> Located:
    """The places that an address may mean; no map service is asked.

    Args:
        address: as somebody wrote it, in any script and spelling.
        country: "CN" or "VN" where it is known; of other countries the gazetteer knows nothing.
        name: of the firm there: it often names a place, and decides where the address leaves it open.
        local_name: the same in characters or in Vietnamese.
        area: the province where it is known, as permits name it.
    """
    country = country.strip().upper() or _country_of(address)
    if country and country not in COUNTRIES:
        return Located(address, (), False, f"The gazetteer knows no places of {country}.")
    known = index()
    said = read(address, known, country)
    mentions = list(said.mentions)
    mentions += _new(read(area, known, country, source="area").mentions, mentions)
    for text in (name, local_name):
        mentions += _new(read(text, known, country, NAME_SHARE, "firm").mentions, mentions)
    mentions += _postcode(address, country, known)
    weighed = _weighed(mentions, known)
    for _ in range(TURNS):
        within = weighed[0].site if weighed else None
        guessed = misspelt(said.unknown, within, country) if within is None or within.level in VAST else []
        if not guessed:
            break
        guesses = {mention.text for mention in guessed}
        mentions = [*(mention for mention in mentions if mention.text not in guesses), *guessed]
        weighed = _weighed(mentions, known)
    if not weighed:
        return Located(address, (), False, "The address names no place that the gazetteer knows.")
    candidates = _candidates(weighed)
    best = candidates[0]
    if best.level != "province" and best.confidence >= SURE and "address" in weighed[0].own:
        return Located(address, candidates, True, f"{best.why[0].upper()}{best.why[1:]}.")
    return Located(address, candidates, False, why_unsure(best, weighed[0].own, _rival(weighed)))


def _new(mentions: Iterable[Mention], standing: Sequence[Mention]) -> list[Mention]:
    """The names that are not among those that stand already."""
    texts = {mention.text for mention in standing}
    return [mention for mention in mentions if mention.text not in texts]


def _postcode(address: str, country: str, known: Index) -> list[Mention]:
    if country != "CN" or (found := province_of_postcode(address)) is None:
        return []
    code, area = found
    sites = tuple(site for site in known.han[area] if site.place.local_name == area)
    return [Mention(code, code, "province", sites, share=POSTCODE_SHARE)]


def _weighed(mentions: Sequence[Mention], known: Index) -> list[Weighed]:
    """Every place that the names may mean, and those that they lie in; what has most points first."""
    numbers: set[int] = set()
    for mention in mentions:
        for site in (*mention.sites, *mention.parks):
            numbers |= site.within
    backed = backed_names(mentions)
    found = [weigh(known.sites[number], mentions, known, backed) for number in numbers]
    # of equals one that is named itself, then the nearer one: it explains as much, and says more
    order = ("town", "district", "city", "province")
    found.sort(key=lambda one: (-round(one.points, 6), not one.own, order.index(one.site.level), one.site.number))
    return found


def _candidates(weighed: Sequence[Weighed]) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    likely = [certainty(one, weighed) for one in weighed[:MOST_CANDIDATES]]
    for one in weighed[:MOST_CANDIDATES]:
        # an address in a district is in its city, whatever else speaks for that
        within = [confidence for confidence, other in zip(likely, weighed, strict=False) if _contains(one, other)]
        confidence = max(within)
        if not found or confidence >= LEAST_CONFIDENCE:
            town = _town(one)
            level = one.site.level if town is None else "town"
            found.append(Candidate(town or one.site.place, level, confidence, why_a_place(one)))
    return tuple(found)


def _rival(weighed: Sequence[Weighed]) -> str:
    """The title of the likeliest place that neither lies in the best nor has it in it; "" where it is far behind."""
    best = weighed[0]
    for other in weighed[1:]:
        if not (_contains(best, other) or _contains(other, best)):
            if best.points - other.points < BEHIND:
                return other.site.place.title
            break
    return "one of the towns of that name" if any(towns_of_that_name(best)) else ""


def _contains(outer: Weighed, inner: Weighed) -> bool:
    return outer.site.number in inner.site.within


def _town(weighed: Weighed) -> Place | None:
    """The town that an address names beside its city or district, where only one of that name is near."""
    site = weighed.site
    reach = NEAR_TOWN_KM[site.level]
    for mention in weighed.explained:
        if mention.kind != "town" or not mention.towns or _means(mention, site):
            continue
        near = [town for town in mention.towns if town.area == site.place.area and km_between(town, site.place) < reach]
        near.sort(key=lambda town: km_between(town, site.place))
        if near and km_between(near[0], near[-1]) < ONE_TOWN_KM:
            found = near[0]
            within = "".join(part for part in (site.place.city, site.place.local_name) if part != found.area)
            return Place("CN", "town", found.area, within, found.name, found.local_name, found.lat, found.lon)
    return None


def _means(mention: Mention, site: Site) -> bool:
    return any(meaning.number in site.within for meaning in mention.sites)


def _country_of(address: str) -> str:
    plain = without_marks(address).lower()
    if has_han(address) or re.search(r"\b(china|prc|p\.r\.c)\b", plain):
        return "CN"
    return "VN" if re.search(r"\bviet ?nam\b|\bvn\b", plain) else ""
