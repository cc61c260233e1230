"""What automatic backups are called, and which of them are kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from desktop.store.copying import SEAL

DAYS, WEEKS, MONTHS = 12, 10, 9
"""Of backups older than yesterday the last of so many days are kept, then of so many weeks, then of so many months."""

_STAMP = "%Y%m%d-%H%M%S"
_NAME = re.compile(r".+-(?P<stamp>\d{8}-\d{6}(?:\d{6})?)-[a-z0-9-]+\.db")


def backup_name(stem: str, now: dt.datetime, reason: str) -> str:
    """A file's name that says of what it is a copy, when it was made (UTC) and why; it sorts by time."""
    words = re.sub(r"[^a-z0-9]+", "-", reason.casefold()).strip("-") or "backup"
    return f"{stem}-{now.astimezone(dt.UTC):{_STAMP}%f}-{words}.db"


def unused(path: Path) -> Path:
    """A path, numbered where a file of that name is there already."""
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def to_thin_out(times: Iterable[dt.datetime], today: dt.date) -> frozenset[dt.datetime]:
    """Of the times of backups those that need not be kept.

    All of today and yesterday are kept (and any of the future: a clock was wrong); of the older ones the last of each
    of 12 days, before these the last of each of 10 weeks, before these the last of each of 9 months. Days, weeks and
    months without a backup do not count.
    """
    ages: tuple[tuple[int, Callable[[dt.date], object]], ...] = (
        (DAYS, lambda day: day),
        (WEEKS, lambda day: day.isocalendar()[:2]),
        (MONTHS, lambda day: (day.year, day.month)),
    )
    older = sorted((time for time in times if (today - time.date()).days > 1), reverse=True)
    kept: set[dt.datetime] = set()
    seen: set[object] = set()
    step = 0
    for time in older:
        while step < len(ages):
            room, period = ages[step]
            if period(time.date()) in seen:
                break
            if len(seen) < room:
                seen.add(period(time.date()))
                kept.add(time)
                break
            step, seen = step + 1, set()
    return frozenset(older) - kept


def thin_out(folder: Path, stem: str, today: dt.date) -> None:
    """Remove the automatic backups of a database that need not be kept; other files are not touched."""
    found = {}
    for path in folder.glob("*.db"):
        match = _NAME.fullmatch(path.name)
        if match and path.name.startswith(f"{stem}-{match['stamp']}-"):
            form = _STAMP + "%f" if len(match["stamp"]) > 15 else _STAMP
            found[path] = dt.datetime.strptime(match["stamp"], form).replace(tzinfo=dt.UTC)
    away = to_thin_out(found.values(), today)
    for path, time in found.items():
        if time in away:
            path.unlink()
            path.with_name(path.name + SEAL).unlink(missing_ok=True)
