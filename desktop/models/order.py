"""Orders in production, and what is known of their progress."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Versioned, reference
from desktop.models.types import TupleOf


class Order(Versioned, Base):
    """Goods that a client has ordered of a factory. `daily_rate` is in pieces a working day.

    `product` is the client's word; `product_group` one of the house's groups (`services/trade`), "" where it is left to
    be guessed. `variants` are styles times colours or sizes. `value_cents` is what the client pays, in US cents.
    `standards` are those that the goods have to meet, such as RoHS. The last three say where to find what they name.
    """

    __tablename__ = "order"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("daily_rate IS NULL OR daily_rate > 0", name="daily_rate"),
        {"sqlite_autoincrement": True},
    )

    code: Mapped[str]
    client_id: Mapped[int] = mapped_column(reference("client.id"), index=True)
    factory_id: Mapped[int] = mapped_column(reference("factory.id"), index=True)
    product: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    quantity: Mapped[int]
    production_start: Mapped[dt.date | None]
    daily_rate: Mapped[float | None]
    ready_date: Mapped[dt.date | None]
    product_group: Mapped[str] = mapped_column(default="")
    variants: Mapped[int] = mapped_column(default=1)
    is_new_product: Mapped[bool] = mapped_column(default=False)
    value_cents: Mapped[int | None]
    standards: Mapped[tuple[str, ...]] = mapped_column(TupleOf, default=())
    golden_sample: Mapped[str] = mapped_column(default="")
    specifications: Mapped[str] = mapped_column(default="")
    packing: Mapped[str] = mapped_column(default="")

    progress: Mapped[list[ProgressReport]] = relationship(
        cascade="all, delete-orphan", order_by="ProgressReport.reported_on"
    )


class ProgressReport(Base):
    """What share of an order was made and packed on a day, and who says so."""

    __tablename__ = "progress_report"
    __table_args__ = (
        CheckConstraint("percent_made >= 0 AND percent_made <= 100", name="made"),
        CheckConstraint("percent_packed >= 0 AND percent_packed <= 100", name="packed"),
        {"sqlite_autoincrement": True},
    )

    order_id: Mapped[int] = mapped_column(reference("order.id"), index=True)
    reported_on: Mapped[dt.date]
    percent_made: Mapped[float]
    percent_packed: Mapped[float] = mapped_column(default=0.0)
    source: Mapped[str] = mapped_column(default="")
