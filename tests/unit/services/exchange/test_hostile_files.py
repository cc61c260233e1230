"""Files made to harm: refused with a sentence, quickly, before anything is built in memory."""

from __future__ import annotations

import random
import struct
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest

from desktop.errors import BadInputError
from desktop.services.exchange import xlsx_guard
from desktop.services.exchange.reading import ReadFile, read_file
from tests.unit.services.exchange import hostile
from tests.unit.services.exchange.hostile import GOOD_ROW, HEADER, sheet, text_cell, write_parts

SHEET = "xl/worksheets/sheet1.xml"
XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def read_hostile(folder: Path, parts: dict[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> ReadFile:
    path = folder / "hostile.xlsx"
    write_parts(path, parts, packing)
    return read_file(path)


def refusal(folder: Path, parts: dict[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> BadInputError:
    with pytest.raises(BadInputError) as caught:
        read_hostile(folder, parts, packing)
    assert caught.value.hint
    return caught.value


def test_the_plain_workbook_of_these_tests_is_read(tmp_path: Path) -> None:
    rows = read_hostile(tmp_path, {}).sheets[0].rows
    assert [row.values for row in rows] == [{"code": "C1", "name": "Client"}]


@pytest.mark.parametrize("bomb", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/media/image1.png"])
def test_a_zip_bomb_is_refused_by_its_ratio(tmp_path: Path, bomb: str) -> None:
    filler = b"<worksheet>" + b" " * (20 * 2**20) + b"</worksheet>"
    tracemalloc.start()
    try:
        assert "200 times its size" in refusal(tmp_path, {bomb: filler}).text
        start = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        with pytest.raises(BadInputError):
            read_file(tmp_path / "hostile.xlsx")
        assert tracemalloc.get_traced_memory()[1] - start < 2**20
    finally:
        tracemalloc.stop()


def test_a_workbook_too_large_in_all_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_guard, "MOST_BYTES", 100_000)
    noise = random.Random(1).randbytes(60_000)
    parts: dict[str, str | bytes] = {f"xl/media/image{n}.png": noise for n in range(2)}
    assert "when unpacked" in refusal(tmp_path, parts).text


def test_a_part_that_understates_its_size_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lying.xlsx"
    write_parts(path, {"xl/media/image1.png": random.Random(1).randbytes(300_000)})
    data = bytearray(path.read_bytes())
    name = b"xl/media/image1.png"
    at = data.rindex(name) - 46
    assert data[at : at + 4] == b"PK\1\2"
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(data)
    monkeypatch.setattr(xlsx_guard, "MOST_BYTES", 200_000)
    with pytest.raises(BadInputError, match="when unpacked"):
        read_file(path)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    assert "2,0" in refusal(tmp_path, {f"xl/p{n}.xml": "<a/>" for n in range(2001)}).text


@pytest.mark.parametrize("prologue", [XXE, LAUGHS, "<!DOCTYPE worksheet>"])
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_declarations_and_entities_are_refused(tmp_path: Path, prologue: str, part: str) -> None:
    body = sheet(f"<row r='1'>{text_cell('A1', '&e;')}</row>") if part == SHEET else hostile.WORKBOOK
    assert "document type declaration" in refusal(tmp_path, {part: prologue + body}).text


def test_an_undeclared_entity_is_refused(tmp_path: Path) -> None:
    assert "is not XML" in refusal(tmp_path, {SHEET: sheet(f"<row r='1'>{text_cell('A1', '&e;')}</row>")}).text


@pytest.mark.parametrize(
    "far",
    [
        text_cell("XFD1048576", "far"),
        text_cell("A1048576", "far"),
        text_cell("XFD2", "far"),
        text_cell("&#88;FD1048576", "far"),
        "<x:c xmlns:x='urn:x' r='XFD1048576'><x:v>1</x:v></x:c>",
    ],
)
def test_a_cell_far_out_is_refused_before_the_block_is_built(tmp_path: Path, far: str) -> None:
    error = refusal(tmp_path, {SHEET: sheet(f"{HEADER}<row r='2'>{far}</row>")})
    assert "with cells filled down to row" in error.text


@pytest.mark.parametrize("encoding", ["cp037", "no-such-encoding", "utf-16"])
def test_a_part_cannot_hide_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    far = sheet(f"<row r='1'>{text_cell('XFD1048576', 'far')}</row>", f'<?xml version="1.0" encoding="{encoding}"?>')
    content = far.encode() if encoding.startswith("no") else far.encode(encoding)
    assert refusal(tmp_path, {SHEET: content}).text


def test_styled_but_empty_cells_far_out_do_not_matter(tmp_path: Path) -> None:
    found = read_hostile(tmp_path, {SHEET: sheet(f"{HEADER}{GOOD_ROW}<row r='3'><c r='XFD3' s='0'/></row>")})
    assert len(found.sheets[0].rows) == 1


def test_rows_without_numbers_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_guard, "MOST_ROWS", 50)
    rows = "".join("<row><c><v>1</v></c></row>" for _ in range(60))
    assert "down to row" in refusal(tmp_path, {SHEET: sheet(rows)}).text


def test_a_sheet_kept_in_another_kind_of_part_is_refused(tmp_path: Path) -> None:
    far = sheet(f"<row r='1'>{text_cell('A1', 'x')}</row><row r='9'>{text_cell('XFD1048576', 'x')}</row>")
    parts: dict[str, str | bytes] = {
        "xl/_rels/workbook.xml.rels": hostile.workbook_rels("media/sheet.png"),
        "xl/media/sheet.png": far,
    }
    assert "keeps a sheet in media/sheet.png" in refusal(tmp_path, parts).text


def test_an_old_or_locked_workbook_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(BadInputError, match=r"old \.xls workbook"):
        read_file(path)


def test_unusual_packing_is_refused(tmp_path: Path) -> None:
    assert "do not use" in refusal(tmp_path, {}, zipfile.ZIP_LZMA).text


@pytest.mark.parametrize("content", [b"PK\3\4rubbish", b"PK\5\6" + bytes(18), b"PK" + bytes(100)])
def test_rubbish_that_begins_like_a_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rubbish.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadInputError):
        read_file(path)


def test_damaged_workbooks_are_read_or_refused_but_never_crash(tmp_path: Path) -> None:
    path = tmp_path / "damaged.xlsx"
    write_parts(path, packing=zipfile.ZIP_DEFLATED)
    whole = path.read_bytes()
    drawn = random.Random(7)
    outcomes = {"read": 0, "refused": 0}
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(drawn.randint(1, 4)):
            data[drawn.randrange(len(data))] = drawn.randrange(256)
        path.write_bytes(data[: drawn.choice((len(data), len(data), drawn.randrange(len(data))))])
        try:
            read_file(path)
            outcomes["read"] += 1
        except BadInputError:
            outcomes["refused"] += 1
    assert outcomes["refused"] > 100


def test_a_formula_without_a_stored_result_is_a_fault_and_not_a_blank(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Clients"
    page.append(["Code", "Name", "Contact"])
    page.append(["C1", "=A2", "=1/0"])
    book.save(tmp_path / "formulas.xlsx")
    row = read_file(tmp_path / "formulas.xlsx").sheets[0].rows[0]
    assert [(fault.column, fault.reason) for fault in row.faults] == [
        ("Name", "holds a formula whose result is not stored in the file"),
        ("Contact", "holds a formula whose result is not stored in the file"),
    ]


def test_a_formula_is_read_by_its_stored_result_and_an_error_is_a_fault(tmp_path: Path) -> None:
    cells = "<c r='A2' t='str'><f>X1</f><v>C1</v></c><c r='B2' t='e'><f>1/0</f><v>#DIV/0!</v></c>"
    row = read_hostile(tmp_path, {SHEET: sheet(f"{HEADER}<row r='2'>{cells}</row>")}).sheets[0].rows[0]
    assert row.values == {"code": "C1"}
    assert [(fault.column, fault.reason) for fault in row.faults] == [("Name", "shows an error such as #N/A")]


def test_the_parsers_that_tests_use_refuse_entities_too() -> None:
    assert openpyxl.DEFUSEDXML
