"""Factories stored twice: found however they are written, and not where there are two."""

from __future__ import annotations

import csv
import random
from dataclasses import replace

import pytest

from desktop.services.commands import AddFactory
from desktop.services.places.duplicates import duplicates_among, find_duplicates
from desktop.services.places.firm_names import take_apart
from desktop.services.places.resemblance import FactoryEntry, compare, profile_of
from desktop.store.engine import Store
from tests.helpers.company import desk_of
from tests.helpers.shared import SHARED, needs_shared

JIAHE = FactoryEntry(
    "F1",
    "Dongguan Jiahe Garment Co., Ltd.",
    address="No. 12 Gongye Road, Humen Town, Dongguan, Guangdong, China",
    phone="+86 769 8512 3456",
    country="CN",
    area="广东省",
    lat=22.815,
    lon=113.672,
    precision="address",
)


def score(one: FactoryEntry, **other: object) -> float:
    """How likely a factory is the same with some fields otherwise."""
    return compare(profile_of(one), profile_of(replace(one, **other))).score  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "own", "trades"),
    [
        ("Dongguan Jiahe Garment Co., Ltd.", "jiahe", {"garment"}),
        ("JIA HE APPAREL FACTORY (CHINA)", "jiahe", {"garment"}),
        ("东莞市嘉禾制衣有限公司", "jiahe", {"garment"}),
        ("广东省东莞市虎门嘉禾服装厂", "humenjiahe", {"garment"}),
        ("Công ty TNHH MTV May Mặc Thành Công", "thanhcong", {"garment"}),
        ("Thanh Cong Garment Joint Stock Company", "thanhcong", {"garment"}),
        ("CÔNG TY CỔ PHẦN NHỰA ĐỒNG TIẾN", "dongtien", {"plastic"}),
        ("Binh Duong Furniture", "binhduong", {"furniture"}),
        ("Factory 7", "7", set()),
    ],
)
def test_a_name_is_taken_apart(name: str, own: str, trades: set[str]) -> None:
    (form,) = take_apart(name)
    assert (form.own, set(form.trades)) == (own, trades)


def test_one_factory_written_four_ways(company: Store) -> None:
    common = {"area": "广东省", "country": "CN"}
    ways = (
        AddFactory("F11", JIAHE.name, address=JIAHE.address, phone=JIAHE.phone, **common),  # type: ignore[arg-type]
        AddFactory("F12", "嘉禾制衣厂", address="广东省东莞市虎门镇工业路12号", **common),  # type: ignore[arg-type]
        AddFactory("F13", "JIAHE APPAREL", phone="0769-85123456", **common),  # type: ignore[arg-type]
        AddFactory("F14", "Jaihe Garments Company Limited", address="12 Gongye Rd., Humen", **common),  # type: ignore[arg-type]
    )
    said = [desk_of(company).handle(way).messages[-1] for way in ways]
    assert not said[0].startswith("F11")
    for code, sentence in zip(("F12", "F13", "F14"), said[1:], strict=True):
        assert sentence.startswith(f"{code} (")
        assert "may be the factory F1" in sentence
    pairs = find_duplicates(company)
    assert {frozenset((pair.kept.code, pair.merged.code)) for pair in pairs} >= {
        frozenset(("F11", "F12")),
        frozenset(("F11", "F13")),
        frozenset(("F11", "F14")),
    }
    assert all({pair.kept.code, pair.merged.code} <= {"F11", "F12", "F13", "F14"} for pair in pairs)
    scripts = next(pair for pair in pairs if {pair.kept.code, pair.merged.code} == {"F11", "F12"})
    assert "the same name in two scripts (jia he)" in scripts.why.replace("(jiahe)", "(jia he)")
    assert [pair.score for pair in pairs] == sorted((pair.score for pair in pairs), reverse=True)
    assert all(pair.kept.code < pair.merged.code for pair in pairs), "none is used: the older ones are to be kept"


def test_what_speaks_against_it_counts() -> None:
    assert score(JIAHE, code="F2") > 0.99
    assert score(JIAHE, code="F2", name="Dongguan Jiamei Garment Co., Ltd.", phone="", address="88 Keji Road") < 0.3
    plant = {"code": "F2", "phone": "", "address": "No. 88 Keji Road, Wujiang, Suzhou", "lat": 31.1, "lon": 120.6}
    assert score(JIAHE, **plant) < 0.2, "a firm's second plant, in another province, is inspected there"
    trade = {"code": "F2", "name": "Jiahe Electronics Co., Ltd", "phone": "", "address": ""}
    assert score(JIAHE, **trade) < score(JIAHE, code="F2", name="Jiahe Clothing", phone="", address="") - 0.2


def written_otherwise(rng: random.Random, entry: FactoryEntry, code: str) -> FactoryEntry:
    """The same factory as another hand enters it."""
    words = entry.name.removesuffix(" Co., Ltd.").split()
    at = rng.randrange(1, len(words[1]) - 1)
    slips = (
        words[1][:at] + words[1][at + 1 :],
        words[1][:at] + words[1][at] + words[1][at:],
        words[1][:at] + words[1][at + 1 : at + 2] + words[1][at] + words[1][at + 2 :],
        words[1],
    )
    name = " ".join((*words[:1], rng.choice(slips), *words[2:])) + rng.choice(
        (" Company Limited", "", " CO LTD", " Inc.")
    )
    number, street, town = entry.address.split(", ")[:3]
    address = rng.choice((f"{street} {number}, {town}".upper(), f"{number} {street} {town}", ""))
    phone = rng.choice((entry.phone, entry.phone.replace("+86 ", "0"), ""))
    return replace(entry, code=code, name=name, address=address, phone=phone, lat=None, lon=None, precision="none")


def test_most_are_found_and_few_others() -> None:
    rng = random.Random(5)
    parts = [
        "jia",
        "he",
        "xin",
        "hua",
        "mei",
        "long",
        "feng",
        "tai",
        "sheng",
        "rong",
        "hai",
        "yuan",
        "bao",
        "kang",
        "de",
    ]
    towns = ["Humen", "Changan", "Houjie", "Tangxia", "Dalang", "Liaobu", "Qingxi", "Shijie", "Fenggang"]
    trades = ["Garment", "Electronics", "Plastic", "Toys", "Hardware"]

    def word(syllables: int) -> str:
        return "".join(rng.choices(parts, k=syllables)).capitalize()

    entries = [
        FactoryEntry(
            f"A{number:03}",
            f"Dongguan {word(3)} {rng.choice(trades)} Co., Ltd.",
            address=f"No. {rng.randrange(1, 400)}, {word(2)} Road, {rng.choice(towns)}",
            phone=f"+86 769 {rng.randrange(10_000_000, 99_999_999)}",
            country="CN",
            area="广东省",
        )
        for number in range(300)
    ]
    twins = [written_otherwise(rng, entry, entry.code.replace("A", "B")) for entry in rng.sample(entries, 100)]
    pairs = duplicates_among([*entries, *twins])
    right = [pair for pair in pairs if pair.kept.code[1:] == pair.merged.code[1:]]
    assert len(right) >= 90
    assert len(right) / len(pairs) >= 0.95


@needs_shared
def test_on_real_lists() -> None:
    """The lists overlap: the same plants were entered by several hands."""
    with (SHARED / "data/real/factories.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    entries = [
        FactoryEntry(
            str(number),
            row["name"],
            address=row["address"],
            country=row["country"],
            area=row["province"],
            lat=float(row["lat"]) if row["lat"] else None,
            lon=float(row["lon"]) if row["lon"] else None,
            precision=row["precision"],
        )
        for number, row in enumerate(rows)
    ]
    pairs = duplicates_among(entries)
    sure = [pair for pair in pairs if pair.score > 0.9]
    assert len(sure) > 150
    together = [pair for pair in sure if pair.kept.area == pair.merged.area]
    assert len(together) / len(sure) > 0.97
