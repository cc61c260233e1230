"""The quote of a request: its lines and total, and, for the house alone, cost and margin by the cheapest slot."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import DomainError
from desktop.itemmodels import request_words as words
from desktop.jobs.db_runner import Committed
from desktop.jobs.slot_search import SlotSearch
from desktop.services.bus import Desk
from desktop.services.requests.quoting import NOT_SOUGHT, QuoteSheet, Wish, as_text, read_quote
from desktop.services.requests.rows import RequestRow
from desktop.services.requests.slot import Slot
from desktop.services.trade.money import CURRENCIES, DOLLAR, spelled
from desktop.services.words import sentence
from desktop.views.context import PageContext
from desktop.views.requests.rates_dialog import RatesDialog
from desktop.views.requests.tabs import RequestTab
from desktop.views.widgets.flow_layout import FlowLayout

NO_PLACES = frozenset(
    ("change", "changed_row", "client_rate", "exchange_rate", "checklist", "checklist_item", "import_profile")
)
"""Tables that say nothing of who is free when; any other may make another slot the cheapest."""


class QuoteTab(RequestTab):
    """The tab. First the quote as things stand, then, once it is found, with the days and the cost of a slot."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.sheet: QuoteSheet | None = None
        self._slot: Slot | str = NOT_SOUGHT
        self.search = SlotSearch(context.runner, self)
        self.currency = QComboBox(self._body)
        self.currency.setAccessibleName(self.tr("Currency"))
        self.currency.addItem(self.tr("Currency of the rate"), "")
        for name in CURRENCIES:
            self.currency.addItem(name, name)
        self.overtime = QSpinBox(self._body)
        self.overtime.setRange(0, 40)
        self.overtime.setAccessibleName(self.tr("Hours of overtime"))
        self.same_day = QCheckBox(self.tr("Report on the same day"), self._body)
        self._lines = QGridLayout()
        self.line_labels: list[QLabel] = []
        self.total = self._label("figure")
        self.visit = self._label("muted")
        self.foot = self._label("faint")
        self.inside = QFrame(self._body)
        self.inside.setProperty("role", "note")
        self.inside_text = QLabel(self.inside)
        self.inside_text.setWordWrap(True)
        self.margin = QLabel(self.inside)
        self.margin.setProperty("role", "strong")
        self.margin.setWordWrap(True)
        self.copy_button = QPushButton(self.tr("Copy as text"), self._body)
        self.pdf_button = QPushButton(self.tr("Save as PDF…"), self._body)
        self.rates_button = QPushButton(self.tr("Rates…"), self._body)
        self._lay_out()
        self.currency.activated.connect(self._fetch)
        self.overtime.valueChanged.connect(self._fetch)
        self.same_day.clicked.connect(self._fetch)
        self.copy_button.clicked.connect(self._copy)
        self.pdf_button.clicked.connect(self._ask_for_file)
        self.rates_button.clicked.connect(self.open_rates)
        self.search.found.connect(self._on_slot)
        self.search.failed.connect(self._not_fetched)  # the quote itself stands
        context.runner.committed.connect(self._on_committed)

    def _lay_out(self) -> None:
        wishes = QGridLayout()
        wishes.setHorizontalSpacing(8)
        wishes.setVerticalSpacing(3)
        titles = ((self.tr("Currency"), self.currency), (self.tr("Hours of overtime"), self.overtime))
        for place, (title, field) in enumerate(titles):
            label = QLabel(title, self._body)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            wishes.addWidget(label, 0, place)
            wishes.addWidget(field, 1, place)
        wishes.addWidget(self.same_day, 2, 0, 1, 2)
        wishes.setColumnStretch(0, 1)
        self._lines.setHorizontalSpacing(8)
        self._lines.setVerticalSpacing(4)
        self._lines.setColumnStretch(0, 1)
        head = QLabel(self.tr("Not on the quote"), self.inside)
        head.setProperty("role", "name")
        note = QVBoxLayout(self.inside)
        note.setContentsMargins(10, 8, 10, 8)
        note.setSpacing(4)
        for label in (head, self.margin, self.inside_text):
            note.addWidget(label)
        rule = QFrame(self._body)
        rule.setProperty("role", "rule")
        summed = QHBoxLayout()
        name = QLabel(self.tr("Total"), self._body)
        name.setProperty("role", "figure")
        summed.addWidget(name)
        summed.addWidget(self.total, 1)
        self.total.setAlignment(Qt.AlignmentFlag.AlignRight)
        deeds = FlowLayout(None, 6)
        for button in (self.copy_button, self.pdf_button, self.rates_button):
            deeds.addWidget(button)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.visit)
        column.addLayout(self._lines)
        column.addWidget(rule)
        column.addLayout(summed)
        column.addLayout(deeds)
        column.addWidget(self.inside)
        column.addLayout(wishes)
        column.addWidget(self.foot)
        column.addStretch(1)
        self._lay_out_body()

    # -- fetching ------------------------------------------------------------------------------------------------------

    def show_row(self, row: RequestRow, *, is_other: bool) -> None:
        """Fetch the quote of a request, then its cheapest slot, unless that is known."""
        if is_other:
            self.sheet = None
            self._forget_slot()
            self.message.clear()
            self._show_nothing()
        self._fetch()
        self._seek()

    def _wish(self) -> Wish:
        return Wish(str(self.currency.currentData() or ""), self.overtime.value(), self.same_day.isChecked())

    def _fetch(self) -> None:
        if self.row is None:
            return
        now, code, wish, slot = self.context.clock.now(), self.row.code, self._wish(), self._slot
        self.context.runner.read(
            self,
            lambda store: read_quote(store, now, code, wish, slot),
            self._on_sheet,
            partial(self._on_refused, code),
        )

    def _seek(self) -> None:
        """Have the slot sought, where it is not known and somebody sees the tab."""
        if self.row is not None and self._slot is NOT_SOUGHT and self.isVisible() and not self.search.is_seeking:
            self.search.start(self.context.clock.now(), self.row.code)

    def _forget_slot(self) -> None:
        self.search.cancel()
        self._slot = NOT_SOUGHT

    def _on_slot(self, code: str, slot: Slot | str) -> None:
        if self.looks_at(code):
            self._slot = slot
            self._fetch()

    def _on_committed(self, committed: Committed) -> None:
        if any(table not in NO_PLACES and keys for table, keys in committed.changes.rows.items()):
            self._forget_slot()
            self._seek()

    def _on_refused(self, code: str, error: DomainError) -> None:
        if self.looks_at(code):
            self.message.show_error(error)
            self._show_nothing()

    def showEvent(self, event: QShowEvent) -> None:
        """A search that ended because nobody saw the tab begins again."""
        super().showEvent(event)
        self._seek()

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees is not sought."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.search.cancel()

    # -- showing -------------------------------------------------------------------------------------------------------

    def _show_nothing(self) -> None:
        self.sheet = None
        self._show_lines(())
        for label in (self.total, self.visit, self.foot, self.margin, self.inside_text):
            label.clear()
        self._enable()

    def _enable(self) -> None:
        for button in (self.copy_button, self.pdf_button):
            button.setEnabled(self.sheet is not None)

    def _on_sheet(self, sheet: QuoteSheet) -> None:
        if not self.looks_at(sheet.code):
            return
        self.message.clear()
        self.sheet = sheet
        quoted = sheet.quote
        self.visit.setText(self.tr("Visit {days}").format(days=sheet.visit) if sheet.visit else "")
        self.visit.setVisible(bool(sheet.visit))
        self._show_lines(tuple((line.text, spelled(line.cents, quoted.currency)) for line in quoted.lines))
        self.total.setText(spelled(quoted.total_cents, quoted.currency))
        rates = (
            self.tr("1 USD = {units} {currency}, rate of {day}.").format(
                units=f"{row.units_per_dollar:,.10g}", currency=row.currency, day=words.short_day(row.date)
            )
            for row in sheet.exchange
        )
        included = self.tr("Included: {things}.").format(things=", ".join(quoted.includes))
        self.foot.setText("\n".join((included, *quoted.terms, *rates)))
        for place, name in enumerate(CURRENCIES, 1):
            lacks = self.tr("{currency}, no rate yet").format(currency=name)
            self.currency.setItemText(place, name if name in sheet.offered else lacks)
        self._show_inside(sheet)
        self._enable()

    def _show_lines(self, lines: tuple[tuple[str, str], ...]) -> None:
        for label in self.line_labels:
            self._lines.removeWidget(label)
            label.hide()
            label.deleteLater()
        self.line_labels = []
        for row, (text, amount) in enumerate(lines):
            what, much = self._label(""), self._label("strong")
            what.setText(text)
            much.setText(amount)
            much.setWordWrap(False)
            self._lines.addWidget(what, row, 0)
            self._lines.addWidget(much, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            self.line_labels += [what, much]

    def _show_inside(self, sheet: QuoteSheet) -> None:
        slot = sheet.slot
        if slot is None:
            self.margin.setText(self.tr("No cost and margin yet"))
            self.inside_text.setText("\n".join((sentence(sheet.no_slot), *sheet.notes)))
            return
        share = "" if sheet.margin_share is None else f", {100 * sheet.margin_share:.0f} %"
        margin = spelled(sheet.margin_cents or 0, DOLLAR)
        self.margin.setText(self.tr("Margin {margin}{share}").format(margin=margin, share=share))
        where = (
            self.tr("in {plan}").format(plan=slot.plan)
            if slot.plan
            else self.tr("beside what is announced: no draft reaches into its window")
        )
        lines = [
            self.tr("Cheapest slot {days}: {people}, {where}.").format(
                days=words.short_days(slot.first_day, slot.last_day), people=", ".join(slot.people), where=where
            ),
            self.tr("It adds {cost}: work {work}, travel {travel}, nights {nights}.").format(
                cost=spelled(slot.cost_cents, DOLLAR),
                work=f"{slot.work_cents / 100:,.2f}",
                travel=f"{slot.travel_cents / 100:,.2f}",
                nights=f"{slot.night_cents / 100:,.2f}",
            ),
        ]
        if not slot.work_cents:
            lines.append(self.tr("Salaries that are paid anyway are not counted."))
        self.inside_text.setText("\n".join((*lines, *sheet.notes)))

    # -- deeds ---------------------------------------------------------------------------------------------------------

    def _copy(self) -> None:
        if self.sheet is not None:
            QGuiApplication.clipboard().setText(as_text(self.sheet))
            self.context.feedback.toast(self.tr("The quote of {code} is copied.").format(code=self.sheet.code))

    def _ask_for_file(self) -> None:
        if self.sheet is None:
            return
        dialog = QFileDialog(self, self.tr("Save the quote"), str(Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilters([self.tr("PDF files (*.pdf)")])
        dialog.selectFile(f"quote-{self.sheet.code}.pdf")
        dialog.fileSelected.connect(partial(self.save_pdf, self.sheet))
        dialog.open()

    def save_pdf(self, sheet: QuoteSheet, path: str) -> None:
        """Have a quote written as PDF."""
        file = Path(path)

        def write(_desk: Desk) -> Path:
            from desktop.views.paper.quote import write_quote  # noqa: PLC0415 -- printing is much to load

            write_quote(sheet, file)
            return file

        self.context.runner.work(self, write, self._on_written, partial(self._not_done, sheet.code))

    def _on_written(self, path: Path) -> None:
        self.context.feedback.toast(self.tr("Saved {name}.").format(name=path.name))

    def open_rates(self) -> RatesDialog:
        """Show what man-days are sold for and currencies are worth."""
        dialog = RatesDialog(self.context, self.window())
        dialog.show()
        return dialog
