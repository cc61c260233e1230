"""What a visit came to: Pass, Fail or Pending, from the defects found against the numbers that are accepted.

A critical defect fails the goods whatever the sample. More major or minor defects than the standard accepts for the
sample fail them. What could not be checked, or a lot that nobody knows, leaves a visit that has not failed pending: the
client decides. Where a service draws no sample there are no numbers: a major defect is then for the client to decide,
and minor ones are noted. A visit that was aborted has inspected nothing and is neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["pass", "fail", "pending"]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a visit found, and what it was to be judged by.

    Attributes:
        critical, major, minor: pieces with defects of each class.
        is_sampled: the service draws a sample.
        accept_major, accept_minor: the most that are accepted; None where the lot is not known, or nothing is drawn.
        to_draw, drawn: pieces that the plan asks for, and that were looked at.
        missing: what could not be done, in words; "" nothing.
    """

    critical: int
    major: int
    minor: int
    is_sampled: bool
    accept_major: int | None = None
    accept_minor: int | None = None
    to_draw: int = 0
    drawn: int = 0
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """An outcome, and why: main clauses without a stop."""

    outcome: Outcome
    because: tuple[str, ...]


def judged(found: Findings) -> Judgement:
    """The outcome of a visit that was made."""
    against = _against(found)
    if against:
        return Judgement("fail", tuple(against))
    open_points = _open_points(found)
    if open_points:
        return Judgement("pending", tuple(open_points))
    return Judgement("pass", ("no more defects than are accepted",) if found.is_sampled else ("no major defect",))


def _against(found: Findings) -> list[str]:
    """What fails the goods."""
    against = []
    if found.critical:
        against.append(f"{found.critical:,} critical, {_accepted(0)}")
    for name, number, accept in (
        ("major", found.major, found.accept_major),
        ("minor", found.minor, found.accept_minor),
    ):
        if found.is_sampled and accept is not None and number > accept:
            against.append(f"{number:,} {name}, {_accepted(accept)}")
    return against


def _accepted(number: int) -> str:
    """How many are accepted, as a clause."""
    return f"{number:,} are accepted" if number > 1 else f"{number or 'none'} is accepted"


def _open_points(found: Findings) -> list[str]:
    """What leaves the decision to the client."""
    points = []
    if found.is_sampled and (found.accept_major is None or found.accept_minor is None):
        points.append("the lot is not known, so no number of defects can be accepted")
    elif found.is_sampled and found.drawn < found.to_draw:
        points.append(f"{found.drawn:,} of {found.to_draw:,} pieces were drawn")
    if not found.is_sampled and found.major:
        points.append(f"{found.major:,} major, and no sample says how many are accepted")
    if found.missing:
        points.append(f"not checked: {found.missing}")
    return points
