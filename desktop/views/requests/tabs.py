"""What those tabs of the panel have in common that show a request from one side: production, sample, quote."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.services.requests.rows import RequestRow
from desktop.views.context import PageContext


class RequestTab(QWidget):
    """One side of a request. Made when it is first turned to; what it does not own it fetches through the runner.

    Attributes:
        row: the request that is looked at; None before the first.
    """

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.row: RequestRow | None = None

    def look_at(self, row: RequestRow) -> None:
        """Show a request: called when the tab is turned to, another is selected, or something was changed."""
        is_other = self.row is None or self.row.code != row.code
        self.row = row
        self.show_row(row, is_other=is_other)

    def show_row(self, row: RequestRow, *, is_other: bool) -> None:
        """Fetch and show. `is_other`: it is not the one shown before, of which nothing may stay."""
        raise NotImplementedError
