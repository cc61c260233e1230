"""What is done about a defect: the corrective action plan, step by step."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Versioned, reference
from desktop.models.types import UtcTime
from desktop.models.visit import SEVERITIES

OWNERS = ("factory", "client", "house")


class CorrectiveAction(Versioned, Base):
    """One action about what a visit found: communicated, root cause, solution, fix verified, in this order.

    Each step is done where its time is not null. The solution says what is done about the pieces already made and
    about those to come. `due` is the day on which its present step is due.
    """

    __tablename__ = "corrective_action"
    __table_args__ = (
        CheckConstraint(f"severity IN {SEVERITIES!r}", name="severity"),
        CheckConstraint(f"owner_party IN {OWNERS!r}", name="owner_party"),
        {"sqlite_autoincrement": True},
    )

    visit_id: Mapped[int] = mapped_column(reference("visit.id"), index=True)
    defect_id: Mapped[int | None] = mapped_column(reference("defect.id"), index=True)
    severity: Mapped[str]
    text: Mapped[str]
    owner: Mapped[str] = mapped_column(default="")
    owner_party: Mapped[str] = mapped_column(default="factory")
    opened_at: Mapped[dt.datetime] = mapped_column(UtcTime)
    due: Mapped[dt.date] = mapped_column(index=True)
    communicated_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    communicated_to: Mapped[str] = mapped_column(default="")
    root_cause_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    root_cause: Mapped[str] = mapped_column(default="")
    solution_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    for_made: Mapped[str] = mapped_column(default="")
    for_coming: Mapped[str] = mapped_column(default="")
    verified_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    verified_by: Mapped[str] = mapped_column(default="")
    verification: Mapped[str] = mapped_column(default="")
