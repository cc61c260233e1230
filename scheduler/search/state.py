"""A plan in the making: which option serves each request with whom, and the weeks that follow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from scheduler.plan import Assignment
from scheduler.search.roster import IMPOSSIBLE, Roster, Week


class Served(NamedTuple):
    """How a request is served: by which option, with whom."""

    option: int
    crew: tuple[int, ...]


class State:
    """A plan that may be changed in place; `copy` is cheap, as weeks are shared."""

    __slots__ = ("cost", "roster", "served", "weeks")

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        options = roster.options
        people = range(len(options.instance.inspectors))
        self.weeks: list[Week] = [roster.week(person, ()) for person in people]
        self.served: list[Served | None] = [None] * len(options.of)
        self.cost = sum(week.cost for week in self.weeks) + sum(options.unserved)

    def copy(self) -> State:
        """An independent copy."""
        twin = object.__new__(State)
        twin.roster = self.roster
        twin.weeks = self.weeks.copy()
        twin.served = self.served.copy()
        twin.cost = self.cost
        return twin

    def take_over(self, other: State) -> None:
        """Become what another state is; it must not be changed afterwards."""
        self.cost, self.weeks, self.served = other.cost, other.weeks, other.served

    def insert(self, option: int, crew: tuple[int, ...]) -> None:
        """Serve the option's request, unserved so far, by this option and crew."""
        roster, options = self.roster, self.roster.options
        request = options.request[option]
        self.cost += options.fixed[option] - options.unserved[request]
        for person in crew:
            week = roster.with_visit(self.weeks[person], option)
            self.cost += week.cost - self.weeks[person].cost
            self.weeks[person] = week
        self.served[request] = Served(option, crew)

    def remove(self, request: int) -> None:
        """Leave a request unserved; the weeks may become impossible without it (see `unreachable`)."""
        served = self.served[request]
        if served is None:
            return
        options = self.roster.options
        self.cost += options.unserved[request] - options.fixed[served.option]
        for person in served.crew:
            week = self.roster.without(self.weeks[person], served.option)
            self.cost += week.cost - self.weeks[person].cost
            self.weeks[person] = week
        self.served[request] = None

    def unreachable(self, people: Iterable[int]) -> list[int]:
        """Those of these inspectors whose week has become impossible."""
        return [person for person in people if self.weeks[person].cost >= IMPOSSIBLE]

    def unserved(self) -> list[int]:
        """The requests left out."""
        return [request for request, served in enumerate(self.served) if served is None]

    def assignments(self) -> tuple[Assignment, ...]:
        """The plan's assignments, in the order of the problem's requests."""
        options = self.roster.options
        instance = options.instance
        found = []
        for request, served in enumerate(self.served):
            if served is None:
                continue
            crew = tuple(instance.inspectors[person].id for person in served.crew)
            option = served.option
            name = instance.requests[request].id
            found.append(Assignment(name, options.mode[option], options.first[option], crew))
        return tuple(found)
