"""A stored plan by itself: its figures, its cost by part, what it leaves out and why, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.itemmodels.plan_requests import PlanRequestsModel
from desktop.itemmodels.plan_score import PlanScoreModel
from desktop.services.plan_review import RequestReview
from desktop.services.planning.stored_plans import PlanDetail
from desktop.services.planning.views import UnassignedView
from desktop.views.look import Look
from desktop.views.plans.kpi_strip import KpiStrip, detail_figures
from desktop.views.plans.tables import RequestTable, ScoreTable
from desktop.views.plans.wording import status_word
from desktop.views.words import days
from scheduler.plan import CostParts

CHIPS = {"draft": "chip-accent", "published": "chip-ok"}
SCORE_WIDTH = 270
NARROW_BELOW, TIGHT_BELOW = 700, 560


class PlanDetailView(QWidget):
    """One stored plan, or the word that there is none.

    Attributes:
        request_wanted: the code (str) of a request that is to be looked at.
    """

    request_wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._code, self._chip, self._days = (QLabel(self) for _ in range(3))
        self._strip = KpiStrip(look, self)
        self._score = PlanScoreModel(self)
        self._table = ScoreTable(look, self._score, self)
        self._left_out = PlanRequestsModel("stored", self)
        self.requests = RequestTable(look, self._left_out, self)
        self.requests.setAccessibleName(self.tr("Unassigned requests"))
        self._heading = QLabel(self)
        self._all_placed = QLabel(self.tr("Everything is placed."), self)
        self.more = QPushButton(self.tr("More"), self)
        self._board, self._publish = QPushButton(self), QPushButton(self)
        self._none = QLabel(self)
        self._none.setProperty("role", "muted")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setWordWrap(True)
        self._board_text = ""
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._paint_icons()
        look.changed.connect(self._paint_icons)
        self.requests.request_wanted.connect(self.request_wanted)

    def use_actions(self, board: QAction, publish: QAction) -> None:
        """Let the buttons do what these actions do."""
        self._board_text = board.text()
        self._board.setAccessibleName(board.text())
        for button, action in ((self._board, board), (self._publish, publish)):
            button.setText(action.text())
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)

    def offer_more(self, actions: tuple[QAction, ...]) -> None:
        """What else the last button offers."""
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.addActions(actions)
        self.more.clicked.connect(self._offer)

    def show_plan(self, detail: PlanDetail) -> None:
        """Show a plan."""
        header = detail.header
        self._code.setText(header.code)
        self._chip.setText(status_word(header.status))
        self._chip.setProperty("role", CHIPS.get(header.status, "chip"))
        self._chip.style().unpolish(self._chip)
        self._chip.style().polish(self._chip)
        self._days.setText(days(header.first_day, header.last_day))
        self._strip.show_figures(detail_figures(detail))
        self._score.show_costs(None, CostParts(**{name: int(value) for name, value in header.cost_parts.items()}))
        self._left_out.show_rows(tuple(_left_out(entry) for entry in detail.unassigned), header.first_day)
        self._heading.setText(self.tr("Unassigned requests {count}").format(count=f"{len(detail.unassigned):,}"))
        self._all_placed.setVisible(not detail.unassigned)
        self.requests.setVisible(bool(detail.unassigned))
        is_draft = header.status == "draft"
        self._publish.setVisible(is_draft)
        self._stack.setCurrentIndex(1)

    def show_nothing(self, text: str) -> None:
        """There is no plan to show, and why."""
        self._none.setText(text)
        self._stack.setCurrentIndex(0)

    @property
    def code(self) -> str:
        """The code of the plan shown; "" for none."""
        return self._code.text() if self._stack.currentIndex() else ""

    @property
    def message(self) -> str:
        """What is said where there is no plan."""
        return "" if self._stack.currentIndex() else self._none.text()

    @property
    def below_more(self) -> QPoint:
        """Where a menu of the last button opens, on the screen."""
        return self.more.mapToGlobal(QPoint(0, self.more.height()))

    def _offer(self) -> None:
        self._menu.popup(self.below_more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the tables stand under one another."""
        super().resizeEvent(event)
        beside = self.width() >= NARROW_BELOW
        self._split.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        self._days.setVisible(self.width() >= TIGHT_BELOW)
        self._board.setText(self._board_text if self.width() >= TIGHT_BELOW else "")

    def _paint_icons(self) -> None:
        self._board.setIcon(self._look.icon("view-grid"))
        self.more.setIcon(self._look.icon("dots-horizontal"))

    def _lay_out(self) -> None:
        for widget, role in (
            (self._code, "title"),
            (self._chip, "chip"),
            (self._days, "muted"),
            (self._heading, "strong"),
            (self._all_placed, "muted"),
            (self._publish, "primary"),
        ):
            widget.setProperty("role", role)
        self._heading.setContentsMargins(12, 10, 12, 6)
        self._all_placed.setContentsMargins(12, 0, 12, 0)
        bar = QFrame(self)
        bar.setProperty("role", "bar")
        bar.setFixedHeight(46)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        for label in (self._code, self._chip, self._days):
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        for button in (self.more, self._board, self._publish):
            row.addWidget(button)
        shown = QWidget(self)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._strip)
        column.addWidget(self._make_tables(), 1)
        self._stack.addWidget(self._none)
        self._stack.addWidget(shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _make_tables(self) -> QSplitter:
        left, right = QFrame(self), QFrame(self)
        score = QVBoxLayout(left)
        score.setContentsMargins(0, 0, 0, 0)
        score.addWidget(self._table)
        score.addStretch(1)
        rest = QVBoxLayout(right)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(0)
        rest.addWidget(self._heading)
        rest.addWidget(self._all_placed)
        rest.addWidget(self.requests, 1)
        rest.addStretch(0)
        for frame in (left, right):
            frame.setProperty("role", "panel")
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(left)
        self._split.addWidget(right)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([SCORE_WIDTH, 600])
        return self._split


def _left_out(entry: UnassignedView) -> RequestReview:
    """A request that a stored plan leaves out, as a review has it."""
    booking = entry.booking
    return RequestReview(
        booking.code, booking.service, booking.client_name, booking.factory_name, None, None, reasons=entry.reasons
    )
