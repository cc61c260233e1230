"""Days shared among what is asked for: what is short is what no sharing could cover, and no day counts twice."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.services.reports.capacity.sharing import brought, share_out

NEAR = 1e-5


@st.composite
def weeks_of_people(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Units of people by week, their regions, what they can do, and what is asked for."""
    weeks, regions = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    people, things = draw(st.integers(0, 6)), draw(st.integers(1, 4))
    number = st.integers(0, 9)

    def drawn(kind: st.SearchStrategy[int], *shape: int) -> np.ndarray:
        count = int(np.prod(shape))
        values = draw(st.lists(kind, min_size=count, max_size=count))
        return np.array(values, dtype=np.int64).reshape(shape)

    supply, home = drawn(number, weeks, people), drawn(st.integers(0, regions - 1), people)
    can, asked = drawn(st.integers(0, 1), people, things).astype(bool), drawn(number, weeks, regions, things)
    return supply, home, can, asked


def least_short(supply: np.ndarray, can: np.ndarray, asked: np.ndarray) -> int:
    """By trying every set of things: what is asked of it beyond all who can do any of it."""
    things = range(len(asked))
    return max(
        int(asked[list(some)].sum() - supply[can[:, list(some)].any(axis=1)].sum())
        for size in range(len(asked) + 1)
        for some in itertools.combinations(things, size)
    )


@settings(max_examples=40)
@given(weeks_of_people())
def test_no_sharing_leaves_less_short(drawn: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]) -> None:
    supply, home, can, asked = drawn
    shared = share_out(supply, home, can, asked)
    for week, region in itertools.product(range(len(supply)), range(asked.shape[1])):
        here = home == region
        least = least_short(supply[week, here], can[here], asked[week, region])
        assert abs(shared.short[week, region].sum() - least) < NEAR


@settings(max_examples=40)
@given(weeks_of_people())
def test_a_day_counts_once(drawn: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]) -> None:
    supply, home, can, asked = drawn
    shared = share_out(supply, home, can, asked)
    useful = supply * can.any(axis=1)
    for region in range(asked.shape[1]):
        here = home == region
        assert np.allclose(shared.on_hand[:, region].sum(axis=1), useful[:, here].sum(axis=1))
        for thing in range(asked.shape[2]):
            most = useful[:, here & can[:, thing]].sum(axis=1)
            assert (shared.on_hand[:, region, thing] <= most + NEAR).all()
    assert np.allclose(shared.short, np.maximum(asked - shared.on_hand, 0), atol=NEAR)
    covered = np.minimum(asked, shared.on_hand).sum(axis=(1, 2))
    assert np.allclose(shared.free.sum(axis=1), useful.sum(axis=1) - covered, atol=NEAR)


@settings(max_examples=40)
@given(weeks_of_people(), st.data())
def test_no_journey_covers_more(
    drawn: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray], data: st.DataObject
) -> None:
    free, _, can, short = drawn
    weeks, regions, things = short.shape
    count = weeks * len(can) * regions
    may = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count)), dtype=bool)
    may = may.reshape(weeks, len(can), regions)
    covered = brought(free, short, can, may)
    assert (covered <= short).all()
    for week in range(weeks):
        # the same by another way: every place and thing is a thing of its own
        reach = (may[week][:, :, None] & can[:, None, :]).reshape(len(can), regions * things)
        least = least_short(free[week], reach, short[week].ravel())
        assert int((short[week] - covered[week]).sum()) == least


def test_whoever_can_do_one_thing_leaves_the_other_to_those_who_can_do_both() -> None:
    # one for garments only, one for both: six days of each are asked for, five and five are on hand
    supply, home = np.array([[5, 5]]), np.array([0, 0])
    can = np.array([[True, False], [True, True]])
    shared = share_out(supply, home, can, np.array([[[6, 4]]]))
    assert shared.on_hand.round(6).tolist() == [[[6.0, 4.0]]]
    assert shared.short.tolist() == [[[0.0, 0.0]]]


def test_days_lie_evenly_over_what_is_asked() -> None:
    supply, home = np.array([[10, 10]]), np.array([0, 0])
    can = np.array([[True, True], [True, True]])
    shared = share_out(supply, home, can, np.array([[[6, 2]]]))
    assert shared.on_hand.round(6).tolist() == [[[15.0, 5.0]]]
