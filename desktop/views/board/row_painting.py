"""Lines of the board as pictures: painted once, shown until what they show has changed."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPixmap

from desktop.services.board import BoardBar, BoardRow
from desktop.views.bar_painting import (
    CAP,
    CENTRE,
    RIGHT,
    STUB,
    Ink,
    paint_bar,
    paint_cell,
    paint_night,
    paint_way,
    painting,
    shade,
    write,
)
from desktop.views.board.capacity import Capacity, capacity_of
from desktop.views.board.columns import Column, paint_columns, width_of
from desktop.views.board.row_axis import Line, PersonLine, SkillLine, TeamLine
from desktop.views.board.time_grid import TimeGrid
from desktop.views.theme import Theme
from desktop.views.words import DASH, MINUS, man_days

DIMMED_NAME, DIMMED_BAR = 0.66, 0.52
"""The strength of what cannot serve the selected request, or does not match the search."""

SPARE_LINES = 160
"""Pictures kept beyond those on screen: what was just scrolled past comes back at once."""

DEMIBOLD = QFont.Weight.DemiBold


class Style(NamedTuple):
    """How a person's line is shown, beside what it shows.

    Attributes:
        is_dim: he is out of question for what is selected.
        is_current: the cursor stands on him.
        lit: requests whose bars keep their strength; None: all.
    """

    is_dim: bool = False
    is_current: bool = False
    lit: frozenset[str] | None = None


class Picture(NamedTuple):
    """A line painted: the frozen columns and the days."""

    line: Line
    style: Style
    frozen: QPixmap
    days: QPixmap


@dataclass(frozen=True, slots=True)
class Geometry:
    """What pictures of lines depend on beside the lines."""

    theme: Theme
    grid: TimeGrid
    columns: tuple[Column, ...]
    scale: float


class LinePictures:
    """The pictures of lines. A line that says the same as before keeps its picture."""

    def __init__(self, geometry: Geometry) -> None:
        self._geometry = geometry
        self._kept: OrderedDict[tuple[str, ...], Picture] = OrderedDict()
        self._capacities: dict[tuple[str, str], tuple[tuple[BoardRow, ...], Capacity]] = {}

    def use(self, geometry: Geometry) -> None:
        """Paint by another geometry from now on."""
        if geometry != self._geometry:
            if geometry.grid != self._geometry.grid:
                self._capacities.clear()
            self._geometry = geometry
            self._kept.clear()

    def older(self, line: Line, height: int) -> Picture | None:
        """What was last painted of a line, in whatever style: better than nothing for a moment."""
        found = self._kept.get(_key(line))
        return found if found is not None and found.days.height() == ceil(height * self._geometry.scale) else None

    def kept(self, line: Line, style: Style, height: int) -> Picture | None:
        """The picture of a line, where it has been painted already."""
        key = _key(line)
        found = self._kept.get(key)
        if found is None or found.style != style or found.days.height() != ceil(height * self._geometry.scale):
            return None
        if found.line is not line and found.line != line:
            return None
        self._kept.move_to_end(key)
        return found

    def picture(self, line: Line, style: Style, height: int) -> Picture:
        """The picture of a line."""
        found = self.kept(line, style, height)
        if found is not None:
            return found
        key = _key(line)
        made = self._kept[key] = self._paint(line, style, height)
        self._kept.move_to_end(key)
        while len(self._kept) > SPARE_LINES:
            self._kept.popitem(last=False)
        return made

    def capacity(self, line: TeamLine | SkillLine) -> Capacity:
        """What a team's people, or those of a skill, could give and give."""
        key = (line.team, line.skill if isinstance(line, SkillLine) else "")
        found = self._capacities.get(key)
        if found is None or found[0] != line.rows:
            found = self._capacities[key] = (line.rows, capacity_of(line.rows, self._geometry.grid.days))
        return found[1]

    def _paint(self, line: Line, style: Style, height: int) -> Picture:
        theme, grid, columns, scale = (getattr(self._geometry, name) for name in Geometry.__slots__)
        ground = theme.raised if isinstance(line, TeamLine) else theme.surface
        if isinstance(line, PersonLine) and style.is_current:
            frozen = _blank(width_of(columns), height, scale, theme.accent_background)
        else:
            frozen = _blank(width_of(columns), height, scale, ground)
        days = _blank(grid.width, height, scale, ground)
        with painting(frozen) as at_left, painting(days) as at_days:
            if isinstance(line, PersonLine):
                if style.is_dim:
                    at_left.setOpacity(DIMMED_NAME)
                paint_columns(at_left, theme, columns, line.row, height)
                at_left.setOpacity(1)
                _Days(at_days, theme, grid, height, style).paint(line.row)
            else:
                _Head(at_left, at_days, theme, self.capacity(line), (frozen.width() / scale, grid, height)).paint(line)
            for painter, width in ((at_left, frozen.width() / scale), (at_days, grid.width)):
                painter.fillRect(QRectF(0, height - 1, width, 1), shade(theme.line))
        return Picture(line, style, frozen, days)


def _key(line: Line) -> tuple[str, ...]:
    if isinstance(line, PersonLine):
        return ("person", line.row.inspector)
    return ("skill", line.team, line.skill) if isinstance(line, SkillLine) else ("team", line.team)


def _blank(width: int, height: int, scale: float, ground: str) -> QPixmap:
    # rounded up: at one and a half pixels to a unit lines would gape otherwise
    made = QPixmap(QSize(max(1, ceil(width * scale)), ceil(height * scale)))
    made.setDevicePixelRatio(scale)
    made.fill(shade(ground))
    return made


def bar_box(grid: TimeGrid, height: int, bar: BoardBar) -> QRectF:
    """Where a bar lies in its line, without the way before it."""
    left, right = grid.x(bar.first_slot) + 2.0, grid.x(bar.last_slot + 1) - 2.0
    if bar.comes_from_afar:
        left += min(STUB, (right - left) / 4)
    return QRectF(left, 2, right - left, height - 5)


def paint_rough(painter: QPainter, theme: Theme, grid: TimeGrid, line: Line, height: int) -> None:
    """A person's days without a word, from x 0 and y 0: what a line shows that flies past."""
    if not isinstance(line, PersonLine):
        painter.fillRect(QRect(0, 0, grid.width, height - 1), shade(theme.raised))
        return
    painter.fillRect(QRect(0, 0, grid.width, height - 1), shade(theme.surface))
    first = 0
    for kind, run in groupby(line.row.cells[: grid.slots]):
        end = first + len(list(run))
        if kind not in {"work", "make-up"}:
            token = theme.cell_holiday if kind == "holiday" else theme.cell_off
            painter.fillRect(QRect(grid.x(first), 0, grid.x(end) - grid.x(first), height - 1), shade(token))
        first = end
    for bar in line.row.bars:
        box, look = bar_box(grid, height, bar).toRect(), theme.service(bar.service)
        painter.fillRect(box, shade(look.tint))
        box.setWidth(min(round(CAP), box.width() // 2))
        painter.fillRect(box, shade(look.cap))


class _Days:
    """One person's days being painted."""

    def __init__(self, painter: QPainter, theme: Theme, grid: TimeGrid, height: int, style: Style) -> None:
        self._painter, self._theme, self._grid, self._height, self._style = painter, theme, grid, height, style

    def paint(self, row: BoardRow) -> None:
        self._cells(row)
        for day in row.travel_days:
            if 0 <= day < self._grid.days:
                self._travel(day)
        for bar in row.bars:
            self._bar(bar)
        self._painter.setOpacity(self._strength(None))
        for day in row.nights:
            x = min(max(self._grid.x(2 * day + 2), 9), self._grid.width - 9)
            paint_night(self._painter, self._theme, QPointF(x, self._height - 9.5))

    def _cells(self, row: BoardRow) -> None:
        painter, theme, grid, height = self._painter, self._theme, self._grid, self._height
        slot = 0
        cells = row.cells[: grid.slots]
        while slot < len(cells):
            end = slot
            while end < len(cells) and cells[end] == cells[slot]:
                end += 1
            if cells[slot] != "work":
                box = QRectF(grid.x(slot), 0, grid.x(end) - grid.x(slot), height)
                paint_cell(painter, theme, box, cells[slot])
                if cells[slot] == "leave":
                    _label(painter, theme, box, QCoreApplication.translate("board", "On leave"))
            slot = end
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(shade(theme.line))
        painter.drawLines([QLineF(grid.x(2 * day), 0, grid.x(2 * day), height) for day in range(1, grid.days)])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _travel(self, day: int) -> None:
        box = QRectF(self._grid.x(2 * day) + 3, 8, self._grid.day_width - 6, self._height - 17)
        self._painter.setOpacity(self._strength(None))
        paint_way(self._painter, self._theme, box)
        _label(self._painter, self._theme, box, QCoreApplication.translate("board", "travels"))

    def _bar(self, bar: BoardBar) -> None:
        box = bar_box(self._grid, self._height, bar)
        self._painter.setOpacity(self._strength(bar.request))
        if bar.comes_from_afar:
            left = self._grid.x(bar.first_slot) + 2.0
            paint_way(self._painter, self._theme, QRectF(left, 3, box.left() - left - 1, self._height - 7), car=True)
        paint_bar(self._painter, self._theme, box, bar)

    def _strength(self, request: str | None) -> float:
        lit = self._style.lit
        if lit is not None and request is not None:
            return 1.0 if request in lit else DIMMED_BAR * (0.6 if self._style.is_dim else 1.0)
        return DIMMED_BAR if self._style.is_dim else 1.0


def _label(painter: QPainter, theme: Theme, box: QRectF, text: str) -> None:
    """A word in the middle of what is hatched, where there is room for it."""
    ink = Ink(theme.muted, 10, where=CENTRE)
    width = ink.width_of(text) + 12
    if width <= box.width() and box.height() >= 14:
        centre = box.center()
        around = QRectF(centre.x() - width / 2, centre.y() - 7, width, 14)
        painter.fillRect(around, shade(theme.surface))
        write(painter, around, text, ink)


def people_in_words(number: int) -> str:
    """A number of people: "1 person", "60 people"."""
    if number == 1:
        return QCoreApplication.translate("board", "1 person")
    return QCoreApplication.translate("board", "{count} people").format(count=f"{number:,}")


class _Head:
    """The head of a team, or one of its skills, being painted."""

    def __init__(
        self,
        at_left: QPainter,
        at_days: QPainter,
        theme: Theme,
        capacity: Capacity,
        place: tuple[float, TimeGrid, int],
    ) -> None:
        self._at_left, self._at_days, self._theme, self._capacity = at_left, at_days, theme, capacity
        self._width, self._grid, self._height = place

    def paint(self, line: TeamLine | SkillLine) -> None:
        if isinstance(line, TeamLine):
            self._team(line)
        else:
            self._skill(line)
        for day in range(self._grid.days):
            self._day(day, with_track=isinstance(line, SkillLine))

    def _team(self, line: TeamLine) -> None:
        painter, theme, height = self._at_left, self._theme, self._height
        painter.setPen(QPen(shade(theme.muted), 1.5))
        x, y = 14.0, height / 2
        if line.is_open:
            painter.drawPolyline([QPointF(x - 3, y - 2), QPointF(x, y + 1.5), QPointF(x + 3, y - 2)])
        else:
            painter.drawPolyline([QPointF(x - 1.5, y - 3.5), QPointF(x + 2, y), QPointF(x - 1.5, y + 3.5)])
        name = line.team or QCoreApplication.translate("board", "No team")
        people = people_in_words(len(line.rows))
        booked = QCoreApplication.translate("board", "{taken} of {open} md booked").format(
            taken=man_days(self._capacity.all_taken / 2), open=man_days(self._capacity.all_open / 2)
        )
        text = f"{people} · {booked}" if self._width > 330 else people
        light = Ink(theme.muted, 11, where=RIGHT)
        room = self._width - 28 - min(light.width_of(text) + 10, self._width / 2) - 10
        write(painter, QRectF(26, 0, room, height), name, Ink(theme.text, 12, DEMIBOLD))
        write(painter, QRectF(self._width / 2 - 10, 0, self._width / 2, height), text, light)

    def _skill(self, line: SkillLine) -> None:
        painter, theme, height = self._at_left, self._theme, self._height
        chip = QRectF(26, 2, 14, height - 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(theme.sunken))
        painter.drawRoundedRect(chip, 3, 3)
        write(painter, chip, line.skill[:1].upper(), Ink(theme.muted, 9, DEMIBOLD, CENTRE))
        write(painter, QRectF(47, 0, 150, height - 1), line.skill.capitalize(), Ink(theme.text, 11))
        text = f"{man_days(self._capacity.all_taken / 2)} / {man_days(self._capacity.all_open / 2)}"
        write(painter, QRectF(self._width - 110, 0, 100, height - 1), text, Ink(theme.text, 11, where=RIGHT))

    def _day(self, day: int, *, with_track: bool) -> None:
        painter, theme, grid, capacity = self._at_days, self._theme, self._grid, self._capacity
        taken, free, short = capacity.taken[day], capacity.open[day], capacity.short(day)
        left, width = grid.x(2 * day), grid.day_width
        if day:
            painter.fillRect(QRectF(left, 0, 1, self._height), shade(theme.line))
        box = QRectF(left + 4, 0, width - 10, self._height - 1)
        if not free and not taken:
            write(painter, box, DASH, Ink(theme.faint, 11, where=RIGHT))
            return
        text = f"{man_days(taken / 2)} / {man_days(free / 2)}" if width >= 60 else man_days(taken / 2)
        ink = Ink(theme.bad if short else theme.muted, 11, DEMIBOLD if short else QFont.Weight.Normal, RIGHT)
        if short:
            missing = f" {MINUS}{man_days(short / 2)}" if width >= 90 else ""
            text += missing
            around = QRectF(box.right() - ink.width_of(text) - 10, 2, ink.width_of(text) + 14, self._height - 5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade(theme.bad_background))
            painter.drawRoundedRect(around, 3, 3)
        write(painter, box, text, ink)
        if with_track and width >= 90:
            track = QRectF(left + 8, self._height / 2 - 2.5, 33, 4)
            painter.fillRect(track, shade(theme.sunken))
            track.setWidth(33 * min(1.0, taken / free if free else 1.0))
            painter.fillRect(track, shade(theme.bad if short else theme.muted))
