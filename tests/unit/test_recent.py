"""Preferences of one user, and the databases that were open lately."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.preferences import Preferences
from desktop.recent import KEPT, forget_database, path_of, recent_databases, remember_database, short_name


def test_the_last_one_stands_first_and_few_are_kept(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "p.json")
    for number in range(KEPT + 3):
        remember_database(preferences, f"/data/{number}.db")
    remember_database(preferences, "/data/5.db")
    again = recent_databases(Preferences(tmp_path / "p.json"))
    assert len(again) == KEPT
    assert again[:2] == ("/data/5.db", f"/data/{KEPT + 2}.db")
    forget_database(preferences, "/data/5.db")
    assert "/data/5.db" not in recent_databases(preferences)


def test_preferences_that_cannot_be_read_are_set_aside(tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text("{half")
    preferences = Preferences(tmp_path / "p.json")
    preferences.put("theme", "dark")
    assert Preferences(tmp_path / "p.json").value("theme", "system") == "dark"
    assert (tmp_path / "p.unreadable.json").read_text() == "{half"


def test_a_value_of_another_type_is_not_taken(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "p.json")
    preferences.put("recent", "not a list")
    assert recent_databases(preferences) == ()


@pytest.mark.parametrize(
    ("database", "name", "path"),
    [
        ("/data/plans.db", "plans.db", Path("/data/plans.db")),
        ("sqlite:////data/plans.db", "plans.db", Path("/data/plans.db")),
        ("postgresql+psycopg://mei:***@db.example/plans", "plans on db.example", None),
    ],
)
def test_names_for_titles(database: str, name: str, path: Path | None) -> None:
    assert short_name(database) == name
    assert path_of(database) == path
