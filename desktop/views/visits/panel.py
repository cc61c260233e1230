"""The panel of one visit: its day, result, report, files, actions, what follows, and its life at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.errors import DomainError, NotFoundError, RefusedError
from desktop.itemmodels.slot_words import slots
from desktop.itemmodels.visit_rows import crew_words, stage_cell
from desktop.jobs.db_runner import Job
from desktop.services.changes import Outcome
from desktop.services.commands import Command
from desktop.services.commands.inspection import RecordResult, VisitTime
from desktop.services.inspection.life import visit_life
from desktop.services.inspection.reading import visit_card
from desktop.services.inspection.rows import LifeEvent, VisitCard
from desktop.services.planning.reading import Source
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.visits.actions_section import ActionsSection
from desktop.views.visits.day_section import DaySection
from desktop.views.visits.files_section import FilesSection
from desktop.views.visits.follow_section import FollowSection
from desktop.views.visits.life_line import LifeLine
from desktop.views.visits.report_section import ReportSection
from desktop.views.visits.result_section import ResultSection
from desktop.views.visits.section import Section, shown_as
from desktop.views.visits.sheets import AbortSheet, TimeSheet
from desktop.views.widgets.elided_label import ElidedLabel
from desktop.views.widgets.page_bar import EmptyPlace

CHIPS = {"accent": "chip-accent", "bad": "chip-bad"}


class VisitPanel(QFrame):
    """One visit, read anew when it or something of it has changed."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.context = context
        self._code = ""
        self.card: VisitCard | None = None
        self._job: Job[tuple[VisitCard, tuple[LifeEvent, ...]]] | None = None
        self.title = ElidedLabel(self)
        self.title.setProperty("role", "panel-title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.stage = QLabel(self)
        self.stage.setProperty("role", "chip")
        self.where = QLabel(self)
        self.where.setProperty("role", "muted")
        self.where.setTextFormat(Qt.TextFormat.PlainText)
        self.where.setWordWrap(True)
        self.message = InlineMessage(context.look, self)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget(self.area)
        self.day = DaySection(context, inside)
        self.result = ResultSection(context, inside)
        self.report = ReportSection(context, inside)
        self.files = FilesSection(context, inside)
        self.corrective = ActionsSection(context, inside)
        self.follow = FollowSection(context, inside)
        self.sections: tuple[Section, ...] = (
            self.day,
            self.result,
            self.report,
            self.follow,
            self.corrective,
            self.files,
        )
        self.life = LifeLine(context.look, self)
        self._lay_out(inside)
        for section in self.sections:
            section.wanted.connect(self.handle)
        self.day.time_wanted.connect(self.ask_for_time)
        self.report.time_wanted.connect(self.ask_for_time)
        self.day.abort_wanted.connect(self.ask_for_abort)
        self.follow.request_wanted.connect(context.selection.show_request)
        self._show(None)

    def _lay_out(self, inside: QWidget) -> None:
        cards = QVBoxLayout(inside)
        cards.setContentsMargins(12, 8, 12, 12)
        cards.setSpacing(8)
        for section in self.sections:
            cards.addWidget(section)
        cards.addStretch(1)
        self.area.setWidget(inside)
        self.area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.stage)
        top = QVBoxLayout()
        top.setContentsMargins(12, 10, 12, 0)
        top.setSpacing(4)
        top.addLayout(head)
        top.addWidget(self.where)
        top.addWidget(self.message)
        foot = QFrame(self)
        foot.setProperty("role", "foot")
        line = QVBoxLayout(foot)
        line.setContentsMargins(0, 4, 0, 0)
        line.addWidget(self.life)
        self._foot = foot
        self._nothing = EmptyPlace.of_panel(self.tr("Select a visit to note its day, result and report."), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.area, 1)
        column.addWidget(foot)
        column.addWidget(self._nothing, 1)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def show_visit(self, code: str) -> None:
        """Show the visit of a request; "": none is looked at."""
        if code == self._code and self.card is not None:
            return
        if code != self._code:
            self.message.clear()
        self._code = code
        if code:
            self.refresh()
        else:
            self._show(None)

    def refresh(self) -> None:
        """Read the visit again."""
        if self._job is not None:
            self._job.cancel()
        if self._code:
            query = partial(self._read, code=self._code)
            self._job = self.context.runner.read(self, query, self._on_read, self._on_missing)

    def _read(self, source: Source, code: str) -> tuple[VisitCard, tuple[LifeEvent, ...]]:
        return visit_card(source, self.context.clock.now(), code), visit_life(source, code)

    def _on_read(self, found: tuple[VisitCard, tuple[LifeEvent, ...]]) -> None:
        card, life = found
        if card.row.request == self._code:
            self._show(card)
            self.life.show_events(life, card.row.zone, self.context.clock.now())

    def _on_missing(self, error: DomainError) -> None:
        if isinstance(error, NotFoundError | RefusedError):  # it is announced no more
            self._show(None)
        self.message.show_error(error)

    def _show(self, card: VisitCard | None) -> None:
        is_other = card is None or self.card is None or card.row.request != self.card.row.request
        self.card = card
        self._nothing.setVisible(card is None)
        for part in (self.title, self.area, self.stage, self.where, self._foot):
            part.setVisible(card is not None)
        if card is None:
            return
        row = card.row
        self.title.setText(f"{row.request} \N{MIDDLE DOT} {row.service} \N{MIDDLE DOT} {row.factory_name}")
        cell = stage_cell(row)
        self.stage.setText(cell.text)
        shown_as(self.stage, CHIPS.get(cell.token, "chip"))
        names = ", ".join(f"{person.name} {person.local_name}".strip() for person in row.crew) or crew_words(row)
        lines = (
            (slots(row.first_slot, row.last_slot), names),
            (row.client_name, row.order, row.product),
            (row.factory_local_name, card.address),
            (card.contact, card.phone),
        )
        said = (" \N{MIDDLE DOT} ".join(part for part in line if part) for line in lines)
        self.where.setText("\n".join(line for line in said if line))
        for section in self.sections:
            section.show_card(card)
        if is_other:
            self.area.verticalScrollBar().setValue(0)

    # -- what is done --------------------------------------------------------------------------------------------------

    def handle(self, command: Command) -> None:
        """Carry out what a section asks for."""
        self.message.clear()
        then = partial(self._on_done, command)
        self.context.runner.handle(self, command, then, self.message.show_error)

    def _on_done(self, command: Command, outcome: Outcome) -> None:
        if isinstance(command, RecordResult):
            self.result.stored(command.request)
        self.context.feedback.done(outcome)
        self.refresh()

    def ask_for_time(self, name: VisitTime) -> TimeSheet | None:
        """Ask for one of the times."""
        if self.card is None:
            return None
        sheet = TimeSheet(self.context, self.card, name, self.window())
        sheet.show()
        return sheet

    def ask_for_abort(self) -> AbortSheet | None:
        """Ask why the visit came to nothing."""
        if self.card is None:
            return None
        sheet = AbortSheet(self.context, self.card, self.window())
        sheet.show()
        return sheet

    def attach(self, paths: Sequence[str]) -> None:
        """Keep files with the visit."""
        self.files.attach(paths)

    def show_result(self) -> None:
        """Go to the fields of the result."""
        self.area.ensureWidgetVisible(self.result)
        self.result.begin()
