"""Commands that look back: undo, redo, history."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from desktop.cli.options import Database, Json, User
from desktop.cli.output import acknowledge, say, say_json, say_table
from desktop.cli.workplace import opened
from desktop.services.history import FieldChange, HistoryEntry
from desktop.services.history import history as read_history
from desktop.services.words import spell_time


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("undo")(undo)
    app.command("redo")(redo)
    app.command("history")(history)


def undo(database: Database = None, user: User = None) -> None:
    """Take back your last step. Everything up to the last publication can be taken back."""
    with opened(database, user) as desk:
        acknowledge(desk.undo(), "Undone")


def redo(database: Database = None, user: User = None) -> None:
    """Do again what you undid last."""
    with opened(database, user) as desk:
        acknowledge(desk.redo(), "Done again")


def history(
    database: Database = None,
    last: Annotated[int, typer.Option("--last", min=1, help="How many changes to list.")] = 20,
    record: Annotated[
        str | None, typer.Option("--record", metavar="CODE", help="Only changes of this record, like R00012.")
    ] = None,
    fields: Annotated[bool, typer.Option("--fields", help="Say what changed in each record.")] = False,
    as_json: Json = False,
) -> None:
    """List who changed what and when, the newest first."""
    with opened(database) as desk:
        entries = read_history(desk.store, last, record)
    if as_json:
        say_json([{**asdict(entry), "at": entry.at.isoformat()} for entry in entries])
    elif not entries:
        say("Nothing has been changed yet.")
    elif fields:
        for entry in entries:
            say(f"{entry.change_id}  {spell_time(entry.at)}  {entry.actor}  {_what(entry)}")
            _say_rows(entry)
    else:
        rows = [
            (str(entry.change_id), spell_time(entry.at), entry.actor, _what(entry), f"{entry.row_count:,}")
            for entry in entries
        ]
        say_table(("change", "when", "who", "what", "records"), rows, right=(0, 4))


def _what(entry: HistoryEntry) -> str:
    """The step, and whether it was done, undone or done again."""
    return {"undo": "Undo: ", "redo": "Redo: "}.get(entry.kind, "") + entry.label


def _say_rows(entry: HistoryEntry) -> None:
    for row in entry.rows:
        changes = "; ".join(_field_words(field) for field in row.fields)
        say(f"    {row.operation} {row.name}: {changes}")
    if entry.row_count > len(entry.rows):
        say(f"    and {entry.row_count - len(entry.rows):,} more records")


def _field_words(field: FieldChange) -> str:
    if field.before is None:
        return f"{field.field} {field.after}"
    return (
        f"{field.field} was {field.before}" if field.after is None else f"{field.field} {field.before} to {field.after}"
    )
