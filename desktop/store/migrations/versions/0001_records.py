"""The records as first released."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None


def upgrade() -> None:
    _firm()
    _roster()
    _bookings()
    _plans()
    _house()


def _table(name: str, *items: sa.schema.SchemaItem) -> None:
    op.create_table(name, sa.Column("id", sa.Integer(), primary_key=True), *items, sqlite_autoincrement=True)


def _column(name: str, kind: TypeEngine[Any], *, nullable: bool = False, index: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=nullable, index=index)


def _reference(name: str, target: str, *, nullable: bool = False, index: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(target, deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.Integer(), key, nullable=nullable, index=index)


def _firm() -> None:
    """Clients, their orders, and the factories that make the goods."""
    _table(
        "client",
        _column("code", sa.String()),
        _column("name", sa.String()),
        _column("contact", sa.String()),
        _column("email", sa.String()),
        _column("country", sa.String()),
        _column("version", sa.Integer()),
        sa.UniqueConstraint("code"),
    )
    _table(
        "factory",
        _column("code", sa.String()),
        _column("name", sa.String()),
        _column("local_name", sa.String()),
        _column("address", sa.String()),
        _column("contact", sa.String()),
        _column("phone", sa.String()),
        _column("lat", sa.Double(), nullable=True),
        _column("lon", sa.Double(), nullable=True),
        _column("precision", sa.String()),
        _column("area", sa.String(), index=True),
        _column("country", sa.String()),
        _column("time_zone", sa.String()),
        _column("closed_weekdays", sa.JSON()),
        _column("closes_on_holidays", sa.Boolean()),
        _column("version", sa.Integer()),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="place"),
        sa.CheckConstraint(
            "precision IN ('address', 'town', 'district', 'city', 'province', 'none')", name="precision"
        ),
        sa.UniqueConstraint("code"),
    )
    _table(
        "factory_closure",
        _reference("factory_id", "factory.id", index=True),
        _column("first_date", sa.Date()),
        _column("last_date", sa.Date()),
        _column("reason", sa.String()),
        sa.CheckConstraint("first_date <= last_date", name="range"),
    )
    _table(
        "order",
        _column("code", sa.String()),
        _reference("client_id", "client.id", index=True),
        _reference("factory_id", "factory.id", index=True),
        _column("product", sa.String()),
        _column("description", sa.String()),
        _column("quantity", sa.Integer()),
        _column("production_start", sa.Date(), nullable=True),
        _column("daily_rate", sa.Double(), nullable=True),
        _column("ready_date", sa.Date(), nullable=True),
        _column("version", sa.Integer()),
        sa.CheckConstraint("daily_rate IS NULL OR daily_rate > 0", name="daily_rate"),
        sa.CheckConstraint("quantity > 0", name="quantity"),
        sa.UniqueConstraint("code"),
    )
    _table(
        "progress_report",
        _reference("order_id", "order.id", index=True),
        _column("reported_on", sa.Date()),
        _column("percent_made", sa.Double()),
        _column("percent_packed", sa.Double()),
        _column("source", sa.String()),
        sa.CheckConstraint("percent_made >= 0 AND percent_made <= 100", name="made"),
        sa.CheckConstraint("percent_packed >= 0 AND percent_packed <= 100", name="packed"),
    )
    _table(
        "production_window",
        _reference("client_id", "client.id", nullable=True),
        _column("product", sa.String(), nullable=True),
        _column("from_percent", sa.Double()),
        _column("to_percent", sa.Double()),
        _column("version", sa.Integer()),
        sa.CheckConstraint("from_percent >= 0 AND from_percent < to_percent AND to_percent <= 100", name="range"),
        sa.UniqueConstraint("client_id", "product"),
    )


def _roster() -> None:
    """Inspectors and what is known of each."""
    _table(
        "inspector",
        _column("code", sa.String()),
        _column("name", sa.String()),
        _column("local_name", sa.String()),
        _column("phone", sa.String()),
        _column("email", sa.String()),
        _column("team", sa.String(), index=True),
        _column("home_address", sa.String()),
        _column("lat", sa.Double()),
        _column("lon", sa.Double()),
        _column("country", sa.String()),
        _column("services", sa.JSON()),
        _column("languages", sa.JSON()),
        _column("weekdays", sa.JSON()),
        _column("works_on_holidays", sa.Boolean()),
        _column("travels_on_rest_days", sa.Boolean()),
        _column("day_costs_cents", sa.JSON()),
        _column("weekend_premium_cents", sa.Integer()),
        _column("holiday_premium_cents", sa.Integer()),
        _column("night_cost_cents", sa.Integer()),
        _column("travel_day_cost_cents", sa.Integer()),
        _column("max_consecutive_days", sa.Integer()),
        _column("active", sa.Boolean()),
        _column("version", sa.Integer()),
        sa.CheckConstraint("max_consecutive_days >= 0", name="max_consecutive_days"),
        sa.UniqueConstraint("code"),
    )
    _table(
        "inspector_skill",
        _reference("inspector_id", "inspector.id"),
        _column("skill", sa.String()),
        _column("level", sa.Integer()),
        sa.CheckConstraint("level >= 1 AND level <= 5", name="level"),
        sa.UniqueConstraint("inspector_id", "skill"),
    )
    _table(
        "inspector_certificate",
        _reference("inspector_id", "inspector.id"),
        _column("certificate", sa.String()),
        _column("valid_until", sa.Date()),
        sa.UniqueConstraint("inspector_id", "certificate"),
    )
    _table(
        "permit",
        _reference("inspector_id", "inspector.id"),
        _column("area", sa.String()),
        _column("valid_until", sa.Date(), nullable=True),
        sa.UniqueConstraint("inspector_id", "area"),
    )
    _table(
        "absence",
        _reference("inspector_id", "inspector.id", index=True),
        _column("first_slot", sa.Integer()),
        _column("last_slot", sa.Integer()),
        _column("kind", sa.String()),
        _column("note", sa.String()),
        _column("version", sa.Integer()),
        sa.CheckConstraint("first_slot <= last_slot", name="range"),
    )
    _table(
        "day_exception",
        _reference("inspector_id", "inspector.id"),
        _column("date", sa.Date(), index=True),
        _column("morning", sa.Boolean(), nullable=True),
        _column("afternoon", sa.Boolean(), nullable=True),
        _column("may_travel", sa.Boolean(), nullable=True),
        _column("premium_cents", sa.Integer(), nullable=True),
        sa.UniqueConstraint("inspector_id", "date"),
    )
    _table(
        "inspector_position",
        _reference("inspector_id", "inspector.id"),
        _column("as_of", sa.Date()),
        _column("days_this_week", sa.Integer()),
        _column("consecutive_days", sa.Integer()),
        _column("start_slot", sa.Integer(), nullable=True),
        _column("lat", sa.Double(), nullable=True),
        _column("lon", sa.Double(), nullable=True),
        _column("country", sa.String(), nullable=True),
        _column("worked_dates", sa.JSON()),
        _column("version", sa.Integer()),
        sa.CheckConstraint("(start_slot IS NULL) = (lat IS NULL)", name="start"),
        sa.UniqueConstraint("inspector_id", "as_of"),
    )
    _table(
        "past_visit",
        _reference("inspector_id", "inspector.id", index=True),
        _reference("factory_id", "factory.id", index=True),
        _column("visited_on", sa.Date(), index=True),
    )


def _bookings() -> None:
    """Requests, and what the planner has fixed of them."""
    _table(
        "request",
        _column("code", sa.String()),
        _reference("client_id", "client.id", index=True),
        _reference("order_id", "order.id", nullable=True, index=True),
        _reference("factory_id", "factory.id", index=True),
        _column("service", sa.String()),
        _column("skill", sa.String()),
        _column("level", sa.Integer()),
        _column("languages", sa.JSON()),
        _column("certificates", sa.JSON()),
        _column("lead_level", sa.Integer(), nullable=True),
        _column("lead_languages", sa.JSON()),
        _column("lead_certificates", sa.JSON()),
        _column("modes", sa.JSON()),
        _column("earliest", sa.Date(), nullable=True),
        _column("latest", sa.Date(), nullable=True, index=True),
        _column("due", sa.Date(), nullable=True),
        _column("late_cost_cents", sa.Integer(), nullable=True),
        _column("unserved_cost_cents", sa.Integer(), nullable=True),
        _column("price_cents", sa.Integer(), nullable=True),
        _column("requested_at", sa.DateTime(timezone=True)),
        _column("status", sa.String(), index=True),
        _column("note", sa.String()),
        _column("version", sa.Integer()),
        sa.CheckConstraint("level >= 0 AND level <= 5", name="level"),
        sa.CheckConstraint("status IN ('new', 'ready', 'published', 'done', 'cancelled')", name="status"),
        sa.UniqueConstraint("code"),
    )
    _table(
        "request_exclusion",
        _reference("request_id", "request.id"),
        _reference("inspector_id", "inspector.id", index=True),
        sa.UniqueConstraint("request_id", "inspector_id"),
    )
    _table(
        "request_affinity",
        _reference("request_id", "request.id"),
        _reference("inspector_id", "inspector.id", index=True),
        _column("cents", sa.Integer()),
        sa.UniqueConstraint("request_id", "inspector_id"),
    )
    _table(
        "pin",
        _reference("request_id", "request.id"),
        _column("start_slot", sa.Integer(), nullable=True),
        _column("mode", sa.Integer(), nullable=True),
        _column("waive", sa.JSON()),
        _column("reason", sa.String()),
        _column("version", sa.Integer()),
        sa.UniqueConstraint("request_id"),
    )
    _table(
        "pin_inspector",
        _reference("pin_id", "pin.id"),
        _reference("inspector_id", "inspector.id", index=True),
        sa.UniqueConstraint("pin_id", "inspector_id"),
    )
    _table(
        "announcement",
        _reference("request_id", "request.id"),
        _column("first_slot", sa.Integer()),
        _column("inspector_cost_cents", sa.Integer()),
        _column("day_cost_cents", sa.Integer()),
        _column("drop_cost_cents", sa.Integer()),
        _column("version", sa.Integer()),
        sa.UniqueConstraint("request_id"),
    )
    _table(
        "announcement_inspector",
        _reference("announcement_id", "announcement.id"),
        _reference("inspector_id", "inspector.id", index=True),
        sa.UniqueConstraint("announcement_id", "inspector_id"),
    )


def _plans() -> None:
    """Plans, their visits, and who makes them."""
    _table(
        "plan",
        _column("code", sa.String()),
        _column("status", sa.String(), index=True),
        _column("first_day", sa.Date(), index=True),
        _column("days", sa.Integer()),
        _column("settings", sa.JSON()),
        _column("created_at", sa.DateTime(timezone=True)),
        _column("published_at", sa.DateTime(timezone=True), nullable=True),
        _column("solver_status", sa.String()),
        _column("cost_cents", sa.Integer()),
        _column("cost_parts", sa.JSON()),
        _column("bound_cents", sa.Integer(), nullable=True),
        _column("seconds", sa.Double()),
        _column("seed", sa.Integer()),
        _column("log", sa.JSON()),
        _column("problem_digest", sa.String()),
        _column("version", sa.Integer()),
        sa.CheckConstraint("days >= 1 AND days <= 28", name="days"),
        sa.CheckConstraint("status IN ('draft', 'published', 'superseded', 'discarded')", name="status"),
        sa.UniqueConstraint("code"),
    )
    _table(
        "unassigned",
        _reference("plan_id", "plan.id"),
        _reference("request_id", "request.id", index=True),
        _column("reasons", sa.JSON()),
        sa.UniqueConstraint("plan_id", "request_id"),
    )
    _table(
        "visit",
        _reference("plan_id", "plan.id"),
        _reference("request_id", "request.id", index=True),
        _column("mode", sa.Integer()),
        _column("first_slot", sa.Integer(), index=True),
        _column("last_slot", sa.Integer()),
        _column("status", sa.String()),
        _column("published", sa.Boolean()),
        _column("version", sa.Integer()),
        sa.CheckConstraint("first_slot <= last_slot", name="range"),
        sa.CheckConstraint("status IN ('planned', 'started', 'done', 'cancelled')", name="status"),
        sa.UniqueConstraint("id", "plan_id", "first_slot", "last_slot", "published", name="uq_visit_booking"),
        sa.UniqueConstraint("plan_id", "request_id"),
    )
    op.create_index(
        "uq_visit_published_request",
        "visit",
        ["request_id"],
        unique=True,
        sqlite_where=sa.text("published"),
        postgresql_where=sa.text("published"),
    )
    _table(
        "assignment",
        _column("visit_id", sa.Integer()),
        _column("plan_id", sa.Integer()),
        _reference("inspector_id", "inspector.id"),
        _column("first_slot", sa.Integer()),
        _column("last_slot", sa.Integer()),
        _column("published", sa.Boolean()),
        sa.ForeignKeyConstraint(
            ["visit_id", "plan_id", "first_slot", "last_slot", "published"],
            ["visit.id", "visit.plan_id", "visit.first_slot", "visit.last_slot", "visit.published"],
            name="fk_assignment_booking",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.UniqueConstraint("visit_id", "inspector_id"),
    )
    op.create_index("ix_assignment_inspector_slots", "assignment", ["inspector_id", "last_slot", "first_slot"])
    _table(
        "visit_result",
        _reference("visit_id", "visit.id"),
        _column("outcome", sa.String()),
        _column("percent_made", sa.Double(), nullable=True),
        _column("sample_size", sa.Integer(), nullable=True),
        _column("critical_found", sa.Integer()),
        _column("major_found", sa.Integer()),
        _column("minor_found", sa.Integer()),
        _column("report_sent_at", sa.DateTime(timezone=True), nullable=True),
        _column("work_cents", sa.Integer()),
        _column("travel_cents", sa.Integer()),
        _column("nights", sa.Integer()),
        _column("night_cents", sa.Integer()),
        sa.CheckConstraint("outcome IN ('pass', 'fail', 'pending', 'aborted')", name="outcome"),
        sa.UniqueConstraint("visit_id"),
    )


def _house() -> None:
    """Calendar, settings, history."""
    _table(
        "calendar_day",
        _column("country", sa.String()),
        _column("date", sa.Date()),
        _column("kind", sa.String()),
        _column("name", sa.String()),
        _column("provisional", sa.Boolean()),
        _column("version", sa.Integer()),
        sa.CheckConstraint("kind IN ('holiday', 'make-up')", name="kind"),
        sa.UniqueConstraint("country", "date"),
    )
    _table(
        "setting",
        _column("name", sa.String()),
        _column("value", sa.JSON()),
        _column("version", sa.Integer()),
        sa.UniqueConstraint("name"),
    )
    _table(
        "change",
        _column("at", sa.DateTime(timezone=True)),
        _column("actor", sa.String()),
        _column("command", sa.String()),
        _column("label", sa.String()),
        _column("kind", sa.String()),
        _reference("reverts_id", "change.id", nullable=True),
        _column("app_version", sa.String()),
        sa.CheckConstraint("kind IN ('step', 'undo', 'redo', 'barrier')", name="kind"),
    )
    _table(
        "changed_row",
        _reference("change_id", "change.id", index=True),
        _column("table_name", sa.String()),
        _column("row_id", sa.Integer()),
        _column("operation", sa.String()),
        _column("before", sa.JSON(), nullable=True),
        _column("after", sa.JSON(), nullable=True),
        sa.CheckConstraint("operation IN ('insert', 'update', 'delete')", name="operation"),
    )
    op.create_index("ix_changed_row_row", "changed_row", ["table_name", "row_id"])
