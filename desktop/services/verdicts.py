"""What a place on the board means before anything is changed: is it allowed, why, and what does it cost?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scheduler.plan import CostParts
from scheduler.rules import Broken

LineState = Literal["ok", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """One thing checked: its name, and how it stands with the numbers: ("Window", "22 % made on Fri, needs 10-50 %")."""

    state: LineState
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What putting a request somewhere would mean. Slots count from the board's first morning.

    Attributes:
        lines: everything checked, what is kept as well as what is broken.
        broken: rules that the move would newly break, by the rule engine; empty: it is allowed.
        waive: where every broken rule can be waived for this request, the rules to name; else empty.
        cost: how the plan's cost changes by part, in cents; None where the place cannot be priced.
    """

    request: str
    inspectors: tuple[str, ...]
    mode: int
    first_slot: int
    last_slot: int
    lines: tuple[VerdictLine, ...]
    broken: tuple[Broken, ...]
    waive: tuple[str, ...]
    cost: CostParts | None

    @property
    def state(self) -> LineState:
        """ok: allowed; warn: a drop asks for a reason; bad: a drop is refused."""
        if not self.broken:
            return "ok"
        return "warn" if self.waive else "bad"


@dataclass(frozen=True, slots=True)
class Offer:
    """A place where a request could go as things stand.

    Attributes:
        cost_cents: what the plan would cost more (or, negative, less).
        late_days: days by which it would begin after it is due.
    """

    inspector: str
    first_slot: int
    mode: int
    cost_cents: int
    late_days: int
