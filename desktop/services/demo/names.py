"""Names of people and firms. People's are common ones put together; firms' are whimsical, so that nobody has them."""

from __future__ import annotations

import importlib.resources
import random
import unicodedata
from functools import cache
from typing import NamedTuple

from pydantic import TypeAdapter


class Word(NamedTuple):
    """A word in English, Chinese and Vietnamese."""

    english: str
    chinese: str
    vietnamese: str


class Words(NamedTuple):
    """What names are put together from; Chinese names of people as character and pinyin."""

    chinese_family: list[tuple[str, str]]
    chinese_given: list[tuple[str, str]]
    vietnamese_family: list[str]
    vietnamese_middle: list[str]
    vietnamese_given: list[str]
    western_given: list[str]
    western_family: list[str]
    manners: list[Word]
    things: list[Word]
    works: dict[str, Word]
    client_kinds: dict[str, str]


@cache
def words() -> Words:
    """The words, read once."""
    source = importlib.resources.files("resources") / "demo" / "names.json"
    return TypeAdapter(Words).validate_json(source.read_bytes())


def without_marks(text: str) -> str:
    """Latin letters without accents."""
    plain = text.replace("đ", "d").replace("Đ", "D")
    return "".join(char for char in unicodedata.normalize("NFD", plain) if not unicodedata.combining(char))


def draw_person(rng: random.Random, country: str) -> tuple[str, str]:
    """A name in Latin letters without accents, and as its owner writes it. Family name first, as in both countries."""
    known = words()
    if country == "VN":
        parts = (known.vietnamese_family, known.vietnamese_middle, known.vietnamese_given)
        name = " ".join(rng.choice(part) for part in parts)
        return without_marks(name), name
    family = rng.choice(known.chinese_family)
    given = rng.sample(known.chinese_given, rng.choice((1, 2, 2, 2)))
    latin = f"{family[1]} {''.join(pinyin for _, pinyin in given).capitalize()}"
    return without_marks(latin), family[0] + "".join(character for character, _ in given)


def draw_western(rng: random.Random) -> str:
    """Somebody who books inspections for a client."""
    return f"{rng.choice(words().western_given)} {rng.choice(words().western_family)}"
