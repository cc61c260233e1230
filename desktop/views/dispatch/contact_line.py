"""How somebody is reached: masked until it is asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from desktop.services.roster.card import masked_email, masked_phone
from desktop.views.context import PageContext


class ContactLine(QWidget):
    """Phone and e-mail in a row, with a button that shows them."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = context.look
        self._phone = self._email = ""
        self.said = QLabel(self)
        self.said.setProperty("role", "muted")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said.setWordWrap(True)
        self.said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.reveal = QPushButton(self.tr("Show"), self)
        self.reveal.setProperty("role", "small")
        self.reveal.setCheckable(True)
        self.reveal.setAccessibleName(self.tr("Show phone and e-mail"))
        self.reveal.toggled.connect(self._say)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.said, 1)
        row.addWidget(self.reveal, 0, Qt.AlignmentFlag.AlignTop)

    def show_contact(self, phone: str, email: str) -> None:
        """Say how somebody is reached; of somebody else masked again."""
        if (phone, email) != (self._phone, self._email):
            self.reveal.setChecked(False)
        self._phone, self._email = phone, email
        self.setVisible(bool(phone or email))
        self._say()

    def _say(self) -> None:
        is_shown = self.reveal.isChecked()
        phone = self._phone if is_shown else masked_phone(self._phone)
        email = self._email if is_shown else masked_email(self._email)
        self.said.setText(" \N{MIDDLE DOT} ".join(part for part in (phone, email) if part))
