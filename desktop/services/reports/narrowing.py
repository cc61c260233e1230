"""What somebody writes of a scope, on a command line or in a schedule, as the scope that is meant."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from desktop.errors import BadInputError, NotFoundError
from desktop.services.client_page.periods import read_quarter
from desktop.services.gazetteer import find_places
from desktop.services.planning.reading import Source
from desktop.services.reports.choices import Choice, read_values

WEEK = dt.timedelta(days=7)
_LIKE = 60.0  # of 100, from which on a name may be meant
_NEAREST = 3
_MANY = 8  # values that an answer still lists
_PLACES = {"region": "province", "city": "city"}
"""Dimensions whose values the gazetteer knows by other spellings, with its kind of place."""

Only = tuple[tuple[str, frozenset[str]], ...]
"""As `Scope.only`."""


@dataclass(frozen=True, slots=True)
class AskedWeeks:
    """Weeks as they were asked for; None or "": not said.

    Attributes:
        first_day: a day of the first week.
        weeks: how many, from `first_day` on, else up to and with this week and those of `ahead`.
        last: this many whole weeks before this one.
        ahead: of the weeks, how many are to come; None: as many as the report usually tells of.
        quarter: "2026-Q3": the weeks that begin in it.
    """

    first_day: dt.date | None = None
    weeks: int | None = None
    last: int | None = None
    ahead: int | None = None
    quarter: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return self == AskedWeeks()

    def resolved(self, today: dt.date, weeks: int, ahead: int) -> tuple[dt.date, int]:
        """The first Monday and the number of weeks.

        Args:
            today: in whose week one is.
            weeks: that are told of where nothing is said.
            ahead: of these, weeks to come.

        Raises:
            BadInputError: what was asked for contradicts itself.
        """
        self._check()
        this = _monday(today)
        if self.quarter:
            first, last = read_quarter(self.quarter)
            begin = _monday(first + 6 * dt.timedelta(days=1))
            return begin, (_monday(last) - begin) // WEEK + 1
        if self.last is not None:
            return this - self.last * WEEK, self.last
        count = self.weeks or weeks
        if self.first_day is not None:
            return _monday(self.first_day), count
        to_come = min(ahead, count - 1) if self.ahead is None else self.ahead
        if self.ahead is not None and self.weeks is None:
            count = max(weeks - ahead, 1) + to_come
        if to_come > count:
            raise BadInputError(
                f"{to_come} weeks to come are more than {count} weeks.", "Give more weeks, or fewer ahead."
            )
        return this + (to_come - count + 1) * WEEK, count

    def _check(self) -> None:
        ways = {"--quarter": self.quarter, "--last": self.last, "--from": self.first_day}
        given = [name for name, value in ways.items() if value]
        if len(given) > 1:
            raise BadInputError(f"{given[0]} and {given[1]} each say where the weeks begin.", "Give one of them.")
        if given and self.ahead is not None:
            raise BadInputError(f"{given[0]} says which weeks; --ahead does, too.", "Leave one of them out.")
        if self.weeks is not None and (self.quarter or self.last):
            raise BadInputError(f"{given[0]} says how many weeks; --weeks does, too.", "Leave one of them out.")


def narrowed(source: Source, given: Mapping[str, Sequence[str]]) -> Only:
    """What is kept of each dimension, from codes, names or other spellings of places, in any case.

    Raises:
        NotFoundError: a value is not on record; the nearest that are stand in the hint.
    """
    return values_meant(read_values(source), given) if any(given.values()) else ()


def values_meant(choices: Mapping[str, Sequence[Choice]], given: Mapping[str, Sequence[str]]) -> Only:
    """The same, among these values; of a dimension that is not there what is written is taken."""
    return tuple(
        (name, frozenset(_meant(name, text, choices[name]) if name in choices else text.strip() for text in values))
        for name, values in sorted(given.items())
        if values
    )


def _meant(dimension: str, text: str, choices: Sequence[Choice]) -> str:
    wanted = _plain(text)
    for choice in choices:
        if wanted in (_plain(choice.value), _plain(choice.name), _plain(_bare(choice))):
            return choice.value
    spelled = _spelled_places(dimension, text, {choice.value for choice in choices})
    if len(spelled) == 1:
        return spelled[0]
    raise NotFoundError(f'There is no {dimension} "{text}" on record.', _hint(wanted, choices, spelled))


def _spelled_places(dimension: str, text: str, known: Iterable[str]) -> list[str]:
    """Values that the gazetteer knows under a name, such as Guangdong."""
    kind = _PLACES.get(dimension)
    if kind is None:
        return []
    places = [
        place for place in find_places(text, limit=20) if place.kind == kind and _plain(place.name) == _plain(text)
    ]
    names = [place.area if kind == "province" else place.local_name for place in places]
    return sorted(set(names).intersection(known))


def _hint(wanted: str, choices: Sequence[Choice], spelled: Sequence[str]) -> str:
    if spelled:
        return f"Maybe {' or '.join(spelled)}?"
    if not choices:
        return "There is none at all yet."
    if len(choices) <= _MANY:
        return f"There are {', '.join(choice.value for choice in choices)}."
    names = {place: _plain(f"{choice.name} {choice.value}") for place, choice in enumerate(choices)}
    near = process.extract(wanted, names, scorer=fuzz.WRatio, limit=_NEAREST, score_cutoff=_LIKE)
    if not near:
        return f"{len(choices):,} are; the window lists them: Reports, Filter."
    return f"Maybe {' or '.join(choices[place].name for _, _, place in near)}?"


def _bare(choice: Choice) -> str:
    """The name without the code behind it."""
    return choice.name.removesuffix(f" ({choice.value})")


def _plain(text: str) -> str:
    """For comparison: without case, marks and spaces at the ends."""
    folded = unicodedata.normalize("NFD", text.strip().casefold().replace("\u0111", "d"))
    return "".join(char for char in folded if not unicodedata.combining(char))


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())
