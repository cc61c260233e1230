"""What is kept for reports: announcements that were taken back, and what solving anew has shown of a plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Versioned, reference
from desktop.models.types import UtcTime

CHANGE_KINDS = ("day", "people", "both", "dropped")
CHANGE_CAUSES = ("", "absence", "not ready", "overrun", "urgent", "closure", "client", "plan")
STUDY_KINDS = ("ceilings", "promise", "rules", "what-if")


class AnnouncedChange(Base):
    """An announcement that was replaced by another one, or taken back: when, from where to where, at which price.

    `old_slot` and `new_slot` are the first half-days (absolute slots); null: left out. `cents` is what the plan was
    charged for taking it back. `cause` is "" where nobody noted one.
    """

    __tablename__ = "announced_change"
    __table_args__ = (
        CheckConstraint(f"kind IN {CHANGE_KINDS!r}", name="kind"),
        CheckConstraint(f"cause IN {CHANGE_CAUSES!r}", name="cause"),
        {"sqlite_autoincrement": True},
    )

    request_id: Mapped[int] = mapped_column(reference("request.id"), index=True)
    plan_id: Mapped[int | None] = mapped_column(reference("plan.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcTime, index=True)
    kind: Mapped[str]
    cause: Mapped[str] = mapped_column(default="")
    old_slot: Mapped[int]
    new_slot: Mapped[int | None]
    cents: Mapped[int] = mapped_column(default=0)


class Study(Versioned, Base):
    """What solving a plan's problem anew, or proving prices of it, has shown; `content` as services/worth writes it.

    It holds for the problem named by `problem_digest` and the plan of `cost_cents` with the bound `bound_cents`
    (null: none was proven), and for no other.
    """

    __tablename__ = "study"
    __table_args__ = (
        CheckConstraint(f"kind IN {STUDY_KINDS!r}", name="kind"),
        {"sqlite_autoincrement": True},
    )

    plan_id: Mapped[int] = mapped_column(reference("plan.id"), index=True)
    kind: Mapped[str]
    label: Mapped[str]
    made_at: Mapped[dt.datetime] = mapped_column(UtcTime)
    made_by: Mapped[str]
    problem_digest: Mapped[str]
    cost_cents: Mapped[int]
    bound_cents: Mapped[int | None]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
