"""The day of a visit: on the way, on site, finished or aborted, each with one click; what was made."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop.itemmodels.slot_words import moment
from desktop.itemmodels.visit_rows import abort_words
from desktop.services.commands import RecordArrival
from desktop.services.commands.inspection import RecordFinished, RecordTravelling, TakeBackTime, VisitTime
from desktop.services.inspection.rows import VisitCard
from desktop.views.context import PageContext
from desktop.views.visits.section import Section
from desktop.views.words import money

STEPS: tuple[VisitTime, ...] = ("travelling", "arrived", "finished")
ACTIONS = {"travelling": "visits.travelling", "arrived": "visits.on_site", "finished": "visits.finished"}
NEEDED = {"travelling": "RecordTravelling", "arrived": "RecordArrival", "finished": "RecordFinished"}
THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
PERCENT, PIECES = "percent", "pieces"


class TimeRow(QWidget):
    """One time: a button that notes it now; once it is noted, the time, which can be changed and taken back.

    Attributes:
        edit_wanted: another time is to be entered.
        back_wanted: it is to be taken back.
    """

    edit_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, context: PageContext, said: str, action_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = context.look
        action = context.actions.action(action_id)
        self.note = QPushButton(said, self)
        self.note.setToolTip(action.toolTip())
        self.note.clicked.connect(action.trigger)
        self.label = QLabel(said, self)
        self.time = QPushButton(self)
        self.time.setProperty("role", "link")
        self.time.setToolTip(self.tr("Enter another time"))
        self.time.clicked.connect(self.edit_wanted)
        self.back = QPushButton(self)
        self.back.setProperty("role", "flat")
        self.back.setAccessibleName(self.tr("Take this time back"))
        self.back.setToolTip(self.back.accessibleName())
        self.back.clicked.connect(self.back_wanted)
        self.late = QPushButton(self.tr("Other time…"), self)
        self.late.setProperty("role", "link")
        self.late.clicked.connect(self.edit_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.note, self.late, self.label, self.time, self.back):
            row.addWidget(part)
        row.addStretch(1)
        self.label.setMinimumWidth(84)
        context.look.changed.connect(self._paint)
        self._paint()

    def show_time(self, said: str, *, possible: bool) -> None:
        """Show the time noted; "" none is."""
        self.note.setVisible(not said)
        self.late.setVisible(not said)
        self.note.setEnabled(possible)
        self.late.setEnabled(possible)
        for part in (self.label, self.time, self.back):
            part.setVisible(bool(said))
        self.time.setText(said)
        self.time.setAccessibleName(f"{self.label.text()} {said}")

    def _paint(self) -> None:
        self.back.setIcon(self._look.icon("undo-variant"))


class DaySection(Section):
    """Times and what was made.

    Attributes:
        time_wanted: the name (VisitTime) of a time that is to be entered by hand.
        abort_wanted: the visit came to nothing.
    """

    time_wanted = Signal(object)
    abort_wanted = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, "", parent)
        self.heading.setText(self.tr("The day"))
        said = {"travelling": self.tr("Travelling"), "arrived": self.tr("On site"), "finished": self.tr("Finished")}
        self.rows: dict[VisitTime, TimeRow] = {}
        for name in STEPS:
            row = TimeRow(context, said[name], ACTIONS[name], self)
            row.edit_wanted.connect(partial(self.time_wanted.emit, name))
            row.back_wanted.connect(partial(self._take_back, name))
            self.rows[name] = row
            self.body.addWidget(row)
        self.made = QLineEdit(self)
        self.unit = QComboBox(self)
        self.packed = QLineEdit(self)
        self.keep = self.button(self.tr("Save"))
        self.fault = self.muted(role="error")
        self.aborted = self.muted()
        self.abort = self.button(self.tr("Aborted…"), "danger")
        self._lay_out()

    def _lay_out(self) -> None:
        self.unit.addItem(self.tr("% of the order"), PERCENT)
        self.unit.addItem(self.tr("pieces"), PIECES)
        self.unit.setAccessibleName(self.tr("What was made is counted in"))
        label, packed = QLabel(self.tr("Made when the work ended"), self), QLabel(self.tr("Packed, %"), self)
        for part, field in ((label, self.made), (packed, self.packed)):
            part.setProperty("role", "muted")
            part.setBuddy(field)
            field.setAccessibleName(part.text())
            field.returnPressed.connect(self.keep_made)
        self.made.setFixedWidth(84)
        self.packed.setFixedWidth(64)
        self.keep.clicked.connect(self.keep_made)
        self.keep.setToolTip(self.tr("Store what was made; the order's forecast follows it"))
        self.abort.clicked.connect(self.abort_wanted)
        self.abort.setToolTip(self.context.actions.action("visits.aborted").toolTip())
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.addWidget(label, 0, 0, 1, 2)
        grid.addWidget(packed, 0, 2)
        grid.addWidget(self.made, 1, 0)
        grid.addWidget(self.unit, 1, 1)
        grid.addWidget(self.packed, 1, 2)
        grid.addWidget(self.keep, 1, 3)
        grid.setColumnStretch(4, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.fault)
        self.body.addWidget(self.aborted)
        self.body.addWidget(self.abort, 0, Qt.AlignmentFlag.AlignLeft)
        self.fault.hide()

    def show_card(self, card: VisitCard) -> None:
        """Show the times of a visit."""
        is_other = self.card is None or self.card.row.request != card.row.request
        self.card = card
        now = self.context.clock.now()
        self.beside.setText(self.tr("by the clocks of the factory"))
        for name, row in self.rows.items():
            time = card.times.get(name)
            is_possible = NEEDED[name] in card.possible
            row.show_time("" if time is None else moment(time, card.row.zone, now), possible=is_possible)
        is_aborted = card.row.stage == "aborted" or bool(card.row.abort_reason)
        if is_other or not (self.made.hasFocus() or self.packed.hasFocus()):
            made = card.result.percent_made
            self.made.setText("" if made is None else f"{made:g}")
            self.unit.setCurrentIndex(0)
            self.packed.clear()
            self.fault.hide()
        may_end = "RecordFinished" in card.possible
        for part in (self.made, self.unit, self.packed, self.keep):
            part.setEnabled(may_end)
        charged = self.tr("charged {money}").format(money=money(card.charged_cents)) if card.charged_cents else ""
        reason = abort_words(card.row.abort_reason) if is_aborted else ""
        self.aborted.setText(" \N{MIDDLE DOT} ".join(part for part in (reason, charged) if part))
        self.aborted.setVisible(bool(self.aborted.text()))
        self.abort.setVisible("AbortVisit" in card.possible)

    # -- what is done --------------------------------------------------------------------------------------------------

    def note(self, name: VisitTime) -> None:
        """Note a time now; with the end of the work goes what was made, where it is entered."""
        if self.card is None:
            return
        code = self.card.row.request
        if name == "finished":
            self.keep_made()
            return
        self.wanted.emit(RecordTravelling(code) if name == "travelling" else RecordArrival(code))

    def keep_made(self) -> None:
        """Store what was made, with the end of the work as it is noted, or now."""
        command = self._finished()
        if command is not None:
            self.wanted.emit(command)

    def _finished(self) -> RecordFinished | None:
        assert self.card is not None
        is_percent = self.unit.currentData() == PERCENT
        try:
            made, packed = (
                _number(self.made.text(), is_percent=is_percent),
                _number(self.packed.text(), is_percent=True),
            )
        except ValueError:
            self.fault.setText(self.tr("Enter a number: 22, or 22.5. A share lies between 0 and 100."))
            self.fault.show()
            self.made.setFocus()
            return None
        self.fault.hide()
        time = self.card.times.get("finished")
        return RecordFinished(
            self.card.row.request,
            time,
            percent_made=made if is_percent and made is not None else None,
            pieces_made=round(made) if not is_percent and made is not None else None,
            percent_packed=packed,
        )

    def _take_back(self, name: VisitTime) -> None:
        if self.card is not None:
            self.wanted.emit(TakeBackTime(self.card.row.request, name))


def _number(text: str, *, is_percent: bool) -> float | None:
    """A number as typed; None where nothing is. Raises ValueError where it is none, or beyond its bounds."""
    words = text.strip().removesuffix("%").strip()
    if not words:
        return None
    if is_percent:
        words = words.replace(",", ".")
    elif THOUSANDS.fullmatch(words):
        words = words.replace(",", "")
    found = float(words)
    if not 0 <= found <= (100 if is_percent else 1e9):
        raise ValueError(text)
    return found
