"""Names of firms taken apart: what is the firm's own, what it makes, where it says it is.

"Dongguan Jiahe Garment Co., Ltd", "东莞市嘉禾制衣有限公司" and "JIA HE APPAREL FACTORY" all have the name jiahe and the
trade garment.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

from desktop.services.gazetteer import read_places
from desktop.services.places.pinyin import HAN, spell
from desktop.services.places.trade_words import (
    CHINESE_GENERIC,
    CHINESE_LEGAL,
    GENERIC,
    GENERIC_PHRASES,
    LEGAL_PHRASES,
    LEGAL_WORDS,
    TRADES,
)

CHINESE_UNITS = "省市区县镇乡"
LEAST_PLACE = 2  # characters of a place's name that are cut off a firm's


@dataclass(frozen=True, slots=True)
class FirmName:
    """A name in one script, taken apart.

    Attributes:
        whole: in small letters without marks, as it is compared word by word.
        words: of the firm's own name, in order; in Latin letters, characters by their readings.
        trades: what it makes, as `TRADES` names it.
    """

    whole: str
    words: tuple[str, ...]
    trades: frozenset[str]

    @property
    def own(self) -> str:
        """The firm's own name written together: "Jia He" and "Jiahe" are one."""
        return "".join(self.words)


def take_apart(*names: str) -> tuple[FirmName, ...]:
    """The names of one firm, each script of each by itself; a name that says nothing is left out."""
    found: dict[FirmName, None] = {}
    for name in names:
        han = "".join(HAN.findall(name))
        latin = fold(HAN.sub(" ", name))
        if len(han) >= LEAST_PLACE:
            found[_chinese(han)] = None
        if any(char.isalpha() for char in latin):
            found[_latin(latin)] = None
    return tuple(form for form in found if form.own)


def fold(text: str) -> str:
    """Small letters without marks, words between single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w]+", " ", re.sub("['\u2019]", "", letters)).split())


@functools.lru_cache(maxsize=16_384)
def _latin(folded: str) -> FirmName:
    trades, rest = _trades_of(GENERIC_PHRASES.sub(" ", LEGAL_PHRASES.sub(" ", folded)))
    named = [word for word in rest if word not in LEGAL_WORDS]
    own = [word for word in named if word not in GENERIC]
    without_places = _place_words().sub(" ", " ".join(own)).split()
    # a firm called after its town, or after nothing but its trade, keeps that name
    words = without_places or own or named or folded.split()
    return FirmName(folded, tuple(words), trades)


def _trades_of(text: str) -> tuple[frozenset[str], list[str]]:
    trades = set()
    for pattern, trade in _vietnamese_trades():
        if pattern.search(text):
            trades.add(trade)
            text = pattern.sub(" ", text)
    english = _english_trades()
    words = text.split()
    trades.update(english[word] for word in words if word in english)
    return frozenset(trades), [word for word in words if word not in english]


@functools.lru_cache(maxsize=16_384)
def _chinese(name: str) -> FirmName:
    rest = name
    for word in CHINESE_LEGAL:
        rest = rest.replace(word, "")
    trades = set()
    for word, trade in _chinese_trades():
        if word in rest and len(rest) > len(word):
            trades.add(trade)
            rest = rest.replace(word, "")
    for word in CHINESE_GENERIC:
        rest = rest.replace(word, "") if len(rest) > len(word) else rest
    rest = _without_places(rest)
    return FirmName(name, tuple(spell(rest or name)), frozenset(trades))


def _without_places(name: str) -> str:
    """A name in characters without the province, city and district that it begins with."""
    cut = True
    while cut:
        cut = False
        for length in (4, 3, 2):
            head, rest = name[:length], name[length:].lstrip(CHINESE_UNITS)
            if head in _chinese_places() and len(rest) >= LEAST_PLACE:
                name, cut = rest, True
                break
    return name


@functools.cache
def _chinese_places() -> frozenset[str]:
    found: set[str] = set()
    for place in read_places():
        if place.country == "CN" and place.kind != "town":
            name = place.local_name.rstrip(CHINESE_UNITS)
            found.update(form for form in (place.local_name, name) if LEAST_PLACE <= len(form) <= 4)
    return frozenset(found)


@functools.cache
def _place_words() -> re.Pattern[str]:
    """Names of provinces and cities in Latin letters: those that firms put before their own."""
    names = {"china", "prc", "p r c", "vietnam", "viet nam", "hong kong", "hongkong", "hk", "vn", "saigon", "sai gon"}
    for place in read_places():
        if place.kind in ("province", "city"):
            names.add(fold(place.name))
    longest_first = sorted((name for name in names if name), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


@functools.cache
def _english_trades() -> dict[str, str]:
    return {word: trade for trade, (english, _, _) in TRADES.items() for word in english.split()}


@functools.cache
def _vietnamese_trades() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = [(phrase, trade) for trade, (_, _, vietnamese) in TRADES.items() for phrase in vietnamese.split(";")]
    pairs.sort(key=lambda pair: -len(pair[0]))
    return tuple((re.compile(rf"\b{phrase}\b"), trade) for phrase, trade in pairs)


@functools.cache
def _chinese_trades() -> tuple[tuple[str, str], ...]:
    pairs = [(word, trade) for trade, (_, chinese, _) in TRADES.items() for word in chinese.split()]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
