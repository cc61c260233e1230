"""How good the solver's plans are on fixed instances within fixed times."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.helpers.shared import SHARED


@dataclass(frozen=True, slots=True)
class Instance:
    """A planning problem with a name.

    Attributes:
        write: writes the problem file.
        seconds: time limit of a quick run.
        full_seconds: time limits of full ones: the first with several seeds, the others with one.
        references: what others reached on it, in cents, by name.
    """

    name: str
    write: Callable[[Path], None]
    seconds: float
    full_seconds: tuple[float, ...]
    references: dict[str, int] = field(default_factory=dict)


def made(*arguments: str) -> Callable[[Path], None]:
    """An instance of the generator beside the repository, on the places of real factories."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            subprocess.run((sys.executable, str(SHARED / "tools/make_problem.py"), *arguments), stdout=file, check=True)

    return write


def sample(inspectors: int, requests: int) -> Callable[[Path], None]:
    """The coming week of the sample company."""

    def write(path: Path) -> None:
        name = f"problem:{inspectors}:{requests}"
        subprocess.run((sys.executable, "-m", "tests.benchmarks.operations", name, str(path)), check=True)

    return write


OWN = (
    Instance("sample company 60 x 200", sample(60, 200), 30, (30, 120)),
    Instance("sample company 700 x 2300", sample(700, 2300), 45, (60, 300)),
)
SHARED_ONES = (
    Instance(
        "make_problem 60 x 200, seed 5",
        made("--inspectors", "60", "--requests", "200", "--seed", "5"),
        60,
        (60, 10, 300),
        {"careful greedy": 3_111_900, "PyVRP, 60 s": 2_995_900},
    ),
    Instance(
        "make_problem 60 x 180, Vietnam, seed 3",
        made("--inspectors", "60", "--requests", "180", "--country", "VN", "--seed", "3"),
        20,
        (60, 300),
    ),
    Instance(
        "make_problem 100 x 330, seed 1",
        made("--inspectors", "100", "--requests", "330", "--seed", "1"),
        20,
        (60, 300),
    ),
    Instance(
        "make_problem 700 x 2300, seed 1",
        made("--inspectors", "700", "--requests", "2300", "--seed", "1"),
        75,
        (120, 600),
    ),
)


def instances() -> tuple[Instance, ...]:
    """The instances that can be made here."""
    return (*OWN, *SHARED_ONES) if (SHARED / "tools/make_problem.py").is_file() else OWN


def measure(instance: Instance, seconds: float, seed: int, folder: Path) -> dict[str, object]:
    """Solve one instance and judge the plan."""
    problem, plan = folder / "problem.json", folder / "plan.json"
    instance.write(problem)
    begun = time.monotonic()
    solve = ("solve", str(problem), "--out", str(plan), "--time-limit", f"{seconds:g}", "--seed", str(seed))
    subprocess.run((sys.executable, "-m", "scheduler", *solve), check=True, stdout=subprocess.DEVNULL)
    took = time.monotonic() - begun
    found = json.loads(plan.read_text(encoding="utf-8"))
    return {
        "instance": instance.name,
        "limit_seconds": seconds,
        "seed": seed,
        "seconds": round(took, 1),
        "cost": found["cost"]["total"],
        "bound": found["bound"],
        "gap": found["gap"],
        "assigned": len(found["assignments"]),
        "unassigned": len(found["unassigned"]),
        "keeps_all_rules": keeps_all_rules(problem, plan),
        "references": instance.references,
    }


def keeps_all_rules(problem: Path, plan: Path) -> bool:
    """What the independent judge says, or ours where it is not there."""
    judge = SHARED / "tools/check_plan.py"
    command = (str(judge),) if judge.is_file() else ("-m", "scheduler", "check")
    result = subprocess.run((sys.executable, *command, str(problem), str(plan)), check=False, stdout=subprocess.DEVNULL)
    return result.returncode == 0
