"""Which reports there are, and how each is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop.clock import Clock
from desktop.services.planning.reading import Source
from desktop.services.reports.capacity.people import build_people
from desktop.services.reports.capacity.telling import build_capacity, build_capacity_at_once
from desktop.services.reports.cost.clients_report import clients_report
from desktop.services.reports.cost.cost_report import cost_report
from desktop.services.reports.forecast import build_forecast
from desktop.services.reports.report import Report
from desktop.services.reports.scope import Scope
from desktop.services.reports.service import service_report, suppliers_report
from desktop.services.reports.worth_report import worth_report

Build = Callable[[Source, Scope, Clock], Report]


@dataclass(frozen=True, slots=True)
class Kind:
    """A report that can be asked for.

    Attributes:
        name: by which it is asked for.
        build: makes it.
        weeks: that are looked at where nothing else is said, up to and with the current week.
        ahead: of these, weeks to come.
        at_once: makes it without what takes seconds to read, where that has not been read yet (`Report.is_partial`);
            None: `build` never takes so long.
    """

    name: str
    build: Build
    weeks: int = 13
    ahead: int = 0
    at_once: Build | None = None


CATALOGUE: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("capacity", build_capacity, weeks=9, ahead=4, at_once=build_capacity_at_once),
        Kind("people", build_people),
        Kind("cost", cost_report),
        Kind("clients", clients_report),
        Kind("service", service_report),
        Kind("suppliers", suppliers_report),
        Kind("forecast", build_forecast, weeks=39, ahead=12),
        Kind("worth", worth_report),
    )
}
"""By name, in the order in which they are offered."""
