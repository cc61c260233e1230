"""The command that brings files in: import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from desktop.cli.options import Database, Json, User
from desktop.cli.output import acknowledge, remark, say, say_json
from desktop.cli.progress import progress
from desktop.cli.workplace import opened
from desktop.errors import BadInputError
from desktop.services.bus import Desk
from desktop.services.changes import Outcome
from desktop.services.exchange.fault_workbook import write_fault_workbook
from desktop.services.exchange.foreign.planning import FilePlan, follow_profile, plan_file, with_order, with_words
from desktop.services.exchange.foreign.profiles import profile_named, read_profiles, save_command
from desktop.services.exchange.foreign.reader import read_tables
from desktop.services.exchange.foreign.sheet_plan import SheetPlan
from desktop.services.exchange.foreign.targets import LIST, targets_of
from desktop.services.exchange.foreign.trial import Trial, open_days, try_out
from desktop.services.exchange.intake import store_report
from desktop.services.exchange.problem_files import import_problem_file
from desktop.services.exchange.report import ImportReport
from desktop.services.exchange.sheets import sheet_named
from desktop.services.exchange.sources import ENCODINGS
from desktop.services.words import count

MOST_WARNINGS = 10


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("import")(import_)


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="An .xlsx or .csv file, of any firm's shape, or a planning problem as .json."
        ),
    ],
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar="KIND", help='What the rows are, such as Factories; "list" for a client\'s booking list.'
        ),
    ] = None,
    sheet: Annotated[str, typer.Option("--sheet", metavar="SHEET", help="The one sheet to read.")] = "",
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="NAME", help="Of a text file. Default: found out.")
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", metavar="NAME", help="Read it as this profile says. Default: by headers.")
    ] = None,
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", metavar='"HEADER=FIELD"', help="What a column of theirs is. Repeatable."),
    ] = None,
    constants: Annotated[
        list[str] | None,
        typer.Option(
            "--constant", metavar="FIELD=VALUE", help="What stands in every row, like client=C001. Repeatable."
        ),
    ] = None,
    date_order: Annotated[
        str | None, typer.Option("--date-order", metavar="ORDER", help="dmy or mdy: how 03/04/2026 is meant.")
    ] = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Store the good rows although others have faults.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be stored.")] = False,
    refused: Annotated[
        Path | None,
        typer.Option(
            "--refused", "--faults", metavar="PATH", help="Write the rows with faults and their reasons here, as .xlsx."
        ),
    ] = None,
    save_profile: Annotated[
        str | None, typer.Option("--save-profile", metavar="NAME", help="Remember how this file was read.")
    ] = None,
    as_json: Json = False,
    database: Database = None,
    user: User = None,
) -> None:
    """Store the rows of a file: all of them, or a report of every fault. One step, which can be undone.

    Columns of other firms are matched by their headers and values; --dry-run says how.
    """
    is_problem = file.suffix.lower() == ".json"
    if is_problem and dry_run:
        raise BadInputError(
            f"{file.name} is a planning problem: only files with rows can be tried.",
            "Leave --dry-run out; the import is one step that can be undone.",
        )
    with opened(database, user, create=not dry_run) as desk:
        if is_problem:
            outcome = import_problem_file(desk, file)
            if as_json:
                say_json(_outcome_values(outcome))
            else:
                acknowledge(outcome)
            return
        planned = _planned(desk, file, kind, sheet, encoding, profile)
        planned = _as_said(planned, maps or (), constants or (), date_order)
        trial = _tried(desk, planned)
        report = replace(trial.report, warnings=(*planned.warnings, *trial.report.warnings))
        if refused is not None and report.bad:
            write_fault_workbook(report, refused)
            remark(f"{count(report.bad, 'row')} with faults written to {refused}.")
        if dry_run:
            if save_profile is not None:
                remark(f'Nothing is stored by a dry run, and so the profile "{save_profile}" is not either.')
            _say_report(planned, trial, report, as_json)
            raise typer.Exit(2 if report.bad else 0)
        outcome = store_report(desk, report, skip_bad=skip_bad)
        if as_json:
            say_json(_outcome_values(outcome) | _report_values(planned, report))
        else:
            acknowledge(outcome)
        if save_profile is not None:
            command = save_command(save_profile, planned.read[0][1], planned.file.encoding)
            remark(desk.handle(command).label + ".")
    if as_json:
        return
    for warning in report.warnings[:MOST_WARNINGS]:
        remark(warning)


def _planned(
    desk: Desk, file: Path, kind: str | None, sheet: str, encoding: str | None, profile: str | None
) -> FilePlan:
    """The file, read, with how its sheets are to be understood."""
    if encoding is not None:
        encoding = _encoding(encoding)
    if not file.exists():
        raise BadInputError(f"There is no file {file}.", "Check the name and the folder.")
    with desk.store.session() as session:
        named = None if profile is None else profile_named(session, profile)
        known = read_profiles(session)
    with progress(f"Read {file.name}") as tell:
        tables = read_tables(
            file, encoding or (named.encoding if named else None) or None, lambda *at: tell(at[0], None, "rows")
        )
    if named is not None:
        return follow_profile(tables, named, sheet)
    layout = LIST if kind == LIST else ""
    wanted = sheet_named(kind) if kind and not layout else None
    return plan_file(tables, known, wanted=wanted, sheet=sheet, layout=layout)


def _as_said(planned: FilePlan, maps: Sequence[str], constants: Sequence[str], date_order: str | None) -> FilePlan:
    """The plan with what the call says of columns and days."""
    if not maps and not constants and date_order is None:
        _refuse_open_days(planned)
        return planned
    table, plan = planned.read[0]
    plan = with_words(plan, maps, constants)
    if date_order is not None:
        plan = with_order(plan, date_order)
    planned = replace(planned, read=((table, plan), *planned.read[1:]))
    _refuse_open_days(planned)
    return planned


def _refuse_open_days(planned: FilePlan) -> None:
    for table, plan in planned.read:
        if not planned.is_own and (day := open_days(table, plan)):
            raise BadInputError(
                f"{planned.file.name} has days like {day}, and nothing tells which figure is the month.",
                "Give --date-order dmy where the day stands first, or mdy where the month does.",
            )


def _tried(desk: Desk, planned: FilePlan) -> Trial:
    with desk.store.session() as session, progress(f"Check {planned.file.name}") as tell:
        return try_out(session, planned.file.name, planned.read, tell=lambda done, total: tell(done, total, "rows"))


def _encoding(name: str) -> str:
    """The codec that somebody calls by a name: "GBK", "utf8", "Windows-1258"."""
    told = name.casefold().replace("-", "").replace("_", "").replace(" ", "")
    others = {"utf8": "utf-8-sig", "gbk": "gb18030", "gb2312": "gb18030", "big5hkscs": "big5"}
    names = {text.casefold().replace("-", ""): codec for codec, shown in ENCODINGS.items() for text in (codec, shown)}
    codec = others.get(told) or names.get(told)
    if codec is None:
        raise BadInputError(f'There is no encoding "{name}" here.', f"Use one of {', '.join(ENCODINGS.values())}.")
    return codec


def _say_report(planned: FilePlan, trial: Trial, report: ImportReport, as_json: bool) -> None:
    if as_json:
        say_json(_report_values(planned, report))
        return
    for table, plan in planned.read:
        if not planned.is_own:
            say(_heading(table.name or planned.file.name, plan))
            for header, target in _columns(plan).items():
                say(f"  {header}: {target}")
    for named in trial.named:
        kept = "a new" if named.is_new else "the known"
        say(f"  {named.name} is {kept} {named.kind}, {named.code}: {named.why}.")
    say(f"{report.path.name}: {report.summary}. Nothing has been stored.")
    for warning in report.warnings[:MOST_WARNINGS]:
        say(warning)
    for fault in report.faults:
        say(fault.text)


def _outcome_values(outcome: Outcome) -> dict[str, object]:
    return {"change": outcome.change_id, "label": outcome.label, "messages": outcome.messages}


def _report_values(planned: FilePlan, report: ImportReport) -> dict[str, object]:
    counts: dict[str, object] = {name: getattr(report, name) for name in ("new", "changed", "unchanged", "bad")}
    return (
        counts
        | {"warnings": report.warnings, "faults": [asdict(fault) for fault in report.faults]}
        | {"columns": {table.name: _columns(plan) for table, plan in planned.read}}
    )


def _heading(name: str, plan: SheetPlan) -> str:
    rows = " and ".join(map(str, plan.header))
    followed = f", as the profile {plan.profile} says" if plan.profile else ""
    return f"{name} is read with its headers in row {rows}{followed}:"


def _columns(plan: SheetPlan) -> dict[str, str]:
    """What each column is taken for, in words."""
    targets = targets_of(plan.layout)
    read = {
        match.header: f"{targets[match.target].title} ({match.confidence} %)" for match in plan.matches if match.target
    }
    return read | {f"every row, {targets[name].title}": value for name, value in plan.constants.items()}
