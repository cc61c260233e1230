"""An older database is backed up, migrated as a copy, checked, then replaced; a failure leaves it as it was."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import inspect, text

from desktop.errors import StoreError
from desktop.store.copying import check_seal, opened
from desktop.store.engine import Store, open_store
from desktop.store.integrity import row_counts
from desktop.store.schema import VERSIONS, Migrations, revision_of
from desktop.store.unit_of_work import UnitOfWork
from tests.helpers.stores import PostgresServer, SqliteTemplate
from tests.store.bookings import found, visit

HEAD = Migrations().number
NEXT = f'''
import sqlalchemy as sa
from alembic import op

revision = "{HEAD + 1:04}"
down_revision = "{HEAD:04}"

def upgrade():
    with op.batch_alter_table("client") as batch:
        batch.add_column(sa.Column("region", sa.String(), nullable=False, server_default="north"))
        batch.alter_column("contact", existing_type=sa.String(), nullable=True)
    op.create_table("stamp", sa.Column("id", sa.Integer(), primary_key=True))
'''


def then(*statements: str) -> str:
    """The migration with some statements at its end."""
    return NEXT + "".join(f"    op.execute({statement!r})\n" for statement in statements)


FAILS = then("INSERT INTO no_such_table VALUES (1)")
LOSES = then("DELETE FROM request WHERE code = 'R8'")
ORPHANS = then("UPDATE request SET client_id = 99 WHERE code = 'R8'")


def migrations(folder: Path, text: str) -> Migrations:
    """Those of this program and one to come."""
    later = folder / "later"
    later.mkdir(exist_ok=True)
    (later / "next.py").write_text(text, encoding="utf-8")
    return Migrations([VERSIONS, later])


def fill(store: Store) -> None:
    found(store)
    with UnitOfWork(store) as work:
        work.session.add(visit(1, 1, (1, 2), 0, 1, published=True))
        work.commit()


@pytest.fixture
def path(tmp_path: Path, sqlite_template: SqliteTemplate) -> Path:
    with sqlite_template.new_store(tmp_path) as store:
        fill(store)
        return Path(str(store.path))


def rows(path: Path) -> dict[str, list[Any]]:
    with opened(path, "ro&immutable=1") as connection:
        return {
            table: connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall()  # noqa: S608
            for table in row_counts(connection)
        }


def regions(store: Store) -> list[str]:
    with store.engine.connect() as connection:
        return list(connection.execute(text("SELECT region FROM client")).scalars())


def test_the_way_of_a_file(path: Path, tmp_path: Path) -> None:
    before = rows(path)
    said: list[str] = []
    with open_store(str(path), migrations=migrations(tmp_path, NEXT), on_message=said.append) as store:
        assert regions(store) == ["north"]
    after = rows(path)
    assert after.pop("stamp") == []
    assert [row[: len(old)] for row, old in zip(after["client"], before["client"], strict=True)] == before["client"]
    assert {**after, "client": []} == {**before, "client": []}
    backup = next((path.parent / "backups").glob(f"*-before-schema-{HEAD + 1}.db"))
    assert rows(backup) == before
    check_seal(backup)
    assert said == [f"Backed up {path} to {backup}.", f"Updated {path} from schema {HEAD} to {HEAD + 1}."]
    assert not [p.name for p in path.parent.iterdir() if p.name.startswith(".")]


def test_the_guards_still_stand_afterwards(path: Path, tmp_path: Path) -> None:
    with opened(path) as connection:
        before = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name").fetchall()
    open_store(str(path), migrations=migrations(tmp_path, NEXT)).dispose()
    with opened(path) as connection:
        after = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name").fetchall()
    assert after == before
    assert len(after) == 8


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (FAILS, r"cannot be updated to schema \d+ \(no such table: no_such_table\)"),
        (LOSES, "would change the number of rows of request from 8 to 7"),
        (ORPHANS, "refers to a row of client that is not there"),
    ],
    ids=["fails", "loses rows", "orphans rows"],
)
def test_a_failure_leaves_the_file_as_it_was(path: Path, tmp_path: Path, script: str, words: str) -> None:
    before = hashlib.sha256(path.read_bytes()).digest()
    with pytest.raises(StoreError, match=words):
        open_store(str(path), migrations=migrations(tmp_path, script))
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert [p.name for p in path.parent.iterdir() if p.is_file()] == [path.name]
    with open_store(str(path)) as store, store.engine.connect() as connection:
        assert revision_of(connection) == Migrations().head


def test_somebody_else_has_it_open(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.store.sqlite.BUSY_SECONDS", 0.05)
    with open_store(str(path)) as store, store.session() as session:
        session.connection()
        with pytest.raises(StoreError, match="is locked: another program is using it"):
            open_store(str(path), migrations=migrations(tmp_path, NEXT))
    open_store(str(path), migrations=migrations(tmp_path, NEXT)).dispose()


def test_too_little_space(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=100_000))
    with pytest.raises(StoreError, match=r"[\d.]+ MB must be free in .*; 0\.1 MB are"):
        open_store(str(path), migrations=migrations(tmp_path, NEXT))
    monkeypatch.undo()
    with open_store(str(path)) as store, store.engine.connect() as connection:
        assert revision_of(connection) == Migrations().head


def test_the_way_of_a_server(pg_server: PostgresServer, tmp_path: Path) -> None:
    url = pg_server.new_database()
    with open_store(url, backups=tmp_path) as store:
        fill(store)
    said: list[str] = []
    later = migrations(tmp_path, NEXT)
    with open_store(url, migrations=later, backups=tmp_path, on_message=said.append) as store:
        assert regions(store) == ["north"]
    backup = next(tmp_path.glob(f"*-before-schema-{HEAD + 1}.db"))
    assert len(rows(backup)["request"]) == 8
    assert said[0].endswith(f"to {backup}.")
    pg_server.drop(url)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (FAILS, r"cannot be updated to schema \d+ \(relation \"no_such_table\" does not exist"),
        (LOSES, "would change the number of rows of request from 8 to 7"),
        (ORPHANS, r"cannot be updated to schema \d+ \(insert or update on table \"request\""),
    ],
    ids=["fails", "loses rows", "orphans rows"],
)
def test_a_failure_leaves_the_server_as_it_was(
    pg_server: PostgresServer, tmp_path: Path, script: str, words: str
) -> None:
    url = pg_server.new_database()
    with open_store(url, backups=tmp_path) as store:
        fill(store)
    with pytest.raises(StoreError, match=words):
        open_store(url, migrations=migrations(tmp_path, script), backups=tmp_path)
    with open_store(url) as store, store.engine.connect() as connection:
        assert "stamp" not in inspect(connection).get_table_names()
        assert connection.execute(text("SELECT count(*) FROM request")).scalar_one() == 8
    pg_server.drop(url)
