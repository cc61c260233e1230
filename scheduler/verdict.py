"""What putting one request somewhere would mean: the rules it breaks, by how much, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.plan import Assignment, CostParts
from scheduler.problem import WAIVERS, Pin
from scheduler.rules import Broken
from scheduler.standing import Standing, Weighed


@dataclass(frozen=True, slots=True)
class Verdict:
    """A place for a request, judged.

    Attributes:
        to: the place.
        weighed: the plan with the request there.
        waivable: what of the broken rules a pin there could waive.
        waive: the rules that such a pin has to waive; empty where none is broken, or waiving is not enough.
        cost: what the plan would cost more than it does, by part; None where the place has no price.
    """

    to: Assignment
    weighed: Weighed
    waivable: tuple[Broken, ...]
    waive: tuple[str, ...]
    cost: CostParts | None

    @property
    def broken(self) -> tuple[Broken, ...]:
        """The rules broken there that the plan does not break as it stands."""
        return self.weighed.broken

    @property
    def is_legal(self) -> bool:
        """Whether nothing more is broken there."""
        return not self.weighed.broken


def judge_place(standing: Standing, to: Assignment, pin: Pin | None) -> Verdict:
    """Judge a place for a request of the problem, which would be pinned as said; the mode has to be one it has."""
    weighed = standing.weigh(to.request, to, pin)
    fast: tuple[Broken, ...] = ()
    if weighed.broken:
        most = Pin(to.inspectors or None, to.start_slot, to.mode, frozenset(WAIVERS))
        fast = standing.weigh(to.request, to, most).broken
    waivable = tuple(entry for entry in weighed.broken if entry.rule in WAIVERS and entry not in fast)
    enough = len(waivable) == len(weighed.broken)
    waive = tuple(sorted({entry.rule for entry in waivable})) if enough else ()
    return Verdict(to, weighed, waivable, waive, None if _is_unpriced(weighed) else weighed.cost)


def fitting_mode(standing: Standing, request: str, crew: int) -> int:
    """The mode for a crew of some size: as it is where the size is right, else the first right one, else as it is."""
    modes = standing.instance.requests[standing.instance.request_number[request]].modes
    present = standing.placed.get(request)
    now = present.mode if present is not None and 0 <= present.mode < len(modes) else 0
    return next((mode for mode in (now, *range(len(modes))) if modes[mode].crew == crew), now)


def _is_unpriced(weighed: Weighed) -> bool:
    """Whether a place has no price: no way leads there, or the visit is none."""
    return any(entry.rule in ("travel", "plan") or entry.code == "horizon" for entry in weighed.broken)
