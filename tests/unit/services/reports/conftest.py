"""A small firm with five weeks behind it, once of each engine, for tests that only read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from desktop.clock import FixedClock
from desktop.services.demo.sample import make_sample
from desktop.store.engine import Store, open_store
from desktop.store.portable import carry
from tests.helpers.stores import ENGINES, PostgresServer, SqliteTemplate

NOW = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
CLOCK = FixedClock(NOW)
FIRST_MONDAY = dt.date(2026, 10, 19)
WEEKS = 5


@pytest.fixture(scope="session")
def past_sqlite(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with sqlite_template.new_store(tmp_path_factory.mktemp("reports")) as store:
        make_sample(store, inspectors=16, requests=10, weeks=WEEKS, first_day=dt.date(2026, 11, 30), clock=CLOCK)
        yield store


@pytest.fixture(scope="session")
def past_postgresql(
    past_sqlite: Store, pg_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    url = pg_server.new_database()
    with open_store(url, backups=tmp_path_factory.mktemp("reports_pg")) as store:
        with past_sqlite.engine.connect() as source, store.engine.begin() as target:
            carry(source, target)
        yield store
    pg_server.drop(url)


@pytest.fixture(scope="session", params=ENGINES)
def past_firm(request: pytest.FixtureRequest) -> Store:
    """The firm, to be read only: once in a file and once on a server."""
    store: Store = request.getfixturevalue(f"past_{request.param}")
    return store
