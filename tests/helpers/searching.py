"""A search begun on a drawn problem, and its plans held against the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scheduler.evaluate import evaluate
from scheduler.instance import Instance, Visit
from scheduler.plan import Assignment, CostParts
from scheduler.search.begin import assignments_of, begin
from scheduler.search.search import Search, Service, Week
from scheduler.tables import Tables, tables_of
from scheduler.weeks import Weeks
from scheduler.wire import read_problem
from tests.helpers.drawn import draw_problem


def check_services(weeks: Weeks, tables: Tables, services: Sequence[Service | None], cents: int, what: str) -> None:
    """A plan breaks nothing, keeps every pin, and costs so much."""
    options, instance = tables.options, weeks.instance
    assignments = tuple(
        Assignment(
            instance.requests[number].id,
            int(options.mode[service.option]),
            int(options.first[service.option]),
            tuple(instance.inspectors[person].id for person in service.crew),
        )
        for number, service in enumerate(services)
        if service is not None
    )
    judged = evaluate(instance.problem, assignments, instance)
    assert judged.broken == (), what
    assert judged.cost.total == cents, what


class Case:
    """A drawn problem with a search begun on it."""

    def __init__(
        self,
        seed: int,
        *,
        inspectors: int | None = None,
        requests: int | None = None,
        days: int | None = None,
        demands: float | None = None,
    ) -> None:
        self.problem = read_problem(
            draw_problem(seed, inspectors=inspectors, requests=requests, days=days, demands=demands)
        )
        self.instance = Instance(self.problem)
        self.weeks = Weeks(self.instance)
        self.tables = tables_of(self.weeks)
        self.search = Search(self.tables, seed)
        begin(self.search, self.weeks, ())

    def check(self, what: str) -> None:
        """The plan in hand, when it is the best one too, costs what the search says and breaks nothing."""
        judged = evaluate(self.problem, assignments_of(self.instance, self.search), self.instance)
        assert judged.broken == (), what
        assert judged.cost.total == self.search.best_cost, what

    def visit(self, option: int) -> Visit:
        options = self.tables.options
        columns = (options.request, options.mode, options.first, options.last)
        request, mode, first, last = (int(column[option]) for column in columns)
        return Visit(request, mode, first, last)

    def check_services(self, services: Sequence[Service | None], cents: int, what: str) -> None:
        """A plan breaks nothing, keeps every pin, and costs so much."""
        check_services(self.weeks, self.tables, services, cents, what)

    def cents_of(self, person: int, options: tuple[int, ...]) -> int:
        """What hangs on an inspector with these visits."""
        if not options:
            return int(self.tables.idle[person])
        price = self.weeks.price(person, tuple(self.visit(option) for option in options))
        assert isinstance(price, CostParts)
        return price.total

    def weeks_in(self, own: Iterable[tuple[int, ...]]) -> list[Week]:
        """Everybody's horizon, given his options."""
        return [Week(person, options, self.cents_of(person, options)) for person, options in enumerate(own)]
