"""What the fields of a booking list are called in the window."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.services.exchange.foreign.targets import Target
from desktop.views.actions.spec import QT_TRANSLATE_NOOP

TITLES: Mapping[str, str] = {
    "request.code": QT_TRANSLATE_NOOP("import", "Booking: number"),
    "request.service": QT_TRANSLATE_NOOP("import", "Service"),
    "request.day": QT_TRANSLATE_NOOP("import", "Inspection date"),
    "request.earliest": QT_TRANSLATE_NOOP("import", "Window: first day"),
    "request.latest": QT_TRANSLATE_NOOP("import", "Window: last day"),
    "request.modes": QT_TRANSLATE_NOOP("import", "Man-days"),
    "request.price_cents": QT_TRANSLATE_NOOP("import", "Price of the inspection (USD)"),
    "request.note": QT_TRANSLATE_NOOP("import", "Note"),
    "request.skill": QT_TRANSLATE_NOOP("import", "Skill needed"),
    "request.level": QT_TRANSLATE_NOOP("import", "Level of the skill"),
    "request.languages": QT_TRANSLATE_NOOP("import", "Languages needed"),
    "request.certificates": QT_TRANSLATE_NOOP("import", "Certificates needed"),
    "request.due": QT_TRANSLATE_NOOP("import", "Due"),
    "request.requested_at": QT_TRANSLATE_NOOP("import", "Booked at"),
    "request.inspection_level": QT_TRANSLATE_NOOP("import", "Inspection level"),
    "request.aql_major": QT_TRANSLATE_NOOP("import", "AQL major"),
    "request.aql_minor": QT_TRANSLATE_NOOP("import", "AQL minor"),
    "request.test_minutes": QT_TRANSLATE_NOOP("import", "Minutes of tests"),
    "request.containers": QT_TRANSLATE_NOOP("import", "Containers"),
    "order.code": QT_TRANSLATE_NOOP("import", "Order: PO number"),
    "order.product": QT_TRANSLATE_NOOP("import", "Order: product"),
    "order.description": QT_TRANSLATE_NOOP("import", "Order: description"),
    "order.quantity": QT_TRANSLATE_NOOP("import", "Order: quantity"),
    "order.production_start": QT_TRANSLATE_NOOP("import", "Order: production start"),
    "order.daily_rate": QT_TRANSLATE_NOOP("import", "Order: pieces a day"),
    "order.ready_date": QT_TRANSLATE_NOOP("import", "Order: ready date"),
    "order.product_group": QT_TRANSLATE_NOOP("import", "Order: product group"),
    "order.variants": QT_TRANSLATE_NOOP("import", "Order: styles and colours"),
    "order.is_new_product": QT_TRANSLATE_NOOP("import", "Order: new product"),
    "order.value_cents": QT_TRANSLATE_NOOP("import", "Order: value (USD)"),
    "order.standards": QT_TRANSLATE_NOOP("import", "Order: standards"),
    "order.golden_sample": QT_TRANSLATE_NOOP("import", "Order: golden sample"),
    "order.specifications": QT_TRANSLATE_NOOP("import", "Order: specifications"),
    "order.packing": QT_TRANSLATE_NOOP("import", "Order: packing rules"),
    "factory.code": QT_TRANSLATE_NOOP("import", "Factory: code"),
    "factory.name": QT_TRANSLATE_NOOP("import", "Factory: name"),
    "factory.local_name": QT_TRANSLATE_NOOP("import", "Factory: local name"),
    "factory.address": QT_TRANSLATE_NOOP("import", "Factory: address"),
    "factory.contact": QT_TRANSLATE_NOOP("import", "Factory: contact"),
    "factory.phone": QT_TRANSLATE_NOOP("import", "Factory: phone"),
    "factory.area": QT_TRANSLATE_NOOP("import", "Factory: province"),
    "factory.country": QT_TRANSLATE_NOOP("import", "Factory: country"),
    "factory.lat": QT_TRANSLATE_NOOP("import", "Factory: latitude"),
    "factory.lon": QT_TRANSLATE_NOOP("import", "Factory: longitude"),
    "client.name": QT_TRANSLATE_NOOP("import", "Client"),
    "client.code": QT_TRANSLATE_NOOP("import", "Client: code"),
}


def title_of(target: Target) -> str:
    """A field of a booking list in the words of the window; of another sheet its header there, as files write it."""
    title = TITLES.get(target.name)
    return target.title if title is None or ":" not in target.title else QCoreApplication.translate("import", title)
