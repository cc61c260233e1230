"""A display of its own for tests that want a real one: Xvfb, where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.display import obstacle

PROGRAM = "Xvfb"


def why_not() -> str:
    """Why there is no display to be had here; "" where there is."""
    if shutil.which(PROGRAM) is None:
        return "Xvfb is not installed"
    return obstacle({"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"})


@contextmanager
def display(width: int = 1600, height: int = 1000) -> Iterator[dict[str, str]]:
    """Start Xvfb; gives what a program's environment needs to show windows on it. It ends with the block."""
    read, write = os.pipe()
    screen = f"{width}x{height}x24"
    command = (PROGRAM, "-displayfd", str(write), "-screen", "0", screen, "-nolisten", "tcp", "-noreset")
    with subprocess.Popen(command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        os.close(write)
        try:
            with os.fdopen(read) as said:
                number = said.readline().strip()  # written once it takes connections
            assert number, "Xvfb has ended without a display"
            yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            server.terminate()
            server.wait()
