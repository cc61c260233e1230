"""What comes in by files, and how files of a shape are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class ImportRecords:
    """Store records read from a file, new ones and changed ones, as one step. Made by services.exchange.

    `rows` holds, by kind of sheet, the fields of each record: all that a new one needs, or those that change.
    """

    label: str
    rows: Mapping[str, tuple[Mapping[str, Any], ...]]


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """Store a planning problem file: its sites, people, requests and all that they say."""

    problem: Problem
    label: str


@dataclass(frozen=True, slots=True)
class SaveImportProfile:
    """Remember how files of a shape are read, under a name; an older one of that name is replaced.

    `kind` is that of a sheet; `mapping` is JSON, made by services.exchange.foreign.
    """

    name: str
    kind: str
    mapping: Mapping[str, Any]
