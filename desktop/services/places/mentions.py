"""What an address says of places: every name in it that the gazetteer knows, and as what it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.services.gazetteer import Place
from desktop.services.places.index import Index, Site
from desktop.services.places.words import (
    AFTER,
    BEFORE,
    DROPPED,
    GLUED,
    Kind,
    Word,
    han_of,
    has_han,
    kind_around,
    words_of,
)

LONGEST = 6
"""Words of a name: `Nhon Trach` has two, `Ba Ria Vung Tau` four, and `Lian Yun Gang` may be cut in three."""

SHORTEST = 4
"""Letters of a name that needs no word of kind beside it: `Wu County` is one, and `Hue` between commas."""

_HAN_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile("街道|[镇乡]"), "town"),
    (re.compile("[东西南北中一二三四五]{0,2}(路|大道|大街|街|道|巷|弄)"), "road"),
    (re.compile("村|社区|大厦|广场|花园"), "spot"),
    (re.compile("省"), "province"),
    (re.compile("市"), "city"),
    (re.compile("区"), "district"),
    (re.compile("县"), "county"),
    (re.compile("工业|经济|开发|高新|产业|科技"), "zone"),
)
"""What the characters that follow a name say."""


Source = Literal["address", "area", "firm"]
"""Where a name stands: in the address, in the area that permits are given for, or in the firm's own name."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in an address.

    Attributes:
        text: the name, as looked up.
        shown: the name, as one would write it.
        kind: what the words beside it make of it.
        sites: the places that it may mean.
        towns: towns that it may mean, known only to lie in a province.
        share: 1 as a name that stands in the address; less where it is misspelt or only part of the firm's name.
        parks: places in which an industrial park of this name lies.
        source: where it stands.
    """

    text: str
    shown: str
    kind: Kind
    sites: tuple[Site, ...]
    towns: tuple[Place, ...] = ()
    share: float = 1.0
    parks: tuple[Site, ...] = ()
    source: Source = "address"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Words that may be a name: as looked up, as one would write them, and what stands beside them."""

    text: str
    shown: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Read:
    """The names of an address, and the runs of words that are none: a misspelt name may be among them."""

    mentions: tuple[Mention, ...]
    unknown: tuple[Unknown, ...]


@dataclass(frozen=True, slots=True)
class _Search:
    """Where names are looked up, and for what: places of one country, or of any, and what each name counts."""

    index: Index
    country: str
    share: float
    source: Source


def read(text: str, index: Index, country: str, share: float = 1.0, source: Source = "address") -> Read:
    """The places that a text names.

    Args:
        text: an address, or the name of a firm.
        index: the gazetteer by name.
        country: places of this country only; "": of any.
        share: what a name in it counts.
        source: what the text is.
    """
    search = _Search(index, country, share, source)
    found = list(_han_mentions(text, search)) if has_han(text) and country != "VN" else []
    words = words_of(text)
    taken: set[int] = set()
    for first, after, mention in _latin_mentions(words, search):
        taken.update(range(first, after))
        if mention.kind not in {"road", "spot"}:
            found.append(mention)
    unknown = [*_unknown(words, taken), *(_as_unknown(mention) for mention in found if _is_odd(mention))]
    return Read(tuple(found), tuple(unknown))


def _is_odd(mention: Mention) -> bool:
    """Whether a town alone bears a name that the address gives to something larger."""
    return not (mention.sites or mention.parks) and mention.kind in {"city", "district", "county"}


def _as_unknown(mention: Mention) -> Unknown:
    return Unknown(mention.text, mention.shown, mention.kind)


def _latin_mentions(words: tuple[Word, ...], search: _Search) -> Iterator[tuple[int, int, Mention]]:
    """The longest names first from the left, none over another; with where each begins and ends."""
    position = 0
    while position < len(words):
        mention, after = _longest_at(words, position, search)
        if mention is not None and words[position].text in BEFORE:
            # `Tinh Gia Lai` is the province Gia Lai, not Tinh Gia
            other, beyond = _longest_at(words, position + 1, search) if position + 1 < len(words) else (None, 0)
            if other is not None and beyond > after:
                mention, after, position = other, beyond, position + 1
        if mention is not None:
            yield position, after, mention
        position = after


def _longest_at(words: tuple[Word, ...], first: int, search: _Search) -> tuple[Mention | None, int]:
    most = first + 1
    while most < len(words) and most < first + LONGEST and words[most].stop == words[first].stop:
        most += 1
    if words[first].text not in DROPPED:
        for after in range(most, first, -1):
            if words[after - 1].text not in DROPPED and (found := _known(words, first, after, search)):
                return found, after
    return None, first + 1


def _known(words: tuple[Word, ...], first: int, after: int, search: _Search) -> Mention | None:
    """What the index has under these words written in one, with a glued word of kind or without."""
    key = "".join(word.text for word in words[first:after])
    index = search.index
    for ending, glued in (("", ""), *GLUED):
        if not key.endswith(ending) or (ending and len(key) < SHORTEST + len(ending)):
            continue
        name = key[: len(key) - len(ending)]
        sites = _of(index.latin.get(name, ()), search.country)
        parks = _of(index.parks.get(name, ()), search.country)
        towns = index.towns.get(name, ()) if search.country != "VN" else ()
        if not (sites or parks or towns):
            continue
        kind = glued or kind_around(words, first, after)
        stands_alone = len(name) > 2 and _is_whole_part(words, first, after)
        if len(name) >= SHORTEST or stands_alone or kind in {"county", "city", "district", "province"}:
            return Mention(name, _shown(words[first:after]), kind, sites, towns, search.share, parks, search.source)
    return None


def _is_whole_part(words: tuple[Word, ...], first: int, after: int) -> bool:
    """Whether nothing but these words stands between two commas."""
    part = words[first].part
    return not ((first > 0 and words[first - 1].part == part) or (after < len(words) and words[after].part == part))


def _shown(words: Sequence[Word]) -> str:
    return " ".join(word.text.capitalize() for word in words)


def _of(sites: tuple[Site, ...], country: str) -> tuple[Site, ...]:
    return tuple(site for site in sites if site.place.country == country) if country else sites


def _han_mentions(text: str, search: _Search) -> Iterator[Mention]:
    index = search.index
    for run in han_of(text):
        position = 0
        while position < len(run) - 1:
            for length in range(min(index.longest_han, len(run) - position), 1, -1):
                name = run[position : position + length]
                sites, towns = index.han.get(name, ()), index.han_towns.get(name, ())
                if sites or towns:
                    kind = _han_kind(name, run[position + length :])
                    if kind not in {"road", "spot"}:
                        yield Mention(name, name, kind, sites, towns, search.share, (), search.source)
                    position += length - 1
                    break
            position += 1


def _han_kind(name: str, rest: str) -> Kind:
    """What a name in characters ends with, or else what follows it."""
    for pattern, kind in _HAN_KINDS:
        if pattern.match(rest) or (len(name) > 2 and kind not in {"road", "spot", "zone"} and _ends(pattern, name)):
            return kind
    return ""


def _ends(pattern: re.Pattern[str], name: str) -> bool:
    return pattern.fullmatch(name[-1]) is not None or pattern.fullmatch(name[-2:]) is not None


def _unknown(words: tuple[Word, ...], taken: set[int]) -> Iterator[Unknown]:
    """Words, alone and two together, that no name has taken."""
    for first, word in enumerate(words):
        for after in (first + 1, first + 2):
            span = words[first:after]
            if len(span) < after - first or span[-1].stop != word.stop:
                continue
            if any(number in taken for number in range(first, after)):
                continue
            if any(part.text in DROPPED or part.text in AFTER or part.text.isdigit() for part in span):
                continue
            key = "".join(part.text for part in span)
            kind = kind_around(words, first, after)
            if len(key) > SHORTEST and kind not in {"road", "spot"}:
                yield Unknown(key, _shown(span), kind)
