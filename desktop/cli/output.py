"""How the command line speaks: sentences on stdout, remarks on stderr, tables, JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from desktop.services.changes import Outcome

WIDEST = 1000  # characters of a table that no terminal folds


def say(text: str) -> None:
    """A sentence of the result. Flushed: whoever reads it may rely on it at once."""
    typer.echo(text)


def remark(text: str) -> None:
    """A sentence beside the result, on stderr."""
    typer.echo(text, err=True)


def say_json(value: object) -> None:
    """The result as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def acknowledge(outcome: Outcome, verb: str = "") -> None:
    """Say what a command did, after a verb like "Undone". Printed only after the commit: it is in the database."""
    say(f"{verb}: {outcome.label}" if verb else outcome.label)
    for message in outcome.messages:
        say(message)
    if outcome.change_id is None:
        say("Nothing had to be changed.")
    else:
        say(f"Stored as change {outcome.change_id}.")


def say_table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """A plain table, folded to the terminal; where nobody looks at one, as wide as its words. `right`: numbers."""
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    for index, head in enumerate(heads):
        table.add_column(head, justify="right" if index in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    console = Console(highlight=False, emoji=False)
    if console.is_terminal:
        console.print(table)
        return
    page = io.StringIO()
    Console(file=page, width=WIDEST, highlight=False, emoji=False, no_color=True).print(table)
    say("\n".join(line.rstrip() for line in page.getvalue().splitlines()))
