"""The page of requests: what has come in, what can be planned, and what has become of the rest."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.jobs.db_runner import Committed
from desktop.views.context import PageContext
from desktop.views.page import Page
from desktop.views.requests.list_area import ListArea


class RequestsPage(Page):
    """The list, and beside it the request that is looked at."""

    NAME: ClassVar[str] = "requests"
    ICON: ClassVar[str] = "inbox-arrow-down"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.list = ListArea(context, self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list.toolbar)
        column.addWidget(self.splitter, 1)
        self._started = False

    def title(self) -> str:
        """Its name."""
        return self.tr("Requests")

    def activate(self) -> None:
        if not self._started:
            self._started = True
            self.list.start()

    def changed(self, committed: Committed) -> None:
        self.list.loader.follow(committed.changes)
