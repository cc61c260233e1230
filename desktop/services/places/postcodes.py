"""Chinese postal codes: the first two digits are those of a province."""

from __future__ import annotations

import re

PROVINCES: dict[str, str] = {
    "北京市": "10",
    "上海市": "20",
    "天津市": "30",
    "重庆市": "40",
    "内蒙古自治区": "01 02",
    "山西省": "03 04",
    "河北省": "05 06 07",
    "辽宁省": "11 12",
    "吉林省": "13",
    "黑龙江省": "15 16",
    "江苏省": "21 22",
    "安徽省": "23 24",
    "山东省": "25 26 27",
    "浙江省": "31 32",
    "江西省": "33 34",
    "福建省": "35 36",
    "湖南省": "41 42",
    "湖北省": "43 44",
    "河南省": "45 46 47",
    "广东省": "51 52",
    "广西壮族自治区": "53 54",
    "贵州省": "55 56",
    "海南省": "57",
    "四川省": "61 62 63 64",
    "云南省": "65 66 67",
    "陕西省": "71 72",
    "甘肃省": "73 74",
    "宁夏回族自治区": "75",
    "青海省": "81",
    "新疆维吾尔自治区": "83 84",
    "西藏自治区": "85",
}
"""By the public list of China Post."""

_BY_DIGITS = {digits: area for area, codes in PROVINCES.items() for digits in codes.split()}
_CODE = re.compile(r"(?<![\d-])(\d\d)\d{4}(?![\d-])")


def province_of_postcode(text: str) -> tuple[str, str] | None:
    """The last postal code in a Chinese address, and the province that it belongs to."""
    found = [(match[0], area) for match in _CODE.finditer(text) if (area := _BY_DIGITS.get(match[1]))]
    return found[-1] if found else None
