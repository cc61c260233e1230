"""One kind of defect as it is entered, and what is entered of a visit whose result is not saved yet."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QSpinBox, QWidget

from desktop.itemmodels.visit_rows import severity_words
from desktop.services.commands.inspection import DefectEntry, Severity
from desktop.views.context import PageContext

SEVERITIES: tuple[Severity, ...] = ("critical", "major", "minor")
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the fields, and the version of the visit that it was begun with."""

    version: int
    defects: tuple[DefectEntry, ...]
    drawn: int
    missing: str
    remark: str


class DefectLine(QWidget):
    """One kind of defect: class, number, words.

    Attributes:
        edited: something of it was changed.
        gone: it is to go.
    """

    edited = Signal()
    gone = Signal()

    def __init__(self, context: PageContext, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = context.look
        self.item = ""
        self.severity = QComboBox(self)
        for severity in SEVERITIES:
            self.severity.addItem(severity_words(severity), severity)
        self.severity.setAccessibleName(self.tr("Class of defect {number}").format(number=number))
        self.number = QSpinBox(self)
        self.number.setRange(1, MOST)
        self.number.setAccessibleName(self.tr("Pieces with defect {number}").format(number=number))
        self.number.setFixedWidth(72)
        self.text = QLineEdit(self)
        self.text.setPlaceholderText(self.tr("What is wrong, and where"))
        self.text.setAccessibleName(self.tr("Defect {number}").format(number=number))
        self.drop = QPushButton(self)
        self.drop.setProperty("role", "flat")
        self.drop.setAccessibleName(self.tr("Remove defect {number}").format(number=number))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.severity)
        row.addWidget(self.number)
        row.addWidget(self.text, 1)
        row.addWidget(self.drop)
        self.severity.activated.connect(self._tell)
        self.number.valueChanged.connect(self._tell)
        self.text.textEdited.connect(self._tell)
        self.drop.clicked.connect(self.gone)
        self._look.changed.connect(self._paint)
        self._paint()

    def show_defect(self, severity: Severity, number: int, text: str, item: str) -> None:
        """Put a defect in."""
        self.severity.setCurrentIndex(SEVERITIES.index(severity))
        self.number.blockSignals(True)
        self.number.setValue(number)
        self.number.blockSignals(False)
        self.text.setText(text)
        self.text.setCursorPosition(0)
        self.item = item

    @property
    def entry(self) -> DefectEntry:
        """The defect as it stands."""
        return DefectEntry(self.severity.currentData(), self.number.value(), self.text.text().strip(), self.item)

    def _tell(self, _value: object = None) -> None:
        self.edited.emit()

    def _paint(self) -> None:
        self.drop.setIcon(self._look.icon("close"))
