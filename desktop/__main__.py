"""`dupro-desk`, and `python -m desktop`: the window without arguments, or a command."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from desktop.display import has_display
from desktop.jobs.pauses import collect_rarely, take_turns_quickly


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window or carry out one command, and give the exit code.

    The window does not load the commands, nor a command the window: both are ready sooner.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    collect_rarely()
    if _wants_window(given):
        take_turns_quickly()
        from desktop.program import run_window  # noqa: PLC0415

        return run_window(given[1] if len(given) > 1 else None)
    from desktop.cli.main import main as command  # noqa: PLC0415

    return command(given)


def _wants_window(given: Sequence[str]) -> bool:
    if not given:
        return has_display()
    return given[0] == "open" and len(given) <= 2 and not any(word.startswith("-") for word in given)


if __name__ == "__main__":
    sys.exit(main())
