"""The words of messages, and how days are written in each language."""

from __future__ import annotations

import datetime as dt
import importlib.resources
import re
import tomllib
from functools import cache

from desktop.models.halfday import date_of
from desktop.services.trade.clock import ENDS, STARTS
from desktop.services.trade.protocols import Language, Text, Words
from desktop.services.words import MONTHS

# controls and the line ends of other systems, which some readers take for the end of a line
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")


@cache
def read_words() -> Words:
    """The words, by key."""
    path = importlib.resources.files("resources").joinpath("dispatch", "words.toml")
    return Words({key: Text(*texts) for key, texts in tomllib.loads(path.read_text(encoding="utf-8")).items()})


def say(key: str, language: Language, /, **given: object) -> str:
    """A text in a language, filled in."""
    return read_words().said(key, language).format(**given)


def labelled(key: str, text: str, language: Language) -> str:
    """A line: "When: Tue 1 Dec 2026"."""
    return say("colon", language, label=say(key, language), text=text)


def write_day(date: dt.date, language: Language) -> str:
    """A day: "Tue 1 Dec 2026"."""
    weekday = say("days", language).split()[date.weekday()]
    month = MONTHS[date.month - 1]
    return say("day", language, weekday=weekday, day=date.day, month=month, number=date.month, year=date.year)


def write_slots(first_slot: int, last_slot: int, language: Language) -> str:
    """Half-days from one absolute slot to another: whole days by their days, halves by name."""
    first, last = write_day(date_of(first_slot), language), write_day(date_of(last_slot), language)
    if first_slot % 2 == 0 and last_slot % 2 == 1:
        return first if first == last else say("span", language, first=first, last=last)
    halves = [say("afternoon" if slot % 2 else "morning", language) for slot in (first_slot, last_slot)]
    if first_slot == last_slot:
        return f"{first} {halves[0]}"
    return say("span", language, first=f"{first} {halves[0]}", last=f"{last} {halves[1]}")


def write_hours(first_slot: int, last_slot: int, language: Language) -> str:
    """From which hour to which somebody is on site."""
    return say("hours", language, first=f"{STARTS[first_slot % 2]}:00", last=f"{ENDS[last_slot % 2]}:00")


def write_when(first_slot: int, last_slot: int, language: Language) -> str:
    """The half-days, and from which hour to which somebody is on site."""
    days, hours = write_slots(first_slot, last_slot, language), write_hours(first_slot, last_slot, language)
    return say("comma", language).join((days, hours))


def plain(text: str) -> str:
    """A text of several lines as every reader takes it: no controls, line ends of one kind."""
    unified = _SURROGATES.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub(" ", unified)


def one_line(text: str) -> str:
    """A text on one line, without controls: what a head or a name may hold."""
    return " ".join(plain(text).split())
