"""Which databases were open lately, the last one first. Passwords are not among what is kept."""

from __future__ import annotations

from pathlib import Path

from desktop.preferences import Preferences

KEPT = 8


def recent_databases(preferences: Preferences) -> tuple[str, ...]:
    """URLs or files, as `open_store` takes them."""
    return tuple(item for item in preferences.value("recent", list[str]()) if isinstance(item, str))[:KEPT]


def remember_database(preferences: Preferences, database: str) -> None:
    """This one is open now."""
    others = [item for item in recent_databases(preferences) if item != database]
    preferences.put("recent", [database, *others][:KEPT])


def forget_database(preferences: Preferences, database: str) -> None:
    """This one is not to be offered any more."""
    preferences.put("recent", [item for item in recent_databases(preferences) if item != database])


def path_of(database: str) -> Path | None:
    """The file of a database; None for one of a server."""
    if database.startswith("sqlite:///"):
        return Path(database.removeprefix("sqlite:///"))
    return None if "://" in database else Path(database)


def short_name(database: str) -> str:
    """What to call a database in a title: the file's name, or the database's on its server."""
    path = path_of(database)
    if path is not None:
        return path.name
    _, _, place = database.rpartition("@")
    host, _, name = place.rpartition("://")[2].partition("/")
    return f"{name.partition('?')[0]} on {host}"
