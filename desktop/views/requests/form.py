"""The form of a request: new, changed, copied; or of several at once, where only what is touched is set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.services.requests.cards import FormChoices, OrderChoice
from desktop.services.requests.form import (
    BULK_FIELDS,
    DATES,
    FORM_FIELDS,
    LISTS,
    REQUIRED,
    EntryFault,
    Fix,
    FormFault,
    check_form,
    read_entry,
)
from desktop.views.look import Look
from desktop.views.requests.field_words import (
    LINES,
    MORE_FIELDS,
    MORE_LINES,
    Line,
    field_title,
    order_told,
    status_names,
)
from desktop.views.requests.forecast import ForecastCurve
from desktop.views.requests.form_row import FormRow
from desktop.views.widgets.entries import ChoiceEntry, DayEntry, Entry, LineEntry, NoteEntry, SearchEntry, WordsEntry

FormKind = Literal["new", "edit", "bulk"]


class RequestForm(QWidget):
    """Fields of a request, checked as one goes on from one to the next.

    Attributes:
        rows: by field.
        forecast: of the production, under the days of the window.
        edited: the user has changed something.
        checked: how many faults are shown (int).
        orders_wanted: a text (str): orders are looked for.
        order_wanted: the code of an order (str) that was entered: it is to be fetched.
    """

    edited = Signal()
    checked = Signal(object)
    orders_wanted = Signal(object)
    order_wanted = Signal(object)

    def __init__(self, look: Look, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._today = today
        self._kind: FormKind = "edit"
        self._choices: FormChoices | None = None
        self._order: OrderChoice | None = None
        self._is_taken: Callable[[str], bool] = _is_free
        self._seen: set[str] = set()
        self._faults: dict[str, FormFault] = {}
        self._more_box = QWidget(self)
        self.forecast = ForecastCurve(look, self)
        self.rows: dict[str, FormRow] = {name: self._make_row(name) for name in FORM_FIELDS}
        self.more = QPushButton(self)
        self.more.setProperty("role", "link")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_more)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        self._above = QVBoxLayout()
        column.addLayout(self._above)
        self._add_lines(column, LINES)
        column.addWidget(self.more)
        inner = QVBoxLayout(self._more_box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        self._add_lines(inner, MORE_LINES)
        column.addWidget(self._more_box)
        self._below = QVBoxLayout()
        column.addLayout(self._below)
        column.addStretch(1)
        self._show_more(shown=False)

    # -- building ------------------------------------------------------------------------------------------------------

    def _make_row(self, name: str) -> FormRow:
        row = FormRow(name, field_title(name), self._look, self._more_box if name in MORE_FIELDS else self)
        row.put(self._make_entry(name, row))
        row.edited.connect(self._on_edited)
        row.left.connect(self._on_left)
        row.faults.fix_wanted.connect(self._on_fix)
        return row

    def _make_entry(self, name: str, row: QWidget) -> Entry:
        if name in ("client", "factory", "order"):
            entry = SearchEntry(name, row)
            entry.searched.connect(partial(self._on_search, name))
            return entry
        if name in DATES:
            return DayEntry(name, self._look, self._today, row)
        if name in ("service", "status"):
            return ChoiceEntry(may_add=False, parent=row)
        if name == "skill":
            return ChoiceEntry(may_add=True, parent=row)
        if name in LISTS:
            return WordsEntry(may_add=True, parent=row)
        return NoteEntry(row) if name == "note" else LineEntry(name, row)

    def _add_lines(self, column: QVBoxLayout, lines: Iterable[Line]) -> None:
        for line in lines:
            beside = QHBoxLayout()
            beside.setSpacing(8)
            for name, share in line:
                beside.addWidget(self.rows[name], share, Qt.AlignmentFlag.AlignTop)
            column.addLayout(beside)
            if len(line) > 1:
                # what is wrong is said over the whole width
                for name, _ in line:
                    column.addWidget(self.rows[name].faults)
            if any(name == "latest" for name, _ in line):
                column.addWidget(self.forecast)

    def _show_more(self, shown: bool) -> None:
        self._more_box.setVisible(shown)
        self.more.setText(self.tr("Fewer fields") if shown else self.tr("Lead inspector, costs of the plan…"))

    def add_above(self, widget: QWidget) -> None:
        """Put something over the fields."""
        self._above.addWidget(widget)

    def add_below(self, widget: QWidget) -> None:
        """Put something under the fields."""
        self._below.addWidget(widget)

    # -- values --------------------------------------------------------------------------------------------------------

    def offer(self, choices: FormChoices, is_taken: Callable[[str], bool]) -> None:
        """Offer what fields may refer to; `is_taken` says whether another request has a code."""
        self._choices, self._is_taken = choices, is_taken
        self._choice("service").offer(choices.services)
        self._choice("skill").offer(choices.skills)
        for name in LISTS:
            entry = self.rows[name].entry
            if isinstance(entry, WordsEntry):
                chosen = entry.words
                entry.offer(choices.languages if name.endswith("languages") else choices.certificates)
                entry.choose(chosen)
        self._say_names()

    def show_values(self, kind: FormKind, values: Mapping[str, Any], hints: Mapping[str, str] | None = None) -> None:
        """Put values in, untouched. `hints` are shown in empty fields: what follows where nothing is entered."""
        self._kind = kind
        self._order = None
        self._seen = set()
        self._faults = {}
        self.forecast.show_forecast(None, "", None)
        self._offer_statuses(str(values.get("status") or ""))
        for name, row in self.rows.items():
            row.setVisible(kind != "bulk" or name in BULK_FIELDS)
            follows = kind == "new" and name == "modes"  # from the rules
            row.show_need(needed=kind != "bulk" and name in REQUIRED and not follows)
            row.show_value(values.get(name))
            row.show_fault(None)
            row.show_detail("")
            hint = self.tr("as they are") if kind == "bulk" else (hints or {}).get(name, "")
            if isinstance(row.entry, LineEntry):
                row.entry.setPlaceholderText(hint)
        self.more.setChecked(any(values.get(name) for name in MORE_FIELDS))
        self._say_names()
        self.checked.emit(0)

    def put_touched(self, values: Mapping[str, Any]) -> None:
        """Put values in as if the user had typed them."""
        for name, value in values.items():
            self.rows[name].show_value(value)
            self.rows[name].touched = True
            self._seen.add(name)
        self._say_names()
        self.check()

    def touched(self) -> set[str]:
        """Fields that the user has changed."""
        return {name for name, row in self.rows.items() if row.touched}

    def values(self) -> dict[str, Any]:
        """The values of all fields that can be read; of several requests only of those that were touched."""
        found, _ = self._read()
        return found

    def _read(self) -> tuple[dict[str, Any], dict[str, FormFault]]:
        values: dict[str, Any] = {}
        faults: dict[str, FormFault] = {}
        for name, row in self.rows.items():
            if self._kind == "bulk" and not row.touched:
                continue
            raw = row.entry.raw()
            if isinstance(raw, tuple):
                values[name] = raw
                continue
            if name == "modes" and self._kind == "new" and not raw.strip():
                values[name] = ()  # the rules give them
                continue
            try:
                values[name] = read_entry(name, raw, self._today)
            except EntryFault as fault:
                faults[name] = FormFault(name, str(fault))
        return values, faults

    # -- checking ------------------------------------------------------------------------------------------------------

    def check(self, *, everything: bool = False) -> tuple[FormFault, ...]:
        """Check what was touched or left, or everything, and show what is wrong under the fields."""
        if everything:
            self._seen = set(self.rows) if self._kind == "new" else self._seen | self.touched()
        values, unread = self._read()
        found = {name: fault for name, fault in unread.items() if name in self._seen}
        if self._choices is not None:
            changed = self._seen if self._kind == "new" else self._seen & (self.touched() | set(unread))
            for fault in check_form(values, self._choices, self._order, changed, self._is_taken):
                found.setdefault(fault.field, fault)
        self._faults = found
        for name, row in self.rows.items():
            row.show_fault(found.get(name))
        if any(name in MORE_FIELDS for name in found):
            self.more.setChecked(True)
        self.checked.emit(len(found))
        return tuple(found[name] for name in self.rows if name in found)

    def show_faults(self, faults: Iterable[FormFault]) -> None:
        """Show faults that somebody else has found."""
        for fault in faults:
            self._faults[fault.field] = fault
            self.rows[fault.field].show_fault(fault)
        self.checked.emit(len(self._faults))

    def focus(self, name: str = "") -> None:
        """Go to a field, or to the first one that is wrong, or to the first one."""
        wrong = next((field for field in self.rows if field in self._faults), "")
        first = next(field for field, row in self.rows.items() if not row.isHidden() and field != "code")
        self.rows[name or wrong or first].focus()

    # -- what happens --------------------------------------------------------------------------------------------------

    def show_order(self, code: str, order: OrderChoice | None) -> None:
        """An order that was wanted: its client and factory go where nothing stands yet."""
        row = self.rows["order"]
        if self._text("order") != code:
            return
        self._order = order
        if order is None:
            text = self.tr("There is no order {code}.").format(code=code)
            self.show_faults((FormFault("order", text, (Fix((("order", None),)),)),))
            return
        row.show_detail(order_told(order))
        blank = {
            name: value
            for name, value in (("client", order.client), ("factory", order.factory))
            if not self._text(name)
        }
        self.put_touched(blank)

    def offer_orders(self, orders: Iterable[OrderChoice]) -> None:
        """Orders that were looked for."""
        entry = self.rows["order"].entry
        if isinstance(entry, SearchEntry):
            entry.offer([(order.code, order_told(order)) for order in orders])

    def _on_search(self, name: str, text: str) -> None:
        entry = self.rows[name].entry
        if name == "order":
            self.orders_wanted.emit(text)
        elif self._choices is not None and isinstance(entry, SearchEntry):
            found = self._choices.matching(name, text)
            entry.offer([(one.code, " · ".join(part for part in (one.name, one.detail) if part)) for one in found])

    def _on_edited(self, name: str) -> None:
        if name in self._faults:
            self.check()
        self.edited.emit()

    def _on_left(self, name: str) -> None:
        if not self.rows[name].touched:
            return
        self._seen.add(name)
        self._write_out(name)
        self._say_names()
        if name == "order":
            code = self._text("order")
            self._order = None
            if code:
                self.order_wanted.emit(code)
            else:
                self.rows["order"].show_detail("")
        self.check()

    def _on_fix(self, fix: Fix) -> None:
        self.put_touched(dict(fix.values))
        self.edited.emit()
        self.rows[fix.values[0][0]].focus()

    def _write_out(self, name: str) -> None:
        """Show a value as it was understood: "9 Dec" is "Wed 9 Dec 2026"."""
        if name in (*DATES, "modes"):
            value = self.values().get(name)
            if value is not None:
                self.rows[name].entry.show_value(value)

    def _say_names(self) -> None:
        """Under a code, what it stands for."""
        if self._choices is None or self._kind == "bulk":
            return
        for name in ("client", "factory"):
            known = self._choices.named(name).get(self._text(name))
            told = "" if known is None else " · ".join(part for part in (known.name, known.detail) if part)
            self.rows[name].show_detail(told)

    def _offer_statuses(self, status: str) -> None:
        names = status_names()
        offered = [value for value in names if value in ("new", "ready", status)]
        if self._kind == "bulk":
            offered = ["", "new", "ready"]
        self._choice("status").offer(offered, [names.get(value, self.tr("as they are")) for value in offered])

    def _text(self, name: str) -> str:
        return str(self.rows[name].entry.raw()).strip()

    def _choice(self, name: str) -> ChoiceEntry:
        entry = self.rows[name].entry
        assert isinstance(entry, ChoiceEntry)
        return entry


def _is_free(_code: str) -> bool:
    return False
