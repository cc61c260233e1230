"""What has been announced to client and factory, and what it costs to take back."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Versioned, reference


class Announcement(Versioned, Base):
    """The crew and start of a request as last announced (absolute slot), with the prices in cents of changing it."""

    __tablename__ = "announcement"
    __table_args__ = (UniqueConstraint("request_id"), {"sqlite_autoincrement": True})

    request_id: Mapped[int] = mapped_column(reference("request.id"))
    first_slot: Mapped[int]
    inspector_cost_cents: Mapped[int]
    day_cost_cents: Mapped[int]
    drop_cost_cents: Mapped[int]

    inspectors: Mapped[list[AnnouncementInspector]] = relationship(cascade="all, delete-orphan")


class AnnouncementInspector(Base):
    """One of the crew that was announced."""

    __tablename__ = "announcement_inspector"
    __table_args__ = (UniqueConstraint("announcement_id", "inspector_id"), {"sqlite_autoincrement": True})

    announcement_id: Mapped[int] = mapped_column(reference("announcement.id"))
    inspector_id: Mapped[int] = mapped_column(reference("inspector.id"), index=True)
