"""The improvement loop: take out, put back, and keep what is better, or not much worse while the run is young.

Ruin and recreate with the acceptance of simulated annealing: a worse plan is kept with a chance that falls as it cools.
"""

from __future__ import annotations

import math

from scheduler.compiled import Flags, Ints, Masks, lean
from scheduler.search.crop import Crop, gather
from scheduler.search.dice import draw, draw_below
from scheduler.search.draft import BEST, COST, Draft, commit, copy_row, roll_back
from scheduler.search.filling import Room, put_in
from scheduler.search.layout import Layout
from scheduler.search.strings import FROZEN, take_out

EAGER = 0.03  # share of the steps that serve whatever can be served
WHATEVER = 1e9  # margin at which every price of leaving a request above 0 is worth paying
DARING = 0.15  # share of the other steps that serve at some loss too
LOSS = 1.0  # most of that loss, as a share of what leaving a request costs
WIDE = 0.1  # share of the steps that look at everyone who may serve a request
BLINK = 0.02  # chance to overlook a place, so that equal orders do not give equal plans
HARVEST = 0.02  # weeks of plans are kept that cost at most this share more than the best


@lean
def improve(
    layout: Layout,
    draft: Draft,
    room: Room,
    crop: Crop,
    dice: Masks,
    free: Flags,
    at_work: Flags,
    seeds: Ints,
    steps: int,
    hot: float,
    cold: float,
) -> int:
    """Run some steps while the temperature (cents) falls from hot to cold; gives how many were kept.

    Only requests that are `free` are moved, and only to inspectors who are `at_work`; each step begins at a seed.
    """
    tally = draft.tally
    kept = 0
    for step in range(steps):
        heat = hot * (cold / hot) ** (step / steps)
        before = tally[COST]
        count = take_out(layout, draft, dice, free, seeds[draw_below(dice, len(seeds))], room.opened, room.people)
        if count != FROZEN:
            margin = _margin(dice)
            wide = draw(dice) < WIDE
            put_in(layout, draft, room, dice, at_work, count, margin, BLINK, wide)
        if count == FROZEN or tally[COST] >= before - heat * math.log(1.0 - draw(dice)):
            roll_back(draft, before)
            continue
        kept += 1
        if tally[COST] < tally[BEST]:
            keep_best(draft)
        if tally[COST] - tally[BEST] <= HARVEST * abs(tally[BEST]):
            gather(layout, draft, crop)
        commit(draft)
    return kept


@lean
def keep_best(draft: Draft) -> None:
    """Make the plan in hand the best one."""
    draft.tally[BEST] = draft.tally[COST]
    for request in range(len(draft.served)):
        copy_row(draft.best, request, draft.served, request, draft.served.shape[1])


@lean
def _margin(dice: Masks) -> float:
    """How much dearer than leaving a request this step may serve it, as a factor."""
    if draw(dice) < EAGER:
        return WHATEVER
    return 1.0 + LOSS * draw(dice) if draw(dice) < DARING else 1.0
