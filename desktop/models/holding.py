"""Places kept free for a client who has not decided yet."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Versioned, reference
from desktop.models.types import UtcTime

HOLD_STATES = ("held", "offered", "confirmed", "released", "expired")

ACTIVE = ("held", "offered")
"""States of a hold in which it keeps its place."""


class SlotHold(Versioned, Base):
    """The visit of a request in a draft, kept for its client until a time; then its place is free again by itself.

    The place is the visit's own: pinned, so that nobody else is put there. A request is held once at most.
    """

    __tablename__ = "slot_hold"
    __table_args__ = (
        UniqueConstraint("request_id"),
        CheckConstraint(f"state IN {HOLD_STATES!r}", name="state"),
        {"sqlite_autoincrement": True},
    )

    request_id: Mapped[int] = mapped_column(reference("request.id"))
    plan_id: Mapped[int] = mapped_column(reference("plan.id"), index=True)
    state: Mapped[str] = mapped_column(default="held")
    held_at: Mapped[dt.datetime] = mapped_column(UtcTime)
    held_by: Mapped[str]
    until: Mapped[dt.datetime] = mapped_column(UtcTime)
    note: Mapped[str] = mapped_column(default="")
