"""A plan's week as a picture: the board as the window shows it, with everybody on it, painted without a display."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication

from desktop.errors import StoreError
from desktop.itemmodels.tray_table import COLUMNS, TrayTableModel, tray_entries
from desktop.services.board import CellKind, WeekBoard
from desktop.services.words import count, spell_day
from desktop.views.bar_painting import (
    CENTRE,
    LEFT,
    RIGHT,
    Ink,
    paint_cap,
    paint_cell,
    paint_lock,
    paint_night,
    paint_way,
    painting,
    shade,
    write,
)
from desktop.views.board.columns import USUAL, width_of
from desktop.views.board.header import FOOT_HEIGHT
from desktop.views.board.header import HEIGHT as HEADER
from desktop.views.board.kpi_strip import HEIGHT as KPIS
from desktop.views.board.kpi_strip import figures_of, paint_figures
from desktop.views.board.surface import BoardSurface
from desktop.views.board.time_grid import LEAST_DAY
from desktop.views.board.tray import ROW_HEIGHT, TrayCell, paint_entry
from desktop.views.theme import LIGHT, SERVICE_NAMES, Theme, load_fonts
from desktop.views.words import DASH, day

SCALE = 1.5  # 1600 units are 2400 pixels
MARGIN = 16
FROZEN = width_of(USUAL)
TITLE, TABLE_HEAD, LEGEND, GAP = 44, 28, 36, 12
LEAST_WIDTH = 1600
MOST_ROWS = 400  # a picture of all 700 people is too tall for a screen, and for some viewers
MOST_UNASSIGNED = 40
WIDTHS = {"request": 106, "factory": 290, "client": 200, "md": 50, "window": 170}
MEDIUM, DEMIBOLD = QFont.Weight.Medium, QFont.Weight.DemiBold


def paint_week(board: WeekBoard, path: Path, theme: Theme = LIGHT) -> None:
    """Write the picture of a plan's week as PNG. Needs no display; not to be called beside the window's thread.

    Beyond 400 people only those with visits are drawn, and the picture says how many are not.
    """
    application = QApplication.instance() or QApplication(["dupro-desk", "-platform", "offscreen"])
    load_fonts()
    image = _Picture(board, theme).painted()
    if not image.save(str(path)):
        raise StoreError(f"The picture {path} could not be written.", "Is the folder there, writable, and not full?")
    del application


class _Picture:
    """One picture being put together, from top to bottom."""

    def __init__(self, board: WeekBoard, theme: Theme) -> None:
        shown = tuple(row for row in board.rows if row.bars) if len(board.rows) > MOST_ROWS else board.rows
        self._left_out = len(board.rows) - len(shown[:MOST_ROWS])
        self._board, self._theme = board, theme
        self._drawn = replace(board, rows=shown[:MOST_ROWS])
        self._width = max(LEAST_WIDTH, 2 * MARGIN + FROZEN + board.days * LEAST_DAY)

    def painted(self) -> QImage:
        """The whole picture."""
        surface = self._surface()
        left_out = min(len(self._board.unassigned), MOST_UNASSIGNED)
        lines = max(1, left_out + (len(self._board.unassigned) > MOST_UNASSIGNED))
        table = TABLE_HEAD + lines * ROW_HEIGHT
        note = ROW_HEIGHT if self._left_out else 0
        top = MARGIN + TITLE + KPIS
        height = top + surface.height() + note + GAP + table + LEGEND
        image = QImage(round(self._width * SCALE), round(height * SCALE), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(SCALE)
        image.fill(shade(self._theme.window))
        with painting(image) as painter:
            self._paint_title(painter)
            self._paint_figures(painter, MARGIN / 2 + TITLE)
            self._card(painter, QRectF(MARGIN, top, self._width - 2 * MARGIN, surface.height() + note))
            if note:
                text = f"{count(self._left_out, 'person', 'people')} more not drawn; the workbook has everyone."
                box = QRectF(MARGIN + 12, top + surface.height(), 700, note)
                write(painter, box, text, Ink(self._theme.muted, 12))
            bottom = self._paint_unassigned(painter, top + surface.height() + note + GAP, lines)
            self._paint_legend(painter, bottom)
        surface.render(image, QPoint(MARGIN, top))
        surface.deleteLater()
        QApplication.sendPostedEvents(surface, QEvent.Type.DeferredDelete.value)
        return image

    def _surface(self) -> BoardSurface:
        """The board, high enough for everybody."""
        surface = BoardSurface(self._theme, self._drawn)
        surface.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        surface.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        surface.use_scale(SCALE)
        surface.resize(self._width - 2 * MARGIN, HEADER + surface.axis.height + FOOT_HEIGHT)
        return surface

    def _paint_title(self, painter: QPainter) -> None:
        board, theme = self._board, self._theme
        last = board.date(board.days - 1)
        headline = Ink(theme.text, 20, DEMIBOLD)
        title = f"{day(board.first_day)} {DASH} {spell_day(last)}"
        write(painter, QRectF(MARGIN, 8, 700, TITLE - 8), title, headline)
        x = MARGIN + headline.width_of(title) + 14
        chips = [(f"Week {board.first_day.isocalendar().week}", theme.sunken, theme.muted)]
        status = (theme.ok_background, theme.ok) if board.status == "published" else (theme.sunken, theme.muted)
        chips.append((f"{board.plan} {board.status}", *status))
        if board.badge:
            chips.append((board.badge, theme.warn_background, theme.warn))
        for text, ground, ink in chips:
            label = Ink(ink, 12, MEDIUM, CENTRE)
            width = label.width_of(text) + 18
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade(ground))
            painter.drawRoundedRect(QRectF(x, 19, width, 24), 4, 4)
            write(painter, QRectF(x, 19, width, 24), text, label)
            x += width + 8
        box = QRectF(self._width - MARGIN - 200, 8, 200, TITLE - 8)
        write(painter, box, "DUPRO Desk", Ink(theme.faint, 14, where=RIGHT))

    def _paint_figures(self, painter: QPainter, top: float) -> None:
        width = self._width - 2 * MARGIN
        self._card(painter, QRectF(MARGIN, top, width, KPIS))
        painter.save()
        painter.translate(MARGIN, top)
        paint_figures(painter, self._theme, figures_of(self._board), width)
        painter.restore()

    def _card(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(shade(self._theme.line), 1))
        painter.setBrush(shade(self._theme.surface))
        painter.drawRect(box)

    def _paint_unassigned(self, painter: QPainter, top: float, lines: int) -> float:
        """The list at the foot; says where it ends."""
        board, theme = self._board, self._theme
        width = self._width - 2 * MARGIN
        self._card(painter, QRectF(MARGIN, top, width, TABLE_HEAD + lines * ROW_HEIGHT))
        painter.fillRect(QRectF(MARGIN, top, width, TABLE_HEAD), shade(theme.raised))
        entries, words = tray_entries(board, "unassigned"), TrayTableModel()
        self._paint_heads(painter, QRectF(MARGIN, top, width, TABLE_HEAD), words)
        for row, entry in enumerate(entries[:MOST_UNASSIGNED]):
            y = top + TABLE_HEAD + row * ROW_HEIGHT
            for column, x, end in self._columns():
                cell = TrayCell(entry, column, words.text(entry, column), "")
                paint_entry(painter, theme, QRectF(x, y, end - x, ROW_HEIGHT), cell)
            painter.fillRect(QRectF(MARGIN, y + ROW_HEIGHT - 1, width, 1), shade(theme.line))
        bottom = top + TABLE_HEAD + lines * ROW_HEIGHT
        last = QRectF(MARGIN + 12, bottom - ROW_HEIGHT, 700, ROW_HEIGHT)
        if not entries:
            write(painter, last, "Everything is placed.", Ink(theme.ok, 12))
        elif len(entries) > MOST_UNASSIGNED:
            text = f"{len(entries) - MOST_UNASSIGNED} more; the workbook has them all."
            write(painter, last, text, Ink(theme.muted, 12))
        return bottom

    def _columns(self) -> Iterator[tuple[str, float, float]]:
        """The columns of the list with their left and right edges, but for those that mean nothing on paper."""
        x = float(MARGIN)
        for column in COLUMNS:
            if column not in ("left", "places", "cheapest"):
                end = x + WIDTHS[column] if column in WIDTHS else self._width - MARGIN
                yield column, x, end
                x = end

    def _paint_heads(self, painter: QPainter, line: QRectF, words: TrayTableModel) -> None:
        painter.fillRect(line, shade(self._theme.raised))
        for column, x, end in self._columns():
            title = f"Unassigned {len(self._board.unassigned)}" if column == "request" else words.title(column)
            box = QRectF(x + 8, line.top(), end - x - 16, line.height())
            where = RIGHT if column == "md" else LEFT
            write(painter, box, title, Ink(self._theme.muted, 11, MEDIUM, where))

    def _paint_legend(self, painter: QPainter, top: float) -> None:
        theme, x, middle = self._theme, float(MARGIN), top + LEGEND / 2
        for name, label in SERVICE_NAMES.items():
            paint_cap(painter, theme, QRectF(x, middle - 8, 16, 16), name)
            x = self._label(painter, x + 22, middle, label)
        paint_night(painter, theme, QPointF(x + 8, middle))
        x = self._label(painter, x + 22, middle, "night away")
        paint_lock(painter, theme, QPointF(x, middle - 5))
        x = self._label(painter, x + 13, middle, "pinned")
        paint_way(painter, theme, QRectF(x, middle - 8, 14, 16), car=True)
        x = self._label(painter, x + 20, middle, "an hour or more on the way")
        kinds: tuple[tuple[CellKind, str], ...] = (
            ("off", "off"),
            ("holiday", "holiday"),
            ("make-up", "make-up working day"),
            ("leave", "leave"),
        )
        for kind, label in kinds:
            box = QRectF(x, middle - 7, 20, 14)
            paint_cell(painter, theme, box, kind)
            painter.setPen(QPen(shade(theme.line_strong), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            x = self._label(painter, x + 26, middle, label)
        self._label(painter, x, middle, "dashed: proposed · solid: published · red frame: late")

    def _label(self, painter: QPainter, x: float, middle: float, text: str) -> float:
        """A word of the legend; says where the next may begin."""
        width = Ink(self._theme.muted, 11).width_of(text) + 2
        write(painter, QRectF(x, middle - 10, width, 20), text, Ink(self._theme.muted, 11))
        return x + width + 16
