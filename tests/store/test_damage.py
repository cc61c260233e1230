"""Damaged files are refused, or hold every row that they held: nothing is lost without a word.

SQLite keeps no checksum of a page: a bit that changes within a text still reads as a text. That is told only of
backups, which have a checksum (test_backup).
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from desktop.errors import StoreError
from desktop.models import Base, Client
from desktop.store.engine import Store, open_store
from desktop.store.faults import DamagedError
from desktop.store.unit_of_work import UnitOfWork
from tests.helpers.soak import scaled
from tests.helpers.stores import SqliteTemplate
from tests.store.bookings import found, visit

Keys = dict[str, list[int]]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> tuple[bytes, Keys]:
    """The bytes of a filled database, and its keys."""
    with sqlite_template.new_store(tmp_path_factory.mktemp("original")) as store:
        found(store, inspectors=30, requests=100)
        with UnitOfWork(store) as work:
            work.session.add_all(visit(1, n, (n % 30 + 1,), n, n) for n in range(1, 101))
            work.commit()
        known = keys(store)
    return Path(str(store.path)).read_bytes(), known


def keys(store: Store) -> Keys:
    """The keys of all tables, once every value has been read through the records."""
    found_keys: Keys = {}
    with store.session() as session:
        for mapper in Base.registry.mappers:
            records = session.query(mapper.class_).all()
            found_keys[mapper.class_.__tablename__] = sorted(record.id for record in records)
    return found_keys


def reading(path: Path) -> Keys | None:
    """The keys that a file holds; None where it is refused, which must be by a sentence."""
    try:
        with open_store(str(path), create=False) as store:
            return keys(store)
    except StoreError:
        return None


@pytest.mark.soak
def test_flipped_bits(original: tuple[bytes, Keys], tmp_path: Path) -> None:
    whole, known = original
    rng = random.Random(5)
    outcomes = {"refused": 0, "read": 0}
    path = tmp_path / "plans.db"
    for case in range(scaled(600)):
        damaged = bytearray(whole)
        for _ in range(rng.choice((1, 1, 4, 64))):
            damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        path.write_bytes(damaged)
        read = reading(path)
        assert read in (None, known), case
        outcomes["read" if read else "refused"] += 1
        path.with_name("plans.db-wal").unlink(missing_ok=True)
        path.with_name("plans.db-shm").unlink(missing_ok=True)
    assert min(outcomes.values()) > 0, outcomes


@pytest.mark.soak
def test_truncated_files(original: tuple[bytes, Keys], tmp_path: Path) -> None:
    whole, _ = original
    rng = random.Random(6)
    path = tmp_path / "plans.db"
    for _ in range(scaled(200)):
        path.write_bytes(whole[: rng.choice((rng.randrange(len(whole)), 4096 * rng.randrange(len(whole) // 4096)))])
        assert reading(path) is None


def test_pages_of_zeros(original: tuple[bytes, Keys], tmp_path: Path) -> None:
    whole, known = original
    path = tmp_path / "plans.db"
    for page in range(0, len(whole) // 4096, 7):
        path.write_bytes(whole[: page * 4096] + bytes(4096) + whole[(page + 1) * 4096 :])
        assert reading(path) in (None, known)


def test_a_page_of_another_file(original: tuple[bytes, Keys], tmp_path: Path) -> None:
    whole, known = original
    path = tmp_path / "plans.db"
    last = len(whole) // 4096 - 1
    path.write_bytes(whole[: last * 4096] + b"SQLite format 3\0" * 256)
    assert reading(path) in (None, known)
    path.write_bytes(b"PK\3\4" + whole[4:])
    with pytest.raises(DamagedError, match="is not a database"):
        open_store(str(path))


@pytest.mark.soak
def test_a_torn_log_loses_whole_steps_from_the_end_only(tmp_path: Path, sqlite_template: SqliteTemplate) -> None:
    """What a write-ahead log holds behind a damage is given up, a step at a time, and never half a step."""
    with sqlite_template.new_store(tmp_path) as store:
        path = Path(str(store.path))
        for number in range(1, 9):
            with UnitOfWork(store) as work:
                work.session.add_all(two_clients(number))
                work.commit()
        main, log = path.read_bytes(), path.with_name(path.name + "-wal").read_bytes()
    rng = random.Random(7)
    copy = tmp_path / "copy" / "plans.db"
    copy.parent.mkdir()
    for _ in range(scaled(200)):
        for part in copy.parent.iterdir():
            part.unlink()
        torn = bytearray(log)
        if rng.random() < 0.5:
            del torn[rng.randrange(len(torn)) :]
        else:
            torn[rng.randrange(len(torn))] ^= 1 << rng.randrange(8)
        copy.write_bytes(main)
        copy.with_name("plans.db-wal").write_bytes(torn)
        found_keys = reading(copy)
        if found_keys is not None:
            clients = found_keys["client"]
            assert clients == list(range(1, len(clients) + 1))
            assert len(clients) % 2 == 0


def two_clients(number: int) -> list[Client]:
    return [Client(code=f"C{number}{letter}", name="Northlight") for letter in "ab"]
