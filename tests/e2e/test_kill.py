"""Kill -9 at any moment: what the program has acknowledged is in the database, and no step is there by half.

The real program is killed at seeded moments while it imports, plans and publishes: some moments are drawn from the
time that an undisturbed run takes, others follow the moment in which the database begins to be written. (This says
nothing of power cuts: the operating system lives on.)
"""

from __future__ import annotations

import contextlib
import itertools
import random
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil
import pytest
from sqlalchemy import Boolean, column, func, select, table

from desktop.store.engine import open_store
from tests.helpers.program import Program, acknowledged
from tests.helpers.soak import scaled
from tests.helpers.stores import PostgresServer

MONDAY = "2026-11-30"
TABLES = ("client", "factory", "inspector", "request", "plan", "visit", "assignment", "unassigned", "change")
WATCHED = 0.4  # share of the kills that wait for the database to be written
GRACE_SECONDS = 10  # by then a solver whose parent has gone must have gone too

Contents = dict[str, int]


@dataclass(frozen=True)
class Stage:
    """A command, the database that it starts from, and what the database holds before and afterwards."""

    name: str
    arguments: tuple[str, ...]
    base: str
    before: Contents
    after: Contents
    seconds: float

    def is_whole(self, found: Contents) -> bool:
        """Whether all of the step is there. How many requests a plan serves depends on the time that it was given."""
        if self.name != "plan":
            return found == self.after
        told = found["visit"] + found["unassigned"] == self.after["visit"] + self.after["unassigned"]
        return told and found["plan"] == self.after["plan"] and found["assignment"] >= found["visit"]


class Databases(Protocol):
    """Where the databases of a campaign are, by name."""

    def new(self) -> str:
        """A database with nothing in it but its tables."""
        ...

    def copy(self, url: str) -> str:
        """Another one, equal to it."""
        ...

    def begun_writing(self, url: str) -> bool:
        """Whether something has been written to it that is not settled yet."""
        ...

    def settle(self, url: str) -> None:
        """Wait until nobody is connected to it any more."""
        ...


def contents(url: str) -> Contents:
    """How many rows the tables hold, and how many visits are published; the database must be sound."""
    with open_store(url, create=False) as store, store.engine.connect() as connection:
        if store.is_sqlite:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        count = select(func.count())
        found = {name: connection.execute(count.select_from(table(name))).scalar_one() for name in TABLES}
        published = count.select_from(table("visit")).where(column("published", Boolean))
        found["published"] = connection.execute(published).scalar_one()
        return found


def stages(databases: Databases, workbook: Path, folder: Path) -> dict[str, Stage]:
    """Import, plan and publish a small company undisturbed, and keep what each begins from."""
    url = databases.new()
    program = Program(folder, url)
    found = {}
    for name, arguments in (
        ("import", ("import", str(workbook))),
        ("plan", ("plan", "--from", MONDAY, "--time-limit", "0.5")),
        ("publish", ("publish",)),
    ):
        base, before, begun = databases.copy(url), contents(url), time.monotonic()
        assert len(program.run(*arguments).changes) == 1
        found[name] = Stage(name, arguments, base, before, contents(url), time.monotonic() - begun)
    return found


def kill(program: Program, stage: Stage, databases: Databases, rng: random.Random) -> bool:
    """Run a stage's command and kill it some time; gives whether it had come to its end by then.

    What it printed is in `out.txt`. Whatever it had started must end by itself.
    """
    with (program.folder / "out.txt").open("wb") as out, (program.folder / "err.txt").open("wb") as err:
        process = subprocess.Popen(
            program.command(*stage.arguments),
            cwd=program.folder,
            env=program.environment(),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        if rng.random() < WATCHED:
            while process.poll() is None and not databases.begun_writing(program.database):
                passes(process, 0.001)
            passes(process, rng.uniform(0, 0.06))
        else:
            passes(process, rng.uniform(0.1, 1.05) * stage.seconds)
        finished = process.poll() is not None
        started = [] if finished else psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait()
    _, alive = psutil.wait_procs(started, timeout=GRACE_SECONDS)
    assert not alive, f"still running without their parent: {alive}"
    databases.settle(program.database)
    return finished


def passes(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Let a process run for a time, or to its end."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)


def judge(program: Program, stage: Stage, *, finished: bool) -> None:
    """All of the step is there or nothing of it, and all of it if it was acknowledged."""
    said = acknowledged((program.folder / "out.txt").read_text(encoding="utf-8"))
    found = contents(program.database)
    assert found == stage.before or stage.is_whole(found), "a step is there by half"
    if said:
        assert said == (found["change"],)
        assert stage.is_whole(found), "what was acknowledged is lost"
    if finished:
        assert said, (program.folder / "err.txt").read_text(encoding="utf-8")


class Files:
    """SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count()

    def new(self) -> str:
        url = str(self._folder / f"{next(self._numbers)}.db")
        open_store(url).dispose()
        return url

    def copy(self, url: str) -> str:
        new = str(self._folder / f"{next(self._numbers)}.db")
        shutil.copy(url, new)
        return new

    def begun_writing(self, url: str) -> bool:
        journals = (Path(f"{url}-wal"), Path(f"{url}-journal"))
        return any(path.exists() and path.stat().st_size for path in journals)

    def settle(self, url: str) -> None:
        pass


class Served:
    """Databases of a PostgreSQL server."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server

    def new(self) -> str:
        return self._server.new_database()

    def copy(self, url: str) -> str:
        self.settle(url)
        return self._server.copy(url)

    def begun_writing(self, url: str) -> bool:
        return self._server.count_connections(url, writing=True) > 0

    def settle(self, url: str) -> None:
        while self._server.count_connections(url):
            pass


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="module")
def file_stages(files: Files, company_workbook: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Stage]:
    return stages(files, company_workbook, tmp_path_factory.mktemp("undisturbed"))


@pytest.fixture(scope="module")
def served(pg_server: PostgresServer) -> Served:
    return Served(pg_server)


@pytest.fixture(scope="module")
def served_stages(served: Served, company_workbook: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Stage]:
    return stages(served, company_workbook, tmp_path_factory.mktemp("undisturbed"))


@pytest.mark.soak
@pytest.mark.parametrize("number", range(scaled(200)))
def test_killed_on_a_file(number: int, files: Files, file_stages: dict[str, Stage], tmp_path: Path) -> None:
    strike(number, files, file_stages, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("number", range(scaled(30)))
def test_killed_on_postgresql(number: int, served: Served, served_stages: dict[str, Stage], tmp_path: Path) -> None:
    strike(number, served, served_stages, tmp_path)


def strike(number: int, databases: Databases, found: dict[str, Stage], folder: Path) -> None:
    """One kill of the campaign."""
    stage = list(found.values())[number % len(found)]
    program = Program(folder, databases.copy(stage.base))
    finished = kill(program, stage, databases, random.Random(number))
    judge(program, stage, finished=finished)
