"""Where things are kept, and the program's own version."""

from __future__ import annotations

import getpass
import importlib.metadata
from pathlib import Path

import platformdirs

APP_NAME = "DUPRO Desk"
APP_VERSION = importlib.metadata.version("dupro-desk")


def data_folder() -> Path:
    """The user's folder for this program's data; made when something is first written there."""
    return Path(platformdirs.user_data_dir("dupro-desk", appauthor=False))


def default_database_url() -> str:
    """The embedded database of the user, as a SQLAlchemy URL."""
    return f"sqlite:///{data_folder() / 'dupro-desk.db'}"


def current_actor() -> str:
    """Who makes changes: the name of the account, or "unknown" where the system has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
