"""A part of a large plan round one region: what is far away is fixed, so that a short run finds what is near."""

from __future__ import annotations

import dataclasses
from statistics import median

from desktop.services.distance import km_between
from scheduler.evaluate import evaluate
from scheduler.plan import Plan
from scheduler.problem import Pin, Problem
from scheduler.validate import check_problem

MOST_FREE = 400  # requests that are solved anew; a plan of so many is solved whole


def near(problem: Problem, plan: Plan, area: str, most: int = MOST_FREE) -> tuple[Problem, Plan]:
    """A problem in which only the requests nearest to an area's factories are free; the rest is as the plan has it.

    A plan of it is a plan of the whole, dearer by what is left out far away. Where what is far away cannot be fixed,
    as it breaks rules, the whole problem is given.

    Args:
        problem: whole.
        plan: of it.
        area: round which is solved; one without factories: round all of them.
        most: requests that are free.

    Returns:
        The problem, and the plan with what it costs there.
    """
    if len(problem.requests) <= most:
        return problem, plan
    sites = {site.id: site for site in problem.sites}
    inside = [site for site in problem.sites if site.area == area] or list(problem.sites)
    middle = median(site.lat for site in inside), median(site.lon for site in inside)
    placed = {entry.request: entry for entry in plan.assignments}
    by_distance = sorted(
        problem.requests,
        key=lambda request: (km_between(middle, (sites[request.site].lat, sites[request.site].lon)), request.id),
    )
    free = {request.id for request in by_distance[:most]}
    kept = tuple(
        request
        if request.id in free or request.pin is not None or (entry := placed.get(request.id)) is None
        else dataclasses.replace(request, pin=Pin(entry.inspectors, entry.start_slot, entry.mode))
        for request in problem.requests
        if request.id in free or request.id in placed or request.pin is not None
    )
    known = {request.id for request in kept}
    published = {code: told for code, told in problem.published.items() if code in known}
    part = dataclasses.replace(problem, requests=kept, published=published)
    judged = evaluate(part, plan.assignments)
    if judged.broken or check_problem(part):
        return problem, plan
    return part, dataclasses.replace(plan, cost=judged.cost, bound=None)
