"""Why people cannot go where others can, person by person and counted; and what would have to give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final

from desktop.services.planning.opened import OpenPlan
from desktop.services.urgent.answer import CannotCount, Cause, WayOut, WhyNot
from desktop.services.words import sentence
from scheduler.explain.asking import OBSTACLES, Asking, Near, obstacle
from scheduler.explain.changes import Changes
from scheduler.plan import Assignment
from scheduler.rank import Ranking
from scheduler.rules import Broken
from scheduler.rules.visits import eligibility
from scheduler.stop import Stop

CAUSES: Final[Mapping[str, Cause]] = {
    "area": "permit",
    "service": "service",
    "skill": "skill",
    "language": "language",
    "certificate": "certificate",
    "excluded": "excluded",
    "lead": "lead",
    "start": "full",
    "absent": "leave",
    "twice": "full",
    "often": "rotation",
    "days": "full",
    "run": "full",
    "journey": "far",
    "home": "far",
}
WORDS: Final[Mapping[Cause, str]] = {
    "permit": "without a permit",
    "service": "without the service",
    "skill": "no {skill} {level}",
    "language": "without the language",
    "certificate": "without a valid certificate",
    "excluded": "excluded",
    "freelancer": "freelancers",
    "lead": "cannot lead it",
    "leave": "not available",
    "full": "full",
    "locked": "full and locked",
    "rotation": "at the rotation limit",
    "far": "too far",
    "window": "no day in the window",
    "crew": "without a second person",
}
NEAREST = 40  # people for whom it is tried what would let them in


class Refusals:
    """Says of everybody who has no place for a request why that is so."""

    def __init__(self, opened: OpenPlan, ranking: Ranking, code: str, freelancers: frozenset[str]) -> None:
        self._names, self._pins = opened.sheet.names, opened.drawing.pins
        self._ranking, self._freelancers = ranking, freelancers
        self._asking = Asking(ranking, code)
        request = ranking.instance.requests[self._asking.number]
        self._wanted = {"skill": request.skill, "level": request.level}

    def counts(self, able: Collection[int]) -> tuple[CannotCount, ...]:
        """How many cannot by cause, most first; `able`: those who can."""
        found: dict[Cause, int] = defaultdict(int)
        for person in range(len(self._ranking.instance.inspectors)):
            if person not in able:
                found[self._why(person)[0]] += 1
        ordered = sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))
        return tuple(CannotCount(cause, number, f"{number} {self._in_words(cause)}") for cause, number in ordered)

    def each(self) -> tuple[WhyNot, ...]:
        """All of them with a sentence each, by cause and name."""
        found = []
        for person, own in enumerate(self._ranking.instance.inspectors):
            if person not in self._asking.able:
                cause, broken = self._why(person)
                text = " ".join(dict.fromkeys(sentence(entry.text) for entry in broken))
                found.append(WhyNot(own.id, self._names.get(own.id, own.id), cause, text or f"{WORDS[cause]}."))
        return tuple(sorted(found, key=lambda entry: (entry.cause, entry.name)))

    def _in_words(self, cause: Cause) -> str:
        return WORDS[cause].format(**self._wanted)

    def _why(self, person: int) -> tuple[Cause, tuple[Broken, ...]]:
        asking = self._asking
        if not asking.visits:
            return "window", ()
        unfit = tuple(eligibility(asking.instance, person, asking.visits[0]))
        if unfit:
            worst = min(unfit, key=lambda entry: OBSTACLES.index(entry.code))
            name = asking.instance.inspectors[person].id
            return (
                "freelancer" if worst.code == "excluded" and name in self._freelancers else CAUSES[worst.code]
            ), unfit
        near = asking.nearest(person)
        if near is None or not near.broken:
            return "crew", ()
        return self._busy(near), near.broken

    def _busy(self, near: Near) -> Cause:
        cause = CAUSES.get(OBSTACLES[obstacle(near.broken)], "window")
        if cause == "full" and self._is_locked(near):
            return "locked"
        return cause

    def _is_locked(self, near: Near) -> bool:
        """Whether what he does on those days is pinned."""
        instance = self._asking.instance
        beside = [
            instance.requests[own.request].id
            for own in self._asking.week(near.person)
            if own.first <= near.visit.last and near.visit.first <= own.last
        ]
        return bool(beside) and all(code in self._pins for code in beside)


def ways_out(ranking: Ranking, code: str, names: Mapping[str, str], stop: Stop) -> tuple[WayOut, ...]:
    """What would have to give so that somebody can, cheapest first: of the request, then of the nearest people."""
    asking = Asking(ranking, code)
    if stop():
        return ()
    nears = []
    for person in asking.eligible:
        if stop():
            break
        near = asking.nearest(person)
        if near is not None and near.broken:
            nears.append((len(near.broken), -obstacle(near.broken), person))
    people = [person for _, _, person in sorted(nears)[:NEAREST]]
    found = []
    leaving = ranking.standing.of_request(code).cost.total
    horizon = ranking.instance.problem.horizon
    for change in Changes(asking).all(people):
        crew = _people(change.to, names)
        text = sentence(_named(_plain(change.text), names))
        cents = change.cost.total + leaving
        found.append(WayOut(change.kind, text, change.to, crew, horizon.date(change.to.start_slot // 2), cents))
    return tuple(found)


def _people(to: Assignment, names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(name, name) for name in to.inspectors)


def _plain(text: str) -> str:
    """A code does not begin a sentence: "not asked for: en" instead of "en not asked for"."""
    code, end, rest = text.partition(" not asked for")
    return f"not asked for: {code}" if end and not rest else text


def _named(text: str, names: Mapping[str, str]) -> str:
    """A text of the solver's with people's names in the place of their codes."""
    return " ".join(names.get(word, word) for word in text.split(" "))
