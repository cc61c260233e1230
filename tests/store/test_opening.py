"""A database that cannot be used says why in a sentence, and is left as it is."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from desktop.errors import DomainError, StoreError
from desktop.models import Client
from desktop.store import sqlite
from desktop.store.copying import opened
from desktop.store.engine import Store, open_store, parse_url
from desktop.store.faults import DamagedError
from desktop.store.files import lock, synced_by
from desktop.store.health import check_place
from desktop.store.schema import Migrations
from desktop.store.sqlite import wal_is_safe
from desktop.store.unit_of_work import UnitOfWork
from tests.helpers.accounts import bound_by_rights
from tests.helpers.stores import PostgresServer, SqliteTemplate

HEAD = Migrations().number


@pytest.fixture
def path(tmp_path: Path, sqlite_template: SqliteTemplate) -> Path:
    """A database with one client, closed."""
    with sqlite_template.new_store(tmp_path) as store:
        add_client(store, "C1")
        return Path(str(store.path))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account can reach, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


def add_client(store: Store, code: str) -> None:
    with UnitOfWork(store) as work:
        work.session.add(Client(code=code, name="Northlight"))
        work.commit()


def clients(store: Store) -> list[str]:
    with store.session() as session:
        return [client.code for client in session.query(Client).order_by(Client.id)]


def sums(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if p.is_file()}


def patch(path: Path, at: int, value: int) -> None:
    """Put a number of four bytes into a file's header."""
    with path.open("r+b") as stream:
        stream.seek(at)
        stream.write(value.to_bytes(4, "big"))


def refused(path: Path, words: str) -> StoreError:
    """The error of opening a file, which must leave all that lies in its folder as it was."""
    before = sums(path.parent)
    with pytest.raises(StoreError, match=words) as caught:
        open_store(str(path), create=False)
    assert sums(path.parent) == before
    assert caught.value.hint
    return caught.value


# -- made --------------------------------------------------------------------------------------------------------------


def test_a_new_file_is_marked_and_private(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "plans.db"
    open_store(f"sqlite:///{path}").dispose()
    with opened(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (sqlite.APPLICATION_ID,)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["plans.db"]


def test_every_connection_keeps_what_it_acknowledges(sqlite_store: Store) -> None:
    found = {}
    with sqlite_store.engine.connect() as connection:
        for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema", "mmap_size"):
            found[pragma] = connection.execute(text(f"PRAGMA {pragma}")).scalar()
    assert found == {
        "journal_mode": sqlite.JOURNAL_MODE.lower(),
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "trusted_schema": 0,
        "mmap_size": 0,
    }


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_versions_whose_log_can_corrupt_are_known(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_the_bundled_sqlite_is_one_without_that_fault() -> None:
    assert sqlite.JOURNAL_MODE == "WAL"


def test_made_by_several_at_once_it_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "plans.db"
    start = threading.Barrier(4)

    def make(number: int) -> None:
        start.wait()
        with open_store(str(path)) as store:
            add_client(store, f"C{number}")

    threads = [threading.Thread(target=make, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_store(str(path)) as store:
        assert sorted(clients(store)) == ["C0", "C1", "C2", "C3"]
    assert [p.name for p in tmp_path.iterdir()] == ["plans.db"]


def test_what_killed_programs_have_left_goes(tmp_path: Path) -> None:
    old, fresh = tmp_path / ".plans.db.1-1.part", tmp_path / ".plans.db.2-2.part"
    for part in (old, fresh):
        part.touch()
    os.utime(old, (0, 0))
    open_store(str(tmp_path / "plans.db")).dispose()
    assert not old.exists()
    assert fresh.exists()


# -- refused -----------------------------------------------------------------------------------------------------------


def test_a_missing_file(tmp_path: Path) -> None:
    refused(tmp_path / "plans.db", "There is no database .*plans.db")


def test_a_folder(tmp_path: Path) -> None:
    refused(tmp_path, "is a folder, not a database")


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "plans.db").touch()
    refused(tmp_path / "plans.db", "is empty")


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "plans.db").write_text("code,name\n" * 100, encoding="utf-8")
    refused(tmp_path / "plans.db", "is not a database")


def test_a_database_of_another_program(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE note (body TEXT)")
    connection.close()
    refused(tmp_path / "other.db", "is a database of another program")


def test_a_database_of_a_newer_version(path: Path) -> None:
    patch(path, 60, 12)
    newer = "was written by a newer version of DUPRO Desk: its schema is 12"
    error = refused(path, rf"{newer}.* knows schemas up to {HEAD}\.")
    assert error.hint.startswith("Update DUPRO Desk")


def test_a_newer_version_is_named_where_the_history_names_it(path: Path) -> None:
    with opened(path) as connection:
        connection.execute(
            'INSERT INTO "change" (at, actor, command, label, kind, app_version) VALUES (0, 0, 0, 0, "step", "7.1.0")'
        )
        connection.execute("PRAGMA user_version=12")
    refused(path, "was written by version 7.1.0 of DUPRO Desk: its schema is 12")


def test_a_database_with_a_revision_that_is_not_known(path: Path) -> None:
    with opened(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0031'")
    refused(path, "its schema is 31")


def test_a_server_database_of_a_newer_version(pg_store: Store) -> None:
    with pg_store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0031'"))
    with pytest.raises(StoreError, match="was written by a newer version of DUPRO Desk: its schema is 31"):
        open_store(pg_store.engine.url.render_as_string(hide_password=False))


def test_a_server_database_of_another_program(pg_server: PostgresServer) -> None:
    url = pg_server.new_database(empty=True)
    store = Store(parse_url(url), create_engine(parse_url(url)), Path())
    with store, store.engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (body TEXT)"))
    with pytest.raises(StoreError, match=r"holds tables of another program \(note\)"):
        open_store(url)
    pg_server.drop(url)


def test_a_server_database_without_tables(pg_server: PostgresServer) -> None:
    url = pg_server.new_database(empty=True)
    with pytest.raises(StoreError, match="has no tables yet"):
        open_store(url, create=False)
    open_store(url).dispose()
    pg_server.drop(url)


def test_a_server_database_that_is_not_there(pg_server: PostgresServer) -> None:
    with pytest.raises(StoreError, match="There is no such database"):
        open_store(pg_server.url("no_such"))


def test_a_server_that_does_not_answer() -> None:
    with pytest.raises(StoreError, match="The database plans on localhost does not answer"):
        open_store("postgresql://planner@localhost:1/plans")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://host/plans", "kind 'mysql'"),
        ("sqlite://", "names no file"),
        ("http:///::", "kind 'http'|does not name"),
    ],
)
def test_what_is_no_database(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        open_store(url)


def test_a_password_is_in_no_sentence() -> None:
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://planner:sesame@localhost:1/plans")
    assert "sesame" not in str(caught.value)


# -- locked, full, read-only -------------------------------------------------------------------------------------------


def test_locked_by_another_program(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    with opened(path) as other:
        lock(other)
        with pytest.raises(StoreError, match="is locked: another program is using it"):
            open_store(str(path))
    with open_store(str(path)) as store:
        assert clients(store) == ["C1"]


def test_a_second_writer_is_told_and_loses_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    with open_store(str(path)) as store, opened(path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is locked"):
            add_client(store, "C2")
        assert clients(store) == ["C1"]
        other.execute("ROLLBACK")
        add_client(store, "C2")
        assert clients(store) == ["C1", "C2"]


def test_a_full_disk_loses_nothing(path: Path) -> None:
    with open_store(str(path)) as store:
        with store.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

        def fill() -> None:
            with UnitOfWork(store) as work:
                work.session.connection().exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")
                work.session.add_all(Client(code=f"X{n}", name="Northlight " * 50) for n in range(200))
                work.commit()

        with pytest.raises(StoreError, match=r"The disk that holds .* is full"):
            fill()
    with open_store(str(path)) as store:
        assert clients(store) == ["C1"]


def test_a_lost_connection_loses_no_more_than_the_step(pg_store: Store) -> None:
    add_client(pg_store, "C1")

    def lose() -> None:
        with UnitOfWork(pg_store) as work:
            work.session.add(Client(code="C2", name="Half of a step"))
            work.session.flush()
            process = work.session.execute(text("SELECT pg_backend_pid()")).scalar_one()
            with pg_store.engine.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})
            work.commit()

    with pytest.raises(StoreError, match="does not answer"):
        lose()
    assert clients(pg_store) == ["C1"]


def test_a_file_that_may_only_be_read(path: Path, open_folder: Path) -> None:
    only = open_folder / "plans.db"
    only.write_bytes(path.read_bytes())
    only.chmod(0o444)
    with bound_by_rights(), open_store(str(only)) as store:
        assert clients(store) == ["C1"]
        with pytest.raises(StoreError, match="can only be read"):
            add_client(store, "C2")
    assert only.read_bytes() == path.read_bytes()


def test_a_folder_that_may_only_be_read(path: Path, open_folder: Path) -> None:
    only = open_folder / "plans.db"
    only.write_bytes(path.read_bytes())
    only.chmod(0o666)
    open_folder.chmod(0o555)
    with bound_by_rights(), pytest.raises(DomainError, match=r"can only be read|cannot be opened"):
        open_store(str(only))
    with bound_by_rights(), pytest.raises(StoreError, match="can only be read"):
        open_store(str(open_folder / "new.db"))
    assert [p.name for p in open_folder.iterdir()] == ["plans.db"]
    assert only.read_bytes() == path.read_bytes()


def test_a_file_that_was_updated_while_it_was_open(path: Path) -> None:
    with open_store(str(path)) as store:
        store.engine.dispose()
        patch(path, 60, HEAD + 1)
        with pytest.raises(StoreError, match="has been replaced or updated while it was open"):
            clients(store)


# -- where it lies -----------------------------------------------------------------------------------------------------

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /home nfs4 rw 0 0
/dev/sdb1 /home/lan/own\\040disk ext4 rw 0 0
//server/share /mnt/share cifs rw 0 0
"""


@pytest.mark.parametrize("place", ["/home/lan/plans.db", "/mnt/share/deep/plans.db"])
def test_a_folder_of_the_network_is_refused(place: str) -> None:
    with pytest.raises(StoreError, match="would lie in a folder of the network") as caught:
        check_place(Path(place), MOUNTS)
    assert "postgresql://" in caught.value.hint


@pytest.mark.parametrize("place", ["/var/plans.db", "/home/lan/own disk/plans.db", "/mnt/plans.db"])
def test_other_folders_are_not(place: str) -> None:
    check_place(Path(place), MOUNTS)


def test_a_synchronised_folder_is_told_of(tmp_path: Path) -> None:
    said: list[str] = []
    open_store(str(tmp_path / "OneDrive - Firm" / "plans.db"), on_message=said.append).dispose()
    assert "OneDrive - Firm" in said[0]
    assert synced_by(tmp_path / "plans.db") is None


def test_damage_is_told_apart_from_other_reasons(tmp_path: Path) -> None:
    (tmp_path / "plans.db").touch()
    with pytest.raises(DamagedError):
        open_store(str(tmp_path / "plans.db"))
