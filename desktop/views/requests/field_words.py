"""What the fields of a request are called, and where they stand in a form."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.itemmodels import request_words as words
from desktop.services.requests.cards import OrderChoice
from desktop.services.requests.rows import RequestRow

translate = QCoreApplication.translate
Line = tuple[tuple[str, int], ...]

LINES: tuple[Line, ...] = (
    (("code", 3), ("status", 2)),
    (("client", 1),),
    (("order", 1),),
    (("factory", 1),),
    (("service", 3), ("skill", 4), ("level", 2)),
    (("earliest", 1), ("latest", 1)),
    (("due", 1), ("price_cents", 1)),
    (("modes", 1),),
    (("languages", 1),),
    (("certificates", 1),),
    (("note", 1),),
)
"""Fields side by side, each with its share of the line."""

MORE_LINES: tuple[Line, ...] = (
    (("lead_level", 1),),
    (("lead_languages", 1),),
    (("lead_certificates", 1),),
    (("late_cost_cents", 1), ("unserved_cost_cents", 1)),
)
"""Fields that are seldom needed."""

MORE_FIELDS = tuple(name for line in MORE_LINES for name, _ in line)


def field_title(name: str) -> str:
    """What a field is called."""
    titles: Mapping[str, str] = {
        "code": translate("requests", "Code"),
        "client": translate("requests", "Client"),
        "order": translate("requests", "Order"),
        "factory": translate("requests", "Factory"),
        "service": translate("requests", "Service"),
        "skill": translate("requests", "Skill"),
        "level": translate("requests", "Level"),
        "modes": translate("requests", "Man-days, or ways to split them"),
        "earliest": translate("requests", "Earliest day"),
        "latest": translate("requests", "Latest day"),
        "due": translate("requests", "Due on site"),
        "languages": translate("requests", "Languages"),
        "certificates": translate("requests", "Certificates"),
        "lead_level": translate("requests", "Level of the lead"),
        "lead_languages": translate("requests", "Languages of the lead"),
        "lead_certificates": translate("requests", "Certificates of the lead"),
        "price_cents": translate("requests", "Price, $"),
        "late_cost_cents": translate("requests", "A day late costs, $"),
        "unserved_cost_cents": translate("requests", "Leaving it out costs, $"),
        "status": translate("requests", "Status"),
        "note": translate("requests", "Note to the inspector"),
    }
    return titles[name]


def status_names() -> Mapping[str, str]:
    """The statuses of records."""
    return {
        "new": words.status("new"),
        "ready": words.status("ready"),
        "published": words.status("published"),
        "done": words.status("done"),
        "cancelled": words.status("cancelled"),
    }


def order_told(order: OrderChoice) -> str:
    """An order in a line: "Silk scarf, 18,000 pcs, from Thu 8 Oct, 1,500 a day, ready Sat 24 Oct"."""
    parts = [order.product, translate("requests", "{count} pcs").format(count=f"{order.quantity:,}")]
    if order.production_start is not None:
        parts.append(translate("requests", "from {day}").format(day=words.short_day(order.production_start)))
    if order.daily_rate is not None:
        parts.append(translate("requests", "{rate} a day").format(rate=f"{order.daily_rate:,.0f}"))
    if order.ready_date is not None:
        parts.append(translate("requests", "ready {day}").format(day=words.short_day(order.ready_date)))
    return ", ".join(part for part in parts if part)


def house_hints() -> dict[str, str]:
    """What the house says for fields that are empty."""
    return {
        "late_cost_cents": translate("requests", "as the house"),
        "unserved_cost_cents": translate("requests", "from the price"),
    }


def new_hints() -> dict[str, str]:
    """What follows for the fields of a new request that are left empty."""
    return house_hints() | {"modes": translate("requests", "by the rules, from the order")}


def hints(row: RequestRow) -> dict[str, str]:
    """What follows for the fields of a request that are empty."""
    found = {} if row.price_entered else {"price_cents": words.money(row).removeprefix("$")}
    if not row.window_entered and row.earliest is not None and row.latest is not None:
        found |= {"earliest": words.short_day(row.earliest), "latest": words.short_day(row.latest)}
    if row.due is not None:
        found["due"] = words.short_day(row.due)
    return found
