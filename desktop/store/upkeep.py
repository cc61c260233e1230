"""What opening a database may need beside the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.store.schema import Migrations

Listener = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Upkeep:
    """How a database is brought up to date.

    Attributes:
        migrations: the schemas that this program knows.
        backups: the folder of automatic backups.
        say: told what was done, in sentences.
    """

    migrations: Migrations
    backups: Path
    say: Listener
