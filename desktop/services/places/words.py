"""Addresses as words: without marks and case, cut where their writers cut them, and what words say of places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from desktop.services.places.pinyin import HAN

Kind = Literal["", "province", "city", "district", "county", "town", "zone", "road", "spot"]
"""What the words beside a name make of it; "spot" is a village, a building or less, which no gazetteer has."""

_AFTER: dict[Kind, str] = {
    "province": "province prov provence sheng",
    "city": "city shi municipality ct",
    "district": "district dist distric distirct distinct distrct qu",
    "county": "county xian country hsien",
    "town": "town zhen township towan xiang hsiang jiedao subdistrict street",
    "zone": (
        "industrial industry indust industries economic economical economy development developmental developing "
        "develop technological technical tech hi high iz ip epz park zone area estate cluster complex export new"
    ),
    "road": "road rd avenue ave av lane lu jie dadao dao highway hwy boulevard blvd way bridge expressway alley st",
    "spot": (
        "village villiage villeage vil cun hamlet community building bldg plaza mansion garden residential block "
        "ward commune estate group team port gate square tower"
    ),
}
AFTER: dict[str, Kind] = {word: kind for kind, words in _AFTER.items() for word in words.split()}
"""What a word that follows a name says."""

BEFORE: dict[str, Kind] = {
    "tinh": "province",
    "tp": "city",
    "thanh pho": "city",
    "thi xa": "city",
    "tx": "city",
    "huyen": "district",
    "quan": "district",
    "q": "district",
    "thi tran": "town",
    "tt": "town",
    "phuong": "town",
    "p": "town",
    "xa": "town",
    "duong": "road",
    "pho": "road",
    "ap": "spot",
    "thon": "spot",
    "kcn": "zone",
    "kcx": "zone",
    "ccn": "zone",
    "cong nghiep": "zone",
    "che xuat": "zone",
}
"""What a Vietnamese word before a name says."""

_FILLERS = (
    "north south east west middle central bei nan dong xi zhong n s e w first second third no the da "
    "1 2 3 4 5 6 i ii iii a b lot"
)
FILLERS = frozenset(_FILLERS.split())
"""What may stand between a name and the word that tells its kind: `Shenzhen North Road`."""

_DROPPED = (
    "china vietnam prc pr limited ltd company factory garment garments textile textiles shoes knitting road "
    "street town city county province village industrial zone park development economic area building block "
    "floor number and the of international group"
)
DROPPED = frozenset(_DROPPED.split())
"""Words that are no place's name, although some place is spelt so."""

GLUED: tuple[tuple[str, Kind], ...] = (
    ("sheng", "province"),
    ("zhen", "town"),
    ("xian", "county"),
    ("shi", "city"),
    ("qu", "district"),
)
"""Words of kind that people write into a name: `Longgangqu`."""

_SYLLABLE = re.compile("(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(iao|uai|[aeiou]|ai|ei|ui|ao|ou|iu|ie|ue|ia|ua|uo)(ng|n|r)?")
"""One syllable of pinyin: part of a name more often than a whole one."""

_CUT = re.compile('[,;:()\\[\\]{}/|\n"\u2013\u2014]| - ')
_WORD = re.compile(r"[a-z]+|\d+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_APOSTROPHES = re.compile("(?<=\\w)['’ʼ`´](?=\\w)")  # noqa: RUF001 -- what people type for one
_PLAIN = str.maketrans("đĐ\uff0c\u3001\uff1b\u3002\uff08\uff09", "dD,,,.()")

_TRADITIONAL = (
    "甌廣東蘇連雲揚無錫鎮鄉縣區溫臺灣廈門龍崗寶觀瀾莊張陽陰興慶島濟濰煙臨萊遼寧瀋陝貴肅澤滄贛閩豐頭義餘澱靜"
    "閔楊黃長楓漢鄭馬銅蕪爾濱齊魯晉雙順禪嶺紹諸麗樂蒼鹽灘開發業園經術產車遠羅鶴會國實達範華衛場橋鋪塢嶼億"
    "圍壩奧爐澗瓊盤禮稅築紅線縉總聯蓮藍蘭許豔賓贊軍輪邊鄧鄲釐鋼錦鐵闊關陳隨霧靈韓項頤騰鬆鳳鷹麼點龜衆滬灤"
)
_SIMPLIFIED = (
    "瓯广东苏连云扬无锡镇乡县区温台湾厦门龙岗宝观澜庄张阳阴兴庆岛济潍烟临莱辽宁沈陕贵肃泽沧赣闽丰头义余淀静"
    "闵杨黄长枫汉郑马铜芜尔滨齐鲁晋双顺禅岭绍诸丽乐苍盐滩开发业园经术产车远罗鹤会国实达范华卫场桥铺坞屿亿"
    "围坝奥炉涧琼盘礼税筑红线缙总联莲蓝兰许艳宾赞军轮边邓郸厘钢锦铁阔关陈随雾灵韩项颐腾松凤鹰么点龟众沪滦"
)
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
"""Traditional characters that place names and words of kind have: firms in Hong Kong and Taiwan write them."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an address.

    Attributes:
        text: small letters without marks, or digits.
        part: which part of the address, counted between commas; a name never runs over one.
        stop: which part counted between full stops too.
    """

    text: str
    part: int
    stop: int


def without_marks(text: str) -> str:
    """Latin text without accents and full-width forms, its case kept."""
    folded = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(char for char in folded if not unicodedata.combining(char))


def key_of(name: str) -> str:
    """A name in Latin letters as it is looked up: small letters and digits alone."""
    return "".join(_WORD.findall(without_marks(name).lower()))


def words_of(text: str) -> tuple[Word, ...]:
    """The Latin words and numbers of an address; words written in one as `JinJiang` come apart."""
    plain = _CAMEL.sub(" ", _APOSTROPHES.sub("", without_marks(text)))
    found = []
    stop = 0
    for part, piece in enumerate(_CUT.split(plain)):
        for sentence in piece.split("."):
            found += [Word(word, part, stop) for word in _WORD.findall(sentence.lower())]
            stop += 1
    return tuple(found)


def han_of(text: str) -> Iterator[str]:
    """The runs of Chinese characters in an address, simplified."""
    return iter(HAN.findall(text.translate(_TO_SIMPLIFIED)))


def has_han(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return HAN.search(text) is not None


def kind_around(words: tuple[Word, ...], first: int, after: int) -> Kind:
    """What the words beside a name say of it.

    Args:
        words: of the address.
        first: where the name begins.
        after: where what follows it begins.
    """
    told = _kind_before(words, first)
    if told:
        return told
    for position in range(after, min(after + 3, len(words))):
        if words[position].part != words[after - 1].part:
            break
        kind = AFTER.get(words[position].text)
        if kind:
            return _longer(words, position, kind)
        if words[position].text not in FILLERS:
            break
    return "road" if _is_begun_road(words, first, after) else ""


def _is_begun_road(words: tuple[Word, ...], first: int, after: int) -> bool:
    """Whether a syllable is the first of a road's name: `Yu` of `Yu Xing Road` is no place."""
    if after - first > 1 or after + 1 >= len(words) or not _SYLLABLE.fullmatch(words[first].text):
        return False
    is_one_part = words[after + 1].stop == words[first].stop
    return is_one_part and words[after].text.isalpha() and AFTER.get(words[after + 1].text) == "road"


def _longer(words: tuple[Word, ...], position: int, kind: Kind) -> Kind:
    """`County-level city` is a city, `new district` a district, and `X street industrial zone` a zone."""
    ahead = [word.text for word in words[position + 1 : position + 3]]
    if kind == "county" and ahead == ["level", "city"]:
        return "city"
    if words[position].text == "new" and ahead[:1] in (["district"], ["area"]):
        return "district"
    if words[position].text == "area" and not ahead:
        return "district"
    return kind


def _kind_before(words: tuple[Word, ...], first: int) -> Kind:
    before = [word.text for word in words[max(0, first - 2) : first] if word.part == words[first].part]
    if len(before) == 2 and (kind := BEFORE.get(" ".join(before))):
        return kind
    return BEFORE.get(before[-1], "") if before else ""
