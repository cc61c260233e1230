"""Commands about factories as records: which are stored twice, and two made one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from desktop.cli.options import Database, Json, User
from desktop.cli.output import acknowledge, remark, say, say_json, say_table
from desktop.cli.workplace import opened
from desktop.services.commands import MergeFactories
from desktop.services.words import count


def register(app: typer.Typer) -> None:
    """Add these commands."""
    factories = typer.Typer(help="Factories that are stored twice.", no_args_is_help=True)
    factories.command("duplicates")(duplicates)
    factories.command("merge")(merge)
    app.add_typer(factories, name="factories")


def duplicates(as_json: Json = False, database: Database = None) -> None:
    """List pairs of factories that may be one, the likeliest first, with the reasons."""
    from desktop.services.places.duplicates import find_duplicates  # noqa: PLC0415 -- other commands need none of it

    with opened(database) as desk:
        pairs = find_duplicates(desk.store)
    if as_json:
        say_json([asdict(pair) for pair in pairs])
        return
    if not pairs:
        say("No two factories resemble each other.")
        return
    rows = [
        (pair.kept.code, pair.kept.name, pair.merged.code, pair.merged.name, f"{pair.percent} %", pair.why)
        for pair in pairs
    ]
    say_table(("keep", "", "merge", "", "likely", "because"), rows, right=(4,))
    remark(f"{count(len(pairs), 'pair')}. Merge one with: dupro-desk factories merge KEEP MERGE")


def merge(
    kept: Annotated[str, typer.Argument(metavar="KEPT", help="Code of the factory that stays.")],
    merged: Annotated[str, typer.Argument(metavar="MERGED", help="Code of the one that goes into it.")],
    database: Database = None,
    user: User = None,
) -> None:
    """Make two records of one factory one. The code that goes still finds the other. One step, which can be undone."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(MergeFactories(kept, merged)))
