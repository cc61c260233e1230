"""A candidate's card, painted: three lines, and open the weeks of the people concerned and the parts of the price."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from desktop.services.words import DAYS
from desktop.views.bar_painting import (
    CENTRE,
    RIGHT,
    Ink,
    paint_alert,
    paint_cap,
    paint_cell,
    paint_cross,
    paint_tick,
    shade,
    write,
)
from desktop.views.theme import Theme
from desktop.views.urgent.cards import CandidateCard, CardMove, CardVerdict, WeekBar, Weeks
from desktop.views.urgent.neighbourhood import colour_of

CLOSED = 76.0
GAP = 8.0
EDGE = 12.0  # from the viewport's sides
PAD = 14.0
DAY_LINE, LANE, LANE_GAP, PAIR_GAP = 22.0, 20.0, 3.0, 8.0
PARTS = 34.0
NAMES = 96.0
CAP = 15.0
LEAST_NAME = 26.0  # of a factory, beside its code
BOLD, MEDIUM = QFont.Weight.DemiBold, QFont.Weight.Medium


class Columns(NamedTuple):
    """Where things stand in a card of some width."""

    name: float
    name_width: float
    when: float
    hours: float
    price: float
    moves: float

    @staticmethod
    def of(width: float) -> Columns:
        """For a card so wide."""
        name = 56.0
        name_width = max(150.0, min(320.0, 0.262 * width))
        when = name + name_width + 8
        hours = when + max(142.0, min(220.0, 0.212 * width))
        price = hours + 66
        return Columns(name, name_width, when, hours, price, price + 12)


def height_of(weeks: Weeks | None, *, is_open: bool) -> float:
    """How high a card is; an open one has its rows as soon as they are known."""
    if not is_open:
        return CLOSED
    rows = 0 if weeks is None else len(weeks.rows)
    return CLOSED + (DAY_LINE + rows * (2 * LANE + LANE_GAP + PAIR_GAP) if rows else 0) + PARTS


class Shown(NamedTuple):
    """A card as it is at the moment.

    Attributes:
        weeks: of an open one; None: they are being drawn.
        beside: how it stands to the one that it is compared with, or "".
    """

    card: CandidateCard
    weeks: Weeks | None
    is_open: bool
    is_chosen: bool
    is_lit: bool
    beside: str


class Canvas(NamedTuple):
    """What is painted on: a card's box."""

    painter: QPainter
    theme: Theme
    box: QRectF


def paint_card(on: Canvas, shown: Shown) -> None:
    """A card in its box."""
    painter, theme, box = on
    frame = theme.accent if shown.is_chosen else theme.line_strong if shown.is_lit or shown.is_open else theme.line
    painter.setPen(QPen(shade(frame), 2.0 if shown.is_chosen else 1.0))
    painter.setBrush(shade(theme.surface))
    inner = box.adjusted(1, 1, -1, -1) if shown.is_chosen else box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(inner, 6, 6)
    columns = Columns.of(box.width())
    _paint_rank(on, shown)
    _paint_head(on, shown.card, columns)
    _paint_moves(on, shown.card.moves, columns)
    _paint_verdicts(on, shown.card.verdicts, columns)
    if shown.is_open:
        painter.fillRect(QRectF(box.left() + PAD, box.top() + CLOSED - 3, box.width() - 2 * PAD, 1), shade(theme.line))
        if shown.weeks is not None and shown.weeks.rows:
            _paint_weeks(on, shown.weeks)
        _paint_parts(on, shown.card, shown.beside)


def _paint_rank(on: Canvas, shown: Shown) -> None:
    """The rank, and the colour that the candidate has on the map."""
    painter, theme, box = on
    ink = Ink(theme.accent if shown.is_chosen else theme.muted, 15, BOLD, CENTRE)
    write(painter, QRectF(box.left() + 6, box.top() + 8, 26, 20), str(shown.card.rank), ink)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(colour_of(theme, shown.card.rank)))
    painter.drawEllipse(QPointF(box.left() + 43, box.top() + 18), 5, 5)


def _paint_head(on: Canvas, card: CandidateCard, columns: Columns) -> None:
    """Who, when, how soon, for how much: the first two lines."""
    painter, theme, box = on
    left, top = box.left(), box.top() + 8
    name, under = Ink(theme.text, 13, BOLD), Ink(theme.muted, 11)
    write(painter, QRectF(left + columns.name, top, columns.name_width, 20), card.name, name)
    write(painter, QRectF(left + columns.name, top + 19, columns.name_width, 16), card.under, under)
    room = columns.hours - columns.when - 46
    late = theme.warn if card.is_late else theme.text
    write(painter, QRectF(left + columns.when, top, room, 20), card.when, Ink(theme.text, 12, BOLD))
    hours = QRectF(left + columns.hours - 60, top, 60, 20)
    write(painter, hours, card.hours, Ink(late, 12, BOLD, RIGHT))
    said = QCoreApplication.translate("Urgent", "to on site")
    write(painter, hours.translated(0, 19).adjusted(0, 0, 0, -4), said, Ink(theme.muted, 11, where=RIGHT))
    room = columns.hours - columns.when - under.width_of(said) - 6
    write(painter, QRectF(left + columns.when, top + 19, room, 16), card.way, under)
    price = QRectF(left + columns.hours + 6, top, columns.price - columns.hours - 6, 22)
    write(painter, price, card.price, Ink(theme.text, 15, BOLD, RIGHT))


def _paint_moves(on: Canvas, moves: tuple[CardMove, ...], columns: Columns) -> None:
    painter, theme, box = on
    left, right, top = box.left() + columns.moves, box.right() - PAD, box.top() + 9
    if not moves:
        said = QCoreApplication.translate("Urgent", "Nothing moves")
        write(painter, QRectF(left, top, right - left, 18), said, Ink(theme.muted, 11, where=RIGHT))
        return
    for number, move in enumerate(moves[:2]):
        _paint_move(painter, theme, QRectF(left, top + 20 * number, right - left, 18), move)


def _paint_move(painter: QPainter, theme: Theme, room: QRectF, move: CardMove) -> None:
    """A chip: arrows, the code, whereto; in the colour of a warning where somebody has to be called."""
    code = Ink(theme.warn if move.announced else theme.text, 11, BOLD)
    said = Ink(theme.warn if move.announced else theme.muted, 11)
    head = f"{theme.service(move.service).letter} {move.request}"
    wanted = 37 + code.width_of(head) + 6 + said.width_of(move.text)
    width = min(wanted, room.width())
    chip = QRectF(room.right() - width, room.top(), width, room.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(theme.warn_background if move.announced else theme.sunken))
    painter.drawRoundedRect(chip, 4, 4)
    _paint_arrows(painter, code.token, QPointF(chip.left() + 12, chip.center().y()))
    text = chip.adjusted(22, 0, -6, 0)
    write(painter, text, head, code)
    write(painter, text.adjusted(code.width_of(head) + 6, 0, 0, 0), move.text, said)


def _paint_arrows(painter: QPainter, token: str, at: QPointF) -> None:
    painter.setPen(QPen(shade(token), 1.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    x, y = at.x(), at.y()
    painter.drawLines([
        QLineF(x - 5, y - 2.5, x + 5, y - 2.5), QLineF(x + 5, y - 2.5, x + 2.6, y - 4.9),
        QLineF(x - 5, y + 2.5, x + 5, y + 2.5), QLineF(x - 5, y + 2.5, x - 2.6, y + 4.9),
    ])  # fmt: skip


def _paint_verdicts(on: Canvas, verdicts: tuple[CardVerdict, ...], columns: Columns) -> None:
    """What is checked, in a line; where that is too long, what is kept gives way to what is not."""
    painter, theme, box = on
    left, room = box.left() + columns.name, box.width() - columns.name - PAD
    shown = list(verdicts)
    inks = {"ok": Ink(theme.text, 11), "warn": Ink(theme.warn, 11, MEDIUM), "bad": Ink(theme.bad, 11, MEDIUM)}

    def width(of: CardVerdict) -> float:
        return inks[of.state].width_of(of.text) + 17

    while len(shown) > 1 and sum(width(entry) + 14 for entry in shown) - 14 > room:
        kept = [n for n, entry in enumerate(shown) if entry.state == "ok"]
        del shown[kept[-1] if kept else -1]
    x, y = left, box.top() + 48
    signs = {"ok": (paint_tick, theme.ok), "bad": (paint_cross, theme.bad)}
    for verdict in shown:
        at = QPointF(x + 6, y + 8)
        if verdict.state == "warn":
            paint_alert(painter, theme.warn, theme.on_cap, at)
        else:
            paint, token = signs[verdict.state]
            paint(painter, token, at)
        wide = min(width(verdict) - 15, box.right() - PAD - x - 15)
        write(painter, QRectF(x + 16, y, wide, 16), verdict.text, inks[verdict.state])
        x += width(verdict) + 14


class Days(NamedTuple):
    """Where the days of an open card are."""

    left: float
    width: float
    days: int

    def x(self, slot: float) -> float:
        """Where a half-day begins."""
        return self.left + self.width * slot / (2 * self.days)


def _paint_weeks(on: Canvas, weeks: Weeks) -> None:
    painter, theme, box = on
    left = box.left() + PAD + NAMES
    days = Days(left, box.right() - PAD - left, weeks.days)
    top = box.top() + CLOSED
    for day in range(weeks.days):
        date = weeks.first_day + dt.timedelta(days=day)
        cell = QRectF(days.x(2 * day) + 4, top, days.width / weeks.days - 6, DAY_LINE)
        write(painter, cell, f"{DAYS[date.weekday()]} {date.day}", Ink(theme.muted, 11, MEDIUM))
    top += DAY_LINE
    words = (
        QCoreApplication.translate("Urgent", "{name} before"),
        QCoreApplication.translate("Urgent", "{name} after"),
    )
    for row in weeks.rows:
        for word, bars in zip(words, (row.before, row.after), strict=True):
            said = QRectF(box.left() + PAD, top, NAMES - 6, LANE)
            write(painter, said, word.format(name=row.name), Ink(theme.text, 11))
            lane = QRectF(days.left, top, days.width, LANE)
            painter.fillRect(lane, shade(theme.surface))
            for slot, kind in enumerate(row.cells[: 2 * weeks.days]):
                paint_cell(painter, theme, QRectF(days.x(slot), top, days.x(1) - days.x(0), LANE), kind)
            _paint_grid(painter, theme, lane, days)
            for bar in bars:
                _paint_bar(painter, theme, lane, days, bar)
            top += LANE + (LANE_GAP if bars is row.before else PAIR_GAP)


def _paint_grid(painter: QPainter, theme: Theme, lane: QRectF, days: Days) -> None:
    line = shade(theme.line)
    for day in range(days.days + 1):
        x = min(round(days.x(2 * day)), round(lane.right()) - 1)
        painter.fillRect(QRectF(x, lane.top(), 1, lane.height()), line)
    for y in (lane.top(), lane.bottom() - 1):
        painter.fillRect(QRectF(lane.left(), y, lane.width(), 1), line)


def _paint_bar(painter: QPainter, theme: Theme, lane: QRectF, days: Days, bar: WeekBar) -> None:
    first, last = max(0, bar.first_slot), min(2 * days.days, bar.last_slot + 1)
    if last <= first:
        return
    look = theme.service(bar.service)
    left, right = days.x(first) + 2, days.x(last) - 2
    box = QRectF(left, lane.top() + 1.5, max(CAP, right - left), lane.height() - 3)
    pen = QPen(shade(theme.accent if bar.is_new else look.edge), 2.0 if bar.is_new else 1.0)
    painter.setPen(pen)
    painter.setBrush(shade(look.tint))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    cap = QRectF(box.left() + 1, box.top() + 1, CAP - 1, box.height() - 2)
    paint_cap(painter, theme, cap, bar.service)
    text = box.adjusted(CAP + 4, 0, -3, 0)
    ink = Ink(theme.text, 11, MEDIUM if bar.is_new else QFont.Weight.Normal)
    short = bar.request.lstrip("R").lstrip("0") or bar.request
    code = next((said for said in (bar.request, short) if ink.width_of(said) <= text.width()), "")
    write(painter, text, code, ink)  # half a code would be another code
    rest = text.adjusted(ink.width_of(code) + 5, 0, 0, 0)
    if code and rest.width() > LEAST_NAME:
        write(painter, rest, bar.factory, Ink(theme.text, 10))


def _paint_parts(on: Canvas, card: CandidateCard, beside: str) -> None:
    painter, theme, box = on
    y, x, right = box.bottom() - PARTS + 6, box.left() + PAD, box.right() - PAD
    name, amount = Ink(theme.muted, 11), Ink(theme.text, 11, BOLD)
    total = Ink(theme.text, 12, BOLD, RIGHT)
    write(painter, QRectF(right - 240, y, 240, 18), card.total, total)
    if beside:
        ink = Ink(theme.accent, 11, MEDIUM, RIGHT)
        room = right - 16 - total.width_of(card.total)
        width = min(ink.width_of(beside) + 2, 0.7 * (room - x))
        write(painter, QRectF(room - width, y, width, 18), beside, ink)
        right = room - width
    else:
        right -= total.width_of(card.total) + 8
    for said, cents in card.parts:
        wide = name.width_of(said) + 5 + amount.width_of(cents)
        if x + wide > right:
            break
        write(painter, QRectF(x, y, name.width_of(said) + 2, 18), said, name)
        write(painter, QRectF(x + name.width_of(said) + 5, y, amount.width_of(cents) + 2, 18), cents, amount)
        x += wide + 14
