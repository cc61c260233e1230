"""What currencies are worth, as entered day by day."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Versioned


class ExchangeRate(Versioned, Base):
    """How many units of a currency a US dollar buys from a day on, until a later row says otherwise."""

    __tablename__ = "exchange_rate"
    __table_args__ = (
        UniqueConstraint("currency", "date"),
        CheckConstraint("units_per_dollar > 0", name="units_per_dollar"),
        {"sqlite_autoincrement": True},
    )

    currency: Mapped[str]
    date: Mapped[dt.date]
    units_per_dollar: Mapped[float]
