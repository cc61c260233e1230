"""What a report is to be saved as: kind of file, language, and whether private columns go with it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.services.reports.report import Report
from desktop.services.reports.vocabulary import LANGUAGES, Language
from desktop.views.widgets.entries import ChoiceEntry

WIDTH = 400
LANGUAGE_NAMES = {"en": "English", "zh": "中文", "vi": "Tiếng Việt"}


@dataclass(frozen=True, slots=True)
class Wish:
    """A file that is asked for.

    Attributes:
        ending: "xlsx", "csv", "pdf" or "png".
        has_private: columns that are private go with it.
    """

    ending: str
    language: Language
    has_private: bool = False


class ExportSheet(QDialog):
    """Asks.

    Attributes:
        chosen: a Wish.
    """

    chosen = Signal(object)

    def __init__(self, report: Report, title: str, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export the report"))
        self.setMinimumWidth(WIDTH)
        self.kinds: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.language = ChoiceEntry(may_add=False, parent=self)
        self.language.offer(LANGUAGES, [LANGUAGE_NAMES[one] for one in LANGUAGES])
        self.language.show_value(language)
        self.private = QCheckBox(self.tr("With private columns: telephones, addresses"), self)
        self._has_private = any(column.is_private for table in report.tables for column in table.columns)
        self.save = QPushButton(self.tr("Save as…"), self)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self._lay_out(title)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._on_save)

    def _lay_out(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(6)
        heading = QLabel(title, self)
        heading.setProperty("role", "panel-title")
        heading.setWordWrap(True)
        column.addWidget(heading)
        for ending, text in (
            ("xlsx", self.tr("Workbook for Excel: tables, charts, meanings")),
            ("csv", self.tr("CSV: all tables, one below the other")),
            ("pdf", self.tr("PDF: pages to hand out")),
            ("png", self.tr("Picture of the charts")),
        ):
            button = QRadioButton(text, self)
            self.kinds[ending] = button
            self._group.addButton(button)
            column.addWidget(button)
        self.kinds["xlsx"].setChecked(True)
        label = QLabel(self.tr("Language of the file"), self)
        label.setProperty("role", "muted")
        label.setBuddy(self.language)
        self.language.setAccessibleName(label.text())
        column.addSpacing(6)
        column.addWidget(label)
        column.addWidget(self.language)
        self.private.setVisible(self._has_private)
        column.addWidget(self.private)
        self.save.setProperty("role", "primary")
        self.save.setDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        column.addSpacing(8)
        column.addLayout(row)

    def _on_save(self) -> None:
        ending = next(ending for ending, button in self.kinds.items() if button.isChecked())
        language = next(one for one in LANGUAGES if one == self.language.raw())
        self.chosen.emit(Wish(ending, language, self.private.isChecked() and self._has_private))
        self.accept()
