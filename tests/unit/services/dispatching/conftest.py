"""A company whose week is published, with addresses to write to: made once, copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services import commands
from desktop.store.engine import Store
from tests.helpers.company import desk_of, found_company
from tests.helpers.stores import SqliteTemplate


def announce(store: Store) -> None:
    """Found the company, give everybody an address, and publish P1: R1, R2, R3, R5 by I1, I2, I3, I5, R4 by I6."""
    found_company(store)
    desk = desk_of(store, "Founder")
    desk.handle_all(
        [
            *(commands.EditRecord("inspector", f"I{n}", {"email": f"i{n}@house.test"}) for n in range(1, 7)),
            *(commands.EditRecord("factory", f"F{n}", {"email": f"f{n}@factory.test"}) for n in range(1, 5)),
            *(commands.EditRecord("client", f"C{n}", {"email": f"c{n}@client.test"}) for n in range(1, 4)),
            commands.ChangeSetting("mail", {"sender": "dispatch@house.test", "sender_name": "Dispatch, North"}),
        ],
        "Enter addresses",
    )
    desk.handle(commands.PublishPlan("P1"))


@pytest.fixture(scope="module")
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
