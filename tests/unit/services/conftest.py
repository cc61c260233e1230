"""The small company, founded once and copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.engine import Store, open_store
from tests.helpers.company import found_company
from tests.helpers.stores import ENGINES, SqliteTemplate, sqlite_url


@pytest.fixture(scope="session")
def company_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    template = SqliteTemplate.make(tmp_path_factory.mktemp("company"))
    with open_store(sqlite_url(template.path)) as store:
        found_company(store)
    return template


@pytest.fixture
def company(tmp_path: Path, company_template: SqliteTemplate) -> Iterator[Store]:
    """The small company in a SQLite file."""
    with company_template.new_store(tmp_path) as store:
        yield store


@pytest.fixture(params=ENGINES)
def any_company(request: pytest.FixtureRequest) -> Store:
    """The small company, once on each engine."""
    if request.param == "sqlite":
        copied: Store = request.getfixturevalue("company")
        return copied
    founded: Store = request.getfixturevalue("pg_store")
    found_company(founded)
    return founded
