"""Plans: a horizon, the settings it was planned with, what it costs and how good it is known to be."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Versioned, reference
from desktop.models.types import UtcTime
from desktop.models.visit import Visit

PLAN_STATUSES = ("draft", "published", "superseded", "discarded")


class Plan(Versioned, Base):
    """A plan of a horizon.

    `problem_digest` names the problem that `bound_cents` is proven for: a bound says nothing of any other. Costs in
    cents; `settings` as services/settings.py writes them; `log` is what the solver says of its run.
    """

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint(f"status IN {PLAN_STATUSES!r}", name="status"),
        CheckConstraint("days >= 1 AND days <= 28", name="days"),
        {"sqlite_autoincrement": True},
    )

    code: Mapped[str]
    status: Mapped[str] = mapped_column(default="draft", index=True)
    first_day: Mapped[dt.date] = mapped_column(index=True)
    days: Mapped[int]
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[dt.datetime] = mapped_column(UtcTime)
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    solver_status: Mapped[str] = mapped_column(default="feasible")
    cost_cents: Mapped[int] = mapped_column(default=0)
    cost_parts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    bound_cents: Mapped[int | None]
    seconds: Mapped[float] = mapped_column(default=0.0)
    seed: Mapped[int] = mapped_column(default=0)
    log: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    problem_digest: Mapped[str] = mapped_column(default="")

    visits: Mapped[list[Visit]] = relationship(cascade="all, delete-orphan")
    unassigned: Mapped[list[Unassigned]] = relationship(cascade="all, delete-orphan")


class Unassigned(Base):
    """A request that a plan leaves out; `reasons` are objects with `code`, `text` and, where known, `lift`."""

    __tablename__ = "unassigned"
    __table_args__ = (UniqueConstraint("plan_id", "request_id"), {"sqlite_autoincrement": True})

    plan_id: Mapped[int] = mapped_column(reference("plan.id"))
    request_id: Mapped[int] = mapped_column(reference("request.id"), index=True)
    reasons: Mapped[list[dict[str, str]]] = mapped_column(JSON)
