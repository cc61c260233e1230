"""A plan that the solver has made and that is not stored yet: what it answers, and what it would change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from desktop.models import Change
from desktop.services.planning.building import BuiltProblem
from desktop.services.planning.reading import Source, reading
from desktop.services.planning.week import ready_problem
from desktop.services.settings import PlanSettings
from scheduler.plan import Plan


@dataclass(frozen=True, slots=True)
class Prepared:
    """Days that are ready to be planned.

    Attributes:
        settings: what is planned, and how.
        built: the problem, without faults.
        mark: number of the last change that the problem knows of.
        base_cost: cents that what is in force for these days costs; None where nothing is.
    """

    settings: PlanSettings
    built: BuiltProblem
    mark: int
    base_cost: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan that is not stored.

    Attributes:
        prepared: what it answers.
        plan: the plan.
        started_at: when the run began: changes since then may make it stale.
    """

    prepared: Prepared
    plan: Plan
    started_at: dt.datetime


def prepare_run(source: Source, settings: PlanSettings) -> Prepared:
    """The problem of a horizon, and what is in force for its days.

    Raises:
        BadInputError, RefusedError: as from `ready_problem`.
    """
    with reading(source) as session:
        mark = session.scalar(select(func.max(Change.id))) or 0
        built = ready_problem(session, settings)
        return Prepared(settings, built, mark, None)


def propose(source: Source, prepared: Prepared, plan: Plan, started_at: dt.datetime) -> Proposal:
    """What a plan would change."""
    del source
    return Proposal(prepared, plan, started_at)
