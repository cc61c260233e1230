"""The command that opens the window."""

from __future__ import annotations

from typing import Annotated

import typer

from desktop.cli.options import Database, User


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("open")(open_)


def open_(
    file: Annotated[
        str | None, typer.Argument(metavar="DATABASE", help="A file or URL. Default: the one that was open last.")
    ] = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Open the window. So does `dupro-desk` without a command, where there is a display."""
    from desktop.program import run_window  # noqa: PLC0415 -- commands that show no window need nothing of Qt

    raise typer.Exit(run_window(file or database, user))
