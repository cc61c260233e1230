"""The list behind a figure: its visits, people or requests, with the figure above and what the list adds up to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.errors import DomainError
from desktop.services.reports.report import Report
from desktop.services.reports.vocabulary import Language, say
from desktop.views.charts.numbers import write_one
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.reports.table_view import ReportTableView
from desktop.views.reports.wording import figure, headings, note_text, table_title
from desktop.views.widgets.elided_label import ElidedLabel
from desktop.views.widgets.page_bar import EmptyPlace

WIDTHS = ((1300, 420), (1800, 540), (10**6, 760))
LEAST = 340
REQUEST, PERSON = "request", "person"
"""Columns that name a request, and a person."""


class BehindPanel(QFrame):
    """A list beside the cards.

    Attributes:
        settled: another row is gone to, or there is none.
        opened: (table, row of the frame, key of the column): what is behind a row of the list is asked for.
        back_wanted: the list before is asked for.
        closed: it is not wanted any more.
        export_wanted: the Report is to be saved as CSV.
    """

    settled = Signal()
    opened = Signal(object)
    back_wanted = Signal()
    closed = Signal()
    export_wanted = Signal(object)

    def __init__(self, context: PageContext, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setMinimumWidth(LEAST)
        self._context, self._language = context, language
        self.report: Report | None = None
        self._row: int | None = None
        self.back = QPushButton(self)
        self.back.setProperty("role", "flat")
        self.back.setAccessibleName(self.tr("Back to the list before"))
        self.back.setToolTip(self.back.accessibleName())
        self.back.hide()
        self.back.clicked.connect(self.back_wanted)
        self.title, self.figure, self.sums = ElidedLabel(self), QLabel(self), QLabel(self)
        self.title.setProperty("role", "panel-title")
        self.figure.setProperty("role", "strong")
        self.sums.setProperty("role", "muted")
        self.sums.setWordWrap(True)
        self.message = InlineMessage(context.look, self)
        self.table = ReportTableView(context.look, self.tr("List behind the figure"), self, most_rows=10**6)
        self.table.setSelectionBehavior(ReportTableView.SelectionBehavior.SelectRows)
        self.empty = EmptyPlace.of_panel(self.tr("Reading\N{HORIZONTAL ELLIPSIS}"), self)
        self.close_button = QPushButton(self)
        self.close_button.setProperty("role", "flat")
        self.close_button.setAccessibleName(self.tr("Close the list"))
        self.visit = self._button(self.tr("Visit"), "reports.visit")
        self.board = self._button(self.tr("Board"), "reports.board")
        self.request = self._button(self.tr("Request"), "reports.request")
        self.save = QPushButton(self.tr("Save as CSV…"), self)
        self.save.setProperty("role", "small")
        self._lay_out()
        self.table.hide()
        self.close_button.clicked.connect(self.closed)
        self.save.clicked.connect(self._on_save)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        context.look.changed.connect(self._paint)
        self._paint()

    def _button(self, text: str, action_id: str) -> QPushButton:
        action = self._context.actions.action(action_id)
        made = QPushButton(text, self)
        made.setProperty("role", "small")
        made.setToolTip(action.toolTip())
        made.setEnabled(action.isEnabled())
        made.clicked.connect(action.trigger)
        action.enabledChanged.connect(made.setEnabled)
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        top = QVBoxLayout()
        top.setContentsMargins(12, 8, 8, 6)
        top.setSpacing(2)
        top.addLayout(head)
        top.addWidget(self.figure)
        top.addWidget(self.sums)
        foot = QFrame(self)
        foot.setProperty("role", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 6, 12, 6)
        for button in (self.visit, self.board, self.request):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.message)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(foot)

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def code(self) -> str:
        """The code of the request in the row that is gone to; "" where there is none."""
        return self._named(REQUEST)

    @property
    def person(self) -> str:
        """The code of the person in the row that is gone to, where the rows are people; else ""."""
        return "" if self.code else self._named(PERSON)

    def _named(self, column: str) -> str:
        if self.report is None or self._row is None or not self.report.tables:
            return ""
        frame = self.report.tables[0].frame
        return str(frame[column].iloc[self._row]) if column in frame.columns else ""

    def show_reading(self, where: str, told: str) -> None:
        """Say which cell is meant while its list is read."""
        self.title.setText(where)
        self.figure.setText(told)
        self.figure.setVisible(bool(told))
        self.sums.clear()
        self.message.clear()
        self.report, self._row = None, None
        self.table.hide()
        self.empty.explain(self.tr("Reading\N{HORIZONTAL ELLIPSIS}"))
        self.empty.show()
        self.save.setEnabled(False)
        self.settled.emit()

    def show_report(self, report: Report) -> None:
        """Show the list."""
        self.report, self._row = report, None
        table = report.tables[0]
        columns = tuple(column for column in table.columns if not column.is_private)
        heads = headings(table, columns, report, self._language)
        self.table.rows.show_table(table, columns, heads, say("paper.total", self._language))
        self.table.fit()
        self.sums.setText(self._said_sums(report))
        self.table.setHidden(table.frame.empty)
        self.empty.setVisible(table.frame.empty)
        self.empty.explain(say("chart.empty", self._language))
        self.save.setEnabled(not table.frame.empty)
        self.settled.emit()

    def _said_sums(self, report: Report) -> str:
        table, currency = report.tables[0], report.scope.currency
        parts = [f"{table_title(table, self._language)}: {len(table.frame):,}"]
        for column in table.columns:
            if column.key in table.total:
                told = write_one(table.total[column.key], column.unit, self._language, currency)
                parts.append(f"{figure(column.key, self._language)} {told}")
        lines = [" \N{MIDDLE DOT} ".join(parts)]
        lines += [note_text(note, self._language) for note in (*table.notes, *report.notes)]
        return "\n".join(lines)

    def show_error(self, error: DomainError) -> None:
        """Say why there is no list."""
        self.empty.explain("")
        self.message.show_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _on_chosen(self, row: int | None) -> None:
        self._row = row
        self.settled.emit()

    def _on_opened(self, cell: tuple[int, str]) -> None:
        """What stands behind a row of people, their visits, is listed in its turn."""
        if self.report is not None and self.report.tables[0].behind:
            self.opened.emit((self.report.tables[0], *cell))

    def _on_save(self) -> None:
        self.export_wanted.emit(self.report)

    def _paint(self) -> None:
        self.close_button.setIcon(self._context.look.icon("close"))
        self.back.setIcon(self._context.look.icon("arrow-left"))
