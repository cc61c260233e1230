"""Days, half-days and times in cells: as a spreadsheet's dates, or as text that can be read in one way only."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo

from desktop.models.halfday import date_of, morning
from desktop.services.exchange.cells import Cell, CellFault, plain

# Earlier, a year was mistyped; spreadsheets count days from 1900, and wrongly until March of it.
FIRST_YEAR = 2000

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?:-|/|\.| ?年 ?)(?P<month>\d{1,2})(?:-|/|\.| ?月 ?)(?P<day>\d{1,2})(?: ?[日号])?"
)
_DOTTED = re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_VIETNAMESE = re.compile(r"ngày (?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>\d{4})")
_DAY_NAMED = re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH}[ -,]+(?P<year>\d{{4}})")
_MONTH_NAMED = re.compile(rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})")
_WEEKDAY = re.compile(r"^(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?\.?,? ")
_SHORT_YEAR = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}")

_MORNINGS = ("morning", "am", "a.m.", "上午", "sáng")
_AFTERNOONS = ("afternoon", "pm", "p.m.", "下午", "chiều")
_HALF = re.compile(rf"(?P<day>.+?) ?(?P<half>{'|'.join(map(re.escape, _MORNINGS + _AFTERNOONS))})")
_CLOCK = re.compile(
    r"(?P<day>.+?)[ t](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<part>\d{1,6}))?)? ?"
    r"(?P<zone>z|utc|gmt|(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?)?"
)

_AS_ISO = "Write the day as 2026-12-31, or format the column as a date"


def read_date(cell: Cell) -> dt.date:
    """A day.

    Raises:
        CellFault: where the cell holds no day, or text that could mean two.
    """
    if isinstance(cell, dt.datetime):
        if cell.time() != dt.time():
            raise CellFault("has a time of day where a day belongs", _AS_ISO)
        return _plausible(cell.date())
    if isinstance(cell, dt.date):
        return _plausible(cell)
    if isinstance(cell, bool) or not isinstance(cell, str):
        raise CellFault("is a number where a day belongs", _AS_ISO)
    return _plausible(_from_text(plain(cell).lower()))


def read_first_half(cell: Cell) -> int:
    """The slot from which something counts: the morning, where no half-day is named.

    Raises:
        CellFault: as `read_date`.
    """
    date, half = _day_and_half(cell)
    return morning(date) + (half or 0)


def read_last_half(cell: Cell) -> int:
    """The last slot on which something counts: the afternoon, where no half-day is named.

    Raises:
        CellFault: as `read_date`.
    """
    date, half = _day_and_half(cell)
    return morning(date) + (1 if half is None else half)


def read_moment(cell: Cell) -> dt.datetime:
    """A time: aware where a zone is written, otherwise naive, for the caller to place. A day alone is its midnight.

    Raises:
        CellFault: where the cell holds no time, or a day that could mean two.
    """
    if isinstance(cell, dt.datetime):
        _plausible(cell.date())
        return cell
    if isinstance(cell, str) and (found := _CLOCK.fullmatch(plain(cell).lower())):
        date = _plausible(_from_text(found["day"]))
        try:
            time = dt.time(
                int(found["hour"]),
                int(found["minute"]),
                int(found["second"] or 0),
                int((found["part"] or "").ljust(6, "0")),
                tzinfo=_zone(found["zone"]),
            )
        except ValueError:
            raise CellFault("has a time of day that no clock shows", "Write it as 2026-12-31 14:05") from None
        return dt.datetime.combine(date, time)
    date = read_date(cell)
    return dt.datetime(date.year, date.month, date.day)  # noqa: DTZ001 -- the caller knows the zone


def read_time_zone(text: str) -> str:
    """The name of a time zone, as the zone database spells it.

    Raises:
        CellFault: where the database has no such zone.
    """
    try:
        return zoneinfo.ZoneInfo(text).key
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise CellFault("is not a time zone known here", "Write one like Asia/Shanghai or Asia/Ho_Chi_Minh") from None


def write_date(date: dt.date | None) -> Cell:
    """A day as a cell."""
    return date


def write_first_half(slot: int | None) -> Cell:
    """A slot as a cell: the bare day for its morning."""
    if slot is None:
        return None
    return f"{date_of(slot)} afternoon" if slot % 2 else date_of(slot)


def write_last_half(slot: int | None) -> Cell:
    """A last slot as a cell: the bare day for its afternoon."""
    if slot is None:
        return None
    return date_of(slot) if slot % 2 else f"{date_of(slot)} morning"


def write_moment(moment: dt.datetime | None) -> Cell:
    """A time as text, in UTC: a spreadsheet keeps no zone."""
    if moment is None:
        return None
    text = moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ")
    return f"{text.removesuffix(':00') if len(text) == 19 else text} UTC"


def _from_text(text: str) -> dt.date:
    text = _WEEKDAY.sub("", text)
    for pattern in (_YEAR_FIRST, _DOTTED, _VIETNAMESE):
        if found := pattern.fullmatch(text):
            return _date(int(found["year"]), int(found["month"]), int(found["day"]))
    for pattern in (_DAY_NAMED, _MONTH_NAMED):
        if found := pattern.fullmatch(text):
            return _date(int(found["year"]), _month(found["month"]), int(found["day"]))
    if found := _SLASHED.fullmatch(text):
        first, second, year = map(int, found.groups())
        if first > 12 >= second:
            return _date(year, second, first)
        if second > 12 >= first:
            return _date(year, first, second)
        if first == second:
            return _date(year, first, first)
        raise CellFault(
            f"can be read as day {first} of month {second} or day {second} of month {first}",
            f"Write {year:04}-{second:02}-{first:02} or {year:04}-{first:02}-{second:02}",
        )
    if _SHORT_YEAR.fullmatch(text):
        raise CellFault("has a year of two figures", _AS_ISO)
    raise CellFault("is not a day", _AS_ISO)


def _date(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise CellFault("is a day that no calendar has", _AS_ISO) from None


def _month(name: str) -> int:
    months = [number for number, short in enumerate(_MONTHS, 1) if name.startswith(short)]
    if not months:
        raise CellFault("names no month", _AS_ISO)
    return months[0]


def _plausible(date: dt.date) -> dt.date:
    if date.year < FIRST_YEAR:
        raise CellFault(f"lies before {FIRST_YEAR}", "Check the year")
    return date


def _day_and_half(cell: Cell) -> tuple[dt.date, int | None]:
    if isinstance(cell, str) and (found := _HALF.fullmatch(plain(cell).lower())):
        return _plausible(_from_text(found["day"])), int(found["half"] in _AFTERNOONS)
    return read_date(cell), None


def _zone(text: str | None) -> dt.tzinfo | None:
    if text is None:
        return None
    offset = re.sub("[a-z:]", "", text)
    if not offset:
        return dt.UTC
    hours, minutes = (int(offset[1:-2]), int(offset[-2:])) if len(offset) > 3 else (int(offset[1:]), 0)
    delta = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-delta if offset[0] == "-" else delta)
