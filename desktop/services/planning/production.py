"""When an order's goods can be inspected: production as a straight line from its start and daily rate.

A service looks at goods in a certain state: a DUPRO between two shares of the order made, a final inspection when all
is made. The days on which the line is in that state are the window of a booking that names none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

IsOpen = Callable[[dt.date], bool]

PPI_DAYS_BEFORE = 5  # materials are looked at in the days before production starts ...
PPI_TO_PERCENT = 10.0  # ... and until the first tenth is made
FINAL_DAYS = 5  # finished goods wait some days for the container
LOADING_DAYS_AFTER = 1  # a day lies between the final inspection and the loading
DAY = dt.timedelta(days=1)
ROUNDING = 1e-9  # percent: sums of daily shares are not exact
LONGEST_LINE = 1100  # days looked at in either direction: three years are no production line


@dataclass(frozen=True, slots=True)
class Window:
    """The first and the last day on which a request may be served."""

    earliest: dt.date
    latest: dt.date


@dataclass(frozen=True, slots=True)
class Report:
    """What share of an order was made at the end of a day, in percent."""

    day: dt.date
    percent: float


@dataclass(frozen=True, slots=True)
class Production:
    """What is known of an order: pieces, when production starts, pieces a day, when it is ready, the latest report."""

    code: str
    quantity: int
    start: dt.date | None
    daily_rate: float | None
    ready: dt.date | None
    report: Report | None = None


class Line:
    """An order's production on the days that its factory works, at the same pace every day.

    The latest report shifts the line: from what was made by then it goes on (and back) at the daily rate. Without a
    rate the pace is the one that makes the whole order from the start to the ready date.
    """

    def __init__(self, order: Production, is_open: IsOpen) -> None:
        self._order = order
        self._is_open = is_open
        self._percent_a_day = self._pace()
        self._anchor = self._anchored()

    @property
    def known(self) -> bool:
        """Whether there is a line at all."""
        return self._percent_a_day is not None and self._anchor is not None

    def between(self, low: float, high: float) -> Window | None:
        """The days with a moment at which more than `low` and at most `high` percent are made."""
        days = [day for day, begins, ends in self._days(high) if begins <= high + ROUNDING and ends > low + ROUNDING]
        return Window(days[0], days[-1]) if days else None

    def finished(self) -> dt.date | None:
        """The day at the end of which the whole order is made; None without a line."""
        last = None
        for day, begins, _ in self._days(100.0):
            if begins < 100.0 - ROUNDING:
                last = day
        return last

    def made_by(self, day: dt.date) -> float | None:
        """The percent made by the morning of a day, 0 to 100; None without a line."""
        found = self.made_by_each((day,))
        return found[0] if found else None

    def made_by_each(self, days: Sequence[dt.date]) -> tuple[float, ...]:
        """The percent made by the morning of each of some days, 0 to 100; empty without a line."""
        if self._percent_a_day is None or self._anchor is None:
            return ()
        at, made = self._anchor
        known = {at: made}
        limit = dt.timedelta(days=LONGEST_LINE)
        last = min(max(days), at + limit)
        while at < last and made < 100.0:
            made += self._percent_a_day if self._is_open(at) else 0.0
            at += DAY
            known[at] = made
        end = made if at >= last else 100.0
        at, made = self._anchor
        first = max(min(days), at - limit)
        while at > first and made > 0.0:
            at -= DAY
            made -= self._percent_a_day if self._is_open(at) else 0.0
            known[at] = made
        anchor = self._anchor[0]
        return tuple(min(100.0, max(0.0, known.get(day, end if day > anchor else made))) for day in days)

    def _pace(self) -> float | None:
        order = self._order
        if order.daily_rate is not None:
            return 100.0 * order.daily_rate / order.quantity
        if order.start is None or order.ready is None or order.ready < order.start:
            return None
        span = (order.ready - order.start).days + 1
        days = sum(self._is_open(order.start + dt.timedelta(days=n)) for n in range(min(span, LONGEST_LINE)))
        return 100.0 / days if days else None

    def _anchored(self) -> tuple[dt.date, float] | None:
        """A day and the percent made by its morning."""
        order, report = self._order, self._order.report
        if report is not None and (order.start is None or report.percent > 0 or report.day >= order.start):
            return report.day + dt.timedelta(days=1), report.percent
        return None if order.start is None else (order.start, 0.0)

    def _days(self, high: float) -> Iterator[tuple[dt.date, float, float]]:
        """The working days from the first piece on until more than `high` percent are made by a morning.

        Each with the percent made by its morning and by its evening.
        """
        if self._percent_a_day is None or self._anchor is None:
            return
        first, made = self._back_to_start(*self._anchor, self._percent_a_day)
        day, last = first, first + dt.timedelta(days=LONGEST_LINE)
        while day <= last and made <= high + ROUNDING:
            if self._is_open(day):
                yield day, made, made + self._percent_a_day
                made += self._percent_a_day
            day += dt.timedelta(days=1)

    def _back_to_start(self, day: dt.date, made: float, pace: float) -> tuple[dt.date, float]:
        """The working day on which the line begins; what it makes first is less than a day's pace at most."""
        limit = day - dt.timedelta(days=LONGEST_LINE)
        while made > ROUNDING and day > limit:
            before = day - dt.timedelta(days=1)
            if self._is_open(before):
                made -= pace
            day = before
        return day, made


def window_of(service: str, order: Production, share: tuple[float, float], is_open: IsOpen) -> Window | str:
    """The window of a service from what is known of an order, or a sentence that says what is missing.

    Args:
        service: DUPRO, PPI, PSI, LOADING; any other is taken to watch the whole production.
        order: the order in production.
        share: the percent made between which a DUPRO may visit.
        is_open: whether the factory works on a day.
    """
    line = Line(order, is_open)
    if service == "DUPRO":
        found = line.between(*share)
        return found or _missing(order, line)
    if service == "PPI":
        return _before_production(order, line)
    ready = _ready(order, line)
    if service in ("PSI", "LOADING"):
        if ready is None:
            return f"order {order.code} has neither a ready date nor a production start with a daily rate"
        first = ready + dt.timedelta(days=LOADING_DAYS_AFTER if service == "LOADING" else 0)
        return Window(first, first + dt.timedelta(days=FINAL_DAYS - 1))
    start = line.between(0.0, 0.0) if line.known else None
    first_day = start.earliest if start is not None else order.start
    if first_day is None or ready is None or ready < first_day:
        return f"order {order.code} has no production start and end to stay between"
    return Window(first_day, ready)


def _before_production(order: Production, line: Line) -> Window | str:
    first = line.between(0.0, PPI_TO_PERCENT) if line.known else None
    if first is None and order.start is not None:
        first = Window(order.start, order.start)
    if first is None:
        return _missing(order, line)
    return Window(first.earliest - dt.timedelta(days=PPI_DAYS_BEFORE), first.latest)


def _ready(order: Production, line: Line) -> dt.date | None:
    """The ready date; later where a report shows that the line will not make it."""
    finished = line.finished() if line.known else None
    if order.ready is None:
        return finished
    if order.report is not None and finished is not None:
        return max(order.ready, finished)
    return order.ready


def _missing(order: Production, line: Line) -> str:
    if line.known:
        return f"order {order.code} has no working day on which its production is in the share to be inspected"
    lacks = [
        name
        for name, value in (("production start", order.start), ("daily rate", order.daily_rate))
        if value is None and not (name == "production start" and order.report is not None)
    ]
    return f"order {order.code} has no {' and no '.join(lacks) or 'line of production'}"
