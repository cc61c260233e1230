"""A plan beside the one that it would replace: who does what otherwise, and what that costs. For those who decide.

Slots are half-days from the first morning of the days planned, both ends inclusive. Money in cents; a difference is
new minus now.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from desktop.services.board import CellKind
from scheduler.plan import CostParts, Reason, gap_of

BarState = Literal["stays", "leaves", "arrives"]
MONEY = ("work", "premium", "travel", "nights")
PENALTIES = ("late", "affinity", "change", "unserved")
"""The parts of a cost that somebody pays, and those that only steer the planner."""
NOTHING = CostParts()


@dataclass(frozen=True, slots=True)
class ReviewBar:
    """One inspector's part of a visit.

    Attributes:
        announced: it is what was announced of the request.
        late_days: days by which it begins after the request is due.
    """

    request: str
    service: str
    factory: str
    first_slot: int
    last_slot: int
    state: BarState
    announced: bool = False
    late_days: int = 0


FactKind = Literal[
    "takes_unserved",  # request: nobody served it
    "takes_from",  # request, person: who had it
    "gives_to",  # request, person: who has it now
    "gives_up",  # request: nobody serves it any more
    "moves",  # request, first_slot, second_slot
    "splits",  # request: another way to split the work
    "no_longer_late",  # request, number: days it was late
    "late",  # request, number: days it is late
    "nights",  # number: more (or fewer) nights away
    "days",  # number: more (or fewer) days worked
    "travel",  # cents more (or less)
    "calls",  # number: factories that were told otherwise
]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a plan does otherwise for somebody; what else it says depends on its kind.

    Attributes:
        service: of the request.
        cents: what it changes of the cost, as far as that can be told; facts are told in the order of its size.
    """

    kind: FactKind
    request: str = ""
    service: str = ""
    person: str = ""
    number: int = 0
    first_slot: int = 0
    second_slot: int = 0
    cents: int = 0


@dataclass(frozen=True, slots=True)
class PersonReview:
    """One inspector in both plans.

    Attributes:
        cells: the calendar, one kind for each half-day.
        now: the bars of the plan now, in order of time: those that leave or stay.
        new: the bars of the new plan: those that arrive or stay.
        now_nights: days after which he sleeps away from home; -1 is the eve.
        facts: what is otherwise, what weighs most first.
        changes: requests that come, go or move.
        announced_changes: those of them of which something else was announced with him.
        cost: the difference. What hangs on a request alone is with those who take it, else with those who had it: the
            differences of all people and of nobody's requests add up to that of the plan.
    """

    code: str
    name: str
    local_name: str
    home: str
    cells: tuple[CellKind, ...]
    now: tuple[ReviewBar, ...]
    new: tuple[ReviewBar, ...]
    now_nights: tuple[int, ...] = ()
    new_nights: tuple[int, ...] = ()
    facts: tuple[Fact, ...] = ()
    changes: int = 0
    announced_changes: int = 0
    cost: CostParts = NOTHING


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a plan has a request: names of the people, slots, days late."""

    people: tuple[str, ...]
    first_slot: int
    last_slot: int
    late_days: int


@dataclass(frozen=True, slots=True)
class RequestReview:
    """One request in both plans; a place is None where it is left out.

    Attributes:
        announced: something has been announced of it.
        reasons: why the new plan leaves it out; empty where it does not.
        cents: the difference of what hangs on the request alone: late, left out, announced otherwise.
    """

    code: str
    service: str
    client: str
    factory: str
    now: Spot | None
    new: Spot | None
    announced: bool = False
    reasons: tuple[Reason, ...] = ()
    cents: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two plans in figures.

    Attributes:
        name: the code of a stored plan; "" for one that is not stored.
        status: of a stored plan: "draft", "published", ...; "" for one that is not stored.
        nights: hotel nights.
        late: visits that begin after they are due.
        worked: half-days that are worked on visits.
        most_days: the most days that one person works.
    """

    name: str
    status: str
    cost: CostParts
    bound: int | None
    assigned: int
    unassigned: int
    nights: int
    late: int
    worked: int
    most_days: int

    @property
    def gap(self) -> float | None:
        """The share of the cost that is not proven to be needed; None without a bound."""
        return gap_of(self.cost.total, self.bound)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many requests do what. The first four are of those that both plans serve.

    Attributes:
        kept: nothing of them changes.
        moved_day: they begin on another day.
        changed_person: somebody else comes, on the same day.
        split: same people and day, another half-day or another way to split the work.
        placed: only the new plan serves them.
        dropped: only the plan now serves them.
        left_out: neither serves them.
        calls: something else was announced of them than the new plan does, and not than the plan now does.
    """

    kept: int = 0
    moved_day: int = 0
    changed_person: int = 0
    split: int = 0
    placed: int = 0
    dropped: int = 0
    left_out: int = 0
    calls: int = 0


@dataclass(frozen=True, slots=True)
class PlanReview:
    """A plan beside the one that it would replace.

    Attributes:
        now: the plan now; None where nothing is planned for these days.
        available: half-days that all people could give.
        holidays: by day and country: (day, country, name).
        people: who does something otherwise; worst for people first: announced changes, then extra nights, then gain.
        unchanged: everybody else who has visits, by name.
        placed, left_out, dropped: requests that only the new plan serves, that it leaves out, that only the plan now
            serves.
    """

    first_day: dt.date
    days: int
    now: Side | None
    new: Side
    available: int
    holidays: tuple[tuple[int, str, str], ...]
    people: tuple[PersonReview, ...]
    unchanged: tuple[PersonReview, ...]
    placed: tuple[RequestReview, ...]
    left_out: tuple[RequestReview, ...]
    dropped: tuple[RequestReview, ...]
    tally: Tally

    def date(self, day: int) -> dt.date:
        """The date of a day; 0 is the first."""
        return self.first_day + dt.timedelta(days=day)
