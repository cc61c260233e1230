"""Why a request is left out: the code, the counts, and what would let it in."""

from __future__ import annotations

import pytest

from scheduler.params import Params
from scheduler.plan import Reason
from scheduler.problem import Lead, Mode, Problem
from scheduler.solve import solve
from tests.helpers.small import day, inspector, problem, request, site

TWO = (inspector("I1"), inspector("I2", languages=("zh", "en"), works_in={"B": None}))
CLOSED = (site(closed=frozenset({day(0), day(1)})),)
AWAY = tuple(inspector(name, available=(False,) * 10) for name in ("I1", "I2"))

CASES = [
    (
        "nobody eligible",
        problem((request(languages=("en",)),), TWO),
        Reason(
            "nobody_eligible",
            "none of 2 inspectors may serve it: 1 without the language, 1 without a permit for the area",
            "en not asked for: I1 from 2026-11-30 morning adds USD 15.90",
        ),
    ),
    (
        "closed all the time",
        problem((request(latest=day(1)),), sites=CLOSED),
        Reason(
            "no_start",
            "no start in its window: 2 of its days are planned, the visit takes 1, and site S1 is closed on "
            "2026-11-30, 2026-12-01",
            "its window closing 1 day later, on 2026-12-02: I1 from 2026-12-02 morning adds USD 15.90",
        ),
    ),
    (
        "window outside the horizon",
        problem((request(earliest=day(9), latest=day(12)),)),
        Reason(
            "no_start",
            "its window, 2026-12-09 to 2026-12-12, lies outside the days planned",
            "plan a horizon that meets the window",
        ),
    ),
    (
        "crew larger than those who may",
        problem((request(modes=(Mode(2, 2),)),)),
        Reason(
            "crew_too_small",
            "it needs 2 inspectors at once, 1 of 1 may serve it",
            "1 for 4 half-days instead of 2 for 2: I1 from 2026-11-30 morning adds USD 31.90",
        ),
    ),
    (
        "nobody leads",
        problem((request(lead=Lead(5, ("en",))),)),
        Reason(
            "nobody_leads",
            "none of the 1 who may serve it can lead it (toys at level 5, en)",
            "no lead asked for: I1 from 2026-11-30 morning adds USD 15.90",
        ),
    ),
    (
        "everybody away",
        problem((request(),), AWAY),
        Reason(
            "nobody_free",
            "of 2 who may serve it 2 not available then",
            "I1 available on 2026-11-30: I1 from 2026-11-30 morning adds USD 15.90",
        ),
    ),
    (
        "too far",
        problem((request(),), sites=(site(km=700.5),)),
        Reason(
            "nobody_free",
            "of 1 who may serve it 1 without a journey there within the limits",
            "a leg on a travel day of 701 minutes for I1, 600 allowed: I1 from 2026-11-30 morning adds USD 164.10",
        ),
    ),
    (
        "dearer than leaving it",
        problem((request(unserved_cost=1500),)),
        Reason(
            "costs_more",
            "the cheapest way beside the rest of the plan, I1 from 2026-11-30 morning, adds USD 15.90; "
            "leaving it costs USD 15.00",
            "a price for leaving it above USD 15.90, or a pin",
        ),
    ),
]


@pytest.mark.parametrize(("name", "made", "reason"), CASES, ids=[name for name, _, _ in CASES])
def test_the_reason_says_what_kept_it_out(name: str, made: Problem, reason: Reason) -> None:
    (left,) = solve(made, Params(time_limit=None, iteration_limit=20)).unassigned
    assert left.reasons == (reason,), name


def test_a_full_week_is_told() -> None:
    made = problem(
        (request("R1"), request("R2")),
        (inspector(day_costs=(1000,)),),
    )
    (left,) = solve(made, Params(time_limit=None, iteration_limit=20)).unassigned
    assert left.reasons[0].text == "of 1 who may serve it 1 with a full week"
