"""Each kind of value reads what people write, refuses the rest with a reason, and reads its own writing."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.exchange import kinds
from desktop.services.exchange.cells import Cell, CellFault
from desktop.services.exchange.kinds import Kind
from scheduler.problem import Mode

DAY = dt.date(2027, 3, 1)
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "M")), min_size=1
).filter(lambda text: text.isprintable() and len(text) < 60 and unicodedata.normalize("NFC", text) == text)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (kinds.SKILLS, "garment 4; home textile L3", (("garment", 4), ("home textile", 3))),
        (
            kinds.SKILLS,
            "garment 4\uff0ctextile 3\uff1btoys 2\u3001shoes 1",
            (("garment", 4), ("shoes", 1), ("textile", 3), ("toys", 2)),
        ),
        (kinds.SKILLS, '"a; b 7" 2', (("a; b 7", 2),)),
        (kinds.PERMITS, "广东省; 江苏省 until 2027-03-01", (("广东省", None), ("江苏省", DAY))),
        (kinds.PERMITS, '"work until done"; A until 1.3.2027', (("A", DAY), ("work until done", None))),
        (kinds.CERTIFICATES, "gb-electrical until 2027-03-01", (("gb-electrical", DAY),)),
        (kinds.AMOUNTS, "I0003 -5.00; I0007 $12.5", (("I0003", -500), ("I0007", 1250))),
        (kinds.NAMES, "zh, en", ("zh", "en")),
        (kinds.NAMES, "zh\nen;", ("zh", "en")),
        (kinds.NAMES, '"say ""hi"""; en', ('say "hi"', "en")),
        (kinds.NAMES, "none", ()),
        (kinds.CODES, "I2; I1", ("I1", "I2")),
        (kinds.WEEKDAY_LIST, "Mon-Fri", (0, 1, 2, 3, 4)),
        (kinds.WEEKDAY_LIST, "Sat to Mon", (0, 5, 6)),
        (kinds.WEEKDAY_LIST, "周一至周六", (0, 1, 2, 3, 4, 5)),
        (kinds.WEEKDAY_LIST, "星期日", (6,)),
        (kinds.WEEKDAY_LIST, "Thứ 2; CN", (0, 6)),
        (kinds.WEEKDAY_LIST, "Tuesday, thursday", (1, 3)),
        (kinds.WEEKDAY_LIST, "none", ()),
        (kinds.MODES, "1 person 2 days; 2 people 1 day", (Mode(1, 4), Mode(2, 2))),
        (kinds.MODES, "1x2 or 2x1", (Mode(1, 4), Mode(2, 2))),
        (kinds.MODES, "1 x 0.5 day", (Mode(1, 1),)),
        (kinds.MODES, "1 person half a day", (Mode(1, 1),)),
        (kinds.MODES, "2人1天", (Mode(2, 2),)),
        (kinds.MODES, 1.0, (Mode(1, 2),)),
        (kinds.MODES, "4 man-days", (Mode(1, 8), Mode(2, 4), Mode(4, 2))),
        (kinds.MODES, "1.5 MD", (Mode(1, 3),)),
        (kinds.SERVICE, "final inspection", "PSI"),
        (kinds.SERVICE, "中期验货", "DUPRO"),
        (kinds.SERVICE, "SAMPLING", "SAMPLING"),
        (kinds.SERVICES, "dupro; Pre-Shipment", ("DUPRO", "PSI")),
        (kinds.COUNTRY, "Việt Nam", "VN"),
        (kinds.COUNTRY, "cn", "CN"),
        (kinds.YES_NO, "是", True),
        (kinds.YES_NO, False, False),
        (kinds.YES_NO, 1.0, True),
        (kinds.MONEY_LIST, "60; 60.50; 90", (6000, 6050, 9000)),
        (kinds.MONEY_LIST, 60, (6000,)),
        (kinds.DATE_LIST, "2026-12-07; 06.12.2026", ("2026-12-06", "2026-12-07")),
        (kinds.DATE_LIST, DAY, ("2027-03-01",)),
        (kinds.LABEL, 13800138000.0, "13800138000"),
        (kinds.EMAIL, " lan@example.com ", "lan@example.com"),
        (kinds.TIME_ZONE, "Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh"),
        (kinds.RATE, "800 pcs/day", 800.0),
    ],
)
def test_reads(kind: Kind, cell: Cell, value: object) -> None:
    assert kind.read(cell) == value


@pytest.mark.parametrize(
    ("kind", "cell", "reason"),
    [
        (kinds.SKILLS, "garment", "has garment where SKILL LEVEL belongs"),
        (kinds.SKILLS, "garment 9", "has 9 for garment, which is not from 1 to 5"),
        (kinds.SKILLS, "garment 4; garment 5", "names garment twice"),
        (kinds.SKILLS, '"garment 4', "opens a quote"),
        (kinds.SKILLS, '"garment"', "where SKILL LEVEL belongs"),
        (kinds.CERTIFICATES, "gb-electrical", "where NAME until DAY belongs"),
        (kinds.CERTIFICATES, "gb until 03/04/2027", "which can be read as day 3"),
        (kinds.AMOUNTS, "I0003", "where CODE AMOUNT belongs"),
        (kinds.NAMES, '"zh" en', 'has "en" after the name zh'),
        (kinds.NAMES, "x" * 201, "has 201 characters"),
        (kinds.WEEKDAY_LIST, "Mon; Someday", "has Someday, which is no day of the week"),
        (kinds.MODES, "some people", 'has "some people", which is no way'),
        (kinds.MODES, "0 people 1 day", "asks for nobody"),
        (kinds.MODES, "1 person 99 days", "asks for nobody, no time, or too much"),
        (kinds.MODES, "1x1; 1x1", "names the same way twice"),
        (kinds.MODES, "1.3", "steps of a half"),
        (kinds.COUNTRY, "Atlantis", "is no country"),
        (kinds.YES_NO, "perhaps", "is neither yes nor no"),
        (kinds.CODE, "x" * 61, "has 61 characters"),
        (kinds.CODE, "#R1", "marks remarks"),
        (kinds.CODE, "a\nb", "has a line break or a tab in it"),
        (kinds.TEXT, "x" * 2001, "has 2,001 characters"),
        (kinds.LABEL, "1.38E+10", "a spreadsheet program has shortened"),
        (kinds.EMAIL, "lan", "is no e-mail address"),
        (kinds.LEVEL, 0, "is not from 1 to 5"),
        (kinds.LATITUDE, 113.2, "is not from -90 to 90"),
        (kinds.COUNT, 0, "is not 1 or more"),
        (kinds.RATE, 0, "or more"),
    ],
)
def test_refuses(kind: Kind, cell: Cell, reason: str) -> None:
    with pytest.raises(CellFault) as caught:
        kind.read(cell)
    assert reason in caught.value.reason
    assert caught.value.remedy


def pairs(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.dictionaries(NAMES, values, max_size=4).map(lambda found: tuple(sorted(found.items())))


DAYS = st.dates(dt.date(2000, 1, 1))
MODES = st.builds(Mode, st.integers(1, 20), st.integers(1, 56))
VALUES: dict[str, tuple[Kind, st.SearchStrategy[Any]]] = {
    "skills": (kinds.SKILLS, pairs(st.integers(1, 5))),
    "certificates": (kinds.CERTIFICATES, pairs(DAYS)),
    "permits": (kinds.PERMITS, pairs(st.none() | DAYS)),
    "amounts": (kinds.AMOUNTS, pairs(st.integers(-(10**8), 10**8))),
    "names": (kinds.NAMES, st.lists(NAMES, max_size=4, unique=True).map(tuple)),
    "codes": (kinds.CODES, st.lists(NAMES, max_size=4, unique=True).map(sorted).map(tuple)),
    "weekdays": (kinds.WEEKDAY_LIST, st.frozensets(st.integers(0, 6)).map(sorted).map(tuple)),
    "modes": (kinds.MODES, st.lists(MODES, min_size=1, max_size=4, unique=True).map(tuple)),
    "money": (kinds.MONEY_LIST, st.lists(st.integers(0, 10**7), max_size=7).map(tuple)),
    "days": (kinds.DATE_LIST, st.frozensets(DAYS.map(str)).map(sorted).map(tuple)),
    "flag": (kinds.YES_NO, st.booleans()),
}


@given(st.data())
@pytest.mark.parametrize("name", VALUES)
def test_reads_its_own_writing(name: str, data: st.DataObject) -> None:
    kind, values = VALUES[name]
    value = data.draw(values)
    cell = kind.write(value)
    if cell is None:
        assert value == ()
    else:
        assert kind.read(cell) == value
