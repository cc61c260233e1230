"""A linear program solved nearly, by steps that only multiply with its matrix.

    minimise  cost x    with    low <= rows x (dual prices in [low, high])    and    0 <= x <= most

Primal-dual hybrid gradients: reflected steps drawn back to where they began (Halpern), begun anew where that helps,
on rows and columns brought to like sizes (Chambolle and Pock 2011; Lu and Yang 2024). What a price may be says what its
row asks: any price for an equation, one sign for an inequality, no more than leaving costs for a request.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from scheduler.compiled import Floats, Ints, Longs, compiled

RUIZ = 10  # rounds of bringing rows and columns to like sizes
STEP = 0.99  # of the longest step that surely converges: the matrix brought to like sizes has a norm of 1 at most
ENOUGH, SOME, LONG = 0.2, 0.8, 0.36  # when to begin anew: as PDLP does
STILL = 1e-20  # square of a move that is none
LIGHT, HEAVY = 1e-5, 10.0  # limits of the weight of prices, in that of the beginning


class Program(NamedTuple):
    """A linear program by columns: `of[c] ... of[c + 1]` are the entries of column `c` in `row` and `entry`.

    Attributes:
        most: by column: the highest value.
        right: by row: the right hand side.
        low, high: by row: between which its price lies.
    """

    of: Longs
    row: Ints
    entry: Floats
    cost: Floats
    most: Floats
    right: Floats
    low: Floats
    high: Floats


class State(NamedTuple):
    """Where the solution stands.

    Attributes:
        x, price: the solution, brought to like sizes as the program is.
        x_begun, price_begun: where it was begun anew.
        columns, rows: what the sizes were multiplied with.
        numbers: `WEIGHT` of prices against columns, steps since begun anew (`SINCE`), steps in all (`STEPS`), lengths
            of the first step since (`FIRST`) and of the last one (`LAST`), the weight of the beginning (`USUAL`).
    """

    x: Floats
    price: Floats
    x_begun: Floats
    price_begun: Floats
    columns: Floats
    rows: Floats
    numbers: Floats


WEIGHT, SINCE, STEPS, FIRST, LAST, USUAL = range(6)


@compiled
def like_sizes(program: Program) -> tuple[Program, Floats, Floats]:
    """The program with rows and columns multiplied so that its entries are alike; and with what they were."""
    of, row, entry = program.of, program.row, program.entry
    count, height = len(program.cost), len(program.right)
    columns, rows, size = np.ones(count), np.ones(height), np.empty(height)
    for last in range(RUIZ + 1):
        size[:] = 0.0
        for c in range(count):
            own = 0.0
            for e in range(of[c], of[c + 1]):
                value = abs(entry[e]) * rows[row[e]] * columns[c]
                if last == RUIZ:
                    own += value
                    size[row[e]] += value
                else:
                    own = max(own, value)
                    size[row[e]] = max(size[row[e]], value)
            if own > 0:
                columns[c] /= math.sqrt(own)
        for r in range(height):
            if size[r] > 0:
                rows[r] /= math.sqrt(size[r])
    scaled = np.empty(len(entry))
    for c in range(count):
        for e in range(of[c], of[c + 1]):
            scaled[e] = entry[e] * rows[row[e]] * columns[c]
    found = Program(
        of, row, scaled, program.cost * columns, program.most / columns, program.right * rows, program.low / rows,
        program.high / rows,
    )  # fmt: skip
    return found, columns, rows


@compiled
def state_of(program: Program, columns: Floats, rows: Floats, x: Floats, price: Floats, weight: float) -> State:
    """Begin from a solution of the program as it was; `weight` 0: from the sizes of costs and right hand sides."""
    usual = math.sqrt((program.cost**2).sum() + 1.0) / math.sqrt((program.right**2).sum() + 1.0)
    for r in range(len(program.high)):  # what nobody known serves must come to its highest price in some steps
        if program.high[r] < np.inf:
            usual = max(usual, program.high[r] / 100)
    numbers = np.array([weight if weight > 0 else usual, 0.0, 0.0, 0.0, np.inf, usual])
    x, price = x / columns, price / rows
    return State(x, price, x.copy(), price.copy(), columns, rows, numbers)


@compiled
def advance(program: Program, state: State, steps: int, x_new: Floats, price_new: Floats) -> None:
    """Take some steps; `x_new` and `price_new` are the solution then, at the sizes of the program given."""
    of, row, entry, cost, most = program.of, program.row, program.entry, program.cost, program.most
    right, low, high = program.right, program.low, program.high
    x, price, x_begun, price_begun = state.x, state.price, state.x_begun, state.price_begun
    numbers = state.numbers
    count, height = len(cost), len(right)
    slack = np.empty(height)
    for _ in range(steps):
        weight = numbers[WEIGHT]
        x_step, price_step = STEP / weight, STEP * weight
        slack[:] = right
        x_moved, price_moved = 0.0, 0.0
        for c in range(count):
            reduced = cost[c]
            for e in range(of[c], of[c + 1]):
                reduced -= entry[e] * price[row[e]]
            value = min(max(x[c] - x_step * reduced, 0.0), most[c])
            x_new[c] = value
            x_moved += (value - x[c]) ** 2
            ahead = 2 * value - x[c]
            if ahead != 0.0:
                for e in range(of[c], of[c + 1]):
                    slack[row[e]] -= entry[e] * ahead
        for r in range(height):
            value = min(max(price[r] + price_step * slack[r], low[r]), high[r])
            price_new[r] = value
            price_moved += (value - price[r]) ** 2
        length = math.sqrt(x_moved * weight + price_moved / weight)
        since, first = numbers[SINCE], numbers[FIRST]
        anew = since > 0 and (
            length <= ENOUGH * first
            or (length <= SOME * first and length > numbers[LAST])
            or since >= LONG * (numbers[STEPS] + 100)
        )
        if since == 0:
            numbers[FIRST] = length
        numbers[LAST] = np.inf if anew else length
        numbers[STEPS] += 1
        if anew:
            x_moved, price_moved = 0.0, 0.0
            for c in range(count):
                x_moved += (x_new[c] - x_begun[c]) ** 2
                x[c] = x_begun[c] = x_new[c]
            for r in range(height):
                price_moved += (price_new[r] - price_begun[r]) ** 2
                price[r] = price_begun[r] = price_new[r]
            if x_moved > STILL and price_moved > STILL:
                weight = math.sqrt(weight * math.sqrt(price_moved / x_moved))
                numbers[WEIGHT] = min(max(weight, LIGHT * numbers[USUAL]), HEAVY * numbers[USUAL])
            numbers[SINCE] = 0
        else:
            share = (since + 1.0) / (since + 2.0)
            for c in range(count):
                x[c] = share * (2 * x_new[c] - x[c]) + (1 - share) * x_begun[c]
            for r in range(height):
                price[r] = share * (2 * price_new[r] - price[r]) + (1 - share) * price_begun[r]
            numbers[SINCE] = since + 1
