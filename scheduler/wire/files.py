"""Problem and plan files on disk."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from scheduler.errors import BadProblemError, Fault
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.wire.plans import read_plan
from scheduler.wire.problems import read_problem


def load_problem(path: str | Path) -> Problem:
    """The problem in a file.

    Raises:
        BadProblemError: where the file cannot be read, is not JSON, or is not a problem.
    """
    return read_problem(_load(Path(path)))


def load_plan(path: str | Path) -> Plan:
    """The plan in a file.

    Raises:
        BadProblemError: where the file cannot be read, is not JSON, or is not a plan.
    """
    return read_plan(_load(Path(path)))


def save_json(path: str | Path, data: object) -> None:
    """Write data to a file, whole or not at all: a reader sees the old file or the new one.

    Raises:
        OSError: where the folder cannot be written.
    """
    target = Path(path)
    handle, draft = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, separators=(",", ":"))
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(draft).unlink()
        raise


def _load(path: Path) -> object:
    try:
        return json.loads(path.read_bytes(), object_pairs_hook=_distinct)
    except OSError as error:
        raise BadProblemError((Fault(f"file {path}", "", "", f"cannot be read: {error.strerror}"),)) from error
    except (ValueError, RecursionError) as error:
        raise BadProblemError((Fault(f"file {path}", "", "", f"is not JSON: {error}"),)) from error


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys occur once each: of a repeated key JSON would silently keep the last."""
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        raise ValueError(f"the key {twice[0]!r} occurs twice in one object")
    return found
