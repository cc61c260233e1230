"""`python -m desktop.services.exchange.foreign.child`: reads a file, or what was pasted, for the process that asks.

Whatever a file was made to do, it does here, within limits of memory that the system holds, to a process that knows no
database and can be killed. One line of JSON comes in: what to read. Lines of JSON go out: sheets, rows in portions, and
the end, or why not.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.errors import BadInputError
from desktop.services.exchange.cells import is_blank
from desktop.services.exchange.foreign.pasted import rows_of_paste
from desktop.services.exchange.foreign.tables import to_json
from desktop.services.exchange.sources import RawSheet, Unreadable, open_sheets

PORTION = 500  # rows a line


def main() -> int:
    """Read what the line on the input asks for."""
    asked: dict[str, Any] = json.loads(sys.stdin.readline())
    limit_memory(asked["bytes"])
    limit_time(asked["seconds"])
    encoding = ""
    try:
        with _sheets(asked) as sheets:
            for sheet in sheets:
                _say_sheet(sheet)
                encoding = sheet.encoding
    except BadInputError as error:
        _say({"refused": error.text, "hint": error.hint, "peak": peak_bytes()})
    except (MemoryError, RecursionError):
        _say({"refused": "", "hint": "memory"})
    else:
        _say({"end": asked.get("encoding") or encoding, "peak": peak_bytes()})
    return 0


def limit_memory(most_bytes: int) -> None:
    """Have the system refuse more, where it can."""
    try:
        import resource  # noqa: PLC0415 -- not on every system
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time(seconds: float) -> None:
    """End this process after so long, also where nobody is left who would."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)  # the system ends it, whatever it is at
        return
    timer = threading.Timer(seconds, os._exit, (1,))
    timer.daemon = True
    timer.start()


def peak_bytes() -> int:
    """The most memory that this process has had, without what its parent had; 0 where nobody tells."""
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024
    return 0


@contextlib.contextmanager
def _sheets(asked: dict[str, Any]) -> Iterator[Iterator[RawSheet]]:
    if "path" not in asked:
        yield iter((RawSheet("", iter(rows_of_paste(asked["html"], asked["text"]))),))
        return
    with open_sheets(Path(asked["path"]), asked.get("encoding")) as sheets:
        yield sheets


def _say_sheet(sheet: RawSheet) -> None:
    _say({"sheet": sheet.name})
    portion: list[object] = []
    for number, cells in sheet.rows:
        last = len(cells)
        while last and not isinstance(cell := cells[last - 1], Unreadable) and is_blank(cell):
            last -= 1
        if last:
            portion.append([number, [to_json(cell) for cell in cells[:last]]])
        if len(portion) == PORTION:
            _say({"rows": portion})
            portion = []
    _say({"rows": portion})


def _say(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=True))
    sys.stdout.write("\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
