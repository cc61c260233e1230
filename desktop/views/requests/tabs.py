"""What those tabs of the panel have in common that show a request from one side: production, sample, quote, papers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.errors import DomainError
from desktop.services.requests.rows import RequestRow
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage


class RequestTab(QWidget):
    """One side of a request. Made when it is first turned to; what it does not own it fetches through the runner.

    What it shows stands in its body, which is scrolled in a low window rather than squeezed.

    Attributes:
        row: the request that is looked at; None before the first.
        message: what went wrong with that.
    """

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.row: RequestRow | None = None
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._body = QWidget(self._area.viewport())
        self._body.setBackgroundRole(QPalette.ColorRole.Base)
        self._body.setAutoFillBackground(True)
        self.message = InlineMessage(context.look, self)

    def look_at(self, row: RequestRow) -> None:
        """Show a request: called when the tab is turned to, another is selected, or something was changed."""
        is_other = self.row is None or self.row.code != row.code
        self.row = row
        self.show_row(row, is_other=is_other)

    def show_row(self, row: RequestRow, *, is_other: bool) -> None:
        """Fetch and show. `is_other`: it is not the one shown before, of which nothing may stay."""
        raise NotImplementedError

    def looks_at(self, code: str) -> bool:
        """Whether a request is the one that is looked at: what is told of another comes too late."""
        return self.row is not None and self.row.code == code

    # -- for those that are one ----------------------------------------------------------------------------------------

    def _label(self, role: str) -> QLabel:
        """Words in the body, folded."""
        label = QLabel(self._body)
        label.setProperty("role", role)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _lay_out_body(self) -> None:
        """Put the body, laid out, under the message."""
        self._area.setWidget(self._body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.message)
        outer.addWidget(self._area, 1)

    def _not_fetched(self, code: str, error: DomainError) -> None:
        """Say why nothing of a request can be shown."""
        if self.looks_at(code):
            self.message.show_error(error)

    def _not_done(self, code: str, error: DomainError) -> None:
        """Say why something of a request was not done: somewhere else, where another is looked at by now."""
        if self.looks_at(code):
            self.message.show_error(error)
        else:
            self.context.feedback.failed(error)
