"""A client's page on paper: what its HTML says, in the same words and order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QPainter

from desktop.errors import BadInputError
from desktop.services.client_page.document import page_document
from desktop.services.client_page.layout import Card, Column, Document, Line, Section, Table, Tile, Tone
from desktop.services.client_page.render import Picture, render_html
from desktop.services.client_page.rows import ClientPage
from desktop.services.client_page.wording import say
from desktop.services.exchange.atomic import replacing
from desktop.services.trade.protocols import Language
from desktop.views.paper.flow import (
    INNER,
    MARGIN,
    PAD,
    Ink,
    RowStyle,
    Strip,
    Words,
    application,
    as_pdf,
    as_pictures,
    cell,
    gap,
    paragraph,
    row,
)
from desktop.views.theme import LIGHT

BOLD = QFont.Weight.DemiBold
TONES: Mapping[Tone, str] = {
    "": LIGHT.text,
    "muted": LIGHT.muted,
    "ok": LIGHT.ok,
    "warn": LIGHT.warn,
    "bad": LIGHT.bad,
}
HEADING, CARD_TITLE, BODY, SMALL = 13, 9, 8, 7  # points
PDF = ".pdf"
ENDINGS = (".html", ".htm", PDF)
TILES_IN_A_ROW = 3
FACT = 130.0  # points for the label of a fact
PHOTOS_IN_A_ROW = 3
PHOTO_HEIGHT = 130.0
HIGHEST = 600.0  # points of a row: it has to fit on a page


def write_client_page(
    page: ClientPage, language: Language, path: Path, pictures: Mapping[int, Picture] | None = None
) -> None:
    """Write the page as its file's ending says: .html, .htm or .pdf. Needs no display, on any thread.

    Raises:
        BadInputError: it has another ending, or cannot be written.
    """
    ending = check_ending(path)
    if ending == PDF:
        content = client_page_pdf(page, language, pictures)[0]
    else:
        content = render_html(page, language, pictures).encode()
    with replacing(path) as draft:
        draft.write_bytes(content)


def check_ending(path: Path) -> str:
    """The ending of a file that a page may have. Raises BadInputError where it is another."""
    ending = path.suffix.casefold()
    if ending not in ENDINGS:
        raise BadInputError(
            f"A client's page is not written as {path.name}.", "Give a name that ends in .html or .pdf."
        )
    return ending


def client_page_pdf(
    page: ClientPage, language: Language, pictures: Mapping[int, Picture] | None = None
) -> tuple[bytes, int]:
    """The page as PDF, and how many sheets it has. Needs no display, and may be made on any thread."""
    with application():
        made = _Paper(page_document(page, language), pictures or {})
        return as_pdf(list(made.strips()), made.foot, made.document.title)


def client_page_pictures(
    page: ClientPage, language: Language, scale: float, pictures: Mapping[int, Picture] | None = None
) -> list[QImage]:
    """The sheets as pictures, so many pixels a point."""
    with application():
        made = _Paper(page_document(page, language), pictures or {})
        return as_pictures(list(made.strips()), made.foot, scale)


class _Paper:
    """One page being put on paper."""

    def __init__(self, document: Document, pictures: Mapping[int, Picture]) -> None:
        self.document = document
        self._pictures = pictures

    def foot(self, page: int, pages: int) -> str:
        """The line at the foot of a sheet."""
        client = self.document.client
        return say("page", self.document.language, client=client, page=page, pages=pages)

    def strips(self) -> Iterator[Strip]:
        """All of it from top to bottom."""
        yield paragraph(self.document.title, Ink(18, BOLD), after=2)
        for line in self.document.head:
            yield paragraph(line.text, Ink(9, colour=TONES[line.tone] if line.tone else LIGHT.muted), after=2)
        yield gap(8)
        yield from self._tiles()
        for section in self.document.sections:
            yield from self._section(section)
        yield gap(12)
        yield paragraph(self.document.foot, Ink(SMALL, colour=LIGHT.faint))

    def _tiles(self) -> Iterator[Strip]:
        width = INNER / TILES_IN_A_ROW
        tiles = self.document.tiles
        for start in range(0, len(tiles), TILES_IN_A_ROW):
            cells: list[Words | None] = [_tile(width, tile) for tile in tiles[start : start + TILES_IN_A_ROW]]
            cells += [None] * (TILES_IN_A_ROW - len(cells))
            yield row((width,) * TILES_IN_A_ROW, cells)

    def _section(self, section: Section) -> Iterator[Strip]:
        yield gap(14)
        yield paragraph(section.title, Ink(HEADING, BOLD), after=4, keeps=True)
        if section.table is None and not section.cards:
            yield paragraph(section.empty, Ink(BODY, colour=LIGHT.muted))
        if section.table is not None:
            yield from _table(section.table)
        for card in section.cards:
            yield from self._card(card)

    def _card(self, card: Card) -> Iterator[Strip]:
        widths = (INNER * 0.78, INNER * 0.22)
        right = Ink(BODY, BOLD, TONES[card.mark.tone], Qt.AlignmentFlag.AlignRight)
        title = _fitted(widths[0], ((card.title, Ink(CARD_TITLE, BOLD)), (card.under, Ink(SMALL, colour=LIGHT.muted))))
        yield gap(6)
        style = RowStyle(fill=LIGHT.raised, keeps=True)
        yield row(widths, (title, _fitted(widths[1], ((card.mark.text, right),))), style)
        for label, line in card.facts:
            words = cell(FACT, (label, Ink(BODY, colour=LIGHT.muted)))
            yield row((FACT, INNER - FACT), (words, _fitted(INNER - FACT, (_inked(line),))))
        for table in card.tables:
            yield from _table(table)
        yield from self._photos(card)

    def _photos(self, card: Card) -> Iterator[Strip]:
        shown = [(one.title, self._pictures[one.photo.key]) for one in card.photos if one.photo.key in self._pictures]
        for start in range(0, len(shown), PHOTOS_IN_A_ROW):
            yield gap(4)
            yield _photos(shown[start : start + PHOTOS_IN_A_ROW])
        left = len(card.photos) - len(shown)
        if left:
            text = say("photos_left_out", self.document.language, number=left)
            yield paragraph(text, Ink(SMALL, colour=LIGHT.muted))


def _tile(width: float, tile: Tile) -> Words:
    notes = ((line.text, Ink(SMALL, colour=TONES[line.tone])) for line in tile.notes)
    return _fitted(width, ((tile.label, Ink(SMALL, colour=LIGHT.muted)), (tile.value, Ink(14, BOLD)), *notes))


def _table(table: Table) -> Iterator[Strip]:
    whole = sum(column.share for column in table.columns)
    widths = [INNER * column.share / whole for column in table.columns]
    titles = (
        cell(width, (column.title, Ink(SMALL, BOLD, align=_align(column))))
        for width, column in zip(widths, table.columns, strict=True)
    )
    head = row(widths, list(titles), RowStyle(fill=LIGHT.raised, keeps=True))
    yield head
    for cells in table.rows:
        laid = [
            _fitted(width, [_inked(line, _align(column)) for line in lines])
            for width, column, lines in zip(widths, table.columns, cells, strict=True)
        ]
        yield row(widths, laid, RowStyle(head=head))


def _align(column: Column) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft


def _inked(line: Line, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> tuple[str, Ink]:
    weight = BOLD if line.is_badge else QFont.Weight.Normal
    return line.text, Ink(SMALL if line.tone == "muted" else BODY, weight, TONES[line.tone], align)


def _fitted(width: float, paragraphs: Sequence[tuple[str, Ink]]) -> Words:
    """Words for a cell; cut where they would not fit on a page, as in a script whose letters are as wide as words."""
    words = cell(width, *paragraphs)
    longest = max((len(text) for text, _ in paragraphs), default=0)
    while words.height > HIGHEST and longest > 1:
        longest //= 2
        cut = ((text if len(text) <= longest else f"{text[:longest]}\u2026", ink) for text, ink in paragraphs)
        words = cell(width, *cut)
    return words


def _photos(shown: Sequence[tuple[str, Picture]]) -> Strip:
    """Photos side by side with their captions."""
    width = INNER / PHOTOS_IN_A_ROW
    images = [QImage.fromData(picture.jpeg) for _, picture in shown]
    box = QSizeF(width - 2 * PAD, PHOTO_HEIGHT)
    sizes = [QSizeF(image.size()).scaled(box, Qt.AspectRatioMode.KeepAspectRatio) for image in images]
    captions = [_fitted(width, ((title, Ink(SMALL, colour=LIGHT.muted)),)) for title, _ in shown]
    height = max(size.height() + PAD + words.height for size, words in zip(sizes, captions, strict=True))

    def paint(painter: QPainter, top: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number, (image, size, words) in enumerate(zip(images, sizes, captions, strict=True)):
            left = MARGIN + number * width + PAD
            painter.drawImage(QRectF(left, top, size.width(), size.height()), image)
            words.paint(painter, left, top + size.height() + PAD)

    return Strip(height, paint)
