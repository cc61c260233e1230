"""How an order is made and packed day by day, from its plan and from what has been reported of it.

A plan is a start and a daily rate, or a start and a ready date; reports say what was made by an evening. Between
reports production went evenly over the days worked; after the latest one it goes on at the planned pace, corrected by
how far the order has kept to it. Nothing is made on closed days.

How sure that is: a range of paces within which eight orders of ten stay, from how far this order and others of its
factory kept to their plans, and from a default where little is known.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

IsOpen = Callable[[dt.date], bool]

PLAN_WEIGHS = 50.0
"""Percent made for which the plan counts as much as what was reported: half an order has shown what a line can do."""
USUAL_SPREAD = 0.25
"""Standard deviation of the logarithm of pace against plan where nothing is known: eight of ten lines then run between
73 and 138 % of their plan. An assumption of the house: no inspection firm or buyer publishes a figure."""
USUAL_WEIGHS = 4  # orders that the default counts as much as
EIGHT_OF_TEN = 1.2816  # standard deviations to either side of the mean between which 80 % of a normal distribution lie
FURTHEST = math.log(5)  # a pace further off than five times or a fifth is a report gone wrong, and counts as that
PACKING_LAG = 1  # working days by which packing follows making, where no report says how far it is
LEAST_SHOWN = 0.1  # percent made from which a report alone tells a pace
ROUNDING = 1e-9  # percent: sums of daily shares are not exact
LONGEST_LINE = 1100  # days looked at in either direction: three years are no production line
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """The first and the last day on which a request may be served."""

    earliest: dt.date
    latest: dt.date


@dataclass(frozen=True, slots=True)
class Report:
    """What share of an order was made and packed at the end of a day, in percent. 0 packed: nothing is said of it."""

    day: dt.date
    percent: float
    packed: float = 0.0


@dataclass(frozen=True, slots=True)
class Production:
    """What is known of an order.

    Attributes:
        quantity: pieces.
        start: the first day of production.
        daily_rate: pieces a day worked.
        ready: the day from whose morning on all is made.
        reports: by day.
    """

    code: str
    quantity: int
    start: dt.date | None
    daily_rate: float | None
    ready: dt.date | None
    reports: tuple[Report, ...] = ()

    @property
    def latest(self) -> Report | None:
        """The latest report."""
        return self.reports[-1] if self.reports else None


def planned_pace(order: Production, is_open: IsOpen) -> float | None:
    """Percent a working day by the plan: the daily rate, else what makes all from the start to the ready date."""
    if order.daily_rate is not None:
        return 100.0 * order.daily_rate / order.quantity
    if order.start is None or order.ready is None or order.ready < order.start:
        return None
    days = worked(order.start, max(order.ready, order.start + DAY), is_open)
    return 100.0 / days if days else None


def worked(first: dt.date, until: dt.date, is_open: IsOpen) -> int:
    """Working days from a day to before another."""
    span = min((until - first).days, LONGEST_LINE)
    return sum(1 for n in range(span) if is_open(first + n * DAY))


class Line:
    """An order's production from its first piece to its last, in percent of all pieces.

    Args:
        order: what is known of it.
        is_open: whether the factory works on a day.
        swing: the pace after the latest report, as a multiple of the expected one.

    Attributes:
        pace: percent a working day after the latest report.
        is_planned: a plan tells the pace, not the latest report alone.
    """

    def __init__(self, order: Production, is_open: IsOpen, swing: float = 1.0) -> None:
        self._is_open = is_open
        self._latest = order.latest
        self.pace = 0.0
        self._first: dt.date | None = None
        self._made: list[float] = []
        points = _points(order)
        planned = planned_pace(order, is_open)
        self.is_planned = planned is not None
        pace = _expected_pace(order, planned, is_open)
        if points and pace is not None:
            self.pace = pace * swing
            self._follow(points, planned)

    @property
    def known(self) -> bool:
        """Whether there is a line at all."""
        return self._first is not None

    def between(self, low: float, high: float) -> Window | None:
        """The working days with a moment at which more than `low` and at most `high` percent are made."""
        days = [day for day, begins, ends in self._days() if begins <= high + ROUNDING and ends > low + ROUNDING]
        return Window(days[0], days[-1]) if days else None

    def begun(self) -> dt.date | None:
        """The day of the first piece; None without a line."""
        return next((day for day, _, ends in self._days() if ends > ROUNDING), None)

    def finished(self) -> dt.date | None:
        """The working day at the end of which the whole order is made; None without a line."""
        last = None
        for day, begins, _ in self._days():
            if begins < 100.0 - ROUNDING:
                last = day
        return last

    def passes(self, percent: float) -> dt.date | None:
        """The working day in the course of which so much is made; None where that is never."""
        return next((day for day, _, ends in self._days() if ends >= percent - ROUNDING), None)

    def reached(self, percent: float) -> dt.date | None:
        """The first day by whose morning so much is made; None without a line."""
        if self._first is None:
            return None
        return next((self._first + n * DAY for n, made in enumerate(self._made) if made >= percent - ROUNDING), None)

    def packed_from(self, percent: float, *, made: float = 0.0) -> dt.date | None:
        """The first working day by whose morning so much is packed, and so much made; None without a line."""
        day = self.reached(max(made, percent))
        if day is None:
            return None
        for _ in range(LONGEST_LINE):
            if self._is_open(day) and self.packed_by(day) >= percent - ROUNDING:
                return day
            day += DAY
        return None

    def made_by(self, day: dt.date) -> float | None:
        """The percent made by the morning of a day, 0 to 100; None without a line."""
        return None if self._first is None else self._at(day)

    def made_by_each(self, days: Sequence[dt.date]) -> tuple[float, ...]:
        """The percent made by the morning of each of some days, 0 to 100; empty without a line."""
        return () if self._first is None else tuple(self._at(day) for day in days)

    def packed_by(self, day: dt.date) -> float:
        """The percent packed by the morning of a day: never more than is made.

        From the latest report that says something of it packing goes on at the pace of making; without one it follows
        making a working day later.
        """
        made, latest = self._at(day), self._latest
        if latest is not None and latest.packed > 0.0 and day > latest.day:
            return min(made, latest.packed + self.pace * worked(latest.day + DAY, day, self._is_open))
        back, left = day, PACKING_LAG
        for _ in range(LONGEST_LINE):
            if not left:
                break
            back -= DAY
            left -= self._is_open(back)
        return self._at(back)

    def _at(self, day: dt.date) -> float:
        if self._first is None:
            return 0.0
        place = min(max((day - self._first).days, 0), len(self._made) - 1)
        return min(100.0, max(0.0, self._made[place]))

    def _follow(self, points: Sequence[tuple[dt.date, float]], planned: float | None) -> None:
        """Work out what is made by each morning: back from the first point, through all, and on from the last.

        Back at the planned pace only: how fast an order went later says nothing of how it began.
        """
        day, made = points[0]
        first, before = day, [made]
        while planned is not None and made > ROUNDING and (day - first).days < LONGEST_LINE:
            first -= DAY
            made -= planned if self._is_open(first) else 0.0
            before.append(made)
        mornings = before[::-1]
        for (begin, start), (end, goal) in pairwise(points):
            days = worked(begin, end, self._is_open)
            made = start
            for n in range((end - begin).days):
                made += (goal - start) / days if days and self._is_open(begin + n * DAY) else 0.0
                mornings.append(made)
            mornings[-1] = goal
        day, made = points[-1]
        while made < 100.0 - ROUNDING and (day - points[-1][0]).days < LONGEST_LINE:
            made += self.pace if self._is_open(day) else 0.0
            day += DAY
            mornings.append(made)
        self._first, self._made = first, mornings

    def _days(self) -> Iterator[tuple[dt.date, float, float]]:
        """The working days of the line, each with the percent made by its morning and by its evening."""
        if self._first is None:
            return
        for n, (begins, ends) in enumerate(pairwise(self._made)):
            day = self._first + n * DAY
            if self._is_open(day):
                yield day, begins, ends


def spread_of(paces: Iterable[float]) -> float:
    """How far orders keep from their pace: the standard deviation of the logarithm of pace against plan.

    Args:
        paces: against plan, 1.0 as planned: of this order between its reports, of others as a whole.
    """
    offs = [max(-FURTHEST, min(FURTHEST, math.log(pace))) for pace in paces if pace > 0.0]
    squares = USUAL_WEIGHS * USUAL_SPREAD**2 + sum(off * off for off in offs)
    return math.sqrt(squares / (USUAL_WEIGHS + len(offs)))


def band_of(order: Production, is_open: IsOpen, spread: float) -> tuple[Line, Line]:
    """The slow and the fast line between which eight of ten stay."""
    swing = math.exp(EIGHT_OF_TEN * spread)
    return Line(order, is_open, 1.0 / swing), Line(order, is_open, swing)


def chance_between(
    order: Production, is_open: IsOpen, spread: float, day: dt.date, share: tuple[float, float]
) -> float | None:
    """How likely the share made lies between two percents at some moment of a day; None without a line.

    The pace after the latest report is taken to be spread as `band_of` says; what was made by then is taken as told.
    """
    (low, high), line, points = share, Line(order, is_open), _points(order)
    if not line.known or line.pace <= 0.0:
        return None
    begin, made = points[-1]
    mornings = worked(begin, day, is_open) * line.pace
    evenings = worked(begin, day + DAY, is_open) * line.pace
    if day < begin:
        so_far, then = line.made_by_each((day, day + DAY))
        return float(so_far <= high + ROUNDING and then > low + ROUNDING)
    if made > high + ROUNDING:
        return 0.0
    fast = 1.0 if high >= 100.0 or not mornings else _share_below((high - made) / mornings, spread)
    slow = 0.0 if made > low + ROUNDING else _share_below((low - made) / evenings, spread) if evenings else 1.0
    return max(0.0, fast - slow)


def _share_below(swing: float, spread: float) -> float:
    """The share of lines whose pace is at most a multiple of the expected one."""
    if swing <= 0.0:
        return 0.0
    return 0.5 * (1.0 + math.erf(math.log(swing) / spread / math.sqrt(2.0)))


def paces_between_reports(order: Production, is_open: IsOpen) -> tuple[float, ...]:
    """The pace of an order from report to report against its plan; empty where it has none."""
    planned = planned_pace(order, is_open)
    if planned is None:
        return ()
    found = []
    points = _points(order)
    for (begin, start), (end, goal) in pairwise(points):
        days = worked(begin, end, is_open)
        if days and goal > start:
            found.append((goal - start) / days / planned)
    return tuple(found)


def pace_of_whole(order: Production, is_open: IsOpen) -> float | None:
    """The pace of an order from its start to its last report before it was all made, against its plan."""
    planned = planned_pace(order, is_open)
    partial = [report for report in order.reports if 0.0 < report.percent < 100.0]
    if planned is None or order.start is None or not partial or partial[-1].day < order.start:
        return None
    days = worked(order.start, partial[-1].day + DAY, is_open)
    return partial[-1].percent / days / planned if days else None


def _points(order: Production) -> list[tuple[dt.date, float]]:
    """What was made by which mornings: the start, and the reports. A later report corrects an earlier, higher one."""
    points: list[tuple[dt.date, float]] = []
    least = 100.0
    for report in reversed(order.reports):
        least = min(least, report.percent)
        points.append((report.day + DAY, least))
    points.reverse()
    start = order.start
    if start is None:
        return points
    later = [point for point in points if point[0] > start]
    earlier = points[: len(points) - len(later)]
    # pieces reported from before the start disprove it
    if earlier and earlier[-1][1] > 0.0:
        return points
    return [(start, 0.0), *later]


def _expected_pace(order: Production, planned: float | None, is_open: IsOpen) -> float | None:
    """Percent a working day from the latest report on.

    The more an order has made of what its plan wanted, the faster it is taken to go on; the plan weighs as much as half
    an order that was made.
    """
    latest, start = order.latest, order.start
    if latest is None or start is None or latest.day < start:
        return planned
    days = worked(start, latest.day + DAY, is_open)
    if planned is None:
        return latest.percent / days if days and latest.percent > LEAST_SHOWN else None
    return planned * (latest.percent + PLAN_WEIGHS) / (min(100.0, planned * days) + PLAN_WEIGHS)
