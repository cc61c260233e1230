"""The status line: which database, what was done last, and whether a plan is being made."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar, QWidget

from desktop.views.context import PageContext


class StatusLine(QStatusBar):
    """What is true on every page, in a line."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setSizeGripEnabled(False)
        self.setContentsMargins(12, 0, 12, 0)
        self._text = QLabel(self)
        self._text.setProperty("role", "muted")
        self._database = QLabel(context.runner.database, self)
        self._database.setProperty("role", "muted")
        self._run = QPushButton(self)
        self._run.setProperty("role", "link")
        self._run.hide()
        self.addWidget(self._text, 1)
        self.addPermanentWidget(self._run)
        self.addPermanentWidget(self._database)

    def say(self, text: str) -> None:
        """Show a text until the next one."""
        self._text.setText(text.split("\n", maxsplit=1)[0])

    def make_retry(self, retry: Callable[[], object]) -> QPushButton:
        """A button that tries again."""
        button = QPushButton(self.tr("Try again"), self)
        button.clicked.connect(retry)
        return button
