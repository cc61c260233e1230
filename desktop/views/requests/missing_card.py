"""Over the fields of a booking whose clock does not run: what is missing, to be filled in here or where it belongs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.errors import DomainError
from desktop.itemmodels.clock_words import lack_name
from desktop.services.commands import EditRecord
from desktop.services.requests.rows import RequestRow
from desktop.services.trade.completeness import Key, Lack
from desktop.views.context import PageContext

HERE: dict[Key, tuple[str, str]] = {
    "factory.contact": ("factory", "contact"),
    "factory.phone": ("factory", "phone"),
    "factory.address": ("factory", "address"),
    "order.product": ("order", "product"),
}
"""What is filled in here: the kind of record and its field."""


class MissingCard(QFrame):
    """What the on-site clock waits for. Hidden where that is nothing.

    Attributes:
        entries: the fields that are shown now, by what is missing.
    """

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "note-warn")
        self._context = context
        self._row: RequestRow | None = None
        self.entries: dict[Key, QLineEdit] = {}
        title = QLabel(self.tr("The clock waits for"), self)
        title.setProperty("role", "strong")
        self._lines = QWidget(self)
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.fault = QLabel(self)
        self.fault.setProperty("role", "error")
        self.fault.setWordWrap(True)
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.save = QPushButton(self.tr("Fill in"), self)
        self.save.setProperty("role", "small")
        self.save.clicked.connect(self._on_save)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(5)
        for widget in (title, self._lines, self.fault):
            column.addWidget(widget)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def look_at(self, row: RequestRow | None) -> None:
        """Show what is missing of a request; None: of a new one, or several, nothing is known."""
        before, self._row = self._row, row
        lacks = () if row is None else row.missing
        same = before is not None and row is not None and before.code == row.code and before.missing == lacks
        if not same:
            self._show_lacks(lacks)
        self.setVisible(bool(lacks))

    def _show_lacks(self, lacks: tuple[Lack, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.entries = {}
        self._say("")
        for number, lack in enumerate(lacks):
            name = QLabel(lack_name(lack.key), self._lines)
            self._grid.addWidget(name, number, 0)
            if lack.key in HERE:
                entry = self.entries[lack.key] = QLineEdit(self._lines)
                entry.setMinimumWidth(0)
                entry.setAccessibleName(name.text())
                entry.returnPressed.connect(self._on_save)
                name.setBuddy(entry)
                self._grid.addWidget(entry, number, 1)
            else:
                where = QLabel(self._where(lack.key), self._lines)
                where.setProperty("role", "muted")
                where.setWordWrap(True)
                self._grid.addWidget(where, number, 1)
        self.save.setVisible(bool(self.entries))

    def _where(self, key: Key) -> str:
        """Where something is entered that is not entered here."""
        if key == "order":
            return self.tr("name it below")
        if key == "factory.place":
            return self.tr("place the factory on the map")
        if key == "request.containers":
            return self.tr("in the tab Sampling")
        return self.tr("in the tab Production, or the days below")

    def _say(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def _on_save(self) -> None:
        row = self._row
        typed = {key: entry.text().strip() for key, entry in self.entries.items() if entry.text().strip()}
        if row is None or not typed:
            return
        commands = []
        for kind, code in (("factory", row.factory.code), ("order", row.order)):
            values = {HERE[key][1]: text for key, text in typed.items() if HERE[key][0] == kind}
            if values:
                commands.append(EditRecord(kind, code, values))
        label = self.tr("Fill in what {request} lacks").format(request=row.code)
        self._context.runner.handle_all(self, commands, label, self._context.feedback.done, self._on_refused)

    def _on_refused(self, error: DomainError) -> None:
        self._say(error.text)
