"""A client's page saved as a file: which days, which language, with photos or without, and opened where one likes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.errors import DomainError, FaultError
from desktop.jobs.background import BackgroundJob, Tell
from desktop.jobs.db_runner import Fault
from desktop.services.client_page.periods import Period, quarter_of, usual_language, usual_period
from desktop.services.client_page.photos import read_photos
from desktop.services.client_page.reading import read_client_page
from desktop.services.client_page.rows import ClientPage
from desktop.services.planning.reading import Source, reading
from desktop.services.requests.client_card import ClientCard, read_client
from desktop.services.trade.protocols import LANGUAGES, Language
from desktop.services.words import spell_days
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.paper.client_page import PDF, write_client_page
from desktop.views.paper.pictures import redrawn
from desktop.views.requests.papers_tab import LANGUAGE_NAMES
from desktop.views.widgets.entries import ChoiceEntry
from desktop.views.widgets.fitting import grow_to_fit

WIDTH = 420
HTML = ".html"

Read = tuple[ClientPage, list[tuple[int, bytes]]]


class ClientPageSheet(QDialog):
    """Asks what is wanted, has it read by the database's worker, and written by a thread of its own.

    Attributes:
        period, language: what to choose from.
        photos, opens: with photos; opened once it is written.
        html, pdf: the buttons.
    """

    def __init__(self, context: PageContext, code: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Page for client {code}").format(code=code))
        self.setMinimumWidth(WIDTH)
        self._context = context
        self._code = code
        self.message = InlineMessage(context.look, self)
        today = context.clock.now().date()
        self._periods: dict[str, Period] = {
            self.tr("Last 12 weeks, next 4"): usual_period(today),
            self.tr("This quarter"): quarter_of(today),
            self.tr("Last quarter"): quarter_of(today, 1),
            self.tr("Last four quarters"): (quarter_of(today, 4)[0], quarter_of(today, 1)[1]),
        }
        self.period = ChoiceEntry(may_add=False, parent=self)
        self.period.offer(list(self._periods))
        self.period.setCurrentIndex(0)
        self.language = ChoiceEntry(may_add=False, parent=self)
        self.language.offer(LANGUAGES, [LANGUAGE_NAMES[language] for language in LANGUAGES])
        self.language.setCurrentIndex(0)
        self.days = QLabel(self)
        self.days.setProperty("role", "muted")
        self.photos = QCheckBox(self.tr("With photos, made small"), self)
        self.opens = QCheckBox(self.tr("Open it when it is written"), self)
        self.opens.setChecked(True)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.pdf = QPushButton(self.tr("Save as PDF…"), self)
        self.html = QPushButton(self.tr("Save as HTML…"), self)
        self.html.setProperty("role", "primary")
        self.html.setDefault(True)
        self._lay_out()
        self._show_days()
        self.period.edited.connect(self._show_days)
        self.cancel.clicked.connect(self.reject)
        self.html.clicked.connect(partial(self.ask_for_file, HTML))
        self.pdf.clicked.connect(partial(self.ask_for_file, PDF))
        context.runner.read(self, partial(read_client, code=code), self._show_client, self.message.show_error)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        said = QLabel(
            self.tr("Bookings, visits, results, reports and corrective actions of this client, and of nobody else."),
            self,
        )
        said.setProperty("role", "muted")
        said.setWordWrap(True)
        column.addWidget(said)
        column.addWidget(self.message)
        for title, entry in ((self.tr("Days"), self.period), (self.tr("Language"), self.language)):
            label = QLabel(title, self)
            label.setProperty("role", "muted")
            label.setBuddy(entry)
            entry.setAccessibleName(title)
            column.addWidget(label)
            column.addWidget(entry)
            if entry is self.period:
                column.addWidget(self.days)
        column.addSpacing(4)
        column.addWidget(self.photos)
        column.addWidget(self.opens)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.cancel, self.pdf, self.html):
            buttons.addWidget(button)
        column.addSpacing(4)
        column.addLayout(buttons)

    def _show_client(self, card: ClientCard) -> None:
        self.language.show_value(usual_language(card.values["country"]))

    def _show_days(self) -> None:
        self.days.setText(spell_days(*self._periods[self.period.raw()]))

    # -- the file ------------------------------------------------------------------------------------------------------

    def ask_for_file(self, ending: str) -> None:
        """Have a place chosen, then write there."""
        kinds = self.tr("PDF files (*.pdf)") if ending == PDF else self.tr("Web pages (*.html)")
        kept = Path(self._context.preferences.value("requests.folder", ""))
        folder = kept if kept.is_dir() else Path.home()
        dialog = QFileDialog(self, self.tr("Save the client's page"), str(folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.setNameFilters([kinds])
        dialog.selectFile(f"{_plain(self._code)}{ending}")
        dialog.fileSelected.connect(self.write)
        dialog.open()

    def write(self, path: str) -> None:
        """Write the page to a file."""
        file = Path(path)
        self._context.preferences.put("requests.folder", str(file.parent))
        self.message.clear()
        self._set_busy(True)
        days, with_photos = self._periods[self.period.raw()], self.photos.isChecked()
        language = next(one for one in LANGUAGES if one == self.language.raw())
        now = self._context.clock.now()

        def read(source: Source) -> Read:
            with reading(source) as session:
                page = read_client_page(session, now, self._code, *days)
                return page, list(read_photos(session, page)) if with_photos else []

        self._context.runner.read(self, read, partial(self._on_read, file, language), self._on_error)

    def _on_read(self, file: Path, language: Language, read: Read) -> None:
        page, photos = read

        def write(_tell: Tell) -> Path:
            write_client_page(page, language, file, redrawn(photos))
            return file

        job = BackgroundJob("client page", write, self)
        job.finished.connect(self._on_written)
        job.failed.connect(self._on_error)
        job.faulted.connect(self._on_fault)
        job.start()

    def _on_written(self, file: Path) -> None:
        self._context.feedback.toast(self.tr("{name} is written.").format(name=file.name))
        if self.opens.isChecked():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
        self.accept()

    def _on_error(self, error: DomainError) -> None:
        self._set_busy(False)
        self.message.show_error(error)
        grow_to_fit(self)

    def _on_fault(self, fault: Fault) -> None:
        self._context.runner.faulted.emit(fault)
        text = self.tr("The page could not be written: the program has a fault.")
        self._on_error(FaultError(text, self.tr("Try it again.")))

    def _set_busy(self, is_busy: bool) -> None:
        for button in (self.html, self.pdf):
            button.setEnabled(not is_busy)


def _plain(code: str) -> str:
    """A code as the name of a file: nothing that a folder's name may not have."""
    return "".join(char if char.isalnum() or char in "-_" else "-" for char in code) or "client"
