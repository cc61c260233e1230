"""A study from beginning to end: read the plan, solve in the solver's process, keep what was found."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.errors import RefusedError
from desktop.services.planning.reading import Source
from desktop.services.solver_process import COMMAND
from desktop.services.words import count
from desktop.services.worth.asking import CeilingsAsked, PromiseAsked, RulesAsked, StudyAsked, WhatIfAsked
from desktop.services.worth.ceilings import study_ceilings
from desktop.services.worth.keeping import Made
from desktop.services.worth.promise import study_promise
from desktop.services.worth.rules import study_rules
from desktop.services.worth.solving import OnStudy, Solving, ignore
from desktop.services.worth.subject import Subject, read_subject
from desktop.services.worth.views import Content
from desktop.services.worth.what_if import study_what_if
from desktop.services.worth.words import label_of
from scheduler.stop import Stop, never

if TYPE_CHECKING:
    from desktop.services.bus import Desk  # which knows the handlers of this package
    from desktop.services.changes import Outcome


def prepare_study(source: Source, plan: str | None, asked: StudyAsked) -> Subject:
    """All that a study needs of the records.

    Raises:
        RefusedError: ceilings are asked for of a plan that breaks rules, or the plan has no request.
        NotFoundError, BadInputError: as `read_subject`.
    """
    hours: set[int] = set()
    if isinstance(asked, PromiseAsked):
        hours.update(asked.hours)
    elif isinstance(asked, WhatIfAsked) and asked.hours is not None:
        hours.add(asked.hours)
    subject = read_subject(source, plan, hours)
    if subject.broken and isinstance(asked, CeilingsAsked):
        raise RefusedError(
            f"Plan {subject.code} breaks {count(subject.broken, 'rule')} on today's records: "
            "no ceiling can be told from its cost.",
            "Plan the week anew, or study another plan.",
        )
    return subject


def run_study(
    subject: Subject,
    asked: StudyAsked,
    on_progress: OnStudy = ignore,
    stop: Stop = never,
    *,
    command: Sequence[str] = COMMAND,
) -> Made:
    """Find out what was asked; needs no database, so any thread may wait for it.

    Raises:
        RunGivenUpError: it was stopped; ceilings that are proven by then are given.
        BadInputError, NotFoundError: it cannot be asked of this plan.
        SolverError: the solver failed.
    """
    return study(subject, asked, Solving(asked.seed, on_progress, stop, command))


def study(subject: Subject, asked: StudyAsked, solving: Solving) -> Made:
    """Find out what was asked by some runs of the solver. Raises as `run_study`."""
    began = time.perf_counter()
    content, bound = _found(subject, asked, solving)
    return Made(
        plan=subject.code,
        kind=asked.kind,
        label=label_of(asked),
        digest=subject.digest,
        cost=subject.cost,
        broken=subject.broken,
        bound=max((one for one in (bound, subject.plan.bound) if one is not None), default=None),
        stamp=subject.stamp,
        seconds=time.perf_counter() - began,
        content=content,
    )


def _found(subject: Subject, asked: StudyAsked, solving: Solving) -> tuple[Content, int | None]:
    """What was found, and the bound of the problem as it is."""
    if isinstance(asked, CeilingsAsked):
        return study_ceilings(subject, asked, solving)
    if isinstance(asked, PromiseAsked):
        promise = study_promise(subject, asked, solving)
        return promise, next(row.run.bound for row in promise.rows if row.is_own)
    if isinstance(asked, RulesAsked):
        rules = study_rules(subject, asked, solving)
        return rules, rules.base.bound
    what_if = study_what_if(subject, asked, solving)
    return what_if, what_if.without.bound


def keep(desk: Desk, made: Made) -> Outcome:
    """Keep a study, as one step."""
    return desk.handle(made.command())
