"""What the database itself refuses: an inspector booked twice in a plan or among the published, an altered history.

Whoever rebuilds `assignment`, `change` or `changed_row` in batch mode on SQLite makes their triggers again: a rebuilt
table has none.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


# A booking of the same inspector that overlaps NEW. Of the two conditions on slots, that on `last_slot` narrows the
# search: people are planned at the end of what is known of them.
_OVERLAP = """
    SELECT 1 FROM assignment AS other INDEXED BY ix_assignment_inspector_slots
    WHERE other.inspector_id = NEW.inspector_id
      AND other.last_slot >= NEW.first_slot AND other.first_slot <= NEW.last_slot
"""


def _guard_sqlite() -> None:
    """Triggers, as SQLite has no exclusion constraints and no grants."""
    for event, itself in (("INSERT", ""), ("UPDATE", "AND other.id <> OLD.id")):
        for scope, same in (
            ("plan", "other.plan_id = NEW.plan_id"),
            ("published", "NEW.published AND other.published"),
        ):
            op.execute(
                f"""
                CREATE TRIGGER tr_assignment_{scope}_{event.lower()} BEFORE {event} ON assignment
                WHEN EXISTS ({_OVERLAP} AND {same} {itself})
                BEGIN SELECT RAISE(ABORT, 'ex_assignment_{scope}'); END
                """
            )
    for table in ("change", "changed_row"):
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"""
                CREATE TRIGGER tr_{table}_{event.lower()} BEFORE {event} ON "{table}"
                BEGIN SELECT RAISE(ABORT, 'history is append-only'); END
                """
            )


def _guard_postgresql() -> None:
    """Exclusion constraints. A key compares as a range of one, which needs no extension (btree_gist)."""
    for scope, condition in (("plan", ""), ("published", "WHERE (published)")):
        same_plan = "int8range(plan_id, plan_id, '[]') WITH &&," if scope == "plan" else ""
        op.execute(
            f"""
            ALTER TABLE assignment ADD CONSTRAINT ex_assignment_{scope} EXCLUDE USING gist (
                {same_plan}
                int8range(inspector_id, inspector_id, '[]') WITH &&,
                int4range(first_slot, last_slot, '[]') WITH &&
            ) {condition}
            """
        )
    op.execute(
        """
        CREATE FUNCTION refuse_to_alter_history() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'history is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
        """
    )
    for table in ("change", "changed_row"):
        op.execute(
            f"""
            CREATE TRIGGER tr_{table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}"
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_alter_history()
            """
        )
