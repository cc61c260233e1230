"""How long the real program takes from the start of its process until its first page can be used.

`python -m tests.benchmarks.starting DATABASE BEGAN` is the program itself with a stopwatch in it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RUNS = 5
POLL_MS = 1
SECONDS = 60
SHOWN, USABLE, PROCESSOR = "shown", "usable", "processor"


@dataclass(frozen=True, slots=True)
class Starts:
    """Seconds of several starts, the first left out, which warms the disk.

    Attributes:
        shown: until the window is shown.
        wall: until its page can be used.
        processor: that the process had used by then.
    """

    shown: list[float]
    wall: list[float]
    processor: list[float]


def started(database: Path, page: str) -> Starts:
    """Start the program several times; it shows a page and ends."""
    found: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as home:
        preferences = Path(home) / "dupro-desk/preferences.json"
        environment = os.environ | dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), home)
        for _ in range(RUNS + 1):
            preferences.parent.mkdir(exist_ok=True)
            preferences.write_text(json.dumps({"page": page}), "utf-8")
            command = (sys.executable, "-m", __spec__.name, str(database), repr(time.time()))
            done = subprocess.run(
                command, env=environment, stdout=subprocess.PIPE, check=True, timeout=SECONDS, encoding="utf-8"
            )
            found.append(json.loads(done.stdout))
    return Starts(*([run[what] for run in found[1:]] for what in (SHOWN, USABLE, PROCESSOR)))


def main(database: str, began: float) -> int:
    """Be the program, until its page can be used."""
    from desktop.__main__ import main as program  # noqa: PLC0415 -- what the program loads is part of what is measured

    times: dict[str, float] = {}

    def watch(office: Any) -> None:  # noqa: ANN401 -- its class must not be loaded sooner than by the program
        from PySide6.QtCore import QTimer  # noqa: PLC0415

        from tests.helpers.pages import is_usable  # noqa: PLC0415

        times[SHOWN] = time.time() - began
        timer = QTimer(office)

        def look() -> None:
            if is_usable(office.window):
                timer.stop()
                office.window.grab()
                times[USABLE] = time.time() - began
                times[PROCESSOR] = time.process_time()
                sys.stdout.write(json.dumps(times))
                sys.stdout.flush()  # a program that leaves a thread behind ends without a further word
                office.window.close()

        timer.timeout.connect(look)
        timer.start(POLL_MS)

    _when_opened(watch)
    return program(["open", database])


def _when_opened(tell: Any) -> None:  # noqa: ANN401
    """Be told when the program shows its window, without loading the program first."""
    import desktop.program  # noqa: PLC0415

    opened = desktop.program.Program.__init__

    def made(self: Any, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        opened(self, *arguments, **named)
        self.opened.connect(tell)

    desktop.program.Program.__init__ = made  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2])))
