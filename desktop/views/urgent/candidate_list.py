"""The candidates under one another, the chosen one open; only those in sight are painted."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from desktop.views.bar_painting import painting, shade
from desktop.views.look import Look
from desktop.views.urgent.card_painting import EDGE, GAP, Canvas, Shown, height_of, paint_card
from desktop.views.urgent.cards import CandidateCard, Weeks

NOBODY = -1


class CandidateList(QAbstractScrollArea):
    """Cards, chosen by mouse and arrows.

    Attributes:
        chosen: another candidate was chosen: its number (int), from 0.
        hovered: the pointer is over another: its number, or -1.
        compared_changed: another is compared with the chosen one: its number, or -1.
    """

    chosen = Signal(int)
    hovered = Signal(int)
    compared_changed = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._cards: tuple[CandidateCard, ...] = ()
        self._keys: tuple[Hashable, ...] = ()
        self._weeks: dict[Hashable, Weeks] = {}
        self._tops: list[float] = [0.0]
        self._beside = ""
        self.current = NOBODY
        self.compared = NOBODY
        self._under = NOBODY
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Candidates, best first"))
        look.changed.connect(self.viewport().update)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def show_cards(self, cards: Sequence[CandidateCard], keys: Sequence[Hashable], current: int) -> None:
        """Show other cards; `keys` tell which of them were here before. The chosen one stays where it is in sight."""
        before = self._offset()
        compared = self._keys[self.compared] if self.compared != NOBODY else None
        self._cards, self._keys = tuple(cards), tuple(keys)
        self._weeks = {key: weeks for key, weeks in self._weeks.items() if key in self._keys}
        is_same = before is not None and 0 <= current < len(keys) and before[0] == keys[current]
        self.current = current if 0 <= current < len(cards) else NOBODY
        self.compared = self._keys.index(compared) if compared is not None and compared in self._keys else NOBODY
        self._under = NOBODY
        self._measure()
        if is_same and before is not None:
            self.verticalScrollBar().setValue(round(self._tops[current] - before[1]))
        else:
            self.verticalScrollBar().setValue(0)
        self._tell()
        self.viewport().update()

    def show_weeks(self, key: Hashable, weeks: Weeks) -> None:
        """The rows of an open card have been drawn."""
        if key in self._keys:
            self._weeks[key] = weeks
            self._measure()
            self._reveal(self.current)
            self.viewport().update()

    def forget_weeks(self) -> None:
        """The rows are those of a plan that is not in force any more; those in sight stay until others come."""
        if self.current == NOBODY:
            self._weeks.clear()
        else:
            self._weeks = {key: weeks for key, weeks in self._weeks.items() if key == self._keys[self.current]}

    def has_weeks(self, number: int) -> bool:
        """Whether the rows of a card are known."""
        return 0 <= number < len(self._keys) and self._keys[number] in self._weeks

    def show_beside(self, text: str) -> None:
        """Say how the chosen one stands to the compared one."""
        self._beside = text
        self.viewport().update()

    @property
    def cards(self) -> tuple[CandidateCard, ...]:
        """What is shown."""
        return self._cards

    def card_box(self, number: int) -> QRectF:
        """Where a card is in the viewport."""
        top = self._tops[number] - self.verticalScrollBar().value()
        width = self.viewport().width() - 2 * EDGE
        return QRectF(EDGE, top, width, self._tops[number + 1] - self._tops[number] - GAP)

    def choose(self, number: int) -> None:
        """Choose a card and bring it into sight."""
        number = max(0, min(number, len(self._cards) - 1)) if self._cards else NOBODY
        if number != self.current:
            self.current = number
            self._beside = ""
            self._measure()
            self._tell()
            self.chosen.emit(number)
            self.viewport().update()
        self._reveal(number)

    def compare(self, number: int) -> None:
        """Keep a card open beside the chosen one; the same again: no longer."""
        self.compared = NOBODY if number == self.compared else number
        self._beside = ""
        self._measure()
        self._reveal(self.current)
        self.compared_changed.emit(self.compared)
        self.viewport().update()

    def _is_open(self, number: int) -> bool:
        return number in (self.current, self.compared)

    def _offset(self) -> tuple[Hashable, float] | None:
        if self.current == NOBODY:
            return None
        return self._keys[self.current], self._tops[self.current] - self.verticalScrollBar().value()

    def _measure(self) -> None:
        heights = (
            height_of(self._weeks.get(self._keys[n]), is_open=self._is_open(n)) + GAP for n in range(len(self._cards))
        )
        self._tops = list(accumulate(heights, initial=EDGE))
        room, bar = self.viewport().height(), self.verticalScrollBar()
        bar.setRange(0, max(0, round(self._tops[-1] - GAP + EDGE - room)))
        bar.setPageStep(room)
        bar.setSingleStep(28)

    def _reveal(self, number: int) -> None:
        if not 0 <= number < len(self._cards):
            return
        bar, room = self.verticalScrollBar(), self.viewport().height()
        top, bottom = self._tops[number] - EDGE, self._tops[number + 1] - GAP + EDGE
        if top < bar.value():
            bar.setValue(round(top))
        elif bottom > bar.value() + room:
            bar.setValue(round(min(top, bottom - room)))

    def _tell(self) -> None:
        self.setAccessibleDescription(self._cards[self.current].spoken if self.current != NOBODY else "")

    # -- painting ------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for a few."""
        return QSize(700, 600)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cards in sight."""
        theme = self._look.theme
        with painting(self.viewport()) as painter:
            painter.fillRect(event.rect(), shade(theme.window))
            for number, card in enumerate(self._cards):
                box = self.card_box(number)
                if box.bottom() < event.rect().top():
                    continue
                if box.top() > event.rect().bottom():
                    break
                shown = Shown(
                    card,
                    self._weeks.get(self._keys[number]),
                    is_open=self._is_open(number),
                    is_chosen=number == self.current,
                    is_lit=number == self._under,
                    beside=self._beside if number == self.current else "",
                )
                paint_card(Canvas(painter, theme, box), shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer cards fit."""
        super().resizeEvent(event)
        self._measure()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The chosen card is what keys act on."""
        super().focusInEvent(event)
        self.viewport().update()

    # -- gestures ------------------------------------------------------------------------------------------------------

    def at(self, place: QPointF) -> int:
        """The number of the card under a point; -1 for none."""
        for number in range(len(self._cards)):
            if self.card_box(number).contains(place):
                return number
        return NOBODY

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose; with Ctrl compare."""
        number = self.at(event.position())
        if number == NOBODY:
            return
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.compare(number)
        else:
            self.choose(number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Nothing is written by a second click."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the card under the pointer."""
        self._light(self.at(event.position()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Every rule says all of itself in a tip."""
        if event.type() == QEvent.Type.Leave:
            self._light(NOBODY)
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self.at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if number == NOBODY else self._tip(number), self.viewport())
            return True
        return super().viewportEvent(event)

    def _tip(self, number: int) -> str:
        card = self._cards[number]
        rules = [verdict.whole for verdict in card.verdicts if verdict.whole]
        moves = [move.whole for move in card.moves if move.whole]
        return "\n".join((f"{card.name}, {card.when}", *rules, *moves))

    def _light(self, number: int) -> None:
        if number != self._under:
            self._under = number
            self.hovered.emit(number)
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, down, pages, ends; Space compares; figures choose a rank."""
        page = max(1, int(self.viewport().height() // height_of(None, is_open=False)) - 1)
        steps = {
            Qt.Key.Key_Down: self.current + 1,
            Qt.Key.Key_Up: self.current - 1,
            Qt.Key.Key_PageDown: self.current + page,
            Qt.Key.Key_PageUp: self.current - page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._cards) - 1,
        }
        key = Qt.Key(event.key())
        if not self._cards or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key in steps:
            self.choose(steps[key])
        elif key == Qt.Key.Key_Space:
            self.compare(self.current)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and key - Qt.Key.Key_1 < len(self._cards):
            self.choose(key - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)
