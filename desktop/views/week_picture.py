"""A plan's week as a picture: what the board shows, painted at once and without a window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPainter, QPen

from desktop.errors import StoreError
from desktop.services.board import BoardRow, BoardUnassigned, CellKind, WeekBoard
from desktop.services.words import count, spell_day
from desktop.views.bar_painting import (
    CENTRE,
    RIGHT,
    Ink,
    paint_bar,
    paint_cap,
    paint_cell,
    paint_night,
    paint_way,
    write,
)
from desktop.views.theme import LIGHT, SERVICE_NAMES, Theme, colour, load_fonts
from desktop.views.words import DASH, day, days, gap, man_days, money

SCALE = 1.5  # 1600 units are 2400 pixels
MARGIN = 16.0
FROZEN = 424.0
COLUMN = 96.0  # the least of a day
TITLE, KPIS, HEADER, GROUP, ROW, TABLE_HEAD, TABLE_ROW, LEGEND = 44.0, 50.0, 44.0, 24.0, 31.0, 28.0, 26.0, 36.0
MOST_ROWS = 400  # a picture of all 700 people is too tall for a screen, and for some viewers
MOST_UNASSIGNED = 40
STUB = 15.0
MEDIUM, DEMIBOLD = QFont.Weight.Medium, QFont.Weight.DemiBold


def paint_week(board: WeekBoard, path: Path, theme: Theme = LIGHT) -> None:
    """Write the picture of a plan's week as PNG. Needs no display.

    Beyond 400 people only those with visits are drawn, and the picture says how many are not.
    """
    application = QGuiApplication.instance() or QGuiApplication(["dupro-desk", "-platform", "offscreen"])
    load_fonts()
    picture = _Picture(board, theme)
    image = picture.painted()
    if not image.save(str(path)):
        raise StoreError(f"The picture {path} could not be written.", "Is the folder there, writable, and not full?")
    del application


@dataclass(frozen=True, slots=True)
class _Team:
    """A group of rows."""

    name: str
    rows: tuple[BoardRow, ...]


class _Picture:
    """One picture being painted, from top to bottom."""

    def __init__(self, board: WeekBoard, theme: Theme) -> None:
        self._board = board
        self._theme = theme
        shown = [row for row in board.rows if row.bars] if len(board.rows) > MOST_ROWS else list(board.rows)
        self._left_out = len(board.rows) - len(shown[:MOST_ROWS])
        self._teams = [_Team(name, tuple(rows)) for name, rows in groupby(shown[:MOST_ROWS], key=lambda row: row.team)]
        self._unassigned = board.unassigned[:MOST_UNASSIGNED]
        self._width = max(1600.0, 2 * MARGIN + FROZEN + board.days * COLUMN)
        self._column = (self._width - 2 * MARGIN - FROZEN) / board.days
        body = len(self._teams) * GROUP + sum(len(team.rows) for team in self._teams) * ROW
        table = TABLE_HEAD + max(1, len(self._unassigned) + (len(board.unassigned) > MOST_UNASSIGNED)) * TABLE_ROW
        self._board_height = HEADER + body + (TABLE_ROW if self._left_out else 0)
        self._height = MARGIN + TITLE + KPIS + self._board_height + 12 + table + LEGEND

    def painted(self) -> QImage:
        """The whole picture."""
        image = QImage(round(self._width * SCALE), round(self._height * SCALE), QImage.Format.Format_RGB32)
        image.fill(colour(self._theme.window))
        painter = QPainter(image)
        painter.scale(SCALE, SCALE)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self._paint_title(painter)
        self._paint_kpis(painter, MARGIN / 2 + TITLE)
        top = MARGIN + TITLE + KPIS
        self._paint_board(painter, top)
        bottom = self._paint_unassigned(painter, top + self._board_height + 12)
        self._paint_legend(painter, bottom)
        painter.end()
        return image

    def _x(self, slot: float) -> float:
        """Where a half-day begins."""
        return MARGIN + FROZEN + slot * self._column / 2

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
            painter.setBrush(colour(ground))
            painter.drawRoundedRect(QRectF(x, 19, width, 24), 4, 4)
            write(painter, QRectF(x, 19, width, 24), text, label)
            x += width + 8
        box = QRectF(self._width - MARGIN - 200, 8, 200, TITLE - 8)
        write(painter, box, "DUPRO Desk", Ink(theme.faint, 14, where=RIGHT))

    def _paint_kpis(self, painter: QPainter, top: float) -> None:
        board, theme = self._board, self._theme
        worked, available = sum(row.worked for row in board.rows), sum(row.available for row in board.rows)
        nights = sum(len(row.nights) for row in board.rows)
        proven = DASH if board.bound is None else gap(board.gap).removeprefix("gap ")
        proof = "no bound yet" if board.bound is None else f"at most {money(board.cost - board.bound)} to gain"
        share = f"{100 * worked / available:.0f} %" if available else DASH
        asked = f"of {count(board.assigned + len(board.unassigned), 'request')}"
        figures = (
            ("Plan cost", money(board.cost), "penalties included", theme.text),
            ("Proven gap", proven, proof, theme.text),
            ("Assigned", f"{board.assigned:,}", asked, theme.text),
            ("Unassigned", f"{len(board.unassigned):,}", "listed below", theme.bad if board.unassigned else theme.text),
            ("Late", f"{board.late:,}", "begin after they are due", theme.bad if board.late else theme.text),
            ("Load", share, f"{man_days(worked / 2)} of {man_days(available / 2)} man-days", theme.text),
            ("Nights", f"{nights:,}", "away from home", theme.text),
        )
        width = (self._width - 2 * MARGIN) / len(figures)
        self._card(painter, QRectF(MARGIN, top, self._width - 2 * MARGIN, KPIS))
        for index, (label, figure, remark, ink) in enumerate(figures):
            x = MARGIN + index * width
            if index:
                painter.setPen(QPen(colour(theme.line), 1))
                painter.drawLine(QPointF(x, top), QPointF(x, top + KPIS))
            write(painter, QRectF(x + 12, top + 6, width - 20, 14), label, Ink(theme.muted, 11))
            write(painter, QRectF(x + 12, top + 22, width - 20, 22), figure, Ink(ink, 17, DEMIBOLD))
            used = Ink(ink, 17, DEMIBOLD).width_of(figure) + 8
            write(painter, QRectF(x + 12 + used, top + 24, width - 20 - used, 20), remark, Ink(theme.muted, 11))

    def _card(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(colour(self._theme.line), 1))
        painter.setBrush(colour(self._theme.surface))
        painter.drawRect(box)

    def _paint_board(self, painter: QPainter, top: float) -> None:
        theme = self._theme
        self._card(painter, QRectF(MARGIN, top, self._width - 2 * MARGIN, self._board_height))
        self._paint_header(painter, top)
        y = top + HEADER
        for team in self._teams:
            self._paint_team(painter, team, y)
            y += GROUP
            for row in team.rows:
                self._paint_row(painter, row, y)
                y += ROW
        if self._left_out:
            text = f"{count(self._left_out, 'person', 'people')} more not drawn; the workbook has everyone."
            write(painter, QRectF(MARGIN + 12, y, 700, TABLE_ROW), text, Ink(theme.muted, 12))
        painter.setPen(QPen(colour(theme.line_strong), 1))
        painter.drawLine(QPointF(self._x(0), top), QPointF(self._x(0), top + self._board_height))

    def _paint_header(self, painter: QPainter, top: float) -> None:
        board, theme = self._board, self._theme
        painter.fillRect(QRectF(MARGIN, top, self._width - 2 * MARGIN, HEADER), colour(theme.raised))
        for left, text in ((12, "Inspector"), (150, "Load"), (222, "Home"), (312, "Skills"), (388, "Nights")):
            write(painter, QRectF(MARGIN + left, top, 100, HEADER), text, Ink(theme.muted, 11))
        for index in range(board.days):
            x, date = self._x(2 * index), board.date(index)
            names = [f"{name} {country}" for at, country, name in board.holidays if at == index]
            if names:
                painter.fillRect(QRectF(x, top, self._column, HEADER), colour(theme.cell_holiday))
            self._vertical(painter, x, top, top + HEADER)
            ink = theme.muted if date.weekday() > 4 and not names else theme.text
            box = QRectF(x + 8, top + 4, self._column - 12, 20)
            write(painter, box, day(date), Ink(ink, 14, DEMIBOLD))
            write(painter, box.translated(0, 18).adjusted(0, 0, 0, -4), " · ".join(names), Ink(theme.warn, 11))
        self._horizontal(painter, top + HEADER, theme.line_strong)

    def _paint_team(self, painter: QPainter, team: _Team, top: float) -> None:
        theme = self._theme
        painter.fillRect(QRectF(MARGIN, top, self._width - 2 * MARGIN, GROUP), colour(theme.raised))
        write(painter, QRectF(MARGIN + 12, top, 190, GROUP), team.name or "No team", Ink(theme.text, 12, DEMIBOLD))
        worked, available = sum(row.worked for row in team.rows), sum(row.available for row in team.rows)
        booked = f"{man_days(worked / 2)} of {man_days(available / 2)} md booked"
        text = f"{count(len(team.rows), 'person', 'people')} · {booked}"
        write(painter, QRectF(MARGIN + 200, top, FROZEN - 210, GROUP), text, Ink(theme.muted, 11, where=RIGHT))
        for index in range(self._board.days):
            taken = sum(_slots_taken(row, index) for row in team.rows)
            free = sum(_slots_open(row, index) for row in team.rows)
            text = f"{man_days(taken / 2)} / {man_days(free / 2)}" if free or taken else DASH
            self._vertical(painter, self._x(2 * index), top, top + GROUP)
            box = QRectF(self._x(2 * index), top, self._column - 10, GROUP)
            write(painter, box, text, Ink(theme.muted, 11, where=RIGHT))
        self._horizontal(painter, top + GROUP, theme.line)

    def _paint_row(self, painter: QPainter, row: BoardRow, top: float) -> None:
        theme = self._theme
        self._paint_person(painter, row, top)
        for slot, kind in enumerate(row.cells):
            paint_cell(painter, theme, QRectF(self._x(slot), top, self._column / 2, ROW), kind)
        for index in range(self._board.days):
            self._vertical(painter, self._x(2 * index), top, top + ROW)
        for index in row.travel_days:
            if 0 <= index < self._board.days:
                box = QRectF(self._x(2 * index) + 3, top + 9, self._column - 6, ROW - 18)
                paint_way(painter, theme, box)
                label = QRectF(box.center().x() - 24, top + 7, 48, ROW - 14)
                painter.fillRect(label, colour(theme.surface))
                write(painter, label, "travels", Ink(theme.muted, 10, where=CENTRE))
        for bar in row.bars:
            left, right = self._x(bar.first_slot) + 2, self._x(bar.last_slot + 1) - 2
            if bar.comes_from_afar:
                stub = min(STUB, (right - left) / 8)
                paint_way(painter, theme, QRectF(left, top + 5, stub - 2, ROW - 10))
                left += stub
            paint_bar(painter, theme, QRectF(left, top + 2.5, right - left, ROW - 5), bar)
        for index in row.nights:
            x = min(max(self._x(2 * index + 2), self._x(0)), self._x(2 * self._board.days) - 9)
            paint_night(painter, theme, QPointF(x, top + ROW - 9))
        self._horizontal(painter, top + ROW, theme.line)

    def _paint_person(self, painter: QPainter, row: BoardRow, top: float) -> None:
        theme = self._theme
        painter.fillRect(QRectF(MARGIN, top, FROZEN, ROW), colour(theme.surface))
        write(painter, QRectF(MARGIN + 12, top + 2, 132, 15), row.name, Ink(theme.text, 12, DEMIBOLD))
        second = " · ".join(part for part in (row.local_name, row.inspector) if part)
        write(painter, QRectF(MARGIN + 12, top + 16, 132, 13), second, Ink(theme.muted, 10))
        share = row.worked / row.available if row.available else 0.0
        write(painter, QRectF(MARGIN + 150, top + 3, 60, 14), f"{100 * share:.0f} %", Ink(theme.text, 11))
        painter.fillRect(QRectF(MARGIN + 150, top + 20, 56, 4), colour(theme.sunken))
        full = theme.bad if share > 1 else theme.muted
        painter.fillRect(QRectF(MARGIN + 150, top + 20, 56 * min(1.0, share), 4), colour(full))
        write(painter, QRectF(MARGIN + 222, top, 84, ROW), row.home, Ink(theme.text, 11))
        write(painter, QRectF(MARGIN + 312, top + 2, 74, 14), row.skills[0] if row.skills else "", Ink(theme.text, 10))
        more = ", ".join(row.skills[1:])
        write(painter, QRectF(MARGIN + 312, top + 16, 74, 13), more, Ink(theme.muted, 10))
        nights = str(len(row.nights)) if row.nights else DASH
        ink = Ink(theme.text if row.nights else theme.faint, 11, where=CENTRE)
        write(painter, QRectF(MARGIN + 388, top, 24, ROW), nights, ink)

    def _vertical(self, painter: QPainter, x: float, top: float, bottom: float) -> None:
        painter.setPen(QPen(colour(self._theme.line), 1))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    def _horizontal(self, painter: QPainter, y: float, token: str) -> None:
        painter.setPen(QPen(colour(token), 1))
        painter.drawLine(QPointF(MARGIN, y), QPointF(self._width - MARGIN, y))

    def _paint_unassigned(self, painter: QPainter, top: float) -> float:
        """The list at the foot; says where it ends."""
        board, theme = self._board, self._theme
        lines = max(1, len(self._unassigned) + (len(board.unassigned) > MOST_UNASSIGNED))
        self._card(painter, QRectF(MARGIN, top, self._width - 2 * MARGIN, TABLE_HEAD + lines * TABLE_ROW))
        painter.fillRect(QRectF(MARGIN, top, self._width - 2 * MARGIN, TABLE_HEAD), colour(theme.raised))
        columns = (12.0, 130.0, 424.0, 590.0, 630.0, 770.0)
        heads = (f"Unassigned {len(board.unassigned)}", "Factory", "Client", "md", "Window", "Reason")
        for x, head in zip(columns, heads, strict=True):
            write(painter, QRectF(MARGIN + x, top, 300, TABLE_HEAD), head, Ink(theme.muted, 11, MEDIUM))
        y = top + TABLE_HEAD
        for item in self._unassigned:
            self._paint_left_out(painter, item, columns, y)
            y += TABLE_ROW
        box = QRectF(MARGIN + 12, y, 700, TABLE_ROW)
        if not board.unassigned:
            write(painter, box, "Everything is placed.", Ink(theme.ok, 12))
        elif lines > len(self._unassigned):
            text = f"{len(board.unassigned) - MOST_UNASSIGNED} more; the workbook has them all."
            write(painter, box, text, Ink(theme.muted, 12))
        return top + TABLE_HEAD + lines * TABLE_ROW

    def _paint_left_out(self, painter: QPainter, item: BoardUnassigned, columns: Sequence[float], top: float) -> None:
        theme = self._theme
        paint_cap(painter, theme, QRectF(MARGIN + columns[0], top + 5, 16, 16), item.service)
        texts = (item.factory, item.client, man_days(item.man_days), _window(item.earliest, item.latest), item.reason)
        box = QRectF(MARGIN + columns[0] + 24, top, 90, TABLE_ROW)
        write(painter, box, item.request, Ink(theme.text, 12, DEMIBOLD))
        ends = (*columns[2:], self._width - 2 * MARGIN)
        for x, end, text in zip(columns[1:], ends, texts, strict=True):
            write(painter, QRectF(MARGIN + x, top, end - x - 10, TABLE_ROW), text, Ink(theme.text, 12))
        self._horizontal(painter, top + TABLE_ROW, theme.line)

    def _paint_legend(self, painter: QPainter, top: float) -> None:
        theme, x, middle = self._theme, MARGIN, top + LEGEND / 2
        for name, label in SERVICE_NAMES.items():
            paint_cap(painter, theme, QRectF(x, middle - 8, 16, 16), name)
            x = self._label(painter, x + 22, middle, label)
        paint_night(painter, theme, QPointF(x + 8, middle))
        x = self._label(painter, x + 22, middle, "night away")
        paint_way(painter, theme, QRectF(x, middle - 8, 14, 16))
        x = self._label(painter, x + 20, middle, "an hour or more on the way")
        kinds: Iterable[tuple[CellKind, str]] = (
            ("off", "off"),
            ("holiday", "holiday"),
            ("make-up", "make-up working day"),
            ("leave", "leave"),
        )
        for kind, label in kinds:
            box = QRectF(x, middle - 7, 20, 14)
            paint_cell(painter, theme, box, kind)
            painter.setPen(QPen(colour(theme.line_strong), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            x = self._label(painter, x + 26, middle, label)
        self._label(painter, x, middle, "dashed: proposed · solid: published · red frame: late")

    def _label(self, painter: QPainter, x: float, middle: float, text: str) -> float:
        """A word of the legend; says where the next may begin."""
        width = Ink(self._theme.muted, 11).width_of(text) + 2
        write(painter, QRectF(x, middle - 10, width, 20), text, Ink(self._theme.muted, 11))
        return x + width + 16


def _slots_open(row: BoardRow, index: int) -> int:
    """Half-days of a day that a person could work."""
    return sum(kind in ("work", "make-up") for kind in row.cells[2 * index : 2 * index + 2])


def _slots_taken(row: BoardRow, index: int) -> int:
    """Half-days of a day that a person works."""
    slots = (2 * index, 2 * index + 1)
    return sum(bar.first_slot <= slot <= bar.last_slot for bar in row.bars for slot in slots)


def _window(earliest: dt.date | None, latest: dt.date | None) -> str:
    if earliest is None and latest is None:
        return "not known"
    if earliest is None or latest is None:
        return f"from {day(earliest)}" if earliest is not None else f"until {day(latest or dt.date.max)}"
    return days(earliest, latest)
