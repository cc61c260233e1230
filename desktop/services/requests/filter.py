"""Which requests somebody wants to see: a value that can be kept, named, sent and read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from desktop.errors import BadInputError
from desktop.services.requests.rows import RISKS, STATUSES, RiskKind, Status

Tab = Literal["inbox", "ready", "planned", "published", "done", "cancelled", "all"]
TABS: Mapping[Tab, tuple[Status, ...]] = {
    "inbox": ("new",),
    "ready": ("ready", "unassigned"),
    "planned": ("planned",),
    "published": ("published",),
    "done": ("done",),
    "cancelled": ("cancelled",),
    "all": STATUSES,
}
"""What stands on each tab of the list."""


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """Conditions that all must hold; within one, any of its values. An empty one holds for every request.

    Attributes:
        text: words that all occur in codes, names of client and factory (in any script), area, order, people or note.
        statuses: where it stands.
        services: of these services.
        countries: of the factory.
        areas: of the factory.
        clients: codes.
        risks: with one of these risks.
        hours_from: at least so many hours are left to be on site.
        hours_below: fewer hours than that are left.
        reaches_from: its window does not end before this day.
        reaches_until: its window does not begin after this day.
        pinned: True: only pinned ones, False: only others.
    """

    text: str = ""
    statuses: tuple[Status, ...] = ()
    services: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    risks: tuple[RiskKind, ...] = ()
    hours_from: float | None = None
    hours_below: float | None = None
    reaches_from: dt.date | None = None
    reaches_until: dt.date | None = None
    pinned: bool | None = None

    @property
    def conditions(self) -> int:
        """How many conditions it has."""
        return sum(getattr(self, field.name) != field.default for field in fields(self))

    def without(self, *names: str) -> RequestFilter:
        """The same without some of its conditions."""
        blank = RequestFilter()
        return replace(self, **{name: getattr(blank, name) for name in names})

    def to_json(self) -> dict[str, Any]:
        """As JSON values, those that say something; `read_filter` gives the same filter again."""
        blank = _ADAPTER.dump_python(RequestFilter(), mode="json")
        values: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return {name: value for name, value in values.items() if value != blank[name]}


_ADAPTER: TypeAdapter[RequestFilter] = TypeAdapter(RequestFilter)


def read_filter(data: object) -> RequestFilter:
    """Read what `RequestFilter.to_json` wrote.

    Raises:
        BadInputError: it is something else; every fault is named.
    """
    known = {field.name for field in fields(RequestFilter)}
    try:
        if not isinstance(data, Mapping):
            raise BadInputError("A saved filter is not a set of conditions.", "Delete it and save it again.")
        if unknown := sorted(set(map(str, data)) - known):
            raise BadInputError(
                f"A saved filter asks for {', '.join(unknown)}, which this version does not know.",
                "It may come from a newer version: update, or delete the filter.",
            )
        return _ADAPTER.validate_python(dict(data))
    except ValidationError as error:
        faults = [f"{entry['loc'][0]}: {entry['msg']}" for entry in error.errors(include_url=False)]
        raise BadInputError("A saved filter cannot be read.", "Delete it and save it again.", faults) from error


ALL_RISKS: tuple[RiskKind, ...] = RISKS
"""For a filter that asks for any risk."""
