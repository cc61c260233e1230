"""What each service takes: a sample for goods that are made, containers for a loading, days for monitoring."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from desktop.services.trade.man_days import (
    HALVES,
    HOUSE_PACE,
    Pace,
    Part,
    Task,
    first_look,
    loading_half_days,
    man_days,
    modes_of,
)
from desktop.services.trade.production import Window
from desktop.services.trade.sampling import Level, SamplingPlan, critical_plan, sampling_plan
from scheduler.problem import Mode

LONGEST_MONITORING = 7  # days; a longer one is one request for each week
NO_SAMPLE = ("PPI", "LOADING", "MONITORING")
"""Services that draw no sample of finished goods."""


@dataclass(frozen=True, slots=True)
class Plans:
    """What is drawn of some pieces, and when they are accepted."""

    lot: int
    critical: SamplingPlan
    major: SamplingPlan
    minor: SamplingPlan

    @property
    def drawn(self) -> int:
        """Pieces drawn: the largest of the three samples."""
        return max(self.critical.size, self.major.size, self.minor.size)


def plans_of(lot: int, level: Level, major: str, minor: str) -> Plans:
    """What is drawn of a lot for each class of defects. Raises ValueError as `sampling_plan`."""
    return Plans(lot, critical_plan(lot, level), sampling_plan(lot, level, major), sampling_plan(lot, level, minor))


def lot_of(quantity: int, percent: float) -> int:
    """Whole pieces of an order of which so many per cent are made."""
    return int(quantity * percent / 100)


def percent_of(quantity: int, pieces: int) -> float:
    """The per cent of an order that some of its pieces are: the least of which `lot_of` gives as many again."""
    percent = 100 * pieces / quantity
    while lot_of(quantity, percent) < pieces:
        percent = math.nextafter(percent, math.inf)
    return percent


def lot_day(window: Window, planned: dt.date | None, today: dt.date) -> dt.date:
    """The day whose morning's pieces are the lot: of the planned visit, else the first that the window leaves.

    A window that is over leaves its last day.
    """
    return planned or max(window.earliest, min(today, window.latest))


def lot_percent(morning: float, evening: float, least: float, *, is_planned: bool) -> float:
    """The per cent of an order that a DUPRO on a day draws its sample of: what is made by its morning.

    Where no visit is planned it comes when the least share that it may visit is there, be it in the day's course.

    Args:
        morning: made by the morning of the day, in percent.
        evening: made by its evening.
        least: the share from which the DUPRO may visit.
        is_planned: a visit is planned for the day.
    """
    return morning if is_planned else max(morning, min(evening, least))


@dataclass(frozen=True, slots=True)
class Work:
    """What an inspection takes.

    Attributes:
        half_days: of one inspector.
        parts: what makes it so many, before it is rounded up.
        modes: the ways to split it.
    """

    half_days: int
    parts: tuple[Part, ...]
    modes: tuple[Mode, ...]

    @property
    def days(self) -> float:
        """Man-days."""
        return self.half_days / HALVES


def sampled(task: Task, pace: Pace = HOUSE_PACE) -> Work:
    """A DUPRO, a final inspection, or any other service that looks at goods that are made."""
    found = man_days(task, pace)
    return Work(found.half_days, found.parts, modes_of(found.half_days))


def before_production(task: Task, pace: Pace = HOUSE_PACE) -> Work:
    """A PPI. The lot of the task does not count."""
    half_days, parts = first_look(task, pace)
    return Work(half_days, parts, modes_of(half_days))


def loading(containers: int, pace: Pace = HOUSE_PACE) -> Work:
    """A loading. Raises ValueError where there is no container."""
    half_days = loading_half_days(containers, pace)
    text = f"{containers} {'container' if containers == 1 else 'containers'}, {pace.containers} are loaded in a day"
    return Work(half_days, (Part(containers / pace.containers, text),), modes_of(half_days))


def monitoring(days: int) -> Work:
    """One inspector who stays for the working days of a week.

    Raises:
        ValueError: for no day, or more than a week.
    """
    if not 1 <= days <= LONGEST_MONITORING:
        raise ValueError(f"monitoring is asked for by weeks of 1 to {LONGEST_MONITORING} days, not {days}")
    text = f"{days} working {'day' if days == 1 else 'days'} on the line, one inspector"
    return Work(days * HALVES, (Part(float(days), text),), (Mode(1, days * HALVES),))
