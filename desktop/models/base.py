"""What all records share: names of constraints, the key, the version counter, foreign keys checked at commit."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

# Alembic's batch mode finds a constraint again only by a name that is always the same.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of all records. Every table has an integer `id` that is never used twice.

    SQLite gives the key of a deleted row away again unless told not to, and history names rows by key: so every table
    says `sqlite_autoincrement`.
    """

    metadata = MetaData(naming_convention=NAMES)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)


class Versioned:
    """A record that people edit: the second of two editors who read the same version is refused (StaleDataError).

    The counter moves in flush only; bulk UPDATE would leave it behind and is not used on these tables.
    """

    version: Mapped[int] = mapped_column(Integer, nullable=False)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Name the counter to the mapper."""
        return {"version_id_col": cls.version}


def reference(target: str) -> ForeignKey:
    """A foreign key checked when the transaction commits, so that a step may write its rows in any order."""
    return ForeignKey(target, deferrable=True, initially="DEFERRED")
