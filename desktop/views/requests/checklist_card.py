"""A client's list that was read from a file: for which goods and which service it is, before it is stored."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.services.commands import StoreChecklist
from desktop.services.exchange.checklist_file import ReadChecklist
from desktop.services.worksheets import WorkSheet
from desktop.views.widgets.flow_layout import FlowLayout


class ChecklistCard(QFrame):
    """Asks what it must before it stores.

    Attributes:
        accepted: store it (StoreChecklist).
        goods, service: for which of them the list is; "" for every one.
    """

    accepted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "note-ok")
        self._client = ""
        self._source = ""
        self._read: ReadChecklist | None = None
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.goods, self.service = QComboBox(self), QComboBox(self)
        self.goods.setAccessibleName(self.tr("Goods"))
        self.service.setAccessibleName(self.tr("Service"))
        self.store_button = QPushButton(self.tr("Store the list"), self)
        self.store_button.setProperty("role", "primary")
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.store_button.clicked.connect(self._store)
        self.cancel_button.clicked.connect(self.hide)
        choices, buttons = FlowLayout(None, 6), QHBoxLayout()
        choices.addWidget(self.goods)
        choices.addWidget(self.service)
        buttons.addWidget(self.store_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.text)
        column.addLayout(choices)
        column.addLayout(buttons)
        self.hide()

    def ask(self, sheet: WorkSheet, path: Path, read: ReadChecklist) -> None:
        """Say what was read, and ask for which goods it is; those of the request are offered."""
        self._client, self._source, self._read = sheet.client.code, path.name, read
        said = [
            self.tr("%n item(s) for {client} in {file}.", "", len(read.items)).format(
                client=sheet.client.name, file=path.name
            ),
            *read.warnings[:3],
        ]
        self.text.setText("\n".join(said))
        self._offer(self.goods, self.tr("all goods"), sheet.product_group)
        self._offer(self.service, self.tr("every service"), sheet.service)
        self.show()
        self.store_button.setFocus()

    def _offer(self, box: QComboBox, every: str, one: str) -> None:
        box.clear()
        box.addItem(every, "")
        if one:
            box.addItem(self.tr("only {what}").format(what=one), one)

    def _store(self) -> None:
        if self._read is not None:
            goods, service = str(self.goods.currentData()), str(self.service.currentData())
            self.hide()
            self.accepted.emit(StoreChecklist(self._client, self._read.items, goods, service, self._source))
