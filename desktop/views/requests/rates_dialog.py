"""Rates: what man-days are sold for, and what currencies are worth, each change a step that can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import DomainError
from desktop.itemmodels import request_words as words
from desktop.jobs.db_runner import Committed
from desktop.services.changes import Outcome
from desktop.services.commands import Command, SetClientRate, SetExchangeRate
from desktop.services.exchange.cells import CellFault
from desktop.services.requests.form import read_day
from desktop.services.requests.quoting import ExchangeRow, Rates, read_rates
from desktop.services.trade.money import CURRENCIES, spelled
from desktop.services.trade.quote import Rate
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage

SIZE = (620, 560)
RATE_TABLES = ("client_rate", "exchange_rate", "client")


class RatesDialog(QDialog):
    """Two lists, each with a line to add to it; whoever adds what is there already changes it."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Rates"))
        self.resize(*SIZE)
        self._context = context
        self._rates = Rates((), ())
        self.message = InlineMessage(context.look, self)
        self.rates = self._table(
            self.tr("Man-day rates"),
            (self.tr("Client"), self.tr("Service"), self.tr("Country"), self.tr("Area"), self.tr("A man-day")),
        )
        self.exchange = self._table(
            self.tr("Exchange rates"), (self.tr("Currency"), self.tr("From"), self.tr("For a US dollar"))
        )
        self.client = self._entry(self.tr("Client"), self.tr("client"))
        self.service = self._entry(self.tr("Service"), self.tr("service"))
        self.country = self._entry(self.tr("Country"), self.tr("country"))
        self.area = self._entry(self.tr("Area"), self.tr("area"))
        self.amount = self._entry(self.tr("A man-day"), "300")
        self.amount_currency = self._currencies(CURRENCIES)
        self.add_rate = QPushButton(self.tr("Set"), self)
        self.remove_rate = QPushButton(self.tr("Remove"), self)
        self.currency = self._currencies(CURRENCIES[1:])
        self.date = self._entry(self.tr("From"), words.short_day(self._today()))
        self.units = self._entry(self.tr("For a US dollar"), "7.12")
        self.add_exchange = QPushButton(self.tr("Set"), self)
        self.remove_exchange = QPushButton(self.tr("Remove"), self)
        self._lay_out()
        self.add_rate.clicked.connect(self._set_rate)
        self.remove_rate.clicked.connect(self._remove_rate)
        self.add_exchange.clicked.connect(self._set_exchange)
        self.remove_exchange.clicked.connect(self._remove_exchange)
        context.runner.committed.connect(self._on_committed)
        self.fetch()

    def fetch(self) -> None:
        """Read what is entered."""
        self._context.runner.read(self, read_rates, self._on_rates, self.message.show_error)

    def _today(self) -> dt.date:
        return self._context.clock.now().astimezone().date()

    def _table(self, name: str, heads: Sequence[str]) -> QTableWidget:
        table = QTableWidget(0, len(heads), self)
        table.setAccessibleName(name)
        table.setHorizontalHeaderLabels(list(heads))
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        return table

    def _entry(self, name: str, placeholder: str) -> QLineEdit:
        entry = QLineEdit(self)
        entry.setAccessibleName(name)
        entry.setPlaceholderText(placeholder)
        entry.setMinimumWidth(0)
        return entry

    def _currencies(self, names: Sequence[str]) -> QComboBox:
        box = QComboBox(self)
        box.addItems(list(names))
        box.setAccessibleName(self.tr("Currency"))
        return box

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.message)
        for title, note, table, entries in (
            (
                self.tr("What a man-day is sold for"),
                self.tr("The most particular rate counts: by client, then area, country and service."),
                self.rates,
                (self.client, self.service, self.country, self.area, self.amount, self.amount_currency,
                 self.add_rate, self.remove_rate),
            ),
            (
                self.tr("What currencies are worth"),
                self.tr("A rate holds from its day on until the next one. Quotes take the one of their day."),
                self.exchange,
                (self.currency, self.date, self.units, self.add_exchange, self.remove_exchange),
            ),
        ):  # fmt: skip
            head, said = QLabel(title, self), QLabel(note, self)
            head.setProperty("role", "name")
            said.setProperty("role", "muted")
            said.setWordWrap(True)
            line = QHBoxLayout()
            line.setSpacing(6)
            for entry in entries:
                line.addWidget(entry, 1 if isinstance(entry, QLineEdit) else 0)
            column.addWidget(head)
            column.addWidget(said)
            column.addWidget(table, 1)
            column.addLayout(line)

    # -- showing -------------------------------------------------------------------------------------------------------

    def _on_rates(self, rates: Rates) -> None:
        self._rates = rates
        _fill(
            self.rates,
            [
                (
                    rate.client or self.tr("every"),
                    rate.service or self.tr("every"),
                    rate.country or self.tr("any"),
                    rate.area or self.tr("any"),
                    spelled(rate.cents, rate.currency),
                )
                for rate in rates.rates
            ],
        )
        rows = [(row.currency, words.short_day(row.date), f"{row.units_per_dollar:,.10g}") for row in rates.exchange]
        _fill(self.exchange, rows)

    def _on_committed(self, committed: Committed) -> None:
        if any(committed.changes.touches(table) for table in RATE_TABLES):
            self.fetch()

    # -- changing ------------------------------------------------------------------------------------------------------

    def _set_rate(self) -> None:
        amount = self._number(self.amount)
        if amount is not None:
            texts = (entry.text().strip() or None for entry in (self.client, self.service, self.country, self.area))
            self._handle(SetClientRate(round(100 * amount), self.amount_currency.currentText(), *texts))

    def _remove_rate(self) -> None:
        place = self.rates.currentRow()
        if 0 <= place < len(self._rates.rates):
            rate: Rate = self._rates.rates[place]
            self._handle(SetClientRate(None, rate.currency, rate.client, rate.service, rate.country, rate.area))

    def _set_exchange(self) -> None:
        units = self._number(self.units)
        if units is None:
            return
        try:
            date = read_day(self.date.text(), self._today()) if self.date.text().strip() else self._today()
        except CellFault as fault:
            self.message.show_text(f"{self.date.text()!r} {fault.reason}. {fault.remedy}.", "bad")
            return
        self._handle(SetExchangeRate(self.currency.currentText(), date, units))

    def _remove_exchange(self) -> None:
        place = self.exchange.currentRow()
        if 0 <= place < len(self._rates.exchange):
            row: ExchangeRow = self._rates.exchange[place]
            self._handle(SetExchangeRate(row.currency, row.date, None))

    def _number(self, entry: QLineEdit) -> float | None:
        """What was typed as a number; None, and said, where it is none."""
        try:
            found = float(entry.text().replace(",", "").strip())
        except ValueError:
            found = float("nan")
        if not 0 < found < 1e9:
            text = self.tr("“{text}” is no amount. Type a number above zero.").format(text=entry.text())
            self.message.show_text(text, "bad")
            entry.setFocus()
            return None
        return found

    def _handle(self, command: Command) -> None:
        self.message.clear()
        self._context.runner.handle(self, command, self._on_stored, self._on_refused)

    def _on_stored(self, outcome: Outcome) -> None:
        for entry in (self.amount, self.units):
            entry.clear()
        self._context.feedback.done(outcome)

    def _on_refused(self, error: DomainError) -> None:
        self.message.show_error(error)


def _fill(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    table.setRowCount(len(rows))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if column == len(texts) - 1:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(row, column, item)
