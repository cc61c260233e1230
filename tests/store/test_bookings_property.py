"""Random bookings, moves and cancellations: nobody is ever in two places, and both engines say the same."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import combinations

import pytest
from sqlalchemy import select

from desktop.errors import RefusedError
from desktop.models import Visit
from desktop.store.engine import Store
from desktop.store.unit_of_work import UnitOfWork
from tests.helpers.soak import scaled
from tests.helpers.stores import wipe
from tests.store.bookings import assignment, booked, found, visit

INSPECTORS, REQUESTS, PLANS, SLOTS = 3, 8, 2, 12


@dataclass(frozen=True)
class Step:
    """Make, replace or cancel (no crew) the visit of a request in a plan; what it had goes first."""

    plan: int
    request: int
    crew: tuple[int, ...]
    first: int
    last: int
    published: bool


def draw(rng: random.Random) -> Step:
    first = rng.randrange(SLOTS)
    size = rng.choice((0, 1, 1, 1, 2))
    return Step(
        rng.randint(1, PLANS),
        rng.randint(1, REQUESTS),
        tuple(rng.sample(range(1, INSPECTORS + 1), size)),
        first,
        first + rng.randrange(4),
        rng.random() < 0.5,
    )


def carry_out(store: Store, step: Step) -> str:
    """What came of a step: "ok", or the refusal."""
    try:
        with UnitOfWork(store) as work:
            session = work.session
            old = session.scalars(
                select(Visit).where(Visit.plan_id == step.plan, Visit.request_id == step.request)
            ).one_or_none()
            if old:
                session.delete(old)
                session.flush()
            if step.crew:
                new = visit(step.plan, step.request, step.crew, step.first, step.last, published=step.published)
                session.add(new)
            work.commit()
    except RefusedError as error:
        return "booked" if "already booked" in error.text else error.text
    return "ok"


def moved(store: Store, rng: random.Random) -> str:
    """Two visits of a plan exchange their people, deleted first and then inserted."""
    try:
        with UnitOfWork(store) as work:
            visits = work.session.scalars(
                select(Visit).where(Visit.plan_id == rng.randint(1, PLANS)).order_by(Visit.id)
            ).all()
            if len(visits) < 2:
                return "ok"
            one, other = rng.sample(visits, 2)
            crews = [[a.inspector_id for a in v.assignments] for v in (one, other)]
            one.assignments, other.assignments = [], []
            work.session.flush()
            for chosen, crew in ((one, crews[1]), (other, crews[0])):
                again = [assignment(person, chosen.plan_id, 0, 0, published=chosen.published) for person in crew]
                for made in again:
                    made.first_slot, made.last_slot = chosen.first_slot, chosen.last_slot
                chosen.assignments = again
            work.commit()
    except RefusedError as error:
        return "booked" if "already booked" in error.text else error.text
    return "ok"


def overlaps(rows: list[tuple[int, int, int, int, bool]]) -> list[object]:
    return [
        (one, other)
        for one, other in combinations(rows, 2)
        if one[1] == other[1]
        and one[2] <= other[3]
        and other[2] <= one[3]
        and (one[0] == other[0] or (one[4] and other[4]))
    ]


@pytest.mark.soak
def test_nobody_is_ever_in_two_places_and_both_engines_agree(sqlite_store: Store, pg_store: Store) -> None:
    refused = done = 0
    for seed in range(scaled(100)):
        said: list[list[str]] = []
        rows = []
        for store in (sqlite_store, pg_store):
            wipe(store)
            found(store, inspectors=INSPECTORS, requests=REQUESTS, plans=PLANS)
            rng = random.Random(seed)
            said.append([moved(store, rng) if rng.random() < 0.2 else carry_out(store, draw(rng)) for _ in range(40)])
            with store.session() as session:
                rows.append(booked(session))
            assert overlaps(rows[-1]) == []
        assert said[0] == said[1], seed
        assert rows[0] == rows[1], seed
        refused += said[0].count("booked")
        done += said[0].count("ok")
    assert refused > done / 20
    assert done > refused / 20
