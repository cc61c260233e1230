"""A client's page on paper: all of it fits, in three languages, and photos are drawn anew before they leave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter

from desktop.errors import BadInputError
from desktop.services.client_page.document import page_document
from desktop.services.client_page.reading import read_client_page
from desktop.services.client_page.render import Picture
from desktop.services.client_page.rows import ClientPage
from desktop.services.trade.protocols import LANGUAGES
from desktop.store.engine import Store
from desktop.views.paper.client_page import _Paper, client_page_pdf, client_page_pictures, write_client_page
from desktop.views.paper.flow import FOOT, HEIGHT, MARGIN, paginated
from desktop.views.paper.pictures import SIDE, redraw, redrawn
from tests.helpers.client_firm import FIRST, LAST, NOW, found_firm, mark
from tests.helpers.stores import SqliteTemplate

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> Iterator[Store]:
    with sqlite_template.new_store(tmp_path_factory.mktemp("paper")) as store:
        found_firm(store, 3, clients=1)
        yield store


@pytest.fixture
def page(hostile: Store) -> ClientPage:
    return read_client_page(hostile, NOW, f"{mark(1)}C", FIRST, LAST)


def photo(width: int, height: int, form: str = "PNG") -> bytes:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(200, 30, 30, 0 if form == "PNG" else 255))
    image.setText("Description", "taken at the home of somebody")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(form.encode())).write(image)
    return bytes(buffer.data().data())


def test_every_row_fits_on_a_sheet_whatever_the_words(page: ClientPage) -> None:
    picture = Picture(photo(40, 30, "JPEG"), 40, 30)
    pictures = {one.key: picture for one in page.photos}
    for language in LANGUAGES:
        strips = list(_Paper(page_document(page, language), pictures).strips())
        for sheet in paginated(strips):
            assert all(top + strip.height <= HEIGHT - MARGIN - FOOT for top, strip in sheet)
    first = client_page_pictures(page, "en", 0.5, pictures)[0]
    assert any(first.pixelColor(x, 25) != QColor("white") for x in range(17, 200))  # the title


def test_what_is_copied_out_of_a_pdf_is_what_was_written(page: ClientPage) -> None:
    content, sheets = client_page_pdf(page, "en")
    assert sheets > 1
    maps = b"".join(re.findall(rb"begincmap(.*?)endcmap", content, re.DOTALL))
    targets = {int(code, 16) for codes in re.findall(rb"\[([^]]+)]", maps) for code in re.findall(rb"<(\w+)>", codes)}
    assert set(b"0123456789:,.") <= targets
    assert not any(0xE000 <= code <= 0xF8FF for code in targets)  # glyphs without a character of their own


def test_a_file_is_written_by_its_ending(page: ClientPage, tmp_path: Path) -> None:
    write_client_page(page, "zh", tmp_path / "a.PDF")
    write_client_page(page, "zh", tmp_path / "a.htm")
    assert (tmp_path / "a.PDF").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "a.htm").read_text(encoding="utf-8").startswith('<!DOCTYPE html>\n<html lang="zh-Hans">')
    with pytest.raises(BadInputError, match=r"a\.doc"):
        write_client_page(page, "zh", tmp_path / "a.doc")


def test_photos_are_small_and_hold_nothing_but_the_picture() -> None:
    drawn = redraw(photo(3000, 1000))
    assert drawn is not None
    assert (drawn.width, drawn.height) == (SIDE, SIDE // 3)
    assert drawn.jpeg.startswith(b"\xff\xd8\xff")
    assert b"somebody" not in drawn.jpeg
    assert QImage.fromData(drawn.jpeg).pixelColor(5, 5) == QColor("white")  # what was seen through is paper
    assert redrawn([(1, b"GIF89a"), (2, b""), (3, photo(8, 8))]).keys() == {3}
