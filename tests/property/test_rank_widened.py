"""A request, or a site, that a held plan is widened by is ranked as if the problem had been built with it."""

from __future__ import annotations

import dataclasses
import random

import pytest

from scheduler.instance import Instance
from scheduler.problem import Problem, Request
from scheduler.rank import Ranking
from scheduler.rank.moving import Moving
from scheduler.standing import Standing
from tests.helpers.held_plans import drawn_pair, held
from tests.helpers.soak import scaled

SEED = 71_000


def without(problem: Problem, request: Request) -> tuple[Problem, bool]:
    """A problem without one request, and without its site where nobody else is there."""
    requests = tuple(entry for entry in problem.requests if entry.id != request.id)
    shared = any(entry.site == request.site for entry in requests)
    sites = problem.sites if shared else tuple(site for site in problem.sites if site.id != request.site)
    known = {site.id for site in sites}
    return dataclasses.replace(
        problem,
        requests=requests,
        sites=sites,
        history=tuple(visit for visit in problem.history if visit.site in known),
        published={code: told for code, told in problem.published.items() if code != request.id},
    ), shared


@pytest.mark.soak
def test_what_a_plan_is_widened_by_is_ranked_as_if_it_had_been_there() -> None:
    ways = set()
    for seed in range(SEED, SEED + scaled(150)):
        whole = held(*drawn_pair(seed, legal=seed % 3 > 0))
        problem = whole.instance.problem
        request = random.Random(seed).choice(problem.requests)
        if request.id in problem.published:
            continue
        placed = [entry for entry in whole.assignments if entry.request != request.id]
        last = dataclasses.replace(
            problem, requests=(*(entry for entry in problem.requests if entry.id != request.id), request)
        )
        expected = Ranking(Standing.of(Instance(last), placed))
        narrow, shared = without(problem, request)
        ranking = Ranking(Standing.of(Instance(narrow), placed))
        ranking.standing.cost  # noqa: B018 -- what was judged before must not be taken for what is judged now
        if not shared:
            site = next(entry for entry in problem.sites if entry.id == request.site)
            ranking = ranking.with_site(site, [visit for visit in problem.history if visit.site == site.id])
        other = dataclasses.replace(request, level=0, languages=(), latest=request.earliest, pin=None)
        list(ranking.with_request(other).each_direct(request.id))  # typed before: leaves nothing behind
        found = ranking.with_request(request)
        assert {site.id for site in found.instance.problem.sites} == {site.id for site in last.sites}
        assert found.standing.cost == expected.standing.cost
        assert set(found.standing.broken) == set(expected.standing.broken)
        assert found.direct(request.id) == expected.direct(request.id)
        assert list(Moving(found, request.id).candidates()) == list(Moving(expected, request.id).candidates())
        ways.add((shared, bool(found.direct(request.id))))
    assert ways == {(True, True), (True, False), (False, True), (False, False)}


def test_a_request_needs_a_new_name_and_a_known_site() -> None:
    standing = held(*drawn_pair(SEED, legal=True))
    ranking = Ranking(standing)
    request, site = standing.instance.requests[0], standing.instance.problem.sites[0]
    with pytest.raises(ValueError, match=request.id):
        ranking.with_request(request)
    with pytest.raises(ValueError, match="nowhere"):
        ranking.with_request(dataclasses.replace(request, id="new", site="nowhere"))
    with pytest.raises(ValueError, match=site.id):
        ranking.with_site(site)
