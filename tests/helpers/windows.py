"""A window driven as a person drives it: real keys and mouse, and waiting until it has nothing more to do."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QEventLoop, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop.app import Office
from desktop.jobs.db_runner import DbRunner
from desktop.store.engine import Store

STEPS = 8  # moves of the mouse in one drag
ROUNDS = 4  # a page that asks again for what it has learnt does so three times at most
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


class _Round(QObject):
    """A question after all others: when it is answered, everything asked for before it has been."""

    def __init__(self, runner: DbRunner) -> None:
        super().__init__()
        self.is_over = False
        runner.read(self, _nothing, self._end, background=True)

    def _end(self, _: None) -> None:
        self.is_over = True


def _nothing(_: Store) -> None:
    return None


def settle(office: Office, *, rounds: int = ROUNDS, seconds: float = 60) -> None:
    """Let the window work until nothing is asked of the database any more and everything is painted."""
    until = time.monotonic() + seconds
    for _ in range(rounds):
        asked = _Round(office.runner)
        while not asked.is_over:
            assert time.monotonic() < until, f"the window still works after {seconds:g} s"
            work(0.005)
        asked.deleteLater()
    while office.window.context.readings.is_busy:  # reports are read beside the worker
        assert time.monotonic() < until, f"a report is still being read after {seconds:g} s"
        work(0.005)
    work(0)


def open_up(office: Office) -> None:
    """Show the window and wait until it takes keys and has nothing more to do."""
    office.open()
    bring_forward(office.window)
    settle(office)


def bring_forward(window: QWidget) -> None:
    """Give a window the keys, as a click on its frame would: without a window manager nobody else does."""
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window), "the window was never given the keys"


def work(seconds: float) -> None:
    """Let the window work for a while; all that waits is done at least once."""
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, max(1, round(1000 * left)))


def press(keys: str, widget: QWidget | None = None) -> None:
    """Press keys as `QKeySequence` spells them, in what has the focus."""
    target = widget or QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None, "no window takes keys"
    QTest.keySequence(target, QKeySequence(keys))


def type_text(text: str, widget: QWidget | None = None) -> None:
    """Type a text into what has the focus; what no key bears comes as from an input method."""
    target = widget or QApplication.focusWidget()
    assert target is not None, "nothing takes what is typed"
    for plain, part in itertools.groupby(text, str.isascii):
        if plain:
            QTest.keyClicks(target, "".join(part))
        else:
            composed = QInputMethodEvent()
            composed.setCommitString("".join(part))
            QCoreApplication.sendEvent(target, composed)


def click(widget: QWidget, where: QPoint | None = None, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """Click on a widget that can be clicked."""
    assert widget.isVisible(), f"{widget} is not shown"
    assert widget.isEnabled(), f"{widget} is switched off"
    QTest.mouseClick(widget, LEFT, modifiers, where or widget.rect().center())


def button(within: QWidget, text: str) -> QAbstractButton:
    """The visible button that says something, exactly or in part."""
    shown = [found for found in within.findChildren(QAbstractButton) if found.isVisible()]
    said = [found for found in shown if text in (found.text().replace("&", ""), found.accessibleName())]
    said = said or [found for found in shown if text in found.text()]
    assert said, f"no button {text!r} among {sorted(found.text() or found.accessibleName() for found in shown)}"
    return said[0]


def said(within: QWidget) -> str:
    """All that labels, buttons and fields on show say, a line for each."""
    texts = (getattr(part, "text", None) for part in within.findChildren(QWidget) if part.isVisible())
    return "\n".join(str(text()) for text in texts if callable(text))


def drag(widget: QWidget, start: QPoint, end: QPoint, *, drop: bool = True) -> None:
    """Press, move in small steps, and let go, unless the drag is to be held."""
    QTest.mousePress(widget, LEFT, PLAIN, start)
    move(widget, start, end)
    if drop:
        QTest.mouseRelease(widget, LEFT, PLAIN, end)


def move(widget: QWidget, start: QPoint, end: QPoint) -> None:
    """Move the mouse from one place to another, as long as there is something to move over."""
    for step in range(1, STEPS + 1):
        if not shiboken6.isValid(widget):
            return
        QTest.mouseMove(widget, start + (end - start) * step / STEPS)
        QCoreApplication.processEvents()


def drop_file(widget: QWidget, path: Path) -> None:
    """Drag a file in from outside and let it go over the middle of a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    place = widget.rect().center()
    entering = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, LEFT, PLAIN)
    QCoreApplication.sendEvent(widget, entering)
    assert entering.isAccepted(), f"{path.name} may not be dropped here"
    QCoreApplication.sendEvent(widget, QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, LEFT, PLAIN))


def wheel(widget: QWidget, clicks: int, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """Turn the wheel over the middle of a widget; up is positive."""
    middle = QPointF(widget.rect().center())
    turned = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(widget.rect().center())),
        QPoint(0, 0),
        QPoint(0, 120 * clicks),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(widget, turned)
