"""The way from a figure to the list behind it, from there to another one, and back, in the panel of one report."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.services.reports.report import Report, Table
from desktop.services.reports.vocabulary import Language
from desktop.views.context import PageContext
from desktop.views.reports.behind import query_behind, same_row
from desktop.views.reports.report_tab import ReportTab
from desktop.views.reports.wording import cell_words


class Trail(QObject):
    """Which lists were opened in the panel of a tab, the last one shown.

    Attributes:
        moved: another list is shown, or none.
    """

    moved = Signal()

    def __init__(self, context: PageContext, name: str, tab: ReportTab, language: Language) -> None:
        super().__init__(tab)
        self._context, self._tab, self._language = context, tab, language
        self._question = f"report list {name}"
        self._steps: list[tuple[Report, Table, int, str]] = []
        tab.opened.connect(self._on_opened)
        tab.side.opened.connect(self._on_list_opened)
        tab.side.back_wanted.connect(self._on_back)
        tab.side.closed.connect(self.close)

    def begin(self, report: Report, asked: tuple[Table, int, str]) -> None:
        """Show what is behind a cell (table, row, column) of a report."""
        self._steps = [(report, *asked)]
        self._read()

    def renew(self, report: Report) -> None:
        """The report was read anew: a figure that has changed has another list behind it, one that is gone has none."""
        if not self._steps or (self._steps[0][0].name, self._steps[0][0].scope) != (report.name, report.scope):
            return
        _, table, place, column = self._steps[0]
        now = same_row(report, table, place)
        if now is None:
            self.close()
        elif not now[0].frame.iloc[now[1]].equals(table.frame.iloc[place]):
            self.begin(report, (*now, column))

    def close(self) -> None:
        """Show no list."""
        self._context.readings.drop(self._question)
        self._steps.clear()
        if not self._tab.side.isHidden():
            self._tab.side.hide()
            if self._tab.isVisible():
                self._tab.take_focus()
        self.moved.emit()

    def show_elsewhere(self, page: str) -> None:
        """Go to what the row of the list names, on another page."""
        side = self._tab.side
        if side.code:
            self._context.selection.show_request(side.code, page)
        elif side.person:
            self._context.selection.show_inspector(side.person, page)

    def _on_opened(self, asked: tuple[Table, int, str]) -> None:
        if self._tab.report is not None:
            self.begin(self._tab.report, asked)

    def _on_list_opened(self, asked: tuple[Table, int, str]) -> None:
        if self._tab.side.report is not None:
            self._steps.append((self._tab.side.report, *asked))
            self._read()

    def _on_back(self) -> None:
        if len(self._steps) > 1:
            self._steps.pop()
            self._read()

    def _read(self) -> None:
        """Read the list behind the cell that was opened last."""
        side = self._tab.side
        report, table, place, column = self._steps[-1]
        side.show_reading(*cell_words(table, place, column, report, self._language))
        side.back.setVisible(len(self._steps) > 1)
        side.show()
        self.moved.emit()
        query = query_behind(report, table, place, column)
        self._context.readings.ask(self._question, query, side.show_report, side.show_error)
