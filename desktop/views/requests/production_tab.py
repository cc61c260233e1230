"""The production of a request's goods: forecast and window, facts of the order to change, and reports on it."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.errors import DomainError
from desktop.itemmodels import request_words as words
from desktop.services.changes import Outcome
from desktop.services.commands import EditRecord, SplitMonitoring
from desktop.services.requests.forecast import Crossing, Forecast, OrderFacts, ProductionSheet, read_production
from desktop.services.requests.form import EntryFault
from desktop.services.requests.order_entry import new_order, offered_code, read_order_fact, read_report
from desktop.services.requests.rows import RequestRow
from desktop.services.trade.order_hints import OrderFix, OrderHint
from desktop.services.words import sentence
from desktop.views.context import PageContext
from desktop.views.requests.forecast import ForecastCurve
from desktop.views.requests.order_facts import HintBox, OrderFactsForm, ReportList
from desktop.views.requests.tabs import RequestTab


class NewOrder(QWidget):
    """What is needed to have an order for a request that names none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = QLabel(
            self.tr("No order is known for this request: without one nobody can say how far its goods are."), self
        )
        self.text.setProperty("role", "muted")
        self.text.setWordWrap(True)
        self.code, self.product, self.quantity = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.create_button = QPushButton(self.tr("Create the order"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.text)
        for entry, title in (
            (self.code, self.tr("Number of the purchase order")),
            (self.product, self.tr("Product")),
            (self.quantity, self.tr("Quantity, pcs")),
        ):
            label = QLabel(title, self)
            label.setProperty("role", "muted")
            label.setBuddy(entry)
            entry.setAccessibleName(title)
            column.addWidget(label)
            column.addWidget(entry)
        column.addWidget(self.create_button, 0, Qt.AlignmentFlag.AlignLeft)


class ProductionTab(RequestTab):
    """The tab. What is entered is stored at once, as a step that can be undone."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.sheet: ProductionSheet | None = None
        look, today = context.look, context.clock.now().astimezone().date()
        self.window_text = self._label("strong")
        self.share_text = self._label("muted")
        self.split_button = QPushButton(self._body)
        self.split_button.hide()
        self.curve = ForecastCurve(look, self._body, tall=True)
        self.band_text = self._label("faint")
        self.crossing_text = self._label("muted")
        self._hint_box = QWidget(self._body)
        self._hint_column = QVBoxLayout(self._hint_box)
        self._hint_column.setContentsMargins(0, 0, 0, 0)
        self._hint_column.setSpacing(6)
        self.hints: list[HintBox] = []
        self.order_title = self._label("name")
        self.facts = OrderFactsForm(look, today, self._body)
        self.reports_title = self._label("name")
        self.reports_title.setText(self.tr("Progress reports"))
        self.reports = ReportList(look, today, self._body)
        self.new_order = NewOrder(self._body)
        self._lay_out()
        self.split_button.clicked.connect(self._split)
        self.facts.changed.connect(self._store_fact)
        self.reports.entered.connect(self._add_report)
        self.new_order.create_button.clicked.connect(self._create_order)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._body)
        column.setContentsMargins(12, 10, 8, 12)
        column.setSpacing(8)
        for widget in (
            self.window_text, self.share_text, self.split_button, self._hint_box, self.curve, self.crossing_text,
            self.band_text, self.order_title, self.facts, self.reports_title, self.reports, self.new_order,
        ):  # fmt: skip
            column.addWidget(widget)
        column.setAlignment(self.split_button, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._lay_out_body()

    def show_row(self, row: RequestRow, *, is_other: bool) -> None:
        """Fetch the production of a request."""
        if is_other:
            self.sheet = None
            self.message.clear()
            self._body.hide()
            self.reports.clear_entry()
            self.new_order.code.setText(offered_code(row))
            self.new_order.product.clear()
            self.new_order.quantity.clear()
        now, code = self.context.clock.now(), row.code
        self.context.runner.read(
            self,
            lambda store: read_production(store, now, code),
            partial(self._on_sheet, code),
            partial(self._not_fetched, code),
        )

    def _on_sheet(self, code: str, sheet: ProductionSheet) -> None:
        row = self.row
        if row is None or row.code != code:
            return
        self.sheet = sheet
        visit = None if row.place is None else row.place.first_day
        self._body.show()
        self.window_text.setText(self._window_said(sheet))
        self.share_text.setText(self._share_said(sheet))
        self.share_text.setVisible(bool(self.share_text.text()))
        parts = self._parts(sheet, row)
        self.split_button.setText(self.tr("Split into %n week(s)", "", parts))
        self.split_button.setVisible(parts > 1)
        self.curve.show_forecast(sheet.forecast, sheet.service, visit)
        known = sheet.forecast
        self._show(self.crossing_text, "" if known is None else "\n".join(map(self._crossing_said, known.crossings)))
        self._show(self.band_text, "" if known is None else self._band_said(known))
        self._show_hints(sheet.hints)
        self._show_order(sheet.order)

    def _show_order(self, order: OrderFacts | None) -> None:
        for widget in (self.order_title, self.facts, self.reports_title, self.reports):
            widget.setVisible(order is not None)
        self.new_order.setVisible(order is None)
        if order is not None:
            self.order_title.setText(" · ".join(text for text in (order.code, order.product) if text))
            self.facts.show_facts(order)
            self.reports.show_reports(order.reports)

    def _show_hints(self, hints: tuple[OrderHint, ...]) -> None:
        if [box.hint for box in self.hints] == list(hints):
            return
        for box in self.hints:
            self._hint_column.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.hints = [HintBox(hint, self._hint_box) for hint in hints]
        for box in self.hints:
            box.fix_wanted.connect(self._apply)
            self._hint_column.addWidget(box)
        self._hint_box.setVisible(bool(hints))

    @staticmethod
    def _show(label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    # -- words ---------------------------------------------------------------------------------------------------------

    def _window_said(self, sheet: ProductionSheet) -> str:
        if sheet.window is None:
            return sentence(sheet.missing)
        days = words.short_days(sheet.window.earliest, sheet.window.latest)
        if sheet.entered:
            return self.tr("Window {days}, as entered").format(days=days)
        return self.tr("Window {days}, by production").format(days=days)

    def _share_said(self, sheet: ProductionSheet) -> str:
        """What the service looks at."""
        low, high = sheet.share
        whose = {
            "house": self.tr("A DUPRO visits from {low} to {high} % made, as usual in the house."),
            "client": self.tr("A DUPRO visits from {low} to {high} % made, as set for the client."),
            "product": self.tr("A DUPRO visits from {low} to {high} % made, as set for the product."),
            "client and product": self.tr("A DUPRO visits from {low} to {high} % made, as set for client and product."),
        }[sheet.share_owner]
        return {
            "DUPRO": whose.format(low=f"{low:g}", high=f"{high:g}"),
            "PPI": self.tr("A PPI comes before 10 % are made."),
            "PSI": self.tr("A final inspection wants 100 % made and 80 % packed."),
            "LOADING": self.tr("A loading wants 100 % packed."),
        }.get(sheet.service, "")

    def _crossing_said(self, crossing: Crossing) -> str:
        percent = f"{crossing.percent:g}"
        if crossing.day is None:
            return self.tr("{percent} % made: not in sight").format(percent=percent)
        said = self.tr("{percent} % made on {day}").format(percent=percent, day=words.short_day(crossing.day))
        if crossing.soonest is None or crossing.latest is None or crossing.soonest == crossing.latest:
            return said
        days = words.short_days(crossing.soonest, crossing.latest)
        return self.tr("{said}, in 8 of 10 cases {days}").format(said=said, days=days)

    def _band_said(self, known: Forecast) -> str:
        lines = [self.tr("Line: expected. Band: 8 of 10 cases.")]
        if known.others:
            lines[0] = self.tr(
                "Line: expected. Band: 8 of 10 cases, from %n other order(s) at this factory.", "", known.others
            )
        if known.share is not None and known.sure is None:
            lines.append(self.tr("No day is within the share in 8 of 10 cases: ask for a report before the visit."))
        if known.sure is not None:
            days = words.short_days(known.sure.earliest, known.sure.latest)
            lines.append(self.tr("Safe days: {days}.").format(days=days))
        if known.provisional:
            lines.append(self.tr("Holidays are provisional: no official notice has fixed them yet."))
        return "\n".join(lines)

    @staticmethod
    def _parts(sheet: ProductionSheet, row: RequestRow) -> int:
        """Into how many weeks monitoring can be split."""
        if sheet.service != "MONITORING" or sheet.window is None or row.week is not None:
            return 0
        if row.place is not None or row.pinned or row.record_status not in ("new", "ready"):
            return 0
        return sheet.weeks

    # -- what is entered -----------------------------------------------------------------------------------------------

    def _store_fact(self, change: tuple[str, str, Any]) -> None:
        order, field, value = change
        # without the version: one goes from field to field faster than the sheet is read again
        command = EditRecord("order", order, {field: value})
        self.context.runner.handle(
            self, command, partial(self._on_fact, order), partial(self._on_fact_refused, order, field)
        )

    def _apply(self, fix: OrderFix) -> None:
        order = None if self.sheet is None else self.sheet.order
        if order is not None:
            self.facts.give_up(fix.field)
            self._store_fact((order.code, fix.field, fix.value))

    def _split(self) -> None:
        if self.row is not None:
            code, version = self.row.code, self.row.version
            self.context.runner.handle(
                self, SplitMonitoring(code, version), partial(self._on_done, code), partial(self._not_done, code)
            )

    def _add_report(self, typed: tuple[str, str, str, str]) -> None:
        order = None if self.sheet is None else self.sheet.order
        if order is None or self.sheet is None:
            return
        try:
            command = read_report(order.code, typed, self.sheet.today)
        except EntryFault as fault:
            self.reports.say(str(fault))
            return
        code = self.sheet.request
        self.context.runner.handle(
            self, command, partial(self._on_reported, code), partial(self._on_report_refused, code)
        )

    def _create_order(self) -> None:
        row = self.row
        if row is None:
            return
        try:
            quantity = read_order_fact("quantity", self.new_order.quantity.text(), self._today())
        except EntryFault as fault:
            self.message.show_text(str(fault), "bad")
            return
        commands = new_order(row, self.new_order.code.text(), self.new_order.product.text(), quantity)
        label = self.tr("Create an order for {code}").format(code=row.code)
        self.context.runner.handle_all(
            self, commands, label, partial(self._on_done, row.code), partial(self._not_done, row.code)
        )

    def _today(self) -> dt.date:
        return self.context.clock.now().astimezone().date() if self.sheet is None else self.sheet.today

    # -- what has become of it: it concerns the tab only while the same request is looked at ---------------------------

    def _on_reported(self, code: str, outcome: Outcome) -> None:
        if self.looks_at(code):
            self.reports.clear_entry()
        self._on_done(code, outcome)

    def _on_report_refused(self, code: str, error: DomainError) -> None:
        if self.looks_at(code):
            self.reports.say(error.text)
        else:
            self.context.feedback.failed(error)

    def _on_fact(self, order: str, outcome: Outcome) -> None:
        if self.facts.order == order:
            self.message.clear()
        self._tell(outcome)

    def _on_fact_refused(self, order: str, field: str, error: DomainError) -> None:
        if self.facts.order == order and self.sheet is not None:
            self.facts.keep(field)
            self.message.show_error(error)
        else:
            self.context.feedback.failed(error)

    def _on_done(self, code: str, outcome: Outcome) -> None:
        if self.looks_at(code):
            self.message.clear()
        self._tell(outcome)

    def _tell(self, outcome: Outcome) -> None:
        if outcome.change_id is not None:
            self.context.feedback.done(outcome)
