"""The strip over the table: how many are short of time, what is filtered, and what the signs of the bars mean."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.services.requests.filter import RequestFilter
from desktop.services.requests.listing import Summary
from desktop.views.bar_painting import painting
from desktop.views.look import Look
from desktop.views.requests.filter_words import conditions
from desktop.views.requests.request_painting import paint_sample

CHIPS: Mapping[str, Mapping[str, Any]] = {
    "under_24": {"hours_from": None, "hours_below": 24.0},
    "under_48": {"hours_from": 24.0, "hours_below": 48.0},
    "in_time": {"hours_from": 48.0, "hours_below": None},
    "stopped": {"risks": ("incomplete",)},
}
"""What each chip filters by: fields of the filter."""
OPEN = RequestFilter()


class Sample(QWidget):
    """One sign of the legend."""

    def __init__(self, look: Look, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._kind = kind
        self.setFixedSize(QSize(16 if kind in ("window", "made") else 6, 16))
        look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sign."""
        with painting(self) as painter:
            paint_sample(painter, self._look.theme, QRectF(self.rect()), self._kind)


class SummaryStrip(QFrame):
    """Chips that say how things stand, and filter when they are clicked.

    Attributes:
        fields_wanted: values of the filter by field, when a chip was clicked.
        dropped: names of the fields (a tuple) of a condition that is to go.
        code_wanted: a request (code) whose entries are not saved.
    """

    code_wanted = Signal(object)
    fields_wanted = Signal(object)
    dropped = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self._look = look
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 12, 4)
        self._row.setSpacing(8)
        self.chips: dict[str, QPushButton] = {}
        for name, role, icon in (
            ("under_24", "chip-bad", "alert"),
            ("under_48", "chip-warn", "clock-outline"),
            ("in_time", "chip", ""),
            ("stopped", "chip-warn", "timer-off-outline"),
        ):
            chip = QPushButton(self)
            chip.setProperty("role", role)
            chip.setProperty("icon_name", icon)
            chip.setCheckable(True)
            chip.clicked.connect(partial(self._on_chip, name))
            self.chips[name] = chip
            self._row.addWidget(chip)
        self.filters: list[QPushButton] = []
        self._row.addStretch(1)
        self.unsaved = QPushButton(self)
        self.unsaved.setProperty("role", "chip-warn")
        self.unsaved.clicked.connect(self._on_unsaved)
        self._unsaved: tuple[str, ...] = ()
        self._row.addWidget(self.unsaved)
        self.legend = self._make_legend()
        self._row.addWidget(self.legend)
        self.setFixedHeight(34)
        look.changed.connect(self._paint_icons)
        self._paint_icons()
        self.show_summary(Summary())
        self.show_unsaved(())

    def show_unsaved(self, codes: tuple[str, ...]) -> None:
        """Say which requests have entries that are not saved."""
        self._unsaved = codes
        self.unsaved.setVisible(bool(codes))
        more = f" +{len(codes) - 1}" if len(codes) > 1 else ""
        self.unsaved.setText(self.tr("Not saved: {codes}").format(codes=f"{codes[0]}{more}" if codes else ""))

    def _on_unsaved(self) -> None:
        if self._unsaved:
            self.code_wanted.emit(self._unsaved[0])

    def show_summary(self, summary: Summary) -> None:
        """Say how many are short of time; a chip without any, and not pressed, is hidden."""
        texts = {
            "under_24": (summary.under_24, self.tr("%n under 24 h", "", summary.under_24)),
            "under_48": (summary.under_48, self.tr("%n under 48 h", "", summary.under_48)),
            "in_time": (summary.in_time, self.tr("%n in time", "", summary.in_time)),
            "stopped": (summary.stopped, self.tr("%n clock(s) stopped", "", summary.stopped)),
        }
        for name, (number, text) in texts.items():
            chip = self.chips[name]
            chip.setText(text)
            chip.setVisible(bool(number) or chip.isChecked())

    def show_filter(self, wanted: RequestFilter) -> None:
        """Show what is filtered, each condition with a cross."""
        for name, chip in self.chips.items():
            chip.setChecked(all(getattr(wanted, field) == value for field, value in CHIPS[name].items()))
        for old in self.filters:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.filters = []
        for condition in conditions(wanted):
            chip = QPushButton(condition.text, self)
            chip.setProperty("role", "chip-accent")
            chip.setIcon(self._look.icon("close", "accent"))
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            chip.setAccessibleName(self.tr("Filter {text}: take it away").format(text=condition.text))
            chip.setToolTip(self.tr("Take this filter away"))
            chip.clicked.connect(partial(self.dropped.emit, condition.fields))
            self._row.insertWidget(len(self.chips) + len(self.filters), chip)
            self.filters.append(chip)
            chip.show()

    def _on_chip(self, name: str) -> None:
        is_on = self.chips[name].isChecked()
        self.fields_wanted.emit(
            {field: value if is_on else getattr(OPEN, field) for field, value in CHIPS[name].items()}
        )

    def _make_legend(self) -> QWidget:
        legend = QWidget(self)
        row = QHBoxLayout(legend)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        for kind, text in (
            ("window", self.tr("window")),
            ("made", self.tr("made now")),
            ("visit", self.tr("at visit")),
            ("outside", self.tr("outside window")),
        ):
            label = QLabel(text, legend)
            label.setProperty("role", "muted")
            row.addWidget(Sample(self._look, kind, legend))
            row.addWidget(label)
            row.addSpacing(6)
        return legend

    def _paint_icons(self) -> None:
        for name, chip in self.chips.items():
            icon = chip.property("icon_name")
            if icon:
                chip.setIcon(self._look.icon(icon, "bad" if name == "under_24" else "warn"))
        for chip in self.filters:
            chip.setIcon(self._look.icon("close", "accent"))
