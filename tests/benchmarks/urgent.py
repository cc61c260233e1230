"""What a dispatcher waits for at the telephone: from a form to ranked places, and until one is booked."""

from __future__ import annotations

import datetime as dt
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from sqlalchemy import select

from desktop.clock import FixedClock
from desktop.models import Factory
from desktop.services.bus import Desk
from desktop.services.urgent.answer import UrgentForm
from desktop.services.urgent.opening import UrgentCase, UrgentDesk, open_urgent
from desktop.store.engine import Store, open_store
from tests.benchmarks.changes import T, Timed
from tests.benchmarks.company import copy_of, large_company
from tests.benchmarks.operations import MONDAY

NOW = dt.datetime.combine(MONDAY, dt.time(16, 40), dt.timezone(dt.timedelta(hours=8)))
FACTORIES = 40
TYPED = 5  # states of one form, as it is typed on
BOOKED = 3
PRODUCTS = ("jackets", "speakers", "shoes", "towels", "toys", "chairs", "bags", "tools")


@dataclass(slots=True)
class Step:
    """Seconds of one step, on the wall and of the processor."""

    wall: Timed = field(default_factory=list)
    processor: Timed = field(default_factory=list)


def timed(task: Callable[[], T], step: Step) -> T:
    """Do something and note how long it took."""
    begun, used = time.perf_counter(), time.process_time()
    result = task()
    step.wall.append(time.perf_counter() - begun)
    step.processor.append(time.process_time() - used)
    return result


@dataclass(slots=True)
class UrgentTimes:
    """What each step took; `able`: how many people can with nothing moved, by factory."""

    opened: Step = field(default_factory=Step)
    read: Step = field(default_factory=Step)
    direct: Step = field(default_factory=Step)
    first: Step = field(default_factory=Step)
    again: Step = field(default_factory=Step)
    refused: Step = field(default_factory=Step)
    booked: Step = field(default_factory=Step)
    able: list[int] = field(default_factory=list)


def measure_urgent() -> UrgentTimes:
    """Urgent bookings at drawn factories of the large company, in its draft of a week."""
    times = UrgentTimes()
    with tempfile.TemporaryDirectory() as folder:
        database = copy_of(large_company(), Path(folder))
        with open_store(str(database), backups=Path(folder) / "backups") as store:
            desk = timed(partial(_opened, store), times.opened)
            for form in _forms(store):
                _ask(store, desk, form, times)
            _book(store, desk, times)
    return times


def _opened(store: Store) -> UrgentDesk:
    """The plan in hand, ready to be asked."""
    desk = open_urgent(store, NOW)
    assert desk.rankings
    assert desk.house
    return desk


def _forms(store: Store) -> Iterator[UrgentForm]:
    with store.session() as session:
        codes = session.scalars(select(Factory.code).where(Factory.lat.is_not(None)).order_by(Factory.id)).all()
    draw = random.Random(1)
    for code in draw.sample(codes, FACTORIES):
        yield UrgentForm(
            factory=code,
            product=draw.choice(PRODUCTS),
            quantity=draw.randint(500, 8000),
            percent=float(draw.randint(12, 45)),
            daily_rate=400.0,
        )


def _ask(store: Store, desk: UrgentDesk, form: UrgentForm, times: UrgentTimes) -> None:
    case: UrgentCase = timed(partial(desk.case, store, form, NOW), times.read)
    answer = case.rank(form, NOW)
    timed(lambda: list(case.stream(form, NOW)), times.first)
    times.able.append(answer.can)
    for number in range(TYPED):
        typed = replace(form, quantity=(form.quantity or 0) + 10 * number)
        timed(partial(case.rank, typed, NOW), times.direct)
    timed(lambda: list(case.stream(typed, NOW)), times.again)
    timed(partial(case.why_not, typed, NOW), times.refused)


def _book(store: Store, desk: UrgentDesk, times: UrgentTimes) -> None:
    clerk = Desk(store, FixedClock(NOW.astimezone(dt.UTC)), "bench")
    for form in _forms(store):
        case = desk.case(store, form, NOW)
        candidates = case.rank(form, NOW).candidates
        if candidates:
            timed(partial(clerk.handle, case.booking(form, NOW, candidates[0])), times.booked)
            clerk.undo()
        if len(times.booked.wall) == BOOKED:
            return
