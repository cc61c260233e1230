"""Days of a country's calendar that differ from the plain week."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Versioned


class CalendarDay(Versioned, Base):
    """A public holiday, or a weekend day that the state turns into a working day.

    `provisional` marks a year that no official notice has fixed yet.
    """

    __tablename__ = "calendar_day"
    __table_args__ = (
        UniqueConstraint("country", "date"),
        CheckConstraint("kind IN ('holiday', 'make-up')", name="kind"),
        {"sqlite_autoincrement": True},
    )

    country: Mapped[str]
    date: Mapped[dt.date]
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    provisional: Mapped[bool] = mapped_column(default=False)
