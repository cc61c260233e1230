"""The foot of an import: its buttons, and what they do at each step."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.services import exchange
from desktop.views.requests.import_bars import CHECK, COLUMNS, DONE, FILE


class ImportFoot(QFrame):
    """Cancel, save the refused rows, and go on. Its owner connects the buttons."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.faults_button = QPushButton(self.tr("Save the refused rows…"), self)
        self.import_button = QPushButton(self)
        self.import_button.setProperty("role", "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        row.addWidget(self.faults_button)
        row.addWidget(self.import_button)

    def wait(self) -> None:
        """Something is going on: only giving it up is left."""
        self.import_button.setEnabled(False)
        self.faults_button.hide()

    def show_step(self, step: int, report: exchange.ImportReport | None, lacking: str, *, known: bool) -> None:
        """Offer what can be done at a step.

        Args:
            step: its number.
            report: on the rows as they are now; None: they have to be tried out first.
            lacking: what the columns do not say yet; "" where nothing is missing.
            known: whether it is known how the file is understood.
        """
        bad = report is not None and report.bad > 0 and step in (CHECK, DONE)
        self.faults_button.setVisible(bad)
        self.cancel_button.setVisible(step != DONE)
        if step == CHECK and report is not None:
            rows = report.new + report.changed
            self.import_button.setText(self.tr("Import %n row(s)", "", rows))
            self.import_button.setEnabled(report.command is not None)
        elif step == DONE:
            self.import_button.setText(self.tr("Close"))
            self.import_button.setEnabled(True)
        else:
            self.import_button.setText(self.tr("Columns") if step == FILE else self.tr("Check the rows"))
            self.import_button.setEnabled(known and not (step == COLUMNS and lacking))
        self.import_button.setVisible(known)
        self.import_button.setToolTip(lacking if step == COLUMNS else "")

    def focus(self) -> None:
        """Have the keys go on where that can be done, else give it up."""
        (self.import_button if self.import_button.isEnabled() else self.cancel_button).setFocus()
