"""Ten thousand bookings, three hundred of them faulty: every one named, nothing stored unless confirmed, 300 MB."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.helpers.bookings_file import write_bookings

ROWS, BAD = 10_000, 300
MOST_MEGABYTES = 300

# Runs in a process of its own, so that its memory is this import's alone.
PROGRAM = """
import json, pathlib, resource, sys
from sqlalchemy import func, select
from desktop.clock import SystemClock
from desktop.models import Request
from desktop.services.bus import Desk
from desktop.services.commands import AddClient, AddFactory
from desktop.services.exchange import FaultyRowsError, import_file
from desktop.store.engine import open_store

def megabytes():
    status = pathlib.Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))

folder = pathlib.Path(sys.argv[1])
with open_store(str(folder / "large.db")) as store:
    def stored():
        with store.session() as session:
            return session.scalar(select(func.count()).select_from(Request))

    desk = Desk(store, SystemClock(), "Lan")
    factories = [AddFactory(f"F{number}", "Factory", "A", "CN") for number in range(1, 51)]
    desk.handle_all([AddClient("C1", "Client"), *factories], "Found")
    result = {"faults": []}
    try:
        import_file(desk, folder / "bookings.xlsx")
    except FaultyRowsError as error:
        result["faults"] = [(fault.row, fault.column, fault.reason) for fault in error.report.faults]
    result["before"] = stored()
    import_file(desk, folder / "bookings.xlsx", skip_bad=True)
    result["after"] = stored()
    desk.undo()
    result["undone"] = stored()
result["megabytes"] = megabytes()
print(json.dumps(result))
"""


def test_ten_thousand_rows(tmp_path: Path) -> None:
    expected = write_bookings(tmp_path / "bookings.xlsx", ROWS, BAD)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], capture_output=True, text=True, timeout=280, check=False
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    faults = {row: (column, reason) for row, column, reason in result["faults"]}
    assert len(expected) == BAD
    assert faults.keys() == expected.keys()
    for row, (column, reason) in expected.items():
        assert faults[row][0] == column
        assert reason in faults[row][1]
    assert (result["before"], result["after"], result["undone"]) == (0, ROWS - BAD, 0)
    assert result["megabytes"] < MOST_MEGABYTES
