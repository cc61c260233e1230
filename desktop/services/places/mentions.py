"""What an address says of places: every name in it that the gazetteer knows, and as what it is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.services.gazetteer import Place
from desktop.services.places.index import Index, Site
from desktop.services.places.words import (
    DROPPED,
    GLUED,
    Kind,
    Word,
    has_han,
    han_of,
    kind_around,
    words_of,
)

LONGEST = 6
"""Words of a name: `Nhon Trach` has two, `Ba Ria Vung Tau` four, and `Lian Yun Gang` may be cut in three."""

SHORTEST = 4
"""Letters of a name that names a place without a word of kind beside it; `Wu` is a county only as `Wu County`."""

_HAN_KINDS: dict[str, Kind] = {
    "省": "province",
    "市": "city",
    "区": "district",
    "县": "county",
    "镇": "town",
    "乡": "town",
    "街": "town",
    "工": "zone",
    "经": "zone",
    "开": "zone",
    "高": "zone",
    "路": "road",
    "大": "road",
    "道": "road",
    "村": "spot",
    "巷": "road",
    "弄": "road",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in an address.

    Attributes:
        text: the name, as looked up.
        kind: what the words beside it make of it.
        sites: the places that it may mean.
        towns: towns that it may mean, known only to lie in a province.
        share: 1 as a name that stands in the address; less where it is misspelt or only part of the firm's name.
        parks: places in which an industrial park of this name lies.
    """

    text: str
    kind: Kind
    sites: tuple[Site, ...]
    towns: tuple[Place, ...] = ()
    share: float = 1.0
    parks: tuple[Site, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """The names of an address, and the runs of words that are none: a misspelt name may be among them."""

    mentions: tuple[Mention, ...]
    unknown: tuple[tuple[str, Kind], ...]


def read(text: str, index: Index, country: str, share: float = 1.0) -> Read:
    """The places that a text names.

    Args:
        text: an address, or the name of a firm.
        index: the gazetteer by name.
        country: places of this country only; "": of any.
        share: what a name in it counts.
    """
    found: list[Mention] = []
    if has_han(text):
        found += _han_mentions(text, index, country, share)
    words = words_of(text)
    taken: set[int] = set()
    for first, after, mention in _latin_mentions(words, index, country, share):
        taken.update(range(first, after))
        if mention.kind not in {"road", "spot"}:
            found.append(mention)
    return Read(tuple(found), tuple(_unknown(words, taken)))


def _latin_mentions(
    words: Sequence[Word], index: Index, country: str, share: float
) -> Iterator[tuple[int, int, Mention]]:
    """The longest names first from the left, none over another."""
    given = tuple(words)
    position = 0
    while position < len(given):
        mention, after = _longest_at(given, position, index, country, share)
        if mention is None:
            position += 1
        else:
            yield position, after, mention
            position = after


def _longest_at(
    words: tuple[Word, ...], first: int, index: Index, country: str, share: float
) -> tuple[Mention | None, int]:
    most = first + 1
    while most < len(words) and most < first + LONGEST and words[most].stop == words[first].stop:
        most += 1
    for after in range(most, first, -1):
        texts = [word.text for word in words[first:after]]
        if texts[0] in DROPPED or texts[-1] in DROPPED:
            continue
        found = _known("".join(texts), words, first, after, index, country, share)
        if found:
            return found, after
    return None, first


def _known(
    key: str, words: tuple[Word, ...], first: int, after: int, index: Index, country: str, share: float
) -> Mention | None:
    kind = kind_around(words, first, after)
    for ending, told in (("", kind), *GLUED):
        if not key.endswith(ending) or (ending and len(key) < SHORTEST + len(ending)):
            continue
        name = key[: len(key) - len(ending)] if ending else key
        sites = _of(index.latin.get(name, ()), country)
        parks = _of(index.parks.get(name, ()), country)
        towns = index.towns.get(name, ()) if country != "VN" else ()
        if not (sites or parks or towns):
            continue
        if len(name) < SHORTEST and told not in {"county", "city", "district", "province"}:
            continue
        return Mention(name, told, sites, towns, share, parks)
    return None


def _of(sites: tuple[Site, ...], country: str) -> tuple[Site, ...]:
    return tuple(site for site in sites if site.place.country == country) if country else sites


def _han_mentions(text: str, index: Index, country: str, share: float) -> Iterator[Mention]:
    if country == "VN":
        return
    for run in han_of(text):
        position = 0
        while position < len(run) - 1:
            for length in range(min(index.longest_han, len(run) - position), 1, -1):
                name = run[position : position + length]
                sites, towns = index.han.get(name, ()), index.han_towns.get(name, ())
                if sites or towns:
                    ahead = run[position + length : position + length + 1]
                    kind = _HAN_KINDS.get(name[-1], "") if length > 2 else ""
                    kind = kind or _HAN_KINDS.get(ahead, "")
                    if kind != "road":
                        yield Mention(name, kind, sites, towns, share)
                    position += length - 1
                    break
            position += 1


def _unknown(words: Sequence[Word], taken: set[int]) -> Iterator[tuple[str, Kind]]:
    """Words, alone and two together, that no name has taken, with what stands beside them."""
    given = tuple(words)
    for first, word in enumerate(given):
        for after in (first + 1, first + 2):
            span = given[first:after]
            if len(span) < after - first or span[-1].stop != word.stop:
                continue
            if any(number in taken for number in range(first, after)):
                continue
            if any(part.text in DROPPED or part.text.isdigit() for part in span):
                continue
            key = "".join(part.text for part in span)
            kind = kind_around(given, first, after)
            if len(key) > SHORTEST and kind not in {"road", "spot"}:
                yield key, kind
