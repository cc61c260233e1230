"""The files of a request's papers: the work sheet is written, a client's list read, an empty one written."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QPushButton

from desktop.errors import BadInputError, DomainError, FaultError
from desktop.jobs.background import BackgroundJob
from desktop.jobs.db_runner import Fault
from desktop.services.bus import Desk
from desktop.services.commands import StoreChecklist
from desktop.services.exchange.checklist_file import ReadChecklist, read_checklist, write_checklist_template
from desktop.services.trade.protocols import Language
from desktop.services.worksheets import WorkSheet, read_worksheet
from desktop.views.paper.preview import PreviewDialog
from desktop.views.paper.worksheet import worksheet_pictures, write_worksheet

if TYPE_CHECKING:
    from desktop.views.requests.papers_tab import PapersTab

PREVIEW_SCALE = 1.3  # pixels a point: a page fits a screen of 1280


class PaperFiles(QObject):
    """Asks for the files of one tab, has them written and read."""

    def __init__(self, tab: PapersTab) -> None:
        super().__init__(tab)
        self._tab = tab
        self._context = tab.context
        self._reading: BackgroundJob | None = None
        tab.save_button.clicked.connect(self.ask_for_pdf)
        tab.preview_button.clicked.connect(self.preview)
        tab.import_button.clicked.connect(self.ask_for_list)
        tab.template_button.clicked.connect(self.ask_for_template)
        tab.card.accepted.connect(self._store)

    # -- paper ---------------------------------------------------------------------------------------------------------

    def ask_for_pdf(self) -> None:
        """Have a place chosen for the work sheet, then write it."""
        if self._tab.sheet is None:
            return
        code, language = self._tab.sheet.request, self._tab.language
        dialog = self._save_dialog(
            self.tr("Save the work sheet"), f"{code} {language}.pdf", "pdf", self.tr("PDF files (*.pdf)")
        )
        dialog.fileSelected.connect(partial(self._write_pdf, code, language))

    def _write_pdf(self, code: str, language: Language, path: str) -> None:
        """Write the work sheet as it is now."""
        file = self._remembered(path)
        read = partial(read_worksheet, now=self._context.clock.now(), code=code)

        def write(desk: Desk) -> Path:
            write_worksheet(read(desk.store), language, file)
            return file

        self._context.runner.work(self, write, self._on_written, self._tab.message.show_error)

    def preview(self) -> None:
        """Show the pages."""
        if self._tab.sheet is None:
            return
        code, language = self._tab.sheet.request, self._tab.language
        scale = PREVIEW_SCALE * self._tab.devicePixelRatioF()
        read = partial(read_worksheet, now=self._context.clock.now(), code=code)
        self._context.runner.read(
            self,
            lambda store: worksheet_pictures(read(store), language, scale),
            partial(self._on_pictures, code),
            partial(self._on_no_pictures, code),
        )

    def _on_no_pictures(self, code: str, error: DomainError) -> None:
        if self._tab.looks_at(code):
            self._tab.message.show_error(error)

    def _on_pictures(self, code: str, pictures: list[QImage]) -> None:
        if not self._tab.looks_at(code):
            return
        PreviewDialog(self.tr("Work sheet of {code}").format(code=code), pictures, self._tab).open()

    def _on_written(self, path: Path) -> None:
        self._tab.message.clear()
        self._context.feedback.toast(self.tr("{name} is written.").format(name=path.name))

    # -- the client's list ---------------------------------------------------------------------------------------------

    def ask_for_list(self) -> None:
        """Have a client's list chosen, then read it."""
        if self._tab.sheet is None:
            return
        dialog = QFileDialog(self._tab, self.tr("Import a client's checklist"), str(self._folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Workbooks and CSV files (*.xlsx *.csv)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(partial(self._read_list, self._tab.sheet))
        _open(dialog)

    def _read_list(self, sheet: WorkSheet, path: str) -> None:
        """Read a client's list, and ask for which goods it is."""
        file = self._remembered(path)
        self._tab.message.clear()
        self._context.feedback.status(self.tr("Reading {name}").format(name=file.name))
        if self._reading is not None:
            self._reading.cancel()
        job = self._reading = BackgroundJob("reading a checklist", partial(read_checklist, file), self)
        job.finished.connect(partial(self._on_read, job, sheet, file))
        job.failed.connect(partial(self._on_not_read, job, sheet))
        job.faulted.connect(partial(self._on_fault, job, sheet))
        job.given_up.connect(job.deleteLater)
        job.start()

    def _on_read(self, job: BackgroundJob, sheet: WorkSheet, file: Path, read: ReadChecklist) -> None:
        if self._is_awaited(job, sheet):
            self._tab.card.ask(sheet, file, read)

    def _on_not_read(self, job: BackgroundJob, sheet: WorkSheet, error: DomainError) -> None:
        if self._is_awaited(job, sheet):
            self._on_unreadable(error)

    def _on_fault(self, job: BackgroundJob, sheet: WorkSheet, fault: Fault) -> None:
        self._context.runner.faulted.emit(fault)
        text = self.tr("The file could not be read: the program has a fault.")
        self._on_not_read(job, sheet, FaultError(text, self.tr("Try it again.")))

    def _is_awaited(self, job: BackgroundJob, sheet: WorkSheet) -> bool:
        """Note the end of a reading; False where another has begun, or another request is looked at."""
        job.deleteLater()
        if job is not self._reading:
            return False
        self._reading = None
        return self._tab.looks_at(sheet.request)

    def _on_unreadable(self, error: DomainError) -> None:
        # its text lists what `faults` holds too, and is long for a narrow panel
        if isinstance(error, BadInputError) and error.faults:
            error = BadInputError(error.text.split("\n", maxsplit=1)[0], error.hint, error.faults)
        again = QPushButton(self.tr("Choose another file"))
        again.clicked.connect(self.ask_for_list)
        self._tab.message.show_error(error, again)

    def _store(self, command: StoreChecklist) -> None:
        self._context.runner.handle(self, command, self._tab.say_done, self._on_unreadable)

    def ask_for_template(self) -> None:
        """Have a place chosen for an empty list, then write it."""
        title, kinds = self.tr("Save an empty checklist"), self.tr("Workbooks (*.xlsx)")
        self._save_dialog(title, "checklist.xlsx", "xlsx", kinds).fileSelected.connect(self._write_template)

    def _write_template(self, path: str) -> None:
        file, sheet = self._remembered(path), self._tab.sheet
        group, service = ("", "DUPRO") if sheet is None else (sheet.product_group, sheet.service)

        def write(_desk: Desk) -> Path:
            write_checklist_template(file, group, service)
            return file

        self._context.runner.work(self, write, self._on_written, self._tab.message.show_error)

    # -- files ---------------------------------------------------------------------------------------------------------

    def _save_dialog(self, title: str, name: str, suffix: str, kinds: str) -> QFileDialog:
        dialog = QFileDialog(self._tab, title, str(self._folder()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.setNameFilters([kinds])
        dialog.selectFile(name)
        _open(dialog)
        return dialog

    def _folder(self) -> Path:
        kept = Path(self._context.preferences.value("requests.folder", ""))
        return kept if kept.is_dir() else Path.home()

    def _remembered(self, path: str) -> Path:
        file = Path(path)
        self._context.preferences.put("requests.folder", str(file.parent))
        return file


def _open(dialog: QFileDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
