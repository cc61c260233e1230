"""Of what a report tells: which weeks, which part of the firm, in which currency."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from desktop.errors import BadInputError
from desktop.services.trade.money import CURRENCIES, DOLLAR

DIMENSIONS = (
    "country", "region", "city", "factory", "client", "service", "skill", "language", "team", "person", "product",
    "pay", "outcome", "cause",
)  # fmt: skip
"""What figures can be broken down and narrowed by, beside the week. `region` is the area of the factory, or of a
person's home; `product` the order's product group; `pay` is "staff" (on a salary) or "freelancer" (paid by the day)."""

LONGEST = 530  # weeks: ten years


@dataclass(frozen=True, slots=True)
class Scope:
    """Some weeks, and what is looked at in them.

    Attributes:
        first_day: a Monday.
        weeks: how many, from that one on.
        only: by dimension the values that are kept; a dimension that is not named keeps everything. Sorted, so that
            equal scopes are equal.
        currency: in which money is told, each amount at the rate of its own day.
    """

    first_day: dt.date
    weeks: int
    only: tuple[tuple[str, frozenset[str]], ...] = ()
    currency: str = DOLLAR

    def __post_init__(self) -> None:
        if self.first_day.weekday():
            raise BadInputError(
                f"Reports tell of whole weeks; {self.first_day} is no Monday.", "Give the Monday of the first week."
            )
        if not 1 <= self.weeks <= LONGEST:
            raise BadInputError(f"A report cannot tell of {self.weeks} weeks.", f"Give 1 to {LONGEST}.")
        for name, _ in self.only:
            if name not in DIMENSIONS:
                raise BadInputError(f"Nothing can be narrowed by {name}.", f"Known are: {', '.join(DIMENSIONS)}.")
        if self.currency not in CURRENCIES:
            raise BadInputError(f"Reports are not made in {self.currency}.", f"Give one of {', '.join(CURRENCIES)}.")

    @property
    def last_day(self) -> dt.date:
        """The Sunday of the last week."""
        return self.first_day + dt.timedelta(days=7 * self.weeks - 1)

    @property
    def mondays(self) -> tuple[dt.date, ...]:
        """The first days of the weeks."""
        return tuple(self.first_day + dt.timedelta(days=7 * week) for week in range(self.weeks))

    def kept(self, dimension: str) -> frozenset[str] | None:
        """The values kept of a dimension; None: all."""
        return dict(self.only).get(dimension)

    def narrowed(self, **values: str) -> Scope:
        """The same for one value of some dimensions, or none of it where that is not kept."""
        only = dict(self.only)
        for name, value in values.items():
            one = frozenset((value,))
            only[name] = one & only[name] if name in only else one
        return replace(self, only=tuple(sorted(only.items())))

    def in_weeks(self, first_day: dt.date, weeks: int) -> Scope:
        """The same part of the firm in other weeks."""
        return replace(self, first_day=first_day, weeks=weeks)
