"""What is made sure of a workbook before it is parsed: that parsing it is cheap, and which cells have no value stored.

The parser builds every sheet in memory as one block from its first to its last filled cell. So the parts are first
inflated and read as a stream, which costs no memory however they lie about themselves.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from desktop.errors import BadInputError

MOST_BYTES = 200 * 2**20
MOST_PARTS = 2000
# Honest sheets shrink to a tenth or twentieth; repeated rows to a sixtieth.
MOST_RATIO = 200
RATIO_COUNTS_FROM = 2**20
MOST_ROWS = 100_000
MOST_COLUMNS = 500
MOST_CELLS = 5_000_000

# Honest parts nest less than twenty deep; the parser calls itself once a level.
MOST_LEVELS = 100

_CHUNK = 2**16
_LONGEST_FORMULA = 8192
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, ValueError, OSError)
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_REF = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")

_FORBIDDEN_PARTS = (
    (re.compile(r"(^|/)\.\.(/|$)|\\|^/|^[a-z]:"), "holds a part that would be written outside of it"),
    (re.compile(r"vbaproject|/macrosheets/|/activex/"), "holds macros"),
    (re.compile(r"/externallinks/"), "takes values from other files"),
    (
        re.compile(r"/embeddings/|\.(zip|7z|rar|gz|xlsx|xlsm|docx|exe|dll|js|vbs|bat)$"),
        "has other files packed into it",
    ),
)
"""Names of parts that no plain table has, folded, with what they do."""

# Formulas that start programs or fetch from elsewhere when the workbook is opened and counted anew.
_REACHING_OUT = re.compile(r"\b(?:WEBSERVICE|FILTERXML|RTD|CALL|REGISTER(?:\.ID)?|EXEC)\s{0,9}\(", re.IGNORECASE)


@dataclass(slots=True)
class SheetSurvey:
    """What a sheet's part holds: where its filled cells begin and end, and those without a stored value.

    Rows and columns count from 0. `formulas` are cells with a formula whose result is not stored, `errors` those that
    show one, such as #N/A.
    """

    last_row: int = -1
    last_column: int = -1
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)


def survey(path: Path) -> dict[str, SheetSurvey]:
    """Look through a workbook; the surveys of its sheets by sheet name.

    Raises:
        BadInputError: where it is no workbook, or one that no spreadsheet program made.
    """
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            return _Survey(path, file).of(archive)
    except _DAMAGE as error:
        raise BadInputError(
            f"{path.name} is damaged or no workbook: {error}.", "Open it in a spreadsheet program and save it as .xlsx."
        ) from error
    except expat.ExpatError as error:
        raise BadInputError(
            f"{path.name} holds a part that is not XML: {error}.",
            "Open it in a spreadsheet program and save it as .xlsx.",
        ) from error


class _Survey:
    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._path = path
        self._file = file
        self._left = MOST_BYTES
        self._sheets: dict[str, SheetSurvey] = {}
        self._names: list[tuple[str, str]] = []
        self._targets: dict[str, str] = {}

    def of(self, archive: zipfile.ZipFile) -> dict[str, SheetSurvey]:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            raise self._refused(f"has {len(parts):,} parts", f"a workbook may have {MOST_PARTS:,}")
        if sum(part.file_size for part in parts) > MOST_BYTES:
            raise self._too_large()
        for part in parts:
            # the archive's own name: the other is cleaned already
            name = part.orig_filename.lower()
            for pattern, what in _FORBIDDEN_PARTS:
                if pattern.search(name):
                    raise self._refused(f"{what} ({part.orig_filename[:80]!r})", "paste its values into a new workbook")
            if part.file_size > max(RATIO_COUNTS_FROM, MOST_RATIO * part.compress_size):
                raise self._too_large()
            if part.flag_bits & 1:
                raise self._refused("is locked with a password", "save it without one")
        for part in parts:
            chunks = self._inflated(part)
            if part.filename.lower().endswith((".xml", ".rels")):
                self._read_xml(part.filename, chunks)
            else:
                for _ in chunks:
                    pass
        return self._by_sheet_name()

    def _inflated(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """The bytes of a part, as many as there are: what the archive says of their number is not relied on."""
        self._file.seek(part.header_offset)
        magic, name_length, extra_length = _LOCAL_HEADER.unpack(self._file.read(_LOCAL_HEADER.size))
        if magic != b"PK\3\4":
            raise zipfile.BadZipFile("a part is not where the list of parts says")
        self._file.seek(name_length + extra_length, 1)
        stored = self._stored(part.compress_size)
        if part.compress_type == zipfile.ZIP_STORED:
            yield from stored
        elif part.compress_type == zipfile.ZIP_DEFLATED:
            yield from self._deflated(stored)
        else:
            raise zipfile.BadZipFile("a part is packed in a way that workbooks do not use")

    def _stored(self, size: int) -> Iterator[bytes]:
        while size > 0:
            chunk = self._file.read(min(_CHUNK, size))
            if not chunk:
                raise zipfile.BadZipFile("it ends too early")
            size -= len(chunk)
            yield self._counted(chunk)

    def _deflated(self, stored: Iterator[bytes]) -> Iterator[bytes]:
        inflator = zlib.decompressobj(-zlib.MAX_WBITS)
        for packed in stored:
            yield self._counted(inflator.decompress(packed, _CHUNK))
            while inflator.unconsumed_tail:
                yield self._counted(inflator.decompress(inflator.unconsumed_tail, _CHUNK))
        if not inflator.eof:
            raise zipfile.BadZipFile("a part ends too early")

    def _counted(self, chunk: bytes) -> bytes:
        self._left -= len(chunk)
        if self._left < 0:
            raise self._too_large()
        return chunk

    def _read_xml(self, name: str, chunks: Iterator[bytes]) -> None:
        # whatever a part says of its encoding: spreadsheet programs write no other, and the parser reads no other
        parser = expat.ParserCreate("UTF-8")
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        sheet = _Sheet(parser, self._refuse_formula)

        def start(tag: str, attributes: dict[str, str]) -> None:
            sheet.start(tag, attributes)
            if sheet.level > MOST_LEVELS:
                raise self._refused(f"nests more than {MOST_LEVELS} levels deep", "save it as .xlsx again")
            match tag.rpartition(":")[2]:
                case "sheet":
                    identifier = next((attributes[key] for key in attributes if key.rpartition(":")[2] == "id"), "")
                    self._names.append((attributes.get("name", ""), identifier))
                case "Relationship" if name.lower() == "xl/_rels/workbook.xml.rels":
                    self._note_target(attributes)

        parser.StartElementHandler = start
        parser.EndElementHandler = sheet.end
        for chunk in chunks:
            parser.Parse(chunk, False)
            self._check_extent(sheet.found)
        parser.Parse(b"", True)
        self._check_extent(sheet.found)
        self._sheets[name.lower()] = sheet.found

    def _note_target(self, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") != "External" and not target.lower().endswith(".xml"):
            raise self._refused(f"keeps a sheet in {target}", "save it as .xlsx in a spreadsheet program")
        self._targets[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").lower()

    def _check_extent(self, found: SheetSurvey) -> None:
        rows, columns = found.last_row + 1, found.last_column + 1
        if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
            raise self._refused(
                f"has a sheet with cells filled down to row {rows:,} and out to column {columns:,}",
                f"at most {MOST_ROWS:,} rows, {MOST_COLUMNS} columns and {MOST_CELLS:,} cells are read: delete what "
                "stands far out, or split the file",
            )

    def _by_sheet_name(self) -> dict[str, SheetSurvey]:
        return {
            name: self._sheets.get(self._targets.get(identifier, ""), SheetSurvey()) for name, identifier in self._names
        }

    def _refuse_doctype(self, *_: object) -> None:
        raise self._refused("holds a document type declaration, which no workbook has", "save it as .xlsx again")

    def _refuse_formula(self, formula: str) -> None:
        if "!" in formula.partition("|")[2] or _REACHING_OUT.search(formula):
            raise self._refused(
                f"holds a formula that starts a program or fetches from elsewhere ({formula[:60]!r})",
                "paste its values into a new workbook",
            )

    def _too_large(self) -> BadInputError:
        return self._refused(
            f"grows to more than {MOST_BYTES // 2**20} MB when unpacked, or more than {MOST_RATIO} times its size",
            "split it into smaller files",
        )

    def _refused(self, what: str, remedy: str) -> BadInputError:
        return BadInputError(f"{self._path.name} is not read: it {what}.", f"{remedy[0].upper()}{remedy[1:]}.")


class _Sheet:
    """Follows the cells of one part."""

    def __init__(self, parser: expat.XMLParserType, check: Callable[[str], None]) -> None:
        self.found = SheetSurvey()
        self.level = 0
        self._parser = parser
        self._check = check
        self._formula = ""
        self._row = -1
        self._column = -1
        self._has_formula = False
        self._has_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.level += 1
        match tag.rpartition(":")[2]:
            case "c":
                self._place(attributes.get("r"))
                self._has_formula = self._has_value = False
                if attributes.get("t") == "e":
                    self.found.errors.add((self._row, self._column))
            case "v" | "is":
                self._fill()
                if self._has_formula:
                    self._parser.CharacterDataHandler = self._value
            case "f":
                self._has_formula = True
                self._formula = ""
                self._parser.CharacterDataHandler = self._note_formula
            case "row":
                number = attributes.get("r", "")
                self._row = int(number) - 1 if number.isdigit() and len(number) < 9 else self._row + 1
                self._column = -1

    def end(self, tag: str) -> None:
        self.level -= 1
        name = tag.rpartition(":")[2]
        if name == "c" and self._has_formula and not self._has_value:
            self.found.formulas.add((self._row, self._column))
        elif name in ("v", "is"):
            self._parser.CharacterDataHandler = None
        elif name == "f":
            self._parser.CharacterDataHandler = None
            self._check(self._formula)

    def _note_formula(self, text: str) -> None:
        if len(self._formula) < _LONGEST_FORMULA:
            self._formula += text

    def _value(self, text: str) -> None:
        self._has_value = self._has_value or bool(text.strip())

    def _place(self, ref: str | None) -> None:
        found = _REF.fullmatch(ref or "")
        if found is None:
            self._column += 1
            return
        column = 0
        for letter in found[1]:
            column = 26 * column + ord(letter) - 64
        self._row, self._column = int(found[2]) - 1, column - 1

    def _fill(self) -> None:
        self.found.last_row = max(self.found.last_row, self._row)
        self.found.last_column = max(self.found.last_column, self._column)
