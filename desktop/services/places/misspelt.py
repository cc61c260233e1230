"""Names with a wrong letter or two: taken for one that the gazetteer knows, and counted less."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from desktop.services.places.index import Site, index
from desktop.services.places.mentions import Mention, Unknown

LEAST_ALIKE = 0.83
"""How alike a word and a name are, 1 being equal: one wrong letter of six (`Hanyan`), two of twelve."""

SHORTEST = 6
"""Letters of a misspelt name: of five, one wrong letter makes too many other names."""

SHARE = 0.6
"""What a misspelt name counts beside one that is right."""


def misspelt(words: Iterable[Unknown], within: Site | None, country: str) -> list[Mention]:
    """The names that unknown words of an address may be meant for.

    Args:
        words: those that are no names.
        within: a province or city that the address is in already: its districts are looked through too.
        country: names of this country only; "": of any.
    """
    found = []
    for word in words:
        if len(word.text) < SHORTEST:
            continue
        sites = _nearest(word.text, _large(country))
        if within is not None and within.level in {"province", "city"} and word.kind != "zone":
            # which of the two is meant is for the rest of the address to say
            sites += _nearest(word.text, _districts().get(within.number, {}))
        if sites:
            found.append(Mention(word.text, word.shown, word.kind, sites, share=SHARE))
    return found


def _nearest(text: str, names: Mapping[str, tuple[Site, ...]]) -> tuple[Site, ...]:
    """The sites of the names most like a text."""
    hits = process.extract(text, names.keys(), scorer=OSA.normalized_similarity, score_cutoff=LEAST_ALIKE, limit=3)
    best = max((score for _, score, _ in hits), default=0.0)
    return tuple(site for name, score, _ in hits if score == best for site in names[name])


@functools.lru_cache(maxsize=4)
def _large(country: str) -> dict[str, tuple[Site, ...]]:
    """Provinces and prefectures by name: what most addresses end with."""
    found: dict[str, tuple[Site, ...]] = {}
    for key, sites in index().latin.items():
        large = tuple(site for site in sites if site.level in {"province", "city"})
        of_country = tuple(site for site in large if country in {"", site.place.country})
        if of_country and len(key) >= SHORTEST - 1:
            found[key] = of_country
    return found


@functools.cache
def _districts() -> dict[int, dict[str, tuple[Site, ...]]]:
    """By province or city, its districts by name."""
    found: dict[int, dict[str, tuple[Site, ...]]] = defaultdict(dict)
    for key, sites in index().latin.items():
        if len(key) < SHORTEST - 1:
            continue
        for site in sites:
            for number in site.within if site.level == "district" else ():
                found[number][key] = (*found[number].get(key, ()), site)
    return found
