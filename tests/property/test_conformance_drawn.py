"""The generator's own test: drawn problems and plans reach every state of every field and break every rule."""

from __future__ import annotations

import random
from collections import Counter

from tests.helpers.drawn import WAIVERS, draw_problem
from tests.helpers.drawn_features import plan_features, problem_features
from tests.helpers.drawn_plans import draw_plan, legal_plan, mutated_plan, wild_plan
from tests.helpers.judge import PARTS, RULES, verdict
from tests.helpers.shared import needs_shared

pytestmark = needs_shared

SEEDS = 150
WHERE = ("before the horizon", "within the horizon", "after the horizon")
FREE_OR_PAID = ("free", "paid")
PROBLEM_STATES = frozenset({
    *(f"horizon of {days} days" for days in (1, 2, 3, 5, 7, 10, 14, 28)),
    *(f"horizon from weekday {weekday}" for weekday in range(7)),
    "horizon over a Monday", "horizon over a new year",
    *(f"mode with countries {countries}" for countries in (None, ["CN", "VN"], ["CN"], ["VN"], [])),
    "mode with max_km", "mode without max_km", "free_day no longer than evening", "morning longer than relocate",
    *(f"away nights {nights}" for nights in (0, 1, 2, 3, 5, 28)),
    *(f"{thing} {where}" for thing in ("closed", "permit ends", "certificate ends", "earliest", "latest")
      for where in WHERE),
    "permit without end",
    *(f"{key}: {count}" for key, counts in {"works_in": (1, 2, 3), "services": (1, 2, 3), "skills": (1, 2, 3),
      "languages": (0, 1, 2, 3), "certificates": (0, 1, 2)}.items() for count in counts),
    *(f"skill level {level}" for level in range(1, 6)), *(f"level {level}" for level in range(1, 6)),
    "available half a day", *(f"available: {share}" for share in ("all", "some", "none")),
    *(f"may travel {when}: {may}" for when in ("on the eve", "on the day after", "within") for may in (True, False)),
    *(f"day_costs of length {length}" for length in range(1, 8)), "day_costs falling",
    *(f"day_costs with {zeros} zeros or more" for zeros in range(3)), "premiums",
    *(f"{key} {state}" for key in ("night_cost", "travel_day_cost", "late_cost", "unserved_cost",
      "published inspector_cost", "published day_cost", "published drop_cost") for state in FREE_OR_PAID),
    *(f"max consecutive days {days}" for days in (1, 2, 3, 4, 5, 6, 7, 30)),
    "week begun", "week not begun on Monday", "week not begun on another day", "week begun over its limit",
    "run begun", "no run begun", "run begun at its limit",
    "start on the eve", "start in a morning", "start in an afternoon", "start at the end", "start within",
    "start with its own day worked", "start with its own day free",
    "start with days worked", "start with no days worked",
    *(f"request {key}: {count}" for key in ("certificates", "excluded") for count in range(3)),
    "request languages: 0", "request languages: 1",
    *(f"affinity {side} zero" for side in ("below", "at", "above")),
    *(f"{count} modes" for count in (1, 2, 3)), *(f"crew {crew}" for crew in range(1, 5)),
    *(f"half-days {half_days}" for half_days in (1, 2, 3, 4, 5, 6, 8)),
    *(f"crew of {size} with lead {lead}" for size in ("one", "several") for lead in (True, False)),
    "lead asks for less", "lead asks for as much or more",
    *(f"lead with {key} {has}" for key in ("languages", "certificates") for has in (True, False)),
    "window of a day", "window of days", *(f"due {side} the window" for side in ("before", "in", "after")),
    *(f"pin of {fixed}" for fixed in ("nothing", "i", "s", "m", "is", "im", "sm", "ism")),
    *(f"pin waives {waiver}" for waiver in WAIVERS), "pin with a waiver of a crew",
    "history inside the rotation", "history outside the rotation",
    "history at the last day inside", "history at the first day outside",
    "published within the horizon", "published beyond the horizon",
    *(f"info in {name}" for name in ("problem", "travel", "sites", "inspectors", "requests", "history")),
    "home at the site", "home within 50 m", "home just beyond 50 m", "home further off",
    "leg to another country possible", "leg to another country impossible",
    *(f"leg out: {when}" for when in ("in the morning", "on a free day", "never", "cheaper slow than quick")),
})  # fmt: skip
PLAN_STATES = frozenset({
    *(f"cost of {part}" for part in PARTS), "first visit", "visit after a start away", "two visits on a day",
    "away: no travel day for home", "away: no time for home", "chain of three away",
    "home between visits possible with 1 travel days", "home between visits possible with 2 travel days",
    *(f"gap of {nights} nights" for nights in (1, 2, 3, 4)), "out on a free day", "out on the eve",
    "back on a free day", "back on the day after the horizon",
    "nights inside a visit with a way home", "nights inside a visit without a way home",
})  # fmt: skip


def test_drawn_problems_reach_every_state_of_every_field() -> None:
    found = Counter(state for seed in range(SEEDS) for state in problem_features(draw_problem(seed)))

    assert PROBLEM_STATES - set(found) == set()


def test_drawn_legal_plans_reach_every_kind_of_journey_and_every_part_of_the_cost() -> None:
    found: Counter[str] = Counter()
    for seed in range(SEEDS):
        problem, rng = draw_problem(seed), random.Random(seed)
        found.update(state for _ in range(2) for state in plan_features(problem, legal_plan(problem, rng)))

    assert PLAN_STATES - set(found) == set()


def test_drawn_plans_break_every_rule_and_keep_every_rule() -> None:
    broken: Counter[str] = Counter()
    total = 0
    for seed in range(SEEDS):
        problem, rng = draw_problem(seed), random.Random(seed)
        for draw in (wild_plan, mutated_plan, mutated_plan, mutated_plan):
            broken.update({fact.rule for fact in verdict(problem, draw(problem, rng)).broken})
            total += 1

    # a plan with unknown or missing keys cannot be drawn: reading refuses it
    assert {rule for rule in RULES if broken[rule] < 2} == {"said.keys"}
    assert all(count < total for count in broken.values())


def test_a_drawn_legal_plan_breaks_no_rule_and_serves_every_pin() -> None:
    for seed in range(SEEDS):
        problem = draw_problem(seed)

        plan = legal_plan(problem, random.Random(seed))

        assert verdict(problem, plan).texts == ()


def test_the_same_seed_draws_the_same_problem_and_plan() -> None:
    first, second = draw_problem(7), draw_problem(7)

    assert first == second
    assert draw_plan(first, random.Random(1)) == draw_plan(second, random.Random(1))
