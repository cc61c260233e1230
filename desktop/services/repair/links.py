"""Changes of a plan that hang together: found so that any union of whole groups keeps every rule.

A plan is judged request by request and person by person. So changes hang together only through the people whose weeks
they share, and a union of groups is legal where it is legal for each person: that is asked of the rule engine, for
every subset of the groups that meet in somebody's week.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from scheduler.plan import Assignment
from scheduler.standing import Standing, in_order, judged_week, visit_of

MOST_MET = 6  # groups in one week that are looked at subset by subset; more of them are taken together

Changes = Mapping[str, Assignment | None]


def changes_between(before: Mapping[str, Assignment], after: Mapping[str, Assignment]) -> dict[str, Assignment | None]:
    """Where the requests are in the second plan that are not there in the first; None: left out."""
    codes = sorted(before.keys() | after.keys())
    return {code: after.get(code) for code in codes if not is_same(before.get(code), after.get(code))}


def is_same(one: Assignment | None, other: Assignment | None) -> bool:
    """Whether two plans have a request at the same place."""
    if one is None or other is None:
        return one is other
    same_time = (one.mode, one.start_slot) == (other.mode, other.start_slot)
    return same_time and set(one.inspectors) == set(other.inspectors)


def linked(base: Standing, changes: Changes) -> tuple[tuple[str, ...], ...]:
    """Groups of changes of which any union, made to a plan that keeps the rules, gives one that does.

    Args:
        base: a plan that keeps the rules.
        changes: all of which together keep them too.
    """
    links = _Links(base, changes)
    for person in sorted(links.of_person):
        links.settle(person)
    return links.groups()


class _Links:
    def __init__(self, base: Standing, changes: Changes) -> None:
        self._base = base
        self._changes = changes
        self._root = {code: code for code in changes}
        self.of_person: dict[int, list[str]] = defaultdict(list)
        for code, to in changes.items():
            for person in dict.fromkeys((*base.crew(base.placed.get(code)), *base.crew(to))):
                self.of_person[person].append(code)

    def groups(self) -> tuple[tuple[str, ...], ...]:
        found = defaultdict(list)
        for code in self._changes:
            found[self._find(code)].append(code)
        return tuple(sorted(tuple(sorted(codes)) for codes in found.values()))

    def settle(self, person: int) -> None:
        """Join the groups that meet in somebody's week until any union of them is legal there."""
        while len(met := self._met(person)) > 1:
            if len(met) > MOST_MET:
                self._join(met)
                return
            clashing = self._clash(person, met)
            if not clashing:
                return
            self._join(clashing)

    def _clash(self, person: int, met: Sequence[str]) -> Sequence[str]:
        """The fewest groups without all of which some of them break a rule; empty where none does."""
        verdicts = {
            chosen: self._is_legal(person, chosen)
            for number in range(1, len(met))
            for chosen in combinations(met, number)
        } | {tuple(met): True}
        for chosen, is_legal in verdicts.items():
            if not is_legal:
                return next(more for more, fits in verdicts.items() if fits and set(chosen) < set(more))
        return ()

    def _is_legal(self, person: int, groups: Iterable[str]) -> bool:
        """Whether somebody's week keeps the rules with only these groups changed."""
        roots, base = set(groups), self._base
        taken = [code for code in self.of_person[person] if self._find(code) in roots]
        numbers = {base.instance.request_number[code] for code in taken}
        visits = [visit for visit in base.visits.get(person, ()) if visit.request not in numbers]
        for code in taken:
            to = self._changes[code]
            visit = None if to is None else visit_of(base.instance, to)
            if visit is not None and person in base.crew(to):
                visits.append(visit)
        return not judged_week(base.instance, base.journeys, person, in_order(visits)).broken

    def _met(self, person: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._find(code) for code in self.of_person[person]))

    def _join(self, roots: Iterable[str]) -> None:
        first, *others = roots
        for other in others:
            self._root[self._find(other)] = self._find(first)

    def _find(self, code: str) -> str:
        while self._root[code] != code:
            self._root[code] = self._root[self._root[code]]
            code = self._root[code]
        return code
