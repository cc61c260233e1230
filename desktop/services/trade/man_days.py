"""How many man-days an inspection takes, what makes it so many, and the ways to split them.

A man-day is one inspector on one working day. What fits in one is measured by the pieces drawn: inspection firms
publish 80 to 125 pieces of garments, 125 to 200 of electronics, 200 to 315 of hard goods; beyond the upper end it takes
more. Many styles and colours take longer for the same pieces: one style in five sizes fits in a day, five styles in
five colours take two. A far factory takes longer: by the bands of the trade 11 hours from door to door are one man-day
and 16 are one and a half, with the way counted at half. All these are the house's settings, not laws.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.services.trade.sampling import Level, SamplingPlan, critical_plan, sampling_plan
from scheduler.problem import Mode

HALVES = 2  # half-days of a day
LARGEST_CREW = 4
LONGEST_STAY = 3 * HALVES  # half-days at one factory for which one inspector is sent rather than several


@dataclass(frozen=True, slots=True)
class Pace:
    """What fits in a man-day.

    Attributes:
        pieces: drawn and inspected, by product group.
        other_pieces: of goods whose group is not known.
        variants: styles times colours or sizes.
        more_variants: further ones that take another day.
        minutes: on site, after travel and meals.
        day_minutes: from door to door, the way there and back included.
        travel_share: of the way that counts as work.
        further_minutes: beyond `day_minutes` that take another day.
        containers: loaded.
    """

    pieces: dict[str, int] = field(
        default_factory=lambda: {
            "garment": 125, "textile": 125, "footwear": 125, "bags": 125, "electronics": 200, "toys": 200,
            "furniture": 315, "hardware": 315, "packaging": 315, "food-contact": 315,
        }
    )  # fmt: skip
    other_pieces: int = 315
    variants: int = 5
    more_variants: int = 20
    minutes: int = 400
    day_minutes: int = 660
    travel_share: float = 0.5
    further_minutes: int = 600
    containers: int = 2


HOUSE_PACE = Pace()


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be inspected.

    Attributes:
        group: of the product.
        lot: pieces; for a DUPRO those made when the inspector comes.
        level: of inspection.
        major, minor: acceptance quality limits as `sampling.AQLS` writes them.
        variants: styles times colours or sizes.
        test_minutes: of tests on site beside looking at the pieces.
        travel_minutes: there and back.
    """

    group: str
    lot: int
    level: Level = Level.II
    major: str = "2.5"
    minor: str = "4.0"
    variants: int = 1
    test_minutes: int = 0
    travel_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """What adds to the days: how many, and of what, in a coordinator's words."""

    days: float
    text: str


@dataclass(frozen=True, slots=True)
class ManDays:
    """The man-days of an inspection.

    Attributes:
        half_days: of one inspector.
        parts: what makes it so many, before it is rounded up to half-days.
        critical, major, minor: what is drawn, and the numbers to accept.
    """

    half_days: int
    parts: tuple[Part, ...]
    critical: SamplingPlan
    major: SamplingPlan
    minor: SamplingPlan

    @property
    def days(self) -> float:
        """Man-days."""
        return self.half_days / HALVES


def man_days(task: Task, pace: Pace = HOUSE_PACE) -> ManDays:
    """The man-days that a sample takes: one at least, then up to the next half.

    Raises:
        ValueError: where the lot, a limit, the variants or the minutes are none.
    """
    if task.variants < 1 or task.test_minutes < 0 or task.travel_minutes < 0:
        raise ValueError(
            f"{task.variants} variants, {task.test_minutes} minutes of tests and {task.travel_minutes} of travel"
            " are no task"
        )
    major, minor = (sampling_plan(task.lot, task.level, aql) for aql in (task.major, task.minor))
    critical = critical_plan(task.lot, task.level)
    drawn = max(critical.size, major.size, minor.size)
    a_day = pace.pieces.get(task.group, pace.other_pieces)
    parts = [Part(drawn / a_day, f"{drawn:,} pieces drawn, {a_day:,} of {task.group or 'such goods'} fit in a day")]
    parts += _beside(task, pace)
    half_days, whole = _with_way(task, parts, pace)
    return ManDays(half_days, whole, critical, major, minor)


def first_look(task: Task, pace: Pace = HOUSE_PACE) -> tuple[int, tuple[Part, ...]]:
    """The half-days of a visit before production, and what makes them so many.

    No sample is drawn of what is not made.
    """
    parts = [Part(1.0, "materials, components and the first pieces"), *_beside(task, pace)]
    return _with_way(task, parts, pace)


def loading_half_days(containers: int, pace: Pace = HOUSE_PACE) -> int:
    """The half-days that watching so many containers being loaded takes.

    Raises:
        ValueError: where there is no container.
    """
    if containers < 1:
        raise ValueError(f"a loading has at least one container, not {containers}")
    return math.ceil(HALVES * containers / pace.containers)


def modes_of(half_days: int) -> tuple[Mode, ...]:
    """The ways to split man-days: one inspector for long, or several for short, all with the same number of half-days.

    Nobody is sent for less than a day, unless that is all, no more than four go together, and nobody stays longer than
    three days. Where that cannot be, the way with the shortest stay.

    Raises:
        ValueError: where there is nothing to split.
    """
    if half_days < 1:
        raise ValueError(f"there is at least one half-day to split, not {half_days}")
    modes = [Mode(crew, half_days // crew) for crew in range(1, LARGEST_CREW + 1) if half_days % crew == 0]
    modes = [mode for mode in modes if mode.crew == 1 or mode.half_days >= HALVES]
    return tuple(mode for mode in modes if mode.half_days <= LONGEST_STAY) or (modes[-1],)


def count_days(days: float) -> str:
    """Man-days in words: "1 man-day", "1.5 man-days"."""
    return f"{days:g} man-day{'' if days == 1 else 's'}"


def _beside(task: Task, pace: Pace) -> list[Part]:
    """What adds to the days beside the pieces drawn."""
    parts = []
    more = task.variants - pace.variants
    if more > 0:
        text = f"{task.variants} styles and colours, {more} more than fit in a day; {pace.more_variants} take another"
        parts.append(Part(more / pace.more_variants, text))
    if task.test_minutes:
        text = f"{task.test_minutes} minutes of tests, a day has {pace.minutes} on site"
        parts.append(Part(task.test_minutes / pace.minutes, text))
    return parts


def _with_way(task: Task, parts: Sequence[Part], pace: Pace) -> tuple[int, tuple[Part, ...]]:
    """The half-days of some work and the way to it, and all that makes them so many."""
    work = sum(part.days for part in parts)
    whole = (*parts, *_way(task.travel_minutes, work, pace))
    return _half_days(work, sum(part.days for part in whole)), whole


def _way(minutes: int, work: float, pace: Pace) -> list[Part]:
    """What the way adds to so many days of work, as far as it does not fit in the day that is taken anyhow.

    The first day of work holds `minutes` of it at most, and the way is gone once.
    """
    counted = minutes * pace.travel_share
    spare = pace.day_minutes - pace.minutes * min(1.0, work)
    if counted <= spare:
        return []
    text = (
        f"{minutes / 60:.1f} hours of travel there and back, {pace.travel_share:.0%} of it counted,"
        f" {spare / 60:.1f} hours fit in the day"
    )
    return [Part((counted - spare) / pace.further_minutes, text)]


def _half_days(work: float, with_way: float) -> int:
    """At least a day of work, then up to the next half; a hundredth over is none."""
    return math.ceil(HALVES * (max(1.0, work) + with_way - work) - 0.01)
