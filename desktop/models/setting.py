"""House settings: named values that replace the defaults."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Versioned


class Setting(Versioned, Base):
    """One setting by name; `value` is any JSON."""

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("name"), {"sqlite_autoincrement": True})

    name: Mapped[str]
    value: Mapped[Any] = mapped_column(JSON)
