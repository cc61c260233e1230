"""How the settings of the house are described: kinds of values, groups, and what is said of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

SettingKind = Literal["money", "whole", "number", "percent", "share", "switch", "names", "modes", "text", "choice"]
"""How a value is entered.

Cents, a whole number, any number, percent, a share of 1, yes or no, words, travel modes, a text, one of several words.
"""

Group = Literal[
    "Horizon",
    "Prices and penalties",
    "Production",
    "Announced visits",
    "Travel",
    "Limits",
    "Rotation",
    "Man-days",
    "Quotes",
    "On-site clock",
    "Urgent bookings",
    "Risk of orders",
    "Results and reports",
    "Dispatch",
]
GROUPS: tuple[Group, ...] = get_args(Group)
"""In the order in which a page shows them."""


@dataclass(frozen=True, slots=True)
class SettingWords:
    """What is said of a setting.

    Attributes:
        unit: stands behind the value; "" where the kind says it.
        lowest: the least value allowed; None for what is no number.
        highest: the greatest; None: no limit.
        choices: the words of a choice.
    """

    title: str
    group: Group
    kind: SettingKind
    explanation: str
    unit: str = ""
    lowest: float | None = 0
    highest: float | None = None
    choices: tuple[str, ...] = ()
