"""Factories stored twice, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.cli.main import main
from desktop.services.commands import AddFactory
from desktop.store.engine import open_store
from tests.helpers.company import desk_of
from tests.helpers.stores import SqliteTemplate, sqlite_url

TWINS = (
    AddFactory("F11", "Dongguan Jiahe Garment Co., Ltd.", "广东省", "CN", phone="+86 769 8512 3456"),
    AddFactory("F12", "东莞市嘉禾制衣有限公司", "广东省", "CN", phone="0769 8512 3456"),
    AddFactory("F13", "Suzhou Anda Toys Co., Ltd.", "江苏省", "CN"),
)


@pytest.fixture
def database(sqlite_template: SqliteTemplate, tmp_path: Path) -> str:
    path = tmp_path / "firm.db"
    path.write_bytes(sqlite_template.path.read_bytes())
    with open_store(sqlite_url(path)) as store:
        desk_of(store).handle_all(TWINS, "Three factories")
    return str(path)


def test_pairs_are_listed_merged_and_gone(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["factories", "duplicates", "--json", "--database", database]) == 0
    (pair,) = json.loads(capsys.readouterr().out)
    assert (pair["kept"]["code"], pair["merged"]["code"]) == ("F11", "F12")
    assert "two scripts" in pair["why"]
    assert "the same phone" in pair["why"]
    assert main(["factories", "duplicates", "--database", database]) == 0
    assert "99 %" in capsys.readouterr().out
    assert main(["factories", "merge", "F11", "F12", "--database", database]) == 0
    assert capsys.readouterr().out.startswith("Merge F12 into F11\n")
    assert main(["factories", "merge", "F13", "F12", "--database", database]) == 1
    assert "F12 has been merged into F11 already." in capsys.readouterr().err
    assert main(["factories", "duplicates", "--database", database]) == 0
    assert capsys.readouterr().out == "No two factories resemble each other.\n"
