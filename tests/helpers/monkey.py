"""A hand without a plan: seeded keys, clicks, drags and commands on whatever a window shows."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QWidget,
)

from desktop.app import Office
from desktop.services.board_opening import Wish
from desktop.views.board.marks import Cell
from desktop.views.board.page import BoardPage
from tests.helpers.board_hands import BoardHands
from tests.helpers.windows import move, settle, type_text, wheel, work

KEYS = (
    "Up", "Down", "Left", "Right", "Return", "Space", "Esc", "Tab", "Backtab", "F2", "Del", "Home", "End",
    "PgUp", "PgDown", "Ctrl+A", "Ctrl++", "Ctrl+-", "Ctrl+K", "Ctrl+F", "/", "P", "U", "C", "W", "M", "T",
    "[", "]", "1", "9", "Backspace", "Shift+Down", "Shift+Right", "Ctrl+Return", "F4", "F5",
)  # fmt: skip
TEXTS = ("R0001", "梁", "Nguyễn Thị", "-1", "99999999999", "30 Nov", "%", "'; --", " ", "garment 4")
SIZES = ((1280, 800), (1600, 1000), (2560, 1440), (1024, 640))
THEMES = ("view.light", "view.dark")
PAGE_IDS = ("view.requests", "view.board", "view.roster", "view.plans")
NEVER = (
    "quit", "open", "new", "sample", "backup", "publish", "log", "export", "template", "import", "paste", "language",
)  # fmt: skip
"""Parts of names of what cannot be undone or leaves the window."""
STUCK_SECONDS = 1.0


class Monkey(QObject):
    """Acts on a window.

    Attributes:
        done: what it did, in order: the way to see again what went wrong.
    """

    def __init__(self, office: Office, seed: int) -> None:
        super().__init__()
        self._office = office
        self._draw = random.Random(seed)
        self.done: list[str] = []
        for spec in office.window.context.actions.table:
            if not _is_fair(spec.id):  # nor by a menu that is open
                office.window.context.actions.enable(spec.id, False)
        self._began = 0.0
        self._top: QWidget | None = None
        self._freeing = QTimer(self)
        self._freeing.timeout.connect(self._free)
        self._freeing.start(250)
        self._gestures: tuple[tuple[Callable[[], str], int], ...] = (
            (self._key, 30),
            (self._click, 25),
            (self._double_click, 5),
            (self._menu, 5),
            (self._drag, 8),
            (self._carry, 8),
            (self._wheel, 6),
            (self._command, 8),
            (self._type, 6),
            (self._undo, 4),
            (self._page, 4),
            (self._size, 2),
            (self._theme, 2),
        )

    def act(self, times: int) -> None:
        """Do so many things, and let the window follow."""
        kinds, weights = zip(*self._gestures, strict=True)
        for number in range(times):
            gesture = self._draw.choices(kinds, weights)[0]
            self._began = time.monotonic()
            self.done.append(gesture())
            self._began = 0.0
            work(0)
            self._put_away()
            if number % 10 == 9:
                settle(self._office, rounds=1)

    def rest(self) -> None:
        """Let go of everything that is open or held."""
        self._freeing.stop()
        for _ in range(6):
            while (popup := QApplication.activePopupWidget()) is not None:
                popup.close()
                work(0)
            for dialog in self._office.window.findChildren(QDialog):
                if dialog.isVisible():
                    dialog.reject()
            QTest.keyClick(QApplication.focusWidget() or self._office.window, Qt.Key.Key_Escape)
            work(0)
        self._office.plan_runs.discard()
        settle(self._office)

    # -- gestures ------------------------------------------------------------------------------------------------------

    def _key(self) -> str:
        keys = self._draw.choice(KEYS)
        target = self._focus()
        said = f"key {keys} on {_name(target)}"
        QTest.keySequence(target, keys)
        return said

    def _type(self) -> str:
        text = self._draw.choice(TEXTS)
        target = self._focus()
        said = f"type {text!r} into {_name(target)}"
        if isinstance(target, QLineEdit):
            type_text(text, target)
        return said

    def _click(self) -> str:
        target, where = self._somewhere()
        modifiers = self._draw.choice((Qt.KeyboardModifier.NoModifier,) * 4 + (Qt.KeyboardModifier.ControlModifier,))
        said = f"click on {_name(target)} at {where.toTuple()}"
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, modifiers, where)
        return said

    def _double_click(self) -> str:
        target, where = self._somewhere()
        said = f"double click on {_name(target)} at {where.toTuple()}"
        QTest.mouseDClick(target, Qt.MouseButton.LeftButton, pos=where)
        return said

    def _menu(self) -> str:
        target, where = self._somewhere()
        said = f"right click on {_name(target)} at {where.toTuple()}"
        QTest.mouseClick(target, Qt.MouseButton.RightButton, pos=where)
        return said

    def _drag(self) -> str:
        target, start = self._somewhere()
        end, lets_go = self._point(target), self._draw.random() < 0.2
        said = f"drag on {_name(target)} from {start.toTuple()} to {end.toTuple()}"
        QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=start)
        move(target, start, end)
        if lets_go:
            QTest.keyClick(self._focus(), Qt.Key.Key_Escape)
        if shiboken6.isValid(target):
            QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=end)
        return said

    def _carry(self) -> str:
        """With everything else out of the way: a visit to some other cell of the board."""
        for dialog in QApplication.topLevelWidgets():
            if dialog is not self._office.window and dialog.isVisible():
                dialog.close()
        self._page("view.board")
        settle(self._office)
        page = self._office.window.page
        if isinstance(page, BoardPage) and (page.shown.plan is None or not page.shown.plan.code):
            page.shown.open(Wish())  # back from days that nobody has planned
            settle(self._office)
        if not isinstance(page, BoardPage) or page.shown.plan is None or not page.shown.is_settled:
            return "carry nothing"
        canvas, hands = page.canvas, BoardHands(page)
        bars = [bar for row in canvas.board.rows for bar in row.bars if len(bar.crew) == 1]
        if not bars:
            return "carry nothing"
        request = self._draw.choice(bars).request
        offers = hands.plan.offers(request) if self._draw.random() < 0.6 else ()
        if offers:
            offer = self._draw.choice(offers)
            cell = Cell(offer.inspector, offer.first_slot)
        else:
            cell = Cell(self._draw.choice(canvas.board.rows).inspector, self._draw.randrange(2 * canvas.board.days))
        inspector, bar = hands.bar(request)
        canvas.reveal(cell)
        canvas.reveal(Cell(inspector, bar.first_slot))
        box = canvas.box_of(cell.inspector, cell.slot, cell.slot)
        if box is None or canvas.bar_rect(inspector, bar) is None:  # folded, or too far away
            return f"carry {request} nowhere"
        grip, place = hands.take(request), box.center().toPoint()
        move(hands.surface, grip, place)
        QTest.mouseRelease(hands.surface, Qt.MouseButton.LeftButton, pos=place)
        return f"carry {request} to {cell}"

    def _wheel(self) -> str:
        target, _ = self._somewhere()
        said = f"wheel on {_name(target)}"
        wheel(target, self._draw.choice((-3, -1, 1, 3)))
        return said

    def _command(self) -> str:
        actions = self._office.window.context.actions
        able = [spec.id for spec in actions.table if actions.action(spec.id).isEnabled() and _is_fair(spec.id)]
        chosen = self._draw.choice(able)
        actions.action(chosen).trigger()
        return f"command {chosen}"

    def _undo(self) -> str:
        chosen = self._draw.choice(("edit.undo", "edit.undo", "edit.redo"))
        self._office.window.context.actions.action(chosen).trigger()
        return f"command {chosen}"

    def _page(self, rail: str = "") -> str:
        rail = rail or self._draw.choice(PAGE_IDS)
        self._office.window.context.actions.action(rail).trigger()
        return f"command {rail}"

    def _size(self) -> str:
        size = self._draw.choice(SIZES)
        self._office.window.resize(*size)
        return f"size {size}"

    def _theme(self) -> str:
        chosen = self._draw.choice(THEMES)
        self._office.window.context.actions.action(chosen).trigger()
        return f"command {chosen}"

    # -- where ---------------------------------------------------------------------------------------------------------

    def _focus(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self._office.window

    def _somewhere(self) -> tuple[QWidget, QPoint]:
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._office.window
        self._top = top  # Qt's own popups are lost to Python with the last reference to them, and their parts too
        parts = [part for part in top.findChildren(QWidget) if _can_be_hit(part)] or [top]
        target = self._draw.choice(parts)
        return target, self._point(target)

    def _point(self, target: QWidget) -> QPoint:
        return QPoint(self._draw.randrange(max(1, target.width())), self._draw.randrange(max(1, target.height())))

    # -- keeping it in the window --------------------------------------------------------------------------------------

    def _put_away(self) -> None:
        """Close what leads out of the window: dialogs for files, and questions about what cannot be undone."""
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible() and self._draw.random() < 0.3:
                dialog.reject()

    def _free(self) -> None:
        """Close what waits for an answer inside a gesture."""
        if self._began and time.monotonic() - self._began > STUCK_SECONDS:
            popup = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if popup is not None:
                popup.close()


def _is_fair(action_id: str) -> bool:
    return not any(part in action_id for part in NEVER)


def _can_be_hit(part: QWidget) -> bool:
    if not shiboken6.isValid(part) or not (part.isVisible() and part.isEnabled()) or part.visibleRegion().isEmpty():
        return False
    if isinstance(part, QAbstractButton):
        said = f"{part.text()} {part.accessibleName()} {part.objectName()}".lower()
        return not any(word in said for word in NEVER)
    if isinstance(part.parent(), QAbstractScrollArea) or isinstance(part, QMenu):
        return True
    return part.focusPolicy() != Qt.FocusPolicy.NoFocus


def _name(part: QWidget) -> str:
    return f"{type(part).__name__} {part.accessibleName() or part.objectName()!r}"
