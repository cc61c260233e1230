"""Where a factory may be: its address, the candidates, and another place looked for by name."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.itemmodels.two_line_list import TwoLineRow
from desktop.services.places.located import Candidate, Located
from desktop.services.places.resemblance import FactoryEntry
from desktop.views.look import Look
from desktop.views.places import words
from desktop.views.places.two_line_view import TwoLineView

TYPING_MS = 250


class PlacePanel(QWidget):
    """One factory and its candidates.

    Attributes:
        chosen: another candidate was gone to: its number (int).
        asked: another place is looked for: what was typed (str), "" for the factory's own address again.
    """

    chosen = Signal(object)
    asked = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry: FactoryEntry | None = None
        self.heading, self.address, self.state, self.why = (QLabel(self) for _ in range(4))
        self.heading.setProperty("role", "panel-title")
        for label in (self.state, self.why):
            label.setProperty("role", "muted")
        for label in (self.heading, self.address, self.state, self.why):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Look for another place"))
        self.search.setAccessibleName(self.tr("Look for another place"))
        self.search.setClearButtonEnabled(True)
        self.list = TwoLineView(look, self.tr("Candidates"), self)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPING_MS)
        self._wait.timeout.connect(self._ask)
        self.search.textChanged.connect(self._on_typed)
        self.list.chosen.connect(self._on_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(6)
        inner = QVBoxLayout()
        inner.setContentsMargins(12, 0, 12, 2)
        inner.setSpacing(6)
        for widget in (self.heading, self.state, self.address, self.search, self.why):
            inner.addWidget(widget)
        column.addLayout(inner)
        column.addWidget(self.list, 1)

    def show_entry(self, entry: FactoryEntry) -> None:
        """Show a factory; its candidates come later."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._wait.stop()
        self.show_heading(entry)
        self.why.setText(self.tr("Looking for the place"))
        self.list.rows.show(())

    def show_heading(self, entry: FactoryEntry) -> None:
        """Show what is on record of the factory now; what is asked about its place stays."""
        self.entry = entry
        self.heading.setText(words.both_names(entry))
        self.state.setText(
            " · ".join((entry.code, entry.area, self._placed(entry), self.tr("%n record(s)", "", entry.used)))
        )
        self.address.setText(entry.address or self.tr("No address is on record."))

    def show_located(self, located: Located) -> None:
        """Show where it may be; the likeliest is gone to."""
        self.why.setText(located.why)
        self.list.rows.show([words.candidate_row(number, found) for number, found in enumerate(located.candidates)])
        if located.candidates:
            self.list.choose(0)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The candidates shown."""
        return tuple(row.value for row in self.list.rows.rows if isinstance(row.value, Candidate))

    @property
    def candidate(self) -> Candidate | None:
        """The one that is gone to."""
        row = self.list.current
        return row.value if row is not None and isinstance(row.value, Candidate) else None

    def _placed(self, entry: FactoryEntry) -> str:
        if entry.lat is None:
            return self.tr("not placed")
        return self.tr("placed by {level}").format(level=words.level(entry.precision))

    def _on_typed(self, _text: str) -> None:
        self._wait.start()

    def _ask(self) -> None:
        self.asked.emit(self.search.text().strip())

    def _on_chosen(self, row: TwoLineRow | None) -> None:
        if row is not None:
            self.chosen.emit(int(row.key))
