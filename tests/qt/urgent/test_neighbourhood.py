"""The map of the neighbourhood: discs that would cover each other stand apart, none over the factory."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from desktop.views.maps.projection import MapPlace
from desktop.views.urgent.neighbourhood import PIN, distance_km, spread

SITE = QPointF(100, 100)
PLACES = st.tuples(st.integers(60, 140), st.integers(60, 140))


@given(st.lists(PLACES, max_size=9))
@settings(max_examples=30)
def test_no_disc_covers_another_or_the_factory(places: list[tuple[int, int]]) -> None:
    found = spread([QPointF(x, y) for x, y in places], SITE)
    assert len(found) == len(places)
    for one, other in itertools.combinations([SITE, *found], 2):
        assert math.hypot(one.x() - other.x(), one.y() - other.y()) > PIN


def test_distances_are_those_of_a_globe() -> None:
    shenzhen, guangzhou = MapPlace(22.54, 114.06), MapPlace(23.13, 113.26)
    assert distance_km(shenzhen, guangzhou) == pytest.approx(105, rel=0.03)
    assert distance_km(shenzhen, shenzhen) == 0
