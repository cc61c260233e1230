"""The card of a bar, shown while the mouse rests on it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from desktop.views.board.canvas import BoardCanvas
from desktop.views.board.cards import CardLine, FloatingCard
from desktop.views.board.hit import Hit
from desktop.views.board.selected import SelectedRequest
from desktop.views.board.wording import bar_card
from desktop.views.look import Look

REST_MS = 400


class Hovering(QObject):
    """Waits until the mouse has rested on a bar, then tells what the bar is."""

    def __init__(self, look: Look, canvas: BoardCanvas, selected: SelectedRequest, page: QWidget) -> None:
        super().__init__(page)
        self._canvas, self._selected = canvas, selected
        self.card = FloatingCard(look, page)
        self._hit = Hit("nothing")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._show)
        canvas.hovered.connect(self._on_hovered)
        canvas.pressed.connect(self.end)
        canvas.scrolled.connect(self.end)

    def end(self) -> None:
        """Show nothing."""
        self._rest.stop()
        self.card.hide()

    def _on_hovered(self, hit: object) -> None:
        assert isinstance(hit, Hit)
        if hit.bar is not None and self._hit.bar is hit.bar and hit.line == self._hit.line:
            return
        self.end()
        self._hit = hit
        if hit.bar is not None:
            self._rest.start()

    def _show(self) -> None:
        hit, bar = self._hit, self._hit.bar
        row = self._canvas.axis.person_at(hit.line)
        if bar is None or row is None:
            return
        hint = self.tr("Drag to move · Enter opens · right-click for more")
        held = self._canvas.overlay.marks.held.get(bar.request, "")
        said = bar_card(self._canvas.board, row, bar, self._selected.card_of(bar.request), hint)
        if held:
            said = replace(said, lines=(*said.lines, CardLine("", held[:1].upper() + held[1:], "warn")))
        self.card.say(said, QCursor.pos())
