"""The real program in a process of its own, on a display of its own, with keys from outside."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from desktop.services.demo.sample import make_sample
from desktop.store.engine import open_store
from tests.helpers import xvfb
from tests.helpers.office import MONDAY
from tests.helpers.program import Program
from tests.helpers.snapshots import Snapshot, snapshot

SECONDS = 60
TRIES = 60
BETWEEN_SECONDS = 0.5
WHY_NOT = xvfb.why_not() or ("" if shutil.which("xdotool") else "xdotool is not installed")


def tell(display: dict[str, str], *arguments: str) -> str:
    """What xdotool answers."""
    environment = os.environ | display
    done = subprocess.run(
        ("xdotool", *arguments), env=environment, capture_output=True, text=True, check=True, timeout=SECONDS
    )
    return done.stdout.strip()


def requests(database: str) -> Snapshot:
    with open_store(database, create=False) as store:
        return snapshot(store, ["request"])


def cancel_one(display: dict[str, str], process: subprocess.Popen[str], database: str, before: Snapshot) -> None:
    """Press the keys that cancel the next request until that has been done: the list may not be there yet."""
    for _ in range(TRIES):
        tell(display, "key", "ctrl+1", "Down", "Delete")
        try:
            process.wait(BETWEEN_SECONDS)
        except subprocess.TimeoutExpired:
            if requests(database) != before:
                return
        else:
            break
    pytest.fail("the program took no key, or ended")


@pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)
def test_a_request_is_cancelled_by_keys_and_the_program_ends(tmp_path: Path) -> None:
    program = Program(tmp_path, str(tmp_path / "plans.db"))
    with open_store(program.database) as store:
        make_sample(store, inspectors=6, requests=12, seed=3, first_day=MONDAY)
    before = requests(program.database)
    command = program.command("open", program.database)
    with (
        xvfb.display() as display,
        subprocess.Popen(
            command, cwd=tmp_path, env=program.environment() | display, stderr=subprocess.PIPE, text=True
        ) as process,
    ):
        try:
            window = tell(display, "search", "--sync", "--onlyvisible", "--name", "plans.db").splitlines()[0]
            tell(display, "windowfocus", "--sync", window)
            cancel_one(display, process, program.database, before)
            tell(display, "key", "ctrl+q")
            _, errors = process.communicate(timeout=SECONDS)
        finally:
            process.kill()
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    changed = [row for row in requests(program.database)["request"] if row not in before["request"]]
    assert changed
    assert {row["status"] for row in changed} == {"cancelled"}
