"""The on-site clock of a request in the head of the panel: what is left in colour, until when, or what is missing."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.itemmodels.clock_words import clock_told, countdown, missing_told
from desktop.itemmodels.request_words import translate
from desktop.services.requests.rows import RequestRow
from desktop.views.requests.request_painting import BAD_HOURS, WARN_HOURS


class ClockLine(QWidget):
    """Hidden where the clock matters no more."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chip = QLabel(self)
        self.text = QLabel(self)
        self.text.setProperty("role", "muted")
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.text, 1)
        self.hide()

    def show_row(self, row: RequestRow, now: dt.datetime) -> None:
        """Say what is left to a request."""
        clock, hours = row.clock, row.hours_left(now)
        self.setVisible(clock is not None)
        if clock is None:
            return
        if hours is None:
            chip, role = translate("requests", "clock stopped"), "chip-warn"
        else:
            chip = countdown(clock, now)
            role = "chip-bad" if hours < BAD_HOURS else "chip-warn" if hours < WARN_HOURS else "chip"
        told = clock_told(clock, row.factory.zone, now)
        lines = (f"{told[:1].upper()}{told[1:]}", missing_told(row.missing) if row.missing else "")
        self.text.setText("\n".join(line for line in lines if line))
        self.chip.setProperty("role", role)
        self.chip.style().unpolish(self.chip)
        self.chip.style().polish(self.chip)
        self.chip.clear()  # a label keeps its old size until its text changes
        self.chip.setText(chip)
