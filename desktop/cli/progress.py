"""Progress of what takes long: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

SECONDS_BETWEEN_LINES = 5.0


Tell = Callable[[float, float | None, str], None]
"""Says how far something is: done, of how much (None where nobody knows), and a remark."""


@contextmanager
def progress(label: str, seconds: Callable[[], float] = time.monotonic) -> Iterator[Tell]:
    """Show progress on stderr while the block runs. On a terminal nothing of it is left afterwards.

    Args:
        label: what takes long.
        seconds: a clock, for the time between two lines.
    """
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        yield _lines(console, label, seconds)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[remark]}"),
    )
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(label, total=None, remark="")

        def tell(done: float, total: float | None, text: str) -> None:
            shown.update(task, completed=done, total=total, remark=text)

        yield tell


def _lines(console: Console, label: str, seconds: Callable[[], float]) -> Tell:
    """A line at most every few seconds, for logs."""
    last = seconds()

    def tell(done: float, total: float | None, text: str) -> None:
        nonlocal last
        now = seconds()
        if now - last >= SECONDS_BETWEEN_LINES:
            last = now
            share = f" {100 * done / total:.0f} %" if total else ""
            console.print(f"{label}{share} {text}".rstrip(), soft_wrap=True)

    return tell
