"""Where gestures play: they carry a request over the canvas and the tray, and everybody sees what that means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop.services.board import BoardBar, WeekBoard
from desktop.services.planning.open_plan import OpenPlan
from desktop.services.verdicts import Offer, RequestCard, Verdict
from desktop.views.board.canvas import BoardCanvas, Pressed
from desktop.views.board.cards import Card, CardLine, FloatingCard
from desktop.views.board.gestures import NOWHERE, Gesture, Grab, MoveGesture, ResizeGesture, Spot
from desktop.views.board.marks import Cell, Ghost
from desktop.views.board.tray import Tray
from desktop.views.board.wording import drop_hint, names_of, verdict_card


@dataclass(frozen=True, slots=True)
class Dropped:
    """A request put down; `verdict` None: into the tray."""

    grab: Grab
    verdict: Verdict | None = None


class BoardStage(QObject):
    """The stage of one board. At most one gesture is under way.

    Attributes:
        placed: a Dropped: it can be there, or where rules are waived.
        refused: a Dropped: it cannot.
        unassigned: a Dropped.
        began: a request (str) is being carried.
        over: the gesture has ended.
    """

    placed = Signal(object)
    refused = Signal(object)
    unassigned = Signal(object)
    began = Signal(object)
    over = Signal()

    def __init__(
        self,
        canvas: BoardCanvas,
        tray: Tray,
        card: FloatingCard,
        plan: Callable[[], OpenPlan | None],
        offers: Callable[[], tuple[Offer, ...]],
    ) -> None:
        super().__init__(canvas)
        self._canvas, self._tray, self._card = canvas, tray, card
        self._plan, self._offers = plan, offers
        self._gesture: Gesture | None = None
        self._source: QWidget | None = None
        self._cell: Cell | None = None
        self._point = QPoint()
        canvas.scrolled.connect(self._on_scrolled)

    @property
    def gesture(self) -> Gesture | None:
        """What is under way."""
        return self._gesture

    # -- beginning and ending ------------------------------------------------------------------------------------------

    def drag(self, grab: Grab, source: QWidget, point: QPoint) -> None:
        """Carry a request with the mouse, whose button was pressed on a widget."""
        self._begin(MoveGesture(self, grab))
        self._follow(source, point)

    def resize(self, grab: Grab, lengths: Mapping[int, int], source: QWidget, point: QPoint) -> None:
        """Pull the end of a visit with the mouse; `lengths`: half-days of each mode that its crew can make."""
        self._begin(ResizeGesture(self, grab, lengths))
        self._follow(source, point)

    def _follow(self, source: QWidget, point: QPoint) -> None:
        self._source = source
        source.installEventFilter(self)
        self._point = point
        assert self._gesture is not None
        self._gesture.move(point)

    def carry(self, grab: Grab, cell: Cell) -> None:
        """Carry a request with the keys, beginning at a cell."""
        self._begin(MoveGesture(self, grab))
        self._canvas.key_taker = self._on_key
        self._canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._put(cell)

    def _begin(self, gesture: Gesture) -> None:
        self.cancel()
        self._gesture = gesture
        self.began.emit(gesture.grab.request)

    def cancel(self) -> None:
        """Let go of what is carried, if anything is."""
        if self._gesture is not None:
            self._gesture.cancel()

    def judge_again(self) -> None:
        """The plan has changed; what it has elsewhere than where it was taken is let go."""
        if self._gesture is not None and self._is_where_taken(self._gesture.grab):
            self._gesture.judge_again()
        else:
            self.cancel()

    def _is_where_taken(self, grab: Grab) -> bool:
        plan = self._plan()
        if plan is None or not plan.knows(grab.request):
            return False
        place = plan.card(grab.request).place
        if place is None or grab.first_slot is None:
            return place is None and grab.first_slot is None
        return set(place.inspectors) == set(grab.inspectors) and max(0, place.first_slot) == grab.first_slot

    def ended(self) -> None:
        """The gesture is over: everything that it showed vanishes."""
        self._gesture = None
        self._cell = None
        self._canvas.key_taker = None
        self._canvas.stop_edge_scroll()
        if self._source is not None:
            self._source.removeEventFilter(self)
            self._source.unsetCursor()
            self._source = None
        self._show_ghost(None)
        self._card.hide()
        self.over.emit()

    # -- events --------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the mouse until its button is let go; Esc cancels."""
        gesture = self._gesture
        if gesture is None:
            return False
        if isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseMove:
                self._point = event.globalPosition().toPoint()
                self._canvas.scroll_near_edge(self._point)
                gesture.move(self._point)
            elif event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
                gesture.move(event.globalPosition().toPoint())
                gesture.drop()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                gesture.cancel()
            return True
        return False

    def _on_scrolled(self) -> None:
        """Other cells lie under the mouse now."""
        if self._gesture is not None and self._source is not None:
            self._gesture.move(self._point)

    def _on_key(self, event: QKeyEvent) -> bool:
        """A key while keys carry."""
        gesture, cell = self._gesture, self._cell
        if gesture is None or cell is None:
            return False
        if event.key() == Qt.Key.Key_Escape:
            gesture.cancel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            gesture.drop()
        else:
            by_half = gesture.grab.half_days < 2 or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if not self._canvas.is_move(event.key()):
                return False
            moved = self._canvas.stepped(cell, event.key(), by_half=by_half)
            if moved is not None:
                self._put(moved)
        return True

    def _put(self, cell: Cell) -> None:
        self._cell = cell
        self._canvas.reveal(cell)
        self._canvas.put_cursor(cell)
        assert self._gesture is not None
        self._gesture.put(Spot("cell", cell.inspector, cell.slot))

    # -- what gestures ask for -----------------------------------------------------------------------------------------

    def spot(self, point: QPoint) -> Spot:
        """What lies under a global point."""
        tray = self._tray
        if tray.isVisible() and tray.rect().contains(tray.mapFromGlobal(point)):
            return Spot("tray")
        view = self._canvas.viewport()
        at = view.mapFromGlobal(point)
        if not view.rect().contains(at):
            return NOWHERE
        hit = self._canvas.hit(at)
        if hit.part != "cell":
            return NOWHERE
        return Spot("cell", hit.inspector, hit.slot)

    def crew_for(self, grab: Grab, inspector: str, first_slot: int) -> tuple[str, ...]:
        """Who would serve what is carried; from the tray, a crew as it is offered with this person."""
        if inspector in grab.inspectors:
            return grab.inspectors
        if grab.member:
            return tuple(sorted(inspector if code == grab.member else code for code in grab.inspectors))
        plan = self._plan()
        if plan is not None and all(mode.crew > 1 for mode in plan.card(grab.request).modes):
            for offer in self._offers():
                if offer.inspector == inspector and offer.first_slot == first_slot:
                    return offer.inspectors
        return (inspector,)

    def judge(self, grab: Grab, inspectors: tuple[str, ...], first_slot: int) -> Verdict | None:
        """What a place means."""
        plan = self._plan()
        return None if plan is None else plan.verdict(grab.request, inspectors, first_slot, grab.mode)

    def show(self, ghost: Ghost | None, verdict: Verdict | None, point: QPoint | None) -> None:
        """Show the ghost in its cells and the verdict beside the mouse, or beside the ghost."""
        self._show_ghost(ghost)
        plan = self._plan()
        if verdict is None or plan is None:
            self._card.hide()
            self._cursor(Qt.CursorShape.ForbiddenCursor)
            return
        is_bad = verdict.state == "bad"
        self._cursor(Qt.CursorShape.ForbiddenCursor if is_bad else Qt.CursorShape.ClosedHandCursor)
        said = verdict_card(plan.board, names_of(plan.board), verdict, drop_hint(verdict, by_key=point is None))
        self._card.say(said, self._beside(verdict) if point is None else point)

    def show_tray(self, grab: Grab) -> None:
        """Show that it would be left out."""
        self._show_ghost(None)
        if grab.first_slot is None:
            self._card.hide()
            self._cursor(Qt.CursorShape.ForbiddenCursor)
            return
        self._cursor(Qt.CursorShape.ClosedHandCursor)
        head = self.tr("Take {request} out").format(request=grab.request)
        line = CardLine("", self.tr("It becomes unassigned, and is pinned no more."))
        self._card.say(Card("warn", head, (line,), "", self.tr("Drop to unassign · Esc cancels")), self._point)

    def place(self, grab: Grab, verdict: Verdict) -> None:
        """Pass it on."""
        self.placed.emit(Dropped(grab, verdict))

    def refuse(self, grab: Grab, verdict: Verdict) -> None:
        """Pass it on."""
        self.refused.emit(Dropped(grab, verdict))

    def unassign(self, grab: Grab) -> None:
        """Pass it on."""
        self.unassigned.emit(Dropped(grab))

    def _beside(self, verdict: Verdict) -> QPoint:
        for inspector in verdict.inspectors:
            box = self._canvas.box_of(inspector, verdict.first_slot, verdict.last_slot)
            if box is not None:
                return self._canvas.viewport().mapToGlobal(box.bottomLeft().toPoint())
        return self._canvas.viewport().mapToGlobal(self._canvas.body().center())

    def _show_ghost(self, ghost: Ghost | None) -> None:
        overlay = self._canvas.overlay
        overlay.show_marks(replace(overlay.marks, ghost=ghost))

    def _cursor(self, shape: Qt.CursorShape) -> None:
        if self._source is not None and self._source.cursor().shape() != shape:
            self._source.setCursor(shape)


def grab_of_bar(pressed: Pressed, bar: BoardBar) -> Grab:
    """What is carried when a bar is dragged."""
    hit = pressed.hit
    return grab_of(bar, hit.inspector, hit.slot)


def grab_of(bar: BoardBar, inspector: str, slot: int) -> Grab:
    """A planned request in somebody's line, held at a half-day."""
    return Grab(
        bar.request,
        bar.service,
        bar.factory,
        bar.crew or (inspector,),
        inspector,
        bar.first_slot,
        None,
        min(max(slot - bar.first_slot, 0), bar.last_slot - bar.first_slot),
        bar.last_slot - bar.first_slot + 1,
    )


def grab_of_request(board: WeekBoard, card: RequestCard) -> Grab:
    """A request wherever it is: planned with the first of its crew, else out of the tray."""
    for row in board.rows:
        for bar in row.bars:
            if bar.request == card.code:
                return grab_of(bar, row.inspector, bar.first_slot)
    alone = [mode for mode in card.modes if mode.crew == 1]
    half_days = (alone or list(card.modes))[0].half_days
    return Grab(card.code, card.service, card.factory_name, (), "", None, None, 0, half_days)
