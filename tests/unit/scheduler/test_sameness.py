"""One request otherwise: the digest and the compiled problem are those of the whole problem made anew."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from random import Random

import pytest

from scheduler.instance import Instance
from scheduler.problem import Pin, Problem
from scheduler.wire import Fingerprint, canonical, digest, problem_to_json, read_problem
from tests.helpers.drawn import draw_problem

SEEDS = range(20)


def drawn(seed: int) -> Problem:
    return read_problem(draw_problem(seed, inspectors=4, requests=6))


def changed(problem: Problem, random: Random) -> tuple[int, Problem]:
    """A problem with one request pinned otherwise, of another level and another last day."""
    number = random.randrange(len(problem.requests))
    old = problem.requests[number]
    pin = random.choice((None, Pin(mode=0), Pin(start_slot=2, waive=frozenset({"window"}))))
    new = replace(old, level=random.randint(0, 5), latest=problem.horizon.end, pin=pin)
    return number, replace(problem, requests=(*problem.requests[:number], new, *problem.requests[number + 1 :]))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_digest_is_that_of_the_canonical_form_written_whole(seed: int) -> None:
    problem = drawn(seed)
    text = json.dumps(problem_to_json(canonical(problem)), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert digest(problem) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_fingerprint_knows_the_digests_of_those_that_differ_in_requests(seed: int) -> None:
    problem = drawn(seed)
    fingerprint = Fingerprint(problem)
    _, other = changed(problem, Random(seed))
    fewer = replace(other, requests=other.requests[1:])
    assert fingerprint.digest(problem) == digest(problem)
    assert fingerprint.digest(other) == digest(other) != digest(problem)
    assert fingerprint.digest(fewer) == digest(fewer)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_compiled_problem_takes_another_request(seed: int) -> None:
    problem = drawn(seed)
    instance = Instance(problem)
    people, requests = range(len(problem.inspectors)), range(len(problem.requests))
    before = [instance.eligible_until(person, request) for person in people for request in requests]
    number, other = changed(problem, Random(seed))
    after, anew = instance.with_request(number, other.requests[number]), Instance(other)
    for name in ("problem", "requests", "earliest", "latest", "due", "waived"):
        assert getattr(after, name) == getattr(anew, name)
    for person in people:
        for request in requests:
            assert after.eligible_until(person, request) == anew.eligible_until(person, request)
    assert [instance.eligible_until(person, request) for person in people for request in requests] == before
    pinned = instance.with_pin(number, Pin(mode=0))
    assert pinned.requests[number].pin == Pin(mode=0)
    assert instance.requests[number] is problem.requests[number]
