"""The solver's processes that this one has started."""

from __future__ import annotations

from contextlib import suppress

import psutil


def solvers() -> list[psutil.Process]:
    """The children that are solving, or wait to; one that has ended meanwhile is none."""
    found = []
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # a zombie is one of these
            if "scheduler" in child.cmdline():
                found.append(child)
    return found
