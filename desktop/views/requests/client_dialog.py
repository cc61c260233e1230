"""A client: how to reach it, how its hours count, when a DUPRO may visit its goods; saved as one step."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.errors import DomainError
from desktop.services.changes import Outcome
from desktop.services.requests.client_card import (
    HOURS,
    PERCENTS,
    ClientCard,
    client_commands,
    read_client,
    read_entries,
)
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.requests.client_page_sheet import ClientPageSheet
from desktop.views.requests.form_row import FormRow
from desktop.views.requests.rates_dialog import RatesDialog
from desktop.views.widgets.entries import LineEntry
from desktop.views.widgets.fitting import grow_to_fit

WIDTH = 460


class ClientDialog(QDialog):
    """The fields of one client, each with what is wrong under it.

    Attributes:
        rows: by field; the percentages are empty where the house's count.
        hours: only office hours count until somebody must be on site.
    """

    def __init__(self, context: PageContext, code: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Client {code}").format(code=code))
        self.setMinimumWidth(WIDTH)
        self._context = context
        self._code = code
        self._card: ClientCard | None = None
        self.message = InlineMessage(context.look, self)
        titles = {
            "name": self.tr("Name"),
            "contact": self.tr("Contact"),
            "email": self.tr("E-mail"),
            "country": self.tr("Country, two letters"),
            "from_percent": self.tr("From % made"),
            "to_percent": self.tr("To % made"),
        }
        self.rows = {field: self._row(field, title) for field, title in titles.items()}
        self.hours = QCheckBox(self.tr("Hours until on site are working hours only"), self)
        self.rates = QPushButton(self.tr("Rates…"), self)
        self.page = QPushButton(self.tr("Page…"), self)
        self.page.setToolTip(self.tr("Save what this client may see of its inspections as a web page or a PDF"))
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.save = QPushButton(self.tr("Save"), self)
        self.save.setProperty("role", "primary")
        self.save.setDefault(True)
        self.save.setEnabled(False)
        self._lay_out()
        self.rates.clicked.connect(self.open_rates)
        self.page.clicked.connect(self.open_page)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._on_save)
        context.runner.read(self, partial(read_client, code=code), self._show, self.message.show_error)

    def _row(self, field: str, title: str) -> FormRow:
        row = FormRow(field, title, self._context.look, self)
        row.put(LineEntry(field, row))
        return row

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.message)
        for field in ("name", "contact", "email", "country"):
            column.addWidget(self.rows[field])
        column.addSpacing(4)
        column.addWidget(self._title(self.tr("On-site clock")))
        column.addWidget(self.hours)
        column.addWidget(self._note(self.tr("On working days at the factory. Else all hours count, day and night.")))
        column.addSpacing(4)
        column.addWidget(self._title(self.tr("When a DUPRO may visit")))
        shares = QHBoxLayout()
        shares.setSpacing(12)
        for field in PERCENTS:
            shares.addWidget(self.rows[field], 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(shares)
        column.addWidget(
            self._note(self.tr("Empty: as the house has it. Windows of single products stay as they are."))
        )
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.rates)
        buttons.addWidget(self.page)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        column.addSpacing(4)
        column.addLayout(buttons)

    def _title(self, text: str) -> QLabel:
        title = QLabel(text, self)
        title.setProperty("role", "name")
        return title

    def _note(self, text: str) -> QLabel:
        note = QLabel(text, self)
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        return note

    # -- showing and saving --------------------------------------------------------------------------------------------

    def _show(self, card: ClientCard) -> None:
        self._card = card
        for field, row in self.rows.items():
            value = card.values[field]
            row.show_value(f"{value:g}" if isinstance(value, float) else value)
        for field, percent in zip(PERCENTS, card.house, strict=True):
            entry = self.rows[field].entry
            assert isinstance(entry, LineEntry)
            entry.setPlaceholderText(f"{percent:g}")
        self.hours.setChecked(card.values[HOURS])
        self.save.setEnabled(True)
        self.rows["name"].focus()

    def _on_save(self) -> None:
        card = self._card
        if card is None:
            return
        self.message.clear()
        typed = {field: str(row.entry.raw()) for field, row in self.rows.items()}
        values, faults = read_entries(typed | {HOURS: self.hours.isChecked()})
        found = {fault.field: fault for fault in reversed(faults)}
        for field, row in self.rows.items():
            row.show_fault(found.get(field))
        if faults:
            grow_to_fit(self)
            self.rows[faults[0].field].focus()
            return
        commands = client_commands(card, values)
        if not commands:
            self.accept()
            return
        self.save.setEnabled(False)
        label = self.tr("Change client {code}").format(code=self._code)
        self._context.runner.handle_all(self, commands, label, self._on_stored, self._on_refused)

    def _on_stored(self, outcome: Outcome) -> None:
        self._context.feedback.done(outcome)
        self.accept()

    def _on_refused(self, error: DomainError) -> None:
        self.save.setEnabled(True)
        self.message.show_error(error)
        grow_to_fit(self)

    def open_rates(self) -> RatesDialog:
        """Show what man-days are sold for, to this client and to others."""
        dialog = RatesDialog(self._context, self)
        dialog.show()
        return dialog

    def open_page(self) -> ClientPageSheet:
        """Ask for the file of a page for this client."""
        sheet = ClientPageSheet(self._context, self._code, self)
        sheet.show()
        return sheet
