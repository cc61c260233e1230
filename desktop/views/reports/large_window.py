"""One table of a report in a window of its own, for a second screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.services.reports.report import Report, Table
from desktop.services.reports.vocabulary import Language
from desktop.views.context import PageContext
from desktop.views.reports.card import TableCard
from desktop.views.reports.wording import table_title

SIZE = (1200, 800)


class LargeWindow(QDialog):
    """A card that fills a window; it shows what was shown when it was opened."""

    def __init__(self, context: PageContext, report: Report, table: Table, language: Language, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(table_title(table, language))
        self.resize(*SIZE)
        self.card = TableCard(context, language, self, most_rows=10**6, is_large=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.card)
        self.card.show_table(report, table)
