"""Commands that keep the database and the house's rules: backup, restore, settings, set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from desktop.cli.options import Database, Json, User
from desktop.cli.output import acknowledge, say, say_json, say_table
from desktop.cli.workplace import database_url, opened
from desktop.services.commands import ChangeSetting
from desktop.services.editing.settings import HOUSE_SETTINGS
from desktop.services.planning.week import coming_monday, settings_for
from desktop.services.settings import PlanSettings
from desktop.services.trade.house import TradeSettings, read_trade_settings
from desktop.store.backup import back_up
from desktop.store.backup import restore as put_back


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("backup")(backup)
    app.command("restore")(restore)
    app.command("settings")(settings)
    app.command("set")(set_)


def backup(
    out: Annotated[Path, typer.Argument(metavar="PATH", help="The file to write, or a folder for one named by time.")],
    database: Database = None,
) -> None:
    """Copy the whole database into one verified file. Others may go on working."""
    with opened(database) as desk:
        path = back_up(desk.store, out)
        name = desk.store.name
    say(f"Backed up {name} to {path}, checked row by row.")


def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `backup` wrote.")],
    database: Database = None,
) -> None:
    """Put a backup in the place of the database. What is replaced is kept aside."""
    kept = put_back(source, database_url(database))
    say(f"Restored {source}.")
    if kept is not None:
        say(f"What was there before is kept in {kept}.")


def settings(as_json: Json = False, database: Database = None) -> None:
    """List the house's settings: what plans cost and allow, and the figures of the trade's rules."""
    with opened(database) as desk:
        own = settings_for(desk.store, coming_monday(desk.clock))
        with desk.store.session() as session:
            trade = read_trade_settings(session)
    values = own.to_json() | trade.to_json()
    defaults = PlanSettings(own.first_day).to_json() | TradeSettings().to_json()
    if as_json:
        say_json({name: values[name] for name in HOUSE_SETTINGS})
        return
    rows = [
        (name, _shown(values[name]), "" if values[name] == defaults[name] else _shown(defaults[name]))
        for name in HOUSE_SETTINGS
    ]
    say_table(("setting", "value", "default, where it differs"), rows)


def set_(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `dupro-desk settings` lists it.")],
    value: Annotated[
        str | None, typer.Argument(metavar="VALUE", help="A number, a word or JSON. Left out: back to the default.")
    ] = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Set one of the house's settings, or take it back to the default. Can be undone."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(ChangeSetting(name, None if value is None else _read(value))))


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _read(text: str) -> object:
    """JSON where it is some, else the words as they stand."""
    try:
        return json.loads(text)
    except ValueError:
        return text
