"""What the rules are called and say in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its stable id, a name for headings, what it asks for, and whether a pin may waive it."""

    id: str
    title: str
    text: str
    can_waive: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule broken: `code` says in which way, `text` says it with the numbers.

    Attributes:
        request, inspector: the ids of those concerned, None where none is.
        amount, unit: by how much, in a unit that is named; None where there is no more and less.
    """

    rule: str
    code: str
    text: str
    request: str | None = None
    inspector: str | None = None
    amount: int | None = None
    unit: str | None = None


_RULES = (
    Rule(
        "window",
        "Window",
        "A visit begins no earlier than the request's earliest day and ends no later than its latest, lies inside the "
        "horizon, begins in a morning if it takes two half-days or more, and not before its inspector is free.",
        can_waive=True,
    ),
    Rule("site", "Site", "The factory is open on every day of the visit.", can_waive=True),
    Rule(
        "availability",
        "Availability",
        "Every inspector is available in every half-day of the visit, and in one visit at a time.",
        can_waive=True,
    ),
    Rule(
        "eligibility",
        "Eligibility",
        "Every inspector may work in the site's area, knows the service, has the skill at the level, the languages and "
        "the certificates, all valid on the visit's last day, and is not excluded; one of the crew can lead it.",
        can_waive=True,
    ),
    Rule(
        "rotation",
        "Rotation",
        "An inspector's visits to a site, recent ones and planned ones together, stay within the number allowed.",
        can_waive=True,
    ),
    Rule("week", "Week", "Nobody works more days of a calendar week than the contract allows."),
    Rule("consecutive", "Consecutive days", "Nobody works more days in a row than allowed."),
    Rule("travel", "Travel", "Every leg can be travelled within its limit, on days that allow travel."),
    Rule("pin", "Pins", "A pinned request is assigned exactly as pinned."),
    Rule("plan", "Plan", "Every request is assigned once with a whole crew, or left out once with a reason."),
)
RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in _RULES})
