"""What the house asks for after a visit: reports in time, corrective actions by severity and step, charges, files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desktop.services.trade.clock import ClockSettings, Counting

STEPS = ("communicated", "root cause", "solution", "verified")
"""The steps of a corrective action in their order."""

TIMES = ("travelling", "arrived", "finished", "report", "reviewed", "released")
"""The times of a visit in their order."""

NEEDS: Mapping[str, str] = {"report": "finished", "reviewed": "report", "released": "reviewed"}
"""Which time has to be on record before another can be."""

FAULT_OF_SUPPLIER = ("not ready", "wrong address", "refused entry")
"""Reasons for which a visit in vain is charged: whoever asked for it, or their supplier, has caused it."""

_WHOLE_DAYS = ClockSettings(opens=0, closes=24)


@dataclass(frozen=True, slots=True)
class StepDays:
    """Calendar days for each step of a corrective action, from the day on which the one before was done."""

    communicated: int
    root_cause: int
    solution: int
    verified: int

    def each(self) -> tuple[int, ...]:
        """In the order of the steps."""
        return self.communicated, self.root_cause, self.solution, self.verified


@dataclass(frozen=True, slots=True)
class ResultSettings:
    """The house's figures for results and reports. Money in cents.

    Attributes:
        report_hours: within which a report is released, from the end of work.
        report_working_days: only hours of the factory country's working days count, all 24 of each.
        abort_man_days: charged for each inspector who came in vain, where the supplier or client caused it.
        critical, major, minor: days for the steps of corrective actions.
        supplier_pays: a re-inspection is charged to the supplier; else to the client.
        other_inspector: a re-inspection is for others than those who found the defects.
        closer_level: its sample is drawn by the next closer general level.
        reinspection_days: the length of its window, from the day on which the fix is due.
        file_megabytes, visit_megabytes: the largest file, and the most that one visit keeps.
        image_side: the most pixels along a side of a picture.
        names_to_clients: a client's page says who inspected; else how many.
    """

    report_hours: int = 24
    report_working_days: bool = False
    abort_man_days: float = 1.0
    critical: StepDays = field(default_factory=lambda: StepDays(1, 2, 3, 7))
    major: StepDays = field(default_factory=lambda: StepDays(1, 5, 7, 14))
    minor: StepDays = field(default_factory=lambda: StepDays(3, 10, 14, 30))
    supplier_pays: bool = True
    other_inspector: bool = True
    closer_level: bool = False
    reinspection_days: int = 5
    file_megabytes: int = 20
    visit_megabytes: int = 300
    image_side: int = 12_000
    names_to_clients: bool = False

    def days_of(self, severity: str) -> tuple[int, ...]:
        """The days for each step of an action about a defect of a class."""
        return {"critical": self.critical, "major": self.major, "minor": self.minor}[severity].each()


HOUSE_RESULTS = ResultSettings()


def report_due(
    finished_at: dt.datetime, zone: dt.tzinfo, works: Callable[[dt.date], bool], settings: ResultSettings
) -> dt.datetime:
    """Until when the report of a visit is to be released (UTC); `works`: whether a date is worked in that country."""
    counted = works if settings.report_working_days else None
    return Counting(zone, counted, _WHOLE_DAYS).after(finished_at, settings.report_hours)


def step_due(severity: str, step: int, since: dt.date, settings: ResultSettings) -> dt.date:
    """The day on which a step (by number from 0) of an action is due, whose former step was done on a day."""
    return since + dt.timedelta(days=settings.days_of(severity)[step])


def out_of_order(times: Mapping[str, dt.datetime | None]) -> tuple[tuple[str, str], ...]:
    """Pairs of a visit's times that lie the wrong way round, by name, the one that should be earlier first."""
    known = [(name, time) for name in TIMES if (time := times.get(name)) is not None]
    return tuple(
        (name, later) for n, (name, time) in enumerate(known) for later, other in known[n + 1 :] if other < time
    )


def charge_in_vain(reason: str, price_cents: float, man_days: float, crew: int, settings: ResultSettings) -> int:
    """Cents charged for a visit that was aborted, without the way, which is charged as it was spent.

    Args:
        reason: why it was aborted.
        price_cents: of the request.
        man_days: of its work.
        crew: inspectors who came.
        settings: of the house. Never more than the request's price is charged.
    """
    if reason not in FAULT_OF_SUPPLIER or man_days <= 0:
        return 0
    return round(min(price_cents, price_cents / man_days * crew * settings.abort_man_days))
