"""What the inspector takes along: the merged checklist with the order's papers, as a work sheet to save or look at."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import DomainError
from desktop.itemmodels.checklist_list import ChecklistModel
from desktop.jobs.db_runner import Job
from desktop.services.changes import Outcome
from desktop.services.commands import EditRecord
from desktop.services.requests.rows import RequestRow
from desktop.services.trade.protocols import LANGUAGES, Language
from desktop.services.words import spell_day
from desktop.services.worksheets import PAPERS, WorkSheet, read_worksheet
from desktop.views.context import PageContext
from desktop.views.feedback import explain
from desktop.views.requests.checklist_card import ChecklistCard
from desktop.views.requests.checklist_rows import ChecklistRows
from desktop.views.requests.order_papers import OrderPapers
from desktop.views.requests.paper_files import PaperFiles
from desktop.views.requests.tabs import RequestTab
from desktop.views.widgets.flow_layout import FlowLayout

LANGUAGE_NAMES: dict[Language, str] = {"en": "English", "zh": "中文", "vi": "Tiếng Việt"}
ROOMY = 600  # pixels of height from which on everything is open
LEAST_LIST = 200


class PapersTab(RequestTab):
    """The checklist of a request, and what is done with it.

    Attributes:
        sheet: the work sheet that is shown; None before it is fetched.
        language: that it is shown and printed in.
        list: sections and items.
        papers: the order's golden sample, specifications and packing rules.
        card: asks about a list that was read from a file.
    """

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.sheet: WorkSheet | None = None
        self.language: Language = "en"
        self._chosen: Language | None = None
        self._job: Job[WorkSheet] | None = None
        self.languages = QButtonGroup(self)
        self.save_button = QPushButton(self.tr("Save work sheet as PDF…"), self._body)
        self.save_button.setProperty("role", "primary")
        self.preview_button = QPushButton(self.tr("Preview"), self._body)
        self.import_button = self._link(self.tr("Import client's checklist…"))
        self.template_button = self._link(self.tr("Template…"))
        self.lists = self._label("muted")
        self.revisions_button = self._link("")
        self.revisions_button.setCheckable(True)
        self.papers_button = self._link("")
        self.papers_button.setCheckable(True)
        self._opened_by_hand = False
        self.revisions = self._label("muted")
        self.sample = self._label("muted")
        self.card = ChecklistCard(self._body)
        self.papers = OrderPapers(self._body)
        self.model = ChecklistModel(self)
        self.list = QListView(self._body)
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChecklistRows(context.look, self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # one that comes and goes changes the width that lines are folded to
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.list.setAccessibleName(self.tr("Checklist"))
        self.list.setMinimumHeight(LEAST_LIST)
        self._files = PaperFiles(self)
        self._lay_out()
        self._connect()

    def _link(self, text: str) -> QPushButton:
        button = QPushButton(text, self._body)
        button.setProperty("role", "link")
        return button

    def _lay_out(self) -> None:
        spoken = QHBoxLayout()
        spoken.setSpacing(4)
        for number, name in enumerate(LANGUAGE_NAMES.values()):
            button = QPushButton(name, self._body)
            button.setProperty("role", "small")
            button.setCheckable(True)
            button.setAccessibleName(self.tr("Work sheet in {language}").format(language=name))
            self.languages.addButton(button, number)
            spoken.addWidget(button)
        spoken.addStretch(1)
        buttons = FlowLayout(None, 6)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.preview_button)
        links = FlowLayout(None, 8)
        for link in (self.import_button, self.template_button, self.revisions_button):
            links.addWidget(link)
        top = QVBoxLayout()
        top.setContentsMargins(12, 8, 12, 8)
        top.setSpacing(6)
        top.addLayout(spoken)
        top.addLayout(buttons)
        for widget in (self.card, self.lists, self.sample):
            top.addWidget(widget)
        top.addLayout(links)
        for part in (self.revisions, self.papers_button, self.papers):
            top.addWidget(part)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        self._lay_out_body()
        self.revisions.hide()
        self.revisions_button.hide()

    def _connect(self) -> None:
        self.languages.idClicked.connect(self._on_language)
        self.revisions_button.toggled.connect(self.revisions.setVisible)
        self.papers_button.toggled.connect(self.papers.setVisible)
        self.papers_button.clicked.connect(self._on_papers_opened)
        self.papers.edited.connect(self._on_paper)
        self.context.look.changed.connect(self.list.viewport().update)

    # -- showing -------------------------------------------------------------------------------------------------------

    def show_row(self, row: RequestRow, *, is_other: bool) -> None:
        """Fetch the sheet of a request."""
        if is_other:
            self.papers.leave()
            self._chosen, self.sheet = None, None
            self.message.clear()
            self.card.hide()
            self._show()
        self._fetch(row.code)

    def _fetch(self, code: str) -> None:
        if self._job is not None:
            self._job.cancel()
        now = self.context.clock.now()
        self._job = self.context.runner.read(
            self, lambda store: read_worksheet(store, now, code), self._on_sheet, self._on_failed
        )

    def _on_sheet(self, sheet: WorkSheet) -> None:
        if self.looks_at(sheet.request):
            self.sheet = sheet
            self._show()

    def _show(self) -> None:
        sheet = self.sheet
        if sheet is not None:
            self.language = self._chosen or sheet.language
        button = self.languages.button(LANGUAGES.index(self.language))
        with QSignalBlocker(button):
            button.setChecked(True)
        for made in (self.save_button, self.preview_button, self.import_button):
            made.setEnabled(sheet is not None)
        self.papers.show_goods(None if sheet is None else sheet.goods)
        self.papers_button.setText(self._said_papers(sheet))
        self.model.show_sheet(sheet, self.language)
        self.lists.setText("" if sheet is None else self._said_lists(sheet))
        self.sample.setText("" if sheet is None else self._said_sample(sheet))
        self._show_revisions(sheet)

    def _said_lists(self, sheet: WorkSheet) -> str:
        goods = sheet.product_group or self.tr("goods of no known group")
        house = self.tr("House protocol {number} for {goods}, {service}").format(
            number=sheet.protocol_version, goods=goods, service=sheet.service
        )
        lists = [
            self.tr("client's list for {goods}, revision {number}").format(
                goods=given.origin.list or self.tr("all goods"), number=given.revision
            )
            for given in sheet.lists
        ]
        count = self.tr("%n item(s)", "", len(sheet.items))
        said = " · ".join((house, *(lists or [self.tr("the client has no list of its own")]), count))
        if sheet.product_group:
            return said
        hint = self.tr("Only what is common to all goods is checked: give the order its product group.")
        return f"{said}\n{hint}"

    def _said_sample(self, sheet: WorkSheet) -> str:
        sampling = sheet.sampling
        if sampling is None:
            return sheet.lot_missing[:1].upper() + sheet.lot_missing[1:]
        drawn = ", ".join(
            f"{line.defect} {line.plan.size:,} ({line.plan.accept}/{line.plan.reject})" for line in sampling.classes
        )
        lot = self.tr("Lot {pieces}, level {level}").format(pieces=f"{sampling.lot:,}", level=sheet.level)
        return f"{lot}: {drawn}"

    def _said_papers(self, sheet: WorkSheet | None) -> str:
        notes = {} if sheet is None or sheet.goods is None else sheet.goods.notes
        return self.tr("Order's papers: {number} of {all} on file").format(
            number=sum(bool(text) for text in notes.values()), all=len(PAPERS)
        )

    def _on_papers_opened(self) -> None:
        self._opened_by_hand = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the list has the room, until somebody wants the order's papers."""
        super().resizeEvent(event)
        if not self._opened_by_hand:
            self.papers_button.setChecked(event.size().height() >= ROOMY)
            self.papers.setVisible(self.papers_button.isChecked())

    def _show_revisions(self, sheet: WorkSheet | None) -> None:
        found = () if sheet is None else sheet.revisions
        self.revisions_button.setVisible(bool(found))
        self.revisions.setVisible(bool(found) and self.revisions_button.isChecked())
        self.revisions_button.setText(self.tr("%n revision(s)", "", len(found)))
        lines = [
            " · ".join(
                filter(
                    None,
                    (
                        " ".join(filter(None, (row.product_group, row.service))) or self.tr("all goods"),
                        self.tr("revision {number}").format(number=row.revision),
                        self.tr("%n item(s)", "", row.items),
                        spell_day(row.stored_at.date()),
                        row.source,
                        self.tr("in force") if row.holds else "",
                    ),
                )
            )
            for row in found
        ]
        self.revisions.setText("\n".join(lines))

    def _on_failed(self, error: DomainError) -> None:
        self.message.show_error(error)

    def _on_language(self, number: int) -> None:
        self._chosen = self.language = LANGUAGES[number]
        self.model.show_sheet(self.sheet, self.language)

    # -- the order's papers --------------------------------------------------------------------------------------------

    def _on_paper(self, field: str, text: str) -> None:
        sheet = self.sheet
        if sheet is None or sheet.goods is None:
            return
        command = EditRecord("order", sheet.goods.code, {field: text}, sheet.goods.version)
        self.context.runner.handle(self, command, self.say_done, partial(self._on_not_kept, sheet.request, command))

    def _on_not_kept(self, request: str, command: EditRecord, error: DomainError) -> None:
        for field, text in command.values.items():
            self.papers.hold(command.code, field, text)
        if self.looks_at(request):
            self.message.show_error(error)
            self._fetch(request)
        else:
            # the message of the tab stands by another request now
            self.context.feedback.toast(f"{request}: {explain(error)}", kind="bad")

    def say_done(self, outcome: Outcome) -> None:
        """Say that a step is stored, with the way back."""
        self.message.clear()
        self.context.feedback.done(outcome)
