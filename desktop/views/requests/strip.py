"""The strip over the table: how many are short of time, what is filtered, and what the signs of the bars mean."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.services.requests.filter import RequestFilter
from desktop.services.requests.listing import Summary
from desktop.services.requests.rows import RiskKind
from desktop.views.bar_painting import painting
from desktop.views.look import Look
from desktop.views.requests.filter_words import conditions
from desktop.views.requests.request_painting import paint_sample

HOURS: dict[str, tuple[float | None, float | None]] = {
    "under_24": (None, 24.0),
    "under_48": (24.0, 48.0),
    "in_time": (48.0, None),
}
"""What each chip of hours left filters by: from, below."""
STOPPED: tuple[RiskKind, ...] = ("incomplete",)
"""What the chip of stopped clocks filters by."""


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
        hours_wanted: (from, below) or (None, None), when a chip of hours was clicked.
        stopped_wanted: whether only stopped clocks are wanted, when their chip was clicked.
        dropped: names of the fields (a tuple) of a condition that is to go.
        code_wanted: a request (code) whose entries are not saved.
    """

    code_wanted = Signal(object)
    hours_wanted = Signal(object)
    stopped_wanted = Signal(bool)
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
            chip.clicked.connect(partial(self._on_hours, name) if name in HOURS else self._on_stopped)
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
        pair = (wanted.hours_from, wanted.hours_below)
        for name, chip in self.chips.items():
            chip.setChecked(HOURS[name] == pair if name in HOURS else wanted.risks == STOPPED)
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

    def _on_stopped(self) -> None:
        self.stopped_wanted.emit(self.chips["stopped"].isChecked())

    def _on_hours(self, name: str) -> None:
        self.hours_wanted.emit(HOURS[name] if self.chips[name].isChecked() else (None, None))

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
