"""How the cells of the roster's list are painted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.itemmodels.roster_table import FULL, SHOWN, RosterTableModel, token_in, token_of
from desktop.services.roster.listing import InspectorRow
from desktop.views.bar_painting import CAP, CENTRE, RIGHT, Ink, paint_alert, paint_cap, shade, write
from desktop.views.look import Look
from desktop.views.theme import Theme

ROW_HEIGHT = 26
PADDING = 8.0
CHIP_HEIGHT = 16.0
CHIP_GAP = 3.0
SIGN = 12.0  # room for the sign of an alert
MORE = 20.0  # room for "+3"
BAR_HEIGHT = 6.0
LOAD_TEXT = 40.0
PICTURED = frozenset({"name", "skills", "services", "certificates"})  # these paint what their person has
MARK = 3.0  # at the left edge of the row that is selected


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell to paint: where, whose, on what, and in which colour its model wants it read."""

    box: QRectF
    row: InspectorRow
    theme: Theme
    model: RosterTableModel
    text: str
    token: str

    @property
    def ink(self) -> str:
        """The colour of its text."""
        if self.token:
            return str(getattr(self.theme, self.token))
        return self.theme.text if self.row.active else self.theme.faint


class _Chip(NamedTuple):
    """A word on a ground of its own, with a sign before it where it is an alert."""

    text: str
    ink: Ink
    ground: str
    is_alert: bool = False

    @property
    def width(self) -> float:
        return self.ink.width_of(self.text) + 8 + (SIGN if self.is_alert else 0)


class RosterDelegate(QStyledItemDelegate):
    """Paints people: names in two scripts, skills and certificates as chips, the load as a bar."""

    def __init__(self, look: Look, model: RosterTableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are equally high."""
        return QSize(80, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A cell on its ground, with the rule under the row."""
        # the model itself is asked: a cell's way through Qt takes longer than to paint it
        row, column = self._model.person(index.row()), SHOWN[index.column()]
        theme, box = self._look.theme, QRectF(option.rect)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, shade(theme.accent_background if is_selected else theme.surface))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), shade(theme.line))
        if is_selected and column == "name":
            painter.fillRect(QRectF(box.left(), box.top(), MARK, box.height()), shade(theme.accent))
        inner = box.adjusted(PADDING, 0, -PADDING, -1)
        text = "" if column in PICTURED else self._model.text(row, column)
        cell = _Cell(inner, row, theme, self._model, text, token_in(row, column))
        PAINTERS.get(column, _paint_text)(painter, cell)


def _paint_text(painter: QPainter, cell: _Cell) -> None:
    write(painter, cell.box, cell.text, Ink(cell.ink, 12))


def _paint_number(painter: QPainter, cell: _Cell) -> None:
    write(painter, cell.box, cell.text, Ink(cell.ink, 12, QFont.Weight.Normal, RIGHT))


def _paint_name(painter: QPainter, cell: _Cell) -> None:
    row, theme = cell.row, cell.theme
    name = Ink(theme.text if row.active else theme.faint, 12, QFont.Weight.Medium)
    write(painter, cell.box, row.name, name)
    used = min(name.width_of(row.name), cell.box.width()) + 8
    write(painter, cell.box.adjusted(used, 0, 0, 0), row.local_name, Ink(theme.faint, 11))


def _paint_skills(painter: QPainter, cell: _Cell) -> None:
    x = cell.box.left()
    ink = Ink(cell.theme.muted, 10, QFont.Weight.DemiBold, CENTRE)
    for number, skill in enumerate(cell.row.skills):
        sign = cell.model.signs.get(skill.name, skill.name[:2])
        chip = _Chip(f"{sign} {skill.level}", ink, cell.theme.sunken)
        left = len(cell.row.skills) - number
        if x + chip.width > cell.box.right() - (MORE if left > 1 else 0):
            _paint_more(painter, cell, x, left)
            return
        x += _paint_chip(painter, cell, x, chip) + CHIP_GAP


def _paint_services(painter: QPainter, cell: _Cell) -> None:
    x, top = cell.box.left(), cell.box.center().y() - CAP / 2
    for service in cell.row.services:
        if x + CAP > cell.box.right():
            return
        paint_cap(painter, cell.theme, QRectF(x, top, CAP, CAP), service)
        x += CAP + CHIP_GAP


def _paint_certificates(painter: QPainter, cell: _Cell) -> None:
    x = cell.box.left()
    held = cell.row.certificates
    for number, entry in enumerate(held):
        token = token_of(entry)
        colour = str(getattr(cell.theme, token)) if token else cell.theme.muted
        ground = str(getattr(cell.theme, f"{token}_background")) if token else cell.theme.sunken
        ink = Ink(colour, 10, QFont.Weight.Medium, CENTRE)
        chip = _Chip(cell.model.credential_text(entry), ink, ground, is_alert=bool(token))
        left = len(held) - number
        room = cell.box.right() - (MORE if left > 1 else 0) - x
        if chip.width > room and number:
            _paint_more(painter, cell, x, left)
            return
        x += _paint_chip(painter, cell, x, chip, room) + CHIP_GAP


def _paint_chip(painter: QPainter, cell: _Cell, left: float, chip: _Chip, room: float = 1000.0) -> float:
    """A word on its own ground; says how wide it became."""
    width = min(chip.width, room)
    box = QRectF(left, cell.box.center().y() - CHIP_HEIGHT / 2, width, CHIP_HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(chip.ground))
    painter.drawRoundedRect(box, 3, 3)
    sign = 0.0
    if chip.is_alert:
        sign = SIGN
        middle = QPointF(left + 8, box.center().y())
        painter.save()
        painter.translate(middle)
        painter.scale(0.75, 0.75)
        painter.translate(-middle)
        paint_alert(painter, chip.ink.token, chip.ground, middle)
        painter.restore()
    write(painter, box.adjusted(3 + sign, 0, -3, 0), chip.text, chip.ink)
    return width


def _paint_more(painter: QPainter, cell: _Cell, left: float, number: int) -> None:
    """How many there was no room for."""
    write(painter, QRectF(left, cell.box.top(), 24, cell.box.height()), f"+{number}", Ink(cell.theme.faint, 10))


def _paint_load(painter: QPainter, cell: _Cell) -> None:
    load = cell.row.load
    if load is None:
        return
    number = QRectF(cell.box.left(), cell.box.top(), LOAD_TEXT, cell.box.height())
    write(painter, number, cell.text, Ink(cell.ink, 12, QFont.Weight.Normal, RIGHT))
    track = QRectF(
        number.right() + 6, cell.box.center().y() - BAR_HEIGHT / 2, cell.box.right() - number.right() - 6, BAR_HEIGHT
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(cell.theme.sunken))
    painter.drawRoundedRect(track, 1, 1)
    painter.setBrush(shade(cell.theme.bad if load > FULL else cell.theme.faint))
    painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * min(load, 1.0), track.height()), 1, 1)


def _paint_absence(painter: QPainter, cell: _Cell) -> None:
    if not cell.token:
        write(painter, cell.box, cell.text, Ink(cell.theme.muted if cell.row.active else cell.theme.faint, 11))
        return
    ink = Ink(cell.theme.warn, 10, QFont.Weight.Medium, CENTRE)
    _paint_chip(painter, cell, cell.box.left(), _Chip(cell.text, ink, cell.theme.warn_background))


PAINTERS: Mapping[str, Callable[[QPainter, _Cell], None]] = {
    "name": _paint_name,
    "skills": _paint_skills,
    "services": _paint_services,
    "certificates": _paint_certificates,
    "permits": _paint_number,
    "load": _paint_load,
    "absence": _paint_absence,
}
