"""Places of China and Vietnam by name: where an address lies, near enough until somebody says it better."""

from __future__ import annotations

import csv
import functools
import importlib.resources
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SPECIFIC: Mapping[str, int] = {"province": 0, "city": 1, "district": 2, "town": 3}
"""Kinds of places; what is higher lies within what is lower."""


LEAST_NAMED = 5
"""Characters of a name that an address can name a place by, the spaces round it counted: fewer name nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer; see its README for the columns."""

    country: str
    kind: str
    area: str
    city: str
    name: str
    local_name: str
    lat: float
    lon: float

    @property
    def title(self) -> str:
        """The place within what it lies in, as an address of its country is written."""
        if self.country == "CN":
            parts = dict.fromkeys(part for part in (self.area, self.city, self.local_name) if part)
            return "".join(parts)
        return ", ".join(dict.fromkeys(part for part in (self.local_name, self.city, self.area) if part))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A place with its names made ready for a search: between spaces, without marks."""

    place: Place
    names: tuple[str, ...]
    around: tuple[tuple[str, ...], ...]
    told: str


@functools.cache
def read_places() -> tuple[Place, ...]:
    """The whole gazetteer."""
    return places_in("places.csv")


def places_in(name: str) -> tuple[Place, ...]:
    """The places of one of the gazetteer's files."""
    return tuple(
        Place(
            row["country"],
            row["kind"],
            row["area"],
            row["city"],
            row["name"],
            row["local_name"],
            float(row["lat"]),
            float(row["lon"]),
        )
        for row in rows_of(name)
    )


def rows_of(name: str) -> Iterable[dict[str, str]]:
    """The rows of one of the gazetteer's files; its README says what the columns are."""
    source = importlib.resources.files("resources") / "gazetteer" / name
    return csv.DictReader(source.read_text(encoding="utf-8").splitlines())


def find_places(text: str, country: str = "", limit: int = 4) -> tuple[Place, ...]:
    """Places that an address names, or whose name is being typed; the likeliest first.

    Args:
        text: an address, or the beginning of a name, in any script; marks and case do not matter.
        country: places of this country only; "": of any.
        limit: the most places.
    """
    wanted = _plain(text)
    if len(wanted.strip()) < 2:
        return ()
    found = [
        (score, entry.place)
        for entry in _entries()
        if not country or entry.place.country == country
        if (score := _named(entry, wanted) or _begun(entry, wanted)) is not None
    ]
    found.sort(key=lambda hit: (hit[0], hit[1].title), reverse=True)
    return tuple(place for _, place in found[:limit])


def area_names(country: str = "") -> tuple[str, ...]:
    """The names of all areas, as permits and factories use them."""
    return tuple(sorted({place.area for place in read_places() if not country or place.country == country}))


def _named(entry: _Entry, text: str) -> tuple[int, int, int] | None:
    """How well an address names a place: by what else of it is named, how small it is, how long the name is."""
    longest = max((len(name) for name in entry.names if name in text), default=0)
    if longest < LEAST_NAMED:
        return None
    mentioned = sum(any(name in text for name in names) for names in entry.around)
    return 1 + mentioned, SPECIFIC[entry.place.kind], longest


def _begun(entry: _Entry, text: str) -> tuple[int, int, int] | None:
    """Whether somebody who typed this may mean a place: every word begins one of its own, the first its name."""
    words = text.split()
    if not any(name.startswith(f" {words[0]}") for name in entry.names):
        return None
    if not all(f" {word}" in entry.told for word in words):
        return None
    return 0, -SPECIFIC[entry.place.kind], -len(entry.told)


@functools.cache
def _entries() -> tuple[_Entry, ...]:
    latin = {place.local_name: place.name for place in read_places() if place.kind in ("province", "city")}
    found = []
    for place in read_places():
        names = tuple({_plain(place.name), _plain(place.local_name)})
        parts = [part for part in (place.area, place.city) if part and part != place.local_name]
        around = tuple((_plain(part), _plain(latin.get(part, part))) for part in parts)
        found.append(_Entry(place, names, around, "".join((*names, *(name for both in around for name in both)))))
    return tuple(found)


def _plain(text: str) -> str:
    """Text for a search: a space at either end and between words and characters, no case, no marks."""
    folded = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    letters = "".join(char for char in folded if not unicodedata.combining(char))
    spaced = re.sub(r"([\u3400-\u9fff])", r" \1 ", re.sub(r"[^\w]+", " ", letters))
    return f" {' '.join(spaced.split())} "
