"""Intake: what a booking, its order and its client say for sampling, clock, quote and papers."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _more_of_what_is_kept()
    _one_share_each()
    _money()
    _checklists()
    _table(
        "factory_alias",
        _reference("factory_id", "factory.id"),
        _column("code", sa.String()),
        _column("name", sa.String()),
        _column("local_name", sa.String()),
        _column("address", sa.String()),
        sa.UniqueConstraint("code"),
    )
    _table(
        "import_profile",
        _column("name", sa.String()),
        _column("kind", sa.String()),
        _column("mapping", sa.JSON()),
        _column("version", sa.Integer()),
        sa.UniqueConstraint("name"),
    )


def _table(name: str, *items: sa.schema.SchemaItem) -> None:
    op.create_table(name, sa.Column("id", sa.Integer(), primary_key=True), *items, sqlite_autoincrement=True)


def _column(name: str, kind: TypeEngine[Any], *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=nullable)


def _reference(name: str, target: str, *, nullable: bool = False) -> sa.Column[int]:
    """Of something: looked up by it where it cannot do without."""
    key = sa.ForeignKey(target, deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.Integer(), key, nullable=nullable, index=not nullable)


def _add(table: str, name: str, kind: TypeEngine[Any], default: str | sa.False_ | None = None) -> None:
    """A column more; without a default it may be null."""
    op.add_column(table, sa.Column(name, kind, nullable=default is None, server_default=default))


def _more_of_what_is_kept() -> None:
    _add("client", "clock_in_working_hours", sa.Boolean(), sa.false())
    _add("order", "product_group", sa.String(), "")
    _add("order", "variants", sa.Integer(), "1")
    _add("order", "is_new_product", sa.Boolean(), sa.false())
    _add("order", "value_cents", sa.Integer())
    _add("order", "standards", sa.JSON(), "[]")
    _add("order", "golden_sample", sa.String(), "")
    _add("order", "specifications", sa.String(), "")
    _add("order", "packing", sa.String(), "")
    _add("request", "inspection_level", sa.String(), "II")
    _add("request", "aql_major", sa.String(), "2.5")
    _add("request", "aql_minor", sa.String(), "4.0")
    _add("request", "test_minutes", sa.Integer(), "0")
    _add("request", "containers", sa.Integer())
    _add("request", "man_days_reason", sa.String(), "")
    _add("request", "complete_at", sa.DateTime(timezone=True))
    _add("request", "series", sa.String(), "")
    _add("request", "series_part", sa.Integer())
    op.create_index("ix_request_series", "request", ["series"])
    for column in ("arrived_at", "clock_began_at", "target_at", "limit_at"):
        _add("visit_result", column, sa.DateTime(timezone=True))
    # bookings of before had all that was asked for then
    op.execute("UPDATE request SET complete_at = requested_at")


def _or_none(name: str, nothing: str | int = "") -> sa.ColumnElement[Any]:
    """A column of a unique index in which nulls are alike."""
    return sa.func.coalesce(sa.column(name), sa.literal_column(repr(nothing)))


def _one_share_each() -> None:
    """No two production windows of one client and product: of those that there may be the latest holds."""
    op.execute(
        "DELETE FROM production_window WHERE id NOT IN"
        " (SELECT max(id) FROM production_window GROUP BY client_id, coalesce(product, ''))"
    )
    columns = [_or_none("client_id", 0), _or_none("product")]
    op.create_index("uq_production_window_whose", "production_window", columns, unique=True)


def _money() -> None:
    _table(
        "client_rate",
        _reference("client_id", "client.id", nullable=True),
        _column("service", sa.String(), nullable=True),
        _column("country", sa.String(), nullable=True),
        _column("area", sa.String(), nullable=True),
        _column("currency", sa.String()),
        _column("cents", sa.Integer()),
        _column("version", sa.Integer()),
        sa.CheckConstraint("cents > 0", name="cents"),
    )
    op.create_index(
        "uq_client_rate_whose",
        "client_rate",
        [_or_none("client_id", 0), _or_none("service"), _or_none("country"), _or_none("area")],
        unique=True,
    )
    _table(
        "exchange_rate",
        _column("currency", sa.String()),
        _column("date", sa.Date()),
        _column("units_per_dollar", sa.Double()),
        _column("version", sa.Integer()),
        sa.CheckConstraint("units_per_dollar > 0", name="units_per_dollar"),
        sa.UniqueConstraint("currency", "date"),
    )


def _checklists() -> None:
    _table(
        "checklist",
        _reference("client_id", "client.id"),
        _column("product_group", sa.String()),
        _column("service", sa.String()),
        _column("revision", sa.Integer()),
        _column("stored_at", sa.DateTime(timezone=True)),
        _column("source", sa.String()),
        _column("version", sa.Integer()),
        sa.UniqueConstraint("client_id", "product_group", "service", "revision"),
    )
    _table(
        "checklist_item",
        _reference("checklist_id", "checklist.id"),
        _column("position", sa.Integer()),
        _column("section", sa.String()),
        _column("text", sa.String()),
        _column("text_zh", sa.String()),
        _column("text_vi", sa.String()),
        _column("requirement", sa.String()),
        _column("defect", sa.String()),
        _column("replaces", sa.String()),
        sa.UniqueConstraint("checklist_id", "position"),
    )
