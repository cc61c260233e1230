"""Commands that give plans and records out, and judge them: export, check."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from desktop.cli.options import AnyPlan, Database, Json
from desktop.cli.output import say, say_json, say_table
from desktop.cli.workplace import latest_plan, opened
from desktop.errors import BadInputError
from desktop.services.bus import Desk
from desktop.services.exchange.plan_files import export_pair, export_plan_csv
from desktop.services.exchange.plan_workbook import export_plan_workbook
from desktop.services.exchange.record_workbook import write_records
from desktop.services.planning.pairs import check_plan
from desktop.services.week_board import week_board
from desktop.services.words import count
from desktop.views.words import gap, money

FORMATS = ("json", "xlsx", "csv", "png")


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("export")(export)
    app.command("check")(check)


def export(
    out: Annotated[
        Path, typer.Option("--out", metavar="PATH", help="Folder to write into; with --records the .xlsx file.")
    ] = Path("out"),
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="FORMAT", help=f"Of {', '.join(FORMATS)}; repeatable. Default: all."),
    ] = None,
    records: Annotated[
        bool, typer.Option("--records", help="Not a plan but all records, as a workbook that `import` reads.")
    ] = False,
    plan: AnyPlan = None,
    database: Database = None,
) -> None:
    """Write a plan as workbook, CSV, picture and problem/plan JSON pair; or all records as a workbook."""
    if unknown := set(formats or ()) - set(FORMATS):
        raise BadInputError(f"There is no format {', '.join(sorted(unknown))}.", f"There are {', '.join(FORMATS)}.")
    with opened(database) as desk:
        if records:
            with desk.store.session() as session:
                written = write_records(session, out)
            rows = ", ".join(f"{number:,} in {title}" for title, number in written.items())
            say(f"Wrote {out}: {rows or 'no records'}.")
            return
        for path in write_plan(desk, plan or latest_plan(desk), out, tuple(formats or FORMATS)):
            say(f"Wrote {path}")


def write_plan(desk: Desk, code: str, folder: Path, formats: tuple[str, ...] = FORMATS) -> tuple[Path, ...]:
    """Write a plan's files into a folder, made where it is missing; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    if "json" in formats:
        written += [folder / "problem.json", folder / "plan.json"]
        export_pair(desk.store, code, written[0], written[1])
    if "xlsx" in formats:
        written.append(folder / "plan.xlsx")
        export_plan_workbook(desk.store, code, written[-1])
    if "csv" in formats:
        written.append(folder / "plan.csv")
        export_plan_csv(desk.store, code, written[-1])
    if "png" in formats:
        # Qt takes a moment and some memory: only whoever wants a picture loads it
        from desktop.views.week_picture import paint_week  # noqa: PLC0415

        written.append(folder / "board.png")
        paint_week(week_board(desk.store, code), written[-1])
    return tuple(written)


def check(plan: AnyPlan = None, as_json: Json = False, database: Database = None) -> None:
    """Judge a plan on the records as they are now: what it costs, and every rule it breaks. Exit code 1 if any."""
    with opened(database) as desk:
        code = plan or latest_plan(desk)
        pair = check_plan(desk.store, code)
    parts = asdict(pair.judged.cost)
    broken = [asdict(entry) for entry in pair.judged.broken]
    if as_json:
        say_json(
            {
                "plan": code,
                "cost": {"total": pair.judged.cost.total, "parts": parts},
                "bound": pair.plan.bound,
                "gap": pair.plan.gap,
                "assigned": len(pair.plan.assignments),
                "unassigned": len(pair.plan.unassigned),
                "broken": broken,
                "notes": pair.notes,
            }
        )
    else:
        say(
            f"{code}: {money(pair.judged.cost.total)}, {gap(pair.plan.gap)}, "
            f"{len(pair.plan.assignments):,} assigned, {len(pair.plan.unassigned):,} unassigned, "
            f"{count(len(broken), 'broken rule')}."
        )
        say_table(("part", "cost"), [(name, money(cents)) for name, cents in parts.items() if cents], right=(1,))
        for entry in pair.judged.broken:
            say(f"broken: {entry.text}")
        for note in pair.notes:
            say(note)
    if broken:
        raise typer.Exit(1)
