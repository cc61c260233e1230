"""The large company that the window is measured on: made once, kept beside what else the program leaves behind."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from desktop.services.bus import Desk
from desktop.services.commands import AdoptPlan
from desktop.services.demo.sample import make_sample
from desktop.services.planning.week import ready_problem, settings_for
from desktop.services.solver_process import SolverRun
from desktop.store.engine import Store, open_store
from scheduler.params import Params
from tests.benchmarks.machine import ROOT
from tests.benchmarks.operations import CLOCK, MONDAY

INSPECTORS, REQUESTS, YEARS, SEED = 700, 2300, 1, 1
SOLVER_SECONDS = 20
KEPT = ROOT / "out/bench"


def large_company() -> Path:
    """The database file: 700 inspectors, the week's 2,300 requests, a year of visits behind them, one draft."""
    path = KEPT / f"company-{INSPECTORS}-{REQUESTS}-{YEARS}-{SEED}.db"
    if not path.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name("unfinished.db")
        for stale in KEPT.glob("unfinished.db*"):
            stale.unlink()
        sys.stderr.write(f"making {path.name}, kept for the next time\n")
        with open_store(str(fresh), backups=KEPT / "backups") as store:
            _fill(store)
        fresh.replace(path)
    return path


def copy_of(path: Path, folder: Path) -> Path:
    """A copy that may be changed."""
    copied = folder / path.name
    shutil.copyfile(path, copied)
    return copied


def _fill(store: Store) -> None:
    make_sample(store, inspectors=INSPECTORS, requests=REQUESTS, seed=SEED, years=YEARS, first_day=MONDAY, clock=CLOCK)
    settings = settings_for(store, MONDAY)
    built = ready_problem(store, settings)
    plan = SolverRun(built.problem, Params(seed=SEED, time_limit=SOLVER_SECONDS)).run()
    Desk(store, CLOCK, "bench").handle(AdoptPlan(plan, settings.to_json(), built.digest))
