"""Taking a part of a plan out: strings of neighbouring visits of inspectors who work near one another.

After Christiaens and Vanden Berghe, Slack Induction by String Removals, Transportation Science 54(2), 2020.
"""

from __future__ import annotations

from scheduler.compiled import Flags, Ints, Masks, lean
from scheduler.search.dice import draw_below
from scheduler.search.draft import OPTION, PEOPLE_LOGGED, Draft, is_stuck, remove
from scheduler.search.layout import CREW, REQUEST, Layout
from scheduler.search.pricing import COUNT

MEAN_REMOVED = 12  # visits taken out by one step, on average
LONGEST_STRING = 6  # visits of one inspector taken out in one string
FROZEN = -1  # in place of a number of requests: what may not be touched would have to be


@lean
def take_out(layout: Layout, draft: Draft, dice: Masks, free: Flags, seed: int, opened: Ints, people: Ints) -> int:
    """Remove visits near a request, those of requests that are not `free` excepted.

    Writes to `opened` the requests now to be served, those left out nearby among them, and gives their number, or
    `FROZEN` (the step is to be undone). `people` is room for the inspectors concerned.
    """
    longest = 1 + draw_below(dice, LONGEST_STRING)
    strings = 1 + draw_below(dice, (2 * MEAN_REMOVED) // (1 + longest))
    served, near, person_of, options = draft.served, layout.near, layout.person, layout.options
    count, ruined = 0, 0
    for k in range(near.shape[1]):
        request = near[seed, k]
        if request < 0:
            break
        if not free[request]:
            continue
        option = served[request, OPTION]
        if option < 0:
            count = _open(opened, count, request)
            continue
        if ruined >= strings:
            continue
        size = options[option, CREW]
        fresh = True
        for member in range(size):
            for other in range(ruined):
                if people[other] == person_of[served[request, 1 + member]]:
                    fresh = False
        if fresh:
            pair = served[request, 1 + draw_below(dice, size)]
            people[ruined] = person_of[pair]
            ruined += 1
            count = _take_string(layout, draft, dice, free, pair, longest, opened, count)
    return _clear_stuck(layout, draft, free, opened, count)


@lean
def _open(opened: Ints, count: int, request: int) -> int:
    for k in range(count):
        if opened[k] == request:
            return count
    opened[count] = request
    return count + 1


@lean
def _take_string(
    layout: Layout, draft: Draft, dice: Masks, free: Flags, pair: int, longest: int, opened: Ints, count: int
) -> int:
    """Remove a run of neighbouring visits of one inspector that holds a pair."""
    person = layout.person[pair]
    visits = draft.visits
    there = draft.heads[person, COUNT]
    length = min(there, 1 + draw_below(dice, longest))
    at = 0
    while visits[person, at] != pair:
        at += 1
    low, high = max(0, at - length + 1), min(at, there - length)
    at = low + draw_below(dice, high - low + 1)
    for _ in range(length):
        request = layout.options[layout.option[visits[person, at]], REQUEST]
        if free[request]:
            remove(layout, draft, request)
            count = _open(opened, count, request)
        else:
            at += 1
    return count


@lean
def _clear_stuck(layout: Layout, draft: Draft, free: Flags, opened: Ints, count: int) -> int:
    """Empty the weeks of this step that have no journey any more; what hung on them is open too."""
    at = 0
    while at < draft.tally[PEOPLE_LOGGED]:
        person = draft.logged_people[at]
        at += 1
        if not is_stuck(draft, person):
            continue
        while draft.heads[person, COUNT]:
            request = layout.options[layout.option[draft.visits[person, 0]], REQUEST]
            if not free[request]:
                return FROZEN
            remove(layout, draft, request)
            count = _open(opened, count, request)
        at = 0
    return count
