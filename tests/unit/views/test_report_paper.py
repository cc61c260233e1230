"""A report on paper and as a picture: all of it, in three languages, on numbered pages with repeated heads."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtPrintSupport import QPrinter

from desktop.errors import BadInputError
from desktop.services.reports.report import Column, Table
from desktop.services.reports.vocabulary import LANGUAGES, Language, say
from desktop.views.paper.flow import FOOT, HEIGHT, INNER, MARGIN, paginated
from desktop.views.paper.report import _Paper, print_report, report_pages, write_pdf, write_picture
from desktop.views.paper.report_table import LEAST_NAME, MOST_ROWS, TablePaper
from desktop.views.theme import DARK
from tests.helpers import reports_made as made

pytestmark = pytest.mark.usefixtures("qapp")


def people(rows: int, columns: int = 1) -> Table:
    """People with a telephone and some figures."""
    frame = pd.DataFrame({"region": [f"Inspector {row:03}" for row in range(rows)], "phone": "+86 755 0000 1111"})
    for number in range(columns):
        frame[f"work{number}"] = [1_234_567 * (row + number) for row in range(rows)]
    figures = tuple(Column(f"work{number}", "money") for number in range(columns))
    shown = (Column("region", "text", "person"), Column("phone", "text", is_private=True), *figures)
    for column in shown:
        made.teach(f"figure.{column.key}", column.key)
    return Table("people", frame, shown, total={"work0": 5})


def written(pdf: bytes) -> set[str]:
    """The characters that a PDF draws, by the tables that lead from its glyphs to Unicode."""
    tables = re.findall(rb"begincmap(.*?)endcmap", pdf, re.DOTALL)
    return {chr(int(code, 16)) for table in tables for code in re.findall(rb"<([0-9A-Fa-f]{4})>", table)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_strip_fits_and_pages_are_numbered(language: Language) -> None:
    paper = _Paper(made.made_report(), language, "Prudent Inspections", is_private_shown=False)
    pages = paginated(list(paper.strips()))
    for page in pages:
        assert all(top + strip.height <= HEIGHT - MARGIN - FOOT + 0.01 for top, strip in page)
    assert len(pages) > 4
    assert paper.foot(3, 12).endswith("3 / 12")
    assert "Prudent Inspections" in paper.foot(3, 12)


def test_a_pdf_has_its_pages_its_fonts_and_vectors(tmp_path: Path) -> None:
    report = made.made_report(made.heat(), made.cost_and_price(), made.by_province())
    pages = write_pdf(report, tmp_path / "report.pdf", "zh")
    content = (tmp_path / "report.pdf").read_bytes()
    assert content.count(b"/Type /Page\n") == pages
    assert set("本周广东省Tnhphố0123456789%$") <= written(content)
    assert b"/Subtype /Image" not in content  # charts are drawn, not copied
    assert not any(0xE000 <= ord(char) <= 0xF8FF for char in written(content))
    streams = [zlib.decompress(found) for found in re.findall(rb"stream\r?\n(x.*?)endstream", content, re.DOTALL)]
    assert max(stream.count(b" l\n") for stream in streams) > 500  # the outlines of provinces


def test_a_file_that_cannot_be_written_is_refused_in_a_sentence(tmp_path: Path) -> None:
    report = made.made_report(made.share_by_week())
    for write in (write_pdf, write_picture):
        with pytest.raises(BadInputError, match="cannot be written"):
            write(report, tmp_path / "missing" / "file", "en")


def test_private_columns_are_left_out_unless_they_are_asked_for() -> None:
    report = made.made_report(people(3))
    keys = [column.key for column in TablePaper(people(3), report, "en", is_private_shown=False).columns]
    assert keys == ["region", "work0"]
    assert len(TablePaper(people(3), report, "en", is_private_shown=True).columns) == 3
    with_phones, without = (
        len(list(_Paper(report, "en", "", is_private_shown=shown).strips())) for shown in (True, False)
    )
    assert with_phones == without + 1  # what the figure means


def test_the_head_of_a_long_table_is_repeated_and_what_is_left_out_is_said() -> None:
    report = made.made_report(people(900))
    strips = list(TablePaper(people(900), report, "en", is_private_shown=False).strips())
    head = strips[0]
    assert len(strips) == 1 + MOST_ROWS + 1 + 1  # head, rows, the sum, what is left out
    pages = paginated(strips)
    assert len(pages) > 1
    assert all(page[0][1] is head for page in pages[:-1])
    assert say("paper.rows_left", "en", number=840).startswith("840 more rows")


def test_too_many_columns_go_on_below_with_the_names_repeated() -> None:
    paper = TablePaper(people(4, columns=30), made.made_report(), "en", is_private_shown=False)
    _, blocks = paper._fitted()
    assert len(blocks) > 1
    assert max(len(block.columns) for block in blocks) - min(len(block.columns) for block in blocks) <= 3
    assert all(block.columns[0] == 0 for block in blocks)
    assert sorted({place for block in blocks for place in block.columns}) == list(range(31))
    assert all(sum(block.widths) <= INNER + 0.01 for block in blocks)
    wide, (one,) = TablePaper(people(4, columns=3), made.made_report(), "en", is_private_shown=False)._fitted()
    assert wide == 8
    assert len(one.columns) == 4


def test_names_are_not_broken_where_their_columns_go_on_below_anyway() -> None:
    table = people(3, columns=16)
    table.frame["region"] = made.LONG
    laid = TablePaper(table, made.made_report(table), "en", is_private_shown=False)
    size, blocks = laid._fitted()
    squeezed = laid._squeezed([laid._wanted(place, size) for place in range(len(laid.columns))], 1.0)
    assert len(blocks) == len(laid._blocks(squeezed)) > 1
    assert min(block.widths[0] for block in blocks) > 2 * LEAST_NAME


def test_the_pages_are_shown_before_they_are_printed() -> None:
    report = made.made_report(made.share_by_week())
    first, second, *_ = report_pages(report, "vi", 0.5)
    assert first.width() == 298
    warm = QColor("#8A4B00")
    dark = [second.pixelColor(x, y) for x in range(0, 290, 3) for y in range(0, 200, 3)]
    assert any(abs(one.red() - warm.red()) < 20 and abs(one.blue() - warm.blue()) < 20 for one in dark)  # bars


def test_what_is_printed_are_the_pages_of_the_file(tmp_path: Path) -> None:
    report = made.made_report(made.cost_and_price(), people(90))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    pages = print_report(report, "en", printer)
    assert pages == write_pdf(report, tmp_path / "report.pdf", "en")
    assert (tmp_path / "printed.pdf").read_bytes().count(b"/Type /Page\n") == pages


def test_a_picture_has_every_chart_or_the_one_that_is_asked_for(tmp_path: Path) -> None:
    report = made.made_report(made.share_by_week(), made.cost_and_price(), made.parts_by_region(), made.spread())
    write_picture(report, tmp_path / "all.png", "en", DARK)
    write_picture(report, tmp_path / "one.png", "en", table="pairs")
    whole, one = (QImage(str(tmp_path / f"{name}.png")) for name in ("all", "one"))
    assert whole.pixelColor(2, 2) == QColor(DARK.window)
    assert whole.width() > one.width()
    assert whole.height() > 1.5 * one.height()
    empty = replace(report, tables=(), headlines=())
    write_picture(empty, tmp_path / "none.png", "en")
    assert QImage(str(tmp_path / "none.png")).height() < 400
