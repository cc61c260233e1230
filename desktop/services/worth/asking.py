"""What a study can be asked for: the kinds of study with their options. Seconds are for each run of the solver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

StudyKind = Literal["ceilings", "promise", "rules", "what-if"]
Pay = Literal["staff", "freelancer"]
RULES = ("nights", "rotation", "changes", "holidays", "week", "run")
"""Rules that can be lifted: nights away in a row, visits to a factory, announced changes that cost, holidays off,
days of a week, days in a row."""


@dataclass(frozen=True, slots=True)
class CeilingsAsked:
    """What one more can save at most; of the `exact` highest also what it does save, of the first up to `units`.

    `seconds` are for the bound, and as long again for the ceilings; `exact_seconds` for each run after that.
    """

    exact: int = 10
    units: int = 3
    seconds: float = 30.0
    exact_seconds: float = 10.0
    seed: int = 0
    kind: StudyKind = "ceilings"


@dataclass(frozen=True, slots=True)
class PromiseAsked:
    """The plan with somebody on site within so many hours."""

    hours: tuple[int, ...] = (48, 60, 72, 96)
    seconds: float = 30.0
    seed: int = 0
    kind: StudyKind = "promise"


@dataclass(frozen=True, slots=True)
class RulesAsked:
    """The plan with one rule lifted at a time."""

    rules: tuple[str, ...] = RULES
    seconds: float = 30.0
    seed: int = 0
    kind: StudyKind = "rules"


@dataclass(frozen=True, slots=True)
class Hire:
    """So many people more of a skill who live in a region, on a salary or paid by the day."""

    number: int
    skill: str
    region: str
    pay: Pay = "freelancer"


@dataclass(frozen=True, slots=True)
class Train:
    """A person (by code) with a skill at a level; with a language or certificate where `level` is None."""

    person: str
    what: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class WhatIfAsked:
    """The plan beside one with all of this changed.

    Attributes:
        hire: people more.
        train: people who learn.
        drop_clients: clients (by code) whose requests are given up.
        hours: within how many hours somebody is on site; None: as it is.
        hours_client: the client (by code) who is promised that; "": all.
        ill: people (by code) who are away all days.
        ill_number: so many more besides, drawn by the seed from those who have visits.
    """

    hire: tuple[Hire, ...] = ()
    train: tuple[Train, ...] = ()
    drop_clients: tuple[str, ...] = ()
    hours: int | None = None
    hours_client: str = ""
    ill: tuple[str, ...] = ()
    ill_number: int = 0
    seconds: float = 30.0
    seed: int = 0
    kind: StudyKind = "what-if"


StudyAsked = CeilingsAsked | PromiseAsked | RulesAsked | WhatIfAsked
