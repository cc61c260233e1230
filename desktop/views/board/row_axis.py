"""People along y: teams and their people one under the other, some teams closed, found by bisection."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate
from typing import Any

from desktop.services.board import BoardRow

GROUP_HEIGHT = 24
CAPACITY_HEIGHT = 18
MOST_SKILLS = 3  # capacity rows of a team: its commonest main skills


class Density(IntEnum):
    """Heights of a person's row: one line, two lines, roomy."""

    COMPACT = 24
    NORMAL = 31
    ROOMY = 40


@dataclass(frozen=True, slots=True)
class TeamLine:
    """The head of a team; `rows` are all its people, shown or not."""

    team: str
    rows: tuple[BoardRow, ...]
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class SkillLine:
    """What the people of a team whose best skill this is can give."""

    team: str
    skill: str
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """An inspector."""

    row: BoardRow


Line = TeamLine | SkillLine | PersonLine


class RowAxis:
    """Lines at their heights. y 0 is the top of the first."""

    def __init__(self, lines: Sequence[Line], density: Density = Density.NORMAL) -> None:
        self.lines = tuple(lines)
        self.density = density
        self._tops = [0, *accumulate(self._height(line) for line in self.lines)]
        self._of_person = {line.row.inspector: i for i, line in enumerate(self.lines) if isinstance(line, PersonLine)}

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def height(self) -> int:
        """All lines together."""
        return self._tops[-1]

    def top(self, index: int) -> int:
        """Where a line begins."""
        return self._tops[index]

    def height_of(self, index: int) -> int:
        """How high a line is."""
        return self._tops[index + 1] - self._tops[index]

    def index_at(self, y: float) -> int | None:
        """The line under y; None above the first and below the last."""
        if not 0 <= y < self.height:
            return None
        return bisect_right(self._tops, y) - 1

    def between(self, top: float, bottom: float) -> range:
        """The lines of which anything lies between two y."""
        if bottom <= 0 or top >= self.height:
            return range(0)
        first = max(0, bisect_right(self._tops, top) - 1)
        return range(first, min(len(self.lines), bisect_right(self._tops, bottom - 1)))

    def index_of(self, inspector: str) -> int | None:
        """The line of an inspector; None while his team is closed, or where he is not on the board."""
        return self._of_person.get(inspector)

    def person_at(self, index: int) -> BoardRow | None:
        """Whose line it is."""
        line = self.lines[index] if 0 <= index < len(self.lines) else None
        return line.row if isinstance(line, PersonLine) else None

    def people(self) -> tuple[BoardRow, ...]:
        """Those shown, from top to bottom."""
        return tuple(line.row for line in self.lines if isinstance(line, PersonLine))

    def next_person(self, index: int, step: int) -> int | None:
        """The line of the person `step` people further down (or, negative, up), at most the last one there is."""
        found: int | None = None
        direction = 1 if step > 0 else -1
        at, left = index, abs(step)
        while left and 0 <= at + direction < len(self.lines):
            at += direction
            if isinstance(self.lines[at], PersonLine):
                found, left = at, left - 1
        return found

    def _height(self, line: Line) -> int:
        if isinstance(line, PersonLine):
            return int(self.density)
        return GROUP_HEIGHT if isinstance(line, TeamLine) else CAPACITY_HEIGHT


@dataclass(frozen=True, slots=True)
class Arrangement:
    """In which order people stand and what of them is shown.

    Attributes:
        closed: teams of which only the head is shown.
        key: sorts people within a team; None: as the board has them.
        descending: the other way round.
        skills: capacity rows by skill under each open team.
        first: people who come before all others of their team, best first.
        teams: only these are shown; None: all.
    """

    closed: Collection[str] = frozenset()
    key: Callable[[BoardRow], Any] | None = None
    descending: bool = False
    skills: bool = True
    first: Mapping[str, int] | None = None
    teams: frozenset[str] | None = None

    def lines(self, rows: Iterable[BoardRow]) -> tuple[Line, ...]:
        """The lines of a board; its teams in the order in which they first appear."""
        teams: dict[str, list[BoardRow]] = {}
        for row in rows:
            if self.teams is None or row.team in self.teams:
                teams.setdefault(row.team, []).append(row)
        made: list[Line] = []
        for team, people in teams.items():
            is_open = team not in self.closed
            made.append(TeamLine(team, tuple(people), is_open))
            if is_open:
                if self.skills:
                    made += _skill_lines(team, people)
                made += [PersonLine(row) for row in self._sorted(people)]
        return tuple(made)

    def _sorted(self, people: Sequence[BoardRow]) -> Sequence[BoardRow]:
        if self.key is not None:
            people = sorted(people, key=self.key, reverse=self.descending)
        if self.first is not None:
            rank, last = self.first, len(self.first)
            people = sorted(people, key=lambda row: rank.get(row.inspector, last))
        return people


def _skill_lines(team: str, people: Sequence[BoardRow]) -> list[SkillLine]:
    """The commonest main skills of a team, where it has more than one."""
    of_skill: dict[str, list[BoardRow]] = {}
    for row in people:
        if row.skills:
            of_skill.setdefault(row.skills[0].rsplit(" ", 1)[0], []).append(row)
    if len(of_skill) < 2:
        return []
    common = sorted(of_skill, key=lambda skill: (-len(of_skill[skill]), skill))[:MOST_SKILLS]
    return [SkillLine(team, skill, tuple(of_skill[skill])) for skill in sorted(common)]
