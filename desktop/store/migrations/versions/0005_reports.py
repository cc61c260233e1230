"""Reports: premiums of visits made, announcements that were taken back, studies of plans."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0005"
down_revision = "0004"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("visit_result", sa.Column("premium_cents", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "announced_change",
        sa.Column("id", sa.Integer(), primary_key=True),
        _reference("request_id", "request.id"),
        _reference("plan_id", "plan.id", nullable=True),
        sa.Column("at", TIME, nullable=False, index=True),
        _column("kind", sa.String()),
        _column("cause", sa.String()),
        _column("old_slot", sa.Integer()),
        _column("new_slot", sa.Integer(), nullable=True),
        _column("cents", sa.Integer()),
        _one_of("kind", "day", "people", "both", "dropped"),
        _one_of("cause", "", "absence", "not ready", "overrun", "urgent", "closure", "client", "plan"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "study",
        sa.Column("id", sa.Integer(), primary_key=True),
        _reference("plan_id", "plan.id"),
        _column("kind", sa.String()),
        _column("label", sa.String()),
        _column("made_at", TIME),
        _column("made_by", sa.String()),
        _column("problem_digest", sa.String()),
        _column("cost_cents", sa.Integer()),
        _column("bound_cents", sa.Integer(), nullable=True),
        _column("content", sa.JSON()),
        _column("version", sa.Integer()),
        _one_of("kind", "ceilings", "promise", "rules", "what-if"),
        sqlite_autoincrement=True,
    )


def _column(name: str, kind: TypeEngine[Any], *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=nullable)


def _reference(name: str, target: str, *, nullable: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(target, deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.Integer(), key, nullable=nullable, index=True)


def _one_of(name: str, *values: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{name} IN {values!r}", name=name)
