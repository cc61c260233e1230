"""What is said to a developer of a fault of the program, without anything of the firm's people in it."""

from __future__ import annotations

import platform
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop.clock import Clock
from desktop.config import APP_NAME, APP_VERSION
from desktop.redaction import redacted


def crash_report(error: BaseException, doing: str, clock: Clock, more: Sequence[str] = ()) -> str:
    """Version, system, time, what was being done, traceback, and whatever more is known; redacted."""
    now = clock.now()
    return redacted(
        "\n".join(
            (
                f"{APP_NAME} {APP_VERSION}, Python {platform.python_version()}, {platform.platform()}",
                f"{now.isoformat(timespec='seconds')}: {doing}",
                "",
                "".join(traceback.format_exception(error)),
                *more,
            )
        )
    )


def write_report(text: str, name: str, folders: Iterable[Path]) -> Path | None:
    """Keep a report in the first folder that takes it; None where none does."""
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / name
            path.write_text(text, encoding="utf-8")
        except OSError:
            continue
        return path
    return None
