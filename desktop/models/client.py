"""Clients, and the share of an order that must be made when a DUPRO visits them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Versioned, reference


class Client(Versioned, Base):
    """A buyer who books inspections."""

    __tablename__ = "client"
    __table_args__ = (UniqueConstraint("code"), {"sqlite_autoincrement": True})

    code: Mapped[str]
    name: Mapped[str]
    contact: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")


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
