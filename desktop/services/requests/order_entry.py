"""Facts of an order and reports on it as somebody types them beside a request, and the commands that store them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from desktop.services.commands import AddOrder, Command, EditRecord, ReportProgress
from desktop.services.exchange.cells import CellFault
from desktop.services.exchange.numbers import read_number, read_whole
from desktop.services.requests.form import EntryFault, read_day
from desktop.services.requests.rows import RequestRow
from desktop.services.words import spell_day

ORDER_FACTS = ("quantity", "daily_rate", "production_start", "ready_date")
MOST_PIECES = 100_000_000


def order_text(field: str, value: Any) -> str:  # noqa: ANN401 -- any value of these fields
    """A fact as its field shows it; `read_order_fact` gives the value again."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return spell_day(value)
    if field in ("quantity", "daily_rate"):
        return f"{value:,.10g}"
    return str(value)


def read_order_fact(field: str, text: str, today: dt.date) -> Any:  # noqa: ANN401 -- as above
    """The value of a fact that somebody has typed.

    Raises:
        EntryFault: it is no value of that field.
    """
    text = text.strip()
    if not text:
        if field == "quantity":
            raise EntryFault("Every order needs a quantity.")
        return None
    try:
        if field == "quantity":
            return read_whole(text, 1, MOST_PIECES)
        if field == "daily_rate":
            return _rate(text)
        return read_day(text, today)
    except CellFault as fault:
        raise EntryFault(fault.told(text)) from fault


def _rate(text: str) -> float:
    """Pieces a day: "1,500" is a thousand and more, as pieces are whole mostly."""
    try:
        rate = float(read_whole(text, 0, MOST_PIECES))
    except CellFault:
        rate = read_number(text, 0, MOST_PIECES)
    if rate <= 0:
        raise EntryFault("Pieces a day are more than 0, or unknown.")
    return rate


def read_report(order: str, typed: tuple[str, str, str, str], today: dt.date) -> ReportProgress:
    """A progress report as typed: day, percent made, percent packed, source. An empty day is today.

    Raises:
        EntryFault: a part of it cannot be read.
    """
    day, made, packed, source = (text.strip() for text in typed)
    if not made:
        raise EntryFault("A report says how much is made, in percent.")
    try:
        return ReportProgress(
            order,
            read_day(day, today) if day else today,
            read_number(made.rstrip(" %"), 0, 100),
            read_number(packed.rstrip(" %"), 0, 100) if packed else 0.0,
            source,
        )
    except CellFault as fault:
        raise EntryFault(fault.told()) from fault


def offered_code(row: RequestRow) -> str:
    """A code for an order that a request is to have, where nobody knows its purchase order's number."""
    return f"O-{row.code}"


def new_order(row: RequestRow, code: str, product: str, quantity: int) -> tuple[Command, ...]:
    """The commands that store an order for a request and give it to that."""
    order = code.strip() or offered_code(row)
    return (
        AddOrder(order, row.client, row.factory.code, quantity, product=product.strip()),
        EditRecord("request", row.code, {"order": order}, row.version),
    )
