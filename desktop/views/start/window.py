"""The window while no database is open: the ways to one, opening it, and what is in the way."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.config import APP_NAME
from desktop.errors import DomainError
from desktop.jobs.background import Advance
from desktop.views.look import Look
from desktop.views.start.choose import Choose
from desktop.views.widgets.file_dialogs import ask_for_backup, ask_for_database, ask_for_new_database

USUAL = (1280, 800)


class StartWindow(QMainWindow):
    """Asks for a database, and says how it goes.

    Attributes:
        sample_wanted: the sample company is to be opened, made first where there is none.
        new_wanted: a database is to be made in this file (str).
        open_wanted: a database is to be opened (str).
        restore_wanted: a backup (str) is to take the place of the database that could not be opened.
        cancel_wanted: what is being done is to be given up.
        closed: the user closes the window.
    """

    sample_wanted = Signal()
    new_wanted = Signal(object)
    open_wanted = Signal(object)
    restore_wanted = Signal(object)
    cancel_wanted = Signal()
    closed = Signal()

    def __init__(self, look: Look, folder: Path) -> None:
        """Build it.

        Args:
            look: the theme.
            folder: where a new database is suggested.
        """
        super().__init__()
        self._look = look
        self._folder = folder
        self.setWindowTitle(APP_NAME)
        self.setMinimumSize(720, 560)
        self.resize(*USUAL)
        self.choose = Choose(look, self)
        self._busy = _Busy(self)
        self._busy.cancel.clicked.connect(self.cancel_wanted)
        self._stack = QStackedWidget(self)
        for widget in (self.choose, self._busy):
            self._stack.addWidget(_centred(widget, self))
        self.setCentralWidget(self._stack)
        self.choose.sample_wanted.connect(self.sample_wanted)
        self.choose.new_wanted.connect(self.ask_for_new)
        self.choose.file_wanted.connect(self.ask_for_file)
        self.choose.recent_wanted.connect(self.open_wanted)
        for keys, slot in (("Ctrl+O", self.ask_for_file), ("Ctrl+Q", self.close)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def show_ways(self, recent: Sequence[str]) -> None:
        """Offer the ways to a database."""
        self.choose.message.clear()
        self.choose.show_recent(recent)
        self._stack.setCurrentIndex(0)
        self.choose.sample.setFocus()

    def show_busy(self, text: str) -> None:
        """Say what is being done."""
        self._busy.say(text)
        self._stack.setCurrentIndex(1)

    def show_advance(self, advance: Advance) -> None:
        """Say how far it is."""
        self._busy.advance(advance)

    def show_failure(self, error: DomainError, database: str, recent: Sequence[str], *, may_restore: bool) -> None:
        """Say why a database cannot be opened, with the ways out."""
        self.show_ways(recent)
        retry = QPushButton(self.tr("Try again"), self)
        retry.clicked.connect(partial(self.open_wanted.emit, database))
        other = QPushButton(self.tr("Open another…"), self)
        other.clicked.connect(self.ask_for_file)
        buttons = [retry, other]
        if may_restore:
            restore = QPushButton(self.tr("Restore a backup…"), self)
            restore.clicked.connect(partial(self.ask_for_backup, database))
            buttons.append(restore)
        self.choose.message.show_error(error, *buttons)
        retry.setFocus()

    def ask_for_file(self) -> QFileDialog:
        """Have a database chosen."""
        return ask_for_database(self, self._folder, self.open_wanted.emit)

    def ask_for_new(self) -> QFileDialog:
        """Have a place for a new database chosen."""
        return ask_for_new_database(self, self._folder, self.new_wanted.emit)

    def ask_for_backup(self, database: str) -> QFileDialog:
        """Have a backup chosen that is to take a database's place."""
        return ask_for_backup(self, database, self.restore_wanted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell who waits."""
        super().closeEvent(event)
        self.closed.emit()


def _centred(widget: QWidget, parent: QWidget) -> QWidget:
    page = QWidget(parent)
    layout = QVBoxLayout(page)
    layout.addStretch(2)
    layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(3)
    return page


class _Busy(QFrame):
    """What is being done, how far it is, and the way to end it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedWidth(420)
        self._text = QLabel(self)
        self._text.setProperty("role", "title")
        self._text.setWordWrap(True)
        self._step = QLabel(self)
        self._step.setProperty("role", "muted")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self.cancel = QPushButton(self.tr("Cancel"), self)
        foot = QHBoxLayout()
        foot.addWidget(self._step, 1)
        foot.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(10)
        layout.addWidget(self._text)
        layout.addWidget(self._bar)
        layout.addLayout(foot)

    def say(self, text: str) -> None:
        self._text.setText(text)
        self._step.setText("")
        self._bar.setRange(0, 0)
        self.cancel.setFocus()

    def advance(self, advance: Advance) -> None:
        self._bar.setRange(0, advance.total)
        self._bar.setValue(advance.done)
        self._step.setText(advance.text)
