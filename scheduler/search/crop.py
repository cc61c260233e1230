"""The weeks that the search comes by: candidates for columns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.compiled import Ints, Longs, lean
from scheduler.search.draft import FOUND, PEOPLE_LOGGED, Draft, copy_row
from scheduler.search.layout import NODE, Layout
from scheduler.search.pricing import COUNT, DAYS, WEEKDAY

MOST_KEPT = 20_000
SEEN = 1 << 17  # marks of weeks seen; a mark that another displaces only costs a week stored twice


class Crop(NamedTuple):
    """Weeks in the order in which they were come by, the oldest overwritten when it is full.

    Attributes:
        people, counts, pairs, cents: whose, how many visits, which, and what they cost.
        marks: of weeks seen since the last harvest.
    """

    people: Ints
    counts: Ints
    pairs: Ints
    cents: Longs
    marks: Longs


def crop_of(slots: int) -> Crop:
    """An empty crop."""
    return Crop(
        np.zeros(MOST_KEPT, dtype=np.int32),
        np.zeros(MOST_KEPT, dtype=np.int32),
        np.zeros((MOST_KEPT, slots), dtype=np.int32),
        np.zeros(MOST_KEPT, dtype=np.int64),
        np.zeros(SEEN, dtype=np.int64),
    )


@lean
def gather(layout: Layout, draft: Draft, crop: Crop) -> None:
    """Keep the weeks that the step in hand has changed."""
    visits, heads = draft.visits, draft.heads
    for at in range(draft.tally[PEOPLE_LOGGED]):
        person = draft.logged_people[at]
        count = heads[person, COUNT]
        mark = np.int64(person + 1)
        for k in range(count):
            mark = (mark ^ (mark >> 29)) * np.int64(6364136223846793005) + visits[person, k]
        if not count or crop.marks[(mark ^ (mark >> 31)) & (SEEN - 1)] == mark:
            continue
        crop.marks[(mark ^ (mark >> 31)) & (SEEN - 1)] = mark
        row = draft.tally[FOUND] % MOST_KEPT
        draft.tally[FOUND] += 1
        crop.people[row], crop.counts[row] = person, count
        copy_row(crop.pairs, row, visits, person, count)
        crop.cents[row] = week_cents(layout, draft, person)


@lean
def week_cents(layout: Layout, draft: Draft, person: int) -> int:
    """Cents of an inspector's week, what hangs on the requests alone apart."""
    count, weekday, days = draft.heads[person, COUNT], layout.calendar[WEEKDAY], draft.heads[person, DAYS]
    cents = int(draft.arcs[person, count])
    for k in range(count):
        cents += draft.arcs[person, k] + layout.pack[draft.visits[person, k], NODE]
    for week in range(layout.work.shape[1]):
        cents += layout.work[person, week, ((days << weekday) >> (7 * week)) & 127]
    return cents
