"""The board page: the week as people by days, changed by hand under the eyes of the rules."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from desktop.errors import DomainError
from desktop.jobs.db_runner import Committed
from desktop.services.board import WeekBoard
from desktop.services.board_opening import Wish
from desktop.services.planning.open_plan import OpenPlan
from desktop.services.verdicts import Offer
from desktop.views.board.canvas import BoardCanvas
from desktop.views.board.cards import FloatingCard
from desktop.views.board.columns import columns_for
from desktop.views.board.doing import BoardDoing
from desktop.views.board.finding import Finder
from desktop.views.board.header import Sorting
from desktop.views.board.held_marks import HeldMarks
from desktop.views.board.hovering import Hovering
from desktop.views.board.kpi_strip import KpiStrip
from desktop.views.board.panel import RequestPanel
from desktop.views.board.row_painting import people_in_words
from desktop.views.board.selected import SelectedRequest
from desktop.views.board.shown_plan import ShownPlan, is_same, week_from
from desktop.views.board.stage import BoardStage
from desktop.views.board.times import with_times
from desktop.views.board.toolbar import BoardToolbar
from desktop.views.board.tray import HEAD_HEIGHT, KINDS, Tray
from desktop.views.board.tray_places import TrayPlaces
from desktop.views.board.viewing import Viewing
from desktop.views.board.wording import cell_in_words
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.page import Page
from desktop.views.selection import Wanted

MINUTE_MS = 60_000
NARROW = 1400
"""Over pages narrower than this the panel lies as a sheet, where it is asked for."""
LOW = 760
"""Pages lower than this begin with a folded tray."""
SHEET = 340
TRAY_HEIGHT = 178


class BoardPage(Page):
    """Shows one plan at a time. What is changed by hand is shown at once, and stored a moment later."""

    NAME: ClassVar[str] = "board"
    ICON: ClassVar[str] = "view-grid"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        look, actions = context.look, context.actions
        self.shown = ShownPlan(context.runner, context.clock, self)
        self.toolbar = BoardToolbar(look, actions, self)
        self.kpis = KpiStrip(look, self)
        self.message = InlineMessage(look, self)
        self.canvas = BoardCanvas(look.theme, empty_board(context), self)
        self.tray = Tray(look, self)
        self.panel = RequestPanel(look, self)
        self.card = FloatingCard(look, self)
        self.selected = SelectedRequest(self.shown, context, (self.canvas, self.tray, self.panel))
        self.stage = BoardStage(self.canvas, self.tray, self.card, self._plan, self._offers)
        self.viewing = Viewing(self.canvas, actions, self)
        self.hovering = Hovering(look, self.canvas, self.selected, self)
        self.held = HeldMarks(context, self.canvas)
        self.doing = BoardDoing(self)
        self._places = TrayPlaces(context.runner, self.tray)
        self._finder: Finder | None = None
        self._is_active = False
        self._is_read = False
        self._wants_select: str | None = None
        self._plan_before = ""
        self._lay_out()
        self._connect()
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self._tell_time)
        self._panel_wanted = True
        self._is_narrow = False
        self._is_sized = False
        self._tray_height = TRAY_HEIGHT
        self._is_sheet_open = False

    def _lay_out(self) -> None:
        self._waiting = QLabel(self.tr("Reading the plan…"), self.canvas.viewport())
        self._waiting.setProperty("role", "muted")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._waiting.setWordWrap(True)
        QVBoxLayout(self.canvas.viewport()).addWidget(self._waiting)  # it keeps to the middle whatever is folded
        self.upright = QSplitter(Qt.Orientation.Vertical, self)
        self.upright.addWidget(self.canvas)
        self.upright.addWidget(self.tray)
        self.upright.setStretchFactor(0, 1)
        self.upright.setCollapsible(0, False)
        self.upright.setSizes([620, TRAY_HEIGHT])
        self.across = QSplitter(Qt.Orientation.Horizontal, self)
        self.across.addWidget(self.upright)
        self.across.addWidget(self.panel)
        self.across.setStretchFactor(0, 1)
        self.across.setCollapsible(0, False)
        self.across.setSizes([1200, 324])
        self.panel.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.toolbar, self.kpis, self.message):
            column.addWidget(widget)
        column.addWidget(self.across, 1)

    def _connect(self) -> None:
        self.shown.changed.connect(self._on_plan)
        self.shown.failed.connect(self._on_unread)
        self.selected.changed.connect(self._on_selected)
        self.selected.offers_found.connect(self._emphasise)
        self.toolbar.plan_wanted.connect(self._on_plan_wanted)
        self.toolbar.teams_wanted.connect(self.viewing.show_teams)
        self.toolbar.searched.connect(self._on_search)
        self.viewing.changed.connect(self._arrange)
        self.panel.closed.connect(self._on_panel_closed)
        self.canvas.cursor_moved.connect(self._on_cursor)
        self.tray.selected.connect(self.selected.select)
        self.tray.folded.connect(self._on_folded)
        self.context.look.changed.connect(self._on_look)
        self.context.selection.request_wanted.connect(self._on_request_wanted)
        self.context.selection.plan_wanted.connect(self._on_plan_wanted)
        self.context.selection.inspector_wanted.connect(self._on_inspector_wanted)

    # -- the page as the window sees it --------------------------------------------------------------------------------

    def title(self) -> str:
        """Its name."""
        return self.tr("Board")

    def activate(self) -> None:
        """Read what may have become old meanwhile."""
        self._is_active = True
        if not self._is_read:
            self._is_read = True
            self._wants_select = self._wants_select or self.context.selection.request
            self.shown.open(Wish(self.context.selection.plan or self._plan_before))
        else:
            self.shown.freshen()
            if self.shown.plan is not None:
                self._places.begin(self.shown.plan)
        self._minute.start()
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def deactivate(self) -> None:
        """Let go of everything that is under way."""
        self._is_active = False
        self._minute.stop()
        self.stage.cancel()
        self.hovering.end()
        self.doing.close_sheets()
        self._places.end()

    def changed(self, committed: Committed) -> None:
        """Read again; while the page is not shown, when it is shown next."""
        self.shown.mark_stale()
        if self._is_active:
            self.shown.freshen()

    def refresh(self) -> None:
        """Read again."""
        self.shown.refresh()

    def state(self) -> dict[str, object]:
        """Sizes, order, zoom."""
        return {
            "across": self.across.sizes(),
            "upright": self.upright.sizes(),
            "tray_folded": self.tray.is_folded,
            "tray": self.tray.kind,
            "panel": self._panel_wanted,
            "plan": self.shown.plan.code if self.shown.plan is not None else self._plan_before,
            **self.viewing.state(),
        }

    def restore(self, state: dict[str, object]) -> None:
        """As it was."""
        for name, splitter in (("across", self.across), ("upright", self.upright)):
            sizes = state.get(name)
            if (
                isinstance(sizes, list)
                and len(sizes) == 2
                and all(isinstance(size, int) for size in sizes)
                and all(sizes)
            ):
                splitter.setSizes(sizes)
        kind = next((kind for kind in KINDS if kind == state.get("tray")), None)
        if kind is not None:
            self.tray.show_kind(kind)
        self.tray.fold(folded=state.get("tray_folded") is True)
        self._panel_wanted = state.get("panel") is not False
        self._is_sized = "tray_folded" in state
        plan = state.get("plan")
        self._plan_before = plan if isinstance(plan, str) else ""
        self.viewing.restore(state)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def _plan(self) -> OpenPlan | None:
        return self.shown.plan

    def _offers(self) -> tuple[Offer, ...]:
        return self.selected.offers

    def _on_plan(self) -> None:
        plan = self.shown.plan
        assert plan is not None
        board = plan.board
        if not self._is_sized and self.height() < LOW:
            self.tray.fold(folded=True)
        self._is_sized = True
        self.message.clear()
        if not is_same(self.canvas.board, board):
            self.stage.cancel()
            self.doing.close_sheets()
        if plan.code:
            self.context.selection.plan = plan.code
        self._finder = None
        self.held.read()
        self.viewing.show_board(board)
        self.canvas.show_board(board)
        self.kpis.show_board(board)
        self.toolbar.show_board(board, self.shown.plans)
        self.tray.show_board(board, self.context.clock.now())
        if self._is_active:
            self._places.begin(plan)
        self.badge.emit(len(board.unassigned) or None)
        self._tell_time()
        self.selected.refresh()
        self._emphasise()
        self.stage.judge_again()
        if self._wants_select is not None:
            code, self._wants_select = self._wants_select, None
            self.show_request(code)
        self.doing.settle()

    def _on_unread(self, error: DomainError) -> None:
        again = QPushButton(self.tr("Read again"))
        again.clicked.connect(self.shown.refresh)
        self.message.show_error(error, again)
        self._waiting.hide()

    def _arrange(self) -> None:
        """Put people in the order asked for."""
        board = self.canvas.board
        ranks = self.selected.ranks() if self.viewing.eligible_first and self.selected.code else None
        remark = people_in_words(len(board.rows))
        if ranks is not None:
            remark = self.tr("{able} of {people} · who can go, first").format(able=len(ranks), people=remark)
        self.canvas.arrange(
            self.viewing.arrangement(ranks), Sorting(self.viewing.sort_column, self.viewing.descending), remark
        )
        if self.shown.plan is None:
            return  # it is being read, or could not be: that is said already
        if not board.rows:
            self._waiting.setText(self.tr("Nobody works on these days. Add people on the page Roster."))
        elif not self.canvas.axis.lines:
            self._waiting.setText(self.tr("No people match these filters. Ctrl+Shift+F clears them."))
        self._waiting.setVisible(not self.canvas.axis.lines)

    def _emphasise(self) -> None:
        """Let fade what does not match the search, and who cannot serve what is selected."""
        plan = self.shown.plan
        if plan is None:
            return
        text, found = self.toolbar.search.text().strip(), None
        if text:
            self._finder = self._finder or Finder(plan.board)
            found = self._finder.find(text)
        if found is None or self._finder is None:
            self.canvas.emphasise(None, self.selected.dimmed())
            self.tray.fade(frozenset())
        else:
            self.canvas.emphasise(*found)
            self.tray.fade(self._finder.requests - found[0])
        self._arrange()

    def _on_search(self, _text: object) -> None:
        self._emphasise()

    def _on_selected(self) -> None:
        if self.selected.code is None:
            self._is_sheet_open = False
        self._show_panel()
        self._emphasise()
        self.doing.settle()

    def _on_panel_closed(self) -> None:
        self.selected.select(None)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def want_panel(self, *, wanted: bool) -> None:
        """Show the panel while something is selected, or never; where it lies over the board, for this once."""
        if self._is_narrow:
            self._is_sheet_open = wanted
        else:
            self._panel_wanted = wanted
        self._show_panel()

    def _show_panel(self) -> None:
        wanted = self._is_sheet_open if self._is_narrow else self._panel_wanted
        self.panel.setVisible(self.selected.code is not None and wanted)
        self.context.actions.show_state("board.panel", wanted)
        self._place_panel()

    def _place_panel(self) -> None:
        """Beside the board where there is room, else over its right end."""
        if self._is_narrow:
            if self.panel.parentWidget() is not self:
                self.panel.setParent(self)
                self.panel.setVisible(self.selected.code is not None and self._is_sheet_open)
            area = self.across.geometry()
            self.panel.setGeometry(area.right() + 1 - SHEET, area.top(), SHEET, area.height())
            self.panel.raise_()
        elif self.panel.parentWidget() is self:
            self.across.addWidget(self.panel)
            self._show_panel()

    def _on_cursor(self, _cell: object) -> None:
        cursor = self.canvas.overlay.marks.cursor
        hit = self.canvas.under_cursor()
        row = self.canvas.axis.person_at(hit.line)
        if cursor is not None and row is not None:
            text = cell_in_words(self.canvas.board, row, cursor.slot)
            self.canvas.setAccessibleDescription(text)
            self.context.feedback.status(text)
        if self.stage.gesture is None:
            self.selected.show_at_cursor(cursor)
        self.doing.settle()

    def _tell_time(self) -> None:
        if self.shown.plan is not None:
            overlay, now = self.canvas.overlay, self.context.clock.now().astimezone()
            overlay.show_marks(with_times(overlay.marks, self.shown.plan.board, now))

    def _on_folded(self, folded: object) -> None:
        """Give the board the room of the tray, or back."""
        whole = sum(self.upright.sizes())
        if folded:
            self._tray_height = max(self._tray_height, self.upright.sizes()[1])
        height = HEAD_HEIGHT if folded else self._tray_height
        self.upright.setSizes([whole - height, height])

    def _on_look(self) -> None:
        self.canvas.use_theme(self.context.look.theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Freeze as many columns as there is room for."""
        super().resizeEvent(event)
        self.canvas.use_columns(columns_for(self.width()))
        self._is_narrow = self.width() < NARROW
        self._place_panel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc lets go, step by step: of what is carried, of the search, of the selection."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.stage.gesture is not None:
            self.stage.cancel()
        elif self.toolbar.search.text():
            self.toolbar.clear_search()
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.selected.select(None)
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- where one wants to look ---------------------------------------------------------------------------------------

    def show_request(self, code: str) -> None:
        """Select a request and bring it into view."""
        self.selected.select(code)
        for inspector, bar in self.canvas.bars_of(code):
            self.doing.go_to(inspector, bar.first_slot)
            return

    def go_by(self, step: int) -> None:
        """Show the days before (-1) or after (1)."""
        plan = self.shown.plan
        if plan is not None:
            self.shown.open(Wish(day=week_from(plan, step)))

    def go_today(self) -> None:
        """Show what holds today."""
        self.shown.open(Wish(day=self.context.clock.now().date()))

    def _on_plan_wanted(self, code: object) -> None:
        self._is_read = True
        self.shown.open(Wish(str(code)))

    def _on_request_wanted(self, wanted: object) -> None:
        if isinstance(wanted, Wanted) and wanted.page == self.NAME:
            if self.shown.plan is None or not self.shown.plan.knows(wanted.code):
                self._wants_select = wanted.code  # it may be in what is read next
            else:
                self.show_request(wanted.code)

    def _on_inspector_wanted(self, wanted: object) -> None:
        if isinstance(wanted, Wanted) and wanted.page == self.NAME:
            self.doing.go_to(wanted.code, 0)


def empty_board(context: PageContext) -> WeekBoard:
    """A board of no people, shown until the first plan is read."""
    return WeekBoard("", "", context.clock.now().date(), 7, 0, None, 0, 0, (), ())
