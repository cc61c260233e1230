"""What holds until it is said otherwise: rates, windows, checklists, calendars and settings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from desktop.services.trade.protocols import ClientItem


@dataclass(frozen=True, slots=True)
class SetProductionWindow:
    """The share of an order, in percent made, between which a DUPRO may visit; both percents None: as the house's.

    Of a client, of a product, of both, or (both None) of the house.
    """

    client: str | None
    product: str | None
    from_percent: float | None
    to_percent: float | None


@dataclass(frozen=True, slots=True)
class SetClientRate:
    """What a man-day is sold for, in cents of a currency; `cents` None: no rate of its own any more.

    Of a client, a service, a country, an area, or several of them; all None: of the house.
    """

    cents: int | None
    currency: str = "USD"
    client: str | None = None
    service: str | None = None
    country: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class SetExchangeRate:
    """How many units of a currency a US dollar buys from a day on; None: nothing is said of that day any more."""

    currency: str
    date: dt.date
    units_per_dollar: float | None


@dataclass(frozen=True, slots=True)
class StoreChecklist:
    """What a client wants checked beside the house's protocol, of a product group and a service ("": of every one).

    A list that says something new becomes the next revision; without items it is given up. `source` says where it
    came from, such as a file's name.
    """

    client: str
    items: tuple[ClientItem, ...]
    product_group: str = ""
    service: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class SetCalendarDay:
    """Make a date a holiday or a make-up working day of a country, or (kind None) an ordinary day."""

    country: str
    date: dt.date
    kind: str | None
    name: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    """Set a house setting by name; None takes it back to the default."""

    name: str
    value: Any
