"""Which people of the roster are shown, and in what order."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from sqlalchemy import select

from desktop.models import Factory
from desktop.services.planning.reading import Source, reading
from desktop.services.roster.listing import InspectorRow, RosterList, roster_list

COLUMNS = (
    "name",
    "team",
    "home",
    "skills",
    "languages",
    "certificates",
    "permits",
    "load",
    "absence",
    "services",
    "code",
    "status",
)
"""What the list can be sorted by."""

NEVER_ENDS = 10**6  # days left of what has no end, and of people who hold nothing


@dataclass(frozen=True, slots=True)
class RosterFilter:
    """What a person has to have to be shown: one of each kind that is named; nothing named: anything.

    Attributes:
        text: words that all have to be found in the person's names, code, team, home or skills, marks and case apart.
        languages: all of them, unlike the other kinds.
        expiring: a certificate or permit has ended or ends soon.
        absent: absent in some of the week shown, or today.
        inactive: those who have left are shown too.
    """

    text: str = ""
    teams: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    expiring: bool = False
    absent: bool = False
    inactive: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it keeps nobody out but those who have left."""
        return self == RosterFilter(inactive=self.inactive)

    def with_switch(self, name: str, on: bool) -> RosterFilter:
        """This filter with `expiring`, `absent` or `inactive` on or off."""
        values: dict[str, Any] = {name: on}
        return replace(self, **values)

    def with_word(self, kind: str, word: str, on: bool) -> RosterFilter:
        """This filter with a word of `teams`, `countries`, `skills` or `languages` named or not."""
        chosen: frozenset[str] = getattr(self, kind)
        values: dict[str, Any] = {kind: chosen | {word} if on else chosen - {word}}
        return replace(self, **values)

    def to_json(self) -> dict[str, Any]:
        """As JSON values; `from_json` gives the same filter again."""
        return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, data: object) -> RosterFilter:
        """Read what `to_json` wrote; what does not fit is passed over."""
        if not isinstance(data, Mapping):
            return cls()
        plain = cls()
        values: dict[str, Any] = {}
        for name in (entry.name for entry in fields(cls)):
            default, value = getattr(plain, name), data.get(name)
            if isinstance(default, frozenset) and isinstance(value, list):
                values[name] = frozenset(item for item in value if isinstance(item, str))
            elif not isinstance(default, frozenset) and type(value) is type(default):
                values[name] = value
        return cls(**values)


@dataclass(frozen=True, slots=True)
class RosterChoices:
    """What filters can name: each word with the number of people who have it, the most frequent first."""

    teams: Mapping[str, int] = field(default_factory=dict)
    countries: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    services: Mapping[str, int] = field(default_factory=dict)
    certificates: Mapping[str, int] = field(default_factory=dict)
    areas: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RosterCounts:
    """How many active people need a look: a certificate or permit has ended, ends soon, they are absent today."""

    people: int
    ended: int
    ends_soon: int
    absent_today: int


def choices_of(rows: Sequence[InspectorRow]) -> RosterChoices:
    """The words that people of a roster have."""
    return RosterChoices(
        _counted(rows, lambda row: (row.team,) if row.team else ()),
        _counted(rows, lambda row: (row.country,)),
        _counted(rows, lambda row: [skill.name for skill in row.skills]),
        _counted(rows, lambda row: row.languages),
        _counted(rows, lambda row: row.services),
        _counted(rows, lambda row: [entry.name for entry in row.certificates]),
        _counted(rows, lambda row: [entry.name for entry in row.permits]),
    )


def counts_of(rows: Sequence[InspectorRow]) -> RosterCounts:
    """What of a roster needs a look."""
    active = [row for row in rows if row.active]
    held = [(*row.certificates, *row.permits) for row in active]
    return RosterCounts(
        people=len(active),
        ended=sum(any(entry.has_ended for entry in entries) for entries in held),
        ends_soon=sum(any(entry.ends_soon for entry in entries) for entries in held),
        absent_today=sum(row.absent_today is not None for row in active),
    )


@dataclass(frozen=True, slots=True)
class RosterView:
    """A roster with everything that a page wants of it, made where the page does not wait."""

    listed: RosterList
    index: RosterIndex
    choices: RosterChoices
    counts: RosterCounts


def roster_view(source: Source, today: dt.date, plan: str | None = None) -> RosterView:
    """The roster ready to be shown; arguments as of `roster_list`. Areas to choose are those of factories too."""
    with reading(source) as session:
        listed = roster_list(session, today, plan)
        visited = session.scalars(select(Factory.area).distinct().order_by(Factory.area)).all()
    choices = choices_of(listed.rows)
    areas = dict(choices.areas) | {area: 0 for area in visited if area not in choices.areas}
    return RosterView(listed, RosterIndex(listed.rows), replace(choices, areas=areas), counts_of(listed.rows))


class RosterIndex:
    """A roster made ready to be asked many times, at every letter of a search."""

    def __init__(self, rows: Sequence[InspectorRow]) -> None:
        self.rows = tuple(rows)
        self._told = tuple(plain_text(_told(row)) for row in self.rows)

    def matching(self, wanted: RosterFilter) -> tuple[InspectorRow, ...]:
        """The people that a filter lets through, in the order of the roster."""
        words = plain_text(wanted.text).split()
        return tuple(
            row
            for row, told in zip(self.rows, self._told, strict=True)
            if all(word in told for word in words) and passes(row, wanted)
        )


def passes(row: InspectorRow, wanted: RosterFilter) -> bool:
    """Whether a filter lets a person through, its text apart."""
    ending = any(entry.has_ended or entry.ends_soon for entry in (*row.certificates, *row.permits))
    return (
        (row.active or wanted.inactive)
        and (not wanted.teams or row.team in wanted.teams)
        and (not wanted.countries or row.country in wanted.countries)
        and (not wanted.skills or any(skill.name in wanted.skills for skill in row.skills))
        and wanted.languages.issubset(row.languages)
        and (not wanted.expiring or ending)
        and (not wanted.absent or bool(row.absences) or row.absent_today is not None)
    )


def sorted_rows(rows: Sequence[InspectorRow], column: str, *, descending: bool = False) -> tuple[InspectorRow, ...]:
    """People by a column of COLUMNS; equal ones by name, in either direction. Who has nothing there comes last."""
    by_name = sorted(rows, key=lambda row: (plain_text(row.name), row.code))
    key = _KEYS[column]
    lacking = [row for row in by_name if key(row) is None]
    having = sorted((row for row in by_name if key(row) is not None), key=key, reverse=descending)
    return (*having, *lacking)


def plain_text(text: str) -> str:
    """Text to search in: without case and marks, so that "Nguyen" finds "Nguyễn"."""
    folded = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(char for char in folded if not unicodedata.combining(char))


def _told(row: InspectorRow) -> str:
    skills = " ".join(skill.name for skill in row.skills)
    return f"{row.code} {row.name} {row.local_name} {row.team} {row.home_address} {skills}"


def _counted(rows: Sequence[InspectorRow], words: Callable[[InspectorRow], Sequence[str]]) -> Mapping[str, int]:
    counted = Counter(word for row in rows for word in words(row))
    return dict(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))


def _days_left(row: InspectorRow) -> int | None:
    left = [NEVER_ENDS if entry.days_left is None else entry.days_left for entry in row.certificates]
    return min(left, default=None)


def _absence(row: InspectorRow) -> int | None:
    spans = [*(() if row.absent_today is None else (row.absent_today,)), *row.absences]
    return min((span.first_slot for span in spans), default=None)


_KEYS: Mapping[str, Callable[[InspectorRow], Any]] = {
    "name": lambda row: plain_text(row.name),
    "team": lambda row: plain_text(row.team) or None,
    "home": lambda row: (row.country, plain_text(row.home_town)),
    "skills": lambda row: (len(row.skills), sum(skill.level for skill in row.skills)) if row.skills else None,
    "languages": lambda row: (len(row.languages), row.languages) if row.languages else None,
    "certificates": _days_left,
    "permits": lambda row: len(row.permits) or None,
    "load": lambda row: row.load,
    "absence": _absence,
    "services": lambda row: (len(row.services), row.services) if row.services else None,
    "code": lambda row: row.code,
    "status": lambda row: not row.active,
}
