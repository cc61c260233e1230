"""The two JSON formats: `inspection-planning/1` and `inspection-plan/1`, read strictly and written whole.

Reading checks shape and type only and names every fault; whether the values make sense together is `validate`'s.
"""

from __future__ import annotations

from scheduler.wire.files import load_plan, load_problem, save_json
from scheduler.wire.plans import PLAN_FORMAT, plan_to_json, read_plan
from scheduler.wire.problems import read_problem
from scheduler.wire.sameness import Fingerprint, canonical, digest
from scheduler.wire.writing import PROBLEM_FORMAT, problem_to_json

__all__ = [
    "PLAN_FORMAT",
    "PROBLEM_FORMAT",
    "Fingerprint",
    "canonical",
    "digest",
    "load_plan",
    "load_problem",
    "plan_to_json",
    "problem_to_json",
    "read_plan",
    "read_problem",
    "save_json",
]
