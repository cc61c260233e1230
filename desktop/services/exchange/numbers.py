"""Figures in cells: whole numbers, measures, percentages and money, with units and both decimal signs."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from desktop.services.exchange.cells import Cell, CellFault, plain, shown

_MONEY_SIGNS = re.compile(r"^(?:us\$|usd|\$)\s*|\s*(?:usd|us\$|\$)$", re.IGNORECASE)
_OTHER_MONEY = re.compile(r"rmb|cny|yuan|vnd|eur|gbp|hkd|jpy|[¥元€£₫]", re.IGNORECASE)
_FIGURES = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_GROUPED_BY_COMMA = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_GROUPED_BY_POINT = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+")
_GROUPED_BY_SPACE = re.compile(r"[+-]?[1-9][0-9]{0,2}(?: [0-9]{3})+(?:\.[0-9]+)?")
_ONE_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
# 1,234 is a thousand and more in English and one and a bit in German; 1.234 the other way round.
_COMMA_OR_GROUP = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
_POINT_OR_GROUP = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
_UNIT = re.compile(
    r"\s*(?:%|percent|pcs?\.?|pieces?|units?|sets?|pairs?|件|个|双|套|台|days?|天|级)"
    r"\s*(?:(?:/|per)\s*(?:working )?day)?$",
    re.IGNORECASE,
)
# What an integer column of every engine holds.
LARGEST_WHOLE = 2**31
_LARGEST = Decimal(10) ** 12


def read_whole(cell: Cell, least: int | None = None, most: int | None = None) -> int:
    """A whole number, within bounds where they are given.

    Raises:
        CellFault: where the cell holds anything else.
    """
    value = _decimal(cell, commas_group=True)
    if value != value.to_integral_value():
        raise CellFault("is not a whole number", "Write it without a fraction")
    number = int(value)
    if abs(number) >= LARGEST_WHOLE:
        raise CellFault("is larger than any number kept here", "Write it in the unit of the column")
    _check_bounds(number, least, most)
    return number


def read_number(cell: Cell, least: float | None = None, most: float | None = None) -> float:
    """A number, within bounds where they are given.

    Raises:
        CellFault: where the cell holds anything else.
    """
    if isinstance(cell, float) and math.isfinite(cell) and abs(cell) <= _LARGEST:
        number = cell
    else:
        number = float(_decimal(cell, commas_group=False))
    _check_bounds(number, least, most)
    return number


def read_percent(cell: Cell) -> float:
    """A percentage from 0 to 100.

    Raises:
        CellFault: where the cell holds anything else, or a bare number that a cell shown as a percentage would hold.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 < cell <= 1:
        raise CellFault(
            f"may mean {cell:g} % or {cell * 100:g} %: a cell shown as a percentage holds a hundredth of what it shows",
            f'Write {cell * 100:g}, or the text "{cell:g} %"',
        )
    return read_number(cell, 0, 100)


def read_cents(cell: Cell, least: int | None = None) -> int:
    """US cents from an amount in dollars.

    Raises:
        CellFault: where the cell holds another currency, a part of a cent, or no amount.
    """
    if isinstance(cell, str):
        text = plain(cell)
        if _OTHER_MONEY.search(text):
            raise CellFault("is not in US dollars", "Convert it to US dollars and write the number")
        cell = _MONEY_SIGNS.sub("", text)
    cents = _decimal(cell, commas_group=True) * 100
    rounded = cents.to_integral_value()
    if abs(cents - rounded) > Decimal("0.000001"):
        raise CellFault("has parts of a cent", "Write at most two figures after the point")
    amount = int(rounded)
    if abs(amount) >= LARGEST_WHOLE:
        raise CellFault("is more money than any amount kept here", "Write it in US dollars")
    if least is not None and amount < least:
        raise CellFault(f"is below {least / 100:.2f}", f"Write {least / 100:.2f} or more")
    return amount


def write_number(number: float | None) -> Cell:
    """A number as a cell; as text where a workbook would drop its last figures."""
    if number is None:
        return None
    return number if float(f"{number:.16G}") == number else repr(number)


def write_percent(number: float | None) -> Cell:
    """A percentage as a cell; as text where a bare number could be read in two ways."""
    return f"{number!r} %" if number is not None and 0 < number <= 1 else write_number(number)


def write_cents(cents: int | None) -> Cell:
    """Dollars as a cell."""
    return None if cents is None else cents / 100


def dollars(cents: int) -> str:
    """Dollars as text: 1250 is "12.50"."""
    return f"{Decimal(cents) / 100:.2f}"


def _decimal(cell: Cell, *, commas_group: bool) -> Decimal:
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        raise CellFault(f"is not a number ({shown(cell)})", "Write figures; format the column as a number")
    if isinstance(cell, str):
        value = _from_text(_UNIT.sub("", plain(cell)), commas_group=commas_group)
    elif math.isfinite(cell):
        value = Decimal(repr(cell))
    else:
        raise CellFault("is not a number", "Write figures")
    if not value.is_finite() or abs(value) > _LARGEST:
        raise CellFault("is larger than any number kept here", "Write it in full figures, in the unit of the column")
    return value


def _from_text(text: str, *, commas_group: bool) -> Decimal:
    text = text.replace("\u2212", "-")
    if (_POINT_OR_GROUP if commas_group else _COMMA_OR_GROUP).fullmatch(text):
        raise CellFault("can be read in two ways", f"Write {re.sub('[,.]', '', text)}, or a fraction of another length")
    if _GROUPED_BY_COMMA.fullmatch(text):
        text = text.replace(",", "")
    elif _GROUPED_BY_POINT.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif _ONE_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    elif _GROUPED_BY_SPACE.fullmatch(text):
        text = text.replace(" ", "")
    if not _FIGURES.fullmatch(text):
        raise CellFault("is not a number", "Write figures, with a point before the fraction")
    return Decimal(text)


def _check_bounds(number: float, least: float | None, most: float | None) -> None:
    if (least is None or number >= least) and (most is None or number <= most):
        return
    if least is None:
        bounds = f"{most:g} or less"
    elif most is None:
        bounds = f"{least:g} or more"
    else:
        bounds = f"from {least:g} to {most:g}"
    raise CellFault(f"is not {bounds}", f"Write a number {bounds}")
