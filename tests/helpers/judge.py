"""The independent judge `check_plan.py` as a test sees it: its sentences turned into facts.

The judge lies outside the repository, so whatever calls it needs `tests.helpers.shared.needs_shared`.
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from tests.helpers.shared import SHARED

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from types import ModuleType

    from scheduler.rules import Broken

Json = dict[str, Any]
PARTS = ("work", "premium", "travel", "nights", "late", "affinity", "change", "unserved")


class Fact(NamedTuple):
    """One broken rule: which, in which way, and whom it concerns; None where the judge does not say."""

    rule: str
    request: str | None = None
    inspector: str | None = None


# (rule, what the judge's sentence looks like after its record, where R stands for a request and I for an inspector)
SENTENCES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(pattern.replace("<R>", r"(?P<request>\S+)").replace("<I>", r"(?P<inspector>\S+)")))
    for rule, pattern in (
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
        ("window.start", r"<R> begins before his start"),
        ("site", r"site closed"),
        ("availability.free", r"not available for <R>"),
        ("availability.once", r"in two visits at once \(<R>\)"),
        ("eligibility.lead", r"nobody of .* can lead"),
        ("eligibility", r"<I> is not eligible: (?P<lacks>.*)"),
        ("rotation", r"too many visits to"),
        ("week", r"\d+ days in week \d+, \d+ allowed"),
        ("consecutive", r"more than \d+ days in a row"),
        ("travel.journey", r"no possible journey to <R>"),
        ("travel.home", r"no way home"),
        ("pin.assigned", r"pinned but not assigned"),
        ("pin.inspectors", r"pinned to .*, given to"),
        ("pin.start", r"pinned to slot"),
        ("pin.mode", r"pinned to mode"),
        ("said.parts", r"its cost parts do not add up"),
        ("said.bound", r"bound .* is above its own cost"),
        ("said.gap", r"states a gap of"),
        ("said.cost", r"states \w+ -?\d+, is -?\d+"),
        ("said.status", r"no status|says optimal at a gap"),
        ("said.keys", r"unknown or missing keys"),
    )
)
# the judge lists what a person lacks in these words, joined by commas
LACKS = {
    "area": "area",
    "service": "service",
    "skill, language or certificate": "qualification",
    "excluded": "excluded",
}
RULES = tuple(rule for rule, _ in SENTENCES if rule != "eligibility") + tuple(
    f"eligibility.{name}" for name in LACKS.values()
)


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
    """What the judge finds: the facts, the sentences themselves, and the cost by part in cents."""

    broken: frozenset[Fact]
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


def facts(texts: list[str]) -> frozenset[Fact]:
    """The judge's sentences as facts; ValueError where the judge says something that this module does not know."""
    return frozenset(fact for text in texts for fact in _facts_of(text))


def rules_in(texts: list[str]) -> frozenset[str]:
    """The rules that the judge's sentences speak of."""
    return frozenset(fact.rule for fact in facts(texts))


def _facts_of(text: str) -> list[Fact]:
    record, _, rest = text.partition(": ")
    for rule, pattern in SENTENCES:
        found = pattern.match(rest)
        if not found:
            continue
        named = {"inspector" if record.startswith("I") else "request": record} | found.groupdict()
        lacks = named.pop("lacks", None)
        if record == "plan":
            return [Fact(rule)]
        if lacks is None:
            return [Fact(rule, **named)]
        return [Fact(f"eligibility.{name}", **named) for words, name in LACKS.items() if words in lacks]
    raise ValueError(f"no rule is known for the judge's sentence {text!r}")


# the product's (rule, code) as the judge's rule
PRODUCT_RULES = {
    ("plan", "request"): "plan.unknown_request",
    ("plan", "twice"): "plan.twice",
    ("plan", "mode"): "plan.mode",
    ("plan", "unassigned"): "plan.unassigned",
    ("plan", "reason"): "plan.reason",
    ("plan", "reason_text"): "plan.reason",
    ("plan", "crew"): "plan.crew",
    ("plan", "inspector"): "plan.unknown_inspector",
    ("plan", "cost"): "said.cost",
    ("plan", "bound"): "said.bound",
    ("plan", "optimal"): "said.status",
    ("window", "afternoon"): "window.afternoon",
    ("window", "horizon"): "window.horizon",
    ("window", "early"): "window.dates",
    ("window", "late"): "window.dates",
    ("window", "start"): "window.start",
    ("site", "closed"): "site",
    ("availability", "absent"): "availability.free",
    ("availability", "twice"): "availability.once",
    ("eligibility", "lead"): "eligibility.lead",
    ("eligibility", "area"): "eligibility.area",
    ("eligibility", "service"): "eligibility.service",
    ("eligibility", "skill"): "eligibility.qualification",
    ("eligibility", "language"): "eligibility.qualification",
    ("eligibility", "certificate"): "eligibility.qualification",
    ("eligibility", "excluded"): "eligibility.excluded",
    ("rotation", "often"): "rotation",
    ("week", "days"): "week",
    ("consecutive", "run"): "consecutive",
    ("travel", "journey"): "travel.journey",
    ("travel", "home"): "travel.home",
    ("pin", "unassigned"): "pin.assigned",
    ("pin", "inspectors"): "pin.inspectors",
    ("pin", "start"): "pin.start",
    ("pin", "mode"): "pin.mode",
}
# the judge names no request for these, the product may
OF_A_PERSON = frozenset({"rotation", "week", "consecutive", "travel.home"})


def product_facts(broken: Iterable[Broken]) -> frozenset[Fact]:
    """What the product finds broken, as facts that compare with the judge's."""
    found = set()
    for entry in broken:
        rule = PRODUCT_RULES[entry.rule, entry.code]
        found.add(Fact(rule, None if rule in OF_A_PERSON else entry.request, entry.inspector))
    return frozenset(found)
