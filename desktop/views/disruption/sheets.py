"""The sheets of disruptions: somebody is ill, goods are not ready, a visit takes longer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from desktop.itemmodels.slot_words import slots
from desktop.services.commands import RecordAbsence, ReportNotReady, ReportOverrun
from desktop.services.planning.reading import Source
from desktop.services.roster.days import ABSENCE_KINDS
from desktop.services.slots import slot_of
from desktop.services.today.foreseen import Crewed, Struck, hit_by_absence, hit_by_overrun
from desktop.views.context import PageContext
from desktop.views.disruption.sheet import DisruptionSheet
from desktop.views.widgets.day_edit import DayEdit

MOST_HALF_DAYS = 8
NEXT_DAYS = 3  # goods that are not ready are asked for again after so many, unless told otherwise


class IllSheet(DisruptionSheet):
    """Who cannot come, from when to when.

    Attributes:
        who: those that may be meant.
        first, last: the days.
        from_noon: the first morning was worked.
        kind: of the absence.
    """

    def __init__(self, context: PageContext, people: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(context, "", "", parent)
        self.setWindowTitle(self.tr("Ill today"))
        self.heading.setText(self.tr("Somebody cannot come"))
        self.record.setText(self.tr("Record absence"))
        self.who = QComboBox(self)
        self.who.setAccessibleName(self.tr("Inspector"))
        for code, name in people:
            self.who.addItem(f"{name} · {code}" if name else code, code)
        now = context.clock.now().astimezone()
        self.first, self.last = DayEdit(now.date(), self), DayEdit(now.date(), self)
        self.from_noon = QCheckBox(self.tr("From noon on"), self)
        self.kind = QComboBox(self)
        self.kind.setEditable(True)
        self.kind.addItems(("sickness", *(kind for kind in ABSENCE_KINDS if kind != "sickness")))
        self.kind.setAccessibleName(self.tr("Kind of absence"))
        for widget, words in ((self.first, self.tr("First day")), (self.last, self.tr("Last day"))):
            widget.setAccessibleName(words)
        days = QHBoxLayout()
        days.setSpacing(12)
        days.addLayout(_field(self.tr("First day"), self.first, self), 1)
        days.addLayout(_field(self.tr("Last day"), self.last, self), 1)
        self.body.addLayout(_field(self.tr("Inspector"), self.who, self))
        self.body.addLayout(days)
        self.body.addWidget(self.from_noon)
        self.body.addLayout(_field(self.tr("Kind"), self.kind, self))
        self.who.currentIndexChanged.connect(self.ask)
        self.first.dateChanged.connect(self._on_first)
        self.last.dateChanged.connect(self.ask)
        self.from_noon.toggled.connect(self.ask)
        self.ask()

    @property
    def span(self) -> tuple[int, int]:
        """The half-days meant, absolute."""
        return slot_of(self.first.day) + self.from_noon.isChecked(), slot_of(self.last.day) + 1

    def command(self) -> RecordAbsence | None:
        """The absence as entered."""
        code = self.who.currentData()
        if not code:
            return None
        kind = self.kind.currentText().strip() or "sickness"
        return RecordAbsence(code, *self.span, kind, self.note.text(), frees=True)

    def query(self) -> Callable[[Source], tuple[Struck, ...]] | None:
        """His announced visits of these half-days."""
        code, (first, last) = self.who.currentData(), self.span
        if not code or last < first:
            return None
        return partial(hit_by_absence, inspector=code, first_slot=first, last_slot=last)

    def _on_first(self, day: QDate) -> None:
        self.last.setMinimumDate(day)
        self.ask()


class NotReadySheet(DisruptionSheet):
    """Until when the goods of a request are not ready.

    Attributes:
        ready: the day on which they will be.
        unknown: nobody knows it.
    """

    def __init__(self, context: PageContext, visit: Crewed, parent: QWidget) -> None:
        super().__init__(context, "", "", parent)
        self._visit = visit
        self.setWindowTitle(self.tr("Not ready"))
        self.heading.setText(self.tr("{request} is not ready").format(request=visit.request))
        self.record.setText(self.tr("Record"))
        day = max(context.clock.now().astimezone().date(), dt.date.fromordinal(visit.first_slot // 2))
        self.ready = DayEdit(day + dt.timedelta(days=NEXT_DAYS), self)
        self.ready.setAccessibleName(self.tr("Ready on"))
        self.unknown = QCheckBox(self.tr("Nobody knows when: back to the inbox"), self)
        where = QLabel(visit.factory_name, self)
        where.setProperty("role", "muted")
        where.setWordWrap(True)
        self.body.addWidget(where)
        self.body.addLayout(_field(self.tr("Ready on"), self.ready, self))
        self.body.addWidget(self.unknown)
        self.unknown.toggled.connect(self.ready.setDisabled)
        own = Struck(
            visit.request, "", visit.factory_name, "", tuple(name for _, name in visit.crew), visit.first_slot,
            visit.last_slot,
        )  # fmt: skip
        self.show_hits((own,))

    def command(self) -> ReportNotReady:
        """What the factory said."""
        ready = None if self.unknown.isChecked() else self.ready.day
        return ReportNotReady(self._visit.request, ready, self.note.text())


class OverrunSheet(DisruptionSheet):
    """How much longer a visit takes.

    Attributes:
        half_days: so many half-days.
    """

    def __init__(self, context: PageContext, visit: Crewed, parent: QWidget) -> None:
        super().__init__(context, "", "", parent)
        self._visit = visit
        self.setWindowTitle(self.tr("Ran over"))
        self.heading.setText(self.tr("{request} takes longer").format(request=visit.request))
        self.record.setText(self.tr("Record"))
        self.half_days = QSpinBox(self)
        self.half_days.setRange(1, MOST_HALF_DAYS)
        self.half_days.setAccessibleName(self.tr("Half-days more"))
        when = slots(visit.first_slot, visit.last_slot)
        names = ", ".join(name for _, name in visit.crew)
        where = QLabel(f"{when} · {visit.factory_name} · {names}", self)
        where.setProperty("role", "muted")
        where.setWordWrap(True)
        self.body.addWidget(where)
        self.body.addLayout(_field(self.tr("Half-days more"), self.half_days, self))
        self.half_days.valueChanged.connect(self.ask)
        self.ask()

    def command(self) -> ReportOverrun:
        """How much longer."""
        return ReportOverrun(self._visit.request, self.half_days.value(), self.note.text())

    def query(self) -> Callable[[Source], tuple[Struck, ...]]:
        """What its people were to do next."""
        return partial(hit_by_overrun, request=self._visit.request, half_days=self.half_days.value())

    def nothing(self) -> str:
        """They are free."""
        return self.tr("Its people have nothing announced for then.")


def _field(words: str, widget: QWidget, parent: QWidget) -> QVBoxLayout:
    label = QLabel(words, parent)
    label.setProperty("role", "muted")
    label.setBuddy(widget)
    column = QVBoxLayout()
    column.setSpacing(3)
    column.addWidget(label)
    column.addWidget(widget)
    return column
