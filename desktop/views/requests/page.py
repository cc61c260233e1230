"""The page of requests: what has come in, what can be planned, and what has become of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.jobs.db_runner import Committed
from desktop.services.requests.listing import RequestIndex
from desktop.views.context import PageContext
from desktop.views.page import Page
from desktop.views.requests.doing import RequestDoing
from desktop.views.requests.editor import RequestEditor
from desktop.views.requests.import_files import file_of
from desktop.views.requests.list_area import ListArea
from desktop.views.requests.panel import RequestPanel
from desktop.views.requests.tabs import RequestTab
from desktop.views.requests.toolbar import RequestToolbar
from desktop.views.selection import Wanted

if TYPE_CHECKING:
    from desktop.views.requests.import_panel import ImportPanel

NARROW, WIDE = 1300, 2000
IMPORT_WIDTH = 600
FORM_TABLES = ("client", "factory", "order", "inspector", "inspector_skill", "inspector_certificate")
TAB_TABLES = (
    "order", "progress_report", "production_window", "client", "client_rate", "exchange_rate", "checklist",
    "checklist_item", "factory", "factory_closure", "calendar_day", "setting", "visit_result",
)  # fmt: skip
"""What tabs of the panel show beside the request's own rows."""


class RequestsPage(Page):
    """The list, and beside it the request that is looked at."""

    NAME: ClassVar[str] = "requests"
    ICON: ClassVar[str] = "inbox-arrow-down"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAcceptDrops(True)
        self.toolbar = RequestToolbar(context.look, context.actions, self)
        # every widget is made where it stays: a new parent has the style sheet read again for all below it
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.list = ListArea(context, self.toolbar, self.splitter)
        self.side = QStackedWidget(self.splitter)
        self.side.setMinimumWidth(300)
        self.side.hide()
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self.splitter, 1)
        self._started = False
        self._panel_wanted = True
        self._panel_width = 0
        self.doing = RequestDoing(self)
        self._connect()

    def _connect(self) -> None:
        self.list.picked.connect(self._on_picked)
        self.list.opened.connect(self.open_fields)
        self.list.counted.connect(self.badge)
        self.list.found.connect(self._on_found)
        self.list.strip.code_wanted.connect(self._on_stored)
        self.splitter.splitterMoved.connect(self._on_splitter)
        self.context.selection.request_wanted.connect(self._on_wanted)

    @cached_property
    def panel(self) -> RequestPanel:
        """The panel, made when it is first needed."""
        made = RequestPanel(self.context.look, self.context.clock.now().astimezone().date(), self.side)
        made.closed.connect(self.close_panel)
        made.place_wanted.connect(self.doing.open_places)
        made.client_wanted.connect(self.doing.open_client)
        made.visit_wanted.connect(self.doing.open_visit)
        made.add_tab(self.tr("Production"), self._make_production)
        made.add_tab(self.tr("Sampling"), self._make_sampling)
        made.add_tab(self.tr("Quote"), self._make_quote)
        made.add_tab(self.tr("Papers"), self._make_papers)
        self.side.addWidget(made)
        return made

    # a tab is loaded when it is first turned to: together they take longer than the page itself

    def _make_production(self, parent: QWidget) -> RequestTab:
        from desktop.views.requests.production_tab import ProductionTab  # noqa: PLC0415

        return ProductionTab(self.context, parent)

    def _make_sampling(self, parent: QWidget) -> RequestTab:
        from desktop.views.requests.sampling_tab import SamplingTab  # noqa: PLC0415

        return SamplingTab(self.context, parent)

    def _make_quote(self, parent: QWidget) -> RequestTab:
        from desktop.views.requests.quote_tab import QuoteTab  # noqa: PLC0415

        return QuoteTab(self.context, parent)

    def _make_papers(self, parent: QWidget) -> RequestTab:
        from desktop.views.requests.papers_tab import PapersTab  # noqa: PLC0415

        return PapersTab(self.context, parent)

    @cached_property
    def editor(self) -> RequestEditor:
        """What works the panel."""
        made = RequestEditor(self.context, self.panel, self._index)
        made.saving.stored.connect(self._on_stored)
        made.drafts.unsaved.connect(self.list.strip.show_unsaved)
        return made

    @cached_property
    def importing(self) -> ImportPanel:
        """The steps of an import, made when it is first needed."""
        from desktop.views.requests.import_panel import ImportPanel  # noqa: PLC0415 -- readers of files are much to load

        made = ImportPanel(self.context, self.side)
        made.finished.connect(self._on_import_finished)
        made.files.file_chosen.connect(self.check_file)
        self.side.addWidget(made)
        return made

    # -- as every page -------------------------------------------------------------------------------------------------

    def title(self) -> str:
        """Its name."""
        return self.tr("Requests")

    def activate(self) -> None:
        """Begin to fetch when it is first shown; the list takes the keys."""
        if not self._started:
            self._started = True
            self.list.start()
        self.list.view.setFocus()
        self._say_summary()

    def changed(self, committed: Committed) -> None:
        """Fetch again what a change concerns."""
        if self._has_editor and any(committed.changes.touches(table) for table in FORM_TABLES):
            self.editor.forget_choices()
        if self._started:
            self.list.loader.follow(committed.changes)
        if self._has_editor and any(committed.changes.touches(table) for table in TAB_TABLES):
            self.editor.refresh_tab()

    def refresh(self) -> None:
        """Fetch everything again."""
        if self._has_editor:
            self.editor.forget_choices()
        if self._started:
            self.list.loader.start()

    def state(self) -> dict[str, object]:
        """The list's state, and the panel."""
        return {"list": self.list.state(), "panel": self._panel_wanted, "panel_width": self._panel_width}

    def restore(self, state: dict[str, object]) -> None:
        """Put back what `state` gave."""
        kept = state.get("list")
        if isinstance(kept, Mapping):
            self.list.restore(dict(kept))
        self._panel_wanted = state.get("panel") is not False
        width = state.get("panel_width")
        self._panel_width = width if isinstance(width, int) and 0 <= width <= 2000 else 0

    # -- the panel -----------------------------------------------------------------------------------------------------

    def open_panel(self) -> None:
        """Show the panel, on what is selected."""
        self._panel_wanted = True
        self.side.setCurrentWidget(self.panel)
        self._show_side(self._panel_width or self._usual_width())
        self._look_at_selected()

    def open_side_for_form(self) -> None:
        """Show the panel without looking at what is selected."""
        self._panel_wanted = True
        self.side.setCurrentWidget(self.panel)
        self._show_side(self._panel_width or self._usual_width())

    def close_panel(self) -> None:
        """Hide the panel; the list takes the keys."""
        self._panel_wanted = False
        self.side.hide()
        self.context.actions.show_state("requests.panel", False)
        self.list.view.setFocus()

    def _show_side(self, width: int) -> None:
        if self.side.isHidden():
            self.side.show()
            whole = self.splitter.width()
            self.splitter.setSizes([max(1, whole - width), width])
        self.context.actions.show_state("requests.panel", True)

    def _usual_width(self) -> int:
        width = self.width()
        return 324 if width < NARROW else 372 if width < WIDE else 400

    def toggle_panel(self) -> None:
        """Show the panel, or hide it."""
        if self.side.isHidden():
            self.open_panel()
        else:
            self.close_panel()

    def _look_at_selected(self) -> None:
        rows = self.list.selected()
        if len(rows) == 1:
            self.editor.look_at(rows[0])
        elif rows:
            self.editor.look_at_several(rows)

    def _on_picked(self) -> None:
        self.doing.settle()
        rows = self.list.selected()
        if not rows or self.is_importing:
            return
        if not self.side.isHidden() and self.editor.kind == "new" and self.editor.is_dirty:
            return  # a half-written request does not vanish because a row is clicked
        if self._panel_wanted:
            self.open_panel()

    def open_fields(self) -> None:
        """Show the panel, and go to the fields of what is selected."""
        self.open_panel()
        self.panel.show_booking()
        self.panel.form.focus()

    def _on_splitter(self) -> None:
        if not self.is_importing:
            self._panel_width = self.side.width()

    # -- what happens --------------------------------------------------------------------------------------------------

    @property
    def _has_editor(self) -> bool:
        return "editor" in self.__dict__

    @property
    def is_importing(self) -> bool:
        """Whether the steps of an import are seen."""
        return not self.side.isHidden() and self.side.currentWidget() is self.__dict__.get("importing")

    def _index(self) -> RequestIndex:
        return self.list.loader.index

    def _on_found(self) -> None:
        self.doing.settle()
        rows = self.list.selected()
        if len(rows) == 1 and not self.side.isHidden() and not self.is_importing and self.editor.kind == "edit":
            self.editor.look_at(rows[0])
        if self.isVisible():
            self._say_summary()

    def _say_summary(self) -> None:
        summary = self.list.summary
        text = self.tr("%n request(s), {man_days} man-days, {price}", "", summary.count)
        self.context.feedback.status(
            text.format(man_days=f"{summary.man_days:,.1f}", price=f"${round(summary.price_cents / 100):,}")
        )

    def _on_stored(self, code: str) -> None:
        self.list.show_code(code)

    def _on_wanted(self, wanted: Wanted) -> None:
        if wanted.page == self.NAME:
            self.list.show_code(wanted.code)

    def _on_import_finished(self) -> None:
        self.side.setCurrentWidget(self.panel)
        if self._panel_wanted and self.list.selected():
            self.open_panel()
        else:
            self.side.hide()
        self.list.view.setFocus()

    def check_file(self, path: str) -> None:
        """Say what importing a file would do."""
        self._show_importing()
        self.importing.check(path)

    def paste(self) -> None:
        """Say what importing the rows that were copied would do, or the file."""
        data = QGuiApplication.clipboard().mimeData()
        if path := file_of(data):
            self.check_file(path)
        else:
            self._show_importing()
            self.importing.paste(data)

    def _show_importing(self) -> None:
        self.side.setCurrentWidget(self.importing)
        self.side.hide()
        self._show_side(min(IMPORT_WIDTH, self.width() // 2))

    # -- events --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads from the panel to the list, and from the list it closes the panel."""
        if event.key() == Qt.Key.Key_Escape and not self.side.isHidden():
            if self.side.isAncestorOf(self.focusWidget() or self):
                self.list.view.setFocus()
            else:
                self.close_panel()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower panel on a small screen."""
        super().resizeEvent(event)
        if not self._panel_width and not self.side.isHidden() and not self.is_importing:
            width = self._usual_width()
            self.splitter.setSizes([max(1, self.splitter.width() - width), width])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files that can be imported may be dropped."""
        if file_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check the file."""
        path = file_of(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.check_file(path)
