"""Whom a plan disturbs, as rows of a list: who is to be called, what was told before, what is new."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from desktop.itemmodels.list_table import Cell, Column, TableRow
from desktop.itemmodels.slot_words import slots
from desktop.services.repair.views import Call, Spot, Told
from desktop.services.roster.card import masked_phone

translate = QCoreApplication.translate


def call_columns() -> tuple[Column, ...]:
    """The columns."""
    return (
        Column("request", translate("calls", "Request"), 90, 110),
        Column("who", translate("calls", "Factory and client"), 140, 260, 0.3, goes=1),
        Column("told", translate("calls", "Was told"), 150, 240, 0.3),
        Column("new", translate("calls", "Is new"), 150, 240, 0.4),
    )


def call_rows(calls: Iterable[Call]) -> tuple[TableRow, ...]:
    """A head for each who is called, with the number; under it each visit to speak about."""
    found: list[TableRow] = []
    for call in calls:
        key = f"{call.party}/{call.code}"
        words = {
            "inspector": translate("calls", "Inspector"),
            "factory": translate("calls", "Factory"),
            "client": translate("calls", "Client"),
        }[call.party]
        phone = masked_phone(call.phone) if call.party == "inspector" else call.phone
        reach = " · ".join(part for part in (words, call.contact, phone, call.email) if part)
        found.append(TableRow(key, (Cell(call.name, detail=reach),), call, is_head=True))
        found += [_item(key, call, item) for item in call.items]
    return tuple(found)


def _item(key: str, call: Call, item: Told) -> TableRow:
    who = f"{item.factory_name} · {item.client_name}"
    names = call.party != "factory"
    new = Cell(_spot(item.new, names)) if item.new is not None else Cell(translate("calls", "nobody comes"), "bad")
    before = Cell(_spot(item.told, names) or translate("calls", "nothing"), "muted")
    return TableRow(
        f"{key}/{item.request}", (Cell(item.request, service=item.service), Cell(who, "muted"), before, new), item
    )


def _spot(spot: Spot | None, names: bool) -> str:
    if spot is None:
        return ""
    when = slots(spot.first_slot, spot.last_slot)
    return f"{when} · {', '.join(spot.names)}" if names else when
