"""Clients' own checklists, revision by revision. The house's protocols are resources, not records."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Versioned, reference
from desktop.models.types import UtcTime


class Checklist(Versioned, Base):
    """What a client wants checked beside the house's protocol; a changed list is a new revision, none is altered.

    Of a product group and a service; "" of every one. `revision` counts from 1; the highest one holds.
    """

    __tablename__ = "checklist"
    __table_args__ = (
        UniqueConstraint("client_id", "product_group", "service", "revision"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(reference("client.id"), index=True)
    product_group: Mapped[str] = mapped_column(default="")
    service: Mapped[str] = mapped_column(default="")
    revision: Mapped[int]
    stored_at: Mapped[dt.datetime] = mapped_column(UtcTime)
    source: Mapped[str] = mapped_column(default="")

    items: Mapped[list[ChecklistItem]] = relationship(cascade="all, delete-orphan", order_by="ChecklistItem.position")


class ChecklistItem(Base):
    """One thing to check: its section, its words in English, Chinese and Vietnamese where they are known.

    `replaces` is the key of the protocol's item that it stands in place of, "" where it is one more. `defect` is the
    class of a failure: "critical", "major", "minor", or "" where nothing is counted.
    """

    __tablename__ = "checklist_item"
    __table_args__ = (UniqueConstraint("checklist_id", "position"), {"sqlite_autoincrement": True})

    checklist_id: Mapped[int] = mapped_column(reference("checklist.id"), index=True)
    position: Mapped[int]
    section: Mapped[str]
    text: Mapped[str]
    text_zh: Mapped[str] = mapped_column(default="")
    text_vi: Mapped[str] = mapped_column(default="")
    requirement: Mapped[str] = mapped_column(default="")
    defect: Mapped[str] = mapped_column(default="")
    replaces: Mapped[str] = mapped_column(default="")
