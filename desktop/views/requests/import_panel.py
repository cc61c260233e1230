"""Importing a file: what it would do is said first, then it is one step that can be undone."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import DomainError
from desktop.itemmodels.request_faults import FIELDS, FaultTable
from desktop.services import exchange
from desktop.services.bus import Desk
from desktop.services.changes import Outcome
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.widgets.elided_label import ElidedLabel
from desktop.views.widgets.flow_layout import FlowLayout

READABLE = (".xlsx", ".csv")
WIDTHS = {"sheet": 80, "row": 44, "column": 84, "value": 84, "reason": 168, "remedy": 168}
MOST_WARNINGS = 5


class ImportPanel(QFrame):
    """The report on a file, with what can be done about it.

    Attributes:
        finished: the panel is not needed any more.
        file_chosen: a path (str) to check.
        report: on the file that was checked last; None before.
    """

    finished = Signal()
    file_chosen = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._context = context
        self.report: exchange.ImportReport | None = None
        self.heading = ElidedLabel(self)
        self.heading.setProperty("role", "panel-title")
        self.message = InlineMessage(context.look, self)
        self.progress = QProgressBar(self)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Checking the file"))
        self._counts = QWidget(self)
        self._flow = FlowLayout(self._counts, 6)
        self.chips: list[QLabel] = []
        self.explanation = QLabel(self)
        self.explanation.setProperty("role", "muted")
        self.explanation.setWordWrap(True)
        self.explanation.setTextFormat(Qt.TextFormat.PlainText)
        self.faults = FaultTable(self)
        self.table = QTableView(self)
        self.table.setModel(self.faults)
        self.table.setAccessibleName(self.tr("Faults"))
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setTabKeyNavigation(False)
        for number, field in enumerate(FIELDS):
            self.table.setColumnWidth(number, WIDTHS[field])
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.faults_button = QPushButton(self.tr("Save the faults as a workbook…"), self)
        self.import_button = QPushButton(self)
        self.import_button.setProperty("role", "primary")
        self.cancel_button.clicked.connect(self.finished)
        self.faults_button.clicked.connect(self.ask_for_fault_file)
        self.import_button.clicked.connect(self.store)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 8)
        top.setSpacing(8)
        for widget in (self.heading, self.message, self.progress, self._counts, self.explanation):
            top.addWidget(widget)
        foot_frame = QFrame(self)
        foot_frame.setProperty("role", "foot")
        foot = QHBoxLayout(foot_frame)
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self.cancel_button)
        foot.addStretch(1)
        foot.addWidget(self.faults_button)
        foot.addWidget(self.import_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(foot_frame)

    # -- asking for files ----------------------------------------------------------------------------------------------

    def ask_for_file(self) -> QFileDialog:
        """Have a file chosen; `file_chosen` tells which."""
        dialog = QFileDialog(self, self.tr("Import bookings"), str(self._folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Workbooks and CSV files (*.xlsx *.csv)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self.file_chosen)
        return _opened(dialog)

    def ask_for_template_file(self) -> QFileDialog:
        """Have a place chosen for an empty workbook, then write it."""
        dialog = self._save_dialog(self.tr("Save an empty import workbook"), "bookings.xlsx")
        dialog.fileSelected.connect(self._write_template)
        return _opened(dialog)

    def ask_for_fault_file(self) -> QFileDialog:
        """Have a place chosen for the rows with faults, then write them."""
        stem = "faults" if self.report is None else f"{self.report.path.stem} faults"
        dialog = self._save_dialog(self.tr("Save the faults as a workbook"), f"{stem}.xlsx")
        dialog.fileSelected.connect(self._write_faults)
        return _opened(dialog)

    def _save_dialog(self, title: str, name: str) -> QFileDialog:
        dialog = QFileDialog(self, title, str(self._folder()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.setNameFilters([self.tr("Workbooks (*.xlsx)")])
        dialog.selectFile(name)
        return dialog

    def _folder(self) -> Path:
        kept = Path(self._context.preferences.value("requests.folder", ""))
        return kept if kept.is_dir() else Path.home()

    # -- checking ------------------------------------------------------------------------------------------------------

    def check(self, path: str) -> None:
        """Read a file against what is stored, and say what importing it would do. Nothing is stored."""
        file = Path(path)
        self._context.preferences.put("requests.folder", str(file.parent))
        self.report = None
        self.heading.setText(self.tr("Import {name}").format(name=file.name))
        self.message.clear()
        self._show_chips(())
        self.explanation.setText(self.tr("The file is being checked. Nothing is stored yet."))
        self.faults.show_faults(())
        self.progress.show()
        self.table.hide()
        self.faults_button.hide()
        self.import_button.hide()
        self.import_button.setEnabled(True)
        self._context.runner.work(
            self, lambda desk: exchange.check_file(desk, file), self._on_report, self._on_unreadable
        )

    def _on_report(self, report: exchange.ImportReport) -> None:
        self.report = report
        self.progress.hide()
        self._show_chips(
            (
                (report.new, self.tr("%n new", "", report.new), "chip-ok"),
                (report.changed, self.tr("%n changed", "", report.changed), "chip-accent"),
                (report.unchanged, self.tr("%n as they were", "", report.unchanged), "chip"),
                (report.bad, self.tr("%n with faults", "", report.bad), "chip-bad"),
            )
        )
        self.explanation.setText("\n".join((self._advice(report), *self._warnings(report))))
        self.faults.show_faults(report.faults)
        self.table.setVisible(bool(report.bad))
        self.table.setColumnHidden(FIELDS.index("sheet"), len(report.sheets) < 2)
        self.faults_button.setVisible(bool(report.bad))
        rows = report.new + report.changed
        self.import_button.setVisible(bool(rows))
        self.import_button.setText(self.tr("Import %n row(s)", "", rows))
        (self.import_button if rows else self.cancel_button).setFocus()

    def _advice(self, report: exchange.ImportReport) -> str:
        if report.bad:
            return self.tr(
                "Nothing is stored yet. Rows with faults are left out: mend them in a workbook of their own, "
                "and import that."
            )
        if report.new + report.changed:
            return self.tr("Nothing is stored yet. All rows are stored as one step, which can be undone.")
        return self.tr("Everything in the file is known already.")

    def _warnings(self, report: exchange.ImportReport) -> tuple[str, ...]:
        more = len(report.warnings) - MOST_WARNINGS
        rest = (self.tr("%n more remark(s)", "", more),) if more > 0 else ()
        return (*report.warnings[:MOST_WARNINGS], *rest)

    def _on_unreadable(self, error: DomainError) -> None:
        self.progress.hide()
        self.explanation.clear()
        again = QPushButton(self.tr("Choose another file"))
        again.clicked.connect(self.ask_for_file)
        self.message.show_error(error, again)

    def _show_chips(self, counts: tuple[tuple[int, str, str], ...]) -> None:
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for number, text, role in counts:
            if number:
                chip = QLabel(text, self._counts)
                chip.setProperty("role", role)
                self._flow.addWidget(chip)
                chip.show()
                self.chips.append(chip)
        self._counts.setVisible(bool(self.chips))

    # -- storing -------------------------------------------------------------------------------------------------------

    def store(self) -> None:
        """Store every row without fault, as one step."""
        report = self.report
        if report is None or not self.import_button.isEnabled():
            return
        self.import_button.setEnabled(False)
        self.progress.show()
        self._context.runner.work(
            self, lambda desk: exchange.store_report(desk, report, skip_bad=True), self._on_stored, self._on_not_stored
        )

    def _on_stored(self, outcome: Outcome) -> None:
        self.progress.hide()
        text = "\n".join((outcome.label, *outcome.messages[:MOST_WARNINGS]))
        self._context.feedback.toast(text, undo=outcome.inverse is not None)
        if self.report is not None and self.report.bad:
            # what was stored is done with; the faults are still to be saved or looked at
            self.import_button.hide()
            self.explanation.setText(self.tr("The other rows are stored. These are left out:"))
            return
        self.finished.emit()

    def _on_not_stored(self, error: DomainError) -> None:
        self.progress.hide()
        self.import_button.setEnabled(True)
        path = None if self.report is None else self.report.path
        if path is None:
            self.message.show_error(error)
            return
        again = QPushButton(self.tr("Check the file again"))
        again.clicked.connect(partial(self.check, str(path)))
        self.message.show_error(error, again)

    def _write_faults(self, path: str) -> None:
        report = self.report
        if report is None:
            return

        def write(_desk: Desk) -> Path:
            exchange.write_fault_workbook(report, path)
            return Path(path)

        self._context.runner.work(self, write, self._on_written, self.message.show_error)

    def _write_template(self, path: str) -> None:
        self._context.runner.work(
            self, lambda _desk: exchange.write_template(path)[0], self._on_written, self._context.feedback.failed
        )

    def _on_written(self, path: Path) -> None:
        self._context.feedback.toast(self.tr("{name} is written.").format(name=path.name))


def file_of(data: QMimeData) -> str:
    """The file that is dragged, where it is one that can be imported; else ""."""
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and Path(paths[0]).suffix.lower() in READABLE else ""


def _opened(dialog: QFileDialog) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
