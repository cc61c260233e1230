"""What a booking must say before anybody can be sent, and which of it is missing.

Booking forms of the trade ask for the factory's contact with a telephone number, where it is, the order with its goods
and quantity, and, by service, what tells when to go: production dates for inspections during production, a ready date
for those of finished goods, the number of containers for a loading. A promise in hours begins when all of it is there.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

OF_FINISHED_GOODS = ("PSI", "LOADING")

Key = Literal[
    "factory.contact",
    "factory.phone",
    "factory.address",
    "factory.place",
    "order",
    "order.product",
    "order.ready_date",
    "order.production_start",
    "order.daily_rate",
    "request.containers",
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a booking says itself. `has_window`: the days of the visit are entered."""

    service: str
    has_window: bool
    containers: int | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of a factory; "" unknown. `is_placed`: it is known where it lies."""

    contact: str
    phone: str
    address: str
    is_placed: bool


@dataclass(frozen=True, slots=True)
class Goods:
    """What is known of an order. `is_reported`: somebody has said how far production has come."""

    product: str
    start: dt.date | None
    daily_rate: float | None
    ready: dt.date | None
    is_reported: bool

    @property
    def begins(self) -> bool:
        """Whether it is known where the line of its production stands on some day."""
        return self.start is not None or self.is_reported

    @property
    def is_paced(self) -> bool:
        """Whether it is known how fast it is made."""
        if self.daily_rate is not None:
            return True
        return self.start is not None and self.ready is not None and self.start <= self.ready


@dataclass(frozen=True, slots=True)
class Told:
    """A booking, its factory and its order, where it names one."""

    asked: Asked
    site: Site
    goods: Goods | None


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing.

    Attributes:
        key: record and field to fill.
        text: what is missing, as part of a sentence.
        short: the same in a word or two.
    """

    key: Key
    text: str
    short: str


CONTACT = Lack("factory.contact", "the person to ask for at the factory", "contact")
PHONE = Lack("factory.phone", "the telephone number of the factory", "phone")
ADDRESS = Lack("factory.address", "the address of the factory", "address")
PLACE = Lack("factory.place", "the place of the factory's address on the map", "place")
ORDER = Lack("order", "the order with its product and quantity", "order")
PRODUCT = Lack("order.product", "the product of the order", "product")
READY = Lack("order.ready_date", "the ready date of the order, or the days of the visit", "ready date")
START = Lack(
    "order.production_start", "the production start of the order, or the days of the visit", "production start"
)
RATE = Lack("order.daily_rate", "the pieces a day or the ready date of the order, or the days of the visit", "pace")
CONTAINERS = Lack("request.containers", "the number of containers to be loaded", "containers")


def missing(told: Told) -> tuple[Lack, ...]:
    """What is missing of a booking, in the order in which a coordinator asks for it; empty: it is complete."""
    asked, site, goods = told.asked, told.site, told.goods
    found = [lack for lack, said in ((CONTACT, site.contact), (PHONE, site.phone)) if not said.strip()]
    if not site.is_placed:
        found.append(PLACE if site.address.strip() else ADDRESS)
    if goods is None:
        found.append(ORDER)
    else:
        found.extend(() if goods.product.strip() else (PRODUCT,))
        found.extend(() if asked.has_window else _time(asked.service, goods))
    if asked.service == "LOADING" and asked.containers is None:
        found.append(CONTAINERS)
    return tuple(found)


def _time(service: str, goods: Goods) -> tuple[Lack, ...]:
    """What is missing to know when to go."""
    if service in OF_FINISHED_GOODS:
        return () if goods.ready is not None or (goods.begins and goods.is_paced) else (READY,)
    if not goods.begins:
        return (START,)
    return () if goods.is_paced or service == "PPI" else (RATE,)
