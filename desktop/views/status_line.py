"""The status line: whether the database can be reached, what was done last, and which database it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar, QWidget

from desktop.jobs.watch import Link
from desktop.views.context import PageContext
from desktop.views.run_chip import RunChip
from desktop.views.widgets.elided_label import ElidedLabel


class StatusLine(QStatusBar):
    """What is true on every page, in a line."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._link = Link()
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 12, 0)
        self._dot = QLabel(self)
        self._dot.setFixedWidth(12)
        self.live = QLabel(self)
        self._text = ElidedLabel(self)
        self._text.setProperty("role", "muted")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._work = QLabel(self)
        self._work.setProperty("role", "chip-accent")
        self._work.hide()
        self._database = QLabel(context.runner.database, self)
        self._database.setProperty("role", "muted")
        self.addWidget(self._dot)
        self.addWidget(self.live)
        self.addWidget(self._text, 1)
        self.addPermanentWidget(RunChip(context, self))
        self.addPermanentWidget(self._work)
        self.addPermanentWidget(self._database)
        context.look.changed.connect(self._paint)
        self.update_words()

    def update_words(self) -> None:
        """Say everything in the language in force."""
        self.live.setText(self.tr("Live") if self._link.is_live else self.tr("Offline"))
        self.live.setToolTip(
            self.tr("What others change appears within seconds.")
            if self._link.is_live
            else self.tr("The database cannot be reached. It is tried again and again.")
        )
        self._paint()
        self._text.setText("")  # said in the language of before

    def say(self, text: str) -> None:
        """Show a text until the next one."""
        self._text.setText(text.split("\n", maxsplit=1)[0])

    def show_work(self, text: str) -> None:
        """Say what is being done beside everything else; "" nothing."""
        self._work.setText(text)
        self._work.setVisible(bool(text))

    def show_link(self, link: Link) -> None:
        """Whether the database can be reached."""
        self._link = link
        self.update_words()

    def make_retry(self, retry: Callable[[], object]) -> QPushButton:
        """A button that tries again."""
        button = QPushButton(self.tr("Try again"), self)
        button.clicked.connect(retry)
        return button

    def _paint(self) -> None:
        token = "ok" if self._link.is_live else "bad"
        self._dot.setPixmap(self._context.look.icon("circle", token).pixmap(8, 8))
        self.live.setProperty("role", "muted" if self._link.is_live else "error")
        self.live.style().unpolish(self.live)
        self.live.style().polish(self.live)
