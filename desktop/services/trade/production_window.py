"""When an order's goods can be inspected: the days on which its line is in the state that a service looks at.

A DUPRO looks at goods between two shares made: firms differ from 8-15 % to 20-80 %, so clients and products have
their own, and 10-50 % is the house's. A PPI comes before a tenth is made, a final inspection when all is made and 80 %
packed, a loading when all is packed; monitoring watches the whole production, unless days are asked for.
"""

from __future__ import annotations

import datetime as dt
from itertools import islice

from desktop.services.trade.production import DAY, LONGEST_LINE, IsOpen, Line, Production, Window

PPI_DAYS_BEFORE = 5  # materials are looked at in the days before production starts ...
PPI_TO_PERCENT = 10.0  # ... and until the first tenth is made
FINAL_PACKED = 80.0  # percent packed from which buyers have finished goods inspected
FINAL_DAYS = 5  # working days: finished goods wait some days for the container
NEAR = 0.5  # percent by which a visit may miss: production is not known to a piece
LOADING_DAYS_AFTER = 1  # a day lies between the final inspection and the loading: 24 hours before goods leave


def window_of(service: str, order: Production, share: tuple[float, float], is_open: IsOpen) -> Window | str:
    """The window of a service from what is known of an order, or a sentence that says what is missing.

    Args:
        service: DUPRO, PPI, PSI, LOADING; any other is taken to watch the whole production.
        order: the order in production.
        share: the percent made between which a DUPRO may visit.
        is_open: whether the factory works on a day.
    """
    line = Line(order, is_open)
    if not line.known and (said := _broken_promise(order)):
        return said
    if service == "DUPRO":
        return line.between(*share) or _missing(order, line)
    if service == "PPI":
        return _before_production(order, line)
    if service in ("PSI", "LOADING"):
        return _final(service, order, line, is_open)
    first, last = line.begun() if line.known else order.start, _end(order, line)
    if first is None or last is None or last < first:
        return f"order {order.code} has no production start and end to stay between"
    return Window(first, last)


def fits(service: str, line: Line, share: tuple[float, float], day: dt.date) -> bool:
    """Whether goods are in the state that a service looks at when its visit begins on a day."""
    morning, evening = line.made_by_each((day, day + DAY))
    match service:
        case "DUPRO":
            return evening >= share[0] - NEAR and morning <= share[1] + NEAR
        case "PPI":
            return morning <= PPI_TO_PERCENT + NEAR
        case "PSI":
            return morning >= 100.0 - NEAR and line.packed_by(day) >= FINAL_PACKED - NEAR
        case "LOADING":
            return line.packed_by(day) >= 100.0 - NEAR
    return True


def _before_production(order: Production, line: Line) -> Window | str:
    first = line.between(0.0, PPI_TO_PERCENT)
    if first is None and not line.known and order.start is not None:
        first = Window(order.start, order.start)
    elif first is not None and order.start is not None and not line.is_planned:
        # a pace known from reports alone says little of the first tenth: no later than the start that was named
        first = Window(min(order.start, first.earliest), min(order.start, first.latest))
    if first is None:
        return _missing(order, line)
    return Window(first.earliest - PPI_DAYS_BEFORE * DAY, first.latest)


def _final(service: str, order: Production, line: Line, is_open: IsOpen) -> Window | str:
    """From the day on whose morning the goods are as they should be, never before the factory's own ready date.

    It opens on a working day and has as many as goods wait; goods do not leave while the factory is closed.
    """
    is_loading = service == "LOADING"
    first = line.packed_from(100.0) if is_loading else line.packed_from(FINAL_PACKED, made=100.0)
    if first is None and line.known:
        return f"order {order.code} will not be made within three years at its pace"
    promised = None if _is_made(order) or order.ready is None else order.ready
    if promised is not None and is_loading:
        promised += LOADING_DAYS_AFTER * DAY
    days = [day for day in (first, promised) if day is not None]
    if not days:
        return f"order {order.code} has neither a ready date nor a production start with a daily rate"
    open_days = (day for n in range(LONGEST_LINE) if is_open(day := max(days) + n * DAY))
    working = list(islice(open_days, FINAL_DAYS))
    if not working:
        return f"the factory of order {order.code} is closed for three years from {max(days)} on"
    return Window(working[0], working[-1])


def _end(order: Production, line: Line) -> dt.date | None:
    """The last day of production: by the line, later where the factory promises no earlier."""
    finished = line.finished()
    if order.ready is None or (_is_made(order) and finished is not None):
        return finished
    promised = order.ready - DAY
    return promised if finished is None else max(promised, finished)


def _broken_promise(order: Production) -> str:
    """What to say where a report shows that the ready date was not kept, and no pace tells a later one; else ""."""
    latest = order.latest
    if order.ready is None or latest is None or _is_made(order) or latest.day < order.ready:
        return ""
    return f"order {order.code} was promised for {order.ready}, and {latest.percent:g} % were made on {latest.day}"


def _is_made(order: Production) -> bool:
    latest = order.latest
    return latest is not None and latest.percent >= 100.0


def _missing(order: Production, line: Line) -> str:
    if line.known:
        return f"order {order.code} has no working day on which its production is in the share to be inspected"
    lacks = [
        name
        for name, value in (("production start", order.start), ("daily rate", order.daily_rate))
        if value is None and not (name == "production start" and order.reports)
    ]
    return f"order {order.code} has no {' and no '.join(lacks) or 'line of production'}"
