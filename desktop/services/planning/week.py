"""Planning a horizon from beginning to end: build the problem, check it, solve it, keep the plan as a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from desktop.clock import Clock
from desktop.errors import BadInputError, RefusedError
from desktop.models import Plan, Setting
from desktop.services.changes import Outcome
from desktop.services.commands import AdoptPlan
from desktop.services.planning.building import BuiltProblem
from desktop.services.planning.problems import problem_of
from desktop.services.planning.reading import Source, reading
from desktop.services.settings import PlanSettings
from desktop.services.solver_process import COMMAND, SolverRun
from desktop.services.words import count, spell_days
from scheduler.params import Params
from scheduler.plan import gap_of
from scheduler.result import OnProgress, ignore
from scheduler.stop import Stop, never
from scheduler.validate import check_problem

if TYPE_CHECKING:
    from desktop.services.bus import Desk  # which knows the handlers of this package


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """A plan that was made and kept. Money in cents.

    Attributes:
        code: of the draft.
        left_out: requests not served, those that nobody can ever serve among them.
        seconds: that the solver took.
        notes: sentences on what had to be assumed.
        outcome: of the step that kept it.
    """

    code: str
    status: str
    cost_cents: int
    bound_cents: int | None
    assigned: int
    left_out: int
    seconds: float
    notes: tuple[str, ...]
    outcome: Outcome

    @property
    def gap(self) -> float | None:
        """The share of the cost that is not proven to be needed; None without a bound."""
        return gap_of(self.cost_cents, self.bound_cents)


def coming_monday(clock: Clock) -> dt.date:
    """The Monday after today, in the machine's own zone."""
    today = clock.now().astimezone().date()
    return today + dt.timedelta(days=7 - today.weekday())


def settings_for(source: Source, first_day: dt.date, **values: Any) -> PlanSettings:  # noqa: ANN401 - as its fields
    """The settings of a plan: the house's, with some fields replaced for this one plan.

    Args:
        source: the database, whose `setting` records named like a field replace its default.
        first_day: of the horizon.
        values: fields of PlanSettings.
    """
    names = {field.name for field in fields(PlanSettings)} - {"first_day"}
    with reading(source) as session:
        own = session.execute(select(Setting.name, Setting.value).where(Setting.name.in_(names)))
        house = {name: value for name, value in own if value is not None}
    return replace(PlanSettings(first_day).with_values(house), **values)


def ready_problem(source: Source, settings: PlanSettings) -> BuiltProblem:
    """The problem of a horizon, without faults.

    Raises:
        BadInputError: the records contradict one another; every fault is named by record.
        RefusedError: there is nothing to plan.
    """
    built = problem_of(source, settings)
    check_built(built)
    return built


def check_built(built: BuiltProblem) -> None:
    """Find out whether a problem can be solved; asks nothing of the database.

    Raises:
        BadInputError, RefusedError: as from `ready_problem`.
    """
    days = spell_days(built.problem.horizon.start, built.problem.horizon.end)
    faults = check_problem(built.problem)
    if faults:
        raise BadInputError(
            f"{days} cannot be planned: the records have {count(len(faults), 'fault')}.",
            "Mend what is named: most often a pin that contradicts the rest.",
            [str(fault) for fault in faults],
        )
    if not built.problem.requests and not built.impossible:
        raise RefusedError(
            f"There is nothing to plan: no open request has a window that reaches into {days}.",
            "Choose other days, or import bookings first.",
        )


def plan_week(  # noqa: PLR0913 - the first three say what, the others how to listen
    desk: Desk,
    settings: PlanSettings,
    params: Params,
    on_progress: OnProgress = ignore,
    stop: Stop = never,
    *,
    command: Sequence[str] = COMMAND,
) -> PlanSummary:
    """Plan a horizon and keep the plan as a draft, one step. The solver works in a process of its own.

    Nothing is locked while it works. An exception raised by `on_progress` or `stop` gives the run up.

    Raises:
        BadInputError, RefusedError: as from `ready_problem`.
        SolverError: the solver ended without a plan.
        ConflictError: the records have changed meanwhile: the plan is not kept.
    """
    built = ready_problem(desk.store, settings)
    plan = SolverRun(built.problem, params, command).run(on_progress, stop)
    outcome = desk.handle(AdoptPlan(plan, settings.to_json(), built.digest))
    with desk.store.session() as session:
        code = session.scalars(select(Plan.code).where(Plan.id.in_(outcome.changes.rows["plan"]))).one()
    return PlanSummary(
        code=code,
        status=plan.status,
        cost_cents=plan.cost.total,
        bound_cents=plan.bound,
        assigned=len(plan.assignments),
        left_out=len(plan.unassigned) + len(built.impossible),
        seconds=plan.seconds,
        notes=built.notes,
        outcome=outcome,
    )
