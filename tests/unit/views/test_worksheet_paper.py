"""The work sheet on paper: what it says in three languages, and that no page cuts anything."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from desktop.errors import BadInputError
from desktop.services import commands
from desktop.services.trade.protocols import LANGUAGES, ClientItem, Language, Text
from desktop.services.worksheets import WorkSheet, read_worksheet
from desktop.store.engine import Store
from desktop.views.paper.flow import FOOT, HEIGHT, MARGIN, Ink, paginated, paragraph
from desktop.views.paper.worksheet import _laid_out, worksheet_pictures, write_worksheet
from tests.helpers.company import NOW, desk_of, found_company
from tests.helpers.stores import SqliteTemplate

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> Iterator[Store]:
    """The small company; the first order is of jackets, half made at the visit of R1."""
    with sqlite_template.new_store(tmp_path_factory.mktemp("paper")) as store:
        found_company(store)
        order = {"product_group": "garment", "daily_rate": 24.0, "golden_sample": "Seal 12", "packing": "12 a carton"}
        place = {"local_name": "恒泰制衣", "address": "虎门镇连升路88号", "contact": "Nguyễn Thị Hạnh", "phone": "0901"}
        own = ClientItem("function", Text("Zip", "拉链", "Dây kéo"), "", "", "garment.closures")
        desk_of(store).handle_all(
            [
                commands.EditRecord("order", "O1", order),
                commands.EditRecord("factory", "F1", place),
                commands.StoreChecklist("C1", (own,), "garment"),
            ],
            "Prepare",
        )
        yield store


@pytest.fixture(scope="module")
def sheet(stored: Store) -> WorkSheet:
    return read_worksheet(stored, NOW, "R1")


def written(pdf: bytes) -> set[str]:
    """The characters that a PDF draws, by the tables that lead from its glyphs to Unicode."""
    tables = re.findall(rb"begincmap(.*?)endcmap", pdf, re.DOTALL)
    return {chr(int(code, 16)) for table in tables for code in re.findall(rb"<([0-9A-Fa-f]{4})>", table)}


def test_the_sheet_says_what_is_on_record(sheet: WorkSheet) -> None:
    assert (sheet.client.code, sheet.factory.local_name, sheet.language) == ("C1", "恒泰制衣", "zh")
    assert sheet.first_day == dt.date(2026, 12, 1)
    assert [who.name for who in sheet.people] == ["Inspector 1"]
    sampling = sheet.sampling
    assert sampling is not None
    assert sampling.day == sheet.first_day
    assert 281 <= sampling.lot <= 500, "the forecast, not the order"
    told = [(line.defect, line.aql, line.plan.letter, line.plan.size, line.plan.accept) for line in sampling.classes]
    assert told == [("critical", "", "H", 50, 0), ("major", "2.5", "H", 50, 3), ("minor", "4.0", "H", 50, 5)]
    notes = {item.uses: item.note for item in sheet.items if item.uses}
    assert notes == {"golden_sample": "Seal 12", "specifications": "", "packing": "12 a carton"}
    zip_item = next(item for item in sheet.items if item.replaced)
    assert (zip_item.replaced, zip_item.title.zh, zip_item.defect) == ("garment.closures", "拉链", "major")
    assert sheet.on(zip_item, "vi") == "5 cái"


def test_services_without_a_sample_say_how_much_is_looked_at(stored: Store) -> None:
    desk = desk_of(stored)
    for service, sections in (("LOADING", "loading"), ("PPI", "materials"), ("MONITORING", "materials")):
        desk.handle(commands.EditRecord("request", "R6", {"service": service, "containers": 2}))
        sheet = read_worksheet(stored, NOW, "R6")
        assert sheet.sampling is None
        assert sheet.lot_missing == ""
        assert sheet.containers == (2 if service == "LOADING" else 0)
        assert sheet.first_day is None
        assert sections in [section.key for section in sheet.sections if section.items]
    desk.handle(commands.EditRecord("request", "R6", {"service": "DUPRO"}))
    assert "no order" in read_worksheet(stored, NOW, "R6").lot_missing


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Inspection work sheet"),
        ("zh", "验货工作表封样恒泰制衣拉链"),
        ("vi", "Phiếu kiểm hàng nghiêm trọng Nguyễn"),
    ],
)
def test_a_pdf_has_its_pages_and_can_write_every_script(
    sheet: WorkSheet, language: Language, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"
    pages = write_worksheet(sheet, language, path)
    content = path.read_bytes()
    assert content.startswith(b"%PDF-")
    assert pages == len(re.findall(rb"/Type\s*/Page\b", content))
    assert 3 <= pages <= 6
    assert sorted(set(words) - {" "} - written(content)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_and_heads_are_repeated(sheet: WorkSheet, language: Language) -> None:
    long = ClientItem("Own", Text("x" * 2000), "line\n" * 400, "major")
    item = replace(sheet.items[0], title=long.title, requirement=Text(long.requirement), note="y" * 2000)
    crowded = replace(sheet, sections=(*sheet.sections, replace(sheet.sections[0], key="Own", items=(item,) * 3)))
    strips, _ = _laid_out(crowded, language)
    pages = paginated(strips)
    shown = [strip for page in pages for _, strip in page]
    repeated = [page[0][1] for page in pages[1:] if page[1][1].head is page[0][1] and page[0][1] is not page[1][1]]
    assert repeated
    assert len(shown) == len(strips) + len(repeated)
    for page in pages:
        assert all(top + strip.height <= HEIGHT - MARGIN - FOOT + 0.01 for top, strip in page)
        assert not page[-1][1].keeps, "a heading stands alone at the foot of a page"
    assert all(page[0][1].head is None for page in pages[1:]), "a table goes on without its head"


def test_a_short_paper_is_one_page() -> None:
    assert [len(page) for page in paginated([paragraph("One line", Ink())])] == [1]


def test_the_picture_of_a_page_is_of_paper_with_ink_in_its_margins(sheet: WorkSheet) -> None:
    first: QImage = worksheet_pictures(sheet, "vi", 0.5)[0]
    assert (first.width(), first.height()) == (298, 421)
    blank = QImage(first.size(), first.format())
    blank.fill("white")
    assert first != blank
    for left, top, width, height in ((0, 0, 15, 421), (0, 0, 298, 15), (284, 0, 14, 421), (0, 410, 298, 11)):
        assert first.copy(left, top, width, height) == blank.copy(0, 0, width, height), "ink in the margin"


def test_a_file_that_cannot_be_written_is_said(sheet: WorkSheet, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="cannot be written"):
        write_worksheet(sheet, "en", tmp_path / "missing" / "sheet.pdf")
