"""The history: every change, what it did to which record, and the way to take it back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import DomainError
from desktop.itemmodels.history_table import ENTRY, HistoryTable
from desktop.jobs.db_runner import Committed, Job
from desktop.services.changes import Outcome
from desktop.services.commands import RevertChange
from desktop.services.history import HistoryEntry, RowChange, history
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage

SIZE = (980, 620)
MOST = 200
TYPING_MS = 250


class HistoryDialog(QDialog):
    """Changes in a table, the chosen one in full beside it."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._job: Job[tuple[HistoryEntry, ...]] | None = None
        self.setWindowTitle(self.tr("History"))
        self.resize(*SIZE)
        self.record = QLineEdit(self)
        self.record.setPlaceholderText(self.tr("Code of a record: R00012, I0003"))
        self.record.setAccessibleName(self.tr("Code of a record"))
        self.record.setClearButtonEnabled(True)
        self.record.setFixedWidth(260)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPING_MS)
        self._wait.timeout.connect(self.fetch)
        self.record.textChanged.connect(self._on_typed)
        self.undo = QPushButton(self.tr("Undo this step"), self)
        self.undo.setEnabled(False)
        self.undo.clicked.connect(self._revert)
        self.message = InlineMessage(context.look, self)
        self.model = HistoryTable(self)
        self.table = QTableView(self)
        self.details = QTreeWidget(self)
        self._set_up_table()
        self._set_up_details()
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.record.setFocus)
        context.runner.committed.connect(self._on_committed)
        self.fetch()
        self.table.setFocus()

    def show_record(self, code: str) -> None:
        """Only what concerns a record."""
        self.record.setText(code)
        self.fetch()

    def fetch(self) -> None:
        """Read the latest changes."""
        self._wait.stop()
        if self._job is not None:
            self._job.cancel()
        code = self.record.text().strip().upper() or None
        query = partial(history, limit=MOST, record=code)
        self._job = self._context.runner.read(self, query, self._on_history, self._on_error)

    def _on_typed(self, _text: str) -> None:
        self._wait.start()

    def _set_up_table(self) -> None:
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Changes"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(26)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 132), (1, 110), (3, 60)):
            self.table.setColumnWidth(column, width)
        self.table.selectionModel().currentRowChanged.connect(self._on_chosen)

    def _set_up_details(self) -> None:
        self.details.setAccessibleName(self.tr("What the step changed"))
        self.details.setColumnCount(3)
        self.details.setHeaderLabels([self.tr("Record, field"), self.tr("Before"), self.tr("After")])
        self.details.setColumnWidth(0, 150)
        self.details.setColumnWidth(1, 110)
        self.details.setRootIsDecorated(True)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("History"), self)
        title.setProperty("role", "title")
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 9, 12, 9)
        bar.setSpacing(12)
        bar.addWidget(title)
        bar.addWidget(self.record)
        bar.addStretch(1)
        bar.addWidget(self.undo)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.table)
        split.addWidget(self.details)
        split.setSizes([600, 380])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.message)
        layout.addWidget(split, 1)

    def _on_history(self, entries: tuple[HistoryEntry, ...]) -> None:
        self._job = None
        chosen = self._chosen()
        self.model.show(entries)
        if not entries:
            self.message.show_text(self.tr("Nothing has been changed yet."))
            self.details.clear()
            self.undo.setEnabled(False)
            return
        self.message.clear()
        row = self.model.row_of(chosen.change_id) if chosen is not None else 0
        self.table.setCurrentIndex(self.model.index(max(0, row), 0))

    def _on_error(self, error: DomainError) -> None:
        self._job = None
        self.model.show(())
        self.details.clear()
        self.undo.setEnabled(False)
        self.message.show_error(error)

    def _chosen(self) -> HistoryEntry | None:
        entry = self.table.currentIndex().data(ENTRY)
        return entry if isinstance(entry, HistoryEntry) else None

    def _on_chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        entry = self._chosen()
        self.undo.setEnabled(entry is not None and entry.kind != "barrier")
        self.undo.setText(
            self.tr("Redo this step") if entry is not None and entry.kind == "undo" else self.tr("Undo this step")
        )
        self.details.clear()
        if entry is None:
            return
        for row in entry.rows:
            self.details.addTopLevelItem(_item(row, self._operation(row)))
        if entry.row_count > len(entry.rows):
            more = self.tr("%n more row(s)", "", entry.row_count - len(entry.rows))
            self.details.addTopLevelItem(QTreeWidgetItem([more, "", ""]))
        if self.details.topLevelItemCount() <= 3:
            self.details.expandAll()

    def _operation(self, row: RowChange) -> str:
        return {"insert": self.tr("new"), "update": "", "delete": self.tr("removed")}[row.operation]

    def _revert(self) -> None:
        entry = self._chosen()
        if entry is not None:
            self._context.runner.handle(self, RevertChange(entry.change_id), self._on_reverted, self._on_refused)

    def _on_reverted(self, outcome: Outcome) -> None:
        self._context.feedback.toast(self.tr("Undone: {label}").format(label=outcome.label))

    def _on_refused(self, error: DomainError) -> None:
        self.message.show_error(error)

    def _on_committed(self, _committed: Committed) -> None:
        self.fetch()


def _item(row: RowChange, operation: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([row.name, "", operation])
    for change in row.fields:
        texts = [change.field, change.before or "", change.after or ""]
        child = QTreeWidgetItem(texts)
        for column, text in enumerate(texts):
            child.setToolTip(column, text)
        item.addChild(child)
    item.setToolTip(0, row.name)
    return item
