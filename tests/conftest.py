"""What all tests share: how hypothesis searches, and the databases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from desktop.store.engine import Store, open_store
from tests.helpers.stores import ENGINES, PostgresServer, SqliteTemplate, postgres_server

# a display is nobody's to lend: tests that want a real one bring it
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# seeded, so that a red run is red again; `HYPOTHESIS_PROFILE=search` looks elsewhere each time
settings.register_profile(
    "seeded",
    derandomize=True,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("search", settings.get_profile("seeded"), derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "seeded"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate.make(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def pg_server() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture
def sqlite_store(tmp_path: Path, sqlite_template: SqliteTemplate) -> Iterator[Store]:
    """An empty SQLite database."""
    with sqlite_template.new_store(tmp_path) as store:
        yield store


@pytest.fixture
def pg_store(pg_server: PostgresServer, tmp_path: Path) -> Iterator[Store]:
    """An empty PostgreSQL database."""
    url = pg_server.new_database()
    with open_store(url, backups=tmp_path / "backups") as store:
        yield store
    pg_server.drop(url)


@pytest.fixture(params=ENGINES)
def any_store(request: pytest.FixtureRequest) -> Store:
    """An empty database, once of each engine."""
    name = {"sqlite": "sqlite_store", "postgresql": "pg_store"}[request.param]
    store: Store = request.getfixturevalue(name)
    return store
