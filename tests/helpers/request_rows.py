"""Rows of the list of requests made by hand, for tests of what is done with them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from desktop.services.requests.rows import FactoryRef, Made, Place, RequestRow
from scheduler.plan import Reason

NOW = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
FACTORIES = (
    FactoryRef("F1", "Jasan Socks", "佳山袜业", "广东省", "CN", dt.UTC, placed=True),
    FactoryRef("F2", "Đông Á Shoes", "", "Đồng Nai", "VN", dt.UTC, placed=True),
    FactoryRef("F3", "Weixuan Weaving", "伟轩织造", "浙江省", "CN", dt.UTC, placed=False),
)
CLIENTS = (("C1", "Tallis Home"), ("C2", "Petit Fjord"), ("C3", "Ölsner & Söhne"))


def row(key: int, **values: Any) -> RequestRow:  # noqa: ANN401 -- fields of a row
    """A ready DUPRO of one man-day with 60 hours left; whatever is named differs."""
    client, client_name = values.pop("client_of", CLIENTS[0])
    standard: dict[str, Any] = {
        "id": key,
        "code": f"R{key:03}",
        "version": 1,
        "received": NOW - dt.timedelta(hours=12),
        "client": client,
        "client_name": client_name,
        "factory": FACTORIES[0],
        "order": "",
        "order_id": None,
        "service": "DUPRO",
        "skill": "textile",
        "level": 2,
        "record_status": "ready",
        "man_days": 1.0,
        "modes": 1,
        "earliest": TODAY,
        "latest": TODAY + dt.timedelta(days=5),
        "window_entered": True,
        "window_missing": "",
        "due": TODAY + dt.timedelta(days=2),
        "target": NOW + dt.timedelta(hours=60),
        "made": None,
        "price_cents": 28000,
        "price_entered": True,
        "place": None,
        "reasons": (),
        "note": "",
    }
    return RequestRow(**standard | values)


def place(day: dt.date = TODAY, *people: str, published: bool = False) -> Place:
    """A visit of a whole day."""
    slot = 2 * day.toordinal()
    return Place("P1", published, 1, slot, slot + 1, day, people or ("Lan Nguyen",), "planned")


def _days(first: int, last: int) -> st.SearchStrategy[dt.date]:
    return st.integers(first, last).map(lambda n: TODAY + dt.timedelta(days=n))


@st.composite
def drawn_rows(draw: st.DrawFn, most: int = 25) -> list[RequestRow]:
    """Rows with distinct keys and codes, alike enough to be sorted and found together."""
    rows = []
    for key in range(1, draw(st.integers(0, most)) + 1):
        status = draw(st.sampled_from(("new", "ready", "ready", "published", "done", "cancelled")))
        is_open = status in ("new", "ready", "published")
        has_place = status in ("published", "done") or (status == "ready" and draw(st.booleans()))
        earliest = draw(st.none() | _days(-4, 4))
        rows.append(
            row(
                key,
                record_status=status,
                client_of=draw(st.sampled_from(CLIENTS)),
                factory=draw(st.sampled_from(FACTORIES)),
                service=draw(st.sampled_from(("DUPRO", "PSI", "LOADING"))),
                man_days=draw(st.sampled_from((0.5, 1.0, 2.0))),
                price_cents=draw(st.sampled_from((20000, 28000, 56000))),
                earliest=earliest,
                latest=None if earliest is None else earliest + dt.timedelta(days=draw(st.integers(0, 5))),
                target=NOW + dt.timedelta(hours=draw(st.integers(-30, 80))) if is_open else None,
                made=draw(st.none() | st.just(Made(20.0, None, 10.0, 50.0)) | st.just(Made(60.0, 70.0, 10.0, 50.0))),
                place=place(draw(_days(-2, 6)), published=status != "ready") if has_place else None,
                reasons=() if has_place or not draw(st.booleans()) else (Reason("no_skill", "nobody"),),
                note=draw(st.sampled_from(("", "Ask for Ms Wang", "colour 3"))),
                pin_id=draw(st.none() | st.just(7)),
            )
        )
    return rows
