"""Inspectors: home, what they may do, when they work, what they cost, and where they are."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Versioned, reference
from desktop.models.types import TupleOf


class Inspector(Versioned, Base):
    """A person of the roster. Work sheets are in `sheet_language`; "": in that of the country.

    `weekdays` are those worked (Monday 0), before calendar, absences and day exceptions. `day_costs_cents` are those of
    the 1st, 2nd, ... day worked in a calendar week; its length is the most days that may be worked in one.
    """

    __tablename__ = "inspector"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("max_consecutive_days >= 0", name="max_consecutive_days"),
        {"sqlite_autoincrement": True},
    )

    code: Mapped[str]
    name: Mapped[str]
    local_name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    team: Mapped[str] = mapped_column(default="", index=True)
    home_address: Mapped[str] = mapped_column(default="")
    lat: Mapped[float]
    lon: Mapped[float]
    country: Mapped[str]
    services: Mapped[tuple[str, ...]] = mapped_column(TupleOf)
    languages: Mapped[tuple[str, ...]] = mapped_column(TupleOf)
    weekdays: Mapped[tuple[int, ...]] = mapped_column(TupleOf, default=(0, 1, 2, 3, 4))
    works_on_holidays: Mapped[bool] = mapped_column(default=False)
    travels_on_rest_days: Mapped[bool] = mapped_column(default=False)
    day_costs_cents: Mapped[tuple[int, ...]] = mapped_column(TupleOf)
    weekend_premium_cents: Mapped[int] = mapped_column(default=0)
    holiday_premium_cents: Mapped[int] = mapped_column(default=0)
    night_cost_cents: Mapped[int]
    travel_day_cost_cents: Mapped[int]
    max_consecutive_days: Mapped[int] = mapped_column(default=6)
    active: Mapped[bool] = mapped_column(default=True)
    sheet_language: Mapped[str] = mapped_column(default="")

    skills: Mapped[list[InspectorSkill]] = relationship(cascade="all, delete-orphan")
    certificates: Mapped[list[InspectorCertificate]] = relationship(cascade="all, delete-orphan")
    permits: Mapped[list[Permit]] = relationship(cascade="all, delete-orphan")
    absences: Mapped[list[Absence]] = relationship(cascade="all, delete-orphan", order_by="Absence.first_slot")
    exceptions: Mapped[list[DayException]] = relationship(cascade="all, delete-orphan", order_by="DayException.date")
    positions: Mapped[list[InspectorPosition]] = relationship(cascade="all, delete-orphan")


class InspectorSkill(Base):
    """A product skill and its level, 1 to 5."""

    __tablename__ = "inspector_skill"
    __table_args__ = (
        UniqueConstraint("inspector_id", "skill"),
        CheckConstraint("level >= 1 AND level <= 5", name="level"),
        {"sqlite_autoincrement": True},
    )

    inspector_id: Mapped[int] = mapped_column(reference("inspector.id"))
    skill: Mapped[str]
    level: Mapped[int]


class InspectorCertificate(Base):
    """A certificate and the last day on which it is valid."""

    __tablename__ = "inspector_certificate"
    __table_args__ = (UniqueConstraint("inspector_id", "certificate"), {"sqlite_autoincrement": True})

    inspector_id: Mapped[int] = mapped_column(reference("inspector.id"))
    certificate: Mapped[str]
    valid_until: Mapped[dt.date]


class Permit(Base):
    """An area in which an inspector may work, and the last day of the permission (null: no end)."""

    __tablename__ = "permit"
    __table_args__ = (UniqueConstraint("inspector_id", "area"), {"sqlite_autoincrement": True})

    inspector_id: Mapped[int] = mapped_column(reference("inspector.id"))
    area: Mapped[str]
    valid_until: Mapped[dt.date | None]


class Absence(Versioned, Base):
    """Half-days on which an inspector cannot work; both ends inclusive (absolute slots)."""

    __tablename__ = "absence"
    __table_args__ = (CheckConstraint("first_slot <= last_slot", name="range"), {"sqlite_autoincrement": True})

    inspector_id: Mapped[int] = mapped_column(reference("inspector.id"), index=True)
    first_slot: Mapped[int]
    last_slot: Mapped[int]
    kind: Mapped[str] = mapped_column(default="leave")
    note: Mapped[str] = mapped_column(default="")


class DayException(Base):
    """What differs on one day from an inspector's week and calendar. Null: as usual. An absence counts all the same."""

    __tablename__ = "day_exception"
    __table_args__ = (UniqueConstraint("inspector_id", "date"), {"sqlite_autoincrement": True})

    inspector_id: Mapped[int] = mapped_column(reference("inspector.id"))
    date: Mapped[dt.date] = mapped_column(index=True)
    morning: Mapped[bool | None]
    afternoon: Mapped[bool | None]
    may_travel: Mapped[bool | None]
    premium_cents: Mapped[int | None]


class InspectorPosition(Versioned, Base):
    """Where an inspector is and what he has worked when a horizon begins, as stated by a person.

    Stated values replace those that follow from the published visits before `as_of`. Null `start_slot` (absolute):
    at home. `worked_dates` are ISO dates from `as_of` on that count as worked.
    """

    __tablename__ = "inspector_position"
    __table_args__ = (
        UniqueConstraint("inspector_id", "as_of"),
        CheckConstraint("(start_slot IS NULL) = (lat IS NULL)", name="start"),
        {"sqlite_autoincrement": True},
    )

    inspector_id: Mapped[int] = mapped_column(reference("inspector.id"))
    as_of: Mapped[dt.date]
    days_this_week: Mapped[int] = mapped_column(default=0)
    consecutive_days: Mapped[int] = mapped_column(default=0)
    start_slot: Mapped[int | None]
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    country: Mapped[str | None]
    worked_dates: Mapped[tuple[str, ...]] = mapped_column(TupleOf, default=())


class PastVisit(Base):
    """A visit made before this database knew of it: counts for rotation."""

    __tablename__ = "past_visit"
    __table_args__ = {"sqlite_autoincrement": True}

    inspector_id: Mapped[int] = mapped_column(reference("inspector.id"), index=True)
    factory_id: Mapped[int] = mapped_column(reference("factory.id"), index=True)
    visited_on: Mapped[dt.date] = mapped_column(index=True)
