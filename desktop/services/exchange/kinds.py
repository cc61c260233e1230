"""The kinds of values that columns hold: how each is read from a cell, written to one, and explained."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from desktop.services.editing.fields import MOST_CREW, MOST_HALF_DAYS
from desktop.services.exchange import dates, lists, numbers
from desktop.services.exchange.cells import REMARK, Cell, CellFault, plain, text_of
from scheduler.problem import Mode

LONGEST_TEXT = 2000
LONGEST_NAME = 200
LONGEST_CODE = 60


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value.

    Attributes:
        name: what it is called in the documentation.
        read: the value of a cell that is not blank; raises CellFault.
        write: the cell that reads as a value again; None for a blank one.
        form: how a workbook types the column.
        choices: the values of a drop-down list.
        only_choices: whether nothing else may stand there.
        width: of the column, in characters.
    """

    name: str
    read: Callable[[Cell], Any]
    write: Callable[[Any], Cell]
    form: Literal["text", "number", "money", "date"] = "text"
    choices: tuple[str, ...] = ()
    only_choices: bool = False
    width: int = 14


def choice(name: str, values: Mapping[str, Sequence[str]], *, open_ended: bool = False) -> Kind:
    """One of some values, each with other words for it; `open_ended`: any other text as well."""
    one = _word_reader(values, open_ended=open_ended)
    return Kind(
        name,
        lambda cell: one(text_of(cell)),
        lambda value: value or None,
        choices=tuple(values),
        only_choices=not open_ended,
    )


def choices(name: str, values: Sequence[str]) -> Kind:
    """Several of some values, in their own order."""
    one = _word_reader({value: () for value in values})

    def read(cell: Cell) -> tuple[str, ...]:
        found = lists.read_names(cell, one)
        return tuple(value for value in values if value in found)

    return Kind(f"list of {name}", read, lists.write_names, width=20)


def _word_reader(values: Mapping[str, Sequence[str]], *, open_ended: bool = False) -> Callable[[str], str]:
    known = {_folded(word): value for value, words in values.items() for word in (value, *words)}

    def read(text: str) -> str:
        if (value := known.get(_folded(text))) is not None:
            return value
        if open_ended:
            return _one_line(text)
        raise CellFault(f"is none of {', '.join(values)}", "Choose one of them")

    return read


SERVICE_WORDS = {
    "DUPRO": ("DPI", "During production", "During production inspection", "Inline", "中期验货", "中检"),
    "PSI": (
        "FRI",
        "Final",
        "Final inspection",
        "Pre-shipment",
        "Pre-shipment inspection",
        "最终验货",
        "终检",
        "尾期验货",
    ),
    "PPI": ("IPC", "Pre-production", "Pre-production inspection", "Initial production check", "初期验货", "产前检验"),
    "LOADING": ("CLS", "CLC", "LS", "Container loading", "Loading supervision", "监装", "装柜监督"),
    "MONITORING": ("PM", "Production monitoring", "驻厂", "生产监控"),
}


COUNTRIES = {
    "CN": ("China", "PRC", "中国", "Trung Quốc"),
    "VN": ("Vietnam", "Viet Nam", "Việt Nam", "越南"),
}


def _country() -> Kind:
    known = {_folded(word): code for code, words in COUNTRIES.items() for word in words}

    def read(cell: Cell) -> str:
        text = text_of(cell)
        if (code := known.get(_folded(text))) is not None:
            return code
        if re.fullmatch("[A-Za-z]{2}", text):
            return text.upper()
        raise CellFault("is no country in two letters", "Write CN, VN, or another country's two letters")

    return Kind("country in two letters", read, lambda text: text or None, choices=tuple(COUNTRIES), width=9)


def _folded(text: str) -> str:
    return re.sub(r"[\s_\-.]+", " ", text.casefold()).strip()


def _read_text(cell: Cell, longest: int = LONGEST_TEXT) -> str:
    text = text_of(cell)
    if len(text) > longest:
        raise CellFault(f"has {len(text):,} characters", f"Shorten it to {longest:,}")
    return text


def _read_label(cell: Cell, longest: int = LONGEST_NAME) -> str:
    """Text on one line; a number cut short by a spreadsheet program is no sensible reading of one."""
    text = _one_line(_read_text(cell, longest))
    if isinstance(cell, str) and re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?E\+?[0-9]{1,3}", text):
        raise CellFault(
            "is a number that a spreadsheet program has shortened", "Format the column as text and type it again"
        )
    return text


def _one_line(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise CellFault(f"has {len(text):,} characters", f"Shorten it to {LONGEST_NAME:,}")
    if "\n" in text or "\t" in text:
        raise CellFault("has a line break or a tab in it", "Write it on one line, with spaces")
    return text


def _read_code(cell: Cell) -> str:
    code = _read_label(cell, LONGEST_CODE)
    if code.startswith(REMARK):
        raise CellFault(f"begins with {REMARK}, which marks remarks", "Begin it with a letter or figure")
    return code


def _read_email(cell: Cell) -> str:
    text = _read_text(cell)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        raise CellFault("is no e-mail address", "Write one like lan@example.com, or leave the cell blank")
    return text


def _read_yes_no(cell: Cell) -> bool:
    words = {"yes": True, "y": True, "true": True, "1": True, "x": True, "是": True, "有": True, "có": True}
    words |= {"no": False, "n": False, "false": False, "0": False, "否": False, "无": False, "không": False}
    if (value := words.get(text_of(cell).casefold())) is None:
        raise CellFault("is neither yes nor no", "Write yes or no")
    return value


WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CHINESE_DAYS = "一二三四五六日"


def _weekday(text: str) -> int:
    short = text.strip().casefold()
    for number, name in enumerate(WEEKDAYS):
        if re.fullmatch(rf"{name}[a-z]*\.?|(?:周|星期){_CHINESE_DAYS[number]}", short, re.IGNORECASE):
            return number
    if re.fullmatch(r"t[2-7]|thứ [2-7]", short):
        return int(short[-1]) - 2
    if short in ("cn", "chủ nhật", "周天", "星期天"):
        return 6
    raise CellFault(f"has {text.strip()}, which is no day of the week", f"Write {', '.join(WEEKDAYS)}")


def _read_weekdays(cell: Cell) -> tuple[int, ...]:
    days: set[int] = set()
    for item in lists.split(cell):
        first, *rest = re.split(r"\s*(?:-|\u2013|\bto\b|至|到)\s*", plain(item.text), maxsplit=1)
        start = _weekday(first)
        end = _weekday(rest[0]) if rest else start
        days.update(day % 7 for day in range(start, (end if end >= start else end + 7) + 1))
    return tuple(sorted(days))


_WAY = re.compile(
    r"(?P<crew>\d+) ?(?:x|\u00d7|\*|persons?|people|inspectors?|人|người)+ ?[x\u00d7*]?,? ?"
    r"(?P<days>\d+(?:[.,]5)?|half a) ?(?:d|days?|天|ngày)?"
)


def _read_modes(cell: Cell) -> tuple[Mode, ...]:
    text = plain(text_of(cell)).casefold()
    if found := re.fullmatch(r"(\d+(?:[.,]\d+)?) ?(?:md|man[- ]?days?)?", text):
        return _ways_of(float(found[1].replace(",", ".")))
    modes = []
    for part in re.split(r" *(?:[;\uff1b\u3001\n\uff0c]|\bor\b|, ) *", text.replace("\n", ";")):
        found = _WAY.fullmatch(part)
        if not found:
            raise CellFault(
                f'has "{part}", which is no way to split the work', 'Write "1 person 2 days; 2 people 1 day"'
            )
        half_days = 1 if found["days"] == "half a" else round(2 * float(found["days"].replace(",", ".")))
        modes.append(Mode(int(found["crew"]), half_days))
    for mode in modes:
        if not (1 <= mode.crew <= MOST_CREW and 1 <= mode.half_days <= MOST_HALF_DAYS):
            raise CellFault(
                "asks for nobody, no time, or too much of either",
                f"Write 1 to {MOST_CREW} people and 0.5 to {MOST_HALF_DAYS // 2} days",
            )
    if len(set(modes)) < len(modes):
        raise CellFault("names the same way twice", "Name it once")
    return tuple(modes)


def _ways_of(man_days: float) -> tuple[Mode, ...]:
    """Every even split of man-days into people and full days; a part of a day is one person's."""
    half_days = round(2 * man_days)
    if half_days != 2 * man_days or not 1 <= half_days <= 40:
        raise CellFault("is not a number of man-days from 0.5 to 20 in steps of a half", 'Write "2", or the ways')
    if half_days % 2:
        return (Mode(1, half_days),)
    days = half_days // 2
    return tuple(Mode(crew, half_days // crew) for crew in range(1, days + 1) if days % crew == 0)


def _write_modes(modes: Sequence[Mode]) -> Cell:
    return "; ".join(way_text(mode) for mode in modes) or None


def way_text(mode: Mode) -> str:
    """A mode in words: "2 people 1 day"."""
    people = "1 person" if mode.crew == 1 else f"{mode.crew} people"
    return f"{people} {mode.half_days / 2:g} {'day' if mode.half_days == 2 else 'days'}"


def _read_money_list(cell: Cell) -> tuple[int, ...]:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return (numbers.read_cents(cell),)
    return tuple(numbers.read_cents(item.text) for item in lists.split(cell))


def _level(text: str | None) -> int:
    return numbers.read_whole((text or "").lstrip("Ll"), 1, 5)


def _day(text: str | None) -> dt.date:
    return dates.read_date(text)


def _read_days(cell: Cell) -> tuple[str, ...]:
    """Days as the records keep them: ISO text, sorted."""
    if not isinstance(cell, str):
        return (str(dates.read_date(cell)),)
    return tuple(sorted({str(_day(item.text)) for item in lists.split(cell)}))


_UNTIL = r"\s+(?:until|till|bis|至|đến)\s+"
_SKILLS = lists.Pairing("SKILL LEVEL", re.compile(r"\s+(\S+)$"), _level, lambda level: f" {level}")
_DATED = lists.Pairing("NAME until DAY", re.compile(rf"{_UNTIL}(.+)$"), _day, lambda day: f" until {day}")
_PERMITS: lists.Pairing[dt.date | None] = lists.Pairing(
    "AREA or AREA until DAY",
    re.compile(rf"(?:{_UNTIL}(.+))?$"),
    lambda text: None if text is None else _day(text),
    lambda day: "" if day is None else f" until {day}",
    re.compile(_UNTIL),
)
_AMOUNTS = lists.Pairing(
    "CODE AMOUNT",
    re.compile(r"\s+(\S+)$"),
    numbers.read_cents,
    lambda cents: f" {numbers.dollars(cents)}",
)


def _write_flag(value: bool | None) -> Cell:
    return None if value is None else "yes" if value else "no"


TEXT = Kind("text", _read_text, lambda text: text or None, width=24)
LABEL = Kind("text on one line", _read_label, lambda text: text or None, width=20)
EMAIL = Kind("e-mail address", _read_email, lambda text: text or None, width=24)
CODE = Kind("code", _read_code, lambda code: code or None)
WHOLE = Kind("whole number", partial(numbers.read_whole, least=0), lambda number: number, "number")
COUNT = Kind("whole number of 1 or more", partial(numbers.read_whole, least=1), lambda number: number, "number")
LEVEL = Kind("level 1 to 5", partial(numbers.read_whole, least=1, most=5), lambda number: number, "number", width=8)
RATE = Kind("number above 0", partial(numbers.read_number, least=1e-6), numbers.write_number, "number")
PERCENT = Kind("percent 0 to 100", numbers.read_percent, numbers.write_percent, "number", width=10)
LATITUDE = Kind("degrees", partial(numbers.read_number, least=-90, most=90), numbers.write_number, "number", width=11)
LONGITUDE = Kind(
    "degrees", partial(numbers.read_number, least=-180, most=180), numbers.write_number, "number", width=11
)
MONEY = Kind("US dollars, 0 or more", partial(numbers.read_cents, least=0), numbers.write_cents, "money", width=12)
MONEY_LIST = Kind(
    "list of US dollars", _read_money_list, lambda values: "; ".join(map(numbers.dollars, values)) or lists.NOTHING
)
DATE = Kind("day", dates.read_date, dates.write_date, "date", width=12)
FIRST_HALF = Kind("day or half-day", dates.read_first_half, dates.write_first_half, "date", width=20)
LAST_HALF = Kind("day or half-day", dates.read_last_half, dates.write_last_half, "date", width=20)
MOMENT = Kind("day and time", dates.read_moment, dates.write_moment, width=22)
TIME_ZONE = Kind("time zone", lambda cell: dates.read_time_zone(text_of(cell)), lambda zone: zone or None, width=20)
COUNTRY = _country()
_read_service = _word_reader(SERVICE_WORDS, open_ended=True)
SERVICE = choice("service", SERVICE_WORDS, open_ended=True)
SERVICES = Kind(
    "list of services",
    lambda cell: lists.read_names(cell, _read_service),
    lists.write_names,
    width=22,
)
YES_NO = Kind("yes or no", _read_yes_no, _write_flag, choices=("yes", "no"), only_choices=True, width=10)
WEEKDAY_LIST = Kind(
    "days of the week",
    _read_weekdays,
    lambda days: lists.write_names([WEEKDAYS[day] for day in days], blank_means_none=False),
    width=26,
)
DATE_LIST = Kind("list of days", _read_days, lists.write_names)
NAMES = Kind("list of names", lambda cell: lists.read_names(cell, _one_line), lists.write_names, width=22)
CODES = Kind(
    "list of codes", lambda cell: tuple(sorted(lists.read_names(cell, _one_line))), lists.write_names, width=22
)
SKILLS = Kind("list of skills with levels", _SKILLS.read_cell, _SKILLS.write_cell, width=30)
CERTIFICATES = Kind("list of names with last days", _DATED.read_cell, _DATED.write_cell, width=30)
PERMITS = Kind("list of areas, last days where there are any", _PERMITS.read_cell, _PERMITS.write_cell, width=36)
AMOUNTS = Kind("list of codes with US dollars", _AMOUNTS.read_cell, _AMOUNTS.write_cell, width=24)
MODES = Kind("ways to split the work", _read_modes, _write_modes, width=30)
