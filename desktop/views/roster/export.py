"""The roster written to a workbook."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.services.bus import Desk
from desktop.views.context import PageContext

SHEETS = ("inspector", "absence", "exception")


class RosterExport(QObject):
    """Asks where to, and has the worker write it."""

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page

    def ask(self) -> None:
        """Have a place chosen."""
        dialog = QFileDialog(self._page, self.tr("Export the roster"), str(Path.home()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.setNameFilters([self.tr("Workbooks (*.xlsx)")])
        dialog.selectFile("roster.xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.write)
        dialog.open()

    def write(self, path: str) -> None:
        """Write everybody, with absences and exceptional days, as a workbook that can be imported again."""
        # no question: it is finished before the window closes
        self._context.runner.work(self, partial(_write, path=path), partial(self._written, path))

    def _written(self, path: str, written: dict[str, int]) -> None:
        people = next(iter(written.values()), 0)
        self._context.feedback.toast(self.tr("Wrote %n people to {path}", "", people).format(path=path))


def _write(desk: Desk, path: str) -> dict[str, int]:
    # writers of workbooks are much to load: the worker does, for whoever wants one
    from desktop.services.exchange.record_workbook import write_records  # noqa: PLC0415

    return write_records(desk.store, path, kinds=SHEETS)
