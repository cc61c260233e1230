"""The words of a client's page, and texts of records made harmless for it."""

from __future__ import annotations

import datetime as dt
import importlib.resources
import tomllib
import unicodedata
from functools import cache

from desktop.services.dispatching.wording import one_line, write_day
from desktop.services.trade.protocols import Language, Text, Words

LONGEST_NAME, LONGEST_TEXT = 160, 1000
"""Characters of a name or code, and of a text, beyond which it is cut."""

_JOINERS = "\u200c\u200d"  # scripts and emoji need them
_ELLIPSIS = "\u2026"


@cache
def read_words() -> Words:
    """The words, by key."""
    path = importlib.resources.files("resources").joinpath("client_page", "words.toml")
    return Words({key: Text(*texts) for key, texts in tomllib.loads(path.read_text(encoding="utf-8")).items()})


def say(key: str, language: Language, /, **given: object) -> str:
    """A text in a language, filled in."""
    return read_words().said(key, language).format(**given)


def service_words(service: str, language: Language) -> str:
    """A service by its full name; one that the house has no words for by its own."""
    key = f"service_{service}"
    return say(key, language) if key in read_words().texts else inert(service)


def write_moment(at: dt.datetime, zone: dt.tzinfo, language: Language) -> str:
    """A moment by the clocks of a place: "Tue 1 Dec 2026 14:05"."""
    there = at.astimezone(zone)
    return say("moment", language, day=write_day(there.date(), language), time=f"{there:%H:%M}")


def inert(text: str, longest: int = LONGEST_NAME) -> str:
    """A text of a record on one line, cut where it is too long, without anything that is not to be read.

    No controls, no line ends, nothing that turns the direction of the text round it, no code points that are no
    characters. What it means to HTML, a spreadsheet or a file system is not looked at: nothing here takes it for that.
    """
    kept = "".join(char for char in one_line(text) if _is_read(char))
    return kept if len(kept) <= longest else kept[: longest - 1].rstrip() + _ELLIPSIS


def _is_read(char: str) -> bool:
    if char in _JOINERS:
        return True
    code = ord(char)
    is_character = code & 0xFFFE != 0xFFFE and not 0xFDD0 <= code <= 0xFDEF
    return is_character and unicodedata.category(char) not in ("Cf", "Cc", "Cs", "Zl", "Zp")
