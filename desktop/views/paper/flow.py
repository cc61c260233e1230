"""What is printed, flowed over pages: strips from top to bottom, none of them cut, table heads repeated.

Everything is measured in points, on paper of A4; the same strips are painted into a PDF or a picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPagedPaintDevice,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QApplication

from desktop.services.exchange.atomic import replacing
from desktop.views.bar_painting import painting
from desktop.views.theme import LIGHT, font, load_fonts

WIDTH, HEIGHT = 595.0, 842.0
MARGIN = 34.0
FOOT = 22.0  # kept free for the line at the foot of a page
INNER = WIDTH - 2 * MARGIN
PAD = 4.0
HAIR = 0.5
RESOLUTION = 1200  # dots an inch: fine enough that nothing is set to the next dot in sight

Paint = Callable[[QPainter, float], None]
"""Paints something whose top lies at a height of the page."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Something as wide as the text of a page.

    Attributes:
        height: points.
        paint: draws it.
        head: repeated above it where a page begins with it.
        keeps: it never stands last on a page, away from what follows.
    """

    height: float
    paint: Paint
    head: Strip | None = None
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class Ink:
    """How words look: points high, weight, colour, and where they stand."""

    size: int = 8
    weight: QFont.Weight = QFont.Weight.Normal
    colour: str = LIGHT.text
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs laid out in a width, one below the other."""

    height: float
    lines: tuple[tuple[QTextLayout, float, str], ...]

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        """Draw them with their upper left corner there."""
        for layout, below, ink in self.lines:
            painter.setPen(QColor(ink))
            layout.draw(painter, QPointF(left, top + below))


def set_words(width: float, *paragraphs: tuple[str, Ink]) -> Words:
    """Lay out paragraphs in a width; empty ones are left out."""
    lines, height = [], 0.0
    for text, ink in paragraphs:
        if not text:
            continue
        layout = QTextLayout(text.replace("\n", "\u2028"), _letters(ink))
        option = QTextOption(ink.align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        below = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, below))
            below += max(line.height(), ink.size * 1.3)
        layout.endLayout()
        lines.append((layout, height, ink.colour))
        height += below
    return Words(height, tuple(lines))


def _letters(ink: Ink) -> QFont:
    """The house's font without its other forms of figures and signs, which are no characters when copied from a PDF."""
    letters = font(ink.size, ink.weight)
    for feature in ("tnum", "calt"):
        letters.setFeature(QFont.Tag(feature), 0)
    return letters


@contextmanager
def application() -> Iterator[None]:
    """An application for as long as something is laid out and painted, where there is none: it needs no display."""
    made = QApplication.instance() or QApplication(["dupro-desk", "-platform", "offscreen"])
    load_fonts()
    yield
    del made


# -- pages -------------------------------------------------------------------------------------------------------------


def paginated(strips: Sequence[Strip]) -> list[list[tuple[float, Strip]]]:
    """The strips of each page with the heights of their tops."""
    pages: list[list[tuple[float, Strip]]] = [[]]
    top, bottom = MARGIN, HEIGHT - MARGIN - FOOT
    for index, strip in enumerate(strips):
        needed = strip.height
        follower = index
        while strips[follower].keeps and follower + 1 < len(strips):
            follower += 1
            needed += strips[follower].height
        if pages[-1] and top + needed > bottom:
            pages.append([])
            top = MARGIN
        if not pages[-1] and strip.head is not None and len(pages) > 1:
            pages[-1].append((top, strip.head))
            top += strip.head.height
        pages[-1].append((top, strip))
        top += strip.height
    return pages


def write_pdf(path: Path, strips: Sequence[Strip], foot: Callable[[int, int], str], title: str) -> int:
    """Write the pages as a PDF, as `as_pdf` makes it.

    Returns:
        The number of pages.

    Raises:
        BadInputError: where the file cannot be written.
    """
    content, pages = as_pdf(strips, foot, title)
    with replacing(path) as draft:
        draft.write_bytes(content)
    return pages


def as_pdf(strips: Sequence[Strip], foot: Callable[[int, int], str], title: str) -> tuple[bytes, int]:
    """The pages as a PDF, and how many they are. `foot` says what stands at the foot of page n of m."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(title)
    writer.setCreator("DUPRO Desk")
    pages = paint_pages(writer, RESOLUTION, strips, foot)
    return bytes(buffer.data().data()), pages


def paint_pages(
    device: QPagedPaintDevice, resolution: float, strips: Sequence[Strip], foot: Callable[[int, int], str]
) -> int:
    """Paint the pages on a device with so many dots an inch, a printer or a file; gives back how many they are."""
    pages = paginated(strips)
    with painting(device) as painter:
        for number, page in enumerate(pages, 1):
            if number > 1:
                device.newPage()
            painter.save()
            painter.scale(resolution / 72, resolution / 72)
            _paint_page(painter, page, foot(number, len(pages)))
            painter.restore()
    return len(pages)


def as_pictures(strips: Sequence[Strip], foot: Callable[[int, int], str], scale: float) -> list[QImage]:
    """The pages as pictures, so many pixels a point."""
    pages = paginated(strips)
    pictures = []
    for number, page in enumerate(pages, 1):
        image = QImage(QSize(round(WIDTH * scale), round(HEIGHT * scale)), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        with painting(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(scale, scale)
            _paint_page(painter, page, foot(number, len(pages)))
        pictures.append(image)
    return pictures


def _paint_page(painter: QPainter, page: Sequence[tuple[float, Strip]], foot: str) -> None:
    for top, strip in page:
        strip.paint(painter, top)
    line = set_words(INNER, (foot, Ink(7, colour=LIGHT.faint)))
    line.paint(painter, MARGIN, HEIGHT - MARGIN - line.height + 6)


# -- strips ------------------------------------------------------------------------------------------------------------


def gap(height: float) -> Strip:
    """Nothing."""
    return Strip(height, lambda _painter, _top: None)


def paragraph(text: str, ink: Ink, *, after: float = 0.0, keeps: bool = False) -> Strip:
    """Words over the whole width, with a space after them."""
    words = set_words(INNER, (text, ink))
    return Strip(words.height + after, lambda painter, top: words.paint(painter, MARGIN, top), keeps=keeps)


@dataclass(frozen=True, slots=True)
class RowStyle:
    """What a row of a table has beside its words.

    Attributes:
        least: height in points.
        fill: colour behind it.
        draw: draws more, given the boxes of the cells.
        head: as in Strip.
        keeps: as in Strip.
    """

    least: float = 0.0
    fill: str = ""
    draw: Callable[[QPainter, Sequence[QRectF]], None] | None = None
    head: Strip | None = None
    keeps: bool = False


PLAIN = RowStyle()


def row(widths: Sequence[float], cells: Sequence[Words | None], style: RowStyle = PLAIN) -> Strip:
    """A row of a ruled table, with words laid out by `cell` for the width of their column; None: left empty."""
    height = max((2 * PAD + words.height for words in cells if words is not None), default=0.0)
    height = max(height, style.least)

    def paint(painter: QPainter, top: float) -> None:
        boxes, left = [], MARGIN
        for width in widths:
            boxes.append(QRectF(left, top, width, height))
            left += width
        if style.fill:
            painter.fillRect(QRectF(MARGIN, top, sum(widths), height), QColor(style.fill))
        painter.setPen(QPen(QColor(LIGHT.line_strong), HAIR))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in boxes:
            painter.drawRect(box)
        for words, box in zip(cells, boxes, strict=True):
            if words is not None:
                words.paint(painter, box.left() + PAD, box.top() + PAD)
        if style.draw is not None:
            style.draw(painter, boxes)

    return Strip(height, paint, style.head, style.keeps)


def cell(width: float, *paragraphs: tuple[str, Ink]) -> Words:
    """Words for a cell of a table whose column has a width."""
    return set_words(width - 2 * PAD, *paragraphs)


def tick_boxes(painter: QPainter, box: QRectF, number: int) -> None:
    """Empty boxes to tick, spread over the middle of a cell."""
    side = 8.0
    painter.setPen(QPen(QColor(LIGHT.text), HAIR * 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for place in range(number):
        x = box.left() + box.width() * (place + 0.5) / number - side / 2
        painter.drawRect(QRectF(x, box.center().y() - side / 2, side, side))
