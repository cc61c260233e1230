"""Addresses as people write them: in order and out of it, in capitals, misspelt, without a province, in characters."""

from __future__ import annotations

import random
from collections.abc import Callable

from desktop.services.demo.names import without_marks
from desktop.services.gazetteer import Place

CHINESE_ROADS = (
    ("Gongye", "工业"),
    ("Chuangye", "创业"),
    ("Xingye", "兴业"),
    ("Fumin", "富民"),
    ("Kaifa", "开发"),
    ("Huancheng", "环城"),
    ("Keji", "科技"),
    ("Jianshe", "建设"),
    ("Renmin", "人民"),
    ("Binhe", "滨河"),
)
COMPASS = (("North", "北"), ("South", "南"), ("East", "东"), ("West", "西"), ("Middle", "中"))
VIETNAMESE_ROADS = ("D1", "D4", "N2", "N6", "So 3", "So 7", "So 12", "Truc Chinh")
PROVINCE_NAMES = {  # as written in Latin letters
    "广东省": "Guangdong",
    "浙江省": "Zhejiang",
    "江苏省": "Jiangsu",
    "福建省": "Fujian",
    "山东省": "Shandong",
    "上海市": "Shanghai",
    "天津市": "Tianjin",
    "重庆市": "Chongqing",
    "北京市": "Beijing",
    "四川省": "Sichuan",
    "安徽省": "Anhui",
    "江西省": "Jiangxi",
    "河南省": "Henan",
    "河北省": "Hebei",
    "湖北省": "Hubei",
    "湖南省": "Hunan",
    "辽宁省": "Liaoning",
    "广西壮族自治区": "Guangxi",
}
MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")


def draw_address(rng: random.Random, town: Place, centre: Place) -> str:
    """An address in a town of the region round `centre`; about half of them are in good order."""
    parts = _vietnamese(rng, town) if town.country == "VN" else _chinese(rng, town, centre)
    if town.country == "CN" and rng.random() < 0.1:
        return _in_characters(rng, town)
    mess: Callable[[random.Random, list[str]], str] = rng.choices(
        (_tidy, _capitals, _without_province, _misspelt, _run_together), (50, 14, 14, 14, 8)
    )[0]
    return mess(rng, parts)


def _chinese(rng: random.Random, town: Place, centre: Place) -> list[str]:
    road = f"{rng.choice(CHINESE_ROADS)[0]} {rng.choice(COMPASS)[0]} Road"
    district = town.name if town.kind != "city" else ""
    city = "" if town.area in MUNICIPALITIES else _city_name(town, centre)
    parts = [f"No. {rng.randrange(1, 400)}", road, district, city, PROVINCE_NAMES.get(town.area, ""), "China"]
    if rng.random() < 0.4:
        parts.insert(2, f"{rng.choice(('Second', 'Third', 'New', 'High-Tech'))} Industrial Zone")
    return [part for part in parts if part]


def _city_name(town: Place, centre: Place) -> str:
    if town.kind == "city":
        return town.name
    return centre.name if centre.kind == "city" and centre.local_name == town.city else ""


def _vietnamese(rng: random.Random, town: Place) -> list[str]:
    province = town.area.removeprefix("Tỉnh ").removeprefix("Thành phố ")
    latin = {"Hồ Chí Minh": "Ho Chi Minh City", "Hà Nội": "Hanoi"}.get(province) or without_marks(province)
    lot = f"Lot {rng.choice('ABCDEG')}{rng.randrange(1, 30)}"
    return [lot, f"Road {rng.choice(VIETNAMESE_ROADS)}", f"{town.name} Industrial Park", town.name, latin, "Vietnam"]


def _in_characters(rng: random.Random, town: Place) -> str:
    city = town.city if town.city != town.area else ""
    road = f"{rng.choice(CHINESE_ROADS)[1]}{rng.choice(COMPASS)[1]}路{rng.randrange(1, 400)}号"
    return f"{town.area if rng.random() < 0.7 else ''}{city}{town.local_name}{road}"


def _tidy(_rng: random.Random, parts: list[str]) -> str:
    return ", ".join(parts)


def _capitals(_rng: random.Random, parts: list[str]) -> str:
    return ",".join(parts).upper()


def _without_province(_rng: random.Random, parts: list[str]) -> str:
    return ", ".join(parts[:-2])


def _run_together(_rng: random.Random, parts: list[str]) -> str:
    return " ".join(parts)


def _misspelt(rng: random.Random, parts: list[str]) -> str:
    """A letter too few, doubled, or swapped with the next in the name of a place."""
    where = rng.randrange(2, len(parts) - 1)
    word = parts[where]
    at = rng.randrange(1, max(2, len(word) - 1))
    parts[where] = rng.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at - 1] + word[at:],
            word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
        )
    )
    return ", ".join(parts)
