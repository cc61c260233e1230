"""Several people of the roster at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.services.commands import EditRecord
from desktop.services.roster.listing import InspectorRow
from desktop.services.words import spell_list
from desktop.views.feedback import InlineMessage
from desktop.views.look import Look


class ManyPanel(QFrame):
    """What can be done with several people. `wanted` carries the commands (a tuple of EditRecord), one step."""

    wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._rows: tuple[InspectorRow, ...] = ()
        self.headline = QLabel(self)
        self.headline.setProperty("role", "panel-title")
        self.names = QLabel(self)
        self.names.setProperty("role", "muted")
        self.names.setWordWrap(True)
        self.message = InlineMessage(look, self)
        label = QLabel(self.tr("Team"), self)
        label.setProperty("role", "muted")
        self.team = QComboBox(self)
        self.team.setEditable(True)
        self.team.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.team.setAccessibleName(self.tr("Team of all selected"))
        label.setBuddy(self.team)
        self.team_button = QPushButton(self)
        self.team_button.setProperty("role", "primary")
        self.off_button = QPushButton(self)
        self.on_button = QPushButton(self)
        self.team_button.clicked.connect(self.set_team)
        self.off_button.clicked.connect(self.deactivate)
        self.on_button.clicked.connect(self.activate)
        line, state, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        line.setSpacing(6)
        line.addWidget(self.team, 1)
        line.addWidget(self.team_button)
        state.setSpacing(6)
        state.addWidget(self.off_button)
        state.addWidget(self.on_button)
        state.addStretch(1)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        for widget in (self.headline, self.names, self.message, label):
            column.addWidget(widget)
        column.addLayout(line)
        column.addSpacing(8)
        column.addLayout(state)
        column.addStretch(1)

    def show_rows(self, rows: Sequence[InspectorRow]) -> None:
        """Show these people."""
        if tuple(row.code for row in rows) != tuple(row.code for row in self._rows):
            self.message.clear()
        self._rows = tuple(rows)
        number = len(rows)
        self.headline.setText(self.tr("%n people selected", "", number))
        self.names.setText(spell_list([row.name for row in rows], 8))
        self.team_button.setText(self.tr("Set team of %n", "", number))
        active = sum(row.active for row in rows)
        self.off_button.setText(self.tr("Deactivate %n", "", active))
        self.on_button.setText(self.tr("Activate %n", "", number - active))
        self.off_button.setVisible(active > 0)
        self.on_button.setVisible(active < number)
        teams = {row.team for row in rows}
        self.team.setCurrentText(teams.pop() if len(teams) == 1 else "")

    def offer(self, teams: Sequence[str]) -> None:
        """Offer the names of teams."""
        typed = self.team.currentText()
        self.team.clear()
        self.team.addItems(sorted(teams))
        self.team.setCurrentText(typed)

    def set_team(self) -> None:
        """Put all into the team that is entered."""
        self._set(
            [row for row in self._rows if row.team != self.team.currentText().strip()], "team", self.team.currentText()
        )

    def deactivate(self) -> None:
        """Nobody of them is planned any more."""
        self._set([row for row in self._rows if row.active], "active", value=False)

    def activate(self) -> None:
        """They can be planned again."""
        self._set([row for row in self._rows if not row.active], "active", value=True)

    def _set(self, rows: Sequence[InspectorRow], field: str, value: object) -> None:
        if rows:
            self.wanted.emit(tuple(EditRecord("inspector", row.code, {field: value}, row.version) for row in rows))
