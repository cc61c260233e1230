"""The tabs of a person that are filled from their card: skills and permits, and history."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QScrollArea, QTableView, QVBoxLayout, QWidget

from desktop.itemmodels.record_history import RecordHistoryModel
from desktop.jobs.db_runner import Job
from desktop.services.history import HistoryEntry
from desktop.services.roster.card import InspectorCard
from desktop.services.roster.filter import RosterChoices
from desktop.services.roster.history import inspector_history
from desktop.views.context import PageContext
from desktop.views.look import Look
from desktop.views.roster.parts_section import PartDelegate, PartsSection

HISTORY_ROW = 26


class ScrolledTab(QScrollArea):
    """A place for what may be longer than its tab; `ground` is the parent of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def ground(self) -> QWidget:
        """What the content is to be made in."""
        return self.viewport()

    def hold(self, content: QWidget) -> None:
        """Show this content, on the ground of the panel."""
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)


class SkillsTab(QWidget):
    """What a person may do. `wanted` carries a PartEntry of one of the sections."""

    wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.skills = PartsSection(look, "skill", self)
        self.certificates = PartsSection(look, "certificate", self)
        self.permits = PartsSection(look, "permit", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(14)
        for section in self.sections:
            column.addWidget(section)
            section.wanted.connect(self.wanted)
        column.addStretch(1)

    @property
    def sections(self) -> tuple[PartsSection, PartsSection, PartsSection]:
        """Skills, certificates, permits."""
        return self.skills, self.certificates, self.permits

    def section(self, kind: str) -> PartsSection:
        """The section of a PartEntry's kind."""
        return {"skill": self.skills, "certificate": self.certificates, "permit": self.permits}[kind]

    def show_card(self, card: InspectorCard) -> None:
        """Show what a person holds."""
        self.skills.show_parts(card.skills)
        self.certificates.show_parts(card.certificates)
        self.permits.show_parts(card.permits)

    def offer(self, choices: RosterChoices) -> None:
        """Offer what people of the roster hold."""
        self.skills.offer(choices.skills)
        self.certificates.offer(choices.certificates)
        self.permits.offer(choices.areas)


class HistoryTab(QWidget):
    """What has been changed about a person, read when it is to be seen."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._code: str | None = None
        self._is_stale = False
        self._job: Job[tuple[HistoryEntry, ...]] | None = None
        self.model = RecordHistoryModel(self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self.table.setItemDelegate(PartDelegate(context.look, self.table))
        self.table.setAccessibleName(self.tr("History"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(HISTORY_ROW)
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setHighlightSections(False)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.addWidget(self.table)

    def show_person(self, code: str | None) -> None:
        """Show a person's history, now or as soon as the tab is seen."""
        self._code = code
        self._is_stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: object) -> None:
        """Read what was not worth reading before."""
        super().showEvent(event)  # type: ignore[arg-type]  # a QShowEvent
        if self._is_stale:
            self._read()

    def _read(self) -> None:
        self._is_stale = False
        if self._job is not None:
            self._job.cancel()
        if self._code is None:
            self.model.show_entries(())
            return
        query = partial(inspector_history, code=self._code)
        self._job = self._context.runner.read(self, query, self.model.show_entries, background=True)
