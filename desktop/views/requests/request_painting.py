"""The signs of a request in a row: cap and code, the time left with its bar, how far the goods are, chips."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap, QStaticText, QTransform

from desktop.itemmodels import request_words as words
from desktop.services.requests.rows import RequestRow, Status
from desktop.views.bar_painting import LEFT, RIGHT, Ink
from desktop.views.look import Look
from desktop.views.theme import Theme, colour, font

CAP = 16.0
GAP = 6.0
BAR = 88.0
BAR_HEIGHT = 6.0
COUNTDOWN_BAR = 40.0
FULL_HOURS = 72.0  # the countdown's bar is full from so many hours on
BAD_HOURS, WARN_HOURS = 24.0, 48.0
ICON = 14
DEMIBOLD, BOLD = QFont.Weight.DemiBold, QFont.Weight.Bold

STATUS_TOKENS: dict[Status, str] = {"new": "accent", "unassigned": "bad", "published": "ok"}
"""Colours of a status that is to be seen; the others are plain text."""


@lru_cache(maxsize=64)
def _font(pixels: int, weight: QFont.Weight) -> QFont:
    return font(pixels, weight)


@lru_cache(maxsize=256)
def ink_colour(token: str) -> QColor:
    """A colour of the theme."""
    return colour(token)


@lru_cache(maxsize=4096)
def text_width(text: str, pixels: int = 12, weight: QFont.Weight = QFont.Weight.Normal) -> float:
    """How wide a text is."""
    return QFontMetricsF(_font(pixels, weight)).horizontalAdvance(text)


class Laid(NamedTuple):
    """A line of text laid out once, with its size."""

    text: QStaticText
    width: float
    height: float


@lru_cache(maxsize=20000)
def _laid(text: str, room: int, pixels: int, weight: QFont.Weight) -> Laid:
    """A line shortened to the room there is. Laying out is what costs in a table, and the same texts come again."""
    of = _font(pixels, weight)
    shown = QFontMetricsF(of).elidedText(text, Qt.TextElideMode.ElideRight, room)
    made = QStaticText(shown)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(QTransform(), of)
    return Laid(made, made.size().width(), made.size().height())


def write(painter: QPainter, box: QRectF, text: str, ink: Ink) -> None:
    """Write one line into a box, shortened with an ellipsis where it is too long."""
    room = box.width()
    laid = _laid(text, int(room) if room > 0 else 0, ink.pixels, ink.weight)
    painter.setFont(_font(ink.pixels, ink.weight))
    painter.setPen(ink_colour(ink.token))
    x = box.left() if ink.where is not RIGHT else box.right() - laid.width
    painter.drawStaticText(QPointF(x, box.top() + (box.height() - laid.height) / 2), laid.text)


class RequestPainter:
    """Paints the cells of one row in a theme."""

    def __init__(self, look: Look) -> None:
        self._look = look
        # an icon of the set is painted as text: as a picture it is drawn ten times as fast
        self._icons: dict[tuple[str, str, str, float], QPixmap] = {}

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return self._look.theme

    def code(self, painter: QPainter, box: QRectF, row: RequestRow) -> None:
        """The cap of the service, the code, a lock where something is pinned."""
        middle = box.center().y()
        look, cap = self.theme.service(row.service), QRectF(box.left(), middle - CAP / 2, CAP, CAP)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink_colour(look.cap))
        painter.drawRoundedRect(cap, 3, 3)
        letter = cap.adjusted((CAP - text_width(look.letter, 10, BOLD)) / 2, 0, 0, 0)
        write(painter, letter, look.letter, Ink(self.theme.on_cap, 10, BOLD))
        right = box.right() - (ICON if row.pinned else 0)
        text = QRectF(box.left() + CAP + GAP, box.top(), right - box.left() - CAP - GAP, box.height())
        if row.week is None:
            write(painter, text, row.code, Ink(self.theme.text, 12, DEMIBOLD))
        else:
            number = f"{row.week.number}/{row.week.weeks}"
            taken = text_width(number, 9) + 1
            write(painter, text.adjusted(0, 0, -taken, 0), row.week.series, Ink(self.theme.text, 12, DEMIBOLD))
            write(painter, text, number, Ink(self.theme.muted, 9, where=RIGHT))
        if row.pinned:
            self._icon(painter, "lock", "muted", QPointF(box.right() - ICON, middle - ICON / 2))

    def countdown(self, painter: QPainter, box: QRectF, row: RequestRow, now: dt.datetime) -> None:
        """Time left, with a sign and a colour where it is short, and a bar."""
        hours = row.hours_left(now)
        theme, middle = self.theme, box.center().y()
        if hours is None:
            if row.missing:
                self._icon(painter, "timer-off-outline", "warn", QPointF(box.left(), middle - ICON / 2))
                text = QRectF(box.left() + ICON, box.top(), box.width() - ICON, box.height())
                write(painter, text, words.hours_left(row, now), Ink(theme.warn, 12, where=RIGHT))
            return
        token = "bad" if hours < BAD_HOURS else "warn" if hours < WARN_HOURS else "text"
        if token != "text":
            icon = "alert" if token == "bad" else "clock-outline"
            self._icon(painter, icon, token, QPointF(box.left(), middle - ICON / 2))
        bar = QRectF(box.right() - COUNTDOWN_BAR, middle - BAR_HEIGHT / 2, COUNTDOWN_BAR, BAR_HEIGHT)
        text = QRectF(box.left() + ICON, box.top(), bar.left() - GAP - box.left() - ICON, box.height())
        weight = DEMIBOLD if token != "text" else QFont.Weight.Normal
        write(painter, text, words.hours_left(row, now), Ink(getattr(theme, token), 12, weight, RIGHT))
        painter.fillRect(bar, ink_colour(theme.sunken))
        share = min(1.0, max(0.0, hours / FULL_HOURS))
        fill = theme.faint if token == "text" else getattr(theme, token)
        painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * share, bar.height()), ink_colour(fill))

    def production(self, painter: QPainter, box: QRectF, row: RequestRow) -> None:
        """How much is made now (fill), until the visit (thin line), at the visit (tick), and the window (frame).

        Where nothing is known of production, the days of the window.
        """
        theme, made = self.theme, row.made
        if made is None:
            token = theme.warn if row.window_missing else theme.muted
            write(painter, box, words.window(row), Ink(token, 12))
            return
        middle = box.center().y()
        bar = QRectF(box.left(), middle - BAR_HEIGHT / 2, BAR, BAR_HEIGHT)
        cap = theme.service(row.service).cap
        painter.fillRect(bar, ink_colour(theme.sunken))
        low, high = _x(bar, made.low), _x(bar, made.high)
        frame = QRectF(min(low, bar.right() - 4), middle - 7.5, max(4.0, high - low), 15)
        painter.setPen(QPen(ink_colour(theme.accent), 1))
        painter.setBrush(ink_colour(theme.accent_background))
        painter.drawRect(frame)
        painter.fillRect(QRectF(bar.left(), bar.top(), _x(bar, made.now) - bar.left(), bar.height()), ink_colour(cap))
        if made.at_visit is not None:
            tick = _x(bar, made.at_visit)
            start = _x(bar, made.now)
            painter.fillRect(QRectF(start, middle - 1, max(0.0, tick - start), 2), ink_colour(cap))
            mark = theme.bad if made.outside else theme.ruler
            painter.fillRect(QRectF(tick - 1, middle - 7.5, 2, 15), ink_colour(mark))
        text = QRectF(bar.right() + GAP, box.top(), box.right() - bar.right() - GAP, box.height())
        token = theme.bad if made.outside else theme.muted
        write(painter, text, words.made(row), Ink(token, 12, where=RIGHT))

    def risk(self, painter: QPainter, box: QRectF, row: RequestRow, now: dt.datetime) -> None:
        """The worst risk as a chip, with how many more there are."""
        risks = row.risks(now)
        if not risks:
            write(painter, box, words.DASH, Ink(self.theme.faint, 12))
            return
        token = "warn" if risks[0].is_warning else "bad"
        text = words.risk(risks[0]) + (f"  +{len(risks) - 1}" if len(risks) > 1 else "")
        self._chip(painter, box, text, token, "alert-outline" if token == "warn" else "alert")

    def status(self, painter: QPainter, box: QRectF, status: Status) -> None:
        """Where it stands: a chip where that is to be seen, else plain text."""
        token = STATUS_TOKENS.get(status)
        if token is None:
            ink = self.theme.text if status in ("ready", "planned") else self.theme.faint
            write(painter, box, words.status(status), Ink(ink, 12))
        else:
            self._chip(painter, box, words.status(status), token)

    def _chip(self, painter: QPainter, box: QRectF, text: str, token: str, icon: str = "") -> None:
        extra = 12 + (ICON + 2 if icon else 0)
        width = min(box.width(), text_width(text, 11) + extra + 1)
        chip = QRectF(box.left(), box.center().y() - 10, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink_colour(getattr(self.theme, f"{token}_background")))
        painter.drawRoundedRect(chip, 4, 4)
        inner = chip.adjusted(6, 0, -6, 0)
        if icon:
            self._icon(painter, icon, token, QPointF(inner.left() - 1, chip.center().y() - ICON / 2))
            inner.setLeft(inner.left() + ICON + 2)
        write(painter, inner, text, Ink(getattr(self.theme, token), 11, where=LEFT))

    def _icon(self, painter: QPainter, name: str, token: str, corner: QPointF) -> None:
        key = (self.theme.name, name, token, painter.device().devicePixelRatio())
        drawn = self._icons.get(key)
        if drawn is None:
            drawn = self._icons[key] = self._look.icon(name, token).pixmap(QSize(ICON, ICON), key[3])
        painter.drawPixmap(corner, drawn)


def paint_sample(painter: QPainter, theme: Theme, box: QRectF, kind: str) -> None:
    """A sign of the mini-bar for its legend: "window", "made", "visit" or "outside"."""
    middle = box.center().y()
    if kind == "window":
        painter.setPen(QPen(ink_colour(theme.accent), 1))
        painter.setBrush(ink_colour(theme.accent_background))
        painter.drawRect(QRectF(box.left(), middle - 5, box.width() - 1, 10))
    elif kind == "made":
        painter.fillRect(QRectF(box.left(), middle - 3, box.width(), 6), ink_colour(theme.service("DUPRO").cap))
    else:
        token = theme.bad if kind == "outside" else theme.ruler
        painter.fillRect(QRectF(box.center().x() - 1, middle - 6, 2, 12), ink_colour(token))


def _x(bar: QRectF, percent: float) -> float:
    return bar.left() + bar.width() * min(100.0, max(0.0, percent)) / 100
