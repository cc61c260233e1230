"""What the command line says and ends with when something goes wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import typer

from desktop.clock import Clock
from desktop.config import APP_NAME, data_folder
from desktop.crash_report import crash_report, write_report
from desktop.errors import BadInputError, DomainError
from desktop.redaction import without_passwords

EXIT_CRASH = 70
EXIT_INTERRUPTED = 130
MOST_FAULTS = 20


def report_expected(error: DomainError) -> int:
    """Say an expected error on stderr: what is wrong, line by line where it is many things, and what to do."""
    lines = [error.text]
    faults = error.faults if isinstance(error, BadInputError) else ()
    if not any(fault in error.text for fault in faults):
        lines += [f"  {fault}" for fault in faults[:MOST_FAULTS]]
        if len(faults) > MOST_FAULTS:
            lines.append(f"  and {len(faults) - MOST_FAULTS:,} more")
    if error.hint:
        lines.append(error.hint)
    typer.echo(without_passwords("\n".join(lines)), err=True)
    return error.exit_code


def report_usage(error: typer.TyperException) -> int:
    """Say on stderr what of the command line cannot be understood."""
    said = error.format_message().replace("Invalid value for", "Cannot use the value of")
    context = getattr(error, "ctx", None)
    lines = [said] if context is None else [said, context.get_usage(), f"See {context.command_path} --help."]
    typer.echo("\n".join(dict.fromkeys(lines)), err=True)
    return error.exit_code


def report_crash(error: Exception, arguments: Sequence[str], clock: Clock, folders: Iterable[Path]) -> int:
    """Write what a developer needs into the first folder that takes it, and say on stderr where it lies."""
    text = crash_report(error, f"dupro-desk {' '.join(arguments)}", clock)
    path = write_report(text, f"crash-{clock.now():%Y%m%d-%H%M%S}.txt", folders)
    typer.echo(
        f"{APP_NAME} met a fault of its own: {type(error).__name__}. What was committed before is kept.", err=True
    )
    if path is None:
        typer.echo(text, err=True)
    else:
        typer.echo(f"The details are in {path}; please send this file to whoever looks after the program.", err=True)
    return EXIT_CRASH


def crash_folders() -> tuple[Path, ...]:
    """Where a crash report is kept: in the user's data folder, else among the temporary files."""
    return data_folder() / "crashes", Path(tempfile.gettempdir())
