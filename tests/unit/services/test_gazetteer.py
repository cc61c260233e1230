"""Places by address and by the beginning of a name."""

from __future__ import annotations

import pytest

from desktop.services.gazetteer import area_names, find_places, read_places


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("广东省东莞市莞城街道教场路3号", "广东省东莞市莞城街道"),
        ("Guancheng, Dongguan", "广东省东莞市莞城街道"),
        ("Thị xã Bến Cát, Tỉnh Bình Dương", "Thị xã Bến Cát, Tỉnh Bình Dương"),
        ("12 Nguyen Hue, bien hoa, dong nai", "Thành phố Biên Hòa, Tỉnh Đồng Nai"),
        ("浙江省义乌市", "浙江省金华市义乌市"),
        ("上海市浦东新区", "上海市浦东新区"),
        ("dongg", "广东省东莞市"),
    ],
)
def test_an_address_names_its_place(text: str, title: str) -> None:
    assert find_places(text)[0].title == title


def test_namesakes_are_told_apart_by_what_they_lie_in() -> None:
    first = find_places("山东省枣庄市市中区")[0]
    other = find_places("山东省济南市市中区")[0]
    assert (first.city, other.city) == ("枣庄市", "济南市")
    assert first.name == other.name


@pytest.mark.parametrize("text", ["", "a", "!?", "Atlantis, the Sea"])
def test_what_names_no_place(text: str) -> None:
    assert find_places(text) == ()


def test_places_of_one_country_and_not_too_many() -> None:
    assert {place.country for place in find_places("binh", "VN")} == {"VN"}
    assert len(find_places("binh", limit=3)) == 3
    assert find_places("东莞市", "VN") == ()


def test_areas_are_those_of_the_gazetteer() -> None:
    assert "广东省" in area_names("CN")
    assert "Tỉnh Đồng Nai" in area_names()
    assert "Tỉnh Đồng Nai" not in area_names("CN")


def test_every_place_is_found_by_its_own_title() -> None:
    missed = [place for place in read_places()[::40] if place not in find_places(place.title, limit=12)]
    assert missed == []
