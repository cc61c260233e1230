"""When a page of the window can be used: what it is for is on the screen."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel

from desktop.views.main_window import MainWindow


def is_usable(window: MainWindow) -> bool:
    """Whether the page that is shown has its rows."""
    page = window.page
    if page is None:
        return False
    if page.NAME == "board":
        from desktop.views.board.page import BoardPage  # noqa: PLC0415 -- no other page pays for it

        assert isinstance(page, BoardPage)
        return page.shown.plan is not None
    if page.NAME == "reports":
        from desktop.views.reports.page import ReportsPage  # noqa: PLC0415 -- likewise

        assert isinstance(page, ReportsPage)
        return page.tab.report is not None
    return any(model.rowCount() for model in page.findChildren(QAbstractTableModel))
