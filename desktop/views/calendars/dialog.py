"""Calendars: the years of countries, and the closing days of factories. All that plans, board and clock go by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import DomainError
from desktop.jobs.db_runner import Committed
from desktop.services.changes import Outcome
from desktop.services.closings import CalendarYear, read_year
from desktop.services.commands import Command
from desktop.services.house_settings import FIRST_YEAR, LAST_YEAR, calendar_countries
from desktop.views.calendars.closings_pane import ClosingsPane
from desktop.views.calendars.country_pane import CountryPane
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.words import country_name

SIZE = (760, 560)
TABLES = ("calendar_day", "factory_closure", "factory")


class CalendarsDialog(QDialog):
    """Two tabs on one year. Each change is stored at once, as a step that can be undone."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(self.tr("Calendars"))
        self.resize(*SIZE)
        today: dt.date = context.clock.now().astimezone().date()
        self.tabs = QButtonGroup(self)
        self.stack = QStackedWidget(self)
        self.countries = CountryPane(context.look, self._handle, self.stack)
        self.factories = ClosingsPane(today, self._handle_all, self.stack)
        self.country = QComboBox(self)
        self.country.setAccessibleName(self.tr("Country"))
        self.country.currentIndexChanged.connect(self.fetch)
        self.year = QSpinBox(self)
        self.year.setRange(FIRST_YEAR, LAST_YEAR)
        self.year.setValue(today.year)
        self.year.setAccessibleName(self.tr("Year"))
        self.year.valueChanged.connect(self.fetch)
        self.message = InlineMessage(context.look, self)
        self._lay_out()
        context.runner.committed.connect(self._on_committed)
        context.runner.read(self, calendar_countries, self._on_countries, self._on_refused)

    def _lay_out(self) -> None:
        bar = QFrame(self)
        bar.setProperty("role", "strip")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 4, 12, 4)
        for number, (title, pane) in enumerate(
            ((self.tr("Countries"), self.countries), (self.tr("Factories"), self.factories))
        ):
            button = QPushButton(title, bar)
            button.setProperty("role", "tab")
            button.setCheckable(True)
            self.tabs.addButton(button, number)
            self.stack.addWidget(pane)
            row.addWidget(button)
        self.tabs.button(0).setChecked(True)
        self.tabs.idClicked.connect(self.stack.setCurrentIndex)
        row.addStretch(1)
        row.addWidget(self.country)
        row.addWidget(self.year)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.message)
        column.addWidget(self.stack, 1)
        for pressed in self.findChildren(QPushButton):
            pressed.setAutoDefault(False)  # Enter belongs to the line that is typed in

    def fetch(self) -> None:
        """Read the year that is chosen."""
        country, year = str(self.country.currentData() or ""), self.year.value()
        if not country:
            return
        query = partial(read_year, country=country, year=year)
        self._context.runner.read(self, query, self._on_year, self._on_refused)

    def _on_countries(self, countries: tuple[str, ...]) -> None:
        self.country.blockSignals(True)
        for code in countries:
            self.country.addItem(country_name(code), code)
        self.country.blockSignals(False)
        self.fetch()

    def _on_year(self, found: CalendarYear) -> None:
        if (found.country, found.year) == (self.country.currentData(), self.year.value()):
            self.countries.show_year(found.country, found.year, found.days)
            self.factories.show_year(found.year, found.closings, found.proposals)

    def _handle(self, command: Command) -> None:
        self._context.runner.handle(self, command, self._on_done, self._on_refused)

    def _handle_all(self, commands: Sequence[Command], label: str) -> None:
        if len(commands) == 1:
            self._handle(commands[0])
        elif commands:
            self._context.runner.handle_all(self, commands, label, self._on_done, self._on_refused)

    def _on_done(self, outcome: Outcome) -> None:
        self.message.clear()
        self._context.feedback.done(outcome)

    def _on_refused(self, error: DomainError) -> None:
        self.message.show_error(error)

    def _on_committed(self, committed: Committed) -> None:
        if any(committed.changes.touches(table) for table in TABLES):
            self.fetch()
