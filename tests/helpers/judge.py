"""The independent judge `check_plan.py` as a test sees it: its sentences turned into (rule, record) facts.

The judge lies outside the repository, so whatever calls it needs `tests.helpers.shared.needs_shared`.
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from tests.helpers.shared import SHARED

if TYPE_CHECKING:
    import datetime as dt
    from types import ModuleType

Json = dict[str, Any]
Broken = frozenset[tuple[str, str]]
PARTS = ("work", "premium", "travel", "nights", "late", "affinity", "change", "unserved")

# (rule, what the judge's sentence looks like after its record); the first that fits names the rule
SENTENCES: tuple[tuple[str, str], ...] = (
    ("plan.unknown_request", r"no such request"),
    ("plan.twice", r"assigned twice"),
    ("plan.mode", r"no mode -?\d+"),
    ("plan.unassigned", r"`unassigned` is not exactly"),
    ("plan.reason", r"unassigned without a reason|a reason without code or text"),
    ("plan.crew", r"needs \d+ inspectors, has"),
    ("plan.unknown_inspector", r"no such inspector"),
    ("window.afternoon", r"starts in an afternoon"),
    ("window.horizon", r"outside the horizon"),
    ("window.dates", r"outside its window"),
    ("window.start", r"begins before his start"),
    ("site", r"site closed"),
    ("availability.free", r"not available for"),
    ("availability.once", r"in two visits at once"),
    ("eligibility.lead", r"nobody of .* can lead"),
    ("eligibility.person", r"is not eligible"),
    ("rotation", r"too many visits to"),
    ("week", r"days in week \d+, \d+ allowed"),
    ("consecutive", r"more than \d+ days in a row"),
    ("travel.journey", r"no possible journey to"),
    ("travel.home", r"no way home"),
    ("pin.assigned", r"pinned but not assigned"),
    ("pin.inspectors", r"pinned to \[|pinned to \(|pinned to .*, given to"),
    ("pin.start", r"pinned to slot"),
    ("pin.mode", r"pinned to mode"),
    ("said.parts", r"its cost parts do not add up"),
    ("said.bound", r"bound .* is above its own cost"),
    ("said.gap", r"states a gap of"),
    ("said.cost", r"states \w+ -?\d+, is -?\d+"),
    ("said.status", r"no status|says optimal at a gap"),
    ("said.keys", r"unknown or missing keys"),
)
# the rules of the law, coarser: what the product's own codes are compared on
RULES = tuple(rule for rule, _ in SENTENCES)


class Judge(Protocol):
    """What is used of the judge's class; its own comments say what each does."""

    start: dt.date
    days: int
    sites: dict[str, Json]
    inspectors: dict[str, Json]
    requests: dict[str, Json]

    def day_of(self, date: str) -> int: ...
    def leg(self, a: Json, b: Json, limit: str) -> int | None: ...
    def trip(self, a: Json, b: Json, same_day_limit: str) -> tuple[int, int] | None: ...
    def lacks(self, inspector: Json, site: Json, request: Json, date: str) -> list[str]: ...
    def check_visit(  # noqa: PLR0917
        self, request: Json, mode: Json, assignment: Json, first: int, last: int, broken: list[str]
    ) -> None: ...
    def check_inspector(
        self, inspector: Json, visits: list[tuple[int, int, Json]], broken: list[str], cost: dict[str, int]
    ) -> None: ...
    def check_travel(
        self, inspector: Json, visits: list[tuple[int, int, Json]], broken: list[str], cost: dict[str, int]
    ) -> None: ...
    def judge(self, plan: Json) -> tuple[list[str], dict[str, int]]: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge finds: facts (rule, record), the sentences themselves, and the cost by part in cents."""

    broken: Broken
    texts: tuple[str, ...]
    cost: dict[str, int]

    @property
    def total(self) -> int:
        """The sum of the parts."""
        return sum(self.cost.values())


@cache
def check_plan() -> ModuleType:
    """The judge's module, loaded from where it lies."""
    path = SHARED / "tools" / "check_plan.py"
    spec = importlib.util.spec_from_file_location("check_plan", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judge_of(problem: Json) -> Judge:
    """The judge of one problem; raises ValueError, LookupError or TypeError where the problem is malformed."""
    judge: Judge = check_plan().Judge(problem)
    return judge


def quick_judge_of(problem: Json) -> Judge:
    """The same judge remembering its legs, for generators and the oracle, which ask the same ones over and over."""
    judge = judge_of(problem)
    slow = judge.leg
    known: dict[tuple[object, ...], int | None] = {}

    def leg(a: Json, b: Json, limit: str) -> int | None:
        key = (a["lat"], a["lon"], a["country"], b["lat"], b["lon"], b["country"], limit)
        if key not in known:
            known[key] = slow(a, b, limit)
        return known[key]

    judge.leg = leg  # type: ignore[method-assign]
    return judge


def verdict(problem: Json, plan: Json, *, statements: bool = True) -> Verdict:
    """Judge a plan whole; with `statements`, also what it says of its own cost, bound, gap and status."""
    texts, cost = judge_of(problem).judge(plan)
    if statements:
        check_plan().check_statements(plan, cost, texts)
    return Verdict(facts(texts), tuple(texts), cost)


def facts(texts: list[str]) -> Broken:
    """The judge's sentences as (rule, record): the record is the request or inspector that the sentence begins with."""
    return frozenset(fact(text) for text in texts)


def fact(text: str) -> tuple[str, str]:
    """One sentence as (rule, record); ValueError where the judge says something that this module does not know."""
    record, _, rest = text.partition(": ")
    for rule, pattern in SENTENCES:
        if re.match(rf"(?:\S+ )?(?:{pattern})", rest) or re.search(pattern, rest):
            return rule, record
    raise ValueError(f"no rule is known for the judge's sentence {text!r}")
