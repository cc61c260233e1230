"""A field with its label over it, and under it what is known of its value, or what is wrong and how to mend it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.itemmodels.request_words import short_day
from desktop.services.requests.form import DATES, Fix, FormFault, text_of
from desktop.views.look import Look
from desktop.views.widgets.entries import Entry
from desktop.views.widgets.flow_layout import FlowLayout

MOST_NAME = 28  # characters of a name on a button


class FaultBox(QFrame):
    """What is wrong with a field, with a button for each way out.

    Attributes:
        fix_wanted: a Fix.
    """

    fix_wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "note-bad")
        self._look = look
        self.text = QLabel(self)
        self.text.setProperty("role", "error")
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self._holder = QWidget(self)
        self._flow = FlowLayout(self._holder, 6)
        self.buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 5, 8, 6)
        column.setSpacing(4)
        column.addWidget(self.text)
        column.addWidget(self._holder)
        self.hide()

    def show_fault(self, fault: FormFault | None) -> None:
        """Say what is wrong; None: nothing is."""
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        self.setVisible(fault is not None)
        if fault is None:
            self.text.clear()
            return
        self.text.setText(fault.text)
        self.setAccessibleName(fault.text)
        for fix in fault.fixes:
            button = QPushButton(self._said(fix), self._holder)
            button.setProperty("role", "small")
            button.clicked.connect(partial(self.fix_wanted.emit, fix))
            self._flow.addWidget(button)
            button.show()
            self.buttons.append(button)
        self._holder.setVisible(bool(self.buttons))

    def _said(self, fix: Fix) -> str:
        """A way out in the words of a button."""
        values = dict(fix.values)
        if set(values) == {"earliest", "latest"}:
            if values["earliest"] is None:
                return self.tr("Window by production")
            return self.tr("{day} only").format(day=short_day(values["earliest"]))
        if len(values) > 1:
            return self.tr("Use {names}").format(names=", ".join(str(value) for value in values.values()))
        field, value = fix.values[0]
        if value in (None, ()):
            return self.tr("Leave it empty")
        said = short_day(value) if field in DATES else text_of(field, value)
        return self.tr("Use {value}").format(value=f"{said} {fix.said[:MOST_NAME]}".strip())


class FormRow(QWidget):
    """A labelled entry.

    Attributes:
        name: of the field.
        entry: what one enters the value in.
        faults: the box under it.
        edited: the user has changed it (name).
        left: the user has gone on (name).
    """

    edited = Signal(object)
    left = Signal(object)

    def __init__(self, name: str, title: str, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self._title = title
        self.entry: Entry
        self.touched = False
        self.label = QLabel(title, self)
        self.label.setProperty("role", "muted")
        self.detail = QLabel(self)
        self.detail.setProperty("role", "faint")
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.hide()
        self.faults = FaultBox(look, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._column.addWidget(self.label)
        self._column.addWidget(self.detail)
        self._column.addWidget(self.faults)

    def put(self, entry: Entry) -> None:
        """Put what one enters the value in under the label, once."""
        self.entry = entry
        self.label.setBuddy(entry)
        entry.setAccessibleName(self.label.text())
        self._column.insertWidget(1, entry)
        entry.edited.connect(self._on_edited)
        entry.left.connect(self._on_left)

    def show_need(self, *, needed: bool) -> None:
        """Mark the field as one that must be filled, or not."""
        self.label.setText(f"{self._title} *" if needed else self._title)

    def show_value(self, value: object) -> None:
        """Put a value in; nobody has touched it."""
        self.touched = False
        self.entry.show_value(value)

    def show_detail(self, text: str) -> None:
        """Say what is known of the value."""
        self.detail.setText(text)
        self.detail.setVisible(bool(text))

    def show_fault(self, fault: FormFault | None) -> None:
        """Say what is wrong, or that nothing is."""
        self.faults.show_fault(fault)
        widget = self.entry
        marked = fault is not None
        if bool(widget.property("fault")) != marked:
            widget.setProperty("fault", marked)
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def focus(self) -> None:
        """Go there."""
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self) -> None:
        self.touched = True
        self.edited.emit(self.name)

    def _on_left(self) -> None:
        self.left.emit(self.name)
