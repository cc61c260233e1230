"""Photos and reports of visits. What is in them is kept once, by its hash."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Versioned, reference
from desktop.models.types import UtcTime

ATTACHMENT_KINDS = ("photo", "report", "other")


class Attachment(Versioned, Base):
    """A file of a visit: its name, kind and size in bytes. `sha256` (hex) names its content."""

    __tablename__ = "attachment"
    __table_args__ = (
        UniqueConstraint("visit_id", "sha256"),
        CheckConstraint(f"kind IN {ATTACHMENT_KINDS!r}", name="kind"),
        {"sqlite_autoincrement": True},
    )

    visit_id: Mapped[int] = mapped_column(reference("visit.id"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    caption: Mapped[str] = mapped_column(default="")
    added_at: Mapped[dt.datetime] = mapped_column(UtcTime)
    added_by: Mapped[str]


class FileContent(Base):
    """The bytes of a file. Never changed, and not in the history, which would hold them once more."""

    __tablename__ = "file_content"
    __table_args__ = (UniqueConstraint("sha256"), {"sqlite_autoincrement": True})

    sha256: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
