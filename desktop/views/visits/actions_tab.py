"""All corrective actions across visits: open and overdue, by client and factory, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import DomainError
from desktop.itemmodels.list_table import ListTableModel, TableRow
from desktop.itemmodels.request_words import short_day
from desktop.itemmodels.visit_rows import action_columns, action_rows
from desktop.services.commands import Command
from desktop.services.inspection.rows import ActionRow
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.visits.action_card import ActionCard
from desktop.views.widgets.list_table import ListTable
from desktop.views.widgets.page_bar import EmptyPlace
from desktop.views.widgets.panel_splitter import PanelSplitter

PANEL_WIDTHS = ((1300, 400), (1700, 480), (10**6, 620))
LEAST_PANEL = 360


class ActionPanel(QFrame):
    """One action, and the way to its visit.

    Attributes:
        visit_wanted: the code (str) of the visit that found it.
    """

    visit_wanted = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.context = context
        self.card: ActionCard | None = None
        self.title = QLabel(self)
        self.title.setProperty("role", "panel-title")
        self.where = QLabel(self)
        self.where.setProperty("role", "muted")
        self.where.setTextFormat(Qt.TextFormat.PlainText)
        self.where.setWordWrap(True)
        self.open_visit = QPushButton(self.tr("Open the visit"), self)
        self.open_visit.setProperty("role", "link")
        self.open_visit.clicked.connect(self._on_visit)
        self.message = InlineMessage(context.look, self)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget(self._area)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.addStretch(1)
        self._area.setWidget(self._inside)
        self._area.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 4, 12)
        column.setSpacing(6)
        for part in (self.title, self.where, self.open_visit, self.message):
            column.addWidget(part)
        column.addWidget(self._area, 1)
        self._nothing = EmptyPlace.of_panel(self.tr("Select an action to see its steps."), self)
        column.addWidget(self._nothing, 1)
        self.show_action(None)

    def show_action(self, row: ActionRow | None) -> None:
        """Show an action; None: none is looked at."""
        self._nothing.setVisible(row is None)
        for part in (self.title, self.where, self.open_visit, self._area):
            part.setVisible(row is not None)
        if self.card is not None and (row is None or row.id != self.card.row.id):
            self._column.removeWidget(self.card)
            self.card.hide()
            self.card.deleteLater()
            self.card = None
            self.message.clear()
        if row is None:
            return
        self.title.setText(f"{row.request} \N{MIDDLE DOT} {short_day(row.visit_day)}")
        self.where.setText(f"{row.factory_name}\n{row.client_name}")
        if self.card is None:
            self.card = ActionCard(self.context, row, self._inside)
            self.card.wanted.connect(self._handle)
            self._column.insertWidget(0, self.card)
            self.card.show()
        else:
            self.card.show_action(row)

    def _handle(self, command: Command) -> None:
        self.message.clear()
        self.context.runner.handle(self, command, self.context.feedback.done, self._on_refused)

    def _on_refused(self, error: DomainError) -> None:
        self.message.show_error(error)

    def _on_visit(self) -> None:
        if self.card is not None:
            self.visit_wanted.emit(self.card.row.request)


class ActionsTab(QWidget):
    """The list."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self._rows: tuple[ActionRow, ...] | None = None
        self._searched = ""
        self.client = self.factory = ""
        self.late = QPushButton(self)
        self.late.setProperty("role", "chip-bad")
        self.late.setCheckable(True)
        self.clients = self._menu_button()
        self.factories = self._menu_button()
        self.shown = QLabel(self)
        self.shown.setProperty("role", "muted")
        self.message = InlineMessage(context.look, self)
        self.splitter = PanelSplitter(PANEL_WIDTHS, self)
        self._lists = QStackedWidget(self.splitter)
        self.model = ListTableModel(action_columns(), self)
        self.table = ListTable(context.look, self.model, self.tr("Corrective actions"), self._lists)
        self.empty = EmptyPlace(self._lists)
        self._lists.addWidget(self.table)
        self._lists.addWidget(self.empty)
        self.panel = ActionPanel(context, self.splitter)
        self.panel.setMinimumWidth(LEAST_PANEL)
        self._lay_out()
        self.late.clicked.connect(self.list_again)
        self.table.chosen.connect(self._on_chosen)
        context.look.changed.connect(self._paint)
        self._paint()
        self._say_filters()

    def _lay_out(self) -> None:
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        strip = QFrame(self)
        strip.setProperty("role", "strip")
        strip.setFixedHeight(36)
        row = QHBoxLayout(strip)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(6)
        for part in (self.late, self.clients, self.factories):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(strip)
        column.addWidget(self.message)
        column.addWidget(self.splitter, 1)

    def _menu_button(self) -> QToolButton:
        made = QToolButton(self)
        made.setProperty("role", "flat")
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setMenu(QMenu(made))
        return made

    @property
    def side(self) -> QWidget:
        """What stands beside the list."""
        return self.panel

    @property
    def number(self) -> int:
        """How many actions are open."""
        return len(self._rows or ())

    @property
    def late_number(self) -> int:
        """How many are overdue."""
        return sum(row.is_overdue for row in self._rows or ())

    # -- what is shown -------------------------------------------------------------------------------------------------

    def show_actions(self, rows: tuple[ActionRow, ...]) -> None:
        """Show the actions that are open."""
        self._rows = rows
        self._fill(self.clients, ((row.client, row.client_name) for row in rows), "client")
        self._fill(self.factories, ((row.factory, row.factory_name) for row in rows), "factory")
        self.list_again()

    def _fill(self, button: QToolButton, found: Iterable[tuple[str, str]], name: str) -> None:
        menu = button.menu()
        menu.clear()
        everybody = QAction(self.tr("All"), menu)
        everybody.triggered.connect(partial(self._narrow, name, ""))
        menu.addAction(everybody)
        for code, said in sorted(set(found), key=lambda pair: pair[1].casefold()):
            action = QAction(said.replace("&", "&&"), menu)
            action.triggered.connect(partial(self._narrow, name, code))
            menu.addAction(action)

    def _narrow(self, name: str, code: str, _checked: bool = False) -> None:
        setattr(self, name, code)
        self.list_again()

    def clear(self) -> None:
        """Ask for all."""
        self.client = self.factory = ""
        self.late.setChecked(False)
        self.list_again()

    def take_focus(self) -> None:
        """Have the list take the keys."""
        self.table.setFocus()

    def search(self, words: str) -> None:
        """List only what has these words."""
        self._searched = words.casefold().strip()
        self.list_again()

    def list_again(self) -> None:
        """List what the filters ask for."""
        if self._rows is None:
            return
        shown = [row for row in self._rows if self._is_wanted(row)]
        self.table.show_rows(action_rows(sorted(shown, key=lambda row: (row.due, row.id))))
        self._lists.setCurrentWidget(self.table if shown else self.empty)
        self.shown.setText(self.tr("%n action(s)", "", len(shown)))
        if self._rows:
            self.empty.explain(self.tr("No action matches these filters."), self.tr("Clear filters"))
        else:
            self.empty.explain(self.tr("No corrective action is open."))
        self._say_filters()

    def _is_wanted(self, row: ActionRow) -> bool:
        if self.late.isChecked() and not row.is_overdue:
            return False
        if (self.client and row.client != self.client) or (self.factory and row.factory != self.factory):
            return False
        told = " ".join((row.request, row.text, row.owner, row.factory_name, row.client_name)).casefold()
        return all(word in told for word in self._searched.split())

    def _say_filters(self) -> None:
        self.late.setText(self.tr("Overdue {number}").format(number=self.late_number))
        self.late.setVisible(self.late_number > 0 or self.late.isChecked())
        names = {row.client: row.client_name for row in self._rows or ()}
        sites = {row.factory: row.factory_name for row in self._rows or ()}
        client, factory = names.get(self.client, self.client), sites.get(self.factory, self.factory)
        self.clients.setText(client.replace("&", "&&") or self.tr("Client"))
        self.factories.setText(factory.replace("&", "&&") or self.tr("Factory"))

    def _on_chosen(self, row: TableRow | None) -> None:
        self.panel.show_action(row.value if row is not None and isinstance(row.value, ActionRow) else None)

    # -- kept ----------------------------------------------------------------------------------------------------------

    def _paint(self) -> None:
        for button in (self.clients, self.factories):
            button.setIcon(self.context.look.icon("chevron-down"))

    def state(self) -> dict[str, object]:
        """Widths."""
        return {"sizes": self.splitter.state()}

    def restore(self, state: object) -> None:
        """The same again."""
        self.splitter.restore(state.get("sizes") if isinstance(state, dict) else None)
