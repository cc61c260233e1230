"""Goods that fit their bookings: by the trade's rules nearly each takes the man-days that it was drawn with.

How much is ordered, of how many styles and colours, is drawn anew from the booking's own number till the rules agree,
so that it shifts nothing else. Quantity and daily rate change by the same factor: no day of production moves.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from desktop.models import Base, Order, Request
from desktop.services.demo.trade import DAILY_RATES, order_facts
from desktop.services.requests.references import portions
from desktop.services.requests.sampling import SampleSheet, samples_of
from desktop.services.trade.man_days import HOUSE_PACE
from desktop.services.trade.sampling import Level
from desktop.services.trade.work import before_production, sampled

BY_PROTOCOL = 0.2  # of the bookings of several man-days, the share that a client's protocol asks for, not the goods
SMALLEST = 0.1  # of a line's usual output: a small order shares its line with others
TRIES = 400
LEVELS = (Level.II, Level.I, Level.S4)  # most goods are drawn at II; large lots of cheap ones at less
FEWEST = 40  # pieces that are made of a style in one colour
TEST_STEP = 20  # minutes
AFTER_ALL = dt.timedelta(days=90)  # no window of the sample is open so long
NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}


@dataclass(frozen=True, slots=True)
class Goods:
    """What of an order and its booking the man-days hang on. `rate` and `quantity`: None where they stay."""

    rate: int | None
    quantity: int | None
    variants: int
    level: str
    test_minutes: int


def fit_bookings(session: Session, today: dt.date) -> None:
    """Fit the goods of open bookings to their man-days; a few get a word why they are others instead.

    An order that was visited before keeps its pieces, of which that visit's sample was drawn.

    Args:
        session: has all rows, flushed.
        today: of which the lots are counted.
    """
    now = dt.datetime.combine(today, dt.time(9), dt.UTC)  # the same day in all of the sample's countries
    visited = set(session.scalars(select(Request.order_id).where(Request.status != "ready").distinct()))
    keys = session.scalars(select(Request.id).where(Request.status == "ready").order_by(Request.id)).all()
    orders: dict[int, dict[str, object]] = {}
    requests: dict[int, dict[str, object]] = {}
    for portion in portions(keys):
        query = select(Request.code, Request.id, Order).outerjoin(Order, Request.order_id == Order.id)
        rows: dict[str, tuple[int, Order | None]] = {
            code: (key, order) for code, key, order in session.execute(query.where(Request.id.in_(portion)))
        }
        sheets = samples_of(session, portion, now)
        in_work = [rows[sheet.code][0] for sheet in sheets if sheet.service == "DUPRO"]  # their lots grow
        later = {sheet.code: sheet for sheet in samples_of(session, in_work, now + AFTER_ALL)}
        for sheet in sheets:
            key, order = rows[sheet.code]
            free = None if order is None or order.id in visited else order
            goods, reason = _fit(key, sheet, later.get(sheet.code, sheet), free)
            requests[key] = {
                "inspection_level": goods.level,
                "test_minutes": goods.test_minutes,
                "man_days_reason": reason,
            }
            if order is not None and goods.rate is not None and goods.quantity is not None:
                orders[order.id] = _columns(order, goods.rate, goods.quantity, goods.variants)
    _store(session, Order, orders)
    _store(session, Request, requests)
    session.expire_all()


def _fit(key: int, first: SampleSheet, last: SampleSheet, order: Order | None) -> tuple[Goods, str]:
    """The goods of a booking, and why its man-days are not theirs; "" where they are.

    Args:
        key: of the request.
        first: on the first day of its window that is left.
        last: on the last one.
        order: whose pieces may change; None where none may.
    """
    goods = Goods(None, None, first.variants, first.level, first.test_minutes)
    if first.work is None and last.work is None:
        return goods, ""
    number = round(first.man_days)
    if first.service == "LOADING":
        return goods, ""  # half a day for its one container, as drawn
    if first.service == "MONITORING":
        return goods, f"The client asks for {NUMBERS[number]} days of its window." if first.differs else ""
    rng = random.Random(f"{key}/man-days")
    by_protocol = number > 1 and rng.random() < BY_PROTOCOL
    aim = 1 if by_protocol else number
    found: Goods | None = None
    for one in _draws(rng, first, order, aim):
        days = _days(first, last, one)
        if days and days[0] == aim and (found is None or days[1] == aim):
            found = one
            if days[1] == aim:
                break
    if found is None:
        return goods, f"The client pays for {NUMBERS[number]} {'day' if number == 1 else 'days'}."
    return found, f"The client's protocol asks for {NUMBERS[number]} days." if by_protocol else ""


def _draws(rng: random.Random, sheet: SampleSheet, order: Order | None, aim: int) -> Iterator[Goods]:
    """Goods that may take so many man-days."""
    more = aim - 1
    for n in range(TRIES):
        if order is not None and order.daily_rate is not None:
            rate = _draw_rate(rng, order.product)
            variants = rng.randint(1, HOUSE_PACE.variants + (aim if more else 0) * HOUSE_PACE.more_variants)
            quantity = rate * round(order.quantity / order.daily_rate)
            if quantity >= FEWEST * variants or not more:
                yield Goods(rate, quantity, variants, sheet.level, 0)
        else:
            minutes = TEST_STEP * rng.randint(0, more * HOUSE_PACE.minutes // TEST_STEP)
            level = LEVELS[n * len(LEVELS) // TRIES]
            yield Goods(None, None, sheet.variants, level, minutes)


def _draw_rate(rng: random.Random, skill: str) -> int:
    """Pieces a working day, as round as people say them; small orders are as usual as large ones."""
    low, high = DAILY_RATES[skill]
    rate = math.exp(rng.uniform(math.log(low * SMALLEST), math.log(high)))
    step = 10 if rate >= 100 else 5
    return max(step, step * round(rate / step))


def _days(first: SampleSheet, last: SampleSheet, goods: Goods) -> tuple[float, float] | None:
    """Man-days by the rules on the first and the last day of a window; None where not a piece would be made."""
    lots = (1, 1)
    if first.quantity is not None and last.lot is not None:
        share = (goods.quantity or first.quantity) / first.quantity
        # what is made is known to a piece: the first lot is that at least, the last one no more than a piece larger
        lots = (
            int(share * (first.lot or last.lot)),
            min(math.ceil(share * (last.lot + 1)), goods.quantity or last.lot),
        )
    if min(lots) < 1:
        return None
    task = replace(first.task, variants=goods.variants, level=Level(goods.level), test_minutes=goods.test_minutes)
    rule = before_production if first.service == "PPI" else sampled
    early, late = (rule(replace(task, lot=lot)) for lot in lots)
    return early.days, late.days


def _columns(order: Order, rate: int, quantity: int, variants: int) -> dict[str, object]:
    """The columns of an order of so many pieces; its value is drawn as it was before, of the new quantity."""
    value = order_facts(order.id, order.product, quantity)["value_cents"]
    return {"quantity": quantity, "daily_rate": float(rate), "variants": variants, "value_cents": value}


def _store(session: Session, record: type[Base], columns: dict[int, dict[str, object]]) -> None:
    """Set columns of rows by key, the same of each; past the session, as all rows of the sample are written."""
    if not columns:
        return
    table = Base.metadata.tables[record.__tablename__]
    names = next(iter(columns.values()))
    statement = (
        update(table).where(table.c.id == bindparam("key")).values({name: bindparam(f"new_{name}") for name in names})
    )
    rows = [{"key": key} | {f"new_{name}": value for name, value in row.items()} for key, row in columns.items()]
    session.connection().execute(statement, rows)
