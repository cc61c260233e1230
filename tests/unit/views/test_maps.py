"""Where a map paints a place, and that it does not slip under the hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QSizeF, Qt

from desktop.services.gazetteer import read_places
from desktop.views.maps.outlines import UNIT, read_outlines
from desktop.views.maps.projection import MapPlace, MapView, fitted, project, unproject
from desktop.views.maps.regions import read_regions

SIZE = QSizeF(500, 400)


@pytest.mark.parametrize("place", [MapPlace(22.54, 114.06), MapPlace(10.77, 106.7), MapPlace(-33.9, 18.4)])
def test_there_and_back(place: MapPlace) -> None:
    back = unproject(project(place.lat, place.lon))
    assert (back.lat, back.lon) == pytest.approx((place.lat, place.lon))


def test_what_is_under_the_pointer_stays_there() -> None:
    view = fitted([MapPlace(22.0, 113.0), MapPlace(31.0, 121.0)], SIZE, 20, 1e6)
    at = QPointF(123, 321)
    held = view.to_plane(at, SIZE)
    after = view.zoomed(3.0, at, SIZE, 1.0, 1e9)
    assert after.scale == pytest.approx(3 * view.scale)
    assert after.to_screen(held, SIZE).toTuple() == pytest.approx(at.toTuple())
    moved = view.panned(10, -7)
    assert (moved.to_screen(held, SIZE) - at).toTuple() == pytest.approx((10, -7))


def test_all_places_fit_with_their_margin() -> None:
    places = [MapPlace(8.6, 104.7), MapPlace(45.8, 126.5), MapPlace(29.6, 91.1)]
    view = fitted(places, SIZE, 30, 1e6)
    for place in places:
        at = view.to_screen(project(place.lat, place.lon), SIZE)
        assert 29.9 <= at.x() <= 470.1
        assert 29.9 <= at.y() <= 370.1


def test_a_pixel_is_as_many_kilometres_as_there_are_between_places() -> None:
    view = MapView(*project(30.0, 120.0).toTuple(), 100_000.0)
    apart = view.to_screen(project(30.0, 121.0), SIZE).x() - view.to_screen(project(30.0, 120.0), SIZE).x()
    assert apart * view.km_per_pixel() == pytest.approx(96.4, rel=0.01)  # a degree of longitude at 30 north


@pytest.mark.parametrize("is_fine", [False, True])
def test_land_is_where_there_is_land(is_fine: bool) -> None:
    land = read_outlines(is_fine=is_fine).land

    def is_land(lat: float, lon: float) -> bool:
        point = project(lat, lon) * UNIT
        return any(shape.polygon.containsPoint(point, Qt.FillRule.OddEvenFill) for shape in land)

    assert is_land(23.1, 113.3)  # Guangzhou
    assert is_land(21.0, 105.8)  # Hanoi
    assert is_land(39.9, 116.4)  # Beijing
    assert is_land(35.7, 139.5)  # Tokyo
    assert not is_land(20.0, 115.0)  # the South China Sea
    assert not is_land(34.0, 123.0)  # the Yellow Sea


def test_provinces_are_known_by_the_names_on_record() -> None:
    regions = read_regions().by_name
    provinces = {place.area: place for place in read_places() if place.kind == "province"}
    assert set(provinces) - set(regions) == {"香港特别行政区", "澳门特别行政区"}  # outlines have them apart
    for area, region in regions.items():
        (south, west), (north, east) = ((corner.lat, corner.lon) for corner in region.corners)
        place = provinces[area]
        assert south < place.lat < north, area
        assert west < place.lon < east, area
    sizes = [region.rings[0].size for region in regions.values()]
    assert sizes == sorted(sizes, reverse=True)  # what lies inside another is painted over it
