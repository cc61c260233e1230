"""When a factory works, what it has made, and which records of one are the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CloseFactory:
    """A factory is closed from one day to another."""

    factory: str
    first_date: dt.date
    last_date: dt.date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpenFactory:
    """A factory works from one day to another after all: closures that reach into these days are cut."""

    factory: str
    first_date: dt.date
    last_date: dt.date


@dataclass(frozen=True, slots=True)
class MergeFactories:
    """Two records are one factory: what names `merged` names `kept` from now on, and `merged` becomes an old code."""

    kept: str
    merged: str


@dataclass(frozen=True, slots=True)
class ReportProgress:
    """What share of an order is made and packed on a day, in percent.

    `frees`: visits whose window has moved away are taken out of the draft in hand.
    """

    order: str
    reported_on: dt.date
    percent_made: float
    percent_packed: float = 0.0
    source: str = ""
    frees: bool = False
