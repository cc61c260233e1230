"""The small company a week after its plan was announced: made once, copied for each test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.clock import FixedClock
from desktop.services.bus import Desk
from desktop.services.commands import PublishPlan
from desktop.store.engine import Store, open_store
from tests.helpers.company import desk_of, found_company
from tests.helpers.stores import SqliteTemplate, sqlite_url

LATER = dt.datetime(2026, 12, 7, 2, 0, tzinfo=dt.UTC)
"""Monday, 10:00 in China."""


def at(text: str) -> dt.datetime:
    """A time of the first week of December by the clocks of the factory: "1 09:10"."""
    day, time = text.split()
    return dt.datetime.fromisoformat(f"2026-{'11-30' if day == '30' else f'12-0{day}'}T{time}")


@pytest.fixture(scope="session")
def announced_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    template = SqliteTemplate.make(tmp_path_factory.mktemp("announced"))
    with open_store(sqlite_url(template.path)) as store:
        found_company(store)
        desk_of(store).handle(PublishPlan("P1"))
    return template


@pytest.fixture
def announced(tmp_path: Path, announced_template: SqliteTemplate) -> Iterator[Store]:
    with announced_template.new_store(tmp_path) as store:
        yield store


@pytest.fixture
def desk(announced: Store) -> Desk:
    return Desk(announced, FixedClock(LATER), "Lan")
