"""The price of the promise: the plan with somebody on site within other hours, by equal runs."""

from __future__ import annotations

from desktop.services.worth.asking import PromiseAsked
from desktop.services.worth.solving import Solving
from desktop.services.worth.subject import Subject, with_due
from desktop.services.worth.sums import best_of, sum_of
from desktop.services.worth.views import Promise, PromiseRow
from scheduler.problem import Problem


def study_promise(subject: Subject, asked: PromiseAsked, solving: Solving) -> Promise:
    """Solve with each promise. Every plan found is priced at each, and the cheapest of all is taken."""
    hours = sorted({*asked.hours, subject.target_hours})
    solving.runs = len(hours)
    found = [solving.solve(_problem(subject, each), subject.plan, asked.seconds, f"{each} h") for each in hours]
    found = [subject.with_bound(one) if one.problem is subject.problem else one for one in found]
    rows = zip(hours, best_of(found), strict=True)
    return Promise(tuple(PromiseRow(each, each == subject.target_hours, sum_of(best)) for each, best in rows))


def _problem(subject: Subject, hours: int) -> Problem:
    return subject.problem if hours == subject.target_hours else with_due(subject.problem, subject.due[hours])
