"""Before a repair: what broke, how long may be searched, and the button that begins it."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.errors import DomainError
from desktop.services.planning.reading import Source
from desktop.services.repair.hits import hits
from desktop.services.repair.proposing import RepairSettings
from desktop.services.repair.views import Hit
from desktop.services.today.horizon import days_ahead
from desktop.services.today.judged import cause_of
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.widgets.fitting import grow_to_fit

WIDTH = 520
MOST_HITS = 10
SECONDS = (10, 30, 120)


class RepairSheet(QDialog):
    """Asks for the time; the rest is as the house has it.

    Attributes:
        hits: what broke.
        begin: the button.
        seconds: for all of it.
    """

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Repair the plan"))
        self.setMinimumWidth(WIDTH)
        self._context = context
        self.message = InlineMessage(context.look, self)
        self.hits = QLabel(self.tr("Looking for what broke…"), self)
        self.hits.setWordWrap(True)
        self.hits.setTextFormat(Qt.TextFormat.PlainText)
        self.seconds = QComboBox(self)
        self.seconds.setAccessibleName(self.tr("Search for at most"))
        for number in SECONDS:
            words = self.tr("%n second(s)", "", number) if number < 60 else self.tr("%n minute(s)", "", number // 60)
            self.seconds.addItem(words, number)
        self.cancel, self.begin = QPushButton(self.tr("Cancel"), self), QPushButton(self.tr("Repair"), self)
        self.begin.setProperty("role", "primary")
        self.begin.setDefault(True)
        self.begin.setEnabled(False)
        self._lay_out()
        self.cancel.clicked.connect(self.reject)
        self.begin.clicked.connect(self._on_begin)
        self._days: int | None = None
        context.runner.read(self, partial(_look, now=context.clock.now()), self._show_hits, self._on_failure)

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Repair what is in force"), self)
        heading.setProperty("role", "panel-title")
        promise = QLabel(
            self.tr(
                "What nothing has hit mostly stays as it was announced. Nothing is stored before you accept it, "
                "whole or in part."
            ),
            self,
        )
        promise.setProperty("role", "muted")
        promise.setWordWrap(True)
        words = QLabel(self.tr("Search for at most"), self)
        words.setBuddy(self.seconds)
        time = QHBoxLayout()
        time.addWidget(words)
        time.addWidget(self.seconds)
        time.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        for widget in (heading, self.message, self.hits, promise):
            column.addWidget(widget)
        column.addLayout(time)
        column.addStretch(1)
        column.addLayout(buttons)

    def _show_hits(self, seen: tuple[int | None, tuple[Hit, ...]]) -> None:
        self._days, found = seen
        if found:
            lines = [self.tr("%n announced visit(s) cannot be as announced:", "", len(found))]
            lines += [f"{hit.request} · {cause_of(hit)}" for hit in found[:MOST_HITS]]
            if len(found) > MOST_HITS:
                lines.append(self.tr("and %n more", "", len(found) - MOST_HITS))
            self.hits.setText("\n".join(lines))
        else:
            self.hits.setText(
                self.tr("Every announced visit keeps the rules. A repair looks for places for what is not announced.")
            )
        self._enable()
        grow_to_fit(self)

    def _on_failure(self, error: DomainError) -> None:
        self.message.show_error(error)
        grow_to_fit(self)

    def _enable(self) -> None:
        running = self._context.plan_runs.is_running
        self.begin.setEnabled(not running)
        if running:
            self.message.show_text(self.tr("Another plan is being made: stop or discard it first."))

    def _on_begin(self) -> None:
        if not self._context.plan_runs.is_running:
            settings = RepairSettings(days=self._days, seconds=float(self.seconds.currentData()))
            self._context.plan_runs.start_repair(settings)
            self._context.feedback.toast(self.tr("The repair is being looked for; everything else keeps working."))
        self.accept()


def _look(source: Source, now: dt.datetime) -> tuple[int | None, tuple[Hit, ...]]:
    """The days to repair, and what broke of them."""
    ahead = days_ahead(source, now)
    return (None, ()) if ahead is None else (ahead.days, hits(source, now, ahead))
