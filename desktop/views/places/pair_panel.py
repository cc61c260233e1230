"""Two records that may be one factory, side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.services.places.duplicates import Duplicate
from desktop.services.places.resemblance import FactoryEntry
from desktop.views.places import words

FIELDS = ("code", "name", "local_name", "address", "phone", "area", "place", "used")


class PairPanel(QScrollArea):
    """The comparison: what stays at the left, what goes into it at the right; what is the same steps back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pair: Duplicate | None = None
        body = QWidget(self)
        body.setProperty("role", "surface")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.heading, self.why = QLabel(body), QLabel(body)
        self.heading.setProperty("role", "panel-title")
        self.why.setProperty("role", "muted")
        for label in (self.heading, self.why):
            label.setWordWrap(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for column, text in ((1, self.tr("1 stays")), (2, self.tr("2 goes into it"))):
            head = QLabel(text, body)
            head.setProperty("role", "muted")
            grid.addWidget(head, 0, column)
        self._cells: dict[str, tuple[QLabel, QLabel]] = {}
        for row, field in enumerate(FIELDS, 1):
            name = QLabel(self._name(field), body)
            name.setProperty("role", "muted")
            cells = QLabel(body), QLabel(body)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            for column, cell in enumerate(cells, 1):
                cell.setWordWrap(True)
                cell.setTextFormat(Qt.TextFormat.PlainText)
                cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)
            self._cells[field] = cells
        column_layout = QVBoxLayout(body)
        column_layout.setContentsMargins(12, 12, 12, 12)
        column_layout.setSpacing(8)
        column_layout.addWidget(self.heading)
        column_layout.addWidget(self.why)
        column_layout.addLayout(grid)
        column_layout.addStretch(1)
        self.setWidget(body)

    def show_pair(self, pair: Duplicate) -> None:
        """Show a pair."""
        self.pair = pair
        self.heading.setText(self.tr("Perhaps one factory: {percent} %").format(percent=pair.percent))
        self.why.setText(f"{pair.why[0].upper()}{pair.why[1:]}." if pair.why else "")
        for field, cells in self._cells.items():
            texts = [self._text(field, entry) for entry in (pair.kept, pair.merged)]
            for cell, text in zip(cells, texts, strict=True):
                cell.setText(text or "\N{EN DASH}")
                role = "" if texts[0] != texts[1] and text else "faint"
                if cell.property("role") != role:
                    cell.setProperty("role", role)
                    cell.style().unpolish(cell)
                    cell.style().polish(cell)

    def _text(self, field: str, entry: FactoryEntry) -> str:
        if field == "place":
            return words.level(entry.precision)
        return self.tr("%n record(s)", "", entry.used) if field == "used" else str(getattr(entry, field))

    def _name(self, field: str) -> str:
        return {
            "code": self.tr("Code"),
            "name": self.tr("Name"),
            "local_name": self.tr("Local name"),
            "address": self.tr("Address"),
            "phone": self.tr("Phone"),
            "area": self.tr("Area"),
            "place": self.tr("Placed by"),
            "used": self.tr("Named by"),
        }[field]
