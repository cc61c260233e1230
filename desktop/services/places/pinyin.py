"""How Chinese characters are read, without tones: what joins a name in characters with the same one in letters."""

from __future__ import annotations

import functools
import importlib.resources
import re
from collections.abc import Mapping

HAN = re.compile(r"[\u3400-\u9fff]+")


def spell(text: str) -> list[str]:
    """The syllables of the characters of a text, in order; what is no known character is passed over."""
    known = _readings()
    return [known[char] for char in text if char in known]


@functools.cache
def _readings() -> Mapping[str, str]:
    """The usual reading of each character; of those with several the one that names of firms and places have."""
    source = importlib.resources.files("resources") / "gazetteer" / "pinyin.txt"
    lines = (line.split() for line in source.read_text(encoding="utf-8").splitlines())
    return {char: syllable for syllable, characters in lines for char in characters}
