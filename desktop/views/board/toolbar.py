"""The row of controls above the board: which days, which plan, how near, and what to look for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from desktop.services.board import WeekBoard
from desktop.services.planning.views import PlanHeader
from desktop.views.actions import Actions
from desktop.views.look import Look
from desktop.views.words import days

HEIGHT = 46
STATUS_ROLES = {"draft": "chip-accent", "published": "chip-ok"}


class BoardToolbar(QFrame):
    """Controls; each does what an action does, or tells what is wanted.

    Attributes:
        plan_wanted: the code of a plan (str).
        teams_wanted: the teams to be shown (frozenset of str); None: all.
        searched: what is looked for (str).
    """

    plan_wanted = Signal(object)
    teams_wanted = Signal(object)
    searched = Signal(object)

    def __init__(self, look: Look, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._teams: tuple[str, ...] = ()
        self._shown: frozenset[str] | None = None
        self.setProperty("role", "bar")
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        self._back = self._button(actions.action("board.previous"), "chevron-left", self.tr("Days before"))
        self._days = QToolButton(self)
        self._days.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._plans = QMenu(self._days)
        self._plans.setToolTipsVisible(True)
        self._days.setMenu(self._plans)
        self._days.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._days.setAccessibleName(self.tr("Plan and days shown"))
        self._forward = self._button(actions.action("board.next"), "chevron-right", self.tr("Days after"))
        self._today = QPushButton(self.tr("Today"), self)
        self._today.clicked.connect(actions.action("board.today").trigger)
        self._today.setToolTip(actions.action("board.today").toolTip())
        self._status = QLabel(self)
        self._status.setProperty("role", "chip")
        self._narrower = self._button(
            actions.action("board.zoom-out"), "magnify-minus-outline", self.tr("Narrower days")
        )
        self._wider = self._button(actions.action("board.zoom-in"), "magnify-plus-outline", self.tr("Wider days"))
        self._filter = QToolButton(self)
        self._filter.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._filters = QMenu(self._filter)
        self._filter.setMenu(self._filters)
        self._filter.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.search = self._make_search()
        self._key = QLabel("/", self)
        self._key.setProperty("role", "key")
        left: tuple[QWidget, ...] = (self._back, self._days, self._forward, self._today, self._status)
        self._undo = self._standing(actions.action("edit.undo"))
        self._redo = self._standing(actions.action("edit.redo"))
        self._plan = QPushButton(self.tr("Optimise, publish…"), self)
        self._plan.setToolTip(actions.action("board.open-plan").toolTip())
        self._plan.clicked.connect(actions.action("board.open-plan").trigger)
        right: tuple[QWidget, ...] = (
            self._narrower,
            self._wider,
            self._filter,
            self.search,
            self._key,
            self._undo,
            self._redo,
            self._plan,
        )
        for widget in left:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in right:
            row.addWidget(widget)
        row.setStretchFactor(self.search, 2)
        look.changed.connect(self._paint)
        self._paint()
        self._say_filter()

    def _make_search(self) -> QLineEdit:
        made = QLineEdit(self)
        made.setPlaceholderText(self.tr("Search the board"))
        made.setAccessibleName(self.tr("Search the board"))
        made.setClearButtonEnabled(True)
        made.setMinimumWidth(120)
        made.setMaximumWidth(300)
        made.textChanged.connect(self.searched.emit)
        return made

    def _button(self, action: QAction, icon: str, name: str) -> QToolButton:
        made = QToolButton(self)
        made.setProperty("icon_name", icon)
        made.setAccessibleName(name)
        made.setToolTip(action.toolTip())
        made.clicked.connect(action.trigger)
        return made

    def _standing(self, action: QAction) -> QToolButton:
        """A flat button that stands for an action, on and off with it."""
        made = QToolButton(self)
        made.setProperty("role", "flat")
        made.setDefaultAction(action)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        made.setAccessibleName(action.text())
        return made

    def show_board(self, board: WeekBoard, plans: Sequence[PlanHeader]) -> None:
        """Show which plan of which days is looked at, and which others there are."""
        last = board.date(board.days - 1)
        text = self.tr("{days} {year}  W{week}").format(
            days=days(board.first_day, last), year=last.year, week=board.first_day.isocalendar().week
        )
        self._days.setText(text)
        status = self._status_words(board.status)
        self._status.setText(f"{board.plan} {status}" if board.plan else self.tr("no plan yet"))
        self._status.setProperty("role", STATUS_ROLES.get(board.status, "chip"))
        self._status.style().unpolish(self._status)
        self._status.style().polish(self._status)
        self._status.updateGeometry()
        self._plans.clear()
        for plan in plans:
            words = f"{plan.code}   {days(plan.first_day, plan.last_day)}   {self._status_words(plan.status)}"
            action = self._plans.addAction(words)
            action.setCheckable(True)
            action.setChecked(plan.code == board.plan)
            action.setData(plan.code)
            action.triggered.connect(self._on_plan)
        if not plans:
            self._plans.addAction(self.tr("There is no plan yet")).setEnabled(False)
        teams = tuple(dict.fromkeys(row.team for row in board.rows))
        if teams != self._teams:
            self._teams = teams
            self._fill_filters()

    def show_teams(self, shown: frozenset[str] | None) -> None:
        """Show which teams are let through."""
        self._shown = shown
        self._fill_filters()

    def clear_search(self) -> None:
        """Look for nothing."""
        self.search.clear()

    def _status_words(self, status: str) -> str:
        return {"draft": self.tr("draft"), "published": self.tr("published")}.get(status, status)

    def _fill_filters(self) -> None:
        self._filters.clear()
        everybody = self._filters.addAction(self.tr("All teams"))
        everybody.triggered.connect(self._on_all_teams)
        self._filters.addSeparator()
        for team in self._teams:
            action = self._filters.addAction(team or self.tr("No team"))
            action.setCheckable(True)
            action.setData(team)
            with QSignalBlocker(action):
                action.setChecked(self._shown is None or team in self._shown)
            action.toggled.connect(self._on_team)
        self._say_filter()

    def _say_filter(self) -> None:
        if self._shown is None:
            self._filter.setText(self.tr("All teams"))
        else:
            count = len(self._shown.intersection(self._teams))
            self._filter.setText(self.tr("{count} of {all} teams").format(count=count, all=len(self._teams)))
        self._filter.setAccessibleName(self.tr("Teams shown"))

    def _on_plan(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.plan_wanted.emit(action.data())

    def _on_all_teams(self) -> None:
        self.show_teams(None)
        self.teams_wanted.emit(None)

    def _on_team(self) -> None:
        on = frozenset(str(action.data()) for action in self._filters.actions() if action.isChecked())
        self._shown = None if on.issuperset(self._teams) or not on else on
        self._say_filter()
        self.teams_wanted.emit(self._shown)

    def _paint(self) -> None:
        for button in (self._back, self._forward, self._narrower, self._wider):
            button.setIcon(self._look.icon(str(button.property("icon_name"))))
        self._days.setIcon(self._look.icon("calendar", "text"))
        self._filter.setIcon(self._look.icon("filter-variant", "text"))
