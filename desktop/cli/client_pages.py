"""A client's page, written as a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from desktop.cli.options import Database, read_date
from desktop.cli.output import say
from desktop.cli.workplace import opened
from desktop.errors import BadInputError
from desktop.services.client_page.periods import Period, read_quarter, usual_language, usual_period
from desktop.services.client_page.photos import read_photos
from desktop.services.client_page.reading import read_client_page
from desktop.services.requests.client_card import read_client
from desktop.services.trade.protocols import LANGUAGES, Language
from desktop.services.words import count, spell_days


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("client-page")(client_page)


def client_page(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="Code of the client, like C001.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="File to write: .html or .pdf.")],
    first_day: Annotated[
        dt.date | None,
        typer.Option("--from", metavar="DATE", parser=read_date, help="First day. Default: 12 weeks ago."),
    ] = None,
    last_day: Annotated[
        dt.date | None,
        typer.Option("--to", metavar="DATE", parser=read_date, help="Last day. Default: in 4 weeks."),
    ] = None,
    quarter: Annotated[
        str | None, typer.Option("--quarter", metavar="QUARTER", help="All of a quarter instead: 2026-Q3.")
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="LANGUAGE", help="en, zh or vi. Default: the client's country's."),
    ] = None,
    photos: Annotated[bool, typer.Option("--photos", help="Show the photos of visits too, made small.")] = False,
    database: Database = None,
) -> None:
    """Write a client's page: its bookings, visits, results, reports and corrective actions, and nobody else's."""
    # Qt takes a moment and some memory: only whoever wants a page loads it
    from desktop.views.paper.client_page import check_ending, write_client_page  # noqa: PLC0415
    from desktop.views.paper.pictures import redrawn  # noqa: PLC0415

    check_ending(out)
    with opened(database) as desk:
        now = desk.clock.now()
        spoken = _language(language, read_client(desk.store, client).values["country"])
        days = _period(now.date(), first_day, last_day, quarter)
        page = read_client_page(desk.store, now, client, *days)
        pictures = redrawn(read_photos(desk.store, page)) if photos else {}
    write_client_page(page, spoken, out, pictures)
    told = (
        count(len(page.bookings), "booking"),
        count(len(page.visits), "visit"),
        count(len(page.actions), "corrective action"),
        *((count(len(pictures), "photo"),) if photos else ()),
    )
    say(f"Wrote {out}: {', '.join(told)} of {page.name}, {spell_days(*days)}.")


def _period(today: dt.date, first: dt.date | None, last: dt.date | None, quarter: str | None) -> Period:
    if quarter is not None:
        if first is not None or last is not None:
            raise BadInputError("A quarter has its own first and last day.", "Leave --from and --to out.")
        return read_quarter(quarter)
    usual_first, usual_last = usual_period(today)
    return first or usual_first, last or usual_last


def _language(wanted: str | None, country: str) -> Language:
    if wanted is None:
        return usual_language(country)
    if wanted not in get_args(Language):
        raise BadInputError(f'There is no client\'s page in "{wanted}".', f"There are {', '.join(LANGUAGES)}.")
    return cast(Language, wanted)
