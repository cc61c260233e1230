"""Ceilings on what one more saves, with what the highest save in fact, and who could go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from desktop.services.solver_process import RunGivenUpError
from desktop.services.worth.asking import CeilingsAsked
from desktop.services.worth.near import near
from desktop.services.worth.solving import Solving
from desktop.services.worth.steps import Steps
from desktop.services.worth.subject import Subject
from desktop.services.worth.views import CeilingRow, Ceilings
from scheduler.plan import Plan
from scheduler.prices.more import More, changed, everything_more
from scheduler.problem import Problem

MOST_ROWS = 200  # kept, beside all of hands
MOST_HANDS = 400


def study_ceilings(subject: Subject, asked: CeilingsAsked, solving: Solving) -> tuple[Ceilings, int | None]:
    """Ceilings with the bound that they come from; stopped once there is a bound, what is known by then is given.

    Raises:
        RunGivenUpError: it was stopped before there was a bound.
    """
    solving.runs = 1 + (asked.exact + max(0, asked.units - 1) + 1 if asked.exact else 0)
    said = solving.prices(subject.problem, subject.plan, asked.seconds, "ceilings")
    by_text = {more.text: more for more in everything_more(subject.problem)}
    rows = [_row(subject, by_text[entry["text"]], entry) for entry in said["ceilings"] if entry["text"] in by_text]
    tried = _Tried(subject, asked, solving, _largest(rows, asked.exact))
    exact: dict[str, tuple[int, ...]] = {}
    with suppress(RunGivenUpError):
        for row, units in tried.each(by_text):
            exact[row.text] = units
    steps = Steps(subject)
    shown = [
        replace(row, exact=exact[row.text][0], units=exact[row.text]) if row.text in exact else row
        for row in _kept(rows)
    ]
    found = Ceilings(
        rows=tuple(steps.with_step(row) for row in shown),
        found=len(rows),
        nothing=said["nothing"],
        unproven=said["unproven"],
        gap=said["gap"],
        without=max(tried.without.values(), default=None) if exact else None,
    )
    return found, said["bound"]


def _largest(rows: list[CeilingRow], number: int) -> list[CeilingRow]:
    """So many of the highest, half of them hands where there are any: those say where to add people."""
    hands = [row for row in rows if row.kind == "hand"][: (number + 1) // 2]
    others = [row for row in rows if row not in hands][: number - len(hands)]
    return [*hands, *others]


def _kept(rows: list[CeilingRow]) -> list[CeilingRow]:
    """The highest, and of hands more, as they are shown by region."""
    hands = {row.text for row in [row for row in rows if row.kind == "hand"][:MOST_HANDS]}
    return [row for number, row in enumerate(rows) if number < MOST_ROWS or row.text in hands]


def _row(subject: Subject, more: More, said: Mapping[str, Any]) -> CeilingRow:
    person = "" if more.inspector is None or more.kind == "hand" else more.inspector.id
    region, skill = more.area or "", more.skill or ""
    if more.request is not None:
        region, skill = subject.areas[more.request.site], more.request.skill
    elif person:
        region = subject.homes.get(person, "")
    return CeilingRow(
        kind=said["kind"],
        region=region,
        skill=skill,
        day=more.date,
        person=person,
        name=subject.names.get(person, ""),
        request="" if more.request is None else more.request.id,
        what=more.language or more.certificate or (skill if more.kind == "level" else ""),
        text=more.text,
        at_most=said["ceiling"],
        beyond=said["beyond_gap"],
    )


class _Tried:
    """Solving anew with one more, near by where the plan is large.

    Attributes:
        without: what an equal run saves with nothing changed; by region, None for the whole plan.
    """

    def __init__(self, subject: Subject, asked: CeilingsAsked, solving: Solving, rows: list[CeilingRow]) -> None:
        self._asked, self._solving, self._rows = asked, solving, rows
        self._first_hand = next((row.text for row in rows if row.kind == "hand"), None)
        self._parts: dict[str, tuple[str | None, Problem, Plan]] = {}
        for row in rows:
            if row.region not in self._parts and not solving.is_stopped:
                part, plan = near(subject.problem, subject.plan, row.region)
                self._parts[row.region] = None if part is subject.problem else row.region, part, plan
        self.without: dict[str | None, int] = {}
        solving.runs = 1 + sum(map(self._units, rows)) + len({name for name, *_ in self._parts.values()})

    def each(self, by_text: Mapping[str, More]) -> Iterator[tuple[CeilingRow, tuple[int, ...]]]:
        """What each row saves; of the highest hand also what a second and third one does, besides those before.

        Raises:
            RunGivenUpError: it was stopped.
        """
        for row in () if self._solving.is_stopped else self._rows:
            name, part, plan = self._parts[row.region]
            if name not in self.without:
                self.without[name] = self._saved(part, plan, "nothing more")
            more, units = by_text[row.text], []
            reached = self.without[name]
            for unit in range(1, self._units(row) + 1):
                saved = self._saved(changed(part, more, unit), plan, row.text)
                units.append(max(0, saved - reached))
                reached = max(reached, saved)
            yield row, tuple(units)

    def _units(self, row: CeilingRow) -> int:
        return max(1, self._asked.units) if row.text == self._first_hand else 1

    def _saved(self, problem: Problem, plan: Plan, what: str) -> int:
        return plan.cost.total - self._solving.solve(problem, plan, self._asked.exact_seconds, what).cost
