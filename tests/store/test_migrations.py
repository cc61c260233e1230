"""The migrations make exactly what the records declare, and the guards that only the database can hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, text

from desktop.models import Base
from desktop.store.engine import Store, open_store, parse_url
from desktop.store.schema import OWN_TABLES, Migrations, revision_of
from tests.helpers.stores import PostgresServer

# an inspector of SQLite does not read these: `structure` does
pytestmark = [
    pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index"),
    pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index"),
]

# PostgreSQL keeps an index for each; records cannot declare them for one engine only
EXCLUSIONS = {"ex_assignment_plan", "ex_assignment_published"}
NOT_RECORDS = {*EXCLUSIONS, *OWN_TABLES}


def structure(connection: Connection) -> dict[str, Any]:
    """Everything that an inspector reads of each table, in an order of its own."""
    inspector = inspect(connection)
    found: dict[str, Any] = {}
    for table in set(inspector.get_table_names()) - set(OWN_TABLES):
        found[table] = {
            "columns": {c["name"]: (str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)},
            "checks": {c["name"]: c["sqltext"] for c in inspector.get_check_constraints(table)},
            "uniques": {c["name"]: c["column_names"] for c in inspector.get_unique_constraints(table)},
            "keys": {
                c["name"]: (c["constrained_columns"], c["referred_table"], c["referred_columns"], c["options"])
                for c in inspector.get_foreign_keys(table)
            },
            "indexes": {
                i["name"]: (
                    i["column_names"],
                    i.get("expressions"),
                    i["unique"],
                    str(i["dialect_options"].get("sqlite_where", "")),
                )
                for i in inspector.get_indexes(table)
                if i["name"] not in EXCLUSIONS
            },
            "primary": inspector.get_pk_constraint(table)["constrained_columns"],
        }
    if connection.dialect.name == "sqlite":
        wholes = connection.execute(
            text("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
        )
        found["indexes of expressions"] = {name: made for name, made in wholes if "coalesce" in made}
    return found


def test_migrations_equal_the_records(any_store: Store) -> None:
    with any_store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "include_object": lambda _thing, name, *_rest: name not in NOT_RECORDS},
        )
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_equal_the_records_to_the_last_check_on_sqlite(sqlite_store: Store, tmp_path: Path) -> None:
    declared = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    Base.metadata.create_all(declared)
    with sqlite_store.engine.connect() as migrated, declared.connect() as fresh:
        assert structure(migrated) == structure(fresh)
    declared.dispose()


def test_migrations_equal_the_records_to_the_last_check_on_postgresql(
    pg_store: Store, pg_server: PostgresServer
) -> None:
    url = pg_server.new_database(empty=True)
    declared = create_engine(parse_url(url))
    Base.metadata.create_all(declared)
    with pg_store.engine.connect() as migrated, declared.connect() as fresh:
        assert structure(migrated) == structure(fresh)
    declared.dispose()
    pg_server.drop(url)


def test_keys_are_never_given_away_twice_on_sqlite(sqlite_store: Store) -> None:
    with sqlite_store.engine.connect() as connection:
        created = connection.execute(text("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")).all()
    ours = {name: made for name, made in created if name in Base.metadata.tables}
    assert set(ours) == set(Base.metadata.tables)
    assert [name for name, made in ours.items() if "AUTOINCREMENT" not in made] == []


def test_every_guard_is_there(any_store: Store) -> None:
    triggers = "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
    if not any_store.is_sqlite:
        triggers = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        triggers += " UNION SELECT conname FROM pg_constraint WHERE contype = 'x'"
    with any_store.engine.connect() as connection:
        names = set(connection.execute(text(triggers)).scalars())
    if any_store.is_sqlite:
        scopes = {f"tr_assignment_{scope}_{event}" for scope in ("plan", "published") for event in ("insert", "update")}
        history = {f"tr_{table}_{event}" for table in ("change", "changed_row") for event in ("update", "delete")}
        assert names == scopes | history
    else:
        assert names == EXCLUSIONS | {"tr_change_append_only", "tr_changed_row_append_only"}


def test_a_new_database_is_at_the_newest_revision(any_store: Store) -> None:
    with any_store.engine.connect() as connection:
        assert revision_of(connection) == Migrations().head


def test_the_models_need_no_other_tables(any_store: Store) -> None:
    with any_store.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) - set(OWN_TABLES) == set(Base.metadata.tables)


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'plans.db'}"
    seen = []
    for _ in range(2):
        with open_store(url) as store, store.engine.connect() as connection:
            seen.append(structure(connection))
    assert seen[0] == seen[1]
