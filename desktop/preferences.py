"""What one user of one machine has chosen: theme, language, window, filters, recent databases. No data of the firm."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

T = TypeVar("T")


def preferences_file() -> Path:
    """Where the user's preferences are kept."""
    return Path(platformdirs.user_config_dir("dupro-desk", appauthor=False)) / "preferences.json"


class Preferences:
    """Named JSON values of the user, kept in one file. Whatever cannot be read or written is not worth a failure.

    Attributes:
        path: the file; None: kept for this run only.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._values: dict[str, Any] = {}
        if path is not None:
            self._values = _read(path)

    def value(self, name: str, default: T) -> T:
        """What was put under a name; `default` where there is nothing, or something of another type."""
        found = self._values.get(name)
        return found if isinstance(found, type(default)) else default

    def put(self, name: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        """Keep a JSON value, on disk too; None forgets it."""
        if value is None:
            self._values.pop(name, None)
        else:
            self._values[name] = value
        if self.path is not None:
            with suppress(OSError):
                _write(self.path, self._values)


def _read(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        with suppress(OSError):
            path.replace(path.with_suffix(".unreadable.json"))
        return {}
    return values if isinstance(values, dict) else {}


def _write(path: Path, values: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(values, ensure_ascii=False, indent=1), "utf-8")
    os.replace(fresh, path)
