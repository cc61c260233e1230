"""CSV files of every program and country, and workbooks as they really look."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from desktop.errors import BadInputError
from desktop.services.exchange.reading import ReadFile, read_file
from desktop.services.exchange.sheets import sheet_named

CHINESE = (
    "客户编号,客户,联系人\r\nC1,深圳示例进口有限公司,王小明\r\nC2,东莞样品贸易行,李华\r\nC3,广州虚构服装厂,陈静\r\n"
)
VIETNAMESE = "Mã KH,Tên,Liên hệ\r\nC1,Công ty Ví Dụ,Nguyễn Thị Hạnh\r\n"
NAMES = ["深圳示例进口有限公司", "东莞样品贸易行", "广州虚构服装厂"]


def read_bytes(folder: Path, content: bytes, kind: str | None = "Clients") -> ReadFile:
    path = folder / "clients.csv"
    path.write_bytes(content)
    return read_file(path, sheet_named(kind) if kind else None)


def values(found: ReadFile) -> list[dict[str, object]]:
    return [row.values for row in found.sheets[0].rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "gb18030", "gbk"])
def test_chinese_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b"\xff\xfe" if encoding == "utf-16-le" else b""
    found = read_bytes(tmp_path, mark + CHINESE.encode(encoding))
    assert [row["name"] for row in values(found)] == NAMES
    assert found.warnings == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_vietnamese(tmp_path: Path, encoding: str) -> None:
    assert values(read_bytes(tmp_path, VIETNAMESE.encode(encoding))) == [
        {"code": "C1", "name": "Công ty Ví Dụ", "contact": "Nguyễn Thị Hạnh"}
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_delimiter(tmp_path: Path, delimiter: str) -> None:
    text = f'"Code"{delimiter}"Name, as known"{delimiter}Name\nC1{delimiter}x{delimiter}"Harrow, Petit; Example"\n'
    assert values(read_bytes(tmp_path, text.encode())) == [{"code": "C1", "name": "Harrow, Petit; Example"}]


def test_cells_of_several_lines_keep_rows_counted(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, b'Code,Name,Contact\n"C1","Harrow","a\nb"\n\nC2,Petit,\n')
    assert [(row.number, row.values["code"]) for row in found.sheets[0].rows] == [(2, "C1"), (4, "C2")]


def test_the_kind_of_a_csv_file_follows_from_its_columns(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, b"Inspector,From,To,Kind\nI1,2026-12-01,2026-12-02,leave\n", kind=None)
    assert found.sheets[0].sheet.kind == "absence"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b'Code,Name\nC1,"open', "cannot be read after row"),
        (b"Code,Name\n" + b"C1," + b"x" * 200_000, "cannot be read after row"),
        (b"Code,Name\n" + b",".join([b"x"] * 501), "more than"),
        (b"Foo,Bar\n1,2\n", "whose name or columns are those"),
        (b"Name,Contact,Country\nx,y,CN\n", "has no column Code"),
        (b"\x81\x8d\xff\x00\x9d\x01" * 40, "clients.csv"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(BadInputError) as caught:
        read_bytes(tmp_path, content)
    assert said in caught.value.text
    assert caught.value.hint


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"There is no file .*nowhere\.csv"):
        read_file(tmp_path / "nowhere.csv")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="cannot be read"):
        read_file(tmp_path)


def test_text_named_like_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_text("Code,Name\n")
    with pytest.raises(BadInputError, match="is not a workbook"):
        read_file(path)


def test_a_workbook_as_people_keep_it(tmp_path: Path) -> None:
    """A title above, an empty column to the left, dates and numbers as such, notes and unknown sheets beside."""
    path = tmp_path / "real.xlsx"
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    page = book.add_worksheet("booking list")
    page.write(0, 1, "Bookings of week 49")
    page.write_row(
        2, 1, ["BOOKING", "client", "Factory", " service ", "product_skill", "Man-days", "From", "To", "Mood"]
    )
    page.write_row(3, 1, ["R1", "C1", "F1", "Final", "garment", 2])
    page.write_datetime(3, 7, dt.datetime(2026, 12, 1), day)  # noqa: DTZ001 -- a workbook keeps no zone
    page.write_datetime(3, 8, dt.datetime(2026, 12, 4), day)  # noqa: DTZ001 -- as above
    page.write(3, 9, "happy")
    page.write(3, 12, "call back")
    page.write(4, 1, "# end of the list")
    book.add_worksheet("Prices").write(0, 0, "private")
    book.add_worksheet("Empty")
    book.close()
    found = read_file(path)
    assert [sheet.sheet.kind for sheet in found.sheets] == ["request"]
    row = found.sheets[0].rows[0]
    assert (row.number, row.faults) == (4, [])
    assert {field: row.values[field] for field in ("code", "service", "earliest", "latest")} == {
        "code": "R1",
        "service": "PSI",
        "earliest": dt.date(2026, 12, 1),
        "latest": dt.date(2026, 12, 4),
    }
    assert len(found.sheets[0].rows) == 1
    assert [warning for warning in found.warnings if "Mood" in warning and "is not read" in warning]
    assert [warning for warning in found.warnings if "without a header, first in row 4" in warning]
    assert [warning for warning in found.warnings if warning.startswith("The sheet Prices is not read")]
    assert len(found.warnings) == 3


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("PRICE", "price_cents"),
        ("price (usd)", "price_cents"),
        ("Giá", "price_cents"),
        ("gia", "price_cents"),
        ("Latest *", "latest"),
        ("late_cost", "late_cost_cents"),
        ("最晚", "latest"),
        ("Đến ngày", "latest"),
        ("Booked-At", "requested_at"),
    ],
)
def test_headers_are_matched_forgivingly(tmp_path: Path, header: str, field: str) -> None:
    path = tmp_path / "b.csv"
    path.write_text(f"Code,Client,{header}\nR1,C1,\n", encoding="utf-8")
    assert field in read_file(path, sheet_named("Bookings")).sheets[0].header.fields


def test_an_unknown_column_is_named_with_a_guess(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text("Code,Client,Servise,Service,Service\nR1,C1,,PSI,PSI\n")
    warnings = read_file(path, sheet_named("Bookings")).warnings
    assert '"Servise" of b.csv is not read' in warnings[0]
    assert "maybe Service" in warnings[0]
    assert "a second column for Service" in warnings[1]
