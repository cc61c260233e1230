"""How a firm's files are read, remembered from the first time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Versioned


class ImportProfile(Versioned, Base):
    """Which column of a file is which field, by the file's own headers.

    `kind` is that of a sheet (`exchange.sheets`). `mapping` is JSON: what the import wizard was told.
    """

    __tablename__ = "import_profile"
    __table_args__ = (UniqueConstraint("name"), {"sqlite_autoincrement": True})

    name: Mapped[str]
    kind: Mapped[str]
    mapping: Mapped[Any] = mapped_column(JSON)
