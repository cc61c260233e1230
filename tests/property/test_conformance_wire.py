"""Reading and writing lose nothing: drawn problems and plans survive the round trip."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from scheduler.evaluate import evaluate
from scheduler.wire import canonical, digest, plan_to_json, problem_to_json, read_plan, read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.drawn_plans import legal_plan, wild_plan
from tests.helpers.judge import product_facts
from tests.helpers.shared import needs_shared
from tests.helpers.soak import scaled

Json = dict[str, Any]
pytestmark = [needs_shared, pytest.mark.soak]


def test_a_problem_written_is_the_problem_read_but_for_info_and_the_order_of_sets() -> None:
    for seed in range(scaled(3_000)):
        data = draw_problem(seed)

        written = json.loads(json.dumps(problem_to_json(read_problem(data))))

        assert plain(written) == plain(data), f"seed {seed}"
        assert read_problem(written) == read_problem(data), f"seed {seed}"


def test_a_plan_written_is_the_plan_read() -> None:
    for seed in range(scaled(3_000)):
        data = draw_problem(seed)
        plan = wild_plan(data, random.Random(seed)) | {"info": "a note"}

        written = json.loads(json.dumps(plan_to_json(read_plan(plan))))

        assert written == {key: value for key, value in plan.items() if key != "info"}, f"seed {seed}"
        assert read_plan(written) == read_plan(plan), f"seed {seed}"


def test_the_order_of_lists_and_what_no_rule_looks_at_do_not_change_the_digest() -> None:
    for seed in range(scaled(2_000)):
        data = draw_problem(seed)
        shuffled = reordered(data, random.Random(seed))
        shuffled["sites"][0]["closed"].append("1999-01-01")

        same, other = read_problem(data), read_problem(shuffled)

        assert canonical(other) == canonical(same), f"seed {seed}"
        assert digest(other) == digest(same), f"seed {seed}"


def test_the_canonical_problem_has_the_same_rules_and_prices() -> None:
    for seed in range(scaled(2_000)):
        data = draw_problem(seed)
        problem, rng = read_problem(data), random.Random(seed)
        for draw in (wild_plan, legal_plan):
            assignments = read_plan(draw(data, rng)).assignments

            found, expected = evaluate(canonical(problem), assignments), evaluate(problem, assignments)

            assert found.cost == expected.cost, f"seed {seed}"
            assert product_facts(found.broken) == product_facts(expected.broken), f"seed {seed}"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["horizon"].update(days=data["horizon"]["days"] + 1),
        lambda data: data["limits"].update(midday=data["limits"]["midday"] + 1),
        lambda data: data["travel"].update(detour=1.4),
        lambda data: data["rotation"].update(max_visits=7),
        lambda data: data["sites"][0].update(lat=1.5),
        lambda data: data["inspectors"][0].update(night_cost=123_456),
        lambda data: data["requests"][0].update(unserved_cost=123_456),
        lambda data: data["requests"][0]["modes"].append({"crew": 1, "half_days": 28}),
        lambda data: data["published"].update({data["requests"][0]["id"]: ANNOUNCED}),
    ],
)
def test_a_changed_value_changes_the_digest(change: Callable[[Json], None]) -> None:
    data = draw_problem(1)
    changed = copy.deepcopy(data)
    change(changed)

    assert digest(read_problem(changed)) != digest(read_problem(data))


ANNOUNCED: Json = {"inspectors": ["I00"], "start_slot": 4, "inspector_cost": 1, "day_cost": 77, "drop_cost": 3}
SETS = ("closed", "excluded", "waive")  # lists in the file whose order is not kept


def plain(value: Any, key: str = "") -> Any:  # noqa: ANN401
    """The same JSON without `info`, and with the lists that are sets in order."""
    if isinstance(value, dict):
        return {name: plain(entry, name) for name, entry in value.items() if name != "info"}
    if isinstance(value, list):
        return sorted(value) if key in SETS else [plain(entry) for entry in value]
    return value


def reordered(data: Json, rng: random.Random) -> Json:
    """The same problem with every list shuffled whose order means nothing, and every map filled in another order."""
    data = copy.deepcopy(data)
    lists = [data[key] for key in ("sites", "inspectors", "requests", "history")] + [data["travel"]["modes"]]
    lists += [site["closed"] for site in data["sites"]]
    for person in data["inspectors"]:
        lists += [person["services"], person["languages"]]
        for key in ("works_in", "skills", "certificates"):
            person[key] = dict(reversed(person[key].items()))
    for request in data["requests"]:
        lists += [request["languages"], request["certificates"], request["excluded"]]
        request["affinity"] = dict(reversed(request["affinity"].items()))
    data["published"] = dict(reversed(data["published"].items()))
    for entries in lists:
        rng.shuffle(entries)
    return data
