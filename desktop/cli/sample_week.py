"""The main job from one command: `run` opens the window, or without a display plans the sample week into a folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from desktop.cli.exporting import write_plan
from desktop.cli.options import Seed
from desktop.cli.output import say
from desktop.cli.planning import in_a_line, solve
from desktop.cli.progress import progress
from desktop.cli.workplace import opened
from desktop.display import has_display
from desktop.errors import RefusedError
from desktop.services.bus import Desk
from desktop.services.changes import Outcome
from desktop.services.commands import MoveVisit, PublishPlan
from desktop.services.demo.sample import make_sample
from desktop.services.exchange.intake import import_file
from desktop.services.exchange.record_workbook import write_records
from desktop.services.planning.reading import plan_view
from desktop.services.planning.week import settings_for
from desktop.services.words import count, spell_day
from scheduler.params import Params

FIRST_DAY = dt.date(2026, 11, 30)  # fixed, so that the sample week is the same week for everybody
MOST_TRIES = 200


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("run")(run)


def run(
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the sample week goes.")] = Path("out"),
    inspectors: Annotated[int, typer.Option("--inspectors", min=1, help="People of the sample company.")] = 60,
    requests: Annotated[int, typer.Option("--requests", min=1, help="Its open bookings.")] = 200,
    time_limit: Annotated[
        float, typer.Option("--time-limit", metavar="SECONDS", min=0.1, help="How long to search.")
    ] = 30.0,
    seed: Seed = 1,
) -> None:
    """Show the sample week: in the window, or, where there is no display, planned and exported into a folder.

    The sample company is written as a workbook and imported from it into a new database. The window opens on its
    board. Without a display it is planned, changed by hand and changed back, published and exported.
    """
    out.mkdir(parents=True, exist_ok=True)
    for stale in _own_files(out):
        stale.unlink()
    workbook = out / "company.xlsx"
    _write_company(out / "sample.db", workbook, inspectors, requests, seed)
    database = out / "dupro-desk.db"
    with opened(str(database), create=True) as desk:
        say(import_file(desk, workbook).label)
        if not has_display():
            _plan_and_export(desk, out, Params(seed=seed, time_limit=time_limit))
    if has_display():
        from desktop.program import run_window  # noqa: PLC0415 -- without a display nothing of Qt's window is needed

        say(f"The window opens on {database}.")
        raise typer.Exit(run_window(str(database.absolute()), page="board"))


def _plan_and_export(desk: Desk, out: Path, params: Params) -> None:
    made = solve(desk, settings_for(desk.store, FIRST_DAY), params)
    say(made.outcome.label)
    code = made.code
    say(_move_one(desk, code).label)
    say(f"Undone: {desk.undo().label}")
    say(desk.handle(PublishPlan(code)).label)
    written = write_plan(desk, code, out)
    header = plan_view(desk.store, code).header
    say(f"Wrote {', '.join(path.name for path in written)} into {out}")
    say(in_a_line(header))


def _own_files(out: Path) -> Iterator[Path]:
    """What an earlier run has left."""
    for name in ("sample.db", "dupro-desk.db"):
        yield from out.glob(f"{name}*")
    for name in ("company.xlsx", "plan.json", "problem.json", "plan.xlsx", "plan.csv", "board.png"):
        yield from out.glob(name)


def _write_company(database: Path, workbook: Path, inspectors: int, requests: int, seed: int) -> None:
    """The sample company's records as a workbook."""
    with opened(str(database), create=True) as desk:
        with progress("Sample company") as tell:
            make_sample(
                desk.store,
                inspectors=inspectors,
                requests=requests,
                seed=seed,
                first_day=FIRST_DAY,
                clock=desk.clock,
                on_progress=tell,
            )
        with desk.store.session() as session:
            write_records(session, workbook)
    company = f"{count(inspectors, 'inspector')} and {count(requests, 'request')}"
    say(f"Sample company of {company}, week of {spell_day(FIRST_DAY)}: {workbook}")


def _move_one(desk: Desk, code: str) -> Outcome:
    """Move some visit to somebody else on the same days, as a planner would by hand: the first that all rules allow."""
    view = plan_view(desk.store, code)
    free = {person.code for person in view.people} - {m.code for visit in view.visits for m in visit.inspectors}
    others = sorted(free) or [person.code for person in view.people]
    tries = ((visit, person) for visit in view.visits if len(visit.inspectors) == 1 for person in others)
    for _, (visit, person) in zip(range(MOST_TRIES), tries, strict=False):
        try:
            return desk.handle(MoveVisit(code, visit.request, (person,), visit.first_slot, visit.mode))
        except RefusedError:
            continue
    raise RefusedError(f"No visit of {code} can be moved to anybody else.", "Plan with another seed.")
