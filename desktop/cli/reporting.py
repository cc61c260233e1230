"""Reports as files, as tables on the terminal and as JSON: `dupro-desk report NAME`."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.cli.options import Database, Json, read_date
from desktop.cli.output import remark, say, say_json, say_table
from desktop.cli.workplace import opened
from desktop.clock import local_today
from desktop.errors import BadInputError, NotFoundError
from desktop.services.reports.scope import DIMENSIONS, LONGEST, Scope
from desktop.services.reports.vocabulary import LANGUAGES, Language
from desktop.services.reports.vocabulary import say as say_word
from desktop.services.trade.money import CURRENCIES, DOLLAR
from desktop.services.words import count

if TYPE_CHECKING:
    from desktop.services.bus import Desk
    from desktop.services.reports.catalogue import Kind
    from desktop.services.reports.narrowing import AskedWeeks
    from desktop.services.reports.report import Report

ENDINGS = (".xlsx", ".csv", ".pdf", ".png")
LIST, VISITS = "list", "visits"
Values = list[str] | None


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("report")(report)


def _kept(dimension: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--{dimension}", metavar="VALUE", help=f"Keep this {dimension.replace('-', ' ')} only; repeatable."
    )
    return option


Out = Annotated[
    list[str] | None,
    typer.Option(
        "--out",
        metavar="PATH",
        help=f"File to write ({', '.join(ENDINGS)}), or a folder for a CSV file a table; repeatable. "
        "{name}, {week} (the last, as 2026-W47) and {date} (today) in it are replaced. Default: the terminal.",
    ),
]
Weeks = Annotated[int | None, typer.Option("--weeks", min=1, max=LONGEST, help="How many. Default: by report.")]
Begin = Annotated[
    dt.date | None, typer.Option("--from", metavar="DATE", parser=read_date, help="A day of the first week.")
]
Last = Annotated[int | None, typer.Option("--last", min=1, max=LONGEST, help="So many whole weeks before this one.")]
Ahead = Annotated[int | None, typer.Option("--ahead", min=0, max=LONGEST, help="How many of the weeks are to come.")]
Quarter = Annotated[str, typer.Option("--quarter", metavar="QUARTER", help="The weeks that begin in it: 2026-Q3.")]
Currency = Annotated[str, typer.Option("--currency", help=f"One of {', '.join(CURRENCIES)}.")]
Spoken = Annotated[str, typer.Option("--language", help="Of all words: en, zh or vi.")]
OneTable = Annotated[str, typer.Option("--table", metavar="TABLE", help="One table only: of CSV, picture, terminal.")]
Private = Annotated[bool, typer.Option("--private", help="With telephone numbers, addresses and the like.")]


def report(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `report list` names it; visits: all visits.")],
    out: Out = None,
    weeks: Weeks = None,
    first_day: Begin = None,
    last: Last = None,
    ahead: Ahead = None,
    quarter: Quarter = "",
    country: Annotated[Values, _kept("country")] = None,
    region: Annotated[Values, _kept("region")] = None,
    city: Annotated[Values, _kept("city")] = None,
    factory: Annotated[Values, _kept("factory")] = None,
    client: Annotated[Values, _kept("client")] = None,
    service: Annotated[Values, _kept("service")] = None,
    skill: Annotated[Values, _kept("skill")] = None,
    asked_language: Annotated[Values, _kept("asked-language")] = None,
    team: Annotated[Values, _kept("team")] = None,
    person: Annotated[Values, _kept("person")] = None,
    product: Annotated[Values, _kept("product")] = None,
    pay: Annotated[Values, _kept("pay")] = None,
    outcome: Annotated[Values, _kept("outcome")] = None,
    cause: Annotated[Values, _kept("cause")] = None,
    currency: Currency = DOLLAR,
    language: Spoken = "en",
    table: OneTable = "",
    private: Private = False,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Make a report: workbook, CSV, PDF, picture, or on the terminal. A file that is there is replaced."""
    # frames take a moment and some memory: only whoever wants a report loads them
    from desktop.services.reports.narrowing import AskedWeeks  # noqa: PLC0415

    spoken = _language(language)
    if name == LIST:
        _list(spoken, as_json=as_json)
        return
    values = (country, region, city, factory, client, service, skill, asked_language, team, person, product, pay)
    only = dict(zip(DIMENSIONS, (*values, outcome, cause), strict=True))
    wanted = AskedWeeks(first_day, weeks, last, ahead, quarter)
    with opened(database) as desk:
        scope = _scope(desk, name, wanted, {key: tuple(kept or ()) for key, kept in only.items()}, currency)
        today = local_today(desk.clock).isoformat()
        paths = [_path(text.replace("{date}", today), name, scope) for text in out or ()]
        if name == VISITS:
            if table or as_json:
                raise BadInputError("The list of visits is one file, without tables.", "Leave out --table and --json.")
            _write_visits(desk, scope, paths, spoken)
            return
        made = _kind(name).build(desk.store, scope, desk.clock)
    if table:
        from desktop.services.reports.files.separated import table_named  # noqa: PLC0415

        table_named(made, table)  # before any file is written: a picture of no table would be an empty one
    for path in paths:
        for file in _write(made, path, spoken, table, private=private):
            (remark if as_json else say)(f"Wrote {file}.")
    if as_json or not paths:
        from desktop.cli.report_words import report_json, say_report  # noqa: PLC0415

        if as_json:
            say_json(report_json(made, spoken, table, private=private))
        else:
            say_report(made, spoken, table, private=private)


def _list(language: Language, *, as_json: bool) -> None:
    from desktop.services.reports.catalogue import CATALOGUE  # noqa: PLC0415

    rows = [
        (kind.name, say_word(f"report.{kind.name}", language), kind.weeks, kind.ahead) for kind in CATALOGUE.values()
    ]
    if as_json:
        say_json([dict(zip(("name", "title", "weeks", "ahead"), row, strict=True)) for row in rows])
        return
    told = [(name, title, str(weeks), str(ahead or "")) for name, title, weeks, ahead in rows]
    told.append((VISITS, say_word(f"report.{VISITS}", language), "all", ""))
    say_table(("name", "report", "weeks", "to come"), told, right=(2, 3))


def _kind(name: str) -> Kind:
    from desktop.services.reports.catalogue import CATALOGUE  # noqa: PLC0415

    if name not in CATALOGUE:
        near = difflib.get_close_matches(name, (*CATALOGUE, VISITS), n=2)
        known = ", ".join((*CATALOGUE, VISITS))
        raise NotFoundError(
            f'There is no report "{name}".', f"Maybe {' or '.join(near)}?" if near else f"There are {known}."
        )
    return CATALOGUE[name]


def _scope(desk: Desk, name: str, asked: AskedWeeks, only: Mapping[str, Sequence[str]], currency: str) -> Scope:
    from desktop.services.reports.narrowing import narrowed  # noqa: PLC0415

    if name == VISITS and asked.is_empty:
        from desktop.services.reports.files.visit_list import all_weeks  # noqa: PLC0415

        first_day, weeks = all_weeks(desk.store)
    else:
        usual = (1, 0) if name == VISITS else (_kind(name).weeks, _kind(name).ahead)
        first_day, weeks = asked.resolved(local_today(desk.clock), *usual)
    return Scope(first_day, weeks, narrowed(desk.store, only), currency.upper())


def _path(text: str, name: str, scope: Scope) -> Path:
    """Where a file goes; said before anything is read, so that nobody waits for a file that cannot be."""
    year, week, _ = scope.last_day.isocalendar()
    # only the name's own braces: a folder's name may have others
    path = Path(text.replace("{week}", f"{year}-W{week:02}").replace("{name}", name))
    if path.suffix and path.suffix.lower() not in ENDINGS and not path.is_dir():
        raise BadInputError(
            f"A report cannot be written as {path.suffix}.",
            f"Give a folder, or a file that ends in {', '.join(ENDINGS)}.",
        )
    folder = path.parent if path.suffix else path
    if path.suffix and not folder.is_dir():
        raise BadInputError(f"There is no folder {folder}.", "Make it first, or name one that is there.")
    return path


def _write(made: Report, path: Path, language: Language, table: str, *, private: bool) -> tuple[Path, ...]:
    match path.suffix.lower():
        case ".xlsx":
            from desktop.services.reports.files.workbook import write_workbook  # noqa: PLC0415

            write_workbook(made, path, language, private=private)
        case ".pdf":
            from desktop.views.paper.report import write_pdf  # noqa: PLC0415 -- Qt takes a moment and some memory

            write_pdf(made, path, language, is_private_shown=private)
        case ".png":
            from desktop.views.paper.report import write_picture  # noqa: PLC0415 -- as above

            write_picture(made, path, language, table=table)
        case _:
            from desktop.services.reports.files.separated import write_csv  # noqa: PLC0415

            return write_csv(made, path, language, table=table, private=private)
    return (path,)


def _write_visits(desk: Desk, scope: Scope, paths: Sequence[Path], language: Language) -> None:
    from desktop.services.reports.files.visit_list import write_visits  # noqa: PLC0415

    if not paths:
        raise BadInputError("All visits are too many for a terminal.", "Name a file: --out visits.csv or visits.xlsx.")
    for path in paths:
        written = write_visits(desk.store, scope, desk.clock, path, language)
        say(f"Wrote {path}: {count(written, 'visit')}, {scope.first_day} to {scope.last_day}.")


def _language(wanted: str) -> Language:
    if wanted not in LANGUAGES:
        raise BadInputError(f'There are no reports in "{wanted}".', f"There are {', '.join(LANGUAGES)}.")
    return wanted
