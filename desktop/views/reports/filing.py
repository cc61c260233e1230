"""Reports saved and printed: a place is asked for, the file is written beside everything else, and shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from desktop.errors import DomainError
from desktop.jobs.background import Tell
from desktop.jobs.report_run import Filing
from desktop.services.reports.report import Report, Table
from desktop.services.reports.vocabulary import Language, words
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.paper.preview import PreviewDialog
from desktop.views.reports.export_sheet import ExportSheet, Wish

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PREVIEW_SCALE = 1.3  # pixels a point: a page fits a screen of 1280
FOLDER = "reports.folder"


class ReportFiling(QObject):
    """Saves and prints what a page shows.

    Attributes:
        running_changed: whether a file is being written (bool).
    """

    running_changed = Signal(bool)

    def __init__(self, context: PageContext, page: QWidget, message: Callable[[], InlineMessage]) -> None:
        """`message`: where it is said how it went."""
        super().__init__(page)
        self._context, self._page, self._message = context, page, message
        self.run = Filing(context.runner, self)
        self.run.running_changed.connect(self._on_running)
        self.run.finished.connect(self._on_finished)
        self.run.failed.connect(self._on_failed)
        self.run.given_up.connect(self._on_given_up)

    # -- what is asked -------------------------------------------------------------------------------------------------

    def ask(self, report: Report, language: Language) -> ExportSheet:
        """Ask what is wanted, then for a place."""
        sheet = ExportSheet(report, _title(report, language), language, self._page)
        sheet.chosen.connect(partial(self.ask_for_file, report))
        sheet.open()
        return sheet

    def ask_for_file(self, report: Report, wish: Wish, table: Table | None = None) -> QFileDialog:
        """Ask for a place, then write there; of one table only where it is named."""
        kinds = {
            "xlsx": self.tr("Workbooks (*.xlsx)"),
            "csv": self.tr("CSV files (*.csv)"),
            "pdf": self.tr("PDF files (*.pdf)"),
            "png": self.tr("Pictures (*.png)"),
        }
        kept = Path(self._context.preferences.value(FOLDER, ""))
        dialog = QFileDialog(self._page, self.tr("Save the report"), str(kept if kept.is_dir() else Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(wish.ending)
        dialog.setNameFilters([kinds[wish.ending]])
        dialog.selectFile(f"{file_name(report, table)}.{wish.ending}")
        dialog.fileSelected.connect(partial(self.write, report, wish, table))
        dialog.open()
        return dialog

    def write(self, report: Report, wish: Wish, table: Table | None, path: str) -> None:
        """Write a file."""
        file = Path(path)
        self._context.preferences.put(FOLDER, str(file.parent))
        self.run.start(partial(_write, report, wish, "" if table is None else table.name, file))

    def print(self, report: Report, language: Language) -> None:
        """Lay a report out and show its pages before they are printed."""
        self.run.start(partial(_pages, report, language))

    def print_on(self, report: Report, language: Language, printer: QPrinter) -> None:
        """Print a report."""
        self.run.start(partial(_print, report, language, printer))

    def stop(self) -> None:
        """Give up what is being written."""
        self.run.cancel()

    # -- how it went ---------------------------------------------------------------------------------------------------

    def _on_running(self, is_running: bool) -> None:
        if is_running:
            stop = QPushButton(self.tr("Cancel"))
            stop.clicked.connect(self.stop)
            self._message().show_text(self.tr("The file is being written. You can work on."), "ok", stop)
        self.running_changed.emit(is_running)

    def _on_finished(self, found: object) -> None:
        self._message().clear()
        if isinstance(found, tuple):
            report, language, pictures = found
            preview = PreviewDialog(_title(report, language), pictures, self._page, is_printed_from=True)
            preview.printer_chosen.connect(partial(self.print_on, report, language))
            preview.open()
            return
        if isinstance(found, int):
            self._context.feedback.toast(self.tr("The report was sent to the printer."))
            return
        assert isinstance(found, Path)
        show = QPushButton(self.tr("Open"))
        show.clicked.connect(partial(_open, found))
        folder = QPushButton(self.tr("Open the folder"))
        folder.clicked.connect(partial(_open, found if found.is_dir() else found.parent))
        self._message().show_text(self.tr("Saved as {file}.").format(file=found), "ok", show, folder)

    def _on_failed(self, error: DomainError) -> None:
        self._message().show_error(error)

    def _on_given_up(self) -> None:
        self._message().clear()
        self._context.feedback.toast(self.tr("Nothing was written."))


def file_name(report: Report, table: Table | None = None) -> str:
    """What a file is called: report, table and weeks, with nothing that a folder's name may not have."""
    first, last = (day.isocalendar() for day in (report.scope.first_day, report.scope.last_day))
    weeks = f"{first.year}-W{first.week:02}" + (f" to {last.year}-W{last.week:02}" if report.scope.weeks > 1 else "")
    name = " ".join(part for part in (report.name, table.name if table is not None else "", weeks) if part)
    return re.sub(r"[^\w\- ]", "-", name)


def _title(report: Report, language: Language) -> str:
    return words(language).get(f"report.{report.name}", report.name)


def _write(report: Report, wish: Wish, table: str, file: Path, tell: Tell) -> Path:
    tell(0, 1, "")
    if wish.ending == "xlsx":
        from desktop.services.reports.files.workbook import write_workbook  # noqa: PLC0415 -- only who saves loads it

        write_workbook(report, file, wish.language, private=wish.has_private)
    elif wish.ending == "csv":
        from desktop.services.reports.files.separated import write_csv  # noqa: PLC0415

        write_csv(report, file, wish.language, private=wish.has_private, table=table)
    elif wish.ending == "pdf":
        from desktop.views.paper.report import write_pdf  # noqa: PLC0415

        write_pdf(report, file, wish.language, is_private_shown=wish.has_private)
    else:
        from desktop.views.paper.report import write_picture  # noqa: PLC0415

        write_picture(report, file, wish.language, table=table)
    return file


def _pages(report: Report, language: Language, tell: Tell) -> tuple[Report, Language, list[QImage]]:
    from desktop.views.paper.report import report_pages  # noqa: PLC0415

    tell(0, 1, "")
    return report, language, report_pages(report, language, PREVIEW_SCALE)


def _print(report: Report, language: Language, printer: QPrinter, tell: Tell) -> int:
    from desktop.views.paper.report import print_report  # noqa: PLC0415

    tell(0, 1, "")
    return print_report(report, language, printer)


def _open(path: Path, _checked: bool = False) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
