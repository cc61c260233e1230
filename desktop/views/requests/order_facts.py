"""An order's facts to change in place, what contradicts in them with ways out, and the reports on it."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.itemmodels import request_words as words
from desktop.services.requests.forecast import OrderFacts, Reported
from desktop.services.requests.form import EntryFault
from desktop.services.requests.order_entry import ORDER_FACTS, order_text, read_order_fact
from desktop.services.trade.order_hints import OrderFix, OrderHint
from desktop.views.look import Look
from desktop.views.widgets.entries import DayEntry, LineEntry
from desktop.views.widgets.flow_layout import FlowLayout

FIELD_OF = {"quantity": "quantity", "daily_rate": "daily_rate", "production_start": "start", "ready_date": "ready"}


class OrderFactsForm(QWidget):
    """Quantity, pieces a day, production start, ready date: each stored when one leaves its field.

    Attributes:
        changed: a fact was entered: (code of the order, field, value).
    """

    changed = Signal(object)

    def __init__(self, look: Look, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        self._facts: OrderFacts | None = None
        self._kept: set[str] = set()
        self.entries: dict[str, LineEntry] = {}
        self.fault = QLabel(self)
        self.fault.setProperty("role", "error")
        self.fault.setWordWrap(True)
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(3)
        titles = {
            "quantity": self.tr("Quantity, pcs"),
            "daily_rate": self.tr("Pieces a working day"),
            "production_start": self.tr("Production start"),
            "ready_date": self.tr("Ready date"),
        }
        for place, field in enumerate(ORDER_FACTS):
            is_day = field in ("production_start", "ready_date")
            entry = DayEntry(field, look, today, self) if is_day else LineEntry(field, self)
            entry.setMinimumWidth(0)
            entry.left.connect(partial(self._on_left, field))
            label = QLabel(titles[field], self)
            label.setProperty("role", "muted")
            label.setBuddy(entry)
            entry.setAccessibleName(titles[field])
            if is_day:  # beside its name: a day and its calendar want more than half the panel
                grid.addWidget(label, place, 0)
                grid.addWidget(entry, place, 1)
            else:
                grid.addWidget(label, 0, place)
                grid.addWidget(entry, 1, place)
            self.entries[field] = entry
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.addWidget(self.fault, 4, 0, 1, 2)

    def show_facts(self, facts: OrderFacts) -> None:
        """Show an order; a field keeps what somebody types in it, or has typed and could not be stored."""
        before, self._facts = self._facts, facts
        is_other = before is None or before.code != facts.code
        if is_other:
            self._kept.clear()
        for field, entry in self.entries.items():
            shown = order_text(field, self._value(field, before))
            is_typed = field in self._kept or (entry.hasFocus() and entry.text() != shown)
            if is_other or not is_typed:
                entry.setText(order_text(field, self._value(field, facts)))
                entry.setCursorPosition(0)
        if is_other:
            self._say("")

    @property
    def order(self) -> str:
        """The code of the order shown; "" before the first."""
        return "" if self._facts is None else self._facts.code

    def keep(self, field: str) -> None:
        """What was typed could not be stored: it stays, to be mended."""
        self._kept.add(field)

    def give_up(self, field: str) -> None:
        """What was typed is not wanted any more."""
        self._kept.discard(field)

    def _value(self, field: str, facts: OrderFacts | None) -> Any:  # noqa: ANN401 -- any fact
        return None if facts is None else getattr(facts, FIELD_OF[field])

    def _on_left(self, field: str) -> None:
        if self._facts is None:
            return
        try:
            value = read_order_fact(field, self.entries[field].text(), self._today)
        except EntryFault as fault:
            self.keep(field)
            self._say(str(fault))
            return
        self.give_up(field)
        self._say("")
        if value != self._value(field, self._facts):
            self.changed.emit((self._facts.code, field, value))

    def _say(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))


class HintBox(QFrame):
    """What facts say against one another, with a button for each way out.

    Attributes:
        fix_wanted: an OrderFix.
    """

    fix_wanted = Signal(object)

    def __init__(self, hint: OrderHint, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "note-warn")
        self.hint = hint
        self.buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(3)
        for text, role in ((hint.title, "strong"), (hint.text, "muted")):
            if text:
                label = QLabel(text, self)
                label.setProperty("role", role)
                label.setWordWrap(True)
                label.setTextFormat(Qt.TextFormat.PlainText)
                column.addWidget(label)
        if hint.fixes:
            holder = QWidget(self)
            flow = FlowLayout(holder, 6)
            for fix in hint.fixes:
                button = QPushButton(self._said(fix), holder)
                button.setProperty("role", "small")
                button.clicked.connect(partial(self.fix_wanted.emit, fix))
                flow.addWidget(button)
                self.buttons.append(button)
            column.addWidget(holder)
        self.setAccessibleName(f"{hint.title} {hint.text}".strip())

    def _said(self, fix: OrderFix) -> str:
        if fix.field == "daily_rate":
            return self.tr("Use {rate} a day").format(rate=fix.text)
        if fix.field == "ready_date":
            return self.tr("Ready on {day}").format(day=words.short_day(fix.value))
        return self.tr("Start on {day}").format(day=words.short_day(fix.value))


class ReportList(QWidget):
    """The progress reports on an order, and a row to add one.

    Attributes:
        entered: day, percent made, percent packed and source, as typed (four texts).
    """

    entered = Signal(object)

    def __init__(self, look: Look, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self._list = QGridLayout()
        self._list.setHorizontalSpacing(10)
        self._list.setVerticalSpacing(2)
        self._list.setColumnStretch(1, 1)
        self._shown: list[QWidget] = []
        self.day = DayEntry("reported_on", look, today, self)
        self.made, self.packed, self.source = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.day.setPlaceholderText(self.tr("Today"))
        self.made.setPlaceholderText(self.tr("% made"))
        self.packed.setPlaceholderText(self.tr("% packed"))
        self.source.setPlaceholderText(self.tr("Who says so"))
        for entry, name in (
            (self.day, self.tr("Day of the report")),
            (self.made, self.tr("Percent made")),
            (self.packed, self.tr("Percent packed")),
            (self.source, self.tr("Source of the report")),
        ):
            entry.setAccessibleName(name)
            entry.setMinimumWidth(40)
            entry.returnPressed.connect(self._add)
        self.add_button = QPushButton(self.tr("Add report"), self)
        self.add_button.clicked.connect(self._add)
        self.fault = QLabel(self)
        self.fault.setProperty("role", "error")
        self.fault.setWordWrap(True)
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.hide()
        upper, lower = QHBoxLayout(), QHBoxLayout()
        for row in (upper, lower):
            row.setSpacing(6)
        upper.addWidget(self.day, 2)
        upper.addWidget(self.made, 1)
        lower.addWidget(self.packed, 2)
        lower.addWidget(self.source, 3)
        lower.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._list)
        column.addLayout(upper)
        column.addLayout(lower)
        column.addWidget(self.fault)

    def show_reports(self, reports: tuple[Reported, ...]) -> None:
        """Show reports, the latest first."""
        for widget in self._shown:
            self._list.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = []
        if not reports:
            self._cell(0, 0, self.tr("Nothing has been reported yet."), "muted")
        for row, report in enumerate(reversed(reports)):
            said = self.tr("{percent} % made").format(percent=f"{report.made:g}")
            if report.packed:
                said = self.tr("{made}, {percent} % packed").format(made=said, percent=f"{report.packed:g}")
            self._cell(row, 0, words.short_day(report.day), "muted")
            self._cell(row, 1, " · ".join(text for text in (said, report.source) if text), "muted")

    def clear_entry(self) -> None:
        """Empty the row for a new report."""
        for entry in (self.day, self.made, self.packed, self.source):
            entry.clear()
        self.say("")

    def say(self, text: str) -> None:
        """Say what is wrong with the new report; "": nothing."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def _cell(self, row: int, column: int, text: str, role: str) -> None:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(column == 1)
        self._list.addWidget(label, row, column)
        self._shown.append(label)

    def _add(self) -> None:
        self.entered.emit(tuple(entry.text() for entry in (self.day, self.made, self.packed, self.source)))
