"""Requests: what a client has asked for, and what the planner has fixed of it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Versioned, reference
from desktop.models.types import Modes, TupleOf, UtcTime
from scheduler.problem import Mode

FOLLOW_UPS = ("reinspection", "final")
PAYERS = ("client", "supplier", "house")
REQUEST_STATUSES = ("new", "ready", "published", "done", "cancelled")


class Request(Versioned, Base):
    """A booking of one inspection.

    Null `earliest` and `latest`: the window follows from the order's production. Null `due`: from `requested_at`.
    Null costs: from the house settings and the price. `ready` requests are planned; `published` ones are announced
    and planned again with what it costs to take them back.

    The sample is drawn by `inspection_level`, `aql_major` and `aql_minor` (written as in `trade.sampling`), loadings go
    by `containers`. `man_days_reason` says why `modes` are others than the trade's rules give; "": they are not.
    `complete_at` is when nothing was missing any more and the clock began; null: something is. Requests of one
    `series` watch one production week by week, in the order of `series_part`, from 1.
    """

    __tablename__ = "request"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint(f"status IN {REQUEST_STATUSES!r}", name="status"),
        CheckConstraint("level >= 0 AND level <= 5", name="level"),
        {"sqlite_autoincrement": True},
    )

    code: Mapped[str]
    client_id: Mapped[int] = mapped_column(reference("client.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(reference("order.id"), index=True)
    factory_id: Mapped[int] = mapped_column(reference("factory.id"), index=True)
    service: Mapped[str]
    skill: Mapped[str]
    level: Mapped[int]
    languages: Mapped[tuple[str, ...]] = mapped_column(TupleOf, default=())
    certificates: Mapped[tuple[str, ...]] = mapped_column(TupleOf, default=())
    lead_level: Mapped[int | None]
    lead_languages: Mapped[tuple[str, ...]] = mapped_column(TupleOf, default=())
    lead_certificates: Mapped[tuple[str, ...]] = mapped_column(TupleOf, default=())
    modes: Mapped[tuple[Mode, ...]] = mapped_column(Modes)
    earliest: Mapped[dt.date | None]
    latest: Mapped[dt.date | None] = mapped_column(index=True)
    due: Mapped[dt.date | None]
    late_cost_cents: Mapped[int | None]
    unserved_cost_cents: Mapped[int | None]
    price_cents: Mapped[int | None]
    requested_at: Mapped[dt.datetime] = mapped_column(UtcTime)
    status: Mapped[str] = mapped_column(default="ready", index=True)
    note: Mapped[str] = mapped_column(default="")
    inspection_level: Mapped[str] = mapped_column(default="II")
    aql_major: Mapped[str] = mapped_column(default="2.5")
    aql_minor: Mapped[str] = mapped_column(default="4.0")
    test_minutes: Mapped[int] = mapped_column(default=0)
    containers: Mapped[int | None]
    man_days_reason: Mapped[str] = mapped_column(default="")
    complete_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    series: Mapped[str] = mapped_column(default="", index=True)
    series_part: Mapped[int | None]

    exclusions: Mapped[list[RequestExclusion]] = relationship(cascade="all, delete-orphan")
    affinities: Mapped[list[RequestAffinity]] = relationship(cascade="all, delete-orphan")
    pin: Mapped[Pin | None] = relationship(cascade="all, delete-orphan")


class RequestExclusion(Base):
    """An inspector who may not serve a request."""

    __tablename__ = "request_exclusion"
    __table_args__ = (UniqueConstraint("request_id", "inspector_id"), {"sqlite_autoincrement": True})

    request_id: Mapped[int] = mapped_column(reference("request.id"))
    inspector_id: Mapped[int] = mapped_column(reference("inspector.id"), index=True)


class RequestAffinity(Base):
    """Cents that it costs (or, negative, saves) when an inspector serves a request."""

    __tablename__ = "request_affinity"
    __table_args__ = (UniqueConstraint("request_id", "inspector_id"), {"sqlite_autoincrement": True})

    request_id: Mapped[int] = mapped_column(reference("request.id"))
    inspector_id: Mapped[int] = mapped_column(reference("inspector.id"), index=True)
    cents: Mapped[int]


class Pin(Versioned, Base):
    """What the planner has fixed of a request, and the rules waived for it. No inspectors: the crew is open."""

    __tablename__ = "pin"
    __table_args__ = (UniqueConstraint("request_id"), {"sqlite_autoincrement": True})

    request_id: Mapped[int] = mapped_column(reference("request.id"))
    start_slot: Mapped[int | None]
    mode: Mapped[int | None]
    waive: Mapped[tuple[str, ...]] = mapped_column(TupleOf, default=())
    reason: Mapped[str] = mapped_column(default="")

    inspectors: Mapped[list[PinInspector]] = relationship(cascade="all, delete-orphan")


class PinInspector(Base):
    """One of the crew that a pin names."""

    __tablename__ = "pin_inspector"
    __table_args__ = (UniqueConstraint("pin_id", "inspector_id"), {"sqlite_autoincrement": True})

    pin_id: Mapped[int] = mapped_column(reference("pin.id"))
    inspector_id: Mapped[int] = mapped_column(reference("inspector.id"), index=True)


class FollowUp(Base):
    """Why there is a request: the result of another led to it. `charged_to` says who pays.

    It is an inspection once more, or the final one of the same order.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("request_id"),
        CheckConstraint(f"kind IN {FOLLOW_UPS!r}", name="kind"),
        CheckConstraint(f"charged_to IN {PAYERS!r}", name="charged_to"),
        {"sqlite_autoincrement": True},
    )

    request_id: Mapped[int] = mapped_column(reference("request.id"))
    follows_id: Mapped[int] = mapped_column(reference("request.id"), index=True)
    kind: Mapped[str]
    charged_to: Mapped[str] = mapped_column(default="client")
