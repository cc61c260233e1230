"""One table of a report as a card: its chart or its rows, what is said of them, and what can be done with them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.services.reports.report import Report, Table, Tone
from desktop.services.reports.vocabulary import Language, say
from desktop.views.charts.titles import source_words
from desktop.views.charts.widget import ChartWidget
from desktop.views.context import PageContext
from desktop.views.reports.table_view import MOST_ROWS, ReportTableView
from desktop.views.reports.wording import headings, note_text, table_about, table_title
from desktop.views.widgets.elided_label import ElidedLabel

TONES: dict[Tone, str] = {"plain": "muted", "ok": "ok", "warn": "warn", "bad": "error"}
WIDE_WEEKS = 18
"""A grid or lines of more weeks take the whole width."""


def is_wide(table: Table) -> bool:
    """Whether a table wants the whole width of the page."""
    chart = table.chart
    if chart is None:
        return len(table.columns) > 9
    return chart.kind == "heat" and table.frame[chart.x].nunique() > WIDE_WEEKS


class TableCard(QFrame):
    """A card.

    Attributes:
        opened: (table, row of the frame, key of the column): what is behind is asked for.
        means_asked: (keys of figures, place (QPoint, global)).
        export_wanted: (table, ending of the file): "csv" or "png".
        large_wanted: the Table is to be shown in a window of its own.
        turned: (name of the table, whether its rows are shown).
    """

    opened = Signal(object)
    means_asked = Signal(object)
    export_wanted = Signal(object)
    large_wanted = Signal(object)
    turned = Signal(object)

    def __init__(
        self,
        context: PageContext,
        language: Language,
        parent: QWidget,
        *,
        most_rows: int = MOST_ROWS,
        is_large: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.table: Table | None = None
        self._context, self._language = context, language
        self._report: Report | None = None
        self._is_large, self._most_rows = is_large, most_rows
        self._is_filled: set[str] = set()
        self._title, self._about = QLabel(self), ElidedLabel(self)
        self._title.setProperty("role", "name")
        self._about.setProperty("role", "muted")
        self.large = self._tool(self.tr("Show in a window of its own"))
        self.more = self._tool(self.tr("More for this table"))
        self.chart: ChartWidget | None = None
        self.rows: ReportTableView | None = None
        self._notes = QVBoxLayout()
        self._notes.setSpacing(2)
        self._source = QLabel(self)
        self._source.setProperty("role", "faint")
        self._source.setWordWrap(True)
        self._lay_out()
        self.large.clicked.connect(self._on_large)
        self.more.clicked.connect(self._on_more)
        context.look.changed.connect(self._paint)
        self._paint()

    def _tool(self, name: str) -> QPushButton:
        made = QPushButton(self)
        made.setProperty("role", "flat")
        made.setAccessibleName(name)
        made.setToolTip(name)
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 6, 4)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._about, 1)
        if not self._is_large:
            head.addWidget(self.large)
        else:
            self.large.hide()
        head.addWidget(self.more)
        rule = QFrame(self)
        rule.setProperty("role", "rule")
        self._body = QVBoxLayout()
        self._body.setContentsMargins(12, 8, 12, 4)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 0, 12, 10)
        foot.setSpacing(4)
        foot.addLayout(self._notes)
        foot.addWidget(self._source)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule)
        column.addLayout(self._body, 1)
        column.addLayout(foot)

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def shows_rows(self) -> bool:
        """Whether the rows are shown and not the chart."""
        return self.rows is not None and not self.rows.isHidden()

    def show_table(self, report: Report, table: Table, *, as_rows: bool = False) -> None:
        """Show a table of a report."""
        self._report, self.table = report, table
        self._is_filled.clear()
        self._title.setText(table_title(table, self._language))
        self.setAccessibleName(self._title.text())
        self._show_notes(report, table)
        self.turn(as_rows=as_rows or table.chart is None)

    def turn(self, *, as_rows: bool) -> None:
        """Show the rows, or the chart."""
        if as_rows:
            self._show_rows()
        else:
            self._show_chart()
        if self.chart is not None:
            self.chart.setVisible(not as_rows)
        if self.rows is not None:
            self.rows.setVisible(as_rows)
        self._source.setVisible(as_rows)
        # a chart says it itself, with its unit and its weeks
        self._about.setText(table_about(self.table, self._language) if as_rows and self.table else "")

    def _show_chart(self) -> None:
        assert self.table is not None
        assert self._report is not None
        if self.chart is None:
            self.chart = ChartWidget(self._context.look, self)
            self.chart.opened.connect(self._on_chart_opened)
            self._body.addWidget(self.chart, 1)
        if "chart" not in self._is_filled:
            self._is_filled.add("chart")
            self.chart.show_table(self.table, self._report, self._language)

    def _show_rows(self) -> None:
        table, report = self.table, self._report
        assert table is not None
        assert report is not None
        if self.rows is None:
            self.rows = ReportTableView(self._context.look, self._title.text(), self, self._most_rows)
            self.rows.opened.connect(self._on_row_opened)
            self._body.addWidget(self.rows, 1)
        if "rows" not in self._is_filled:
            self._is_filled.add("rows")
            chart = table.chart
            bar = chart.series[0] if chart is not None and chart.kind in ("bars", "map") and chart.goal is None else ""
            columns = tuple(column for column in table.columns if column.key in table.frame.columns)
            heads = headings(table, columns, report, self._language)
            self.rows.rows.show_table(table, columns, heads, say("paper.total", self._language), bar)
            self.rows.fit()

    def _show_notes(self, report: Report, table: Table) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        notes = [(note_text(note, self._language), TONES[note.tone]) for note in table.notes]
        if table.frame.empty and table.chart is None:  # a chart says so itself
            notes.insert(0, (say("chart.empty", self._language), "muted"))
        for text, role in notes:
            label = QLabel(text, self)
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            self._notes.addWidget(label)
        self._source.setText(source_words(table, report, self._language))

    # -- what is done --------------------------------------------------------------------------------------------------

    def _on_chart_opened(self, place: int, column: str) -> None:
        self._open((place, column))

    def _on_row_opened(self, cell: tuple[int, str]) -> None:
        self._open(cell)

    def _open(self, cell: tuple[int, str]) -> None:
        if self.table is not None and self.table.behind:
            self.opened.emit((self.table, *cell))

    def _on_large(self) -> None:
        self.large_wanted.emit(self.table)

    def _on_more(self) -> None:
        menu = self.make_menu()
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def make_menu(self) -> QMenu:
        """What can be done with the table."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.table is not None and self.table.chart is not None:
            text = self.tr("Show as chart") if self.shows_rows else self.tr("Show as table")
            menu.addAction(text).triggered.connect(self._on_turn)
        menu.addAction(self.tr("What the figures mean")).triggered.connect(self._on_means)
        menu.addAction(self.tr("Copy the table")).triggered.connect(self.copy)
        menu.addSeparator()
        files = [(self.tr("Save the table as CSV…"), "csv")]
        if self.table is not None and self.table.chart is not None:
            files.append((self.tr("Save the chart as picture…"), "png"))
        for text, ending in files:
            action = menu.addAction(text)
            action.triggered.connect(partial(self._on_export, ending))
            action.setEnabled(self._report is not None and not self._report.is_partial)
        return menu

    def _on_turn(self) -> None:
        self.turn(as_rows=not self.shows_rows)
        assert self.table is not None
        self.turned.emit((self.table.name, self.shows_rows))

    def _on_means(self) -> None:
        assert self.table is not None
        keys = [column.key for column in self.table.columns]
        self.means_asked.emit((keys, self.more.mapToGlobal(QPoint(0, self.more.height()))))

    def _on_export(self, ending: str, _checked: bool = False) -> None:
        self.export_wanted.emit((self.table, ending))

    def copy(self) -> None:
        """Put the table into the clipboard as spreadsheet programs take it."""
        is_rows = self.shows_rows
        self._show_rows()
        assert self.rows is not None
        self.rows.setVisible(is_rows)
        model = self.rows.rows
        across = range(model.columnCount())
        heads = "\t".join(str(model.headerData(column, Qt.Orientation.Horizontal)) for column in across)
        lines = ["\t".join(model.text(row, column) for column in across) for row in range(model.rowCount())]
        QGuiApplication.clipboard().setText("\n".join([heads, *lines]))
        self._context.feedback.toast(self.tr("%n row(s) copied.", "", len(lines)))

    def _paint(self) -> None:
        self.large.setIcon(self._context.look.icon("open-in-new"))
        self.more.setIcon(self._context.look.icon("dots-horizontal"))
