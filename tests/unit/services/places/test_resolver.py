"""Addresses to places: scripts, spellings, namesakes, reforms, and real addresses whose places are known."""

from __future__ import annotations

import csv
import importlib.resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.services.places import locate
from desktop.services.places.index import Site, index, km_between
from desktop.services.places.weighing import RIVAL_KM
from tests.helpers.real_places import REAL_FACTORIES, shares, trials


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("广东省东莞市莞城街道教场路3号", "广东省东莞市莞城街道"),
        ("深圳市宝安区沙井街道新沙路", "广东省深圳市宝安区沙井街道"),
        ("上海市闵行区南京西路12号", "上海市闵行区"),
        ("廣東省東莞市樟木頭鎮", "广东省东莞市樟木头镇"),
        ("No. 5 Ren Min Lu, Long Gang Qu, Shen Zhen, Guang Dong Sheng", "广东省深圳市龙岗区"),
        ("Longgangqu, Shenzhenshi", "广东省深圳市龙岗区"),
        ("HAI NING CITY, ZHE JIANG", "浙江省嘉兴市海宁市"),
        ("12 Shenzhen Road, Bao'an District, Shenzhen", "广东省深圳市宝安区"),
        ("8 Nanjing East Road, Shanghai", "上海市"),
        ("Hanyan County, Jiaxing", "浙江省嘉兴市海盐县"),
        ("Zengceng, Gaungzhou", "广东省广州市增城区"),
        ("Canton, Kwangtung", "广东省广州市"),
        ("Jiaonan City, Qingdao", "山东省青岛市黄岛区"),
        ("Economic Development Zone, Lian Shui, Jiang Su", "江苏省淮安市涟水县"),
        ("Wuyuan Town, Haiyan County, Jiaxing", "浙江省嘉兴市海盐县武原镇"),
        ("Số 12 Nguyễn Huệ, Thành phố Biên Hòa, Đồng Nai", "Thành phố Biên Hòa, Tỉnh Đồng Nai"),
        ("so 12 nguyen hue, bien hoa, dong nai", "Thành phố Biên Hòa, Tỉnh Đồng Nai"),
        ("District 7, HCMC", "Quận 7, Thành phố Hồ Chí Minh"),
        ("Q.12, TP. Hồ Chí Minh", "Quận 12, Thành phố Hồ Chí Minh"),
        ("Amata Industrial Park, Dong Nai", "Thành phố Biên Hòa, Tỉnh Đồng Nai"),
        ("KCN Quế Võ, Bắc Ninh", "Huyện Quế Võ, Tỉnh Bắc Ninh"),
        # since July 2025 Bến Cát lies in Hồ Chí Minh, Đức Hòa in Tây Ninh
        ("Phường Bến Cát, Thành phố Hồ Chí Minh", "Thị xã Bến Cát, Tỉnh Bình Dương"),
        ("Huyen Duc Hoa, Tay Ninh", "Huyện Đức Hòa, Tỉnh Long An"),
        ("HUYEN DUC CO, TINH GIA LAI", "Huyện Đức Cơ, Tỉnh Gia Lai"),
    ],
)
def test_an_address_is_placed(address: str, title: str) -> None:
    located = locate(address)
    assert located.best is not None
    assert (located.best.title, located.is_sure) == (title, True), located.why


def test_full_width_letters_are_letters() -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in "No.8,Cixi,Ningbo")
    assert titles(wide)[0] == "浙江省宁波市慈溪市"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("Suzhou", "It may be 江苏省苏州市 or 安徽省宿州市"),
        ("市中区人民路", "It may be"),
        ("Chengxi Industrial Zone", "or one of the towns of that name"),
        ("Development Zone, Tongxiang, Hangzhou", "It may be 浙江省杭州市 or 浙江省嘉兴市桐乡市"),
        ("18 Example Road, Zhejiang", "Only the province is known, 浙江省"),
        ("Dong Nai province", "Only the province is known, Tỉnh Đồng Nai"),
        ("Atlantis", "names no place"),
        ("", "names no place"),
    ],
)
def test_what_is_unsure_is_asked_with_a_reason(address: str, said: str) -> None:
    located = locate(address)
    assert not located.is_sure
    assert said in located.why


def test_what_else_is_known_decides_between_namesakes() -> None:
    assert titles("Fuzhou")[:2] == ["福建省福州市", "江西省抚州市"]
    assert titles("Fuzhou, Fu Jian")[0] == "福建省福州市"
    assert titles("Fuzhou, Linchuan District")[0] == "江西省抚州市临川区"
    assert titles("Taizhou 225300 China")[0] == "江苏省泰州市"
    assert locate("Taizhou 225300 China").is_sure
    assert titles("Taizhou", name="Zhejiang Example Garment Co")[0] == "浙江省台州市"
    assert not locate("New Industrial Zone", "CN", "Changshu Example Co").is_sure
    assert titles("Binh Minh", "CN") == []
    assert locate("Shanghai Road 4, Dhaka", "BD").candidates == ()


def test_two_cities_that_share_a_spelling_are_never_placed_unasked() -> None:
    shared = {key: cities for key, sites in index().latin.items() if len(cities := far_cities(sites)) > 1}
    assert len(shared) > 10
    placed = [key for key in shared for text in (key, f"{key} city") if locate(text).is_sure]
    assert placed == []


def test_no_district_is_taken_for_another() -> None:
    districts = [site for site in index().sites if site.level == "district"]
    provinces = {site.place.area: site.place.name for site in index().sites if site.place.local_name == site.place.area}
    asked = 0
    for site in districts[::20]:
        place = site.place
        latin = f"8 Hoa Sen Street, {place.name}, {provinces[place.area]}"
        for address in (f"8 {place.title}", place.local_name, latin, latin.upper(), f"{place.name} District"):
            located = locate(address, place.country)
            asked += not located.is_sure
            if located.is_sure and located.best is not None:
                in_its_city = located.best.place.local_name == place.city
                assert in_its_city or km_between(located.best.place, place) < RIVAL_KM, address
    assert asked < len(districts[::20])


def test_a_wrong_letter_leads_nowhere_else() -> None:
    cities = [site for site in index().sites if site.level == "city" and len(site.place.name) > 7][::2]
    wrong = lost = 0
    for city in cities:
        name = city.place.name
        located = locate(f"{name[:4]}{name[5]}{name[4]}{name[6:]}, {city.place.area}", city.place.country)
        lost += not located.is_sure
        wrong += located.is_sure and located.candidates[0].place.area != city.place.area
    assert len(cities) > 50
    assert wrong == 0
    assert lost < len(cities) / 5


def test_the_63_provinces_of_vietnam_have_become_34() -> None:
    source = importlib.resources.files("resources") / "gazetteer" / "provinces_2025.csv"
    rows = list(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))
    before = {site.place.area for site in index().sites if site.place.country == "VN"}
    assert {row["before"] for row in rows} == before
    assert (len(rows), len(before), len({row["since"] for row in rows})) == (63, 63, 34)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["", "CN", "VN"]))
def test_whatever_is_written_is_answered(text: str, country: str) -> None:
    located = locate(text, country)
    assert all(0 <= candidate.confidence <= 1 for candidate in located.candidates)
    assert located.candidates or not located.is_sure
    assert located.why


@pytest.mark.skipif(not REAL_FACTORIES.is_file(), reason="reads real addresses beside the repository, which are absent")
def test_real_addresses_are_placed_near_where_they_are() -> None:
    found = shares(trials())
    assert found.count == 539
    assert found.placed >= 0.85
    assert found.near >= 0.88
    assert found.far <= 0.03
    assert all(trial.located.candidates or trial.km is None for trial in trials("VN"))


def titles(address: str, country: str = "", name: str = "") -> list[str]:
    return [candidate.title for candidate in locate(address, country, name).candidates]


def far_cities(sites: tuple[Site, ...]) -> list[Site]:
    cities = [site for site in sites if site.level == "city" or (site.level == "district" and site.is_county_city)]
    return [site for site in cities if any(km_between(site.place, other.place) > RIVAL_KM for other in cities)]
