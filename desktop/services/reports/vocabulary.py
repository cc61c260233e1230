"""The words of reports in English, Chinese and Vietnamese: a row a key, files by part, under resources/reports."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.resources
from collections.abc import Mapping
from functools import cache
from typing import Literal

Language = Literal["en", "zh", "vi"]
LANGUAGES: tuple[Language, ...] = ("en", "zh", "vi")


@cache
def words(language: Language) -> Mapping[str, str]:
    """Every text by its key."""
    found: dict[str, str] = {}
    for file in sorted(importlib.resources.files("resources").joinpath("reports").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".csv"):
            lines = file.read_text(encoding="utf-8").splitlines()
            found |= {row["key"]: row[language] for row in csv.DictReader(lines)}
    return found


def say(key: str, language: Language = "en", /, **values: object) -> str:
    """A text with the values that it names.

    Raises:
        KeyError: there is no such text.
    """
    return words(language)[key].format(**{name: _spelled(value) for name, value in values.items()})


def badge_words(badge: str, language: Language) -> str:
    """What marks a whole database: "Sample company" as the language says it, every other mark as it is."""
    return say("badge.sample", language) if badge == say("badge.sample") else badge


def _spelled(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
