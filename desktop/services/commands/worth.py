"""What was found out about a plan and is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class KeepStudy:
    """A study of a plan (`services/worth`), with the problem and the plan that it holds for.

    Attributes:
        plan: the code of the plan.
        kind: "ceilings", "promise", "rules" or "what-if".
        label: what was asked for, in words.
        problem_digest: names the problem.
        cost: cents of the plan.
        bound: cents; no plan of that problem costs less. None: none was proven.
        content: what was found, as JSON.
    """

    plan: str
    kind: str
    label: str
    problem_digest: str
    cost: int
    bound: int | None
    content: Mapping[str, Any]
