"""The history of every change. Append-only: the database refuses to alter or delete a row of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, reference
from desktop.models.types import UtcTime

CHANGE_KINDS = ("step", "undo", "redo", "barrier")


class Change(Base):
    """One command that was carried out: who, when, what.

    A `step` can be undone; `undo` and `redo` revert the change `reverts_id`; nothing before a `barrier` (a
    publication) can be undone any more.
    """

    __tablename__ = "change"
    __table_args__ = (
        CheckConstraint(f"kind IN {CHANGE_KINDS!r}", name="kind"),
        {"sqlite_autoincrement": True},
    )

    at: Mapped[dt.datetime] = mapped_column(UtcTime)
    actor: Mapped[str]
    command: Mapped[str]
    label: Mapped[str]
    kind: Mapped[str]
    reverts_id: Mapped[int | None] = mapped_column(reference("change.id"))
    app_version: Mapped[str]


class ChangedRow(Base):
    """One row that a change inserted, updated or deleted, as it was before and after (JSON by column)."""

    __tablename__ = "changed_row"
    __table_args__ = (
        CheckConstraint("operation IN ('insert', 'update', 'delete')", name="operation"),
        Index("ix_changed_row_row", "table_name", "row_id"),
        {"sqlite_autoincrement": True},
    )

    change_id: Mapped[int] = mapped_column(reference("change.id"), index=True)
    table_name: Mapped[str]
    row_id: Mapped[int]
    operation: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
