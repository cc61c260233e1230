"""Backups are whole, say so, and come back equal, on either engine and from one to the other."""

from __future__ import annotations

import datetime as dt
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from desktop.clock import FixedClock
from desktop.errors import RefusedError, StoreError
from desktop.models import Base, Change, ChangedRow, Client, Setting
from desktop.store.backup import automatic_backup, back_up, restore
from desktop.store.copying import SEAL, opened
from desktop.store.engine import Store, open_store
from desktop.store.faults import DamagedError
from desktop.store.unit_of_work import UnitOfWork
from tests.helpers.stores import PostgresServer
from tests.store.bookings import NOW, found, visit

CLOCK = FixedClock(NOW)
STAMP = "20261123-020000000000"


@pytest.fixture
def store(any_store: Store) -> Store:
    """What is to be backed up, once on each engine."""
    return filled(any_store)


@pytest.fixture
def file(sqlite_store: Store) -> Store:
    """The same in a file: for what only concerns the backup that was taken."""
    return filled(sqlite_store)


def filled(store: Store) -> Store:
    """With a little of everything that is hard to copy."""
    found(store)
    with UnitOfWork(store) as work:
        session = work.session
        session.add(visit(1, 1, (1, 2), 0, 1, published=True))
        session.add(Setting(name="sample", value=None))
        session.add(Setting(name="limits", value={"midday": 60, "note": "Đồng Nai, 广东省"}))
        session.add(Change(id=5, at=NOW, actor="Lan", command="AddClient", label="x", kind="step", app_version="1"))
        session.flush()
        session.add(ChangedRow(change_id=5, table_name="client", row_id=1, operation="insert", after={"lat": 1.0}))
        gone = Client(code="C9", name="Gone")
        session.add(gone)
        session.flush()
        session.delete(gone)
        work.commit()
    return store


def url_of(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=False)


def content(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, and which key comes next is told by `next_client`."""
    with store.session() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(table.c.id))]
            for table in Base.metadata.sorted_tables
        }


def next_client(store: Store) -> int:
    with UnitOfWork(store) as work:
        client = Client(code="next", name="Next")
        work.session.add(client)
        work.session.flush()
        return client.id


def spoil(store: Store) -> None:
    with UnitOfWork(store) as work:
        work.session.add(Client(code="C2", name="Later"))
        work.commit()


# -- taken -------------------------------------------------------------------------------------------------------------


def test_a_backup_is_one_private_file_with_its_checksum(store: Store, tmp_path: Path) -> None:
    path = back_up(store, tmp_path / "copies" / "plans.db")
    assert sorted(p.name for p in path.parent.iterdir()) == ["plans.db", "plans.db.sha256"]
    assert {stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()} == {0o600}
    subprocess.run(["sha256sum", "--check", "--quiet", path.name + SEAL], cwd=path.parent, check=True)


def test_a_backup_is_a_database_equal_to_the_original(store: Store, tmp_path: Path) -> None:
    path = back_up(store, tmp_path / "plans.db")
    with open_store(str(path)) as copy:
        assert content(copy) == content(store)


def test_a_backup_taken_by_url(store: Store, tmp_path: Path) -> None:
    assert back_up(url_of(store), tmp_path / "plans.db").exists()


def test_a_folder_gets_a_file_named_by_the_time(store: Store, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    first = back_up(store, tmp_path / "copies", clock=CLOCK)
    second = back_up(store, tmp_path / "copies", clock=CLOCK)
    assert first.name.endswith(f"-{STAMP}-backup.db")
    assert second.name.endswith(f"-{STAMP}-backup-2.db")


def test_an_existing_file_is_not_replaced(store: Store, tmp_path: Path) -> None:
    (tmp_path / "plans.db").write_text("letters", encoding="utf-8")
    with pytest.raises(RefusedError, match="is there already"):
        back_up(store, tmp_path / "plans.db")
    assert (tmp_path / "plans.db").read_text(encoding="utf-8") == "letters"


def test_a_backup_while_others_write_has_whole_steps_only(sqlite_store: Store, tmp_path: Path) -> None:
    with UnitOfWork(sqlite_store) as work:
        work.session.add(Client(code="C1", name="Half of a step"))
        work.session.flush()
        path = back_up(sqlite_store, tmp_path / "plans.db")
        work.session.add(Client(code="C2", name="The other half"))
        work.commit()
    with open_store(str(path)) as copy, copy.session() as session:
        assert session.query(Client).count() == 0


def test_where_it_cannot_be_written_nothing_is_left(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"cannot be used: (File exists|Not a directory)"):
        back_up(store, tmp_path / "file" / "plans.db")


def test_automatic_backups_are_thinned_out(store: Store) -> None:
    times = [NOW + dt.timedelta(days=day, hours=hour) for day in (0, 1) for hour in (0, 1)]
    paths = [automatic_backup(store, "import", clock=FixedClock(time)) for time in times]
    stranger = store.backups / "letter.db"
    stranger.touch()
    last = automatic_backup(store, "import", clock=FixedClock(NOW + dt.timedelta(days=4)))
    kept = sorted(p.name for p in store.backups.glob("*.db"))
    assert kept == sorted([paths[1].name, paths[3].name, last.name, stranger.name])
    assert sorted(p.name for p in store.backups.glob("*" + SEAL)) == sorted(
        name + SEAL for name in kept if name != stranger.name
    )


# -- restored ----------------------------------------------------------------------------------------------------------


def test_restored_content_and_keys_are_those_of_the_backup(store: Store, tmp_path: Path) -> None:
    url, before = url_of(store), content(store)
    path = back_up(store, tmp_path / "plans.db")
    spoil(store)
    spoilt = content(store)
    store.dispose()
    aside = restore(path, url, backups=tmp_path / "aside", clock=CLOCK)
    with open_store(url) as back:
        assert content(back) == before
        assert next_client(back) == 3
    assert aside is not None
    with open_store(str(aside)) as kept:
        assert content(kept) == spoilt


def test_history_is_append_only_after_a_restore_too(store: Store, tmp_path: Path) -> None:
    url = url_of(store)
    path = back_up(store, tmp_path / "plans.db")
    store.dispose()
    restore(path, url, backups=tmp_path / "aside")
    with open_store(url) as back, pytest.raises(RefusedError, match="history"), UnitOfWork(back) as work:
        work.session.execute(text('DELETE FROM "change"'))


def test_from_a_file_to_a_server_and_back(pg_server: PostgresServer, tmp_path: Path, file: Store) -> None:
    there = pg_server.new_database(empty=True)
    restore(back_up(file, tmp_path / "one.db"), there, backups=tmp_path / "aside")
    with open_store(there) as server:
        assert content(server) == content(file)
        back = back_up(server, tmp_path / "two.db")
        assert next_client(server) == 3
    pg_server.drop(there)
    restore(back, str(tmp_path / "new.db"))
    with open_store(str(tmp_path / "new.db")) as again:
        assert content(again) == content(file)
        assert next_client(again) == 3


def test_where_there_was_nothing_nothing_is_kept(file: Store, tmp_path: Path) -> None:
    path = back_up(file, tmp_path / "plans.db")
    assert restore(path, str(tmp_path / "deep" / "new.db")) is None
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["new.db"]


@pytest.mark.parametrize("damage", [b"", b"letters", b"SQLite format 3\0" + bytes(5000)])
def test_a_damaged_database_is_kept_aside_as_it_is(sqlite_store: Store, tmp_path: Path, damage: bytes) -> None:
    path = back_up(sqlite_store, tmp_path / "copy.db")
    live = tmp_path / "live.db"
    live.write_bytes(damage)
    aside = restore(path, str(live), clock=CLOCK)
    assert aside == tmp_path / "backups" / f"live-{STAMP}-replaced.db"
    assert aside.read_bytes() == damage
    with open_store(str(live)) as back:
        assert content(back) == content(sqlite_store)


def test_not_while_another_program_has_it_open(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.store.sqlite.BUSY_SECONDS", 0.05)
    path = back_up(sqlite_store, tmp_path / "copy.db")
    with sqlite_store.session() as session:
        session.connection()
        with pytest.raises(StoreError, match="is locked: another program is using it"):
            restore(path, url_of(sqlite_store))


def test_not_over_a_database_of_another_program(sqlite_store: Store, tmp_path: Path) -> None:
    path = back_up(sqlite_store, tmp_path / "copy.db")
    other = tmp_path / "other.db"
    other.touch()
    with opened(other) as connection:
        connection.execute("CREATE TABLE note (body TEXT)")
    before = other.read_bytes()
    with pytest.raises(StoreError, match="is a database of another program"):
        restore(path, str(other))
    assert other.read_bytes() == before


def test_not_from_itself(sqlite_store: Store) -> None:
    sqlite_store.dispose()
    with pytest.raises(StoreError, match="is the database itself"):
        restore(Path(str(sqlite_store.path)), url_of(sqlite_store))


def test_a_single_changed_bit_of_a_backup_is_noticed(file: Store, tmp_path: Path) -> None:
    path = back_up(file, tmp_path / "plans.db")
    content_before = bytearray(path.read_bytes())
    place = content_before.index(b"Northlight")
    content_before[place] ^= 1
    path.write_bytes(content_before)
    with pytest.raises(DamagedError, match=r"its checksum is not the one in plans\.db\.sha256"):
        restore(path, str(tmp_path / "new.db"))
    assert not (tmp_path / "new.db").exists()


def test_a_backup_of_a_newer_version_is_refused(sqlite_store: Store, tmp_path: Path) -> None:
    path = back_up(sqlite_store, tmp_path / "plans.db")
    (tmp_path / ("plans.db" + SEAL)).unlink()
    with opened(path) as connection:
        connection.execute("PRAGMA user_version=12")
    with pytest.raises(StoreError, match="its schema is 12"):
        restore(path, str(tmp_path / "new.db"))
