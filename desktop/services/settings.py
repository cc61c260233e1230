"""What a plan is made with: horizon, scope, travel, limits, and the prices where a record names none.

The defaults are the house's; a `setting` record named like a field replaces it for good, an argument for one plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from pydantic import TypeAdapter

from scheduler.problem import Limits, Rotation, Travel, TravelMode

DEFAULT_TRAVEL = Travel(
    detour=1.3,
    time_cost_per_hour=600,
    # fitted to published rail timetables and to usual road times; cents and km
    modes=(
        TravelMode("car", None, 0, 120, 10, 50, 0, 11),
        TravelMode("motorway", None, 30, 700, 35, 90, 0, 13),
        TravelMode("rail", ("CN",), 100, 2000, 130, 180, 500, 5),
        TravelMode("air", None, 700, None, 260, 700, 6000, 5),
    ),
)
DEFAULT_LIMITS = Limits(midday=60, morning=120, evening=150, relocate=240, free_day=600, away_nights=3)
DEFAULT_ROTATION = Rotation(max_visits=3, within_days=90)


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """The settings of one plan. Money in cents.

    Attributes:
        first_day: first day of the horizon.
        days: its length, 1 to 28.
        areas: only requests of these areas; empty: all.
        countries: only requests and inspectors of these countries; empty: all.
        every_open_request: also those whose window does not reach into the horizon.
        freeze_days: visits announced that begin within so many days of the first day stay as they are, where the rules
            still allow it: 1 is the first day alone. 0: nothing is frozen.
        late_cost_cents: a day past `due`, where the request names no price. The first day late (the 72-hour limit)
            costs this; a second is rarely worth it.
        unserved_share: what leaving a request out costs, as a share of its price, where the request names none.
        unserved_extra_cents: added to that: the client's trust.
        can_wait_share: the share of both for a request that the next horizon can still serve.
        default_price_cents: price of a man-day, where the request names none.
        target_hours: on site within so many hours by the on-site clock: `due` is the last day on which a visit begins
            before they end.
        dupro_from_percent: the house's production window; clients and products may have their own.
        dupro_to_percent: its end.
        announced_inspector_cost_cents: what it costs to send somebody who was not announced.
        announced_day_cost_cents: what it costs to move an announced day.
        announced_drop_cost_cents: what it costs to drop an announced visit.
    """

    first_day: dt.date
    days: int = 7
    areas: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    every_open_request: bool = False
    freeze_days: int = 0
    travel: Travel = DEFAULT_TRAVEL
    limits: Limits = DEFAULT_LIMITS
    rotation: Rotation = DEFAULT_ROTATION
    late_cost_cents: int = 12000
    unserved_share: float = 1.0
    unserved_extra_cents: int = 10000
    can_wait_share: float = 0.35
    default_price_cents: int = 28000
    target_hours: int = 48
    dupro_from_percent: float = 10.0
    dupro_to_percent: float = 50.0
    announced_inspector_cost_cents: int = 1000
    announced_day_cost_cents: int = 2500
    announced_drop_cost_cents: int = 6000

    def to_json(self) -> dict[str, Any]:
        """As JSON values; `from_json` gives the same settings again."""
        return ADAPTER.dump_python(self, mode="json")  # type: ignore[no-any-return]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> PlanSettings:
        """Read what `to_json` wrote. Raises pydantic.ValidationError on anything else."""
        return ADAPTER.validate_python(data)

    def with_values(self, values: Mapping[str, Any]) -> PlanSettings:
        """These settings with some fields replaced; the values are JSON. Unknown names raise KeyError."""
        known = {field.name for field in fields(self)}
        if unknown := set(values) - known:
            msg = f"no setting named {', '.join(sorted(unknown))}"
            raise KeyError(msg)
        return replace(self.from_json(self.to_json() | dict(values)))


ADAPTER: TypeAdapter[PlanSettings] = TypeAdapter(PlanSettings)
