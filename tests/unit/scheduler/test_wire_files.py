"""Files on disk: what cannot be read is refused with a sentence, what is written is written whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scheduler.errors import BadProblemError
from scheduler.plan import CostParts, Plan
from scheduler.wire import digest, load_plan, load_problem, plan_to_json, problem_to_json, save_json
from tests.helpers.small import problem, request

SOUND = problem((request(),))


def refusal(path: Path) -> str:
    with pytest.raises(BadProblemError) as caught:
        load_problem(path)
    (fault,) = caught.value.faults
    return str(fault)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    save_json(tmp_path / "problem.json", problem_to_json(SOUND))
    assert load_problem(tmp_path / "problem.json") == SOUND
    plan = Plan((), (), "stopped", CostParts(unserved=50_000), 49_000, 0.5, 3, {"note": "工厂"})
    save_json(tmp_path / "plan.json", plan_to_json(plan))
    assert load_plan(tmp_path / "plan.json") == plan


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "absent.json: cannot be read: No such file" in refusal(tmp_path / "absent.json")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"a": 1'])
def test_what_is_not_json_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "problem.json").write_bytes(content)
    assert "problem.json: is not JSON" in refusal(tmp_path / "problem.json")


def test_a_key_twice_in_one_object_is_refused(tmp_path: Path) -> None:
    (tmp_path / "problem.json").write_text('{"format": "inspection-planning/1", "format": "x"}', encoding="utf-8")
    assert "the key 'format' occurs twice" in refusal(tmp_path / "problem.json")


def test_numbers_that_are_none_are_refused(tmp_path: Path) -> None:
    data = problem_to_json(SOUND)
    data["travel"]["detour"] = float("nan")
    (tmp_path / "problem.json").write_text(json.dumps(data), encoding="utf-8")
    assert refusal(tmp_path / "problem.json") == "travel: detour: must be a finite number (is NaN)"


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    save_json(target, {"old": True})
    with pytest.raises(TypeError):
        save_json(target, {"new": object()})
    assert json.loads(target.read_text(encoding="utf-8")) == {"old": True}
    assert list(tmp_path.iterdir()) == [target]


def test_whole_and_broken_numbers_of_one_value_are_the_same_problem() -> None:
    data = problem_to_json(SOUND)
    assert data["travel"]["detour"] == 1
    assert type(data["travel"]["detour"]) is int
    assert digest(SOUND) == digest(problem((request(),)))
    assert digest(SOUND) != digest(problem((request(level=3),)))
