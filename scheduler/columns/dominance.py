"""Lists of labels, by place: of two labels, one as good as the other in everything makes the other needless."""

from __future__ import annotations

import numpy as np

from scheduler.compiled import Floats, Ints, Masks, compiled

NONE = -1


@compiled
def put(
    cost: Floats,
    mask: Masks,
    worked: Ints,
    run: Ints,
    node: Ints,
    parent: Ints,
    following: Ints,
    heads: Ints,
    at: int,
    count: int,
    rises: bool,
    apart: bool,
    new_cost: float,
    new_mask: np.uint64,
    new_worked: int,
    new_run: int,
    new_node: int,
    new_parent: int,
) -> int:
    """Add a label to the list at a place unless another is as good in everything; gives the number of labels then.

    With `apart` labels are compared only with those of the same mask.
    """
    before = NONE
    other = heads[at]
    while other != NONE:
        after = following[other]
        if apart and mask[other] != new_mask:
            before = other
            other = after
            continue
        equal_days = rises or worked[other] == new_worked
        if (
            cost[other] <= new_cost
            and equal_days
            and worked[other] <= new_worked
            and run[other] <= new_run
            and (mask[other] & ~new_mask) == 0
        ):
            return count
        if (
            new_cost <= cost[other]
            and equal_days
            and new_worked <= worked[other]
            and new_run <= run[other]
            and (new_mask & ~mask[other]) == 0
        ):
            if before == NONE:
                heads[at] = after
            else:
                following[before] = after
        else:
            before = other
        other = after
    if count < len(cost):
        cost[count] = new_cost
        mask[count] = new_mask
        worked[count] = new_worked
        run[count] = new_run
        node[count] = new_node
        parent[count] = new_parent
        following[count] = heads[at]
        heads[at] = count
    return count + 1
