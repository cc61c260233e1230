"""The files of an import: chosen, and written: the empty workbook, the rows that were refused."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.services import exchange
from desktop.services.bus import Desk
from desktop.views.context import PageContext

READABLE = (".xlsx", ".xlsm", ".csv", ".txt", ".tsv")


class ImportFiles(QObject):
    """Asks for files, and has them written.

    Attributes:
        file_chosen: a path (str) to import.
    """

    file_chosen = Signal(str)

    def __init__(self, context: PageContext, panel: QWidget) -> None:
        super().__init__(panel)
        self._context = context
        self._panel = panel

    def ask_for_file(self) -> None:
        """Have a file chosen; `file_chosen` tells which."""
        dialog = QFileDialog(self._panel, self.tr("Import bookings"), str(self._folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Workbooks and CSV files (*.xlsx *.xlsm *.csv *.txt *.tsv)"), self.tr("All files (*)")]
        )
        dialog.fileSelected.connect(self.file_chosen)
        _open(dialog)

    def ask_for_template(self) -> None:
        """Have a place chosen for an empty workbook, then write it."""
        dialog = self._save_dialog(self.tr("Save an empty import workbook"), "bookings.xlsx")
        dialog.fileSelected.connect(self._write_template)
        _open(dialog)

    def ask_for_faults(self, report: exchange.ImportReport) -> None:
        """Have a place chosen for the rows with faults, then write them."""
        dialog = self._save_dialog(self.tr("Save the refused rows"), f"{report.path.stem} faults.xlsx")
        dialog.fileSelected.connect(partial(self._write_faults, report))
        _open(dialog)

    def _save_dialog(self, title: str, name: str) -> QFileDialog:
        dialog = QFileDialog(self._panel, title, str(self._folder()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.setNameFilters([self.tr("Workbooks (*.xlsx)")])
        dialog.selectFile(name)
        return dialog

    def _folder(self) -> Path:
        kept = Path(self._context.preferences.value("requests.folder", ""))
        return kept if kept.is_dir() else Path.home()

    def _write_faults(self, report: exchange.ImportReport, path: str) -> None:
        def write(_desk: Desk) -> Path:
            exchange.write_fault_workbook(report, path)
            return Path(path)

        self._context.runner.work(self, write, self._on_written, self._context.feedback.failed)

    def _write_template(self, path: str) -> None:
        self._context.runner.work(
            self, lambda _desk: exchange.write_template(path)[0], self._on_written, self._context.feedback.failed
        )

    def _on_written(self, path: Path) -> None:
        self._context.feedback.toast(self.tr("{name} is written.").format(name=path.name))


def _open(dialog: QFileDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def file_of(data: QMimeData) -> str:
    """The file that is dragged, where it is one that can be imported; else ""."""
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and Path(paths[0]).suffix.lower() in READABLE else ""
