"""What a cell of a workbook or CSV file may hold, and what is said of one that cannot be read."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

# In a column that is there, this takes a value back to what a new record has; a blank cell leaves it as it is.
CLEAR = "-"
# A row whose first filled cell begins so is a remark.
REMARK = "#"

# What a spreadsheet program may take for a formula. The wide forms count where the program runs in Chinese or Japanese.
_FORMULA = r"[\s']*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]"
_LIKE_FORMULA = re.compile(_FORMULA)
_MARKED = re.compile(rf"'(?:{_FORMULA}|[\s']*{REMARK})")
# Beyond this a double has lost figures: the number on the sheet is not what was typed.
_EXACT_LIMIT = 10**15


class CellFault(Exception):
    """A cell that cannot be read: why, and what to do."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        self.reason = reason
        self.remedy = remedy
        super().__init__(f"{reason}. {remedy}" if remedy else reason)

    def told(self, text: str = "") -> str:
        """What is wrong and what to do, in sentences about the text that was typed; "": it stands beside them."""
        said = f'"{text}" {self.reason}' if text else f"{self.reason[:1].upper()}{self.reason[1:]}"
        return f"{said}. {self.remedy}.".replace("?.", "?")


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing, or nothing but spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def without_formula(text: str) -> str:
    """Text as a CSV file may hold it: an apostrophe before what a spreadsheet program would take for a formula."""
    return f"'{text}" if _LIKE_FORMULA.match(text) else text


def marked(text: str) -> str:
    """Text as an import workbook holds it, where `unmarked` would otherwise read something else from it."""
    if text == CLEAR or text.startswith(REMARK) or _MARKED.match(text):
        return f"'{text}"
    return text


def marked_for_csv(text: str) -> str:
    """Text as an import CSV file holds it: both of the above at once; `unmarked` takes either back."""
    return f"'{text}" if _LIKE_FORMULA.match(text) or marked(text) != text else text


def unmarked(text: str) -> str:
    """Text without the apostrophe that `without_formula` or `marked` put before it."""
    return text[1:] if _MARKED.match(text) else text


def text_of(cell: Cell) -> str:
    """The text of a cell, in one composed form of Unicode, without spaces around it.

    Raises:
        CellFault: where a spreadsheet program has turned the text into a date or a shortened number.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        return _text_of_number(cell)
    if isinstance(cell, str):
        return _clean(unmarked(cell))
    raise CellFault(
        f"is a date or time ({shown(cell)}) where text belongs", "Format the column as text and type it again"
    )


def plain(cell: str) -> str:
    """Text for reading figures and dates from: wide characters made narrow, spaces of any kind made plain."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", unmarked(cell))).strip()


def shown(cell: Cell) -> str:
    """A cell as a fault quotes it: short, on one line."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        text = cell.isoformat(" ")
    elif isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT_LIMIT:
        text = str(int(cell))
    else:
        text = str(cell)
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:77]}..."


def _text_of_number(number: float) -> str:
    if not number.is_integer():
        return repr(number)
    if abs(number) >= _EXACT_LIMIT:
        raise CellFault(
            f"is a number of more than 15 figures ({number:.6g}): the spreadsheet program has lost some of them",
            "Format the column as text and type it again",
        )
    return str(int(number))


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if odd := next((char for char in text if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"), None):
        raise CellFault(f"holds the unprintable character U+{ord(odd):04X}", "Type the text again")
    return text
