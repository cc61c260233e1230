"""The frozen columns at the left of the board: what they show of a person and how they sort."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter

from desktop.services.board import BoardRow
from desktop.views.actions.spec import QT_TRANSLATE_NOOP
from desktop.views.bar_painting import RIGHT, Ink, shade, write
from desktop.views.theme import Theme
from desktop.views.words import DASH, money

DEMIBOLD = QFont.Weight.DemiBold
PAD = 12
ONE_LINE = 28  # rows lower than this show one line


@dataclass(frozen=True, slots=True)
class Column:
    """A frozen column.

    Attributes:
        id: stable name.
        title: English, marked for translation in the context "board".
        width: in pixels.
        key: what it sorts by.
        is_number: larger first when it is sorted for the first time, and written at the right.
    """

    id: str
    title: str
    width: int
    key: Callable[[BoardRow], Any]
    is_number: bool = False


def share(row: BoardRow) -> float:
    """What part of his half-days the plan takes; nothing available and something taken is all of it twice."""
    if not row.available:
        return 2.0 if row.worked else 0.0
    return row.worked / row.available


NAME = Column("name", QT_TRANSLATE_NOOP("board", "Inspector"), 150, lambda row: row.name.casefold())
LOAD = Column("load", QT_TRANSLATE_NOOP("board", "Load"), 60, share, is_number=True)
HOME = Column("home", QT_TRANSLATE_NOOP("board", "Home"), 72, lambda row: row.home)
SKILLS = Column("skills", QT_TRANSLATE_NOOP("board", "Skills"), 80, lambda row: row.skills)
RATE = Column("rate", QT_TRANSLATE_NOOP("board", "Rate"), 46, lambda row: row.rate, is_number=True)
LANGUAGES = Column("languages", QT_TRANSLATE_NOOP("board", "Languages"), 70, lambda row: row.languages)
RUN = Column("run", QT_TRANSLATE_NOOP("board", "Run"), 44, lambda row: row.run, is_number=True)
COST = Column("cost", QT_TRANSLATE_NOOP("board", "Cost"), 60, lambda row: row.cost, is_number=True)
NIGHTS = Column("nights", QT_TRANSLATE_NOOP("board", "Nights"), 46, lambda row: len(row.nights), is_number=True)

NARROW = (NAME, LOAD, HOME)
USUAL = (NAME, LOAD, HOME, SKILLS, RATE, NIGHTS)
WIDE = (NAME, LOAD, HOME, SKILLS, LANGUAGES, RATE, RUN, COST, NIGHTS)
NARROW_UNTIL, WIDE_FROM = 1400, 2200
"""Widths of the page at which columns go and come."""


def columns_for(width: int) -> tuple[Column, ...]:
    """The columns that a page of this width has room for."""
    if width < NARROW_UNTIL:
        return NARROW
    return WIDE if width >= WIDE_FROM else USUAL


def width_of(columns: tuple[Column, ...]) -> int:
    """All of them together, with the margin at the left."""
    return PAD + sum(column.width for column in columns)


def column_at(columns: tuple[Column, ...], x: float) -> Column | None:
    """The column under x."""
    left = float(PAD)
    for column in columns:
        if x < left + column.width:
            return column
        left += column.width
    return None


def paint_columns(painter: QPainter, theme: Theme, columns: tuple[Column, ...], row: BoardRow, height: int) -> None:
    """One person's cells, from x 0 and y 0."""
    left = float(PAD)
    for column in columns:
        box = QRectF(left, 0, column.width - 8, height)
        _PAINTERS[column.id](painter, theme, box, row)
        left += column.width


def _halves(box: QRectF) -> tuple[QRectF, QRectF]:
    """Two lines of text in a box."""
    middle = box.center().y()
    return QRectF(box.left(), middle - 14, box.width(), 15), QRectF(box.left(), middle, box.width(), 13)


def _name(painter: QPainter, theme: Theme, box: QRectF, row: BoardRow) -> None:
    second = " · ".join(part for part in (row.local_name, row.inspector) if part)
    bold = Ink(theme.text, 12, DEMIBOLD)
    if box.height() < ONE_LINE:
        write(painter, box, row.name, bold)
        used = bold.width_of(row.name) + 6
        write(painter, box.adjusted(used, 0, 0, 0), row.local_name or row.inspector, Ink(theme.muted, 10))
        return
    upper, lower = _halves(box)
    write(painter, upper, row.name, bold)
    write(painter, lower, second, Ink(theme.muted, 10))


def _load(painter: QPainter, theme: Theme, box: QRectF, row: BoardRow) -> None:
    part = share(row)
    ink = theme.bad if part > 1 else theme.text
    text = f"{100 * part:.0f} %" if row.available else DASH
    if box.height() < ONE_LINE:
        write(painter, box, text, Ink(ink, 11))
        return
    upper, lower = _halves(box)
    write(painter, upper, text, Ink(ink, 11))
    track = QRectF(box.left(), lower.top() + 5, 48, 4)
    painter.fillRect(track, shade(theme.sunken))
    track.setWidth(48 * min(1.0, part))
    painter.fillRect(track, shade(theme.bad if part > 1 else theme.faint))


def _home(painter: QPainter, theme: Theme, box: QRectF, row: BoardRow) -> None:
    write(painter, box, row.home, Ink(theme.text, 11))


def _skills(painter: QPainter, theme: Theme, box: QRectF, row: BoardRow) -> None:
    if box.height() < ONE_LINE or len(row.skills) < 2:
        write(painter, box, ", ".join(row.skills), Ink(theme.text, 10))
        return
    upper, lower = _halves(box)
    write(painter, upper, row.skills[0], Ink(theme.text, 10))
    write(painter, lower, ", ".join(row.skills[1:]), Ink(theme.muted, 10))


def _rate(painter: QPainter, theme: Theme, box: QRectF, row: BoardRow) -> None:
    token = theme.text if row.rate else theme.faint
    write(painter, box, money(row.rate) if row.rate else DASH, Ink(token, 11, where=RIGHT))


def _languages(painter: QPainter, theme: Theme, box: QRectF, row: BoardRow) -> None:
    write(painter, box, " ".join(row.languages), Ink(theme.muted, 11))


def _run(painter: QPainter, theme: Theme, box: QRectF, row: BoardRow) -> None:
    write(painter, box, str(row.run) if row.run else DASH, Ink(theme.text if row.run else theme.faint, 11, where=RIGHT))


def _cost(painter: QPainter, theme: Theme, box: QRectF, row: BoardRow) -> None:
    write(
        painter,
        box,
        money(row.cost) if row.cost else DASH,
        Ink(theme.text if row.cost else theme.faint, 11, where=RIGHT),
    )


def _nights(painter: QPainter, theme: Theme, box: QRectF, row: BoardRow) -> None:
    number = len(row.nights)
    write(painter, box, str(number) if number else DASH, Ink(theme.text if number else theme.faint, 11, where=RIGHT))


_PAINTERS: dict[str, Callable[[QPainter, Theme, QRectF, BoardRow], None]] = {
    "name": _name,
    "load": _load,
    "home": _home,
    "skills": _skills,
    "languages": _languages,
    "rate": _rate,
    "run": _run,
    "cost": _cost,
    "nights": _nights,
}
