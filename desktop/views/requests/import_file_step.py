"""First step of an import: which sheet, in which encoding, under which header; the first rows to look at."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.itemmodels.import_preview import ImportPreviewModel
from desktop.services.exchange.foreign.planning import FilePlan
from desktop.services.exchange.foreign.sheet_plan import SheetPlan
from desktop.services.exchange.foreign.tables import Table
from desktop.services.exchange.foreign.targets import LIST, layouts
from desktop.services.exchange.sheets import BY_KIND
from desktop.services.exchange.sources import ENCODINGS


class ImportFileStep(QWidget):
    """How a file is read.

    Attributes:
        sheet_wanted: another sheet (its name, or "") or another shape (the layout, or "").
        encoding_wanted: the codec of another encoding.
        header_wanted: the number of the row that is the header.
    """

    sheet_wanted = Signal(str, str)
    encoding_wanted = Signal(str)
    header_wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sheet = QComboBox(self)
        self.sheet.activated.connect(self._on_sheet)
        self.encoding = QComboBox(self)
        for codec, name in ENCODINGS.items():
            self.encoding.addItem(name, codec)
        self.encoding.activated.connect(self._on_encoding)
        self.layout_box = QComboBox(self)
        for layout in layouts():
            title = self.tr("Booking list: booking, order and factory in a row")
            self.layout_box.addItem(title if layout == LIST else BY_KIND[layout].title, layout)
        self.layout_box.activated.connect(self._on_layout)
        self.form = QFormLayout()
        self.form.setContentsMargins(12, 0, 12, 0)
        self.form.setVerticalSpacing(8)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.addRow(self.tr("&Sheet"), self.sheet)
        self.form.addRow(self.tr("&Encoding"), self.encoding)
        self.form.addRow(self.tr("&Rows are"), self.layout_box)
        self.hint = QLabel(self.tr("The header is the row in bold. Double-click another row to make it that."), self)
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
        self.hint.setContentsMargins(12, 0, 12, 0)
        self.preview = ImportPreviewModel(self)
        self.table = QTableView(self)
        self.table.setModel(self.preview)
        self.table.setAccessibleName(self.tr("First rows of the file"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setDefaultSectionSize(110)
        self.table.activated.connect(self._on_header)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.form)
        column.addWidget(self.hint)
        column.addWidget(self.table, 1)

    def show_plan(self, planned: FilePlan, plan: SheetPlan, table: Table) -> None:
        """Show what was found out."""
        self.sheet.clear()
        for one in planned.file.tables:
            self.sheet.addItem(one.name or planned.file.name, one.name)
        self.sheet.setCurrentIndex(max(0, self.sheet.findData(table.name)))
        self._show_row(self.sheet, len(planned.file.tables) > 1)
        codec = planned.file.encoding
        at = self.encoding.findData("utf-8-sig" if codec in ("utf-8", "ascii") else codec)
        self.encoding.setCurrentIndex(max(0, at))
        self._show_row(self.encoding, bool(planned.file.encoding))
        self.layout_box.setCurrentIndex(self.layout_box.findData(plan.layout))
        self.preview.show_table(table, plan.header)

    def _show_row(self, field: QWidget, shown: bool) -> None:
        self.form.setRowVisible(field, shown)

    def _on_sheet(self) -> None:
        self.sheet_wanted.emit(self.sheet.currentData(Qt.ItemDataRole.UserRole), "")

    def _on_encoding(self) -> None:
        self.encoding_wanted.emit(self.encoding.currentData())

    def _on_header(self, index: QModelIndex) -> None:
        self.header_wanted.emit(self.preview.row_number(index.row()))

    def _on_layout(self) -> None:
        self.sheet_wanted.emit(self.sheet.currentData(Qt.ItemDataRole.UserRole) or "", self.layout_box.currentData())
