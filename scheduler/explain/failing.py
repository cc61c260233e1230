"""What keeps people from a request, rule by rule: how many, and by how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.explain.asking import Near, hindrances
from scheduler.instance import Instance
from scheduler.rules.catalogue import Broken

NAMED = 5  # people whom one entry names


@dataclass(frozen=True, slots=True)
class Failing:
    """A way to break a rule, and who does, each at the start at which he breaks fewest.

    Attributes:
        rule, code: as `Broken` has them.
        inspectors: how many fail it.
        only: how many of them fail nothing else.
        least, most, unit: by how much they fail it; None where there is no more and less.
        nearest: a few of those who fail nothing else, the nearest first; where there are none, of all who fail it.
    """

    rule: str
    code: str
    inspectors: int
    only: int
    least: int | None
    most: int | None
    unit: str | None
    nearest: tuple[str, ...]


def count_failing(instance: Instance, nears: Iterable[Near]) -> tuple[Failing, ...]:
    """What people fail, by rule and way to break it, most people first."""
    groups: dict[tuple[str, str], list[tuple[bool, float, int, Broken]]] = defaultdict(list)
    for near in nears:
        codes = {(entry.rule, entry.code): entry for entry in reversed(near.broken)}
        for key, entry in codes.items():
            amount = float("inf") if entry.amount is None else entry.amount
            groups[key].append((len(hindrances(near.broken)) > 1, amount, near.person, entry))
    found = []
    for (rule, code), entries in groups.items():
        ranked = sorted(entries, key=lambda entry: entry[:3])
        only = sum(not others for others, *_ in ranked)
        amounts = [entry.amount for *_, entry in ranked if entry.amount is not None]
        unit = next((entry.unit for *_, entry in ranked if entry.unit is not None), None)
        names = tuple(instance.inspectors[person].id for _, _, person, _ in ranked[: min(only or NAMED, NAMED)])
        least, most = min(amounts, default=None), max(amounts, default=None)
        found.append(Failing(rule, code, len(ranked), only, least, most, unit, names))
    return tuple(sorted(found, key=lambda entry: (-entry.inspectors, entry.rule, entry.code)))
