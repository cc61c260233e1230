"""The gazetteer by name: every spelling that a place is known by, and what lies in what."""

from __future__ import annotations

import functools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from desktop.services.gazetteer import Place, places_in, read_places, rows_of
from desktop.services.places.words import key_of

SiteLevel = Literal["town", "district", "city", "province"]
KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the index.

    Attributes:
        number: of this place in the index.
        place: the place.
        level: which of the levels it is on: the five Vietnamese cities under central rule, and Peking, Shanghai,
            Tientsin, Chungking, Hong Kong and Macao, are cities here, and their own provinces.
        within: the numbers of the places it lies in, and its own.
    """

    number: int
    place: Place
    level: SiteLevel
    within: frozenset[int]

    @property
    def is_county_city(self) -> bool:
        """Whether its own name calls a district a city."""
        return self.place.local_name.endswith("市") or self.place.local_name.startswith(("Thị xã", "Thành phố"))


@dataclass(frozen=True, slots=True)
class Index:
    """All places by name.

    Attributes:
        sites: provinces, cities, districts, and those towns that districts are made up for.
        latin: sites by their name in Latin letters, written in one.
        han: sites by their name in characters, with and without its last word.
        parks: sites that an industrial park lies in, by the park's name in Latin letters.
        towns: towns of China that are known only to lie in a province, by name in Latin letters.
        han_towns: the same by characters.
        merged: since the reform of 2025, the sites of Vietnam's old provinces that a name means now.
    """

    sites: tuple[Site, ...]
    latin: Mapping[str, tuple[Site, ...]]
    han: Mapping[str, tuple[Site, ...]]
    parks: Mapping[str, tuple[Site, ...]]
    towns: Mapping[str, tuple[Place, ...]]
    han_towns: Mapping[str, tuple[Place, ...]]
    merged: Mapping[int, frozenset[int]]
    longest_han: int


_LAST_WORD = re.compile(
    r"(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|林区|新区|街道|地区|省|市|区|县|镇|乡|盟|旗)$"
)
_PEOPLES = re.compile(
    r"(壮族|回族|土家族|苗族|藏族|羌族|彝族|朝鲜族|蒙古|哈萨克|傣族|景颇族|哈尼族|白族|布依族|侗族|畲族|满族|瑶族|黎族)+$"
)


@functools.cache
def index() -> Index:
    """The index, made when it is first asked for."""
    sites = _sites()
    latin: dict[str, list[Site]] = defaultdict(list)
    han: dict[str, list[Site]] = defaultdict(list)
    parks: dict[str, list[Site]] = defaultdict(list)
    by_name: dict[tuple[str, str, str], Site] = {}
    for site in sites:
        place = site.place
        by_name.setdefault((place.area, place.city, place.local_name), site)
        latin[key_of(place.name)].append(site)
        if place.country == "CN":
            for spelling in _han_spellings(place.local_name):
                han[spelling].append(site)
        elif place.local_name[-1].isdigit():
            for kind in ("district", "dist", "quan", "q"):
                latin[f"{kind}{place.name}"].append(site)
    for row in rows_of("names.csv"):
        site = by_name[row["area"], row["city"], row["local_name"]]
        if row["name"]:
            (parks if row["kind"] == "park" else latin)[key_of(row["name"])].append(site)
        for spelling in _han_spellings(row["characters"]):
            han[spelling].append(site)
    towns, han_towns = _towns()
    return Index(
        sites,
        _frozen(latin),
        _frozen(han),
        _frozen(parks),
        towns,
        han_towns,
        _merged(by_name),
        max(map(len, (*han, *han_towns))),
    )


def km_between(a: Place, b: Place) -> float:
    """Kilometres between places that are near each other, near enough for choosing among them."""
    shrunk = math.cos(math.radians((a.lat + b.lat) / 2))
    return KM_PER_DEGREE * math.hypot(a.lat - b.lat, (a.lon - b.lon) * shrunk)


def _sites() -> tuple[Site, ...]:
    places = [*read_places(), *places_in("districts.csv")]
    numbers: dict[tuple[str, str], int] = {}
    sites: list[Site] = []
    ordered = sorted(places, key=lambda place: ("city", "province", "district", "town").index(place.kind))
    for place in ordered:
        if place.kind == "city":
            numbers[place.area, place.local_name] = len(sites)
            sites.append(Site(len(sites), place, "city", frozenset({len(sites)})))
        elif place.kind == "province":
            if (place.area, place.local_name) in numbers:
                continue
            numbers[place.area, place.local_name] = len(sites)
            level: SiteLevel = "city" if place.local_name.endswith(("市", "特别行政区")) else "province"
            sites.append(Site(len(sites), place, level, frozenset({len(sites)})))
    for position, site in enumerate(sites):
        area = numbers[site.place.area, site.place.area]
        sites[position] = Site(site.number, site.place, site.level, frozenset({site.number, area}))
    for place in ordered:
        if place.kind in {"district", "town"}:
            own = {len(sites), numbers[place.area, place.area]}
            # the counties of Chungking, and those that a province rules itself, lie in no prefecture
            own.add(numbers.get((place.area, place.city), len(sites)))
            sites.append(Site(len(sites), place, cast("SiteLevel", place.kind), frozenset(own)))
    return tuple(sites)


def _merged(by_name: Mapping[tuple[str, str, str], Site]) -> dict[int, frozenset[int]]:
    """By a province whose name is kept, those that the name covers since July 2025."""
    provinces = {area: site.number for (area, _, name), site in by_name.items() if name == area}
    covered: dict[str, set[int]] = defaultdict(set)
    for row in rows_of("provinces_2025.csv"):
        covered[row["since"]].add(provinces[row["before"]])
    return {provinces[name]: frozenset(sites) for name, sites in covered.items() if name in provinces}


def _towns() -> tuple[dict[str, tuple[Place, ...]], dict[str, tuple[Place, ...]]]:
    latin: dict[str, list[Place]] = defaultdict(list)
    han: dict[str, list[Place]] = defaultdict(list)
    for place in places_in("towns.csv"):
        latin[key_of(place.name)].append(place)
        for spelling in _han_spellings(place.local_name):
            han[spelling].append(place)
    return {key: tuple(found) for key, found in latin.items()}, {key: tuple(found) for key, found in han.items()}


def _han_spellings(name: str) -> Iterable[str]:
    """A Chinese name as it stands, and without the word that tells its kind; the short one has two characters."""
    if not name:
        return ()
    short = _PEOPLES.sub("", _LAST_WORD.sub("", name))
    return (name, short) if len(short) > 1 and short != name else (name,)


def _frozen(found: Mapping[str, list[Site]]) -> dict[str, tuple[Site, ...]]:
    return {key: tuple(dict.fromkeys(sites)) for key, sites in found.items()}
