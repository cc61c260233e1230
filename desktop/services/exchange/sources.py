"""Files as sheets of rows: .xlsx and .csv, whatever program and country they come from."""

from __future__ import annotations

import contextlib
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import python_calamine
from charset_normalizer import from_bytes

from desktop.errors import BadInputError
from desktop.services.exchange.cells import Cell
from desktop.services.exchange.xlsx_guard import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, SheetSurvey, survey

# The longest text that a spreadsheet cell holds.
LONGEST_CELL = 32_767

ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "gb18030": "GB18030",
    "big5": "Big5",
    "cp1258": "Windows-1258",
    "cp1252": "Windows-1252",
}
"""How a text file may be encoded, as codecs know it, with the name that people know."""

_SAMPLE = 2**16
_GUESSED = ["gb18030", "big5", "cp1258", "cp1252", "utf_16_le", "utf_16_be"]
_OTHER_FILES = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"Rar!", "a packed archive"),
    (b"7z\xbc\xaf", "a packed archive"),
    (b"\x1f\x8b", "a packed archive"),
    (b"{\\rtf", "a text document"),
)
"""How files begin that are no tables, whatever their names end with."""

# "=cmd|'/C calc'!A0": a spreadsheet program would start another program for it.
_STARTS_PROGRAM = re.compile(r"\s*[=+\-@][^|]{0,200}\|[^!]{0,500}!")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that shows something but has no value to read; stands in place of its value."""

    reason: str
    remedy: str


Row = tuple[int, list["Cell | Unreadable"]]
"""The number that the spreadsheet program shows beside a row, and its cells."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it stands in a file. `rows` can be gone through once.

    `name` is "" for a CSV file; `encoding` is how that is encoded, "" for a workbook.
    """

    name: str
    rows: Iterator[Row]
    encoding: str = ""


@contextlib.contextmanager
def open_sheets(path: Path, encoding: str | None = None) -> Iterator[Iterator[RawSheet]]:
    """The sheets of a file, one after the other.

    Args:
        path: a workbook or a text file.
        encoding: of a text file, one of ENCODINGS; None: found out.

    Raises:
        BadInputError: where it cannot be read.
    """
    try:
        with path.open("rb") as file:
            start = file.read(8)
            size = file.seek(0, 2)
    except FileNotFoundError as error:
        raise BadInputError(f"There is no file {path}.", "Check the name and the folder.") from error
    except OSError as error:
        raise BadInputError(
            f"{path} cannot be read: {error.strerror}.", "Close it in other programs and check its permissions."
        ) from error
    if size == 0:
        raise BadInputError(f"{path.name} is empty.", "Save it again from the program that it comes from.")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInputError(
            f"{path.name} is an old .xls workbook, or one locked with a password.",
            "Save it as .xlsx, without password.",
        )
    if kind := next((kind for mark, kind in _OTHER_FILES if start.startswith(mark)), None):
        raise BadInputError(
            f"{path.name} is {kind}, whatever its name says.", "Choose a workbook (.xlsx) or a CSV file."
        )
    if start.startswith(b"PK"):
        yield _sheets_of_workbook(path)
    elif path.suffix.lower() in (".xlsx", ".xlsm"):
        raise BadInputError(f"{path.name} is not a workbook.", "Save it as .xlsx from a spreadsheet program.")
    else:
        with _opened_csv(path, size, encoding) as sheet:
            yield iter((sheet,))


# -- workbooks ---------------------------------------------------------------------------------------------------------


def _sheets_of_workbook(path: Path) -> Iterator[RawSheet]:
    surveys = survey(path)
    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            for meta in book.sheets_metadata:
                if meta.typ == python_calamine.SheetTypeEnum.WorkSheet:
                    sheet = book.get_sheet_by_name(meta.name)
                    yield RawSheet(meta.name, _rows_of_sheet(sheet, surveys.get(meta.name, SheetSurvey())))
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise BadInputError(
            f"{path.name} cannot be read as a workbook: {error}.",
            "Open it in a spreadsheet program and save it as .xlsx.",
        ) from error


def _rows_of_sheet(sheet: python_calamine.CalamineSheet, found: SheetSurvey) -> Iterator[Row]:
    offset = sheet.start[1] if sheet.start else 0
    unreadable: dict[int, dict[int, Unreadable]] = {}
    for places, why in ((found.formulas, _NO_RESULT), (found.errors, _ERROR)):
        for line, column in places:
            unreadable.setdefault(line, {})[column] = why
    for index, cells in enumerate(sheet.iter_rows()):
        row: list[Cell | Unreadable] = [None] * offset
        row.extend(None if cell == "" else cell for cell in cells)
        for column, why in unreadable.get(index, {}).items():
            row.extend([None] * (column + 1 - len(row)))
            row[column] = why
        yield index + 1, row


_NO_RESULT = Unreadable(
    "holds a formula whose result is not stored in the file", "Open the file, save it again, or paste the values"
)
_ERROR = Unreadable("shows an error such as #N/A", "Correct the formula, or type the value")


# -- CSV ---------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _opened_csv(path: Path, size: int, encoding: str | None) -> Iterator[RawSheet]:
    if size > MOST_BYTES:
        raise BadInputError(
            f"{path.name} has {size // 2**20:,} MB; at most {MOST_BYTES // 2**20} are read.", "Split it into several."
        )
    encoding = encoding or _encoding_of(path)
    with path.open(encoding=encoding, newline="") as file:
        try:
            sample = file.read(_SAMPLE)
        except UnicodeError as error:
            raise _not_encoded(path, encoding) from error
        file.seek(0)
        rows = _rows_of_csv(path, csv.reader(file, delimiter=_delimiter_of(sample), strict=True))
        yield RawSheet("", rows, encoding)


def _rows_of_csv(path: Path, reader: Iterator[list[str]]) -> Iterator[Row]:
    number = 0
    while True:
        try:
            cells = next(reader, None)
        except (csv.Error, UnicodeError) as error:
            raise BadInputError(
                f"{path.name} cannot be read after row {number}: {error}.",
                "Open it in a spreadsheet program and save it as .xlsx, or as CSV in UTF-8.",
            ) from error
        if cells is None:
            return
        number += 1
        _refuse_harm(path, number, cells)
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise BadInputError(
                f"{path.name} has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns.", "Split it into several."
            )
        yield number, [cell or None for cell in cells]


def _refuse_harm(path: Path, number: int, cells: list[str]) -> None:
    for cell in cells:
        if "\0" in cell:
            raise BadInputError(
                f"{path.name} row {number} holds a character that no text has (NUL).",
                "It may be another kind of file, or one in another encoding: save it as CSV in UTF-8.",
            )
        if cell[:1] in "=+-@" and _STARTS_PROGRAM.match(cell):
            raise BadInputError(
                f"{path.name} row {number} holds a formula that starts another program.",
                "Ask who sent it; paste the values alone into a new file.",
            )


def _not_encoded(path: Path, encoding: str) -> BadInputError:
    return BadInputError(
        f"{path.name} is not encoded in {ENCODINGS.get(encoding, encoding)}.",
        f"Choose another encoding: {', '.join(ENCODINGS.values())}.",
    )


def _encoding_of(path: Path) -> str:
    """How a text file is encoded: by its mark, as UTF-8 where all of it is, else by what its text looks like.

    Raises:
        BadInputError: where it looks like nothing known.
    """
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if _is_utf8(path) and b"\0" not in start:
        return "utf-8-sig"
    lines = start if len(start) < _SAMPLE else start[: start.rfind(b"\n") + 1] or start
    best = from_bytes(lines, cp_isolation=_GUESSED).best()
    if best is None:
        raise BadInputError(
            f"The characters of {path.name} are in no encoding known here.",
            "Save it as CSV in UTF-8, or as .xlsx.",
        )
    return best.encoding


def _is_utf8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(_SAMPLE):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _delimiter_of(sample: str) -> str:
    """The separator that the first line with any has most of, outside quotes."""
    for line in sample.splitlines():
        bare = "".join(line.split('"')[::2])
        counts = {mark: bare.count(mark) for mark in ",;\t"}
        if any(counts.values()):
            return max(counts, key=lambda mark: counts[mark])
    return ","
