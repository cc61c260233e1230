"""How long a filter, an order and a search over many requests take, in the list and in its table."""

from __future__ import annotations

import datetime as dt
import os
import random
import time
from collections.abc import Callable, Sequence
from statistics import quantiles
from typing import TypeVar

from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from desktop.itemmodels.request_table import RequestTable
from desktop.services.requests.filter import RequestFilter
from desktop.services.requests.listing import RequestIndex, Sort, SortKey
from desktop.services.requests.rows import FactoryRef, Made, Place, RequestRow
from desktop.views.look import Look
from desktop.views.requests.table_view import RequestView

Item = TypeVar("Item")

NOW = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)
REPEATS = 9
SYLLABLES = ("an", "bei", "cao", "dong", "fu", "gao", "hai", "jin", "kang", "long", "min", "ning", "ping", "xin", "yu")
AREAS = (("广东省", "CN"), ("浙江省", "CN"), ("福建省", "CN"), ("江苏省", "CN"), ("Đồng Nai", "VN"), ("Bắc Ninh", "VN"))
SORTED_BY: tuple[SortKey, ...] = ("code", "client", "factory", "target", "risk", "price")
SEARCHED = ("r", "r000", "dong nai", "ning textile", "广东", "no such thing")
FILTERS = (
    RequestFilter(statuses=("ready",)),
    RequestFilter(countries=("VN",), hours_below=48.0),
    RequestFilter(clients=("C001", "C002"), services=("DUPRO",)),
    RequestFilter(risks=("late", "no_slot"), reaches_from=NOW.date()),
)


def drawn_rows(count: int, seed: int = 1) -> list[RequestRow]:
    """Requests as a firm of that size has them: one in forty is open, the others are done."""
    rng = random.Random(seed)
    name = _name_of(rng)
    clients = [(f"C{n:03}", f"{name()} {name()} GmbH") for n in range(300)]
    factories = [
        FactoryRef(f"F{n:04}", f"{name()} {name()} Co Ltd", f"{name()}工厂", *rng.choice(AREAS), dt.UTC, placed=True)
        for n in range(5000)
    ]
    return [_row(rng, key, rng.choice(clients), rng.choice(factories)) for key in range(1, count + 1)]


def _name_of(rng: random.Random) -> Callable[[], str]:
    return lambda: "".join(rng.choices(SYLLABLES, k=2)).capitalize()


def _row(rng: random.Random, key: int, client: tuple[str, str], factory: FactoryRef) -> RequestRow:
    is_open = key % 40 == 0
    received = NOW - dt.timedelta(minutes=rng.randrange(60 * 24 * (4 if is_open else 700)))
    first = received.date() + dt.timedelta(days=rng.randrange(1, 9))
    slot = 2 * first.toordinal()
    place = Place("2026-W48-1", not is_open, key, slot, slot + 1, first, ("Lan Nguyen",), "planned")
    return RequestRow(
        id=key,
        code=f"R{key:06}",
        version=1,
        received=received,
        client=client[0],
        client_name=client[1],
        factory=factory,
        order=f"O{key:06}",
        order_id=key,
        service=rng.choice(("DUPRO", "PSI", "PPI", "LOADING")),
        skill=rng.choice(("garment", "textile", "toys", "electronics")),
        level=2,
        record_status="ready" if is_open else "done",
        man_days=rng.choice((0.5, 1.0, 2.0)),
        modes=1,
        earliest=first,
        latest=first + dt.timedelta(days=4),
        window_entered=True,
        window_missing="",
        due=first,
        target=received + dt.timedelta(hours=rng.randrange(30, 90)) if is_open else None,
        made=Made(rng.uniform(0, 60), None, 10, 50) if is_open else None,
        price_cents=rng.choice((25000, 28000, 56000)),
        price_entered=True,
        place=place if key % 3 else None,
        reasons=(),
        note="",
    )


def measure_requests(rows: int) -> dict[str, float]:
    """The slowest of twenty (p95) in milliseconds of what a user does with so many requests in the window.

    Times end when the table shows the result. The first of each kind is among them: an order has to be made then.
    `scroll_ms` is a notch of the wheel, three rows; `page_ms` a repaint of everything.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["benchmark"])
    assert isinstance(application, QApplication)
    drawn = drawn_rows(rows)
    begun = time.perf_counter()
    index = RequestIndex.of(drawn, NOW).prepare()
    made = time.perf_counter() - begun
    window = QWidget()
    window.resize(1600, 900)
    table = RequestTable(window)
    view = RequestView(table, Look(application, "light"), window)
    view.resize(1600, 900)
    window.show()
    application.processEvents()

    def show(wanted: RequestFilter, sort: Sort) -> None:
        view.show_requests(index, index.find(wanted, sort, NOW), NOW)
        view.viewport().repaint()

    whole = RequestFilter()
    sorts = [Sort(key, descending) for key in SORTED_BY for descending in (False, True)]
    found = {
        "rows": float(rows),
        "index_ms": 1000 * made,
        "filter_ms": _slowest(lambda wanted: show(wanted, Sort()), FILTERS),
        "sort_ms": _slowest(lambda sort: show(whole, sort), sorts),
        "search_ms": _slowest(lambda text: show(RequestFilter(text=text), Sort()), SEARCHED),
    }
    show(whole, Sort("code"))
    found["scroll_ms"] = _slowest(lambda place: _scroll(view, place), range(0, 19200, 96), repeats=1)
    found["page_ms"] = _slowest(lambda _: view.viewport().repaint(), range(20), repeats=1)
    window.close()
    window.deleteLater()
    return {name: round(value, 2) for name, value in found.items()}


def _scroll(view: QAbstractScrollArea, place: int) -> None:
    view.verticalScrollBar().setValue(place)
    QApplication.processEvents()


def _slowest(act: Callable[[Item], object], items: Sequence[Item], repeats: int = REPEATS) -> float:
    """The p95 of doing something with each of some items several times, in milliseconds."""
    times = []
    for _ in range(repeats):
        for item in items:
            begun = time.perf_counter()
            act(item)
            times.append(1000 * (time.perf_counter() - begun))
    return quantiles(times, n=20)[-1]
