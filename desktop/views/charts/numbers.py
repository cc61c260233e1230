"""How figures of every unit are written, on screen and on paper: one place for both.

Separators are the same in every language and on every machine: "1,234.5", a true minus sign.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.services.dispatching.wording import say as say_in_message
from desktop.services.reports.report import Column, Unit
from desktop.services.reports.scope import Scope
from desktop.services.reports.vocabulary import Language, say, words
from desktop.services.trade.money import COINS, DOLLAR
from desktop.services.words import MONTHS
from desktop.views.words import DASH, MINUS

SIGNS = {DOLLAR: "$", "EUR": "€", "CNY": "¥", "VND": "₫"}
CENTS_UNTIL = 100_000
"""Hundredths: a column whose amounts are all smaller is written with its cents."""
NO_DECIMALS = 1e-9
NAMES: frozenset[Unit] = frozenset({"text", "word"})
TIMES: frozenset[Unit] = frozenset({"date", "week", "time"})


def is_missing(value: object) -> bool:
    """Whether there is no figure: None, NaN or NaT."""
    return value is None or value != value  # noqa: PLR0124 - what is not a number differs from itself


def as_number(value: object) -> float:
    """A figure of a frame; NaN where there is none."""
    return math.nan if is_missing(value) else float(value)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the values of one column.

    Attributes:
        decimals: of numbers; of shares those of the per cent, of money 2 or 0.
    """

    unit: Unit
    language: Language
    currency: str = DOLLAR
    decimals: int = 0

    @classmethod
    def of(cls, unit: Unit, language: Language, currency: str, values: Iterable[object]) -> Writer:
        """A writer with as many decimals as the values need; those of a column are all written alike."""
        if unit in NAMES | TIMES:
            return cls(unit, language, currency)
        numbers = [as_number(value) for value in values]
        return cls(unit, language, currency, _decimals(unit, currency, [n for n in numbers if not math.isnan(n)]))

    @classmethod
    def of_column(cls, column: Column, language: Language, currency: str, values: Iterable[object]) -> Writer:
        """The same for a column of a table."""
        return cls.of(column.unit, language, currency, values)

    def cell(self, value: object) -> str:
        """A value under a heading that says the unit: "1,234", "96.1 %", "$84.07"; a dash where there is none."""
        if is_missing(value):
            return DASH
        if self.unit == "text":
            return str(value)
        if self.unit == "word":
            return words(self.language).get(f"value.{value}", str(value))
        if self.unit in TIMES:
            return self._write_time(value)
        return self._write_number(float(value))  # type: ignore[arg-type]

    def full(self, value: object) -> str:
        """A value that stands alone: "1,234 md", "3 nights"; nothing more where the sign says the unit."""
        text = self.cell(value)
        key = f"unit.{self.unit}"
        known = words(self.language)
        if is_missing(value) or key not in known:
            return text
        is_one = text.lstrip(MINUS) == "1" and f"{key}.one" in known
        return known[f"{key}.one" if is_one else key].format(number=text)

    def signed(self, value: object) -> str:
        """A difference: "+1,234", and with a true minus sign where it is less than nothing."""
        text = self.cell(value)
        return f"+{text}" if not is_missing(value) and float(value) > 0 else text  # type: ignore[arg-type]

    def _write_number(self, number: float) -> str:
        if self.unit == "money":
            return write_money(number, self.currency, self.decimals)
        if self.unit == "share":
            return f"{_plain(100 * number, self.decimals)} %"
        return _plain(number, self.decimals)

    def _write_time(self, value: object) -> str:
        if isinstance(value, dt.time):
            return f"{value:%H:%M}"
        assert isinstance(value, dt.date)
        if self.unit == "week":
            return write_week_of(value, self.language)
        if self.unit == "time" and isinstance(value, dt.datetime):
            return f"{write_day(value, self.language)} {value:%H:%M}"
        return write_day(value, self.language)


def write_one(value: object, unit: Unit, language: Language, currency: str = DOLLAR) -> str:
    """A value that stands alone, as of a headline."""
    return Writer.of(unit, language, currency, () if unit in NAMES | TIMES else (value,)).full(value)


def write_money(cents: float, currency: str = DOLLAR, decimals: int = 0) -> str:
    """An amount with the sign of its currency: "$84.07", "₫7,900,000"; a minus stands before the sign."""
    amount = f"{abs(cents) / 100:,.{decimals}f}"
    is_less = cents < 0 and any(figure in "123456789" for figure in amount)
    return f"{MINUS if is_less else ''}{SIGNS[currency]}{amount}"


def write_day(date: dt.date, language: Language) -> str:
    """A day without its year: "Fri 9 Oct", "10月9日 周五"."""
    return say("write.day", language, **_parts(date, language))


def write_date(date: dt.date, language: Language) -> str:
    """A day with its year: "Fri 9 Oct 2026"."""
    return say("write.date", language, **_parts(date, language))


def write_moment(at: dt.datetime, language: Language) -> str:
    """A moment in UTC: "Tue 24 Nov 2026 at 14:05 UTC"."""
    at = at.astimezone(dt.UTC)
    return say("paper.moment", language, day=write_date(at.date(), language), time=f"{at:%H:%M}")


def write_week(monday: dt.date, language: Language) -> str:
    """A calendar week without its year, for an axis: "W41"."""
    return say("write.week", language, week=monday.isocalendar().week)


def write_week_of(monday: dt.date, language: Language) -> str:
    """A calendar week: "W41 2026"."""
    year, week, _ = monday.isocalendar()
    return say("write.week_of", language, week=week, year=str(year))


def write_period(scope: Scope, language: Language) -> str:
    """The weeks of a scope, from the first to the last, and their days."""
    days = f"{write_date(scope.first_day, language)} {DASH} {write_date(scope.last_day, language)}"
    return say("write.weeks", language, weeks=write_weeks(scope, language), days=days)


def write_weeks(scope: Scope, language: Language) -> str:
    """The weeks of a scope, from the first to the last."""
    first, last = scope.mondays[0], scope.mondays[-1]
    names = dict.fromkeys((write_week_of(first, language), write_week_of(last, language)))
    return f" {DASH} ".join(names)


def unit_name(unit: Unit, language: Language, currency: str = DOLLAR) -> str:
    """What an axis counts: "man-days", "USD"; "" of names and times."""
    if unit == "money":
        return currency
    return words(language).get(f"unit.{unit}.name", "")


def _parts(date: dt.date, language: Language) -> dict[str, object]:
    weekday = say_in_message("days", language).split()[date.weekday()]
    month = MONTHS[date.month - 1]
    return {"weekday": weekday, "day": date.day, "month": month, "number": date.month, "year": str(date.year)}


def _plain(number: float, decimals: int) -> str:
    text = f"{abs(number):,.{decimals}f}"
    is_less = number < 0 and any(figure in "123456789" for figure in text)
    return f"{MINUS}{text}" if is_less else text


def _decimals(unit: Unit, currency: str, numbers: list[float]) -> int:
    largest = max((abs(number) for number in numbers), default=0.0)
    if unit == "money":
        has_cents = COINS[currency] < 100 and largest < CENTS_UNTIL
        return (
            2 if has_cents and any(abs(number / 100 - round(number / 100)) > NO_DECIMALS for number in numbers) else 0
        )
    if unit == "share":
        return 1
    if all(abs(number - round(number)) < NO_DECIMALS for number in numbers):
        return 0
    is_tenths = all(abs(10 * number - round(10 * number)) < NO_DECIMALS for number in numbers)
    return 1 if is_tenths or largest >= 10 else 2
