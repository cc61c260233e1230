"""Clients, factories, orders and people, and fields of any record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class AddClient:
    """A new client."""

    code: str
    name: str
    contact: str = ""
    email: str = ""
    country: str = ""
    clock_in_working_hours: bool = False


@dataclass(frozen=True, slots=True)
class AddFactory:
    """A new factory. An empty `time_zone` is that of the country.

    Without `lat` and `lon` it is placed by its address where that leaves no doubt; else it has no place yet.
    """

    code: str
    name: str
    area: str
    country: str
    time_zone: str = ""
    local_name: str = ""
    address: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: str = "none"
    closed_weekdays: tuple[int, ...] = ()
    closes_on_holidays: bool = True


@dataclass(frozen=True, slots=True)
class AddOrder:
    """A new order of a client at a factory."""

    code: str
    client: str
    factory: str
    quantity: int
    product: str = ""
    description: str = ""
    production_start: dt.date | None = None
    daily_rate: float | None = None
    ready_date: dt.date | None = None
    product_group: str = ""
    variants: int = 1
    is_new_product: bool = False
    value_cents: int | None = None
    standards: tuple[str, ...] = ()
    golden_sample: str = ""
    specifications: str = ""
    packing: str = ""


@dataclass(frozen=True, slots=True)
class AddInspector:
    """A new person of the roster; `permits` and `certificates` map to the last valid day."""

    code: str
    name: str
    lat: float
    lon: float
    country: str
    services: tuple[str, ...]
    skills: Mapping[str, int]
    day_costs_cents: tuple[int, ...]
    night_cost_cents: int
    travel_day_cost_cents: int
    languages: tuple[str, ...] = ()
    certificates: Mapping[str, dt.date] = field(default_factory=dict)
    permits: Mapping[str, dt.date | None] = field(default_factory=dict)
    local_name: str = ""
    phone: str = ""
    email: str = ""
    team: str = ""
    home_address: str = ""
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    works_on_holidays: bool = False
    travels_on_rest_days: bool = False
    weekend_premium_cents: int = 0
    holiday_premium_cents: int = 0
    max_consecutive_days: int = 6
    active: bool = True
    sheet_language: str = ""


@dataclass(frozen=True, slots=True)
class EditRecord:
    """Set fields of one record: `kind` is "client", "factory", "order", "request" or "inspector".

    Fields are named as in the Add commands; a reference is the code of the other record. Text is turned into the
    field's type. An inspector's `skills`, `certificates` and `permits` replace the whole map.
    """

    kind: str
    code: str
    values: Mapping[str, Any]
    version: int | None = None
