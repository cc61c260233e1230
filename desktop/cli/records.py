"""Commands that bring records in: demo, import, template."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from desktop.cli.options import Database, Json, Seed, User, read_date
from desktop.cli.output import acknowledge, remark, say, say_json
from desktop.cli.progress import progress
from desktop.cli.workplace import opened
from desktop.services.demo.sample import make_sample
from desktop.services.exchange.checking import check_file
from desktop.services.exchange.fault_workbook import write_fault_workbook
from desktop.services.exchange.intake import store_report
from desktop.services.exchange.problem_files import import_problem_file
from desktop.services.exchange.report import ImportReport
from desktop.services.exchange.template import write_template
from desktop.services.words import count, spell_day

MOST_WARNINGS = 10


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("demo")(demo)
    app.command("import")(import_)
    app.command("template")(template)


def demo(
    inspectors: Annotated[int, typer.Option("--inspectors", min=1, help="How many people work for it.")] = 60,
    requests: Annotated[int, typer.Option("--requests", min=0, help="Bookings to plan.")] = 200,
    years: Annotated[int, typer.Option("--years", min=0, help="Years of visits already made.")] = 0,
    first_day: Annotated[
        dt.date | None,
        typer.Option("--from", metavar="DATE", parser=read_date, help="Monday of the week to plan. Default: the next."),
    ] = None,
    seed: Seed = 1,
    database: Database = None,
    user: User = None,
) -> None:
    """Fill a new database with an invented firm, to try everything out."""
    with opened(database, user, create=True) as desk, progress("Sample company") as tell:
        made = make_sample(
            desk.store,
            inspectors=inspectors,
            requests=requests,
            seed=seed,
            years=years,
            first_day=first_day,
            clock=desk.clock,
            actor=desk.actor,
            on_progress=tell,
        )
        name = desk.store.name
    parts = [
        count(made.inspectors, "inspector"),
        count(made.clients, "client"),
        count(made.factories, "factory", "factories"),
        count(made.orders, "order"),
        count(made.requests, "request"),
        count(made.visits, "past visit"),
    ]
    say(f"{', '.join(parts)}, invented, in {name}.")
    say(f"Its week begins on {spell_day(made.first_day)}: dupro-desk plan --from {made.first_day.isoformat()}")


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="An .xlsx or .csv file (see `dupro-desk template`), or a problem as .json."
        ),
    ],
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help="What the rows are, where neither sheet nor headers tell."),
    ] = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Store the good rows although others have faults.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be stored.")] = False,
    faults: Annotated[
        Path | None, typer.Option("--faults", metavar="PATH", help="Write the rows with faults and their reasons here.")
    ] = None,
    as_json: Json = False,
    database: Database = None,
    user: User = None,
) -> None:
    """Store the rows of a file: all of them, or a report of every fault. One step, which can be undone."""
    with opened(database, user, create=not dry_run) as desk:
        if file.suffix.lower() == ".json":
            acknowledge(import_problem_file(desk, file))
            return
        with desk.store.session() as session:
            report = check_file(session, file, kind)
        if faults is not None and report.bad:
            write_fault_workbook(report, faults)
            remark(f"{count(report.bad, 'row')} with faults written to {faults}.")
        if dry_run:
            _say_report(report, as_json)
            raise typer.Exit(2 if report.bad else 0)
        acknowledge(store_report(desk, report, skip_bad=skip_bad))
    for warning in report.warnings[:MOST_WARNINGS]:
        remark(warning)


def _say_report(report: ImportReport, as_json: bool) -> None:
    if as_json:
        counts = {name: getattr(report, name) for name in ("new", "changed", "unchanged", "bad")}
        say_json(counts | {"warnings": report.warnings, "faults": [asdict(fault) for fault in report.faults]})
        return
    say(f"{report.path.name}: {report.summary}. Nothing has been stored.")
    for warning in report.warnings[:MOST_WARNINGS]:
        say(warning)
    for fault in report.faults:
        say(fault.text)


def template(
    out: Annotated[Path, typer.Argument(metavar="PATH", help="The .xlsx file to write; a folder for one .csv a kind.")],
) -> None:
    """Write an empty workbook with the columns that `import` reads, explained, with an example."""
    for path in write_template(out):
        say(f"Wrote {path}")
