"""Clients, and the share of an order that must be made when a DUPRO visits them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Versioned, reference


class Client(Versioned, Base):
    """A buyer who books inspections. `clock_in_working_hours`: the hours until on site are those only."""

    __tablename__ = "client"
    __table_args__ = (UniqueConstraint("code"), {"sqlite_autoincrement": True})

    code: Mapped[str]
    name: Mapped[str]
    contact: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    clock_in_working_hours: Mapped[bool] = mapped_column(default=False)


class ClientRate(Versioned, Base):
    """What a man-day is sold for, in cents of a currency; nulls: of every client, service, country, area.

    The most particular one counts: a client's before the house's, then an area's before a country's, then a service's.
    """

    __tablename__ = "client_rate"
    __table_args__ = (
        CheckConstraint("cents > 0", name="cents"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int | None] = mapped_column(reference("client.id"))
    service: Mapped[str | None]
    country: Mapped[str | None]
    area: Mapped[str | None]
    currency: Mapped[str] = mapped_column(default="USD")
    cents: Mapped[int]


# nulls are alike here: a unique constraint would let two of the house's stand beside one another
Index(
    "uq_client_rate_whose",
    func.coalesce(ClientRate.client_id, 0),
    func.coalesce(ClientRate.service, ""),
    func.coalesce(ClientRate.country, ""),
    func.coalesce(ClientRate.area, ""),
    unique=True,
)


class ProductionWindow(Versioned, Base):
    """The share of an order, in percent made, between which a DUPRO may visit.

    Of a client, of a product, of both, or (both null) of the house. The most particular one counts.
    """

    __tablename__ = "production_window"
    __table_args__ = (
        UniqueConstraint("client_id", "product"),
        CheckConstraint("from_percent >= 0 AND from_percent < to_percent AND to_percent <= 100", name="range"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int | None] = mapped_column(reference("client.id"))
    product: Mapped[str | None]
    from_percent: Mapped[float]
    to_percent: Mapped[float]


Index(
    "uq_production_window_whose",
    func.coalesce(ProductionWindow.client_id, 0),
    func.coalesce(ProductionWindow.product, ""),
    unique=True,
)
