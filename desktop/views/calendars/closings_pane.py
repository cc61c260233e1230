"""When factories are closed beside holidays: closings of a year, and long stops proposed for the lunar new year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.services.closings import Closing, ProposedClosing, closing_commands
from desktop.services.commands import CloseFactory, Command, OpenFactory
from desktop.services.exchange.cells import CellFault
from desktop.services.requests.form import read_day
from desktop.services.words import spell_days

ROW_HEIGHT = 26


class ClosingsPane(QWidget):
    """Two tables: what is on record, and what is proposed, ticked line by line; nothing is stored unasked.

    Args:
        today: nearest to which days without a year are read.
        carry_out: stores commands as one step, with its name.
        parent: the dialog.
    """

    def __init__(self, today: dt.date, carry_out: Callable[[Sequence[Command], str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        self._carry_out = carry_out
        self._year = today.year
        self._closings: tuple[Closing, ...] = ()
        self._proposals: tuple[ProposedClosing, ...] = ()
        self._boxes: list[QTableWidgetItem] = []
        self.closings = self._table(self.tr("Closing days"))
        self.proposals = self._table(self.tr("Long stops proposed"))
        self.proposals.itemChanged.connect(self._count)
        self.proposed_title = QLabel(self)
        self.proposed_title.setProperty("role", "name")
        self.closed_title = QLabel(self)
        self.closed_title.setProperty("role", "name")
        self.enter_button = QPushButton(self)
        self.enter_button.setProperty("role", "primary")
        self.enter_button.clicked.connect(self._enter)
        self.mark_button = QPushButton(self.tr("Mark all"), self)
        self.mark_button.clicked.connect(self._mark_all)
        self.open_button = QPushButton(self.tr("Work on these days after all"), self)
        self.open_button.clicked.connect(self._open)
        self.factory, self.first, self.last, self.reason = (QLineEdit(self) for _ in range(4))
        for entry, name in (
            (self.factory, self.tr("Code of the factory")),
            (self.first, self.tr("First day")),
            (self.last, self.tr("Last day")),
            (self.reason, self.tr("Reason")),
        ):
            entry.setPlaceholderText(name)
            entry.setAccessibleName(name)
            entry.returnPressed.connect(self._close)
        self.close_button = QPushButton(self.tr("Close the factory"), self)
        self.close_button.clicked.connect(self._close)
        self.fault = QLabel(self)
        self.fault.setProperty("role", "error")
        self.fault.hide()
        self._lay_out()

    def _table(self, name: str) -> QTableWidget:
        table = QTableWidget(0, 3, self)
        table.setAccessibleName(name)
        table.setHorizontalHeaderLabels([self.tr("Factory"), self.tr("Closed"), self.tr("Why")])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for column in range(3):
            table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        return table

    def _lay_out(self) -> None:
        new, foot, proposed = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (new, foot, proposed):
            row.setSpacing(8)
        for entry, share in ((self.factory, 2), (self.first, 2), (self.last, 2), (self.reason, 3)):
            new.addWidget(entry, share)
        new.addWidget(self.close_button)
        foot.addWidget(self.fault, 1)
        foot.addStretch(1)
        foot.addWidget(self.open_button)
        proposed.addStretch(1)
        proposed.addWidget(self.mark_button)
        proposed.addWidget(self.enter_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.closed_title)
        column.addWidget(self.closings, 1)
        column.addLayout(foot)
        column.addLayout(new)
        column.addWidget(self.proposed_title)
        column.addWidget(self.proposals, 1)
        column.addLayout(proposed)

    def show_year(self, year: int, closings: tuple[Closing, ...], proposals: tuple[ProposedClosing, ...]) -> None:
        """Show a year. The closing that is chosen and the proposals that are ticked stay so while they are there."""
        chosen, ticked = self._chosen(), {(marked.factory, marked.stop.first) for marked in self.marked()}
        self._year, self._closings, self._proposals = year, closings, proposals
        self.closed_title.setText(self.tr("Closed in {year}").format(year=year))
        self.proposed_title.setText(
            self.tr("No stop at the lunar new year {year} on record: proposed, to be confirmed").format(year=year)
        )
        self.closings.setRowCount(len(closings))
        for n, entry in enumerate(closings):
            self._fill(self.closings, n, entry, spell_days(entry.first, entry.last), entry.reason)
        self.closings.setCurrentCell(closings.index(chosen) if chosen in closings else -1, 0)
        self.proposals.blockSignals(True)
        self.proposals.setRowCount(len(proposals))
        self._boxes = []
        for n, proposal in enumerate(proposals):
            stop = proposal.stop
            box = self._fill(
                self.proposals, n, proposal, spell_days(stop.first, stop.last), f"{stop.name}, {proposal.why}"
            )
            box.setFlags(box.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_ticked = (proposal.factory, stop.first) in ticked
            box.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
            self._boxes.append(box)
        self.proposals.blockSignals(False)
        self.open_button.setEnabled(bool(closings))
        self._count()

    def marked(self) -> tuple[ProposedClosing, ...]:
        """The proposals that are ticked."""
        return tuple(
            proposal
            for proposal, box in zip(self._proposals, self._boxes, strict=True)
            if box.checkState() == Qt.CheckState.Checked
        )

    def say(self, text: str) -> None:
        """Say what is wrong with what was entered."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    @staticmethod
    def _fill(table: QTableWidget, row: int, entry: Closing | ProposedClosing, days: str, why: str) -> QTableWidgetItem:
        """Fill a line; gives its first cell."""
        cells = [QTableWidgetItem(text) for text in (f"{entry.factory} {entry.name}", days, why)]
        for column, cell in enumerate(cells):
            cell.setToolTip(cell.text())
            table.setItem(row, column, cell)
        return cells[0]

    def _count(self) -> None:
        count = len(self.marked())
        self.enter_button.setText(self.tr("Close %n factory(s)", "", count))
        self.enter_button.setEnabled(count > 0)
        self.mark_button.setEnabled(bool(self._proposals))

    def _mark_all(self) -> None:
        for box in self._boxes:
            box.setCheckState(Qt.CheckState.Checked)

    def _enter(self) -> None:
        marked = self.marked()
        label = self.tr("Close %n factory(s) for the lunar new year", "", len(marked))
        self._carry_out(closing_commands(marked), label)

    def _chosen(self) -> Closing | None:
        at = self.closings.currentRow()
        return self._closings[at] if 0 <= at < len(self._closings) else None

    def _open(self) -> None:
        entry = self._chosen()
        if entry is None:
            self.say(self.tr("Choose a closing first."))
            return
        self.say("")
        self.closings.setCurrentCell(-1, -1)
        self._carry_out((OpenFactory(entry.factory, entry.first, entry.last),), "")

    def _close(self) -> None:
        try:
            first = read_day(self.first.text(), self._today)
            last = read_day(self.last.text(), self._today) if self.last.text().strip() else first
        except CellFault as fault:
            self.say(fault.told())
            return
        self.say("")
        self._carry_out((CloseFactory(self.factory.text().strip(), first, last, self.reason.text()),), "")
