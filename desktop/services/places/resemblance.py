"""Whether two records are one factory: what speaks for it and against it, weighed, in words.

Each sign has a weight in log-odds, so that the weights of independent signs add up; the sum is turned into a likelihood
between 0 and 1. The weights are set by hand and checked on real lists of factories (tests/unit/services/places).
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from desktop.services.distance import km_between
from desktop.services.places.firm_names import FirmName, fold, take_apart
from desktop.services.places.pinyin import HAN, spell
from desktop.services.places.trade_words import word_set

PRIOR = -3.0  # of two factories that share a sign one knows nothing else of
LEAST_ADDRESS = 2  # words of an address beside those that every address has
PHONE_FIGURES = 8  # the last ones: what is before is written in many ways
COMMON_NAME = 0.7  # taken off for each doubling of how many firms have a name
NEAR = ("address", "town")  # precisions by which a distance says something exactly

NAME_WEIGHTS = ((0.55, -3.0), (0.7, -1.0), (0.8, 0.8), (0.9, 2.4), (1.0, 4.0))
ADDRESS_WEIGHTS = ((0.3, -1.2), (0.5, -0.3), (0.7, 0.8), (0.9, 2.2), (1.0, 2.6))
KM_WEIGHTS = ((0.3, 1.6), (2.0, 0.8), (8.0, -0.3), (30.0, -1.8), (100.0, -3.5))
ROUGH_KM_WEIGHTS = ((20.0, 0.2), (60.0, -0.6), (150.0, -2.0), (400.0, -3.5))


@dataclass(frozen=True, slots=True)
class FactoryEntry:
    """A factory as it is compared: a record, or what somebody types or imports.

    Attributes:
        code: of the record; "" for one that is not stored.
        used: orders, requests and past visits that name it.
        version: of the record; None for one that is not stored.
    """

    code: str
    name: str
    local_name: str = ""
    address: str = ""
    phone: str = ""
    country: str = ""
    area: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: str = "none"
    used: int = 0
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that speaks for two records being one factory, or (negative weight) against it."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How likely two records are one factory, and why."""

    score: float
    signs: tuple[Sign, ...]

    @property
    def why(self) -> str:
        """What speaks for it and then what speaks against it, in a sentence."""
        told = [sign.text for sign in sorted(self.signs, key=lambda sign: -abs(sign.weight)) if sign.weight > 0]
        against = [sign.text for sign in sorted(self.signs, key=lambda sign: sign.weight) if sign.weight < 0]
        return ", ".join(told) + (f"; but {', '.join(against)}" if told and against else ", ".join(against))


@dataclass(frozen=True, slots=True)
class Profile:
    """A factory made ready to be compared with many."""

    entry: FactoryEntry
    names: tuple[FirmName, ...]
    phone: str
    address: str
    numbers: frozenset[str]


def profile_of(entry: FactoryEntry) -> Profile:
    """Make a factory ready."""
    words, numbers = address_words(entry.address)
    figures = re.sub(r"\D", "", entry.phone)
    return Profile(
        entry,
        take_apart(entry.name, entry.local_name),
        figures[-PHONE_FIGURES:] if len(figures) >= PHONE_FIGURES else "",
        " ".join(sorted(words)),
        numbers,
    )


def compare(one: Profile, other: Profile, bearers: Mapping[str, int] | None = None) -> Resemblance:
    """How likely two factories are one.

    Args:
        one: a factory.
        other: another one.
        bearers: how many factories have an own name (as `FirmName.own`); None: each is taken for rare.
    """
    signs = [sign for sign in (_names(one, other, bearers or {}), *_others(one, other)) if sign is not None]
    total = PRIOR + sum(sign.weight for sign in signs)
    return Resemblance(1 / (1 + math.exp(-total)), tuple(sign for sign in signs if sign.text))


def _others(one: Profile, other: Profile) -> tuple[Sign | None, ...]:
    return (_trades(one, other), _phones(one, other), _addresses(one, other), _numbers(one, other), _apart(one, other))


# -- names -------------------------------------------------------------------------------------------------------------


def _names(one: Profile, other: Profile, bearers: Mapping[str, int]) -> Sign | None:
    best: tuple[float, FirmName, FirmName] | None = None
    for mine, its in itertools.product(one.names, other.names):
        alike = _alike(mine, its)
        if best is None or alike > best[0]:
            best = alike, mine, its
    if best is None:
        return None
    alike, mine, its = best
    weight = _between(NAME_WEIGHTS, alike)
    if weight > 0:
        many = max(bearers.get(mine.own, 1), bearers.get(its.own, 1), 2)
        weight = max(0.2, weight - COMMON_NAME * math.log2(many / 2))
    return Sign(_name_words(alike, mine, its), weight)


def _alike(mine: FirmName, its: FirmName) -> float:
    if mine.own == its.own:
        return 1.0
    together = fuzz.ratio(mine.own, its.own)
    sorted_words = fuzz.token_sort_ratio(" ".join(mine.words), " ".join(its.words))
    alike = max(together, sorted_words) / 100
    few, many = sorted((mine, its), key=lambda form: len(form.own))
    if len(few.own) >= 5 and set(few.words) < set(many.words):
        return max(alike, 0.85)  # one of the two leaves words of its name out
    if len(few.own) <= 4:
        return alike * 0.9  # a letter more or less is another name
    return alike


def _name_words(alike: float, mine: FirmName, its: FirmName) -> str:
    if alike < 1.0:
        return f"names {round(alike * 100)} % alike"
    if mine.whole == its.whole:
        return "the same name"
    if bool(HAN.search(mine.whole)) != bool(HAN.search(its.whole)):
        return f"the same name in two scripts ({' '.join(mine.words)})"
    return f"the same name in other words ({' '.join(mine.words)})"


def _trades(one: Profile, other: Profile) -> Sign | None:
    mine = frozenset().union(*(form.trades for form in one.names))
    its = frozenset().union(*(form.trades for form in other.names))
    if not mine or not its:
        return None
    if mine & its:
        return Sign("", 0.5)
    return Sign(f"one makes {' and '.join(sorted(mine))}, the other {' and '.join(sorted(its))}", -1.8)


# -- phone, address, distance ------------------------------------------------------------------------------------------


def _phones(one: Profile, other: Profile) -> Sign | None:
    if not one.phone or not other.phone:
        return None
    return Sign("the same phone", 3.2) if one.phone == other.phone else Sign("", -0.2)


def _addresses(one: Profile, other: Profile) -> Sign | None:
    if not (one.address and other.address):
        return None
    alike = fuzz.token_sort_ratio(one.address, other.address) / 100
    if one.numbers & other.numbers:
        alike = max(alike, 0.95 * fuzz.token_set_ratio(one.address, other.address) / 100)
    weight = _between(ADDRESS_WEIGHTS, alike)
    if alike >= 0.99:
        return Sign("the same address", weight)
    return Sign(f"addresses {round(alike * 100)} % alike" if abs(weight) >= 0.5 else "", weight)


def _numbers(one: Profile, other: Profile) -> Sign | None:
    if not one.numbers or not other.numbers:
        return None
    shared = one.numbers & other.numbers
    return Sign("", 0.6 if shared else -1.0)


def _apart(one: Profile, other: Profile) -> Sign | None:
    km = distance(one.entry, other.entry)
    if km is None:
        differ = one.entry.area and other.entry.area and one.entry.area != other.entry.area
        return Sign(f"{one.entry.area} and {other.entry.area}", -1.5) if differ else None
    exact = one.entry.precision in NEAR and other.entry.precision in NEAR
    weight = _between(KM_WEIGHTS if exact else ROUGH_KM_WEIGHTS, km)
    said = f"{km:.1f} km apart" if km < 10 else f"{km:,.0f} km apart"
    return Sign(said if exact or weight < -0.5 else "", weight)


def distance(one: FactoryEntry, other: FactoryEntry) -> float | None:
    """Kilometres between two factories as the crow flies; None where one is not placed."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return km_between((one.lat, one.lon), (other.lat, other.lon))


# -- addresses ---------------------------------------------------------------------------------------------------------

ADDRESS_NOISE = word_set(
    "no number lot lo so road rd street st avenue ave lane district dist town township city province prov county"
    " village area zone park industrial building bldg block floor room the of and china prc vietnam viet nam p r c"
    " duong pho quan huyen tinh thanh tp phuong xa ap kcn khu cong nghiep cum to thon"
)
CHINESE_PART = re.compile(r"[省市区县镇乡村街道路巷号栋幢座楼室层园]+")
CHINESE_NOISE = word_set("工业 开发 中国 第 自治")


@functools.lru_cache(maxsize=16_384)
def address_words(address: str) -> tuple[frozenset[str], frozenset[str]]:
    """What an address says beside the words that all have: names in Latin letters, and numbers."""
    words: list[str] = []
    for run in HAN.findall(address):
        parts = (part for part in CHINESE_PART.split(run) if part and part not in CHINESE_NOISE)
        words.extend("".join(spell(part)) for part in parts)
    words += [word for word in fold(HAN.sub(" ", address)).split() if word not in ADDRESS_NOISE]
    numbers = frozenset(word.lstrip("0") for word in words if word.isdigit() and len(word) < 5)
    named = frozenset(word for word in words if not word.isdigit() and len(word) > 1)
    return (named if len(named) >= LEAST_ADDRESS else frozenset()), numbers


def _between(table: tuple[tuple[float, float], ...], value: float) -> float:
    """The weight of a value, in a straight line between those of a table, which is in order."""
    if value <= table[0][0]:
        return table[0][1]
    for (low, weight), (high, next_weight) in itertools.pairwise(table):
        if value <= high:
            return weight + (next_weight - weight) * (value - low) / (high - low)
    return table[-1][1]
