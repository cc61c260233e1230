"""Run by Alembic; the connection comes from desktop.store.schema, which is the only one to start it."""

from __future__ import annotations

from alembic import context

from desktop.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
