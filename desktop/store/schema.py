"""The versions of the schema: which a database has, which this program knows, and the way from one to the next."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import Connection, inspect

FOLDER = Path(__file__).parent / "migrations"
VERSIONS = FOLDER / "versions"

OWN_TABLES = ("alembic_version", "schema_seal")
"""Tables that hold no records."""

SEAL = OWN_TABLES[1]
"""Of SQLite, which checks no text of its schema: a bit that changes in a trigger would change what it refuses."""

SCHEMA_TEXTS = f"""
    SELECT type, name, tbl_name, sql FROM sqlite_schema
    WHERE name NOT LIKE 'sqlite%' AND name <> '{SEAL}' ORDER BY type, name
"""  # noqa: S608 -- a name of this module

# migrations speak to a global of Alembic's
_one_at_a_time = threading.Lock()


class Migrations:
    """The migrations of a program: those of this one, or, in a test, of one to come.

    Revisions are numbered "0001", "0002", ... in one line, so that the number says which of two is newer.
    """

    def __init__(self, folders: Iterable[Path] = (VERSIONS,)) -> None:
        self._folders = tuple(folders)
        texts = (path.read_text(encoding="utf-8") for folder in self._folders for path in folder.glob("*.py"))
        self._known = {found[1] for text in texts if (found := re.search(r'^revision = "(\w+)"', text, re.MULTILINE))}
        self.head = max(self._known)
        """The newest revision."""

    def knows(self, revision: str) -> bool:
        """Whether a revision is one of these."""
        return revision in self._known

    @property
    def number(self) -> int:
        """The head as a number, as SQLite's header holds it."""
        return int(self.head)

    def upgrade(self, connection: Connection, revision: str = "head") -> None:
        """Bring a database to a revision, in the transaction of the connection. The caller commits."""
        # a sixth of a second of the start of a program that has nothing to upgrade
        from alembic import command  # noqa: PLC0415
        from alembic.config import Config  # noqa: PLC0415

        config = Config()
        config.set_main_option("script_location", _escaped(FOLDER))
        config.set_main_option("path_separator", "newline")
        config.set_main_option("version_locations", "\n".join(_escaped(folder) for folder in self._folders))
        config.attributes["connection"] = connection
        with _one_at_a_time:
            command.upgrade(config, revision)
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA user_version={int(revision_of(connection) or 0)}")
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {SEAL}")
            seal = schema_digest(connection.exec_driver_sql(SCHEMA_TEXTS))
            connection.exec_driver_sql(f"CREATE TABLE {SEAL} (digest VARCHAR NOT NULL)")
            connection.exec_driver_sql(f"INSERT INTO {SEAL} VALUES (?)", (seal,))  # noqa: S608 -- a name of this module


def schema_digest(texts: Iterable[Sequence[str]]) -> str:
    """What the rows of SCHEMA_TEXTS add up to."""
    checksum = hashlib.sha256()
    for row in texts:
        checksum.update(repr(tuple(row)).encode())
    return checksum.hexdigest()


def revision_of(connection: Connection) -> str | None:
    """The revision of a database; None where it has no schema of this program."""
    if not inspect(connection).has_table(OWN_TABLES[0]):
        return None
    revision: str | None = connection.exec_driver_sql(f"SELECT version_num FROM {OWN_TABLES[0]}").scalar()  # noqa: S608 -- a name of this module
    return revision


def number_of(revision: str) -> int:
    """A revision as a number; one that does not look like ours counts as newer than all."""
    return int(revision) if re.fullmatch(r"\d{1,9}", revision) else 2**31 - 1


def _escaped(path: Path) -> str:
    return str(path).replace("%", "%%")
