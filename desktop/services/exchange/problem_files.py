"""A planning problem file into the records, to plan it here: a bug report, a benchmark, another program's week."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import BadInputError
from desktop.services.changes import Outcome
from desktop.services.commands import ChangeSetting, Command, ImportProblem
from desktop.services.planning import settings_for, settings_of
from desktop.services.words import count
from scheduler.errors import BadProblemError
from scheduler.wire import load_problem

if TYPE_CHECKING:
    from desktop.services.bus import Desk

NOT_IN_RECORDS = ("travel", "limits", "rotation")
"""What a problem says that is a setting of the house here."""


def import_problem_file(desk: Desk, path: Path) -> Outcome:
    """Store what a problem file says as one step, house settings included where the file's differ from them.

    Raises:
        BadInputError: the file is no problem or has faults, each named; or the database has records of its codes.
    """
    try:
        problem = load_problem(path)
    except BadProblemError as error:
        raise BadInputError(
            f"{path.name} cannot be imported: {count(len(error.faults), 'fault')}.",
            "Mend the file and import it again.",
            [str(fault) for fault in error.faults],
        ) from error
    wanted = settings_of(problem).to_json()
    house = settings_for(desk.store, problem.horizon.start).to_json()
    label = f"Import {path.name}"
    steps: list[Command] = [ImportProblem(problem, label)]
    steps += [ChangeSetting(name, wanted[name]) for name in NOT_IN_RECORDS if wanted[name] != house[name]]
    return desk.handle_all(steps, label)
