"""The list of visits: by day and status, with what is overdue, and the panel of the one that is looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.clock import local_today
from desktop.itemmodels.list_table import ListTableModel, TableRow
from desktop.itemmodels.visit_rows import crew_words, visit_columns, visit_rows
from desktop.services.inspection.rows import VisitRow
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.visits.panel import VisitPanel
from desktop.views.widgets.list_table import ListTable
from desktop.views.widgets.page_bar import EmptyPlace

BACK, AHEAD = dt.timedelta(days=35), dt.timedelta(days=7)
"""How far the list looks back, and ahead."""
SPANS = ("all", "today", "yesterday", "week")
STAGES: Mapping[str, tuple[str, ...]] = {
    "planned": ("planned",),
    "out": ("travelling", "on site"),
    "finished": ("finished",),
    "review": ("report in",),
    "release": ("reviewed",),
    "released": ("released",),
    "aborted": ("aborted",),
}
"""The chips and the stages that each asks for."""
PANEL_WIDTHS = ((1300, 420), (1700, 520), (10**6, 680))
LEAST_PANEL = 380


class VisitStrip(QFrame):
    """Chips for days and states.

    Attributes:
        changed: something else is asked for.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self.setFixedHeight(36)
        self.span = "all"
        self.spans: dict[str, QPushButton] = {}
        self.stages: dict[str, QPushButton] = {}
        self._one = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(5)
        for name, said in self._span_words().items():
            chip = self._chip(said, "chip")
            chip.setChecked(name == self.span)
            chip.clicked.connect(partial(self._on_span, name))
            self._one.addButton(chip)
            self.spans[name] = chip
            row.addWidget(chip)
        row.addSpacing(10)
        self.overdue = self._chip(self.tr("Overdue"), "chip-bad")
        self.overdue.clicked.connect(self.changed)
        row.addWidget(self.overdue)
        for name, said in self._stage_words().items():
            chip = self._chip(said, "chip")
            chip.clicked.connect(self.changed)
            self.stages[name] = chip
            row.addWidget(chip)
        row.addStretch(1)
        self.shown = QLabel(self)
        self.shown.setProperty("role", "muted")
        row.addWidget(self.shown)

    def _chip(self, text: str, role: str) -> QPushButton:
        made = QPushButton(text, self)
        made.setProperty("role", role)
        made.setCheckable(True)
        return made

    def _on_span(self, name: str) -> None:
        self.span = name
        self.changed.emit()

    @property
    def is_empty(self) -> bool:
        """Whether everything is asked for."""
        chips = (self.overdue, *self.stages.values())
        return self.span == "all" and not any(chip.isChecked() for chip in chips)

    def clear(self) -> None:
        """Ask for everything."""
        for chip in (self.overdue, *self.stages.values()):
            chip.setChecked(False)
        self.spans["all"].setChecked(True)
        self._on_span("all")

    def wants(self, row: VisitRow, today: dt.date) -> bool:
        """Whether a visit is asked for."""
        day = {"today": today, "yesterday": today - dt.timedelta(days=1)}.get(self.span)
        if day is not None and not row.first_day <= day <= row.last_day:
            return False
        if self.span == "week":
            monday = today - dt.timedelta(days=today.weekday())
            if row.last_day < monday or row.first_day > monday + dt.timedelta(days=6):
                return False
        if self.overdue.isChecked() and not (row.is_overdue or row.actions_overdue):
            return False
        stages = [stage for name, chip in self.stages.items() if chip.isChecked() for stage in STAGES[name]]
        return not stages or row.stage in stages

    def show_counts(self, rows: tuple[VisitRow, ...]) -> None:
        """Say how many visits stand behind each chip; those that would find nothing are not there."""
        words = self._stage_words()
        for name, chip in self.stages.items():
            number = sum(row.stage in STAGES[name] for row in rows)
            chip.setText(f"{words[name]} {number}")
            chip.setVisible(number > 0 or chip.isChecked())
        late = sum(bool(row.is_overdue or row.actions_overdue) for row in rows)
        self.overdue.setText(self.tr("Overdue {number}").format(number=late))
        self.overdue.setVisible(late > 0 or self.overdue.isChecked())

    def state(self) -> dict[str, object]:
        """As JSON values."""
        return {
            "span": self.span,
            "stages": [name for name, chip in self.stages.items() if chip.isChecked()],
            "overdue": self.overdue.isChecked(),
        }

    def restore(self, state: object) -> None:
        """The same again."""
        if not isinstance(state, dict):
            return
        stages = state.get("stages")
        for name, chip in self.stages.items():
            chip.setChecked(isinstance(stages, list) and name in stages)
        self.overdue.setChecked(state.get("overdue") is True)
        if state.get("span") in SPANS:
            self.span = str(state["span"])
            self.spans[self.span].setChecked(True)

    def _span_words(self) -> Mapping[str, str]:
        return {
            "all": self.tr("All days"),
            "today": self.tr("Today"),
            "yesterday": self.tr("Yesterday"),
            "week": self.tr("This week"),
        }

    def _stage_words(self) -> Mapping[str, str]:
        return {
            "planned": self.tr("Planned"),
            "out": self.tr("Out"),
            "finished": self.tr("Report awaited"),
            "review": self.tr("To review"),
            "release": self.tr("To release"),
            "released": self.tr("Released"),
            "aborted": self.tr("Aborted"),
        }


class VisitsTab(QWidget):
    """Visits.

    Attributes:
        chosen: the code (str) of the visit that is looked at; "" for none.
    """

    chosen = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self._rows: tuple[VisitRow, ...] | None = None
        self._searched = ""
        self._wanted = ""
        self._is_splitter_set = False
        self.strip = VisitStrip(self)
        self.message = InlineMessage(context.look, self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self._lists = QStackedWidget(self.splitter)
        self.model = ListTableModel(visit_columns(), self)
        self.table = ListTable(context.look, self.model, self.tr("Visits"), self._lists)
        self.empty = EmptyPlace(self._lists)
        self._lists.addWidget(self.table)
        self._lists.addWidget(self.empty)
        self.panel = VisitPanel(context, self.splitter)
        self.panel.setMinimumWidth(LEAST_PANEL)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.splitterMoved.connect(self._on_splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.message)
        column.addWidget(self.splitter, 1)
        self.strip.changed.connect(self.list_again)
        self.table.chosen.connect(self._on_chosen)

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def side(self) -> QWidget:
        """What stands beside the list."""
        return self.panel

    @property
    def current(self) -> VisitRow | None:
        """The visit that is looked at."""
        row = self.table.current
        return row.value if row is not None and isinstance(row.value, VisitRow) else None

    @property
    def late_number(self) -> int:
        """How many reports are overdue."""
        return sum(row.is_overdue for row in self._rows or ())

    def show_visits(self, rows: tuple[VisitRow, ...]) -> None:
        """Show visits."""
        self._rows = rows
        self.strip.show_counts(rows)
        if self._wanted and not any(self._wanted == row.request and self._matches(row) for row in rows):
            self.strip.clear()
        self.list_again()

    def want(self, code: str) -> None:
        """Look at a visit as soon as it is listed."""
        self._wanted = code
        if self._rows is not None and not self.table.choose(code):
            self.strip.clear()

    def search(self, words: str) -> None:
        """List only what has these words."""
        self._searched = words.casefold().strip()
        self.list_again()

    def list_again(self) -> None:
        """List what the filters ask for."""
        if self._rows is None:
            return
        shown = [row for row in self._rows if self._matches(row)]
        today = local_today(self.context.clock)
        shown.sort(key=lambda row: (row.first_day != today, _away(row.first_day, today), row.first_slot, row.request))
        self.table.show_rows(visit_rows(shown, self.context.clock.now()), self._wanted)
        if any(row.request == self._wanted for row in shown):
            self._wanted = ""
        self._lists.setCurrentWidget(self.table if shown else self.empty)
        self.strip.shown.setText(self.tr("%n visit(s)", "", len(shown)))
        if self._rows:
            self.empty.explain(self.tr("No visit matches these filters."), self.tr("Clear filters"))
        else:
            self.empty.explain(self.tr("No visit is announced around these days.\nPublish a plan, a day or a person."))

    def _matches(self, row: VisitRow) -> bool:
        if not self.strip.wants(row, local_today(self.context.clock)):
            return False
        told = " ".join(
            (row.request, row.factory_name, row.factory_local_name, row.client_name, row.order, row.product)
        )
        told = f"{told} {crew_words(row)}".casefold()
        return all(word in told for word in self._searched.split())

    def _on_chosen(self, row: TableRow | None) -> None:
        code = row.key if row is not None else ""
        self.panel.show_visit(code)
        self.chosen.emit(code)

    # -- room ----------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panel its share, until the user has said how wide it is to be."""
        super().resizeEvent(event)
        if not self._is_splitter_set:
            panel = next(width for most, width in PANEL_WIDTHS if self.width() < most)
            self.splitter.setSizes([self.width() - panel, panel])

    def _on_splitter(self, _place: int, _handle: int) -> None:
        self._is_splitter_set = True

    def state(self) -> dict[str, object]:
        """Filters, widths and the visit."""
        sizes = self.splitter.sizes() if self._is_splitter_set else []
        current = self.current
        return {"filter": self.strip.state(), "sizes": sizes, "visit": current.request if current else ""}

    def restore(self, state: object) -> None:
        """The same again."""
        if not isinstance(state, dict):
            return
        self.strip.restore(state.get("filter"))
        if isinstance(state.get("visit"), str):
            self._wanted = str(state["visit"])
        sizes = state.get("sizes")
        if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(size, int) and size > 0 for size in sizes):
            self.splitter.setSizes(sizes)
            self._is_splitter_set = True


def _away(day: dt.date, today: dt.date) -> tuple[bool, int]:
    """Days before today first, the nearest first; then those to come."""
    return day > today, abs((day - today).days)
