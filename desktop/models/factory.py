"""Factories: where they are, how sure that is, and when they are closed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Versioned, reference
from desktop.models.types import TupleOf

PRECISIONS = ("address", "town", "district", "city", "province", "none")


class Factory(Versioned, Base):
    """A place where goods are made and inspected.

    `address` stands as it was given. `lat` and `lon` are null until the factory is placed; `precision` says what they
    mean. `area` is the name that permits are given for. `closed_weekdays` numbers Monday 0.
    """

    __tablename__ = "factory"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="place"),
        CheckConstraint(f"precision IN {PRECISIONS!r}", name="precision"),
        {"sqlite_autoincrement": True},
    )

    code: Mapped[str]
    name: Mapped[str]
    local_name: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    precision: Mapped[str] = mapped_column(default="none")
    area: Mapped[str] = mapped_column(index=True)
    country: Mapped[str]
    time_zone: Mapped[str]
    closed_weekdays: Mapped[tuple[int, ...]] = mapped_column(TupleOf, default=())
    closes_on_holidays: Mapped[bool] = mapped_column(default=True)

    aliases: Mapped[list[FactoryAlias]] = relationship(cascade="all, delete-orphan", order_by="FactoryAlias.id")
    closures: Mapped[list[FactoryClosure]] = relationship(cascade="all, delete-orphan", order_by="FactoryClosure.id")


class FactoryAlias(Base):
    """Another writing of a factory that was merged into it: its code, name and address as they were."""

    __tablename__ = "factory_alias"
    __table_args__ = (UniqueConstraint("code"), {"sqlite_autoincrement": True})

    factory_id: Mapped[int] = mapped_column(reference("factory.id"), index=True)
    code: Mapped[str]
    name: Mapped[str]
    local_name: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")


class FactoryClosure(Base):
    """Days on which a factory is closed beside its weekly day and the holidays; both ends inclusive."""

    __tablename__ = "factory_closure"
    __table_args__ = (
        CheckConstraint("first_date <= last_date", name="range"),
        {"sqlite_autoincrement": True},
    )

    factory_id: Mapped[int] = mapped_column(reference("factory.id"), index=True)
    first_date: Mapped[dt.date]
    last_date: Mapped[dt.date]
    reason: Mapped[str] = mapped_column(default="")
