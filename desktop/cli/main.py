"""The console command: finds the command asked for, and turns errors into sentences and exit codes.

Exit codes: 0 done; 1 refused, not found, or rules broken (`check`); 2 the command line or a file cannot be read;
3 the database cannot be used; 4 the solver failed; 70 a fault of the program; 130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from typing import Annotated

import typer

from desktop.cli import (
    after_visits,
    calendars,
    checklists,
    client_pages,
    dispatch,
    editing,
    exporting,
    factories,
    importing,
    keeping,
    moving,
    places,
    planning,
    production,
    promises,
    quotes,
    records,
    repairing,
    reporting,
    roster,
    sample_week,
    today,
    trade,
    undoing,
    urgent,
    visits,
    window,
    worth,
)
from desktop.cli.failures import EXIT_INTERRUPTED, crash_folders, report_crash, report_expected, report_usage
from desktop.clock import SystemClock
from desktop.config import APP_NAME, APP_VERSION
from desktop.errors import DomainError

app = typer.Typer(
    name="dupro-desk",
    help="Plan the man-days of an inspection firm: bookings in, a week at least cost out, every omission explained.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{APP_NAME} {APP_VERSION}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Options of the program itself; each command has its own."""


for module in (
    records,
    importing,
    editing,
    production,
    calendars,
    factories,
    places,
    roster,
    planning,
    repairing,
    today,
    promises,
    moving,
    urgent,
    visits,
    after_visits,
    undoing,
    exporting,
    reporting,
    keeping,
    trade,
    quotes,
    checklists,
    client_pages,
    dispatch,
    sample_week,
    worth,
    window,
):
    module.register(app)


@cache
def _commands() -> typer.core.TyperGroup:
    """All commands, made once of their functions: whoever calls `main` again does not wait for them again."""
    made = typer.main.get_command(app)
    if not isinstance(made, typer.core.TyperGroup):
        raise TypeError(f"{made!r} is no group of commands")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    try:
        ended = _commands()(args=given, prog_name="dupro-desk", standalone_mode=False)
    except typer.TyperException as error:
        return report_usage(error)
    except DomainError as error:
        return report_expected(error)
    except Exception as error:  # noqa: BLE001 -- the last resort: a report in a file instead of a traceback
        return report_crash(error, given, SystemClock(), crash_folders())
    if ended == EXIT_INTERRUPTED:
        typer.echo("Interrupted; nothing more was stored.", err=True)
    return ended if isinstance(ended, int) else 0
