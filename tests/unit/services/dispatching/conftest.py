"""A company whose week is published: made once for all, copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.engine import Store
from tests.helpers.published_week import announce
from tests.helpers.stores import SqliteTemplate


@pytest.fixture(scope="session")
def announced_template(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> SqliteTemplate:
    folder = tmp_path_factory.mktemp("announced")
    with sqlite_template.new_store(folder) as store:
        announce(store)
        path = store.path
    assert path is not None
    return SqliteTemplate(path)


@pytest.fixture
def announced(announced_template: SqliteTemplate, tmp_path: Path) -> Iterator[Store]:
    with announced_template.new_store(tmp_path) as store:
        yield store
