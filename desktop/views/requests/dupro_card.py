"""Under the fields of a booking: how risky its order is by what is on record, why, and what that suggests to book."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import DomainError
from desktop.services.changes import Outcome
from desktop.services.commands import EditRecord
from desktop.services.exchange.cells import CellFault
from desktop.services.exchange.numbers import dollars, read_cents
from desktop.services.requests.risk import RequestRisk, read_risk
from desktop.services.requests.rows import RequestRow
from desktop.services.trade.risk import STANDARDS, Reason, Suggestion
from desktop.views.context import PageContext
from desktop.views.widgets.entries import WordsEntry

USUAL = STANDARDS[:5]
"""Offered for every order; others are typed."""

CHIPS = {
    Suggestion.PSI: "chip-ok",
    Suggestion.DUPRO: "chip-warn",
    Suggestion.FOLLOW_UP: "chip-warn",
    Suggestion.MONITORING: "chip-bad",
}


class DuproCard(QFrame):
    """Is a DUPRO needed? Suggests, and never decides.

    Attributes:
        wanted: a new request is to be begun: (the request that it is like, its service).
    """

    wanted = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._context = context
        self._row: RequestRow | None = None
        self._risk: RequestRisk | None = None
        self.title = self._label("name", self.tr("Is a DUPRO needed?"))
        self.score = self._label("chip")
        self.suggestion = self._label("strong")
        self.because = self._label("muted")
        self.reasons = QWidget(self)
        self._grid = QGridLayout(self.reasons)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.unknown = self._label("muted")
        self.facts = QWidget(self)
        self.value = QLineEdit(self.facts)
        self.is_new = QCheckBox(self.tr("New product"), self.facts)
        self.standards = WordsEntry(may_add=True, parent=self.facts)
        self.fault = self._label("error")
        self.book = QPushButton(self)
        self.book.setProperty("role", "small")
        self._lay_out()
        self.value.editingFinished.connect(self._on_value)
        self.is_new.clicked.connect(self._on_new)
        self.standards.edited.connect(self._on_standards)
        self.book.clicked.connect(self._on_book)
        self.hide()

    def _label(self, role: str, text: str = "") -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(not role.startswith("chip"))
        return label

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.score)
        value_label = QLabel(self.tr("Order value, USD"), self.facts)
        value_label.setProperty("role", "muted")
        value_label.setBuddy(self.value)
        self.value.setAccessibleName(value_label.text())
        self.value.setMinimumWidth(0)
        standards_label = QLabel(self.tr("Standards to be met"), self.facts)
        standards_label.setProperty("role", "muted")
        self.standards.setAccessibleName(standards_label.text())
        grid = QGridLayout(self.facts)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.addWidget(value_label, 0, 0)
        grid.addWidget(self.value, 1, 0)
        grid.addWidget(self.is_new, 1, 1)
        grid.addWidget(self.fault, 2, 0, 1, 2)
        grid.addWidget(standards_label, 3, 0, 1, 2)
        grid.addWidget(self.standards, 4, 0, 1, 2)
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.setSpacing(5)
        column.addLayout(head)
        for widget in (self.suggestion, self.because, self.reasons, self.unknown, self.facts):
            column.addWidget(widget)
        column.addWidget(self.book, 0, Qt.AlignmentFlag.AlignLeft)

    # -- showing -------------------------------------------------------------------------------------------------------

    def look_at(self, row: RequestRow | None) -> None:
        """Show the order of a request; None: there is none to show, as with a new request or several."""
        is_other = row is None or self._row is None or self._row.code != row.code
        self._row = row
        if is_other:
            self._risk = None
            self.hide()
        if row is not None:
            code, now = row.code, self._context.clock.now()
            self._context.runner.read(
                self, lambda store: read_risk(store, now, code), self._on_risk, _pass_over, background=True
            )

    def _on_risk(self, found: RequestRisk) -> None:
        if self._row is None or self._row.code != found.request:
            return
        self._risk = found
        told = found.assessment
        self.score.setProperty("role", CHIPS[told.suggestion])
        self.score.style().unpolish(self.score)
        self.score.style().polish(self.score)
        self.score.setText(self.tr("%n point(s)", "", told.score))
        self.suggestion.setText(self.tr("Suggested: {what}").format(what=self._named(told.suggestion)))
        self.because.setText(f"{told.because[:1].upper()}{told.because[1:]}.")
        self._show_reasons(told.reasons)
        self.unknown.setText(self.tr("Not on record: {what}.").format(what="; ".join(told.unknown)))
        self.unknown.setVisible(bool(told.unknown))
        self._show_facts(found)
        self.book.setText(self.tr("Begin a {service} for this order").format(service=found.to_book))
        self.book.setVisible(bool(found.to_book))
        self.setAccessibleName(f"{self.title.text()} {self.suggestion.text()}")
        self.show()

    def _named(self, suggestion: Suggestion) -> str:
        return {
            Suggestion.PSI: self.tr("PSI alone is enough"),
            Suggestion.DUPRO: self.tr("DUPRO plus PSI"),
            Suggestion.FOLLOW_UP: self.tr("a follow-up visit"),
            Suggestion.MONITORING: self.tr("monitoring"),
        }[suggestion]

    def _show_reasons(self, reasons: tuple[Reason, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, reason in enumerate(reasons):
            points = QLabel(f"+{reason.points}" if reason.points else "0", self.reasons)
            points.setProperty("role", "strong")
            text = QLabel(reason.text, self.reasons)
            source = QLabel(reason.source, self.reasons)
            source.setProperty("role", "muted")
            for label in (text, source):
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setWordWrap(True)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(points, 2 * number, 0, top | Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(text, 2 * number, 1)
            self._grid.addWidget(source, 2 * number + 1, 1)
        self.reasons.setVisible(bool(reasons))

    def _show_facts(self, found: RequestRisk) -> None:
        self.facts.setVisible(bool(found.order))
        if not self.value.hasFocus():
            self.value.setText("" if found.value_cents is None else dollars(found.value_cents).removesuffix(".00"))
            self.value.setCursorPosition(0)
            self._say("")
        self.is_new.setChecked(found.is_new_product)
        self.standards.offer(dict.fromkeys((*USUAL, *found.standards)))
        self.standards.choose(found.standards)

    def _say(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    # -- what is entered -----------------------------------------------------------------------------------------------

    def _on_value(self) -> None:
        text = self.value.text().strip()
        try:
            cents = read_cents(text, 0) if text else None
        except CellFault as fault:
            self._say(fault.told(text))
            return
        self._say("")
        if self._risk is not None and cents != self._risk.value_cents:
            self._store("value_cents", cents)

    def _on_new(self) -> None:
        self._store("is_new_product", self.is_new.isChecked())

    def _on_standards(self) -> None:
        self._store("standards", self.standards.words)

    def _store(self, field: str, value: Any) -> None:  # noqa: ANN401 -- of any of the three
        found = self._risk
        if found is None or not found.order:
            return
        # without the version: one goes from field to field faster than the card is read again
        command = EditRecord("order", found.order, {field: value})
        self._context.runner.handle(self, command, self._on_stored, self._on_refused)

    def _on_stored(self, outcome: Outcome) -> None:
        self._context.feedback.done(outcome)
        self.look_at(self._row)

    def _on_refused(self, error: DomainError) -> None:
        self._say(error.text)
        self.look_at(self._row)

    def _on_book(self) -> None:
        if self._row is not None and self._risk is not None and self._risk.to_book:
            self.wanted.emit((self._row, self._risk.to_book))


def _pass_over(_error: DomainError) -> None:
    """The request has gone meanwhile: the list says so."""
