"""What a planner waits for while a plan is changed by hand: verdicts, offers, the picture after a drop, the commit."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from desktop.services.bus import Desk
from desktop.services.commands import MoveVisit
from desktop.services.planning.open_plan import OpenPlan, open_plan
from desktop.services.planning.reading import list_plans
from desktop.services.slots import slot_of
from desktop.services.verdicts import Offer
from desktop.store.engine import Store

PLACES = 400
OFFERED = 30
MOVES = 5
Timed = list[float]
T = TypeVar("T")


def draft_of(store: Store) -> str:
    """The code of the only draft."""
    return next(plan.code for plan in list_plans(store) if plan.status == "draft")


def places(plan: OpenPlan, seed: int = 1) -> list[tuple[str, str, int]]:
    """Requests over other people's cells, as a hand passes over them: request, inspector, slot."""
    draw = random.Random(seed)
    rows = plan.board.rows
    bars = [(bar, row) for row in rows for bar in row.bars if len(bar.crew) == 1 and not bar.published]
    found: list[tuple[str, str, int]] = []
    while len(found) < PLACES:
        bar, row = draw.choice(bars)
        near = [other.inspector for other in rows if other.team == row.team and other is not row]
        if near:
            found.append((bar.request, draw.choice(near), draw.randrange(2 * plan.board.days - 1)))
    return found


def timed(task: Callable[[], T], times: Timed) -> T:
    """Do something and note how long it took."""
    begun = time.perf_counter()
    result = task()
    times.append(time.perf_counter() - begun)
    return result


def judged(plan: OpenPlan) -> Timed:
    """Seconds of verdicts, none of them asked for before."""
    times: Timed = []
    for request, person, slot in places(plan):
        timed(partial(plan.verdict, request, (person,), slot), times)
    return times


def offered(plan: OpenPlan) -> tuple[Timed, list[tuple[str, Offer]]]:
    """Seconds to find every legal place of a request, and one such place for each that has one."""
    times: Timed = []
    found = []
    draw = random.Random(1)
    placed = sorted({request for request, _, _ in places(plan)})
    for request in [left.request for left in plan.board.unassigned[:OFFERED]] + placed[:OFFERED]:
        offers = timed(partial(plan.offers, request), times)
        if offers:
            found.append((request, draw.choice(offers)))
    return times, found


def dropped(plan: OpenPlan, offers: list[tuple[str, Offer]]) -> Timed:
    """Seconds until the plan after a drop can be painted."""
    times: Timed = []
    for request, offer in offers:
        timed(partial(plan.moved, request, offer.inspectors, offer.first_slot, offer.mode), times)
    return times


def committed(desk: Desk, plan: OpenPlan, offers: list[tuple[str, Offer]]) -> tuple[Timed, Timed, Timed]:
    """Seconds of moves, of opening the plan again after each, and of undoing."""
    moves: Timed = []
    again: Timed = []
    undos: Timed = []
    morning = slot_of(plan.board.first_day)
    for request, offer in offers[:MOVES]:
        command = MoveVisit(plan.code, request, offer.inspectors, morning + offer.first_slot, offer.mode)
        timed(partial(desk.handle, command), moves)
        timed(partial(open_plan, desk.store, plan.code), again)
        timed(desk.undo, undos)
    return moves, again, undos
