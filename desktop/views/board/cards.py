"""Cards that float over the board: what a place means while something is carried there, and what a bar is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.verdicts import LineState, VerdictLine
from desktop.views.bar_painting import RIGHT, Ink, paint_alert, paint_cross, paint_tick, painting, shade, write
from desktop.views.look import Look
from desktop.views.theme import Theme

DEMIBOLD = QFont.Weight.DemiBold
PAD, LINE, HEAD, FOOT = 12.0, 18.0, 24.0, 20.0
TITLE_WIDTH = 82.0  # of a line's title: "Working day"
LEAST, MOST = 264.0, 440.0
AWAY = 18
"""Pixels between the mouse and a card."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says.

    Attributes:
        state: of the head; None: it has no sign.
        price: at the right of the head.
        lines: each a thing checked, or a thing known (state None).
        foot: what can be done now.
    """

    state: LineState | None
    head: str
    lines: tuple[CardLine, ...]
    price: str = ""
    foot: str = ""

    @property
    def text(self) -> str:
        """All of it, for those who hear it."""
        lines = [f"{line.title}: {line.text}" if line.title else line.text for line in self.lines]
        return ". ".join(part for part in (f"{self.head} {self.price}".strip(), *lines, self.foot) if part)


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of a card."""

    title: str
    text: str
    state: LineState | None = None


def card_lines(lines: Sequence[VerdictLine]) -> tuple[CardLine, ...]:
    """Lines of a verdict as lines of a card."""
    return tuple(CardLine(line.title, line.text, line.state) for line in lines)


def state_token(theme: Theme, state: LineState | None) -> str:
    """The colour of a state."""
    return {"ok": theme.ok, "warn": theme.warn, "bad": theme.bad, None: theme.muted}[state]


def paint_state(painter: QPainter, theme: Theme, state: LineState, centre: QPointF) -> None:
    """The sign of a state: tick, alert, cross."""
    if state == "ok":
        paint_tick(painter, theme.ok, centre)
    elif state == "warn":
        paint_alert(painter, theme.warn, theme.surface, centre)
    else:
        paint_cross(painter, theme.bad, centre)


def paint_line(painter: QPainter, theme: Theme, box: QRectF, line: CardLine) -> None:
    """A line: its sign, what was checked, how it stands."""
    left = box.left()
    if line.state is not None:
        paint_state(painter, theme, line.state, QPointF(left + 6, box.center().y()))
        left += 20
    write(painter, QRectF(left, box.top(), TITLE_WIDTH - 4, box.height()), line.title, Ink(theme.muted, 12))
    begin = left + (TITLE_WIDTH if line.title else 0)
    token = theme.bad if line.state == "bad" else theme.text
    write(painter, QRectF(begin, box.top(), box.right() - begin, box.height()), line.text, Ink(token, 12))


class FloatingCard(QWidget):
    """Shows a Card near a point, inside its parent. Takes no mouse events."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._over = look, parent
        self._card: Card | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("What this means"))
        look.changed.connect(self.update)
        self.hide()

    @property
    def card(self) -> Card | None:
        """What it says; None while it is hidden."""
        return self._card if not self.isHidden() else None

    def say(self, card: Card, point: QPoint) -> None:
        """Say this by a global point: below and right of it where there is room."""
        if card != self._card:
            self._card = card
            self.setAccessibleDescription(card.text)
            self.resize(self._wanted(card))
            self.update()
        self._put_by(point)
        self.show()
        self.raise_()

    def _put_by(self, point: QPoint) -> None:
        parent = self._over
        at = parent.mapFromGlobal(point)
        x, y = at.x() + AWAY, at.y() + AWAY
        if x + self.width() > parent.width() - 4:
            x = at.x() - AWAY - self.width()
        if y + self.height() > parent.height() - 4:
            y = at.y() - AWAY - self.height()
        self.move(max(4, x), max(4, y))

    def _wanted(self, card: Card) -> QSize:
        price = Ink("", 13, DEMIBOLD).width_of(card.price) + 16 if card.price else 0
        widths = [Ink("", 13, DEMIBOLD).width_of(card.head) + (24 if card.state else 0) + price]
        for line in card.lines:
            before = (20 if line.state else 0) + (TITLE_WIDTH if line.title else 0)
            widths.append(before + Ink("", 12).width_of(line.text))
        width = min(MOST, max(LEAST, max(widths) + 2 * PAD + 6))
        foot = FOOT if card.foot else 0
        return QSize(round(width), round(2 * PAD - 6 + HEAD + len(card.lines) * LINE + 4 + foot))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card in its frame."""
        card, theme = self._card, self._look.theme
        if card is None:
            return
        with painting(self) as painter:
            painter.setPen(QPen(shade(theme.bad if card.state == "bad" else theme.ruler), 1.5))
            painter.setBrush(shade(theme.surface))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
            left, right, y = PAD, self.width() - PAD, PAD - 4
            begin = left
            if card.state is not None:
                self._badge(painter, card.state, QPointF(left + 7, y + HEAD / 2))
                begin += 22
            price = Ink(state_token(theme, card.state) if card.state == "bad" else theme.text, 13, DEMIBOLD, RIGHT)
            taken = price.width_of(card.price) + 8 if card.price else 0
            write(painter, QRectF(begin, y, right - begin - taken, HEAD), card.head, Ink(theme.text, 13, DEMIBOLD))
            write(painter, QRectF(right - taken, y, taken, HEAD), card.price, price)
            y += HEAD
            painter.fillRect(QRectF(left, y, right - left, 1), shade(theme.line))
            y += 3
            for line in card.lines:
                paint_line(painter, theme, QRectF(left, y, right - left, LINE), line)
                y += LINE
            write(painter, QRectF(left, y, right - left, FOOT), card.foot, Ink(theme.muted, 11))

    def _badge(self, painter: QPainter, state: LineState, centre: QPointF) -> None:
        theme = self._look.theme
        if state == "warn":
            paint_alert(painter, theme.warn, theme.surface, centre)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(state_token(theme, state)))
        painter.drawEllipse(centre, 7.5, 7.5)
        (paint_tick if state == "ok" else paint_cross)(painter, theme.surface, centre)


class VerdictLines(QWidget):
    """Lines of a verdict in a panel, one under the other, long ones on several; as high as they need."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lines: tuple[CardLine, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("What was checked"))
        look.changed.connect(self.update)

    @property
    def lines(self) -> tuple[CardLine, ...]:
        """What is shown."""
        return self._lines

    def show_lines(self, lines: tuple[CardLine, ...]) -> None:
        """Show these."""
        self._lines = lines
        self.setAccessibleDescription("\n".join(f"{line.title}: {line.text}" for line in lines))
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """As high as the lines need when this wide."""
        return round(sum(1 + (len(self._wrapped(line, width)) - 1) * 0.85 for line in self._lines) * LINE)

    def sizeHint(self) -> QSize:
        """As high as its width asks for."""
        width = self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else round(LEAST)
        return QSize(round(LEAST), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow; how high follows from how wide."""
        return QSize(80, 0)

    @staticmethod
    def _wrapped(line: CardLine, width: int) -> list[str]:
        room = width - (20 if line.state else 0) - (TITLE_WIDTH if line.title else 0)
        return wrapped(line.text, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines."""
        with painting(self) as painter:
            y, width, theme = 0.0, self.width(), self._look.theme
            for line in self._lines:
                texts = self._wrapped(line, width)
                paint_line(painter, theme, QRectF(0, y, width, LINE), CardLine(line.title, texts[0], line.state))
                y += LINE
                for text in texts[1:]:
                    y -= 0.15 * LINE
                    left = (20 if line.state else 0) + (TITLE_WIDTH if line.title else 0)
                    token = theme.bad if line.state == "bad" else theme.text
                    write(painter, QRectF(left, y, width - left, LINE), text, Ink(token, 12))
                    y += LINE


def wrapped(text: str, width: float) -> list[str]:
    """A text on as many lines as it needs; a word that is too long has a line of its own."""
    ink, lines = Ink("", 12), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and ink.width_of(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
