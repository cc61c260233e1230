"""Commands about the day of a visit and its report: `dupro-desk visit ...`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer

from desktop.cli.options import Database, Json, RequestCode, User, read_date, read_moment
from desktop.cli.output import acknowledge, say, say_json
from desktop.cli.visit_words import card_json, row_json, say_card, say_files, say_life, say_visits
from desktop.cli.workplace import opened
from desktop.clock import local_today
from desktop.errors import BadInputError
from desktop.services.commands import (
    AbortVisit,
    AttachFile,
    DescribeFile,
    ReceiveReport,
    RecordArrival,
    RecordClientDecision,
    RecordFinished,
    RecordResult,
    RecordTravelling,
    ReleaseReport,
    RemoveFile,
    ReviewReport,
    TakeBackTime,
)
from desktop.services.commands.inspection import AbortReason, ClientDecision, DefectEntry, FileKind, Severity
from desktop.services.inspection.files import file_bounds, read_file, save_file
from desktop.services.inspection.life import visit_life
from desktop.services.inspection.reading import reports_due, visit_card, visit_rows

At = Annotated[
    dt.datetime | None,
    typer.Option(
        "--at", metavar="TIME", parser=read_moment, help="Such as 2026-12-01 09:10, at the factory. Default: now."
    ),
]
Percent = Annotated[float | None, typer.Option("--made", metavar="PERCENT", help="How much of the order is made.")]
Pieces = Annotated[
    int | None, typer.Option("--pieces", metavar="NUMBER", help="How many pieces are made, instead of --made.")
]
Decided = Literal["accepted", "rejected", "none"]
Taken = Literal["travelling", "arrived", "finished", "result", "report", "reviewed", "released"]
FileNumber = Annotated[int, typer.Argument(metavar="FILE", help="Number of the file, as `visit files` lists it.")]

visits = typer.Typer(help="The day of a visit, its result, its report and its files.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    for name, command in (
        ("list", list_),
        ("show", show),
        ("travelling", travelling),
        ("on-site", on_site),
        ("finished", finished),
        ("aborted", aborted),
        ("result", result),
        ("decision", decision),
        ("report", report),
        ("take-back", take_back),
        ("attach", attach),
        ("files", files),
        ("save", save),
        ("describe", describe),
        ("remove", remove),
    ):
        visits.command(name)(command)
    app.add_typer(visits, name="visit")


def list_(
    first: Annotated[
        dt.date | None, typer.Option("--from", metavar="DATE", parser=read_date, help="First day. Default: today.")
    ] = None,
    last: Annotated[
        dt.date | None, typer.Option("--to", metavar="DATE", parser=read_date, help="Last day. Default: the first.")
    ] = None,
    due: Annotated[bool, typer.Option("--reports-due", help="Those whose report is not released, of any day.")] = False,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """List announced visits and how far they are."""
    with opened(database) as desk:
        now = desk.clock.now()
        since = first or local_today(desk.clock)
        rows = reports_due(desk.store, now) if due else visit_rows(desk.store, now, since, last or since)
    if as_json:
        say_json([row_json(row) for row in rows])
    else:
        say_visits(rows, now)


def show(request: RequestCode, as_json: Json = False, database: Database = None) -> None:
    """Show one visit whole: times, result, files, corrective actions, and its life from the booking on."""
    with opened(database) as desk:
        card = visit_card(desk.store, desk.clock.now(), request)
        life = visit_life(desk.store, request)
    if as_json:
        say_json(card_json(card, life))
        return
    say_card(card)
    say_life(life, card.row.zone)


def travelling(request: RequestCode, at: At = None, database: Database = None, user: User = None) -> None:
    """Note that the inspector has left for the factory."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(RecordTravelling(request, at)))


def on_site(request: RequestCode, at: At = None, database: Database = None, user: User = None) -> None:
    """Note that the inspector is on site, and say whether the promise was kept. The same as `arrived`."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(RecordArrival(request, at)))


def finished(
    request: RequestCode,
    at: At = None,
    made: Percent = None,
    pieces: Pieces = None,
    packed: Annotated[float | None, typer.Option("--packed", metavar="PERCENT", help="How much is packed.")] = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Note that the work on site has ended, and how much was made; the order's forecast follows."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(RecordFinished(request, at, made, pieces, packed)))


def aborted(
    request: RequestCode,
    reason: Annotated[
        AbortReason, typer.Argument(metavar="REASON", help=f"One of {', '.join(get_args(AbortReason))}.")
    ],
    at: At = None,
    remark: Annotated[str, typer.Option("--remark", help="What happened.")] = "",
    charge: Annotated[
        float | None, typer.Option("--charge", metavar="USD", help="Charged for it. Default: as the house charges.")
    ] = None,
    made: Percent = None,
    pieces: Pieces = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Note that somebody came in vain, why, and what is charged for it."""
    cents = None if charge is None else round(charge * 100)
    with opened(database, user) as desk:
        acknowledge(desk.handle(AbortVisit(request, reason, at, remark, cents, made, pieces)))


def result(
    request: RequestCode,
    defects: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CLASS:NUMBER:TEXT...]", help="Defects found, such as major:3:'open seam'."),
    ] = None,
    drawn: Annotated[
        int | None, typer.Option("--drawn", metavar="NUMBER", help="Pieces drawn. Default: as the plan says.")
    ] = None,
    missing: Annotated[str, typer.Option("--missing", help="What could not be checked.")] = "",
    remark: Annotated[str, typer.Option("--remark", help="For whoever reads the result.")] = "",
    made: Percent = None,
    pieces: Pieces = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Note what a visit found; the outcome is computed from it."""
    entries = tuple(_defect(text) for text in defects or ())
    with opened(database, user) as desk:
        acknowledge(desk.handle(RecordResult(request, entries, drawn, missing, remark, made, pieces)))


def decision(
    request: RequestCode,
    decided: Annotated[Decided, typer.Argument(metavar="DECISION", help="accepted or rejected; none takes it back.")],
    by: Annotated[str, typer.Option("--by", help="Who decided.")] = "",
    note: Annotated[str, typer.Option("--note", help="Under which condition.")] = "",
    at: At = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Note what the client decided about goods that did not pass."""
    with opened(database, user) as desk:
        word: ClientDecision = "" if decided == "none" else decided
        acknowledge(desk.handle(RecordClientDecision(request, word, by, note, at)))


def report(
    request: RequestCode,
    step: Annotated[Literal["in", "reviewed", "released"], typer.Argument(metavar="STEP", help="How far it is.")],
    by: Annotated[str, typer.Option("--by", help="Who reviewed it. Default: you.")] = "",
    at: At = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Note that the report is in, reviewed, or released to the client."""
    with opened(database, user) as desk:
        match step:
            case "in":
                outcome = desk.handle(ReceiveReport(request, at))
            case "reviewed":
                outcome = desk.handle(ReviewReport(request, by, at))
            case "released":
                outcome = desk.handle(ReleaseReport(request, at))
        acknowledge(outcome)


def take_back(
    request: RequestCode,
    time: Annotated[Taken, typer.Argument(metavar="STEP", help=f"One of {', '.join(get_args(Taken))}.")],
    database: Database = None,
    user: User = None,
) -> None:
    """Take back a time or the result that was noted by mistake."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(TakeBackTime(request, time)))


def attach(
    request: RequestCode,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Photos, PDFs or documents.")],
    kind: Annotated[
        FileKind | None, typer.Option("--kind", help=f"{', '.join(get_args(FileKind))}. Default: by what it is.")
    ] = None,
    caption: Annotated[str, typer.Option("--caption", help="What is to be seen.")] = "",
    database: Database = None,
    user: User = None,
) -> None:
    """Keep photos or the report with a visit. What a file is follows from its content, not from its name."""
    with opened(database, user) as desk:
        bounds = file_bounds(desk.store)
        for path in paths:
            command = AttachFile(request, read_file(path, bounds), kind, caption)
            acknowledge(desk.handle(command))


def files(request: RequestCode, as_json: Json = False, database: Database = None) -> None:
    """List the files of a visit."""
    with opened(database) as desk:
        card = visit_card(desk.store, desk.clock.now(), request)
    if as_json:
        say_json(card_json(card, ())["files"])
    else:
        say_files(card.files)


def save(
    file: FileNumber,
    out: Annotated[Path, typer.Option("--out", metavar="PATH", help="A folder, or the file to write.")] = Path(),
    database: Database = None,
) -> None:
    """Write a file of a visit to the disk."""
    with opened(database) as desk:
        path = save_file(desk.store, file, out)
    say(f"Wrote {path}.")


def describe(
    file: FileNumber,
    caption: Annotated[str | None, typer.Option("--caption", help="What is to be seen.")] = None,
    kind: Annotated[FileKind | None, typer.Option("--kind", help=", ".join(get_args(FileKind)))] = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Change what is said of a file."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(DescribeFile(file, caption, kind)))


def remove(file: FileNumber, database: Database = None, user: User = None) -> None:
    """Take a file away from its visit."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(RemoveFile(file)))


def _defect(text: str) -> DefectEntry:
    given, _, rest = text.partition(":")
    number, _, words = rest.partition(":")
    known: tuple[Severity, ...] = get_args(Severity)
    severity = next((one for one in known if one == given.strip()), None)
    if severity is None or not number.strip().isdecimal() or not words.strip():
        raise BadInputError(
            f'"{text}" is no defect.', "Write its class, how many pieces have it, and what it is: major:3:'open seam'."
        )
    return DefectEntry(severity, int(number), words.strip())
