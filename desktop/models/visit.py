"""Visits, who makes them, what came of them. Nobody is booked twice: the database refuses it (first migration)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Versioned, reference
from desktop.models.types import UtcTime

VISIT_STATUSES = ("planned", "started", "done", "cancelled")
OUTCOMES = ("pass", "fail", "pending", "aborted")
SEVERITIES = ("critical", "major", "minor")
ABORT_REASONS = ("", "not ready", "wrong address", "refused entry", "other")
CLIENT_DECISIONS = ("", "accepted", "rejected")


class Visit(Versioned, Base):
    """Planned work: a request in one of its modes, from a first to a last half-day (absolute slots, inclusive).

    `published` visits are those that people act on; a request has at most one of them. `status` says how far it is.
    """

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("plan_id", "request_id"),
        # what assignments copy and refer to, so that the copy cannot differ
        UniqueConstraint("id", "plan_id", "first_slot", "last_slot", "published", name="uq_visit_booking"),
        Index(
            "uq_visit_published_request",
            "request_id",
            unique=True,
            sqlite_where=text("published"),
            postgresql_where=text("published"),
        ),
        CheckConstraint("first_slot <= last_slot", name="range"),
        CheckConstraint(f"status IN {VISIT_STATUSES!r}", name="status"),
        {"sqlite_autoincrement": True},
    )

    plan_id: Mapped[int] = mapped_column(reference("plan.id"))
    request_id: Mapped[int] = mapped_column(reference("request.id"), index=True)
    mode: Mapped[int]
    first_slot: Mapped[int] = mapped_column(index=True)
    last_slot: Mapped[int]
    status: Mapped[str] = mapped_column(default="planned")
    published: Mapped[bool] = mapped_column(default=False)

    # by the key alone: joined by slots as well, a visit that has been moved would find none of its people
    assignments: Mapped[list[Assignment]] = relationship(
        primaryjoin="Visit.id == foreign(Assignment.visit_id)", cascade="all, delete-orphan", order_by="Assignment.id"
    )
    result: Mapped[VisitResult | None] = relationship(cascade="all, delete-orphan")


class Assignment(Base):
    """An inspector of a visit's crew.

    Repeats the visit's plan, slots and publication, held equal by the foreign key: the refusal of double booking
    looks at one table. To move people round, delete and insert: between two updates both would be booked.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["visit_id", "plan_id", "first_slot", "last_slot", "published"],
            ["visit.id", "visit.plan_id", "visit.first_slot", "visit.last_slot", "visit.published"],
            name="fk_assignment_booking",
            deferrable=True,
            initially="DEFERRED",
        ),
        UniqueConstraint("visit_id", "inspector_id"),
        Index("ix_assignment_inspector_slots", "inspector_id", "last_slot", "first_slot"),
        {"sqlite_autoincrement": True},
    )

    visit_id: Mapped[int]
    plan_id: Mapped[int]
    inspector_id: Mapped[int] = mapped_column(reference("inspector.id"))
    first_slot: Mapped[int]
    last_slot: Mapped[int]
    published: Mapped[bool] = mapped_column(default=False)


class VisitResult(Base):
    """What came of a visit: when it began, outcome, what was found, when the report went out, what it cost in cents.

    Beside the arrival stands what was promised by then: when the on-site clock began, its target and its limit. Null:
    nothing was promised, or nobody noted it.

    The times tell the visit's life in their order: the way there, arrival, end of work, report in, report reviewed,
    report released (`report_sent_at`). `decided_at` is when the outcome was computed from the defects found; null: the
    outcome is not known yet. `lot`, `accept_major` and `accept_minor` are those that it was computed by; null: nothing
    was drawn. `missing` is what could not be checked, "" where nothing was left out. `abort_reason` says why a visit
    ended without an inspection, "" where it did not; `charged_cents` is what is charged for coming in vain.
    `client_decision` is what the client decided about goods that did not pass; "": nothing.
    """

    __tablename__ = "visit_result"
    __table_args__ = (
        UniqueConstraint("visit_id"),
        CheckConstraint(f"outcome IN {OUTCOMES!r}", name="outcome"),
        {"sqlite_autoincrement": True},
    )

    visit_id: Mapped[int] = mapped_column(reference("visit.id"))
    travelling_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    arrived_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    clock_began_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    target_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    limit_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    abort_reason: Mapped[str] = mapped_column(default="")
    charged_cents: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str]
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    percent_made: Mapped[float | None]
    lot: Mapped[int | None]
    sample_size: Mapped[int | None]
    accept_major: Mapped[int | None]
    accept_minor: Mapped[int | None]
    critical_found: Mapped[int] = mapped_column(default=0)
    major_found: Mapped[int] = mapped_column(default=0)
    minor_found: Mapped[int] = mapped_column(default=0)
    missing: Mapped[str] = mapped_column(default="")
    client_decision: Mapped[str] = mapped_column(default="")
    client_decided_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    client_decided_by: Mapped[str] = mapped_column(default="")
    client_note: Mapped[str] = mapped_column(default="")
    report_in_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    reviewed_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    reviewed_by: Mapped[str] = mapped_column(default="")
    report_sent_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    remark: Mapped[str] = mapped_column(default="")
    work_cents: Mapped[int] = mapped_column(default=0)
    premium_cents: Mapped[int] = mapped_column(default=0)
    travel_cents: Mapped[int] = mapped_column(default=0)
    nights: Mapped[int] = mapped_column(default=0)
    night_cents: Mapped[int] = mapped_column(default=0)

    defects: Mapped[list[Defect]] = relationship(cascade="all, delete-orphan", order_by="Defect.position")


class Defect(Base):
    """One kind of defect that a visit found: its class, how many pieces had it, and what it is.

    `item` is the key of the checklist's item that it failed, "" where it was found beside the list.
    """

    __tablename__ = "defect"
    __table_args__ = (
        UniqueConstraint("result_id", "position"),
        CheckConstraint(f"severity IN {SEVERITIES!r}", name="severity"),
        CheckConstraint("number > 0", name="number"),
        {"sqlite_autoincrement": True},
    )

    result_id: Mapped[int] = mapped_column(reference("visit_result.id"), index=True)
    position: Mapped[int]
    severity: Mapped[str]
    number: Mapped[int]
    text: Mapped[str]
    item: Mapped[str] = mapped_column(default="")
