"""The outcome of a visit: against a table written out by hand, and drawn findings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.services.trade.outcome import Findings, judged

SAMPLED = (
    # critical, major, minor, drawn of 50, missing; 3 major and 5 minor are accepted
    ((0, 0, 0, 50, ""), "pass"),
    ((0, 3, 5, 50, ""), "pass"),
    ((0, 4, 0, 50, ""), "fail"),
    ((0, 0, 6, 50, ""), "fail"),
    ((1, 0, 0, 50, ""), "fail"),
    ((1, 0, 0, 10, "tests"), "fail"),
    ((0, 4, 0, 10, "tests"), "fail"),
    ((0, 3, 5, 49, ""), "pending"),
    ((0, 0, 0, 50, "tests"), "pending"),
    ((0, 0, 0, 0, ""), "pending"),
)


@pytest.mark.parametrize(("found", "outcome"), SAMPLED)
def test_with_a_sample(found: tuple[int, int, int, int, str], outcome: str) -> None:
    critical, major, minor, drawn, missing = found
    numbers = Findings(critical, major, minor, True, 3, 5, 50, drawn, missing)
    assert judged(numbers).outcome == outcome


@pytest.mark.parametrize(
    ("critical", "major", "minor", "outcome"),
    [(0, 0, 9, "pass"), (0, 1, 0, "pending"), (1, 1, 0, "fail")],
)
def test_without_a_sample_nothing_says_how_many_are_accepted(
    critical: int, major: int, minor: int, outcome: str
) -> None:
    assert judged(Findings(critical, major, minor, is_sampled=False)).outcome == outcome


findings = st.builds(
    Findings,
    critical=st.integers(0, 2),
    major=st.integers(0, 12),
    minor=st.integers(0, 12),
    is_sampled=st.booleans(),
    accept_major=st.none() | st.integers(0, 10),
    accept_minor=st.none() | st.integers(0, 10),
    to_draw=st.integers(0, 80),
    drawn=st.integers(0, 80),
    missing=st.sampled_from(("", "tests")),
)
RANK = {"pass": 0, "pending": 1, "fail": 2}


@settings(max_examples=70)
@given(findings, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
def test_more_defects_are_never_better_and_every_outcome_says_why(
    found: Findings, critical: int, major: int, minor: int
) -> None:
    worse = Findings(
        found.critical + critical,
        found.major + major,
        found.minor + minor,
        found.is_sampled,
        found.accept_major,
        found.accept_minor,
        found.to_draw,
        found.drawn,
        found.missing,
    )
    first, second = judged(found), judged(worse)
    assert RANK[first.outcome] <= RANK[second.outcome]
    assert first.because
    assert judged(worse) == second
