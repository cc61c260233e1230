"""Dispatch: held places, what is sent to whom, the day of the visit, defects, files, corrective actions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0004"
down_revision = "0003"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _more_of_what_is_kept()
    _follow_ups()
    _holds()
    _notices()
    _results()
    _actions()


def _table(name: str, *items: sa.schema.SchemaItem) -> None:
    op.create_table(name, sa.Column("id", sa.Integer(), primary_key=True), *items, sqlite_autoincrement=True)


def _column(name: str, kind: TypeEngine[Any], *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=nullable)


def _text(*names: str) -> list[sa.Column[Any]]:
    return [_column(name, sa.String()) for name in names]


def _time(*names: str) -> list[sa.Column[Any]]:
    """Times that may not have come yet."""
    return [_column(name, TIME, nullable=True) for name in names]


def _reference(name: str, target: str, *, nullable: bool = False, index: bool = True) -> sa.Column[int]:
    key = sa.ForeignKey(target, deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.Integer(), key, nullable=nullable, index=index)


def _one_of(name: str, *values: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{name} IN {values!r}", name=name)


def _add(table: str, name: str, kind: TypeEngine[Any], default: str | None = None) -> None:
    """A column more; without a default it may be null."""
    op.add_column(table, sa.Column(name, kind, nullable=default is None, server_default=default))


def _more_of_what_is_kept() -> None:
    _add("inspector", "sheet_language", sa.String(), "")
    _add("factory", "email", sa.String(), "")
    for column in ("travelling_at", "finished_at", "decided_at", "client_decided_at", "report_in_at", "reviewed_at"):
        _add("visit_result", column, TIME)
    for column in ("lot", "accept_major", "accept_minor"):
        _add("visit_result", column, sa.Integer())
    for column in ("abort_reason", "reviewed_by", "remark", "missing"):
        _add("visit_result", column, sa.String(), "")
    for column in ("client_decision", "client_decided_by", "client_note"):
        _add("visit_result", column, sa.String(), "")
    _add("visit_result", "charged_cents", sa.Integer(), "0")
    # reports of before went out with an outcome
    op.execute("UPDATE visit_result SET decided_at = report_sent_at WHERE report_sent_at IS NOT NULL")


def _follow_ups() -> None:
    _table(
        "follow_up",
        _reference("request_id", "request.id", index=False),
        _reference("follows_id", "request.id"),
        *_text("kind", "charged_to"),
        sa.UniqueConstraint("request_id"),
        _one_of("kind", "reinspection", "final"),
        _one_of("charged_to", "client", "supplier", "house"),
    )


def _holds() -> None:
    _table(
        "slot_hold",
        _reference("request_id", "request.id", index=False),
        _reference("plan_id", "plan.id"),
        _column("state", sa.String()),
        _column("held_at", TIME),
        _column("held_by", sa.String()),
        _column("until", TIME),
        _column("note", sa.String()),
        _column("version", sa.Integer()),
        sa.UniqueConstraint("request_id"),
        _one_of("state", "held", "offered", "confirmed", "released", "expired"),
    )


def _notices() -> None:
    _table(
        "notice",
        _reference("request_id", "request.id"),
        _column("party", sa.String()),
        _reference("inspector_id", "inspector.id", nullable=True),
        _column("uid", sa.String()),
        _column("sequence", sa.Integer()),
        _column("state", sa.String()),
        _column("first_slot", sa.Integer()),
        _column("last_slot", sa.Integer()),
        _column("digest", sa.String()),
        _column("told", sa.JSON()),
        _column("answer", sa.String()),
        *_time("answered_at"),
        *_text("answer_note"),
        *_time("remind_at"),
        _column("version", sa.Integer()),
        sa.UniqueConstraint("uid"),
        _one_of("party", "inspector", "factory", "client"),
        sa.CheckConstraint("(party = 'inspector') = (inspector_id IS NOT NULL)", name="whose"),
        _one_of("state", "new", "sent", "cancelled"),
        _one_of("answer", "", "confirmed", "declined"),
    )
    nobody: sa.ColumnElement[Any] = sa.func.coalesce(sa.column("inspector_id"), sa.literal_column("0"))
    op.create_index("uq_notice_whom", "notice", ["request_id", "party", nobody], unique=True)
    _table(
        "sending",
        _reference("notice_id", "notice.id"),
        _column("sequence", sa.Integer()),
        *_text("method", "channel", "recipient", "language", "subject", "body", "digest"),
        _column("sent_at", TIME),
        *_text("sent_by", "state", "fault"),
        _one_of("method", "request", "cancel"),
        _one_of("channel", "smtp", "eml", "ics", "text", "pdf", "phone"),
        _one_of("state", "begun", "sent", "failed"),
    )


def _results() -> None:
    _table(
        "defect",
        _reference("result_id", "visit_result.id"),
        _column("position", sa.Integer()),
        _column("severity", sa.String()),
        _column("number", sa.Integer()),
        *_text("text", "item"),
        sa.UniqueConstraint("result_id", "position"),
        _one_of("severity", "critical", "major", "minor"),
        sa.CheckConstraint("number > 0", name="number"),
    )
    _table(
        "attachment",
        _reference("visit_id", "visit.id"),
        *_text("kind", "name", "media_type"),
        _column("size", sa.Integer()),
        *_text("sha256", "caption"),
        _column("added_at", TIME),
        _column("added_by", sa.String()),
        _column("version", sa.Integer()),
        sa.UniqueConstraint("visit_id", "sha256"),
        _one_of("kind", "photo", "report", "other"),
    )
    _table(
        "file_content",
        _column("sha256", sa.String()),
        _column("data", sa.LargeBinary()),
        sa.UniqueConstraint("sha256"),
    )


def _actions() -> None:
    _table(
        "corrective_action",
        _reference("visit_id", "visit.id"),
        _reference("defect_id", "defect.id", nullable=True),
        *_text("severity", "text", "owner", "owner_party"),
        _column("opened_at", TIME),
        sa.Column("due", sa.Date(), nullable=False, index=True),
        *_time("communicated_at"),
        *_text("communicated_to"),
        *_time("root_cause_at"),
        *_text("root_cause"),
        *_time("solution_at"),
        *_text("for_made", "for_coming"),
        *_time("verified_at"),
        *_text("verified_by", "verification"),
        _column("version", sa.Integer()),
        _one_of("severity", "critical", "major", "minor"),
        _one_of("owner_party", "factory", "client", "house"),
    )
